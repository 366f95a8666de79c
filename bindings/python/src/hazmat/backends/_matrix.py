"""Which backend has what."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import NamedTuple

from .._abi.enums import AEADAlgorithm, CipherAlgorithm, CipherMode, HashAlgorithm
from .._abi.functions import (
    aead_algorithms,
    backend_names,
    backend_open,
    cipher_algorithm_modes,
    cipher_algorithms,
    hash_algorithm_extendable,
    hash_algorithms,
)

Pair = tuple[CipherAlgorithm, CipherMode]


class SupportMatrix(NamedTuple):
    """Which backend has what: for each algorithm the names of those that have it."""

    backends: tuple[str, ...]
    """The backends that were asked."""
    ciphers: dict[Pair, frozenset[str]]
    """By cipher and mode, for every pair that has codes."""
    hashes: dict[HashAlgorithm, frozenset[str]]
    hmacs: dict[HashAlgorithm, frozenset[str]]
    """By hash function; extendable-output functions have no HMAC."""
    aeads: dict[AEADAlgorithm, frozenset[str]]


def support_matrix(names: Iterable[str] | None = None) -> SupportMatrix:
    """Return which backends have which algorithms.

    ``names`` are the backends to ask, as ``open_backend`` takes them; by default
    all that ``backends.names`` lists. A name that cannot be opened raises what
    ``open_backend`` raises.
    """
    asked = tuple(backend_names() if names is None else names)
    with ExitStack() as stack:
        backends = {name: stack.enter_context(backend_open(name)) for name in asked}
        pairs = [(cipher, mode) for cipher in cipher_algorithms() for mode in cipher_algorithm_modes(cipher)]
        hashes = hash_algorithms()
        return SupportMatrix(
            asked,
            {
                pair: frozenset(name for name, backend in backends.items() if backend.cipher_supported(*pair))
                for pair in pairs
            },
            {
                algorithm: frozenset(name for name, backend in backends.items() if backend.hash_supported(algorithm))
                for algorithm in hashes
            },
            {
                algorithm: frozenset(name for name, backend in backends.items() if backend.hmac_supported(algorithm))
                for algorithm in hashes
                if not hash_algorithm_extendable(algorithm)
            },
            {
                algorithm: frozenset(name for name, backend in backends.items() if backend.aead_supported(algorithm))
                for algorithm in aead_algorithms()
            },
        )
