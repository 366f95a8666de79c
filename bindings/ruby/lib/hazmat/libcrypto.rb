# frozen_string_literal: true

require_relative "c_values"

module Hazmat
  # The libcrypto that the openssl backend uses: its functions and constants are methods
  # of their names. It is a backend's {Backend#lib}; there is one for each file.
  #
  #   lib = Hazmat.open_backend("openssl").lib
  #   lib.EVP_MD_get_size(lib.EVP_sha256)   # => 32
  #   lib.OPENSSL_VERSION_NUMBER.to_s(16)   # => "30000130"
  #
  # Functions are called as in C. A pointer is an FFI::Pointer, nil for NULL, or, where C
  # only reads, a String. They fail as in C, too: what they leave in OpenSSL's queue of
  # errors stays there. A function that is not known yet is declared with {CValues#cdef}.
  # Any number of threads may use one object, as far as the functions allow.
  class Libcrypto
    DECLARATIONS = File.join(__dir__, "libcrypto.h")
    private_constant :DECLARATIONS

    # What the system's loader knows of an address.
    module Loader
      extend FFI::Library
      ffi_lib FFI::Library::LIBC

      # Dl_info of dlfcn.h.
      class Info < FFI::Struct
        layout :file_name, :string, :file_base, :pointer, :symbol_name, :string, :symbol_address, :pointer
      end

      # Opens what is loaded already, and nothing else.
      RTLD_NOLOAD = 4

      attach_function :dladdr, [:pointer, Info.by_ref], :int

      # @return [String] the path of the library that an address is in
      def self.path_of(address)
        info = Info.new
        raise LoadError, "no library is loaded at #{address.inspect}" if dladdr(address, info).zero?

        info[:file_name]
      end
    end
    private_constant :Loader

    @loaded = {}

    class << self
      private :new

      # @api private
      # @param symbol [FFI::Pointer] the address of something in it
      # @return [Libcrypto] the one that is loaded there
      def at(symbol)
        path = Loader.path_of(symbol)
        @loaded[path] ||= new(path)
      end
    end

    # @return [CValues] what makes the values that the functions take
    attr_reader :ffi

    def initialize(path)
      @path = path
      @functions = {}
      @library = FFI::DynamicLibrary.open(path, FFI::DynamicLibrary::RTLD_NOW | Loader::RTLD_NOLOAD)
      @declarations = CDeclarations.new
      @declarations.declare(File.read(DECLARATIONS))
      @ffi = CValues.new(@declarations)
      @declarations.constants["OPENSSL_VERSION_NUMBER"] = OpenSSL_version_num()
    end

    # @return [String] the class and the path
    def inspect
      "#<#{self.class} #{@path}>"
    end

    private

    def respond_to_missing?(name, include_private = false)
      @declarations.constants.key?(name.to_s) || @declarations.functions.key?(name.to_s) || super
    end

    def method_missing(name, *arguments)
      constant = @declarations.constants[name.to_s]
      return constant if constant && arguments.empty?

      declared = @declarations.functions[name.to_s]
      raise NoMethodError.new("#{name} is not declared: ffi.cdef declares it", name) unless declared

      check(name, arguments, declared.parameters)
      (@functions[name] ||= function(name, declared)).call(*arguments)
    end

    def function(name, declared)
      address = @library.find_function(name.to_s)
      raise NoMethodError.new("#{@path} has no #{name}", name) unless address

      FFI::Function.new(declared.result.native, declared.parameters.map(&:native), address)
    end

    # Nothing but C's own memory may be written to.
    def check(name, arguments, types)
      arguments.zip(types) do |argument, type|
        next unless String === argument && type && !type.constant?

        raise TypeError, "#{name} takes no String of #{argument.bytesize} bytes here; memory to write to is of ffi.new"
      end
    end
  end
end
