# frozen_string_literal: true

module Hazmat
  module Runtime
    # Where a library is: the path in the environment variable NAME_LIBRARY, else
    # the library in the gem's own folder, else its bare name, which the system's
    # loader looks for.
    class Location
      # @return [String] what to give to dlopen
      attr_reader :path

      def initialize(name, file, directory)
        @name = name
        @directory = directory
        @variable = "#{name.upcase}_LIBRARY"
        chosen = ENV.fetch(@variable, "")
        @path = chosen.empty? ? own_or_bare(file) : chosen
      end

      # Looks for what the system's loader would not tell, or not survive.
      #
      # @raise [LoadError] if it finds something
      def check
        fault = ELF.fault(@path)
        raise failure(fault) if fault
      end

      # @return [LoadError] with one line that says what failed and what to do
      def failure(reason)
        LoadError.new("#{@name}: cannot load #{@path}: #{reason.tr("\n", " ")}#{hint(reason)}; put the library into " \
                      "#{@directory}, install it for the system, or set #{@variable} to its path")
      end

      # @return [LoadError] for a library that is not the one looked for
      def mismatch(reason)
        LoadError.new("#{@name}: #{@path} #{reason}; install the library and the gem of one release")
      end

      private

      # What the loader's words come from, where they do not tell.
      def hint(reason)
        return " (its file system may be mounted noexec)" if reason.include?("failed to map segment")

        ", as this system's C library is musl: run the program on a system with glibc" if ELF.musl?
      end

      def own_or_bare(file)
        own = File.join(@directory, file)
        File.exist?(own) ? own : file
      end
    end
  end
end
