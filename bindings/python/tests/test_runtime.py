"""Outputs of unknown size, from a function that stands in for the library's."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pytest

from hazmat._abi.library import library
from hazmat.exceptions import Status

PROTOTYPE = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)


def answering(octets: bytes, unit: int, rooms: list[int]) -> Callable[..., int]:
    """Return a C function whose output is some bytes, counted in units, and note the room it is offered."""

    def call(out: int, room: int, used: int) -> int:
        rooms.append(room)
        ctypes.c_size_t.from_address(used).value = len(octets) // unit
        if room * unit < len(octets):
            return Status.ERR_BUFFER_TOO_SMALL
        ctypes.memmove(out, octets, len(octets))
        return Status.OK

    return PROTOTYPE(call)


@pytest.mark.parametrize("length", [0, 1, 127, 128, 1000])
def test_text(length: int) -> None:
    rooms: list[int] = []
    # The room for a text has a place for the null character behind it.
    assert library.text(answering(b"x" * length + b"\0", 1, rooms)).rstrip("\0") == "x" * length
    assert len(rooms) == (1 if length < 128 else 2)


@pytest.mark.parametrize("words", [[], [""], ["one"], ["", "two", ""], ["é" * 100] * 100])
def test_texts(words: list[str]) -> None:
    octets = b"".join(word.encode() + b"\0" for word in words)
    assert library.texts(answering(octets, 1, [])) == words


@pytest.mark.parametrize("count", [0, 1, 32, 33, 500])
def test_numbers(count: int) -> None:
    numbers = [index * 8_000_000 for index in range(count)]
    octets = b"".join(number.to_bytes(4, "little") for number in numbers)
    assert library.numbers(answering(octets, 4, [])) == numbers


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 5000])
def test_octets(length: int) -> None:
    rooms: list[int] = []
    assert library.octets(answering(bytes(length), 1, rooms), 1, 9) == bytes(length)
    assert rooms == ([10] if length <= 10 else [10, length])


def test_large_outputs_are_offered_the_likely_room() -> None:
    rooms: list[int] = []
    assert library.octets(answering(bytes(1 << 20), 1, rooms), 1 << 20, 16) == bytes(1 << 20)
    assert rooms == [1 << 20]
