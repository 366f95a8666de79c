"""Forks, for scripts that tests run."""

from __future__ import annotations

import os
import traceback
import warnings
from typing import Callable

# Python 3.12 warns of any fork in a process of several threads, and Go has some.
warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)


def in_child(work: Callable[[], object]) -> None:
    """Call a function in a forked child, where it must not raise."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
