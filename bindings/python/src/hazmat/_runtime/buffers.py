"""The memory of Python objects, as addresses that C code can use.

``ctypes`` alone gives no address for a read-only buffer that is not ``bytes``,
so views are taken through the buffer protocol itself (PEP 3118). A view pins
the memory: while one is held, a ``bytearray`` cannot be resized, even though
the interpreter lock is released during the call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from .values import wrong_type

if TYPE_CHECKING:
    from typing_extensions import Buffer as Buffer
    from typing_extensions import TypeAlias

    Buffers: TypeAlias = Iterable[Buffer] | Buffer
else:
    Buffer = Any
    Buffers = Any


class _PyBuffer(ctypes.Structure):
    """``Py_buffer`` of CPython's ``pybuffer.h``."""

    _fields_ = (
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.c_void_p),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_void_p),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
    )


_LIST = "a list of bytes-like objects"

_SIMPLE = 0  # PyBUF_SIMPLE: bytes in one piece, or BufferError
_WRITABLE = 1  # PyBUF_WRITABLE: these may be written to, or BufferError
_STRIDED = 0x18  # PyBUF_STRIDES: rows that may lie apart

_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = (ctypes.py_object, ctypes.c_void_p, ctypes.c_int)
_get_buffer.restype = ctypes.c_int
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = (ctypes.c_void_p,)
_release_buffer.restype = None
_bytes_address = ctypes.pythonapi.PyBytes_AsString
_bytes_address.argtypes = (ctypes.py_object,)
_bytes_address.restype = ctypes.c_void_p


class Views(list[_PyBuffer]):
    """The views that one call holds; leaving the ``with`` block releases them.

    A list and nothing around it, as one is made for almost every call.
    """

    __slots__ = ()

    def __enter__(self) -> Views:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for view in self:
            _release_buffer(ctypes.byref(view))

    def read(self, name: str, data: Buffer) -> tuple[bytes | int | None, int]:
        """Return what a pointer argument takes for ``data``, and its length in bytes.

        ``name`` is what error texts call it. ``bytes`` go as they are; they do
        not move, and the caller's frame keeps them alive. Raises TypeError for
        an object that has no bytes, and BufferError if they are not contiguous.
        """
        if type(data) is bytes:
            return data, len(data)
        return self._hold(name, data, _SIMPLE)

    def read_address(self, name: str, data: Buffer) -> tuple[int | None, int]:
        """Do what ``read`` does, for a pointer in a structure, which takes no ``bytes``.

        Theirs is valid as long as the caller's frame keeps them alive.
        """
        if type(data) is bytes:
            return _bytes_address(data), len(data)
        return self._hold(name, data, _SIMPLE)

    def read_list(self, name: str, items: Buffers) -> tuple[object, ctypes.Array[ctypes.c_size_t], int]:
        """Return the arrays of addresses and of lengths of what ``items`` are, and their number.

        ``items`` may be an array of two dimensions: its rows, which are not copied. Errors are
        those of ``read`` for each item, and TypeError for a text or for bytes: such an empty
        one would pass for an empty list.
        """
        if isinstance(items, (str, bytes, bytearray)):
            raise wrong_type(name, _LIST, items)
        if not isinstance(items, (list, tuple)):
            rows = self._rows(name, items)
            if rows is not None:
                return rows
        try:
            every: list[Any] = list(cast(Iterable[Buffer], items))
        except TypeError:
            raise wrong_type(name, _LIST, items) from None
        lengths = (ctypes.c_size_t * len(every))()
        octets = [item for item in every if type(item) is bytes]
        if len(octets) == len(every):
            lengths[:] = [len(item) for item in octets]
            return (ctypes.c_char_p * len(octets))(*octets), lengths, len(octets)
        addresses = (ctypes.c_void_p * len(every))()
        for index, item in enumerate(every):
            addresses[index], lengths[index] = self._hold(f"item {index} of {name}", item, _SIMPLE)
        return addresses, lengths, len(every)

    def _rows(self, name: str, array: Any) -> tuple[object, ctypes.Array[ctypes.c_size_t], int] | None:
        """Do what ``read_list`` does for an array of two dimensions; return None for anything else."""
        try:
            shape = memoryview(array)
        except TypeError:
            return None
        with shape:
            if shape.ndim != 2 or shape.shape is None or shape.strides is None:
                return None
            (count, width), (step, unit) = shape.shape, shape.strides
            if width > 1 and unit != shape.itemsize:
                raise BufferError(f"the rows of {name} must be contiguous")
            size = width * shape.itemsize
        base, _ = self._hold(name, array, _STRIDED)
        if base is None:
            count = 0
        addresses = (ctypes.c_void_p * count)(*[(base or 0) + step * row for row in range(count)])
        return addresses, (ctypes.c_size_t * count)(*[size] * count), count

    def write(self, name: str, buf: Buffer) -> tuple[int | None, int]:
        """Return the address and length of memory to write to.

        Raises TypeError for an object that has no bytes, and BufferError if
        they are read-only or not contiguous.
        """
        return self._hold(name, buf, _WRITABLE)

    def _hold(self, name: str, data: Buffer, flags: int) -> tuple[int | None, int]:
        view = _PyBuffer()
        try:
            _get_buffer(data, ctypes.byref(view), flags)
        except TypeError:
            raise wrong_type(name, "bytes-like", data) from None
        except BufferError as error:
            wanted = "a writable and contiguous" if flags == _WRITABLE else "a contiguous"
            raise BufferError(f"{name} must be {wanted} buffer: {error}") from None
        self.append(view)
        return view.buf, view.len


def copied(address: int | None, length: int) -> bytes:
    """Return a copy of ``length`` bytes of C memory; NULL has none."""
    return ctypes.string_at(address, length) if address and length else b""


def copied_list(addresses: int | None, lengths: int | None, count: int) -> list[bytes]:
    """Return copies of the bytes at ``count`` addresses of C memory."""
    if not addresses or not lengths:
        return []
    array = (ctypes.c_void_p * count).from_address(addresses)
    return [copied(*item) for item in zip(array, (ctypes.c_size_t * count).from_address(lengths))]
