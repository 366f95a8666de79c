"""HMAC (RFC 2104, FIPS 198-1): messages that are authenticated with a hash function and a key."""

from __future__ import annotations

import hmac as _hmac

from .. import backends as _backends
from .._runtime import Buffer
from ..exceptions import InvalidSignature, UnsupportedHash
from . import _direct
from ._arguments import readable
from ._functions import Functions
from ._hashalgorithm import HashAlgorithm, HashContext
from ._message import Message

__all__ = ["HMAC"]


_functions = Functions(
    _backends.Backend.hmac_supported, lambda algorithm: UnsupportedHash("Digest is not supported for HMAC")
)


class HMAC(Message[_backends.HMACContext], HashContext):
    """A message that is authenticated with a key and a hash function.

    ``key`` is any contiguous buffer of single bytes, of any length; at least as
    many as the digest has are advised (RFC 2104, section 3). ``bytes`` are kept,
    not copied, until the message has ended or become large; nothing is kept of
    another buffer. ``backend`` is the backend to use rather than the default one.

    Raises TypeError if ``key`` is no buffer or ``algorithm`` no HashAlgorithm,
    BufferError for a key with gaps, and UnsupportedAlgorithm for a function that
    the backend has no HMAC over.

    One thread may use it at a time.
    """

    __slots__ = ("_algorithm", "_backend", "_function", "_key")

    def __init__(self, key: Buffer, algorithm: HashAlgorithm, backend: object = None) -> None:
        octets = key if type(key) is bytes else readable(key)
        self._backend, self._function = _functions.find(algorithm, backend)
        self._algorithm = algorithm
        self._start()
        if type(octets) is bytes:
            self._key = octets
        else:
            # The owner may want to wipe it, so no copy may stay behind.
            self._key = b""
            self._context = self._backend.create_hmac_ctx(octets, self._function.code)
            self._parts = None

    @property
    def algorithm(self) -> HashAlgorithm:
        """The hash function under the HMAC."""
        return self._algorithm

    def copy(self) -> HMAC:
        """Return a context with the same key, and the same message so far.

        Raises AlreadyFinalized after the end.
        """
        other = object.__new__(HMAC)
        other._algorithm, other._backend, other._function = self._algorithm, self._backend, self._function
        other._key = self._key
        return self._copy_to(other)

    def verify(self, signature: bytes) -> None:
        """End the message and compare the result with ``signature``, in constant time.

        Raises InvalidSignature if they differ, TypeError if ``signature`` is not
        ``bytes``, and AlreadyFinalized after the end.
        """
        if not isinstance(signature, bytes):
            raise TypeError(f"'{type(signature).__name__}' object is not an instance of 'bytes'")
        if not _hmac.compare_digest(self.finalize(), signature):
            raise InvalidSignature("Signature did not match digest.")

    def _open(self) -> _backends.HMACContext:
        context = self._backend.create_hmac_ctx(self._key, self._function.code)
        self._key = b""
        return context

    def _ended(self, context: _backends.HMACContext) -> bytes:
        return context.finalize()

    def _at_once(self, message: bytes) -> bytes:
        key, self._key = self._key, b""
        return _direct.mac(self._backend, self._function.code, key, message, self._function.size)
