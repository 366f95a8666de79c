"""What cffi calls an FFI, and a library."""

from __future__ import annotations

import ctypes
import weakref
from typing import Any, Callable

from .cdata import CData, to_c
from .ctype import VOID, CType, Declarations, array, pointer


class FFI:
    """Reads declarations, and makes and reads values of C, as ``cffi.FFI`` does."""

    def __init__(self) -> None:
        self.declarations = Declarations()
        self.NULL = CData(pointer(VOID), 0)
        self.CData = CData

    def cdef(self, text: str) -> None:
        """Add declarations: functions, ``#define`` with a whole number, and ``typedef``.

        Raises ValueError for one that cannot be read.
        """
        self.declarations.declare(text)

    def dlopen(self, name: str, flags: int = 0) -> Lib:
        """Open a library, whose declared functions are its attributes."""
        return Lib(self.declarations, name, ctypes.CDLL(name, flags))

    def sizeof(self, what: str | CData) -> int:
        """Return the size of a type or a value, in bytes."""
        return (what.type if isinstance(what, CData) else self.declarations.read(what)).size

    def new(self, name: str, init: Any = None) -> CData:
        """Return new memory, all zero but for what ``init`` gives, and freed with the last that
        keeps it.

        ``name`` is the type of a pointer to it ("int *"), or of an array ("char[16]", or "char[]"
        with a length or what goes in: numbers, or bytes, of which an open array has one more).
        """
        type_ = self.declarations.read(name)
        if type_.kind == "pointer":
            assert type_.item is not None
            made = self._allocated(type_, type_.item.size)
            if init is not None:
                made[0] = init
            return made
        if type_.kind != "array":
            raise TypeError(f"expected a pointer or array ctype, got {type_.name!r}")
        return self._new_array(type_, init)

    def _new_array(self, type_: CType, init: Any) -> CData:
        item = type_.item
        assert item is not None
        values = init
        if type_.length is None:
            if isinstance(init, int):
                length, values = init, None
            else:
                length = len(init) + (isinstance(init, bytes) and item.octets)
            type_ = array(item, length)
        made = self._allocated(type_, type_.size)
        if values is None:
            return made
        if len(values) > len(made):
            raise IndexError(f"initializer for {type_.name!r} has {len(values)} items")
        if isinstance(values, bytes) and item.octets:
            ctypes.memmove(made.value, values, len(values))
        else:
            for index, value in enumerate(values):
                made[index] = value
        return made

    def _allocated(self, type_: CType, size: int) -> CData:
        memory = ctypes.create_string_buffer(max(size, 1))
        return CData(type_, ctypes.addressof(memory), memory)

    def cast(self, name: str, value: Any) -> CData:
        """Return a value as another type: a number cut to size, or a pointer to the same place."""
        type_ = self.declarations.read(name)
        if isinstance(value, CData):
            plain = ord(value.value) if value.type.kind == "char" else value.value
        else:
            plain = ord(value) if isinstance(value, bytes) else int(value)
        if type_.kind == "char":
            return CData(type_, bytes([plain & 0xFF]))
        if type_.kind == "int":
            return CData(type_, type_.native(plain).value)
        if type_.kind in ("pointer", "function"):
            return CData(type_, ctypes.c_void_p(plain).value or 0)
        raise TypeError(f"cannot cast to {type_.name!r}")

    def buffer(self, cdata: CData, size: int = -1) -> ctypes.Array[ctypes.c_char]:
        """Return the memory that a pointer or an array stands for, ``size`` bytes of it or its own
        size. It has the buffer protocol; ``[:]`` is a copy of its bytes. It keeps what it stands for.
        """
        if cdata.type.item is None:
            raise TypeError(f"expected a pointer or array cdata, got {cdata.type.name!r}")
        if size < 0:
            size = cdata.type.size if cdata.type.kind == "array" else cdata.type.item.size
        view = (ctypes.c_char * size).from_address(cdata.value)
        view._keeps = cdata  # type: ignore[attr-defined]
        return view

    def string(self, cdata: CData, maxlen: int = -1) -> bytes:
        """Return the bytes before the first null character, at most ``maxlen`` and those of the array."""
        if cdata.type.item is None or not cdata.type.item.octets:
            raise TypeError(f"string(): unexpected cdata type {cdata.type.name!r}")
        if not cdata.value:
            raise RuntimeError(f"cannot use string() on {cdata!r}")
        if cdata.type.kind == "array":
            maxlen = len(cdata) if maxlen < 0 else min(maxlen, len(cdata))
        if maxlen < 0:
            return ctypes.string_at(cdata.value)
        return ctypes.string_at(cdata.value, maxlen).partition(b"\0")[0]

    def memmove(self, dest: Any, src: Any, n: int) -> None:
        """Copy ``n`` bytes; each side is cdata or a Python buffer, and they may overlap."""
        if n < 0:
            raise ValueError("negative size")
        octets = ctypes.string_at(src.value, n) if isinstance(src, CData) else bytes(memoryview(src).cast("B")[:n])
        if isinstance(dest, CData):
            ctypes.memmove(to_c(pointer(VOID), dest), octets, n)
        else:
            memoryview(dest).cast("B")[:n] = octets

    def gc(self, cdata: CData, destructor: Callable[[CData], Any] | None, size: int = 0) -> CData | None:
        """Return the same pointer, which calls ``destructor`` with the old one when it is garbage.

        With None for the destructor, that of ``cdata`` is taken away again.
        """
        if destructor is None:
            if cdata.finalizer is not None:
                cdata.finalizer.detach()
            return None
        made = CData(cdata.type, cdata.value, cdata)
        made.finalizer = weakref.finalize(made, destructor, cdata)
        made.finalizer.atexit = False
        return made


class Lib:
    """A library: its declared functions, and constants, by their names."""

    def __init__(self, declarations: Declarations, name: str, library: ctypes.CDLL) -> None:
        self._declarations = declarations
        self._name = name
        self._library = library

    def __getattr__(self, name: str) -> Any:
        if name in self._declarations.constants:
            value: Any = self._declarations.constants[name]
        elif name in self._declarations.functions:
            try:
                address = ctypes.cast(self._library[name], ctypes.c_void_p).value
            except AttributeError:
                raise AttributeError(f"function/symbol {name!r} not found in library {self._name!r}") from None
            value = CData(self._declarations.functions[name], address)
        else:
            raise AttributeError(f"{self._name} has no function or constant named {name!r} that is declared")
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return [*self._declarations.constants, *self._declarations.functions]
