"""The contexts that compute a hash function."""

from __future__ import annotations

from .. import backends as _backends
from .._runtime import Buffer
from ..exceptions import AlreadyFinalized
from . import _direct
from ._arguments import readable, unsigned
from ._context import Uncopyable
from ._functions import Functions, unsupported
from ._hashalgorithm import ExtendableOutputFunction, HashAlgorithm, HashContext
from ._message import Message

_functions = Functions(_backends.Backend.hash_supported, unsupported)


class Hash(Message[_backends.HashContext], HashContext):
    """A message that is hashed with a hash function.

    ``backend`` is the backend to use rather than the default one.

    Raises TypeError if ``algorithm`` is no HashAlgorithm, and
    UnsupportedAlgorithm for a function that the backend does not have.

    One thread may use it at a time.
    """

    __slots__ = ("_algorithm", "_backend", "_function")

    def __init__(self, algorithm: HashAlgorithm, backend: object = None) -> None:
        self._backend, self._function = _functions.find(algorithm, backend)
        self._algorithm = algorithm
        self._start()

    @property
    def algorithm(self) -> HashAlgorithm:
        """The hash function."""
        return self._algorithm

    def copy(self) -> Hash:
        """Return a context with the same message so far. Raises AlreadyFinalized after the end."""
        other = object.__new__(Hash)
        other._algorithm, other._backend, other._function = self._algorithm, self._backend, self._function
        return self._copy_to(other)

    @staticmethod
    def hash(algorithm: HashAlgorithm, data: Buffer) -> bytes:
        """Return the digest of a message, which is any contiguous buffer of single bytes.

        Raises what the class raises, TypeError for what has no bytes, and
        BufferError for a buffer with gaps.
        """
        backend, (code, size, extendable) = _functions.find(algorithm, None)
        octets = data if type(data) is bytes else readable(data)
        if extendable:
            with backend.create_hash_ctx(code) as context:
                context.update(octets)
                return context.squeeze(algorithm.digest_size)
        if type(octets) is bytes:
            return _direct.digest(backend, code, octets, size)
        return backend.hash_message(code, octets)

    def _open(self) -> _backends.HashContext:
        return self._backend.create_hash_ctx(self._function.code)

    def _ended(self, context: _backends.HashContext) -> bytes:
        if self._function.extendable:
            return context.squeeze(self._algorithm.digest_size)
        return context.finalize()

    def _at_once(self, message: bytes) -> bytes:
        code, size, extendable = self._function
        if extendable:
            return _direct.output(self._backend, code, message, self._algorithm.digest_size)
        return _direct.digest(self._backend, code, message, size)


class XOFHash(Uncopyable):
    """A message that is hashed with an extendable-output function, and output read bit by bit.

    The function's ``digest_size`` is how many bytes of output there are in all.

    Raises TypeError if ``algorithm`` is no extendable-output function, and
    UnsupportedAlgorithm for one that the default backend does not have.

    One thread may use it at a time.
    """

    __slots__ = ("_algorithm", "_context", "_left", "_squeezed")

    def __init__(self, algorithm: ExtendableOutputFunction) -> None:
        if not (isinstance(algorithm, ExtendableOutputFunction) and isinstance(algorithm, HashAlgorithm)):
            raise TypeError("Expected instance of an extendable output function.")
        self._algorithm = algorithm
        backend, function = _functions.find(algorithm, None)
        self._context = backend.create_hash_ctx(function.code)
        self._left = algorithm.digest_size
        self._squeezed = False

    @property
    def algorithm(self) -> ExtendableOutputFunction:
        """The extendable-output function."""
        return self._algorithm

    def update(self, data: Buffer) -> None:
        """Add bytes to the message: any contiguous buffer of single bytes.

        Raises AlreadyFinalized after the first ``squeeze``, TypeError for what
        has no bytes and BufferError for a buffer with gaps.
        """
        octets = readable(data)
        if self._squeezed:
            raise AlreadyFinalized("Context was already squeezed.")
        self._context.update(octets)

    def squeeze(self, length: int) -> bytes:
        """Return the next ``length`` bytes of output.

        Raises TypeError for a length that is no int, OverflowError for a
        negative one, and ValueError if fewer bytes are left.
        """
        length = unsigned(length)
        self._squeezed = True
        if length > self._left:
            raise ValueError("Exceeded maximum squeeze limit specified by digest_size.")
        output = self._context.squeeze(length)
        self._left -= length
        return output

    def copy(self) -> XOFHash:
        """Return a context with the same message, that goes on from the same byte of output."""
        other = object.__new__(XOFHash)
        other._algorithm = self._algorithm
        other._context = self._context.copy()
        other._left = self._left
        other._squeezed = self._squeezed
        return other
