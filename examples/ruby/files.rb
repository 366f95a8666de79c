# frozen_string_literal: true

require "tempfile"
require_relative "progress"

# Files as the example needs them: an input that is read in pieces, and an output
# that appears whole or not at all.
module Files
  # How many bytes of a file are in memory at any time.
  CHUNK_SIZE = 64 * 1024

  # What ends the program, as one line.
  class Error < StandardError
  end

  # A regular file to read. A progress line says what is being done.
  class Input
    attr_reader :size

    # Yields the file and closes it at the end of the block.
    def self.open(path, doing)
      # Before it is opened: to open a FIFO may wait for ever.
      status = File.stat(path)
      raise Error, "#{path}: is #{status.directory? ? "a directory" : "not a regular file"}" unless status.file?

      File.open(path, "rb") do |file|
        progress = Progress.new(doing, status.size)
        yield new(file, status.size, progress)
      ensure
        progress&.end
      end
    end

    def initialize(file, size, progress)
      @file = file
      @size = size
      @progress = progress
    end

    # Returns the next size bytes, or fewer at the end of the file.
    def read(size)
      @file.read(size) || ""
    end

    # Lets the next read begin at an offset.
    def seek(offset)
      @file.seek(offset)
    end

    # Yields what is left of the file, or of what is before an offset, in pieces.
    # Each is in the memory of the one before.
    def each_chunk(stop = Float::INFINITY)
      chunk = String.new(capacity: CHUNK_SIZE)
      done = @file.pos
      while done < stop && @file.read([CHUNK_SIZE, stop - done].min, chunk)
        yield chunk
        done += chunk.bytesize
        @progress.show(done)
      end
    end
  end

  # Yields a file that has a temporary name in the folder of path and is for its
  # owner's eyes only. It gets its name, replacing what had that name before, at
  # the end of the block, and is removed instead if the block fails.
  def self.output(path)
    file = Tempfile.create(".crypt_file-", File.dirname(path), binmode: true)
    yield file
    file.close
    File.rename(file.path, path)
    kept = true
  ensure
    file&.close
    File.unlink(file.path) if file && !kept
  end
end
