"""One line on stderr about work that takes longer than two seconds, where stderr
is a terminal.
"""

import sys
import time

PATIENCE = 2.0
INTERVAL = 0.2


class Progress:
    """How much of size bytes is done."""

    def __init__(self, doing: str, size: int) -> None:
        self._doing = doing
        self._size = size
        self._next = time.monotonic() + PATIENCE
        self._visible = False

    def show(self, done: int) -> None:
        """Say how many bytes are through. Cheap enough for every chunk."""
        if time.monotonic() < self._next or not sys.stderr.isatty():
            return
        self._next = time.monotonic() + INTERVAL
        self._visible = True
        self._print(f"{self._doing}: {done / 1e6:.0f} of {self._size / 1e6:.0f} MB")

    def end(self) -> None:
        """Take the line away again, if there is one."""
        if self._visible:
            self._print("")

    @staticmethod
    def _print(text: str) -> None:
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
