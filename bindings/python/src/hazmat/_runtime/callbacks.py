"""Python functions that the library calls.

Nothing may unwind through the library, so what such a function raises is kept
and raised again once the outer call is back.
"""

from __future__ import annotations

import functools
import threading
from typing import Any, Callable


class Callbacks:
    """The callbacks of one library, and what they raised."""

    def __init__(self) -> None:
        self._raised = threading.local()
        self._kept: list[object] = []

    def guard(self, function: Callable[..., None], failed: int) -> Callable[..., int]:
        """Return ``function`` as one that returns 0, or ``failed`` for an exception."""

        @functools.wraps(function)
        def call(*arguments: Any) -> int:
            try:
                function(*arguments)
            except BaseException as error:
                self._raised.error = error
                return failed
            return 0

        return call

    def take_raised(self) -> BaseException | None:
        """Return what a callback raised on this thread since this was last asked."""
        error: BaseException | None = self._raised.__dict__.pop("error", None)
        return error

    def keep(self, callback: object) -> None:
        """Keep a registered callback alive for as long as the process lives."""
        self._kept.append(callback)
