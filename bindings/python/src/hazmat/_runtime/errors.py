"""What the calls of a library raise."""

from __future__ import annotations

from typing import NamedTuple


class Error(Exception):
    """A call that the library refused. The text is one line."""

    status: int = 0
    """The library's code of the error."""


class Errors(NamedTuple):
    """The classes of a library's errors, and which of them mean something here."""

    all: tuple[type[Error], ...]
    invalid_handle: type[Error]
    stale_handle: type[Error]
    busy: type[Error]
    buffer_too_small: type[Error]
    callback: type[Error]
