"""A Python object whose methods the library calls, and what they return."""

from __future__ import annotations

import ctypes
from typing import Any

from .buffers import Views, copied
from .callbacks import NoRoom
from .values import number, text, wrong_type


class Implementation:
    """An object that implements an interface.

    ``shared`` is whether several threads may call it at once, and ``lasts``
    whether it goes on in a forked child. The methods raise TypeError for a result
    of a wrong type.
    """

    __slots__ = ("_shared", "_waiting", "lasts", "value")

    def __init__(self, value: Any, shared: bool, lasts: bool) -> None:
        self.value = value
        self.lasts = lasts
        self._shared = shared
        self._waiting: tuple[str, tuple[object, ...], bytes] | None = None

    def result(self, method: str) -> str:
        """Return what error texts call the result of a method."""
        return f"the result of {type(self.value).__name__}.{method}"

    def nothing(self, method: str, value: object) -> None:
        """Check the result of a method that has none. One that says False must not pass for success."""
        if value is not None:
            raise wrong_type(self.result(method), "None", value)

    def address(self, method: str, value: int) -> int:
        """Check the result of a method that is an address, which is never NULL."""
        plain = number(self.result(method), value, 64)
        if not plain:
            raise ValueError(f"{self.result(method)} must be an address, not 0")
        return plain

    def write(self, method: str, memory: int | None, room: int, used: int, *arguments: object) -> None:
        """Have a method write its result to a buffer.

        If that is too small, the caller may call again as if nothing had
        happened. So the method is not called again: its result waits.
        """
        if self._waiting is None:
            octets = self._octets(method, getattr(self.value, method)(*arguments))
        else:
            waits_for, its_arguments, octets = self._waiting
            if (waits_for, its_arguments) != (method, arguments):
                raise RuntimeError(f"{self.result(waits_for)} still waits for a buffer of {len(octets)} bytes")
        ctypes.c_size_t.from_address(used).value = len(octets)
        if len(octets) > room:
            self._waiting = None if self._shared else (method, arguments, octets)
            raise self._no_room(method, len(octets), room)
        self._waiting = None
        _put(octets, memory)

    def write_text(self, method: str, memory: int | None, room: int, used: int, *arguments: object) -> None:
        """Have a method write a text to a buffer, with a null character behind it."""
        octets = text(self.result(method), getattr(self.value, method)(*arguments))
        if len(octets) >= room:
            ctypes.c_size_t.from_address(used).value = len(octets) + 1
            raise self._no_room(method, len(octets) + 1, room)
        ctypes.c_size_t.from_address(used).value = len(octets)
        _put(octets + b"\0", memory)

    def fill(self, method: str, memory: int | None, room: int, *arguments: object) -> None:
        """Have a method fill a buffer, whose length is the last argument that it gets."""
        octets = self._octets(method, getattr(self.value, method)(*arguments, room))
        if len(octets) != room:
            raise ValueError(f"{self.result(method)} must have {room} bytes, not {len(octets)}")
        _put(octets, memory)

    def _octets(self, method: str, value: Any) -> bytes:
        if type(value) is bytes:
            return value
        with Views() as views:
            return copied(*views.read_address(self.result(method), value))

    def _no_room(self, method: str, length: int, room: int) -> NoRoom:
        return NoRoom(f"{self.result(method)} has {length} bytes, and there is room for {room}")


def _put(octets: bytes, memory: int | None) -> None:
    if memory is not None:  # NULL has no room, so there are no bytes for it
        ctypes.memmove(memory, octets, len(octets))
