# frozen_string_literal: true

module Hazmat
  module Runtime
    # Answers of Ruby code that C calls. Each method runs a block with the user's code,
    # checks what it answers and writes that to where C wants it; it returns the status
    # of the callback. What happens after the user's code cannot be interrupted, so a
    # handle always gets to where it belongs.
    #
    # The modules that {Library} is extended into are extended with this one too.
    module Answers
      # For code whose value does not matter, unless it is false: a verification that
      # fails must raise.
      def no_answer(name, &code)
        raise TypeError, "#{name} answered false: to fail it must raise" if Callbacks.ask(&code) == false

        status::OK
      end

      # For true or false.
      def bool_answer(name, out, &code)
        out.put_uint8(0, bool(Callbacks.ask(&code), name) ? 1 : 0)
        status::OK
      end

      # For a 32 bit number or code.
      def uint32_answer(name, out, &code)
        out.put_uint32(0, uint32(Callbacks.ask(&code), name))
        status::OK
      end

      # For a 64 bit number.
      def uint64_answer(name, out, &code)
        out.put_uint64(0, uint64(Callbacks.ask(&code), name))
        status::OK
      end

      # For a count or a length.
      def size_answer(name, out, &code)
        out.put(:size_t, 0, size(Callbacks.ask(&code), name))
        status::OK
      end

      # For a pointer that is not NULL.
      def address_answer(name, out, &code)
        out.put(:size_t, 0, address(Callbacks.ask(&code), name))
        status::OK
      end

      # For a handle of a class, or an object with the methods of one.
      def handle_answer(name, handle_class, out, &code)
        out.put(:size_t, 0, handle_class.adopt(Callbacks.ask(&code), name))
        status::OK
      end

      # For any handle, a pointer, nil, or an object with the methods of a class of
      # handles.
      def object_answer(name, handle_class, out, &code)
        value = Callbacks.ask(&code)
        out.put(:size_t, 0, case value
                            when nil then 0
                            when FFI::Pointer then value.address
                            when Handle then value.give_away
                            else handle_class.adopt(value, name)
                            end)
        status::OK
      end

      # For a text. C asks again with more room if it takes that.
      def text_answer(name, out, capacity, length, &code)
        string = text(Callbacks.ask(&code), name)
        length.put(:size_t, 0, string.bytesize + 1)
        too_long(name, string, capacity) unless string.bytesize < capacity
        out.put_bytes(0, "#{string}\0")
        length.put(:size_t, 0, string.bytesize)
        status::OK
      end

      # For bytes, of which there may be as many as there is room for. C may make the
      # call again with more room, as if nothing had happened, so the answer waits for
      # that.
      #
      # @param call [Array] the method of the implementer's object, and its arguments
      def bytes_answer(implementer, call, out, capacity, length)
        string = implementer.answer_to(call) do
          bytes(Callbacks.ask { implementer.object.public_send(*call) }, call.first)
        end
        length.put(:size_t, 0, string.bytesize)
        too_long(call.first, string, capacity) if string.bytesize > capacity
        put(out, string)
        implementer.answered
        status::OK
      end

      # For a number of bytes that C chose.
      def fill_answer(name, out, length, &code)
        string = bytes(Callbacks.ask(&code), name)
        unless string.bytesize == length
          raise ArgumentError, "#{name} answered #{string.bytesize} bytes, where #{length} belong"
        end

        put(out, string)
        status::OK
      end

      private

      # Where there is no room there may be no memory.
      def put(out, string)
        out.put_bytes(0, string) unless string.empty?
      end

      def too_long(name, string, capacity)
        raise error(status::ERR_BUFFER_TOO_SMALL,
                    "#{name} answered #{string.bytesize} bytes, but there is room for #{capacity}")
      end
    end
  end
end
