"""Symmetric ciphers with their keys.

Each is given its key, any buffer. It raises TypeError for what is no buffer, and
ValueError for a size that is not among its ``key_sizes``. Those that are out of
use are in ``hazmat.decrepit.ciphers.algorithms``; for old programs they are here
too, three of them with a warning.
"""

from __future__ import annotations

import warnings
from typing import Any

from ... import algorithms as _codes
from ..._runtime import Buffer
from ...decrepit.ciphers import algorithms as _decrepit
from ...decrepit.ciphers.algorithms import CAST5, IDEA, SEED, Blowfish
from ...utils import DeprecatedIn43
from .._arguments import size_of
from .._cipheralgorithm import KeyedAlgorithm, KeyedBlockAlgorithm

__all__ = ["AES", "AES128", "AES256", "CAST5", "IDEA", "SEED", "SM4", "Blowfish", "ChaCha20"]

_MOVED = ("ARC4", "Camellia", "TripleDES")


class AES(KeyedBlockAlgorithm):
    """AES (FIPS 197): keys of 128, 192 and 256 bits; in XTS 256 and 512 bits for its two keys."""

    name = "AES"
    block_size = 128
    key_sizes = frozenset([128, 192, 256, 512])
    code = _codes.CipherAlgorithm.AES


class AES128(KeyedBlockAlgorithm):
    """AES (FIPS 197) with keys of 128 bits only."""

    name = "AES"
    block_size = 128
    key_sizes = frozenset([128])
    key_size = 128
    code = _codes.CipherAlgorithm.AES


class AES256(KeyedBlockAlgorithm):
    """AES (FIPS 197) with keys of 256 bits only."""

    name = "AES"
    block_size = 128
    key_sizes = frozenset([256])
    key_size = 256
    code = _codes.CipherAlgorithm.AES


class SM4(KeyedBlockAlgorithm):
    """SM4 (GB/T 32907-2016): keys of 128 bits."""

    name = "SM4"
    block_size = 128
    key_sizes = frozenset([128])
    code = _codes.CipherAlgorithm.SM4


class ChaCha20(KeyedAlgorithm):
    """ChaCha20 (RFC 8439) without authentication: keys of 256 bits.

    ``nonce`` is 16 bytes: a little endian block counter of 4 bytes, and the nonce
    of 12 bytes of RFC 8439, section 2.3. It must never be used twice with one key.
    Another size raises ValueError.
    """

    name = "ChaCha20"
    key_sizes = frozenset([256])
    code = _codes.CipherAlgorithm.CHACHA20

    def __init__(self, key: Buffer, nonce: Buffer) -> None:
        super().__init__(key)
        if size_of("nonce", nonce) != 16:
            raise ValueError("nonce must be 128-bits (16 bytes)")
        self._nonce = nonce

    @property
    def nonce(self) -> Buffer:
        """The nonce with its counter."""
        return self._nonce


def __getattr__(name: str) -> Any:
    if name not in _MOVED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    message = f"{name} has been moved to {_decrepit.__name__}.{name}"
    warnings.warn(message, DeprecatedIn43, stacklevel=2)
    return getattr(_decrepit, name)
