# frozen_string_literal: true

require_relative "abi"

module Hazmat
  # A message that comes in pieces. They are collected in a String, and given to the
  # library when there are enough of them: a message that stays small crosses to it
  # once, when all of it is there.
  #
  # A class that includes this has private methods start, which makes a context, whole,
  # which processes a message without one, finish_context, and failed, which raises an
  # {OpenSSLError} in place of an {Error}.
  #
  # @api private
  module SmallMessage
    # What is collected at the most, in bytes.
    LIMIT = 4096

    EMPTY = "".b.freeze
    private_constant :EMPTY

    # Adds data to the message.
    #
    # @param data [String] bytes; the encoding does not matter
    # @return [self]
    # @raise [TypeError] if it is no String and does not become one by to_str
    # @raise [OpenSSLError] if the library fails, which a message begun before a fork
    #   and of more than 4096 bytes does in the child
    def update(data)
      data = Runtime.bytes(data, "data")
      if !(pending = @pending)
        data.bytesize <= LIMIT ? @pending = data.b : stream(data)
      elsif pending.bytesize + data.bytesize <= LIMIT
        pending << data.b
      else
        stream(data)
      end
      self
    end
    alias << update

    # Forgets the message.
    #
    # @return [self]
    def reset
      @context&.close
      @pending = @context = nil
      self
    end

    # @raise [TypeError] always, as Ruby's openssl does
    def marshal_dump
      raise TypeError, "no _dump_data is defined for class #{self.class}"
    end

    private

    def initialize_copy(other)
      super
      @pending = @pending.dup
      @context &&= @context.copy
    rescue Error => e
      failed(e)
    end

    # Gives the library what was collected. Data is collected next, or follows at once.
    def stream(data)
      @context ||= start
      @context.update(@pending) if @pending
      @pending = nil
      data.bytesize <= LIMIT ? @pending = data.b : @context.update(data)
    rescue Error => e
      failed(e)
    end

    # Ends a copy of the message.
    #
    # @return [String]
    def finish
      return whole(@pending || EMPTY) unless @context

      @context.copy do |context|
        context.update(@pending) if @pending
        finish_context(context)
      end
    rescue Error => e
      failed(e)
    end
  end
end
