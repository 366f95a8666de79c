# frozen_string_literal: true

module Hazmat
  # Objects that have several names each, in upper and lower case. One is made when it
  # is first asked for; threads that come at the same time may get different ones.
  #
  # @api private
  class NameTable
    # @param names [Hash{Object => Array<String>}] the names of each, the first of which
    #   is its own
    # @yieldparam key the key in names
    # @yieldparam name [String] the object's own name
    # @yieldreturn the object
    def initialize(names, &make)
      @names = names
      @make = make
      @found = {}
    end

    # @param name [String]
    # @return the object of that name, nil if there is none
    # @raise [ArgumentError] if the name has a null byte
    def [](name)
      @found[name] || find(name)
    end

    private

    # What has been found is found by its usual spellings from then on. Others are looked
    # for each time, so that what a program is given to look for does not pile up.
    def find(name)
      raise ArgumentError, "string contains null byte" if name.include?("\0")

      key, names = @names.find { |_, known| known.any? { |one| one.casecmp?(name) } }
      return unless key

      @found[names.first] || @make.call(key, names.first).tap { |object| remember(object, names) }
    end

    def remember(object, names)
      names.flat_map { |name| [name, name.upcase, name.downcase] }.each { |name| @found[name] = object }
    end
  end
end
