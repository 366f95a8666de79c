"""Objects of the library that Python owns."""

from __future__ import annotations

import ctypes
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

if TYPE_CHECKING:
    from .implementations import Implementations
    from .library import Library

Self = TypeVar("Self", bound="Handle")


class Handle:
    """An object of the library. It is freed once: by ``close``, at the end of
    a ``with`` block, or when it is garbage.
    """

    # A list, because popping from it is atomic: of any number of threads that
    # close a handle at once, with the collector among them, one gets the
    # pointer. It is empty once the handle is closed.
    __slots__ = ("__weakref__", "_owned", "_pointers")
    _pointers: list[int]
    _owned: bool

    _library: ClassVar[Library]
    _free: ClassVar[staticmethod[[int], int]]
    _implementations: ClassVar[Implementations]

    def __new__(cls: type[Self], *arguments: object, **keywords: object) -> Self:
        raise TypeError(f"a {cls.__name__} is made by the library, not by calling its class")

    @classmethod
    def _wrap(cls: type[Self], pointer: int, owned: bool = True) -> Self:
        self = object.__new__(cls)
        self._pointers = [pointer]
        self._owned = owned
        return self

    @classmethod
    def _borrow(cls: type[Self], pointer: int) -> Self:
        """Return a handle that is not freed, for one callback.

        It must be closed when the callback is over, as the pointer may be gone.
        """
        return cls._wrap(pointer, owned=False)

    def _address(self) -> int:
        """Return the pointer, or raise the error of an invalid handle."""
        try:
            return self._pointers[0]
        except IndexError:
            raise self._library.errors.invalid_handle(f"this {type(self).__name__} is closed") from None

    def _give(self) -> int:
        """Return the pointer and forget it: somebody else frees it from now on."""
        if not self._owned:
            raise self._library.errors.invalid_handle(f"this {type(self).__name__} belongs to the library")
        try:
            return self._pointers.pop()
        except IndexError:
            return self._address()

    def close(self) -> None:
        """Free the object now; closing it again does nothing.

        If another thread is using it at this moment, the library's error for
        that is raised and the object stays open.
        """
        try:
            pointer = self._pointers.pop()
        except IndexError:
            return
        if not self._owned:
            return
        try:
            status = self._free(pointer)
        except (RecursionError, ctypes.ArgumentError):  # there was no room on the stack for the call
            self._pointers.append(pointer)
            raise
        if not status:
            return
        if status == self._library.errors.busy.status:
            self._pointers.append(pointer)
        # In a forked child there may be nothing left to free.
        if status != self._library.errors.stale_handle.status:
            self._library.fail(status)

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if self._owned and self._pointers:
            self._free(self._pointers.pop())

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        # Covers copy.copy and copy.deepcopy too: a second owner would free twice.
        raise TypeError(f"cannot pickle or copy a {type(self).__name__}")

    def __repr__(self) -> str:
        state = "open" if self._pointers else "closed"
        return f"<{type(self).__name__}, {state}>"
