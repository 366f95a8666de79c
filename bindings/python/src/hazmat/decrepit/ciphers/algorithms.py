"""Ciphers that old data needs and new data should not.

Each is given its key, any buffer. It raises TypeError for what is no buffer, and
ValueError for a size that is not among its ``key_sizes``.
"""

from __future__ import annotations

import warnings

from ... import algorithms as _codes
from ..._runtime import Buffer
from ...primitives._arguments import size_of
from ...primitives._cipheralgorithm import KeyedAlgorithm, KeyedBlockAlgorithm
from ...utils import DeprecatedIn47

__all__ = ["ARC4", "CAST5", "IDEA", "RC2", "SEED", "Blowfish", "Camellia", "TripleDES"]


class ARC4(KeyedAlgorithm):
    """The stream cipher known as RC4: keys of 40, 56, 64, 80, 128, 160, 192 and 256 bits. Broken."""

    name = "RC4"
    key_sizes = frozenset([40, 56, 64, 80, 128, 160, 192, 256])
    code = _codes.CipherAlgorithm.ARC4


class TripleDES(KeyedBlockAlgorithm):
    """TripleDES (NIST SP 800-67): keys of 192 bits.

    A key of 64 or 128 bits is repeated to make 192, with a DeprecationWarning of
    ``hazmat.utils``.
    """

    name = "3DES"
    block_size = 64
    key_sizes = frozenset([64, 128, 192])
    code = _codes.CipherAlgorithm.TRIPLE_DES

    def __init__(self, key: Buffer) -> None:
        size = size_of("key", key)
        if size in (8, 16):
            kind, whole = ("Single", "key + key + key") if size == 8 else ("Two", "key + key[:8]")
            warnings.warn(
                f"{kind}-key TripleDES ({size}-byte keys) is deprecated. Use 24-byte keys instead (e.g., {whole}).",
                DeprecatedIn47,
                stacklevel=2,
            )
            key = (bytes(key) * 3)[:24]
        super().__init__(key)


class Blowfish(KeyedBlockAlgorithm):
    """Blowfish (Schneier, 1993): keys of 32 to 448 bits in steps of 8."""

    name = "Blowfish"
    block_size = 64
    key_sizes = frozenset(range(32, 449, 8))
    code = _codes.CipherAlgorithm.BLOWFISH


class CAST5(KeyedBlockAlgorithm):
    """CAST-128 (RFC 2144): keys of 40 to 128 bits in steps of 8."""

    name = "CAST5"
    block_size = 64
    key_sizes = frozenset(range(40, 129, 8))
    code = _codes.CipherAlgorithm.CAST5


class SEED(KeyedBlockAlgorithm):
    """SEED (RFC 4269): keys of 128 bits."""

    name = "SEED"
    block_size = 128
    key_sizes = frozenset([128])
    code = _codes.CipherAlgorithm.SEED


class IDEA(KeyedBlockAlgorithm):
    """IDEA (Lai and Massey, 1991): keys of 128 bits."""

    name = "IDEA"
    block_size = 64
    key_sizes = frozenset([128])
    code = _codes.CipherAlgorithm.IDEA


class Camellia(KeyedBlockAlgorithm):
    """Camellia (RFC 3713): keys of 128, 192 and 256 bits."""

    name = "camellia"
    block_size = 128
    key_sizes = frozenset([128, 192, 256])
    code = _codes.CipherAlgorithm.CAMELLIA


class RC2(KeyedBlockAlgorithm):
    """RC2 (RFC 2268): keys of 128 bits. No backend has it, so that a program needs an adapter for it."""

    name = "RC2"
    block_size = 64
    key_sizes = frozenset([128])
