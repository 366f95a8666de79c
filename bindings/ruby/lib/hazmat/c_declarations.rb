# frozen_string_literal: true

require "strscan"
require_relative "c_type"

module Hazmat
  # Reads declarations in C: functions with a fixed number of parameters, opaque
  # structs, other names for types, and constants that are whole numbers.
  #
  # @api private
  class CDeclarations
    # A function: the types of its result and its parameters, and how it is declared.
    Function = Struct.new(:result, :parameters, :text)

    # Words of which a number's name may have several.
    WORDS = %w[signed unsigned char short int long].freeze
    DEFINITION = /^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(-?(?:0[xX])?\h+)[ \t]*$/
    private_constant :WORDS, :DEFINITION

    # @return [Hash{String => Function}] the functions declared so far
    attr_reader :functions
    # @return [Hash{String => Integer}] the constants declared so far
    attr_reader :constants

    def initialize
      @types = CType.own
      @functions = {}
      @constants = {}
    end

    # Adds declarations.
    #
    # @raise [ArgumentError] if one cannot be read, with its text
    def declare(text)
      code = text.gsub(%r{/\*.*?\*/}m, " ").gsub(%r{//.*}, " ").gsub(DEFINITION) do
        @constants[Regexp.last_match(1)] = Integer(Regexp.last_match(2))
        ""
      end
      *statements, rest = code.split(";", -1)
      unreadable(rest, "there is no ; behind it") unless rest.nil? || rest.strip.empty?
      statements.each { |statement| reading(statement) { |scanner| declare_one(scanner) } }
    end

    # @return [CType] the type with a name such as "unsigned char[32]"
    # @raise [ArgumentError] if it cannot be read
    def type(text)
      reading(text) do |scanner|
        type = read_type(scanner)
        next type unless skip(scanner, "[")

        count = scanner.scan(/\d+/)
        need(scanner, "]")
        CType.array(type, count && Integer(count))
      end
    end

    private

    def declare_one(scanner)
      is_type = skip(scanner, "typedef")
      type = read_type(scanner)
      name = need(scanner, /\w+/)
      return @types[name] = type if is_type

      text = scanner.string.squeeze(" \n\t")
      before = @functions[name]
      unreadable(text, "it is declared already, as #{before.text}") unless before.nil? || before.text == text
      @functions[name] = Function.new(type, read_parameters(scanner), text)
    end

    def read_parameters(scanner)
      need(scanner, "(")
      parameters = []
      until skip(scanner, ")")
        need(scanner, ",") unless parameters.empty?
        type = read_type(scanner)
        skip(scanner, /\w+/)
        parameters << (skip(scanner, /\[\d*\]/) ? CType.pointer(type, false) : type)
      end
      parameters == [@types["void"]] ? [] : parameters
    end

    def read_type(scanner)
      constant = skip(scanner, "const")
      type = read_name(scanner)
      constant = skip(scanner, "const") || constant
      while skip(scanner, "*")
        type = CType.pointer(type, !constant.nil?)
        constant = skip(scanner, "const")
      end
      type
    end

    def read_name(scanner)
      return need(scanner, /\w+/) && CType.new if skip(scanner, "struct")

      words = []
      words << scanner.matched while skip(scanner, Regexp.union(WORDS))
      name = words.empty? ? need(scanner, /\w+/) : words.join(" ")
      @types.fetch(name) { unreadable(scanner.string, "there is no type #{name}") }
    end

    # Takes what comes next if it is this.
    def skip(scanner, what)
      scanner.skip(/\s+/)
      what = /#{Regexp.escape(what)}/ if String === what
      scanner.scan(/#{what}(?:(?<!\w)|(?!\w))/)
    end

    def need(scanner, what)
      skip(scanner, what) || unreadable(scanner.string, "#{scanner.rest.strip.inspect} is not expected")
    end

    def reading(text)
      scanner = StringScanner.new(text.strip)
      result = yield scanner
      scanner.skip(/\s+/)
      unreadable(text, "#{scanner.rest.inspect} is not expected") unless scanner.eos?
      result
    end

    def unreadable(text, reason)
      raise ArgumentError, "cannot read the declaration #{text.strip.inspect}: #{reason}"
    end
  end
end
