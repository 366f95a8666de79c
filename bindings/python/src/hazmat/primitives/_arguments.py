"""Checks of arguments, with pyca's exceptions and texts."""

from __future__ import annotations

import operator

from .._runtime import Buffer

_OCTETS = ("B", "c")  # formats of single unsigned bytes, behind what says their order


def readable(data: Buffer) -> bytes | memoryview:
    """Return something with the bytes of ``data`` in one row; ``bytes`` as they are.

    Raises TypeError for what has no bytes, and BufferError for bytes with gaps.
    """
    return data if type(data) is bytes else _in_one_row(_view(data))


def writable(buf: Buffer) -> memoryview:
    """Return a view of memory to write to.

    Raises TypeError for what has no bytes or is read-only, and BufferError for
    bytes with gaps.
    """
    view = _view(buf)
    if view.readonly:
        raise TypeError("Buffer is not writable.")
    return _in_one_row(view)


def _view(data: Buffer) -> memoryview:
    try:
        view = memoryview(data)
    except TypeError:
        raise _no_buffer(data) from None
    if view.format.lstrip("@=<>!") not in _OCTETS:
        raise _no_buffer(data)
    return view


def _in_one_row(view: memoryview) -> memoryview:
    if not view.c_contiguous:
        raise BufferError("Buffer is not contiguous.")
    try:
        return view if view.ndim == 1 else view.cast("B")
    except TypeError:  # Python can't, of a format that says its order
        raise _no_buffer(view.obj) from None


def _no_buffer(value: object) -> TypeError:
    text = f'Cannot convert "{type(value)}" instance to a buffer.'
    if isinstance(value, str):
        text += "\nDid you mean to pass a bytestring instead?"
    return TypeError(text)


def check_bytes(name: str, value: object) -> None:
    """Raise TypeError unless ``value`` is ``bytes``; ``name`` is what the text calls it."""
    if not isinstance(value, bytes):
        raise TypeError(f"{name} must be bytes")


def unsigned(value: int) -> int:
    """Return an int; raise TypeError for what is none, and OverflowError for a negative one."""
    number = operator.index(value)
    if number < 0:
        raise OverflowError("can't convert negative int to unsigned")
    return number


def size_of(name: str, value: Buffer) -> int:
    """Return how many items a buffer has, which are bytes as a rule.

    ``name`` is what error texts call it. Raises TypeError for what is no buffer.
    """
    if isinstance(value, bytes):
        return len(value)
    try:
        return len(memoryview(value))
    except TypeError:
        raise TypeError(f"{name} must be bytes-like") from None
