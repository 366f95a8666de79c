# frozen_string_literal: true

require "ffi"

module Hazmat
  # What the generated file of a library is built on: how it is found, how Ruby's
  # values cross to C and back, and what keeps a Ruby process safe around a library
  # that holds a Go runtime. It knows no function of any library, only kinds of
  # values.
  #
  # @api private
  module Runtime
  end
end

require_relative "runtime/hooks"
require_relative "runtime/error"
require_relative "runtime/enum"
require_relative "runtime/statuses"
require_relative "runtime/bytes_list"
require_relative "runtime/arguments"
require_relative "runtime/results"
require_relative "runtime/failure"
require_relative "runtime/callbacks"
require_relative "runtime/answers"
require_relative "runtime/fork"
require_relative "runtime/implementation"
require_relative "runtime/handle"
require_relative "runtime/record"
require_relative "runtime/elf"
require_relative "runtime/location"
require_relative "runtime/signals"
require_relative "runtime/library"
