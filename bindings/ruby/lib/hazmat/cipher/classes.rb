# frozen_string_literal: true

module Hazmat
  class Cipher # rubocop:disable Style/Documentation -- see cipher.rb
    # Classes of single ciphers. The rest of the name is given to new, in parts:
    # Cipher::AES.new(256, :CBC). All that it raises is as in {Cipher#initialize}.
    %w[AES BF CAST5 DES IDEA RC2 RC4 RC5].each do |cipher|
      const_set(cipher, Class.new(self) do
        define_method(:initialize) { |*parts| super([cipher, *parts].join("-").downcase) }
      end)
    end

    # Classes of AES with keys of one size, to whose new a mode is given.
    %w[128 192 256].each do |bits|
      const_set("AES#{bits}", Class.new(self) do
        define_method(:initialize) { |mode = "CBC"| super("aes-#{bits}-#{mode}".downcase) }
      end)
    end
  end
end
