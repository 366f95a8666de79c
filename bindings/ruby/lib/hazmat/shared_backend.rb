# frozen_string_literal: true

require_relative "abi"

module Hazmat
  # The backend of the classes that do not ask for one.
  #
  # @api private
  module SharedBackend
    # @return [Backend] the default backend, opened once in a process and its children.
    #   Threads that come first at the same time may get different handles of it.
    # @raise what {Hazmat.default_backend} raises
    def self.get
      @get ||= Hazmat.default_backend
    end
  end
end
