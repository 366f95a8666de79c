"""Forks children, each of which checks that the library works in it.

usage: forks.py WAY STATE COUNT answers|refusal

What forks.c does, in Python. WAY is os.fork, pool or executor.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Callable, NoReturn

import hazmat
from answers import ABC, check_answers, check_hash, check_refusal, make_garbage, must, say
from hazmat import exceptions
from hazmat.algorithms import PRIVATE_ALGORITHMS, CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, CipherContext, Mode, Operation, default_backend, open_backend

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

NESTED = 20  # a child of every so manieth is a parent too,
DEPTH = 3  # down to here
WORKERS = 4

fork_time = 0


def set_fork_time() -> None:
    global fork_time
    fork_time = time.monotonic_ns()


os.register_at_fork(before=set_fork_time)


# ---- What the library is doing in the parent when it forks ----

ADAPTED = CipherAlgorithm(PRIVATE_ALGORITHMS)
BLOCKING = CipherAlgorithm(PRIVATE_ALGORITHMS + 1)


class Parent:
    """What children inherit."""

    backend: Backend | None = None

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.is_inside = threading.Event()
        self.threads: list[threading.Thread] = []

    def enter(self, state: str) -> None:
        if state == "imported":
            return
        self.use()
        if state == "removed":
            os.remove(os.environ["HAZMAT_CORE"])
        elif state == "busy":
            self.start(self.make_garbage)
            self.start(self.make_garbage)
        elif state == "inside":
            self.start(self.hash)
            self.start(self.use_adapter, BLOCKING)
            self.is_inside.wait()
        else:
            must(state == "used", f"no such state: {state}")

    def use(self) -> None:
        self.backend = default_backend()
        with open_backend("native") as native:
            for code in ADAPTED, BLOCKING:
                native.register_cipher_adapter(code, CipherMode.NONE, self.adapter)
        self.use_adapter(ADAPTED)
        # The hash has had "a" of "abc".
        self.digest = self.backend.create_hash_ctx(HashAlgorithm.SHA256)
        self.digest.update(b"a")
        self.mac = self.backend.create_hmac_ctx(bytes(32), HashAlgorithm.SHA256)
        self.cipher = new_ctr(self.backend)
        make_garbage(self.backend)

    def adapter(self, backend: Backend, cipher: Cipher | None, _mode: Mode | None, _do: Operation) -> CipherContext:
        if cipher is not None and cipher.algorithm == BLOCKING:
            self.is_inside.set()
            self.stop.wait()
        return new_ctr(backend)

    def use_adapter(self, code: CipherAlgorithm) -> None:
        cipher = Cipher(algorithm=code, key=bytes(16))
        with open_backend("native") as native, native.create_symmetric_encryption_ctx(cipher, None) as context:
            # AES-128 of a block of zeros under a key of zeros, which is CTR's first.
            must(context.update(bytes(16)).hex() == "66e94bd4ef8a2c3b884cfa59ca342b2e", "what an adapter made")

    def check_inherited(self) -> None:
        if self.backend is None:
            return
        say("step", "an adapter of the parent")
        self.use_adapter(ADAPTED)
        say("step", "contexts of the parent")
        for context in self.digest, self.mac, self.cipher:
            try:
                context.update(b"x")
            except exceptions.StaleHandle as error:
                must("fork" in str(error), str(error))
            else:
                raise AssertionError("a context of the parent was used")

    def leave(self) -> None:
        if self.backend is None:
            return
        self.stop.set()
        for thread in self.threads:
            thread.join()
        self.digest.update(b"bc")
        must(self.digest.finalize().hex() == ABC, "the parent's hash")
        for handle in self.digest, self.mac, self.cipher, self.backend:
            handle.close()
        must(hazmat.live_handles() == 0, "live handles at the end")

    def start(self, work: Callable[..., None], *arguments: object) -> None:
        self.threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self.threads[-1].start()

    def make_garbage(self) -> None:
        while not self.stop.is_set():
            make_garbage(default_backend())

    def hash(self) -> None:
        """One call takes tens of milliseconds, so a fork finds it under way.

        It takes the time that the children leave.
        """
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        data = bytes(64 << 20)
        with default_backend().create_hash_ctx(HashAlgorithm.SHA256) as context:
            while not self.stop.is_set():
                context.update(data)


def new_ctr(backend: Backend) -> CipherContext:
    return backend.create_symmetric_encryption_ctx(
        Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)), Mode(mode=CipherMode.CTR, iv=bytes(16))
    )


parent = Parent()


# ---- Parents and children ----

refusal = False


def child(number: int, depth: int = 1) -> None:
    say("begin", depth)
    try:
        if refusal:
            check_refusal(fork_time)
        else:
            check_answers(parent.backend, fork_time)
            parent.check_inherited()
        if number % NESTED == 0 and depth < DEPTH:
            say("step", "a child of its own")
            os_fork(1, depth + 1)
    except Exception as error:
        say("failed", " ".join(f"{type(error).__name__}: {error}".split()))
        raise
    say("done")


def os_fork(count: int, depth: int = 1) -> None:
    for number in range(count):
        pid = os.fork()
        if pid == 0:
            child_of_os_fork(number, depth)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status != 0:
            say("ended", f"{pid} with {status}")


def child_of_os_fork(number: int, depth: int) -> NoReturn:
    try:
        child(number, depth)
    except Exception:
        os._exit(1)
    # One in two runs what is to be run at the end of a process. A deeper one might be a
    # pool's, and would run the pool's.
    if number % 2 == 0 and depth == 1:
        sys.exit(0)
    os._exit(0)


def pool(count: int) -> None:
    """Each task gets a process of its own."""
    with get_context("fork").Pool(WORKERS, maxtasksperchild=1) as workers:
        workers.map(child, range(count), chunksize=1)
        workers.close()
        workers.join()


def executor(count: int) -> None:
    """An executor keeps its processes, so there are several."""
    for _ in range(count // WORKERS):
        numbers = get_context("fork").Value("i", 0)
        with ProcessPoolExecutor(WORKERS, get_context("fork"), executor_child, (numbers,)) as workers:
            must(all(workers.map(one_more_answer, range(2 * WORKERS))), "an answer of an executor")


def executor_child(numbers: Synchronized[int]) -> None:
    with numbers.get_lock():
        number = numbers.value
        numbers.value += 1
    child(number)


def one_more_answer(number: int) -> bool:
    check_hash(parent.backend or default_backend(), b"abc", ABC)
    return True


WAYS = {"os.fork": os_fork, "pool": pool, "executor": executor}


def main(way: str, state: str, count: str, want: str) -> None:
    global refusal
    # Python 3.12 warns of any fork in a process of several threads, and Go has some.
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    refusal = want == "refusal"
    parent.enter(state)
    # As servers that fork do: else each child's collector goes through all of the parent's.
    gc.freeze()
    WAYS[way](int(count))
    parent.leave()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: forks.py os.fork|pool|executor STATE COUNT answers|refusal")
    main(*sys.argv[1:])
