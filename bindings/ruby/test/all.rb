# frozen_string_literal: true

# Runs every test of this folder.
Dir[File.join(__dir__, "*_test.rb")].each { |file| require file }
