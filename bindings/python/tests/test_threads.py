"""Contexts and backends in several threads."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable

import pytest

from hazmat import exceptions
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import Backend, HashContext

CHUNK = bytes(range(256)) * 1024


def in_threads(count: int, work: Callable[[], None]) -> None:
    """Run work in several threads at once, and raise what the first of them raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def test_a_backend_is_shared(backend: Backend) -> None:
    want = hashlib.sha256(CHUNK).digest()

    def work() -> None:
        for _ in range(50):
            with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
                context.update(CHUNK)
                assert context.finalize() == want

    in_threads(4, work)


def test_a_context_that_is_shared_is_busy_or_works(backend: Backend) -> None:
    done: list[bool] = []
    end = time.monotonic() + 60
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:

        def work() -> None:
            while (len(done) < 50 or all(done)) and time.monotonic() < end:
                try:
                    context.update(CHUNK)
                except exceptions.Busy:
                    done.append(False)
                else:
                    done.append(True)

        in_threads(2, work)
        assert not all(done), "two threads never met in 60 seconds"
        # What was refused left no trace, and what was not refused is whole.
        assert context.finalize() == hashlib.sha256(CHUNK * done.count(True)).digest()


def update(context: HashContext, data: bytes) -> None:
    with contextlib.suppress(exceptions.InvalidHandle):  # closed before it began
        context.update(data)


def test_close_while_in_use(backend: Backend) -> None:
    big = bytes(1 << 26)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
            thread = threading.Thread(target=update, args=(context, big))
            thread.start()
            time.sleep(0.005)
            try:
                context.close()
            except exceptions.Busy as error:
                met = error
            else:
                continue  # it was closed before or after the update
            finally:
                thread.join()
            assert "thread" in str(met)
            assert context.finalize() == hashlib.sha256(big).digest()
            return
    pytest.fail("two threads never met in 60 seconds")


def test_errors_belong_to_their_thread(backend: Backend) -> None:
    def work() -> None:
        name = threading.current_thread().name
        with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
            for _ in range(200):
                with pytest.raises(exceptions.BufferTooSmall) as caught:
                    context.finalize_into(bytearray(len(name)))
                assert f"{len(name)} bytes" in str(caught.value)

    in_threads(4, work)
