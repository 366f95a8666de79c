"""A message that is hashed or authenticated, and kept as long as it is small."""

from __future__ import annotations

import abc
from typing import Generic, TypeVar

from .._runtime import Buffer
from ..backends import HashContext, HMACContext
from ._arguments import readable
from ._context import Uncopyable, finalized

Context = TypeVar("Context", HashContext, HMACContext)
Self = TypeVar("Self", bound="Message")  # type: ignore[type-arg]

# Bytes that are kept before a context is made. Beyond it a call costs little of
# what the hashing does.
_ROOM = 4096


class Message(Uncopyable, Generic[Context]):
    """A message of which the parts are kept, in ``_parts``, until it ends or becomes large.

    It has no ``_context`` of the library until then, and no ``_parts`` after;
    once it has ended it has neither.
    """

    __slots__ = ("_context", "_parts", "_room")

    _context: Context | None
    _parts: list[bytes] | None
    _room: int

    def _start(self) -> None:
        """Begin with an empty message."""
        self._context = None
        self._parts = []
        self._room = _ROOM

    @abc.abstractmethod
    def _open(self) -> Context:
        """Return a new context, with an empty message."""

    @abc.abstractmethod
    def _ended(self, context: Context) -> bytes:
        """Return the result of the message in a context."""

    @abc.abstractmethod
    def _at_once(self, message: bytes) -> bytes:
        """Return the result of a message."""

    def update(self, data: Buffer) -> None:
        """Add bytes to the message: any contiguous buffer of single bytes.

        Raises AlreadyFinalized after the end, TypeError for what has no bytes
        and BufferError for a buffer with gaps.
        """
        octets = data if type(data) is bytes else readable(data)
        parts = self._parts
        if parts is not None and len(octets) <= self._room:
            self._room -= len(octets)
            parts.append(octets if type(octets) is bytes else bytes(octets))
            return
        self._opened().update(octets)

    def finalize(self) -> bytes:
        """End the message and return the result. Raises AlreadyFinalized after the end."""
        parts, self._parts = self._parts, None
        if parts is not None:
            return self._at_once(b"".join(parts))
        context = self._opened()
        self._context = None
        with context:
            return self._ended(context)

    def _opened(self) -> Context:
        """Return the context, after it has been given all parts."""
        if self._parts is not None:
            context = self._open()
            context.update(b"".join(self._parts))
            self._context, self._parts = context, None
        if self._context is None:
            raise finalized()
        return self._context

    def _copy_to(self, other: Self) -> Self:
        """Make another message, which is new, one with the same parts."""
        other._room = self._room
        if self._parts is not None:
            other._context, other._parts = None, list(self._parts)
        else:
            other._context, other._parts = self._opened().copy(), None
        return other
