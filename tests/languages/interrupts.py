"""KeyboardInterrupt and RecursionError in Python, in the middle of the library's work.

usage: interrupts.py ROUNDS
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from typing import Any

import hazmat
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, default_backend
from rows import failed, passed, row
from work import wrong

SECONDS = 60
"""What takes longer hangs."""

# Where the last level is the conversion of an argument, ctypes raises an error of its own.
DEEP = (RecursionError, ctypes.ArgumentError)

LARGE = bytes(4 << 20)
PRIVATE = CipherAlgorithm(0x80000001)


def interrupt(backend: Backend) -> None:
    """Interrupt calls that follow one another; the context goes on."""
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        thread = threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGINT))
        end = time.monotonic() + SECONDS
        try:
            thread.start()
            while time.monotonic() < end:
                context.update(LARGE)
            failed("no KeyboardInterrupt came")
        except KeyboardInterrupt:
            pass
        thread.join()
        context.update(b"more")
        if len(context.finalize()) != 32:
            failed("the context did not go on")


def deep(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(b"x")
        deep(backend)


def recurse(backend: Backend) -> None:
    """Go as deep as Python goes, with a context at each level."""
    try:
        deep(backend)
        failed("no RecursionError came")
    except DEEP:
        pass


def recurse_in_callback(backend: Backend) -> None:
    """Go as deep in a function that the library calls."""
    try:
        backend.create_symmetric_encryption_ctx(Cipher(algorithm=PRIVATE, key=b"key"), None)
        failed("no RecursionError came")
    except DEEP:
        pass


def adapter(backend: Backend, *rest: Any) -> Any:
    deep(backend)


def main(rounds: int) -> int:
    tests = {
        "KeyboardInterrupt comes in the middle of work": interrupt,
        "RecursionError comes, with a context at each level": recurse,
        "RecursionError comes, in a callback": recurse_in_callback,
    }
    with default_backend() as backend:
        backend.register_cipher_adapter(PRIVATE, CipherMode.NONE, adapter)
        for what, test in tests.items():
            for _ in range(rounds):
                test(backend)
                for name in wrong(backend):
                    failed(f"{name}: a wrong answer afterwards")
            row(rounds, f"Python: {what}, and the library goes on")
    if hazmat.live_handles() != 0:
        failed(f"{hazmat.live_handles()} handles are live")
    return passed()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
