# frozen_string_literal: true

require "rbs"
require_relative "helper"

# Every public name has a signature in sig/, and every signature a name.
class SignaturesTest < HazmatTest
  FOLDER = File.expand_path("../sig", __dir__)

  # What people do not use: the YARD texts call it private.
  PRIVATE = %w[
    Hazmat::ABI::BackendMethods Hazmat::ABI::Blocking Hazmat::ABI::Native Hazmat::CDeclarations Hazmat::CType
    Hazmat::Cipher::AEADAlgorithms Hazmat::Cipher::Algorithm Hazmat::Cipher::Algorithms Hazmat::Cipher::BlockMessage
    Hazmat::Cipher::CollectedMessage Hazmat::Cipher::Padding Hazmat::Cipher::Parameters Hazmat::Cipher::SealedMessage
    Hazmat::Cipher::Unique Hazmat::Backend#crypt Hazmat::Backend#open_gcm Hazmat::Backend#seal_gcm
    Hazmat::Cipher::SealingAlgorithm Hazmat::Cipher::StreamMessage Hazmat::Cipher::StreamedMessage
    Hazmat::Cipher::TaggedMessage Hazmat::Cipher::WholeMessage Hazmat::Digest::Function
    Hazmat::Digest::Functions
    Hazmat::NameTable Hazmat::Runtime Hazmat::SharedBackend Hazmat::SmallMessage
    Hazmat::ABI.cipher_adapter_function Hazmat::Backend#hash_of Hazmat::Backend#hmac_of Hazmat::Digest#function
    Hazmat::HMAC.function_of Hazmat::Libcrypto.at
  ].freeze

  # What a Struct has.
  STRUCT = %i[aeads= backends= ciphers= hashes= hmacs= []].freeze

  def builder
    @builder ||= begin
      loader = RBS::EnvironmentLoader.new
      loader.add(library: "digest", version: nil)
      loader.add(path: Pathname(FOLDER))
      RBS::DefinitionBuilder.new(env: RBS::Environment.from_loader(loader).resolve_type_names)
    end
  end

  def test_every_public_name_has_a_signature
    modules = public_modules(Hazmat)
    assert_operator modules.size, :>=, 60
    assert_empty modules.flat_map { |one| missing_of(one) } - PRIVATE
  end

  private

  def public_modules(parent, found = [parent])
    parent.constants(false).map { |name| parent.const_get(name) }.each do |value|
      next unless Module === value && value.name&.start_with?("#{parent}::")
      next if found.include?(value) || PRIVATE.include?(value.name) || value.name.match?(/::ABI::\w+Methods\z/)

      public_modules(value, found << value)
    end
    found
  end

  # The names in a module that have no signature.
  def missing_of(one)
    outer = RBS::Namespace.parse("::#{one.name[/.*(?=::)/]}")
    type = RBS::TypeName.new(name: one.name[/\w+\z/].to_sym, namespace: outer)
    return ["#{one} itself"] unless builder.env.class_decls.key?(type)

    methods = { "#" => one.public_instance_methods(false), "." => one.singleton_methods(false) }
    types = { "#" => builder.build_instance(type), "." => builder.build_singleton(type) }
    missing = methods.flat_map do |sign, names|
      (names - STRUCT - types[sign].methods.keys).map { |name| "#{one}#{sign}#{name}" }
    end
    missing + (constants_of(one) - builder.env.constant_decls.keys.map { |name| name.to_s.delete_prefix("::") })
  end

  def constants_of(one)
    one.constants(false).reject { |name| Module === one.const_get(name) }.map { |name| "#{one}::#{name}" }
  end
end
