# frozen_string_literal: true

# Loads the library and prints what is raised, as load.c does.
#
# usage: load.rb [fork]

# The class and text of what is raised, or nothing.
def attempt
  require "hazmat"
  Hazmat.default_backend.close
  ""
rescue StandardError, LoadError => e
  "#{e.class}: #{e.message}"
end

$stdout.sync = true
if ARGV == ["fork"]
  print attempt
  child = fork
  if child
    Process.wait(child)
    exit!(true)
  end
end
puts attempt
