"""Finding what the library calls a hash function, and whether a backend has it."""

from __future__ import annotations

from typing import Callable, NamedTuple

from .. import algorithms as _codes
from ..backends import Backend
from ..exceptions import UnsupportedHash
from ._backend import backend_of, default
from ._hashalgorithm import ExtendableOutputFunction, HashAlgorithm


class Function(NamedTuple):
    """What the library calls a hash function."""

    code: _codes.HashAlgorithm
    size: int
    """The size of its digest in bytes."""
    extendable: bool
    """Whether the object says what size it is to have."""


class Functions:
    """The hash functions that backends have for one purpose.

    ``supported`` asks a backend for one, and ``lacking`` is the error if it says no.
    """

    def __init__(
        self,
        supported: Callable[[Backend, _codes.HashAlgorithm], bool],
        lacking: Callable[[HashAlgorithm], UnsupportedHash],
    ) -> None:
        self._supported = supported
        self._lacking = lacking
        self._found: dict[type, Function] = {}
        """By the class of the algorithm, what the default backend was found to have."""

    def find(self, algorithm: HashAlgorithm, backend: object) -> tuple[Backend, Function]:
        """Return the backend that a caller gave, or the default one, and the function that an object stands for.

        Raises TypeError if it is no HashAlgorithm, and UnsupportedHash if there is
        none of its name and size, or the backend does not have it.
        """
        if backend is None:
            found = self._found.get(type(algorithm))
            if found is not None:
                return default(), found
        function = _function_of(algorithm)
        used = backend_of(backend)
        if not self._supported(used, function.code):
            raise self._lacking(algorithm)
        # All objects of a class whose name is a constant are one function.
        if backend is None and isinstance(type(algorithm).name, str):
            self._found[type(algorithm)] = function
        return used, function


def unsupported(algorithm: HashAlgorithm) -> UnsupportedHash:
    """Return the error of a hash function that is not to be had."""
    return UnsupportedHash(f"{algorithm.name} is not a supported hash on this backend")


def _function_of(algorithm: object) -> Function:
    if not isinstance(algorithm, HashAlgorithm):
        raise TypeError("Expected instance of hashes.HashAlgorithm.")
    try:
        code = _codes.hash_by_name(algorithm.name)
    except UnsupportedHash:
        raise unsupported(algorithm) from None
    size = _codes.hash_algorithm_digest_size(code)
    extendable = isinstance(algorithm, ExtendableOutputFunction)
    if algorithm.digest_size != size and not extendable:
        raise unsupported(algorithm)
    return Function(code, size, extendable)
