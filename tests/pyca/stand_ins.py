"""What pyca's tests import that is no part of hazmat, so that they can be imported at all.

A class that is only a base of something, or named, is an empty one. The module
of the backend answers what the tests ask it of algorithms by asking hazmat, and
all questions about its OpenSSL as one that lacks nothing would.
"""

from __future__ import annotations

import types
from typing import Any

from hazmat.algorithms import CipherMode
from hazmat.backends import Backend, default_backend
from hazmat.exceptions import UnsupportedAlgorithm
from hazmat.primitives.ciphers import CipherAlgorithm
from hazmat.primitives.ciphers.modes import Mode
from hazmat.primitives.hashes import Hash, HashAlgorithm
from hazmat.primitives.hmac import HMAC

# The parts of pyca that hazmat does not have.
_EMPTY = (
    "hazmat.bindings",
    "hazmat.primitives.asymmetric",
    "hazmat.primitives.kdf",
    "hazmat.primitives.serialization",
)


class OpenSSL:
    """pyca's backend, as far as its tests ask it something."""

    _fips_enabled = False

    def __init__(self) -> None:
        self._backend = default_backend()

    # The tests give it as backend=, where hazmat takes one of its own.
    __class__ = property(lambda self: Backend)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def openssl_version_text(self) -> str:
        return f"none, but hazmat's {self._backend.name()}"

    def _consume_errors(self) -> list[object]:
        return []

    def hash_supported(self, algorithm: HashAlgorithm) -> bool:
        if not isinstance(algorithm, HashAlgorithm):
            return self._backend.hash_supported(algorithm)
        return _has(lambda: Hash(algorithm))

    def hmac_supported(self, algorithm: HashAlgorithm) -> bool:
        if not isinstance(algorithm, HashAlgorithm):
            return self._backend.hmac_supported(algorithm)
        return _has(lambda: HMAC(b"", algorithm))

    def cipher_supported(self, cipher: CipherAlgorithm, mode: Mode | None) -> bool:
        mode_code = CipherMode.NONE if mode is None else mode.code
        if cipher.code is None or mode_code is None:
            return False
        return self._backend.cipher_supported(cipher.code, mode_code)


def _has(make: Any) -> bool:
    try:
        make()
    except UnsupportedAlgorithm:
        return False
    return True


def _missing(self: object, *_: object) -> None:
    raise UnsupportedAlgorithm(f"hazmat has no {type(self).__name__}")


class Empty(types.ModuleType):
    """A module, and package, that has a class of every name that may be one's."""

    __path__: list[str] = []  # noqa: RUF012 - as a package has it

    def __getattr__(self, name: str) -> type:
        if not name[0].isupper():
            raise AttributeError(name)
        made = type(name, (), {"__init__": _missing})
        setattr(self, name, made)
        return made


def stand_in(name: str) -> types.ModuleType | None:
    """Return what stands for a module, or None if nothing has to."""
    if name == "hazmat.bindings._rust":
        return _bindings(name)
    if name == "hazmat.backends.openssl":
        return _openssl(name)
    return Empty(name) if f"{name}.".startswith(tuple(f"{part}." for part in _EMPTY)) else None


def _bindings(name: str) -> types.ModuleType:
    """Return pyca's own extension module, as far as its tests ask it something."""
    module = types.ModuleType(name)
    module.openssl = types.SimpleNamespace(  # type: ignore[attr-defined]
        CRYPTOGRAPHY_IS_AWSLC=False,
        CRYPTOGRAPHY_IS_BORINGSSL=False,
        CRYPTOGRAPHY_IS_LIBRESSL=False,
        CRYPTOGRAPHY_OPENSSL_330_OR_GREATER=True,
        CRYPTOGRAPHY_OPENSSL_350_OR_GREATER=False,
    )
    return module


def _openssl(name: str) -> types.ModuleType:
    """Return the module of pyca's backend."""
    module = types.ModuleType(name)
    module.backend = OpenSSL()  # type: ignore[attr-defined]
    return module
