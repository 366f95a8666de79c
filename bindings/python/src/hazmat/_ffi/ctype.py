"""The types of C, as declarations name them."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CType:
    """A type of C."""

    name: str
    """As C has it, such as "unsigned char *"."""
    kind: str
    """"void", "int", "char", "struct", "pointer", "array" or "function" (a pointer to one)."""
    native: Any = None
    """The same in ctypes; pointers are c_void_p whatever they point to."""
    item: CType | None = None
    """What a pointer points to, what an array is made of, or what a function returns."""
    length: int | None = None
    """That of an array, None if it is open."""
    parameters: tuple[CType, ...] = ()

    @property
    def size(self) -> int:
        """The size in bytes. Raises TypeError if it is not known."""
        if self.kind == "array" and self.item is not None and self.length is not None:
            return self.length * self.item.size
        if self.native is None:
            raise TypeError(f"the size of {self.name!r} is not known")
        return ctypes.sizeof(self.native)

    @property
    def octets(self) -> bool:
        """Whether a pointer or an array of these is one of bytes."""
        return self.kind == "char" or (self.kind == "int" and self.size == 1)


VOID = CType("void", "void")

_NUMBERS = {
    "signed char": ctypes.c_byte,
    "unsigned char": ctypes.c_ubyte,
    "short": ctypes.c_short,
    "unsigned short": ctypes.c_ushort,
    "int": ctypes.c_int,
    "unsigned int": ctypes.c_uint,
    "long": ctypes.c_long,
    "unsigned long": ctypes.c_ulong,
    "long long": ctypes.c_longlong,
    "unsigned long long": ctypes.c_ulonglong,
    "size_t": ctypes.c_size_t,
    "ssize_t": ctypes.c_ssize_t,
    "intptr_t": ctypes.c_ssize_t,
    "uintptr_t": ctypes.c_size_t,
    "int8_t": ctypes.c_int8,
    "uint8_t": ctypes.c_uint8,
    "int16_t": ctypes.c_int16,
    "uint16_t": ctypes.c_uint16,
    "int32_t": ctypes.c_int32,
    "uint32_t": ctypes.c_uint32,
    "int64_t": ctypes.c_int64,
    "uint64_t": ctypes.c_uint64,
}
# Words that stand together in the name of one number.
_WORDS = {"char", "short", "int", "long", "signed", "unsigned"}
_SPELLINGS = {"unsigned": "unsigned int", "signed": "int"}


def pointer(item: CType) -> CType:
    """Return the type of a pointer to an item."""
    return CType(item.name + ("*" if item.name.endswith("*") else " *"), "pointer", ctypes.c_void_p, item)


def array(item: CType, length: int | None) -> CType:
    """Return the type of an array; an open one has no length."""
    return CType(f"{item.name}[{'' if length is None else length}]", "array", None, item, length)


def function(result: CType, parameters: tuple[CType, ...]) -> CType:
    """Return the type of a pointer to a function."""
    name = f"{result.name}(*)({', '.join(parameter.name for parameter in parameters) or 'void'})"
    native = ctypes.CFUNCTYPE(result.native, *(parameter.native for parameter in parameters))
    return CType(name, "function", native, result, None, parameters)


_DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(-?(?:0[xX])?[0-9a-fA-F]+)[ \t]*$", re.MULTILINE)


class Declarations:
    """The types, functions and constants that are declared."""

    def __init__(self) -> None:
        self.types = {name: CType(name, "int", native) for name, native in _NUMBERS.items()}
        self.types["char"] = CType("char", "char", ctypes.c_char)
        self.types["void"] = VOID
        self.functions: dict[str, CType] = {}
        self.constants: dict[str, int] = {}

    def declare(self, text: str) -> None:
        """Read declarations: functions, ``#define`` with a whole number, and ``typedef``."""
        text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL)
        *statements, rest = _DEFINE.sub(self._define, text).split(";")
        if rest.strip():
            raise ValueError(f"cannot read the declaration {rest.strip()!r}: there is no ; behind it")
        for statement in statements:
            self._declare_one(statement)

    def _define(self, line: re.Match[str]) -> str:
        self.constants[line[1]] = int(line[2], 0)
        return ""

    def _declare_one(self, statement: str) -> None:
        reader = _Reader(self, statement)
        if reader.skip("typedef"):
            if reader.skip("struct"):
                reader.word()  # the tag
                name = reader.word()
                self.types[name] = CType(name, "struct")
            else:
                type_ = reader.type()
                self.types[reader.word()] = type_
        else:
            result = reader.type()
            name = reader.word()
            declared = function(result, reader.parameters())
            if self.functions.setdefault(name, declared) != declared:
                raise ValueError(f"multiple declarations of {name}: {self.functions[name].name} and {declared.name}")
        reader.end()

    def read(self, text: str) -> CType:
        """Return the type that a text names, such as "unsigned char[16]"."""
        reader = _Reader(self, text)
        type_ = reader.type()
        if reader.skip("["):
            length = None if reader.skip("]") else int(reader.word(r"\d+"))
            if length is not None:
                reader.need("]")
            type_ = array(type_, length)
        elif reader.skip("("):
            reader.need("*")
            reader.need(")")
            type_ = function(type_, reader.parameters())
        reader.end()
        return type_


class _Reader:
    """Reads one declaration from left to right."""

    def __init__(self, declarations: Declarations, text: str) -> None:
        self._declarations = declarations
        self._text = " ".join(text.split())
        # Only sizes and signs count here, so const says nothing.
        tokens: list[str] = re.findall(r"\w+|\S", text)
        self._tokens = [token for token in tokens if token not in ("const", "volatile", "extern")]

    def fail(self) -> ValueError:
        near = "".join(self._tokens[:1]) or "the end"
        return ValueError(f"cannot read the declaration {self._text!r}: at {near!r}")

    def skip(self, token: str) -> bool:
        if self._tokens[:1] != [token]:
            return False
        del self._tokens[0]
        return True

    def need(self, token: str) -> None:
        if not self.skip(token):
            raise self.fail()

    def word(self, pattern: str = r"[A-Za-z_]\w*") -> str:
        if not self._tokens or not re.fullmatch(pattern, self._tokens[0]):
            raise self.fail()
        return self._tokens.pop(0)

    def end(self) -> None:
        if self._tokens:
            raise self.fail()

    def type(self) -> CType:
        """Read a type that is no array and no function."""
        words = []
        while self._tokens and self._tokens[0] in _WORDS:
            words.append(self._tokens.pop(0))
        if len(words) > 1 and words[-1] == "int":
            words.pop()
        name = " ".join(words) or self.word()
        type_ = self._declarations.types.get(_SPELLINGS.get(name, name))
        if type_ is None:
            raise ValueError(f"{self._text!r} names a type that is not declared: {name}")
        while self.skip("*"):
            type_ = pointer(type_)
        return type_

    def parameters(self) -> tuple[CType, ...]:
        """Read the parameters of a function, with or without their names."""
        self.need("(")
        parameters: list[CType] = []
        while not self.skip(")"):
            if parameters:
                self.need(",")
            type_ = self.type()
            if self._tokens[:1] not in ([","], [")"]):
                self.word()
            if self.skip("["):
                self.need("]")
                type_ = pointer(type_)
            parameters.append(type_)
        return () if parameters == [VOID] else tuple(parameters)
