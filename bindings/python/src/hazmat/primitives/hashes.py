"""Hash functions.

A hash function is an object, such as ``SHA256()``, and ``Hash`` computes it. Any
subclass of ``HashAlgorithm`` whose ``name`` the library knows is one too, such as
one with the name ``"ripemd160"``.
"""

from __future__ import annotations

import sys
from typing import TypeVar

from ._hash import Hash, XOFHash
from ._hashalgorithm import ExtendableOutputFunction, HashAlgorithm, HashContext

__all__ = [
    "MD5",
    "SHA1",
    "SHA3_224",
    "SHA3_256",
    "SHA3_384",
    "SHA3_512",
    "SHA224",
    "SHA256",
    "SHA384",
    "SHA512",
    "SHA512_224",
    "SHA512_256",
    "SHAKE128",
    "SHAKE256",
    "SM3",
    "BLAKE2b",
    "BLAKE2s",
    "ExtendableOutputFunction",
    "Hash",
    "HashAlgorithm",
    "HashContext",
    "XOFHash",
]


class _Plain(HashAlgorithm):
    """A hash function without parameters. Two of one class are equal."""

    def __eq__(self, other: object) -> bool:
        return True if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


class MD5(_Plain):
    """MD5 (RFC 1321). Broken: for old formats only."""

    name = "md5"
    digest_size = 16
    block_size = 64


class SHA1(_Plain):
    """SHA-1 (FIPS 180-4). Broken for signatures: for old formats only."""

    name = "sha1"
    digest_size = 20
    block_size = 64


class SHA224(_Plain):
    """SHA-224 (FIPS 180-4)."""

    name = "sha224"
    digest_size = 28
    block_size = 64


class SHA256(_Plain):
    """SHA-256 (FIPS 180-4)."""

    name = "sha256"
    digest_size = 32
    block_size = 64


class SHA384(_Plain):
    """SHA-384 (FIPS 180-4)."""

    name = "sha384"
    digest_size = 48
    block_size = 128


class SHA512(_Plain):
    """SHA-512 (FIPS 180-4)."""

    name = "sha512"
    digest_size = 64
    block_size = 128


class SHA512_224(_Plain):  # noqa: N801 - the function's name
    """SHA-512/224 (FIPS 180-4)."""

    name = "sha512-224"
    digest_size = 28
    block_size = 128


class SHA512_256(_Plain):  # noqa: N801 - the function's name
    """SHA-512/256 (FIPS 180-4)."""

    name = "sha512-256"
    digest_size = 32
    block_size = 128


class SHA3_224(_Plain):  # noqa: N801 - the function's name
    """SHA3-224 (FIPS 202)."""

    name = "sha3-224"
    digest_size = 28
    block_size = None


class SHA3_256(_Plain):  # noqa: N801 - the function's name
    """SHA3-256 (FIPS 202)."""

    name = "sha3-256"
    digest_size = 32
    block_size = None


class SHA3_384(_Plain):  # noqa: N801 - the function's name
    """SHA3-384 (FIPS 202)."""

    name = "sha3-384"
    digest_size = 48
    block_size = None


class SHA3_512(_Plain):  # noqa: N801 - the function's name
    """SHA3-512 (FIPS 202)."""

    name = "sha3-512"
    digest_size = 64
    block_size = None


class SM3(_Plain):
    """SM3 (GB/T 32905-2016)."""

    name = "sm3"
    digest_size = 32
    block_size = 64


class _Sized(HashAlgorithm):
    """A hash function with a parameter, the size of its digest."""

    def __init__(self, digest_size: int) -> None:
        self._digest_size = digest_size

    def __eq__(self, other: object) -> bool:
        return self._digest_size == other._digest_size if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self._digest_size))

    @property
    def digest_size(self) -> int:
        """The size of the digest in bytes."""
        return self._digest_size


class BLAKE2b(_Sized):
    """BLAKE2b (RFC 7693). Its ``digest_size`` is 64 bytes; another raises ValueError."""

    name = "blake2b"
    block_size = 128

    def __init__(self, digest_size: int) -> None:
        if digest_size != 64:
            raise ValueError("Digest size must be 64")
        super().__init__(digest_size)


class BLAKE2s(_Sized):
    """BLAKE2s (RFC 7693). Its ``digest_size`` is 32 bytes; another raises ValueError."""

    name = "blake2s"
    block_size = 64

    def __init__(self, digest_size: int) -> None:
        if digest_size != 32:
            raise ValueError("Digest size must be 32")
        super().__init__(digest_size)


AnySHAKE = TypeVar("AnySHAKE", bound="_SHAKE")


class _SHAKE(_Sized, ExtendableOutputFunction):
    """A function of the SHAKE family (FIPS 202), with ``digest_size`` bytes of output.

    Raises TypeError for a size that is no int, and ValueError for one below 1.
    """

    block_size = None

    def __init__(self, digest_size: int) -> None:
        if not isinstance(digest_size, int):
            raise TypeError("digest_size must be an integer")
        if digest_size < 1:
            raise ValueError("digest_size must be a positive integer")
        super().__init__(digest_size)

    @classmethod
    def xof(cls: type[AnySHAKE]) -> AnySHAKE:
        """Return the function without a limit, for ``XOFHash``."""
        return cls(sys.maxsize)


class SHAKE128(_SHAKE):
    """SHAKE128 (FIPS 202), with ``digest_size`` bytes of output.

    Raises TypeError for a size that is no int, and ValueError for one below 1.
    """

    name = "shake128"


class SHAKE256(_SHAKE):
    """SHAKE256 (FIPS 202), with ``digest_size`` bytes of output.

    Raises TypeError for a size that is no int, and ValueError for one below 1.
    """

    name = "shake256"
