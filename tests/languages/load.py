"""Loads the library and prints what is raised, as load.c does.

usage: load.py [fork]
"""

from __future__ import annotations

import os
import sys


def attempt() -> str:
    """Return the class and text of what is raised, or nothing."""
    try:
        import hazmat

        hazmat.load()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


if sys.argv[1:] == ["fork"]:
    print(attempt(), end="", flush=True)
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        os._exit(0)
print(attempt(), flush=True)
