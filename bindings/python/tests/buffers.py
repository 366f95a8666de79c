"""The kinds of buffers that the API takes, and those that it must refuse."""

from __future__ import annotations

import array
import ctypes
import mmap
from typing import Any

import pytest


class Octets(bytes):
    """A class of its own, which is bytes too."""

    def __str__(self) -> str:
        return "not these"


def mapped(data: bytes) -> mmap.mmap:
    memory = mmap.mmap(-1, len(data) or 1)
    memory[: len(data)] = data
    return memory


KINDS: dict[str, Any] = {
    "bytes": bytes,
    "a subclass of bytes": Octets,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "a read-only memoryview of a bytearray": lambda data: memoryview(bytearray(data)).toreadonly(),
    "array": lambda data: array.array("B", data),
    "ctypes": lambda data: (ctypes.c_ubyte * len(data)).from_buffer_copy(data),
    "two dimensions": lambda data: memoryview(data).cast("B", (2, len(data) // 2)),
}
"""What makes a buffer of bytes, of an even number, by its name."""

all_kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)

GAPS = (memoryview(bytearray(16))[::2], memoryview(bytearray(16))[::-1])
"""Buffers whose bytes are not in one piece."""

NOT_OCTETS = (array.array("i", [1, 2]), memoryview(bytes(8)).cast("b"), array.array("d", [1.0]))
"""Buffers of items that are not single unsigned bytes."""

NO_BUFFERS = (None, 1, 1.5, [1, 2], object(), bytes)
"""What has no bytes."""


def refuses(call: Any) -> None:
    """Check that a call refuses every wrong kind of buffer with pyca's exception and text."""
    with pytest.raises(TypeError, match=r"^Cannot convert \"<class 'str'>\" instance to a buffer\.\nDid you mean"):
        call("text")
    for value in NO_BUFFERS + NOT_OCTETS:
        with pytest.raises(TypeError) as caught:
            call(value)
        assert str(caught.value) == f'Cannot convert "{type(value)}" instance to a buffer.'
    for value in GAPS:
        with pytest.raises(BufferError, match=r"^Buffer is not contiguous\.$"):
            call(value)
