"""What a symmetric cipher is."""

from __future__ import annotations

import abc
from typing import ClassVar

from .. import algorithms as _codes
from .._runtime import Buffer
from ._arguments import size_of


class CipherAlgorithm(metaclass=abc.ABCMeta):
    """A symmetric cipher with its key.

    A program's own has a ``code`` and a ``key``, and works with backends that have
    an adapter for that code and the code of the mode.
    """

    code: ClassVar[_codes.CipherAlgorithm | None] = None
    """What the library calls it; a program's own has one of the private range."""

    key: Buffer
    """The key; an algorithm without a code may have none."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """The name for people, such as ``"AES"``."""

    @property
    @abc.abstractmethod
    def key_sizes(self) -> frozenset[int]:
        """The sizes in bits that a key may have."""

    @property
    @abc.abstractmethod
    def key_size(self) -> int:
        """The size of the key in bits."""


class BlockCipherAlgorithm(CipherAlgorithm):
    """A cipher that works in blocks, and with modes of operation."""

    @property
    @abc.abstractmethod
    def block_size(self) -> int:
        """The size of a block in bits."""


def checked_key(algorithm: CipherAlgorithm, key: Buffer) -> Buffer:
    """Return ``key`` if the algorithm takes one of its size.

    Raises TypeError for what is no buffer, and ValueError for another size.
    """
    bits = size_of("key", key) * 8
    if bits not in algorithm.key_sizes:
        raise ValueError(f"Invalid key size ({bits}) for {algorithm.name}.")
    return key


class KeyedAlgorithm(CipherAlgorithm):
    """A cipher that is given a key and nothing else."""

    def __init__(self, key: Buffer) -> None:
        self.key = checked_key(self, key)

    @property
    def key_size(self) -> int:
        """The size of the key in bits."""
        return size_of("key", self.key) * 8


class KeyedBlockAlgorithm(KeyedAlgorithm, BlockCipherAlgorithm):
    """A block cipher that is given a key and nothing else."""
