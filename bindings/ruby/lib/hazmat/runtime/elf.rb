# frozen_string_literal: true

module Hazmat
  module Runtime
    # What is wrong with the file of a shared library, where the system's loader does
    # not tell. The loader passes over a library of another processor and says that
    # there is no such file; and it maps what the headers of a file promise, so that
    # the process dies where the file is cut short. The layouts are those of elf.h.
    module ELF
      LOAD = 1 # PT_LOAD
      WIDE = [0].pack("J").bytesize == 8
      private_constant :LOAD, :WIDE

      class << self
        # @return [String, nil] why the loader would not load the file, or not survive
        #   it. A file that is no ELF file, or is not there, is left to the loader.
        def fault(path)
          header = File.binread(path, 64)
          return unless header.to_s.bytesize == 64 && header.start_with?("\x7FELF".b)

          if kind(header) != kind(File.binread("/proc/self/exe", 64))
            "it is for another kind of processor, so install the one for this"
          elsif cut_short?(path, header)
            "the file is cut short"
          end
        rescue SystemCallError
          nil
        end

        # @return [Boolean] whether the C library of this process is musl
        def musl?
          File.binread("/proc/self/maps").include?("/ld-musl-")
        end

        private

        # The size of addresses, the byte order and the processor.
        def kind(header)
          header[4, 2] + header[18, 2]
        end

        # Whether a segment of a file of this processor ends behind the file's end.
        def cut_short?(path, header)
          table, _, _, _, size, count = header.unpack(WIDE ? "x32JJLSSS" : "x28JJLSSS")
          length = File.size(path)
          return true if table + (size * count) > length

          segments = File.binread(path, size * count, table)
          count.times.any? do |i|
            type, offset, _, _, used = segments.byteslice(i * size, size).unpack(WIDE ? "Lx4JJJJ" : "LJJJJ")
            type == LOAD && offset + used > length
          end
        end
      end
    end
  end
end
