"""What the library raises.

Every class is an ``Error`` with the library's ``status``; those of a wrong value
are a ``ValueError`` too, and so on. The classes that pyca's module of this name
has are here by the same names.
"""

from __future__ import annotations

import enum

from ._abi import errors
from ._abi.enums import Status
from ._abi.errors import *  # noqa: F403 - generated, so the list is complete
from ._abi.library import library
from ._runtime import Error

InternalError = errors.Internal
"""The name that pyca has for ``Internal``."""


class _Reasons(enum.Enum):
    """What is not supported, as ``UnsupportedAlgorithm`` has it in ``_reason``: pyca's list."""

    BACKEND_MISSING_INTERFACE = 0
    UNSUPPORTED_HASH = 1
    UNSUPPORTED_CIPHER = 2
    UNSUPPORTED_PADDING = 3
    UNSUPPORTED_MGF = 4
    UNSUPPORTED_PUBLIC_KEY_ALGORITHM = 5
    UNSUPPORTED_ELLIPTIC_CURVE = 6
    UNSUPPORTED_SERIALIZATION = 7
    UNSUPPORTED_X509 = 8
    UNSUPPORTED_EXCHANGE_ALGORITHM = 9
    UNSUPPORTED_DIFFIE_HELLMAN = 10
    UNSUPPORTED_MAC = 11


_REASONS = {
    errors.UnsupportedCipher: _Reasons.UNSUPPORTED_CIPHER,
    errors.UnsupportedHash: _Reasons.UNSUPPORTED_HASH,
    errors.UnsupportedInterface: _Reasons.BACKEND_MISSING_INTERFACE,
}


def _unsupported(self: errors.UnsupportedAlgorithm, message: str = "", reason: _Reasons | None = None) -> None:
    Error.__init__(self, message)
    self._reason = reason or _REASONS.get(type(self))  # type: ignore[attr-defined]


# The generated class does not know of reasons, and has to be this one: it is what
# a program's except clause names.
errors.UnsupportedAlgorithm.__init__ = _unsupported  # type: ignore[assignment]

# What a traceback calls them is where people import them from.
for _error in (Error, *library.errors.all):
    _error.__module__ = __name__

__all__ = ["Error", "InternalError", "Status"]
__all__ += errors.__all__
