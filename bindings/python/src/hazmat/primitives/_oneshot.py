"""Messages that are there as a whole, straight to the functions of the library.

The contexts of this package keep a small message until it ends, and then call
these: so what a short message costs is here.
"""

from __future__ import annotations

from .._abi import prototypes as _c
from .._abi.library import library as _lib
from ..algorithms import HashAlgorithm
from ..backends import Backend


def digest(backend: Backend, algorithm: HashAlgorithm, data: bytes, size: int) -> bytes:
    """Return the digest of a message; it has ``size`` bytes."""
    context = _lib.pointer(_c.create_hash_ctx, backend._address(), algorithm)
    try:
        _lib.call(_c.hash_context_update, context, data, len(data))
        return _lib.octets(_c.hash_context_finalize, size, 0, context)
    finally:
        _c.hash_context_free(context)


def output(backend: Backend, algorithm: HashAlgorithm, data: bytes, size: int) -> bytes:
    """Return the first ``size`` bytes of what an extendable-output function makes of a message."""
    context = _lib.pointer(_c.create_hash_ctx, backend._address(), algorithm)
    try:
        _lib.call(_c.hash_context_update, context, data, len(data))
        return _lib.filled(_c.hash_context_squeeze, size, context)
    finally:
        _c.hash_context_free(context)


def mac(backend: Backend, algorithm: HashAlgorithm, key: bytes, data: bytes, size: int) -> bytes:
    """Return the HMAC of a message; it has ``size`` bytes."""
    context = _lib.pointer(_c.create_hmac_ctx, backend._address(), key, len(key), algorithm)
    try:
        _lib.call(_c.hmac_context_update, context, data, len(data))
        return _lib.octets(_c.hmac_context_finalize, size, 0, context)
    finally:
        _c.hmac_context_free(context)
