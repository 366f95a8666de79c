# frozen_string_literal: true

module Hazmat
  module Runtime
    # Results that C writes to memory. Each method yields that memory to a block,
    # which makes the call and returns its status, and returns the result or raises
    # the failure. A String serves as the memory: it is cheaper than any of FFI's.
    #
    # The modules that {Library} is extended into are extended with this one too.
    module Results
      # Room that most texts and lists fit into at the first try, in bytes.
      ROOM = 256

      # A zero in an encoding that {memory} is not in.
      ZERO = "\0".encode(Encoding::US_ASCII).freeze
      private_constant :ZERO

      # C writes to a String behind Ruby's back, and Ruby remembers what it once found
      # out about the content. A change of encoding makes it forget.
      #
      # @return [String] length bytes of memory, binary
      def self.memory(length)
        (ZERO * length).force_encoding(Encoding::BINARY)
      end

      # @return [Boolean]
      def bool_result
        cell = +"\0"
        check(yield(cell))
        cell != "\0"
      end

      # @return [Integer]
      def uint32_result
        cell = +"\0\0\0\0"
        check(yield(cell))
        cell.unpack1("L")
      end

      # @return [Integer]
      def uint64_result
        cell = +"\0\0\0\0\0\0\0\0"
        check(yield(cell))
        cell.unpack1("Q")
      end

      # @return [Integer]
      def size_result
        cell = +"\0\0\0\0\0\0\0\0"
        check(yield(cell))
        cell.unpack1("J")
      end

      # @return [FFI::Pointer]
      def address_result(&call)
        FFI::Pointer.new(size_result(&call))
      end

      # Yields memory, its capacity and where the length goes.
      #
      # @param capacity [Integer] what is always enough
      # @return [String] the bytes written: binary and frozen
      def bytes_result(capacity)
        memory = Results.memory(capacity)
        length = size_result { |cell| yield memory, capacity, cell }
        memory[length, capacity - length] = "" if length < capacity
        memory.freeze
      end

      # Yields memory of exactly length bytes.
      #
      # @return [String] the bytes: binary and frozen
      def fill_result(length)
        memory = Results.memory(length)
        check(yield(memory, length))
        memory.freeze
      end

      # Yields the caller's memory, its capacity and where the length goes.
      #
      # @return [Integer] the number of bytes written
      def bytes_into(destination, name)
        capacity = Results.writable(destination, name)
        return size_result { |cell| yield destination, capacity, cell } unless changes?(destination)

        written = bytes_result(capacity) { |*arguments| yield(*arguments) }
        Results.copy(written, destination, name)
      end

      # Yields the caller's memory and its length.
      #
      # @return [nil]
      def fill_into(destination, name)
        length = Results.writable(destination, name)
        return check(yield(destination, length)) unless changes?(destination)

        written = fill_result(length) { |*arguments| yield(*arguments) }
        Results.copy(written, destination, name)
        nil
      end

      # @return [String] a text in UTF-8, frozen
      def text_result(&call)
        written(1, &call).chomp("\0").force_encoding(Encoding::UTF_8).freeze
      end

      # @return [Array<String>] texts in UTF-8, frozen
      def texts_result(&call)
        written(1, &call).force_encoding(Encoding::UTF_8).split("\0").each(&:freeze)
      end

      # @return [Array<Integer>]
      def list_result(&call)
        written(4, &call).unpack("L*")
      end

      # Makes the caller's memory ready to be written to.
      #
      # @return [Integer] its size in bytes
      # @raise [TypeError] if it is neither a String, of no subclass, nor an
      #   FFI::MemoryPointer
      # @raise [FrozenError] if it is frozen
      def self.writable(destination, name)
        unless destination.instance_of?(String) || FFI::MemoryPointer === destination
          raise TypeError, "#{name} must be a String or an FFI::MemoryPointer, not #{destination.class}"
        end
        raise FrozenError, "can't modify frozen #{destination.class} (#{name})" if destination.frozen?
        return destination.size unless String === destination

        # Strings that were copied share their bytes until one is written to; so
        # write to it in a way that Ruby sees.
        destination.setbyte(0, destination.getbyte(0)) unless destination.empty?
        destination.force_encoding(Encoding::US_ASCII).force_encoding(Encoding::BINARY)
        destination.bytesize
      end

      # Copies bytes into a String of the caller's.
      #
      # @return [Integer] the number of bytes
      # @raise [RuntimeError] if the String has become too short for them
      def self.copy(bytes, destination, name)
        if writable(destination, name) < bytes.bytesize
          raise "#{name} was changed by other code while #{bytes.bytesize} bytes were made for it"
        end

        destination[0, bytes.bytesize] = bytes
        bytes.bytesize
      end

      private

      # Whether other code may change a destination while C writes to it: callbacks
      # may, and threads that run during one. Then C writes elsewhere.
      def changes?(destination)
        guarded? && String === destination
      end

      # Yields room, its capacity and where the length goes, both in elements; if
      # the room is too small, again with as much as it takes.
      def written(element_size)
        capacity = ROOM / element_size
        loop do
          memory = Results.memory(capacity * element_size)
          cell = +"\0\0\0\0\0\0\0\0"
          status = yield memory, capacity, cell
          length = cell.unpack1("J")
          if status == self.status::ERR_BUFFER_TOO_SMALL && length > capacity
            capacity = length
          else
            check(status)
            return memory.byteslice(0, length * element_size)
          end
        end
      end
    end
  end
end
