"""Numbers, codes and texts on their way to C.

C arguments wrap around silently, so every value is checked here before it
becomes one.
"""

from __future__ import annotations

import enum
import operator
from typing import SupportsIndex, TypeVar


class Code(enum.IntEnum):
    """A 32 bit code.

    The list of members is open: ``SomeCode(number)`` takes any number of 32
    bits, because programs may register codes of a private range, and a newer
    library may know more of them.
    """

    @classmethod
    def _missing_(cls, value: object) -> Code | None:
        if type(value) is not int or not 0 <= value < 1 << 32:
            return None
        member = int.__new__(cls, value)
        member._name_ = f"0x{value:08X}"
        member._value_ = value
        return member


AnyCode = TypeVar("AnyCode", bound=Code)


def wrong_type(name: str, wanted: str, value: object) -> TypeError:
    """Return the error of an argument of a wrong type."""
    got = f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
    return TypeError(f"{name} must be {wanted}, not {got}")


def code(name: str, value: AnyCode, kind: type[AnyCode]) -> AnyCode:
    """Return ``value`` if it is a code of this kind; raise TypeError otherwise."""
    if not isinstance(value, kind):
        raise wrong_type(name, kind.__name__, value)
    return value


def number(name: str, value: SupportsIndex, bits: int) -> int:
    """Return ``value`` as an ``int`` of at most ``bits`` bits.

    Raises TypeError if it is no whole number, and OverflowError if it is
    negative or too large.
    """
    if isinstance(value, bool):
        raise wrong_type(name, "int", value)
    try:
        plain = operator.index(value)
    except TypeError:
        raise wrong_type(name, "int", value) from None
    if not 0 <= plain < 1 << bits:
        shown = str(plain) if plain.bit_length() <= 64 else f"a number of {plain.bit_length()} bits"
        raise OverflowError(f"{name} must be from 0 to {(1 << bits) - 1}, not {shown}")
    return plain


def flag(name: str, value: bool) -> bool:
    """Return ``value`` if it is a bool; raise TypeError otherwise."""
    if not isinstance(value, bool):
        raise wrong_type(name, "bool", value)
    return value


def text(name: str, value: str) -> bytes:
    """Return ``value`` as UTF-8.

    Raises TypeError if it is not a str, and ValueError if it holds a null
    character, where a text of C ends, or a lone surrogate.
    """
    if not isinstance(value, str):
        raise wrong_type(name, "str", value)
    if "\0" in value:
        raise ValueError(f"{name} must not contain a null character")
    return value.encode()


def decoded(value: bytes | None) -> str:
    """Return a text that came from C; NULL is none."""
    return (value or b"").decode()
