# frozen_string_literal: true

# Reads the test vectors that all languages share; their README has the format.
module Vectors
  FOLDER = File.expand_path("../../../testdata/vectors", __dir__)

  # One case: the texts of its fields, and where it stands.
  class Case
    attr_reader :where

    def initialize(where, fields)
      @where = where
      @fields = fields
    end

    def text(name)
      @fields.fetch(name)
    end

    def include?(name)
      @fields.key?(name)
    end

    # The bytes of a field, none if the case has no such field.
    def bytes(name)
      [@fields.fetch(name, "")].pack("H*")
    end

    # How many times over the message is to be taken.
    def repeat
      Integer(@fields.fetch("repeat", "1"))
    end
  end

  # The files of a folder, such as "hash".
  def self.files(kind)
    found = Dir[File.join(FOLDER, kind, "*.txt")]
    raise "there are no vectors in #{File.join(FOLDER, kind)}" if found.empty?

    found
  end

  # The cases of a file.
  def self.read(path)
    number = 1
    File.read(path, encoding: Encoding::US_ASCII).split("\n\n").filter_map do |block|
      start = number
      number += block.count("\n") + 2
      lines = block.lines(chomp: true).grep_v(/\A#|\A\z/)
      Case.new("#{File.basename(path)}:#{start}", lines.to_h { |line| field(line) }) unless lines.empty?
    end
  end

  def self.field(line)
    name, separator, value = line.partition(" =")
    raise "#{line.inspect} is no field" if separator.empty?

    [name, value.strip]
  end
  private_class_method :field
end
