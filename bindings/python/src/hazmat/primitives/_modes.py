"""What a mode of operation is, and the checks that modes share."""

from __future__ import annotations

import abc
from typing import ClassVar

from .. import algorithms as _codes
from .._runtime import Buffer
from ..exceptions import UnsupportedCipher
from ._arguments import size_of
from ._cipheralgorithm import BlockCipherAlgorithm, CipherAlgorithm


class Mode(metaclass=abc.ABCMeta):
    """A mode of operation with its parameters.

    A program's own has a ``code``, and works with backends that have an adapter
    for the code of the cipher and that code.
    """

    code: ClassVar[_codes.CipherMode | None] = None
    """What the library calls it; a program's own has one of the private range."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """The name for people, such as ``"CBC"``."""

    @abc.abstractmethod
    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError, or what fits, if the mode does not go with an algorithm."""


class ModeWithInitializationVector(Mode, metaclass=abc.ABCMeta):
    """A mode with an initialization vector."""

    @property
    @abc.abstractmethod
    def initialization_vector(self) -> Buffer:
        """The initialization vector."""


class ModeWithTweak(Mode, metaclass=abc.ABCMeta):
    """A mode with a tweak."""

    @property
    @abc.abstractmethod
    def tweak(self) -> Buffer:
        """The tweak."""


class ModeWithNonce(Mode, metaclass=abc.ABCMeta):
    """A mode with a nonce, whose contexts can begin anew with another."""

    @property
    @abc.abstractmethod
    def nonce(self) -> Buffer:
        """The nonce."""


class ModeWithAuthenticationTag(Mode, metaclass=abc.ABCMeta):
    """A mode that authenticates."""

    @property
    @abc.abstractmethod
    def tag(self) -> bytes | None:
        """The expected tag, for decryption, or None."""


class VectorMode(ModeWithInitializationVector):
    """A mode that is given an initialization vector of one block, and nothing else."""

    def __init__(self, initialization_vector: Buffer) -> None:
        size_of("initialization_vector", initialization_vector)
        self._initialization_vector = initialization_vector

    @property
    def initialization_vector(self) -> Buffer:
        """The initialization vector."""
        return self._initialization_vector

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        """Raise ValueError unless the vector has the size of a block, and the key one for this mode.

        A cipher without blocks is UnsupportedAlgorithm.
        """
        block_bits = block_size(algorithm, self)
        check_key_size(algorithm)
        size = size_of("initialization_vector", self._initialization_vector)
        if size * 8 != block_bits:
            raise ValueError(f"Invalid IV size ({size}) for {self.name}.")


def block_size(algorithm: CipherAlgorithm, wanted_by: object) -> int:
    """Return the size of a block in bits; raise UnsupportedAlgorithm for a cipher without blocks."""
    if not isinstance(algorithm, BlockCipherAlgorithm):
        raise UnsupportedCipher(f"{wanted_by} requires a block cipher algorithm")
    return algorithm.block_size


def check_key_size(algorithm: CipherAlgorithm) -> None:
    """Raise ValueError for a key of AES that is two keys, which XTS alone takes."""
    if algorithm.key_size > 256 and algorithm.name == "AES":
        raise ValueError("Only 128, 192, and 256 bit keys are allowed for this AES mode")
