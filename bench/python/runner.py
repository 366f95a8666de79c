"""Measures one library: does what a line on standard input says, and answers.

The lines are those of bench/c/runner.c. The library is not imported before it is needed.

usage: runner.py SUBJECT
"""

from __future__ import annotations

import os
import sys
import textwrap
import threading
from collections.abc import Iterable
from itertools import cycle
from time import monotonic_ns
from timeit import Timer
from typing import Any

from subjects import SUBJECTS, Subject
from work import Work, data


class Job:
    """One thread's share of an operation on messages of one size."""

    def __init__(self, subject: Subject, work: Work) -> None:
        name = named(subject, work)
        self._in_loop = work.batch and name != work.name
        self._statement = looped(subject.statements[name]) if self._in_loop else subject.statements[name]
        keys, nonces = work.rings()
        rings = {
            "keys": cycle(keys),
            "nonces": cycle(nonces),
            "nonces_12": cycle([nonce[:12] for nonce in nonces]),
        }
        # A call that takes a batch takes its nonces as a list too.
        self._names: dict[str, Any] = work.names() | rings if self._in_loop else rings | work.names()
        exec(subject.imports + subject.prepared.get(name, ""), self._names)

    def outputs(self, times: int) -> bytes:
        """Return what the statement gives when it is run some times."""
        outputs: list[bytes] = []
        for _ in range(times):
            exec(self._statement, self._names)
            output = self._names["outputs" if self._in_loop else "output"]
            outputs += output if isinstance(output, list) else [output]
        return b"".join(outputs)

    def timer(self) -> Timer:
        return Timer(self._statement, globals=self._names)


def looped(statement: str) -> str:
    """Return a statement that does another one on each message of a batch."""
    body = textwrap.indent(statement.rstrip(), "    ")
    return f"outputs = []\nfor data in messages:\n{body}\n    outputs.append(output)"


def named(subject: Subject, work: Work) -> str:
    """Return which of a subject's statements does an operation: for a batch it may be one to be looped."""
    names = [work.name, f"{work.algorithm}:same", work.algorithm] if work.batch else [work.name]
    return next((name for name in names if name in subject.statements), "")


def measured(subject: Subject, work: Work, threads: int, count: int) -> int:
    """Return the nanoseconds from when the first thread begins to when the last has done."""
    barrier = threading.Barrier(threads)
    times: list[tuple[int, int]] = []

    def run(timer: Timer) -> None:
        timer.timeit(1)  # what a thread's first call costs is not what is asked
        barrier.wait()
        start = monotonic_ns()
        timer.timeit(count)
        times.append((start, monotonic_ns()))

    timers = [Job(subject, work).timer() for _ in range(threads)]
    pool = [threading.Thread(target=run, args=(timer,)) for timer in timers]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    if len(times) != threads:
        sys.exit(f"{work}: a thread has failed")
    return max(end for _, end in times) - min(start for start, _ in times)


def first(subject: Subject) -> int:
    names: dict[str, object] = {"data": data(64)}
    start = monotonic_ns()
    exec(subject.first_import, names)
    exec(subject.statements["sha256"], names)
    return monotonic_ns() - start


def forked(subject: Subject) -> int:
    job = Job(subject, Work("sha256", 64))
    job.outputs(1)
    read, write = os.pipe()
    start = monotonic_ns()
    child = os.fork()
    if child == 0:
        job.outputs(1)
        os.write(write, monotonic_ns().to_bytes(8, "little"))
        os._exit(0)
    end = int.from_bytes(os.read(read, 8), "little")
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("the child has failed")
    os.close(read)
    os.close(write)
    return end - start


def answer(subject: Subject, command: str, arguments: list[str]) -> object:
    if command == "ready":
        return command
    if command == "first":
        return first(subject)
    if command == "version":
        return eval(subject.version)
    if command == "list":
        return " ".join(name for name in arguments if named(subject, Work(name, 64)))
    if command == "output":
        name, size = arguments
        return Job(subject, Work(name, int(size))).outputs(2)
    if command == "time":
        name, size, threads, count = arguments
        return measured(subject, Work(name, int(size)), int(threads), int(count))
    if command == "fork":
        return forked(subject)
    sys.exit(f"not a command: {command}")


def main(lines: Iterable[str]) -> None:
    subject = SUBJECTS[sys.argv[1]]
    for line in lines:
        command, *arguments = line.split()
        value = answer(subject, command, arguments)
        if isinstance(value, bytes):
            sys.stdout.buffer.write(b"%d\n" % len(value) + value)
        else:
            sys.stdout.buffer.write(f"{value}\n".encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.stdin)
