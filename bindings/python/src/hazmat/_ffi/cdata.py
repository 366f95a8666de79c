"""Values of C."""

from __future__ import annotations

import operator
import weakref
from collections.abc import Iterator
from typing import Any

from .ctype import CType, pointer


class CData:
    """A value of a C type: a number, a character, a pointer, an array or a function.

    ``value`` is the number, or the address. ``keeps`` is what must live as long
    as this, such as the memory that it points to.
    """

    __slots__ = ("__weakref__", "finalizer", "keeps", "type", "value")

    def __init__(self, type_: CType, value: Any, keeps: object = None) -> None:
        self.type = type_
        self.value = value
        self.keeps = keeps
        self.finalizer: weakref.finalize[Any, CData] | None = None

    def _item(self, index: int) -> tuple[CType, int]:
        """Return the type of an item, and its address."""
        item = self.type.item
        if item is None or self.type.kind == "function":
            raise TypeError(f"cdata of type {self.type.name!r} cannot be indexed")
        index = operator.index(index)
        if self.type.kind == "array" and not 0 <= index < len(self):
            raise IndexError(f"index {index} is out of range for {self.type.name!r}")
        if not self.value:
            raise RuntimeError(f"cannot read or write {self!r}")
        return item, self.value + index * item.size

    def __getitem__(self, index: int) -> Any:
        item, address = self._item(index)
        return from_c(item, item.native.from_address(address).value, self)

    def __setitem__(self, index: int, value: Any) -> None:
        item, address = self._item(index)
        native = to_c(item, value)
        if isinstance(native, bytes) and item.kind == "pointer":
            raise TypeError("the memory of bytes cannot be pointed to for longer than a call")
        item.native.from_address(address).value = native

    def __len__(self) -> int:
        if self.type.kind != "array" or self.type.length is None:
            raise TypeError(f"cdata of type {self.type.name!r} has no len()")
        return self.type.length

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def __add__(self, count: int) -> CData:
        if self.type.item is None or self.type.kind == "function":
            raise TypeError(f"cannot add to cdata of type {self.type.name!r}")
        address = self.value + operator.index(count) * self.type.item.size
        return CData(pointer(self.type.item), address, self)

    def __int__(self) -> int:
        if self.type.kind == "char":
            return ord(self.value)
        if self.type.kind != "int":
            raise TypeError(f"int() not supported on cdata {self.type.name!r}")
        number: int = self.value
        return number

    def __bool__(self) -> bool:
        return bool(self.value) and self.value != b"\0"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CData):
            return NotImplemented
        return bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __call__(self, *arguments: Any) -> Any:
        if self.type.kind != "function":
            raise TypeError(f"cdata of type {self.type.name!r} is not callable")
        if not self.value:
            raise RuntimeError(f"cannot call {self!r}")
        wanted = self.type.parameters
        if len(arguments) != len(wanted):
            raise TypeError(f"{self.type.name!r} expects {len(wanted)} arguments, got {len(arguments)}")
        result = self.type.item
        assert result is not None
        natives = [to_c(type_, argument) for type_, argument in zip(wanted, arguments)]
        return from_c(result, self.type.native(self.value)(*natives))

    def __repr__(self) -> str:
        shown = repr(self.value)
        if self.type.item is not None:
            shown = f"0x{self.value:x}" if self.value else "NULL"
        return f"<cdata {self.type.name!r} {shown}>"


def from_c(type_: CType, value: Any, keeps: object = None) -> Any:
    """Return what Python sees of a value that ctypes gave: a pointer as cdata, all others as they are."""
    if type_.kind in ("pointer", "function"):
        return CData(type_, value or 0, keeps)
    return value


def to_c(type_: CType, value: Any) -> Any:
    """Return what ctypes takes for a value of a type. Raises TypeError and OverflowError as cffi does."""
    if type_.kind == "int":
        return _number(type_, int(value) if isinstance(value, CData) else operator.index(value))
    if type_.kind == "char":
        return _character(value)
    if type_.kind in ("pointer", "function"):
        return _pointer(type_, value)
    raise TypeError(f"a {type_.name!r} cannot be passed or assigned")


def _number(type_: CType, value: int) -> int:
    if type_.native(value).value != value:
        raise OverflowError(f"integer {value} does not fit {type_.name!r}")
    return value


def _character(value: Any) -> bytes:
    if isinstance(value, CData) and value.type.kind == "char":
        value = value.value
    if not isinstance(value, bytes) or len(value) != 1:
        raise TypeError(f"initializer for ctype 'char' must be a bytes of length 1, not {type(value).__name__}")
    return value


def _pointer(type_: CType, value: Any) -> Any:
    item = type_.item
    assert item is not None
    if type_.kind == "pointer" and isinstance(value, bytes) and (item.octets or item.kind == "void"):
        return value
    if not isinstance(value, CData) or value.type.item is None:
        raise TypeError(f"initializer for ctype {type_.name!r} must be a cdata pointer, not {type(value).__name__}")
    if not _compatible(type_, value.type):
        wanted, got = type_.name, value.type.name
        raise TypeError(f"initializer for ctype {wanted!r} must be a pointer to same type, not cdata {got!r}")
    return value.value


def _compatible(to: CType, source: CType) -> bool:
    if "function" in (to.kind, source.kind):
        return to.name == source.name or "void *" in (to.name, source.name)
    assert to.item is not None
    assert source.item is not None
    return (
        to.item == source.item or "void" in (to.item.kind, source.item.kind) or (to.item.octets and source.item.octets)
    )
