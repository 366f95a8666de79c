"""What a hash function and a context are."""

from __future__ import annotations

import abc

from .._runtime import Buffer


class HashAlgorithm(metaclass=abc.ABCMeta):
    """A hash function."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """The name by which the library knows it, such as ``"sha256"``."""

    @property
    @abc.abstractmethod
    def digest_size(self) -> int:
        """The size of the digest in bytes."""

    @property
    @abc.abstractmethod
    def block_size(self) -> int | None:
        """The size in bytes of the blocks it works in, or None if it is not built of blocks."""


class ExtendableOutputFunction(metaclass=abc.ABCMeta):  # noqa: B024 - a mark has no methods
    """The mark of a hash function whose output may have any length."""


class HashContext(metaclass=abc.ABCMeta):
    """A message that is being hashed or authenticated: what ``Hash`` and ``HMAC`` are."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def algorithm(self) -> HashAlgorithm:
        """The hash function."""

    @abc.abstractmethod
    def update(self, data: Buffer) -> None:
        """Add bytes to the message."""

    @abc.abstractmethod
    def finalize(self) -> bytes:
        """End the message and return the result."""

    @abc.abstractmethod
    def copy(self) -> HashContext:
        """Return a context with the same message so far."""
