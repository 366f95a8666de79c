"""Padding of messages to whole blocks: PKCS #7 (RFC 5652, section 6.3) and ANSI X9.23.

Padding is not authenticated: where an attacker can learn whether it was valid,
messages can be decrypted without the key. So ciphertexts are to be
authenticated, and that checked first. The checks here take the same steps
whatever the padding is, but Python promises no constant time.
"""

from __future__ import annotations

import abc
import operator

from .._runtime import Buffer
from ._arguments import readable
from ._context import Uncopyable, finalized

__all__ = ["ANSIX923", "PKCS7", "PaddingContext"]


class PaddingContext(metaclass=abc.ABCMeta):
    """A message that is being padded, or of which the padding is taken away.

    One thread may use it at a time.
    """

    __slots__ = ()

    @abc.abstractmethod
    def update(self, data: Buffer) -> bytes:
        """Take bytes and return those that can be given away yet.

        ``data`` is any contiguous buffer of single bytes. Raises TypeError for
        what has no bytes, BufferError for a buffer with gaps, and AlreadyFinalized
        after the end.
        """

    @abc.abstractmethod
    def finalize(self) -> bytes:
        """End the message and return what is left of it.

        Raises AlreadyFinalized after the end, and ValueError for a message whose
        padding is not valid; the message has ended then too.
        """


class _Padder(Uncopyable, PaddingContext):
    """Adds padding: as many bytes as a block lacks, or a whole block."""

    __slots__ = ("_filled", "_scheme", "_size")

    def __init__(self, scheme: _Scheme) -> None:
        self._scheme = scheme
        self._size = operator.index(scheme.block_size) // 8
        self._filled: int | None = 0

    def update(self, data: Buffer) -> bytes:
        """Return the very bytes; see ``PaddingContext``."""
        octets = bytes(readable(data))
        if self._filled is None:
            raise finalized()
        self._filled += len(octets)
        return octets

    def finalize(self) -> bytes:
        """Return the padding; see ``PaddingContext``."""
        if self._filled is None:
            raise finalized()
        lacking = self._size - self._filled % self._size
        self._filled = None
        return self._scheme._padding(lacking)


class _Unpadder(Uncopyable, PaddingContext):
    """Takes padding away. The last block is held back, as it may be the padding."""

    __slots__ = ("_held", "_scheme", "_size")

    def __init__(self, scheme: _Scheme) -> None:
        self._scheme = scheme
        self._size = operator.index(scheme.block_size) // 8
        self._held: bytes | None = b""

    def update(self, data: Buffer) -> bytes:
        """Return all but the last block; see ``PaddingContext``."""
        octets = readable(data)
        if self._held is None:
            raise finalized()
        held = self._held + octets
        given = max(len(held) // self._size - 1, 0) * self._size
        self._held = held[given:]
        return held[:given]

    def finalize(self) -> bytes:
        """Return the last block without its padding; see ``PaddingContext``."""
        if self._held is None:
            raise finalized()
        block, self._held = self._held, None
        if len(block) != self._size or not self._scheme._valid(block):
            raise ValueError("Invalid padding bytes.")
        return block[: len(block) - block[-1]]


class _Scheme(metaclass=abc.ABCMeta):
    """A way of padding, for blocks of ``block_size`` bits.

    Raises ValueError unless that is a multiple of 8 from 8 to 2040, and TypeError,
    at the latest when a context is made, if it is no int.
    """

    def __init__(self, block_size: int) -> None:
        # Without 0, which would be no block at all.
        if not 0 <= block_size <= 2040 or block_size == 0:
            raise ValueError("block_size must be in range(0, 2041).")
        if block_size % 8 != 0:
            raise ValueError("block_size must be a multiple of 8.")
        self.block_size = block_size

    @abc.abstractmethod
    def _padding(self, count: int) -> bytes:
        """Return ``count`` bytes of padding."""

    @abc.abstractmethod
    def _filler(self, count: int) -> int:
        """Return what the bytes of padding before the last are."""

    def _valid(self, block: bytes) -> bool:
        """Report whether a block ends with padding, in steps that do not depend on its bytes."""
        count = block[-1]
        filler = self._filler(count)
        wrong = ((count - 1) | (len(block) - count)) >> 8  # neither none nor more than a block
        for place, byte in enumerate(reversed(block[:-1]), 2):
            inside = (place - 1 - count) >> 8  # all bits if place <= count
            wrong |= inside & (byte ^ filler)
        return wrong == 0

    def padder(self) -> PaddingContext:
        """Return a context that pads a message."""
        return _Padder(self)

    def unpadder(self) -> PaddingContext:
        """Return a context that takes the padding of a message away."""
        return _Unpadder(self)


class PKCS7(_Scheme):
    """Padding in which each byte says how many there are, for blocks of ``block_size`` bits.

    Raises ValueError unless that is a multiple of 8 from 8 to 2040, and TypeError,
    at the latest when a context is made, if it is no int.
    """

    def _padding(self, count: int) -> bytes:
        return bytes([count]) * count

    def _filler(self, count: int) -> int:
        return count


class ANSIX923(_Scheme):
    """Padding of zeros and a last byte that says how many there are, for blocks of ``block_size`` bits.

    Raises ValueError unless that is a multiple of 8 from 8 to 2040, and TypeError,
    at the latest when a context is made, if it is no int.
    """

    def _padding(self, count: int) -> bytes:
        return bytes(count - 1) + bytes([count])

    def _filler(self, count: int) -> int:
        return 0
