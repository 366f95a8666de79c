# frozen_string_literal: true

# Uses hazmat before a fork, in the children, and in the parent meanwhile.

require "digest"
require "hazmat"

def check(text)
  Hazmat::Digest.digest("SHA256", text) == Digest::SHA256.digest(text) or abort "the wrong digest of #{text}"
end

check("before")
children = Array.new(4) do |child|
  fork { 25.times { |i| check("#{child}: #{i}") } }
end
check("meanwhile")
children.each do |child|
  Process.wait(child)
  exit 1 unless Process.last_status.success?
end
puts "forked"
