"""Python functions that the library calls.

Nothing may unwind through the library, so what such a function raises is kept,
and raised again once the outer call is back with the status that it left.
"""

from __future__ import annotations

import ctypes
import functools
import sys
import threading
from collections import deque
from typing import Any, Callable, NamedTuple

from .errors import Error, Errors


class NoRoom(Exception):  # noqa: N818 - no error, as the caller asks again
    """A result that a caller's buffer cannot hold."""


# How many failures of callbacks one call may survive and still raise the first
# of them: about as many as a list of backends has members that refuse.
_MOST_RAISED = 16


class _Raised(NamedTuple):
    """What a callback raised, and what the library was told of it."""

    error: BaseException
    status: int
    message: bytes


class Callbacks:
    """The callbacks of one library, and what they raised.

    ``errors`` are the library's. ``tell`` makes a text the calling thread's error
    message, or the text of a status if it is empty, and ``message`` returns it.
    """

    def __init__(self, errors: Errors, tell: Callable[[str, int], None], message: Callable[[], bytes]) -> None:
        self._statuses = {error.status for error in errors.all}
        self._failed = errors.callback.status
        self._too_small = errors.buffer_too_small.status
        self._tell = tell
        self._message = message
        self.raised: dict[int, deque[_Raised]] = {}
        """What callbacks raised during the outer calls that are not back yet, by thread."""
        self._kept: list[object] = []

    def guard(self, function: Callable[..., None], heard: bool = True) -> Callable[..., int]:
        """Return ``function`` as one that returns a status and never raises.

        What it raises is kept for the outer call on the same thread. Where no
        caller ever hears of a failure, it goes to ``sys.unraisablehook`` instead.
        """

        @functools.wraps(function)
        def call(*arguments: Any) -> int:
            # Calls that this one makes have exceptions of their own.
            before = self.raised.pop(threading.get_ident(), None)
            status = 0
            try:
                function(*arguments)
            except NoRoom as error:
                status = self._too_small
                self._tell(str(error), status)
            except BaseException as error:
                if heard:
                    # On a thread that C started there may be nobody to raise it to.
                    return self._refuse(error, before, keep=sys._getframe().f_back is not None)
                _ignore(error)
                status = self._failed
            if before is not None:
                self.raised[threading.get_ident()] = before
            return status

        return call

    def _refuse(self, error: BaseException, before: deque[_Raised] | None, keep: bool) -> int:
        """Tell the library of an exception; return its status."""
        status, text = self._failed, _text(error)
        if isinstance(error, Error) and error.status in self._statuses:
            status = error.status
        else:
            text = f"{type(error).__name__}: {text}" if text else type(error).__name__
        self._tell(text, status)
        if keep:
            raised = deque(before or (), _MOST_RAISED)
            raised.append(_Raised(error, status, self._message()))
            self.raised[threading.get_ident()] = raised
        return status

    def take(self, status: int) -> BaseException | None:
        """Return what a callback raised during the call that is back with ``status``.

        It is None if the call failed for another reason: the library may have
        gone on after a callback's failure.
        """
        for raised in self.raised.pop(threading.get_ident(), ()):
            if (raised.status, raised.message) == (status, self._message()):
                return raised.error
        return None

    def forget(self) -> None:
        """Drop what a callback raised during a call that succeeded in spite of it."""
        self.raised.pop(threading.get_ident(), None)

    def keep(self, callback: object) -> None:
        """Keep a registered callback alive for as long as the process lives."""
        self._kept.append(callback)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "(no text, as its __str__ failed)"


def _raise(error: BaseException) -> None:
    try:
        raise error
    finally:
        del error  # its traceback holds this frame


_ignore = ctypes.CFUNCTYPE(None, ctypes.py_object)(_raise)
"""Gives an exception to sys.unraisablehook, as ctypes does with what leaves a callback."""
