"""Calls every function of the toy library, with a value of every kind."""

import gc
from contextlib import contextmanager

from toy._abi import constants, enums, errors, functions, handles, structs
from toy._abi.library import library

Colour = enums.Colour


@contextmanager
def fails(error, text):
    try:
        yield
    except error as raised:
        assert text in str(raised), (text, raised)
    else:
        raise AssertionError(f"{error} was not raised")


assert (constants.GREETING, constants.LIMIT, constants.ROOM) == ('hello "toy" \\ ok', 4_000_000_000, 8)
assert functions.colour_name(Colour.NAVY) == "navy"
assert functions.colour_mix(Colour.RED, Colour.RED) == 2
assert functions.colours() == [Colour.RED, Colour.GREEN, Colour.NAVY]
assert functions.count(300) == list(range(300))
assert functions.words(" bär foo ") == ["bär", "foo"]
assert functions.sum(True, 1, 2, 3) == 7
assert functions.pair(5, 3) == 2
assert functions.half(10) == 5
assert functions.pattern(3) == b"\0\1\2"
assert functions.place("here") == 0xABC
assert functions.describe(None) == "no ball"
with fails(errors.InvalidArgument, "b is 5"):
    functions.pair(3, 5)
with fails(errors.Internal, "as asked"):
    functions.broken()
with fails(errors.Internal, "no status here"):
    functions.unmapped()

BALL = structs.Ball(
    colour=Colour.RED, round=True, count=3, weight=4, serial=5, label="läbel", core=bytearray(b"\1\2")
)
LINE = "red true 3 4 5 läbel 0102"
assert functions.describe(BALL) == LINE

shop = functions.shop_open("corner")
with fails(errors.InvalidArgument, "far"):
    functions.shop_open("far")
with shop.jar() as jar, jar:
    jar.put(b"abc")
    assert jar.take(b"p") == b"p<abc>"
    room = bytearray(8)
    assert jar.take_into(b"", room) == 5 and room == b"<abc>\0\0\0"
    with jar.copy() as copy:
        assert not jar.sealed()
        jar.seal()
        with fails(errors.Sealed, "sealed"):
            jar.put(b"d")
        copy.put(b"d")
        assert copy.put_all([b"e", bytearray(b"f"), b""]) == 2
        assert copy.put_all((b"g",)) == 1
        assert copy.put_all([]) == 0
        with fails(TypeError, "item 1 of parts must be bytes-like, not str"):
            copy.put_all([b"x", "y"])
        with fails(TypeError, "parts must be a list of bytes-like objects, not int"):
            copy.put_all(1)
        assert copy.take(b"") == b"<abcdefg>"
    with fails(errors.NotThere, "LockedJar"):
        jar.unlock(b"")

heard = []


def listener(its_shop, ball, colour, note, data, urgent, index, weight, serial):
    heard.append((its_shop.name(), functions.describe(ball), colour, note, bytes(data), urgent, index, weight, serial))
    return ball is None


def refuse(*_):
    raise KeyError("refused")


shop.subscribe(Colour.RED, listener)
shop.subscribe(Colour.GREEN, refuse)
with fails(errors.AlreadyThere, "red"):
    shop.subscribe(Colour.RED, listener)
assert shop.announce(Colour.RED, BALL, "nöte", b"\0\xff") is False
assert shop.announce(Colour.RED, None, "", b"") is True
assert heard == [
    ("corner", LINE, Colour.RED, "nöte", b"\0\xff", True, 2, 1 << 31, 1 << 63),
    ("corner", "no ball", Colour.RED, "", b"", True, 0, 1 << 31, 1 << 63),
]
with fails(KeyError, "refused"):
    shop.announce(Colour.GREEN, None, "", b"")
for supplier, got in ((lambda _: None, "nothing"), (lambda its_shop: its_shop.jar(), "jar"), (lambda _: 0xABC, "0xabc")):
    shop.fetch(supplier)
    assert shop.fetched() == got
with fails(KeyError, "refused"):
    shop.fetch(refuse)



class Jar:
    """A jar of our own."""

    def __init__(self, held=b"", tail=b""):
        self.held = held
        self.tail = tail
        self.taken = 0
        self.closed = False
        self.is_sealed = False

    def put(self, data):
        if len(self.held) + len(data) > 16:
            raise errors.InvalidArgument("our jar is full")
        self.held += data

    def put_all(self, parts):
        for part in parts:
            self.put(part)
        return sum(map(len, parts))

    def take(self, prefix):
        self.taken += 1
        return bytearray(prefix + self.held + self.tail)

    def copy(self):
        return Jar(self.held)

    def close(self):
        assert not self.closed
        self.closed = True


class SealedJar(Jar):
    """One that can be sealed."""

    def seal(self):
        self.is_sealed = True

    def sealed(self):
        return self.is_sealed


class Stall:
    """A shop of our own."""

    def name(self):
        return "stall"

    def announce(self, colour, ball, note, data):
        return colour is Colour.NAVY and ball is None and note == "psst" and data == b"x"

    def jar(self):
        return Jar()

    def fetched(self):
        return "bär" * 100


mine = SealedJar()
with handles.Jar.new(mine) as jar:
    jar.put(b"abc")
    with jar.copy() as copy:
        assert copy.put_all([b"d", b"", bytearray(b"ef")]) == 3
        assert copy.put_all([]) == 0
        assert copy.take(b"p") == b"pabcdef"
        with fails(errors.NotThere, "SealedJar"):
            copy.seal()
    jar.seal()
    assert jar.sealed() is True
    with fails(errors.NotThere, "LockedJar"):
        jar.unlock(b"")
    with fails(errors.InvalidArgument, "our jar is full"):
        jar.put(bytes(16))
    # What did not fit is not made again.
    for _ in range(2):
        with fails(errors.BufferTooSmall, "the result of SealedJar.take has 4 bytes, and there is room for 3"):
            jar.take_into(b"p", bytearray(3))
    with fails(RuntimeError, "still waits for a buffer of 4 bytes"):
        jar.take(b"q")
    assert jar.take(b"p") == b"pabc"
    assert mine.taken == 1
    mine.tail = bytes(100)
    assert jar.take(b"p") == b"pabc" + bytes(100)
    mine.held = "text"
    with fails(TypeError, "concatenate"):
        jar.put(b"")
    assert not mine.closed
assert mine.closed
assert functions.rate(SealedJar()) == "prate sealed true"
assert functions.rate(Jar()) == "prate"
with fails(TypeError, "methods must have the methods of Jar, and Stall has no put, put_all, take, copy"):
    handles.Jar.new(Stall())
with fails(TypeError, "must be an object with the methods of Jar, not the class Jar"):
    handles.Jar.new(Jar)
Jar.seal = SealedJar.seal
with fails(TypeError, "jar must have the methods of SealedJar, and Jar has no sealed"):
    functions.rate(Jar())
del Jar.seal

functions.shop_found(Stall())
with fails(errors.AlreadyThere, "stall"):
    functions.shop_found(Stall())
with functions.shop_open("stall") as stall:
    assert stall.fetched() == "bär" * 100
    assert stall.announce(Colour.NAVY, None, "psst", b"x") is True
    assert stall.announce(Colour.RED, None, "psst", b"x") is False
    with stall.jar() as jar:
        jar.put(b"a")
        assert jar.take(b"") == b"a"
for supplier, got in ((lambda _: Jar(), "jar"), (lambda _: handles.Jar.new(Jar()), "jar")):
    shop.fetch(supplier)
    assert shop.fetched() == got

shop.close()
gc.collect()
assert library.live_handles() == 0, library.live_handles()
assert len(library.objects) == 1, library.objects  # the stall
