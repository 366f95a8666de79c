"""Modes of operation with their parameters.

Each raises TypeError for a parameter that is no buffer. Those that are out of use
are in ``hazmat.decrepit.ciphers.modes``; for old programs they are here too, with
a warning.
"""

from __future__ import annotations

import warnings
from typing import Any

from ... import algorithms as _codes
from ..._runtime import Buffer
from ...decrepit.ciphers import modes as _decrepit
from ...utils import DeprecatedIn47
from .._arguments import check_bytes, size_of
from .._cipheralgorithm import CipherAlgorithm
from .._modes import (
    Mode,
    ModeWithAuthenticationTag,
    ModeWithInitializationVector,
    ModeWithNonce,
    ModeWithTweak,
    VectorMode,
    block_size,
    check_key_size,
)
from .algorithms import AES128, AES256

__all__ = [
    "CBC",
    "CTR",
    "ECB",
    "GCM",
    "XTS",
    "Mode",
    "ModeWithAuthenticationTag",
    "ModeWithInitializationVector",
    "ModeWithNonce",
    "ModeWithTweak",
]

_MOVED = ("CFB", "CFB8", "OFB")


class CBC(VectorMode):
    """Cipher block chaining (NIST SP 800-38A, section 6.2), with a vector of one block."""

    name = "CBC"
    code = _codes.CipherMode.CBC


class ECB(Mode):
    """Electronic codebook (NIST SP 800-38A, section 6.1). It shows which blocks of a message are equal."""

    name = "ECB"
    code = _codes.CipherMode.ECB

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError for a key that only XTS takes."""
        check_key_size(algorithm)


class CTR(ModeWithNonce):
    """Counter mode (NIST SP 800-38A, section 6.5).

    ``nonce`` is the first block of the counter, big endian. No block of the
    counter must be used twice with one key.
    """

    name = "CTR"
    code = _codes.CipherMode.CTR

    def __init__(self, nonce: Buffer) -> None:
        size_of("nonce", nonce)
        self._nonce = nonce

    @property
    def nonce(self) -> Buffer:
        """The first block of the counter."""
        return self._nonce

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError unless the nonce has the size of a block, and the key one for this mode.

        A cipher without blocks is UnsupportedAlgorithm.
        """
        check_key_size(algorithm)
        block_bits = block_size(algorithm, self.name)
        size = size_of("nonce", self._nonce)
        if size * 8 != block_bits:
            raise ValueError(f"Invalid nonce size ({size}) for {self.name}.")


class XTS(ModeWithTweak):
    """XEX with ciphertext stealing (IEEE 1619, NIST SP 800-38E), for AES.

    ``tweak`` is 16 bytes; another size raises ValueError.
    """

    name = "XTS"
    code = _codes.CipherMode.XTS

    def __init__(self, tweak: Buffer) -> None:
        if size_of("tweak", tweak) != 16:
            raise ValueError("tweak must be 128-bits (16 bytes)")
        self._tweak = tweak

    @property
    def tweak(self) -> Buffer:
        """The tweak."""
        return self._tweak

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError for a key that is not two of AES, and TypeError for AES128 and AES256."""
        if isinstance(algorithm, (AES128, AES256)):
            raise TypeError(
                "The AES128 and AES256 classes do not support XTS, please use the standard AES class instead."
            )
        if algorithm.key_size not in (256, 512):
            raise ValueError(
                "The XTS specification requires a 256-bit key for AES-128-XTS and 512-bit key for AES-256-XTS"
            )


class GCM(ModeWithInitializationVector, ModeWithAuthenticationTag):
    """Galois/counter mode (NIST SP 800-38D): authenticated.

    ``initialization_vector`` is 8 to 128 bytes, best 12, and must never be used
    twice with one key. ``tag`` is the expected tag, ``bytes``, for decryption. It
    may be as short as ``min_tag_length``, which is at least 4; a tag of n bytes is
    forged by chance once in 2^(8n) tries. Other sizes raise ValueError.
    """

    name = "GCM"
    code = _codes.CipherMode.GCM

    def __init__(self, initialization_vector: Buffer, tag: bytes | None = None, min_tag_length: int = 16) -> None:
        size = size_of("initialization_vector", initialization_vector)
        if not _codes.MIN_GCM_NONCE_SIZE <= size <= _codes.MAX_GCM_NONCE_SIZE:
            raise ValueError("initialization_vector must be between 8 and 128 bytes (64 and 1024 bits).")
        self._initialization_vector = initialization_vector
        if min_tag_length < _codes.MIN_TAG_SIZE:
            raise ValueError("min_tag_length must be >= 4")
        if tag is not None:
            check_bytes("tag", tag)
            if len(tag) < min_tag_length:
                raise ValueError(f"Authentication tag must be {min_tag_length} bytes or longer.")
        self._tag = tag
        self._min_tag_length = min_tag_length

    @property
    def tag(self) -> bytes | None:
        """The expected tag, or None."""
        return self._tag

    @property
    def initialization_vector(self) -> Buffer:
        """The initialization vector."""
        return self._initialization_vector

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError for a key that only XTS takes, or a tag that is longer than a block.

        A cipher without blocks is UnsupportedAlgorithm.
        """
        check_key_size(algorithm)
        size = block_size(algorithm, self.name) // 8
        if self._tag is not None and len(self._tag) > size:
            raise ValueError(f"Authentication tag cannot be more than {size} bytes.")


def __getattr__(name: str) -> Any:
    if name not in _MOVED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    message = f"{name} has been moved to {_decrepit.__name__}.{name}"
    warnings.warn(message, DeprecatedIn47, stacklevel=2)
    return getattr(_decrepit, name)
