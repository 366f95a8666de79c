"""Threads in Python: others go on during large calls, and each context is one thread's at a time.

usage: threads.py ROUNDS
"""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from contextlib import ExitStack
from typing import Callable

import hazmat
from hazmat import exceptions
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import Backend, open_backend
from rows import failed, passed, row
from work import AES, GCM, MESSAGE, wrong

SECONDS = 120
"""What takes longer hangs."""
THREADS = 32
LARGE = bytes(32 << 20)

Call = Callable[[bytes], object]


def until_free(call: Call, data: bytes) -> None:
    """Make a call that the other thread, which looks whether it has begun, may be in the way of."""
    while True:
        try:
            call(data)
        except exceptions.Busy:
            continue
        return


def meets(call: Call, look: Call) -> bool:
    """Return whether this thread met another inside a call on the same context.

    Busy tells that the other is inside, and that this one runs Python meanwhile: had the
    call kept the interpreter lock, it would be over before this one's turn.
    """
    thread = threading.Thread(target=until_free, args=(call, LARGE))
    thread.start()
    met = False
    while thread.is_alive() and not met:
        try:
            look(b"")
        except exceptions.Busy:
            met = True
    thread.join()
    return met


def other_threads_go_on(backend: Backend, name: str, rounds: int) -> None:
    """See that calls with a large input let other threads run, and keep them out of the context."""
    buffer = bytearray(len(LARGE) + 16)
    with ExitStack() as contexts:
        hashed = contexts.enter_context(backend.create_hash_ctx(HashAlgorithm.SHA256))
        mac = contexts.enter_context(backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256))
        cipher = contexts.enter_context(backend.create_symmetric_encryption_ctx(AES, GCM))
        calls: dict[str, tuple[Call, Call]] = {
            "hash": (hashed.update, hashed.update),
            "HMAC": (mac.update, mac.update),
            "GCM": (cipher.update, cipher.update),
            "GCM into a buffer": (lambda data: cipher.update_into(data, buffer), cipher.update),
        }
        for what, (call, look) in calls.items():
            end = time.monotonic() + SECONDS
            for _ in range(rounds):
                while not meets(call, look):
                    if time.monotonic() > end:
                        return failed(f"{what}: no other thread ran during a call in {SECONDS} s")
            row(rounds, f"Python, {name}: another thread runs during a large {what}, and is Busy on its context")
    return None


def same_context(backend: Backend, name: str, rounds: int) -> None:
    """See that what is refused as Busy leaves no trace, and all else counts, in any order."""
    for _ in range(rounds):
        with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
            done: list[int] = []

            def work(context: object = context, done: list[int] = done) -> None:
                for _ in range(200):
                    try:
                        context.update(MESSAGE)  # type: ignore[attr-defined]
                    except exceptions.Busy:
                        continue
                    done.append(1)

            in_threads(8, work)
            expected = hashlib.sha256()
            for _ in done:
                expected.update(MESSAGE)
            if context.finalize() != expected.digest():
                failed("updates were lost, or those that were refused counted")
    row(rounds, f"Python, {name}: eight threads share a context, and what is not Busy counts")


def in_threads(count: int, work: Callable[[], object]) -> None:
    """Do work in threads at once; an exception is a failure."""

    def run() -> None:
        try:
            work()
        except Exception as error:
            failed(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def own_contexts(backend: Backend, name: str, rounds: int) -> None:
    """See that threads with contexts of their own get the right answers."""

    def work() -> None:
        for _ in range(rounds):
            for what in wrong(backend):
                failed(f"{what}: a wrong answer")

    in_threads(THREADS, work)
    row(rounds * THREADS, f"Python, {name}: {THREADS} threads, a backend that all share, contexts of their own")


def main(rounds: int) -> int:
    for name in ("native", "openssl"):
        with open_backend(name) as backend:
            other_threads_go_on(backend, name, max(1, rounds // 10))
            same_context(backend, name, max(1, rounds // 10))
            own_contexts(backend, name, rounds)
    if hazmat.live_handles() != 0:
        failed(f"{hazmat.live_handles()} handles are live")
    return passed()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
