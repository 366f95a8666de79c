"""Runners, which are processes that measure one library each; bench/c/runner.c says what they answer."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterable
from typing import NoReturn

from plan import BUILD, ROOT, Subject

PATIENCE = 120
"""Seconds that an answer may take, on a machine that is busy."""


def environment() -> dict[str, str]:
    """Return the environment without what would change what is measured.

    Python keeps what it has compiled, as it does for packages that are installed.
    """
    changing = ("HAZMAT_", "OPENSSL_", "GO", "PYTHON", "RUBY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(changing)}
    return kept | {
        "PYTHONPATH": "bindings/python/src",
        "PYTHONPYCACHEPREFIX": str(BUILD / "pycache"),
        "LC_ALL": "C.UTF-8",
    }


class Runner:
    """A process for one subject. One that fails ends the program, after it has said why."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._process = subprocess.Popen(
            self._command(),
            cwd=ROOT,
            env=environment() | subject.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._line("ready")
        self._before = self._memory()

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def version(self) -> str:
        return self._line("version")

    def operations(self, names: Iterable[str]) -> list[str]:
        """Return which operations it has."""
        return self._line("list", *names).split()

    def output(self, operation: str, size: int) -> bytes:
        """Return what an operation gives the first two times."""
        length = int(self._line("output", operation, size))
        assert self._process.stdout
        output = self._process.stdout.read(length)
        return output if len(output) == length else self._failed("output", operation, size)

    def time(self, operation: str, size: int, threads: int, count: int) -> int:
        """Return in how many nanoseconds each thread did the operation so many times."""
        return int(self._line("time", operation, size, threads, count))

    def first(self) -> int:
        """Return in how many nanoseconds the library was loaded and gave its first digest."""
        return int(self._line("first"))

    def fork(self) -> int:
        """Return the nanoseconds from fork() to the child's first digest."""
        return int(self._line("fork"))

    def memory(self) -> dict[str, int]:
        """Return how many KiB the process has more than it had before it loaded the library."""
        return {name: kib - self._before[name] for name, kib in self._memory().items()}

    def _command(self) -> list[str]:
        if self._subject.cpus is None:
            return self._subject.command
        cpus = sorted(os.sched_getaffinity(0))[: self._subject.cpus]
        return ["taskset", "--cpu-list", ",".join(map(str, cpus)), *self._subject.command]

    def _line(self, *words: object) -> str:
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(" ".join(map(str, words)).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._failed(*words)
        # The answer before was read to its end, so nothing of this one can have been buffered.
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            self._failed(*words, f"has no answer after {PATIENCE} s")
        line = self._process.stdout.readline()
        return line.decode().rstrip("\n") if line.endswith(b"\n") else self._failed(*words)

    def _failed(self, *words: object) -> NoReturn:
        self._process.kill()
        sys.exit(f"bench: the runner of {self._subject.name} failed: {' '.join(map(str, words))}")

    def _memory(self) -> dict[str, int]:
        with open(f"/proc/{self._process.pid}/smaps_rollup") as file:
            fields = dict(line.split(":", 1) for line in file if line.endswith("kB\n"))
        kib = {name: int(value.split()[0]) for name, value in fields.items()}
        return {"rss_kib": kib["Rss"], "private_kib": kib["Private_Clean"] + kib["Private_Dirty"]}
