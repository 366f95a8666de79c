# frozen_string_literal: true

# Calls every function of the toy library, with a value of every kind.

require "toy/abi"

def check(truth, what = nil)
  raise "not so: #{what}" unless truth
end

def fails(error, text)
  yield
rescue error => e
  check e.message.include?(text), [text, e.message]
else
  raise "#{error} was not raised"
end

check Toy::GREETING == 'hello "toy" \\ ok' && Toy::LIMIT == 4_000_000_000 && Toy::ROOM == 8
check Toy::Colour.name_of(Toy::Colour::NAVY) == "navy"
check Toy::Colour.mix(Toy::Colour::RED, Toy::Colour::GREEN) == 8
check Toy.colours == [Toy::Colour::RED, Toy::Colour::GREEN, Toy::Colour::NAVY]
check Toy.count(300) == (0...300).to_a
check Toy.words(" bär foo ") == %w[bär foo]
check Toy.sum(true, 1, 2, 3) == 7
check Toy.pair(5, 3) == 2
check Toy.half(10) == 5
check Toy.pattern(3) == "\0\1\2"
check Toy.place("here") == FFI::Pointer.new(0xabc)
check Toy.describe(nil) == "no ball"
fails(Toy::InvalidArgument, "b is 5") { Toy.pair(3, 5) }
fails(Toy::Internal, "as asked") { Toy.broken }
fails(Toy::Internal, "no status here") { Toy.unmapped }

ball = Toy::ABI::Ball.new(colour: Toy::Colour::RED, round: true, count: 3, weight: 4, serial: 5, label: "läbel",
                          core: "\1\2")
line = "red true 3 4 5 läbel 0102"
check Toy.describe(ball) == line

shop = Toy.shop_open("corner")
fails(Toy::InvalidArgument, "far") { Toy.shop_open("far") }
shop.jar do |jar|
  jar.put("abc")
  check jar.take("p") == "p<abc>"
  room = "\0".b * 8
  check jar.take_into("", room) == 5 && room.start_with?("<abc>"), room
  jar.copy do |copy|
    check !jar.sealed?
    jar.seal
    fails(Toy::Sealed, "sealed") { jar.put("d") }
    copy.put("d")
    check copy.put_all(["e", "", "f\0"]) == 3
    check copy.put_all([]).zero?
    fails(TypeError, "no implicit conversion of Integer into String (parts)") { copy.put_all([1]) }
    fails(TypeError, "no implicit conversion of String into Array (parts)") { copy.put_all("x") }
    check copy.take("") == "<abcdef\0>"
  end
  fails(Toy::NotThere, "LockedJar") { jar.unlock("") }
end

heard = []
shop.subscribe(Toy::Colour::RED) do |its_shop, its_ball, colour, note, data, urgent, index, weight, serial|
  heard << [its_shop.name, Toy.describe(its_ball), colour, note, data, urgent, index, weight, serial]
  its_ball.nil?
end
shop.subscribe(Toy::Colour::GREEN) { raise KeyError, "refused" }
fails(Toy::AlreadyThere, "red") { shop.subscribe(Toy::Colour::RED) { false } }
check shop.announce?(Toy::Colour::RED, ball, "nöte", "\0\xFF".b) == false
check shop.announce?(Toy::Colour::RED, nil, "", "") == true
check heard == [
  ["corner", line, Toy::Colour::RED, "nöte", "\0\xFF".b, true, 2, 1 << 31, 1 << 63],
  ["corner", "no ball", Toy::Colour::RED, "", "", true, 0, 1 << 31, 1 << 63]
], heard
fails(KeyError, "refused") { shop.announce?(Toy::Colour::GREEN, nil, "", "") }
{ ->(_) {} => "nothing", ->(its_shop) { its_shop.jar } => "jar", ->(_) { FFI::Pointer.new(0xabc) } => "0xabc" }.each do |supplier, got|
  shop.fetch(&supplier)
  check shop.fetched == got, [shop.fetched, got]
end
fails(KeyError, "refused") { shop.fetch { raise KeyError, "refused" } }

# A jar of Ruby's; it finds out itself what is wrong with it.
class OurJar
  attr_reader :closed, :taken

  def initialize(held = "".b)
    @held = held
    @closed = @taken = 0
  end

  def put(data)
    raise Toy::Sealed, "our jar is sealed" if @sealed

    @held += data
  end

  def put_all(parts)
    parts.each { |part| put(part) }
    parts.sum(&:bytesize)
  end

  def take(prefix)
    @taken += 1
    prefix + @held
  end

  def copy
    OurJar.new(@held)
  end

  def seal
    @sealed = true
  end

  def sealed?
    @sealed || false
  end

  def close
    @closed += 1
  end
end

ours = OurJar.new
Toy::Jar.new(ours).use do |jar|
  jar.put("abc")
  jar.copy do |copy|
    check copy.put_all(["d", "", "ef"]) == 3
    check copy.put_all([]).zero?
    check copy.take("p") == "pabcdef"
  end
  jar.seal
  check jar.sealed?
  fails(Toy::Sealed, "our jar is sealed") { jar.put("d") }
  fails(Toy::NotThere, "LockedJar") { jar.unlock("") }
end
check ours.closed == 1
long = OurJar.new("x" * 20)
Toy::Jar.new(long).use do |jar|
  2.times { fails(Toy::BufferTooSmall, "take answered 20 bytes, but there is room for 10") { jar.take("") } }
  fails(ArgumentError, "20 bytes, waits for that call") { jar.take("p") }
  check jar.take_into("", room = "\0" * 30) == 20 && room.start_with?("xx")
  check long.taken == 1
end
check Toy.rate(OurJar.new) == "prate sealed true"
fails(TypeError, "jar must have the methods of a Jar: String has no put, put_all, take, copy") { Toy.rate("x") }
class HalfSealed < OurJar
  undef_method :seal
end
fails(TypeError, "HalfSealed has no seal (of the methods of SealedJar there must be all or none)") do
  Toy::Jar.new(HalfSealed.new)
end
shop.fetch { OurJar.new }
check shop.fetched == "jar"

# A shop of Ruby's.
class Stall
  attr_reader :heard

  def name
    "stall"
  end

  def announce?(colour, ball, note, data)
    @heard = [colour, ball && Toy.describe(ball), note, data]
    note == "psst"
  end

  def jar
    @jar = OurJar.new
  end

  def fetched
    "ä" * 200 # more than C offers room for at first
  end
end

stall = Stall.new
Toy.shop_found(stall)
fails(Toy::AlreadyThere, "stall") { Toy.shop_found(stall) }
fails(Toy::AlreadyThere, "corner") { Toy.shop_found(Stall.new.tap { |other| other.define_singleton_method(:name) { "corner" } }) }
fails(TypeError, "of your own, not a Toy::Shop") { Toy.shop_found(shop) }
Toy.shop_open("stall") do |opened|
  check opened.fetched == "ä" * 200
  check opened.announce?(Toy::Colour::NAVY, ball, "psst", "\0\xFF".b)
  check stall.heard == [Toy::Colour::NAVY, line, "psst", "\0\xFF".b], stall.heard
  check !opened.announce?(Toy::Colour::NAVY, nil, "", "")
  opened.jar { |jar| jar.put("x") }
  check stall.jar.is_a?(OurJar)
end

shop.close
GC.start
check Toy::ABI.live_handles.zero?, Toy::ABI.live_handles
check Hazmat::Runtime::Implementation::LIVE.size == 1, Hazmat::Runtime::Implementation::LIVE.keys
