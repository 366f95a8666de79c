"""Keeps the signal handlers that gevent installs safe for the library.

The Go runtime needs SA_ONSTACK on every handler of the process. CPython sets
it; gevent's event loop does not, and installs handlers whenever a program first
waits for a signal or a child. What does so is wrapped here, so that the flag
is added right afterwards.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any, Callable

# Everything public in gevent that ends in a handler for a signal.
_INSTALLERS = {
    "gevent.hub": ("signal.__init__",),  # gevent.signal_handler
    "gevent.os": ("fork_and_watch", "forkpty_and_watch", "posix_spawn", "posix_spawnp"),
    "gevent.subprocess": ("Popen.__init__",),
}


def wrap(fix: Callable[[], None]) -> None:
    """Have gevent call ``fix`` whenever it may have installed a handler."""
    for module, names in _INSTALLERS.items():
        for name in names:
            *path, last = name.split(".")
            holder: Any = functools.reduce(getattr, path, importlib.import_module(module))
            if hasattr(holder, last):
                setattr(holder, last, _followed(getattr(holder, last), fix))


def _followed(function: Callable[..., Any], fix: Callable[[], None]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        finally:
            fix()

    return call
