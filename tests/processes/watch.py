"""Runs a program that forks, reads what its children say, and kills those that hang."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CHILD_SECONDS = 30.0
"""A child that has not come to its end by then hangs."""
SILENCE_SECONDS = 30.0
"""A parent that has no child and says nothing for so long hangs."""
PROGRAM_SECONDS = 180.0
PATIENCE = 3
"""After so many children that hang the rest is not tried."""

LINE = re.compile(r"child (\d+) (begin|step|first|random|failed|done|ended) ?(.*)")


@dataclass
class Child:
    """One forked process, as it told of itself."""

    pid: int
    depth: int
    began: float
    step: str = "its beginning"
    first: float | None = None
    random: str | None = None


@dataclass
class Outcome:
    """What came of a program."""

    done: list[Child] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    errors: str = ""
    """What was written to standard error."""


def watch(command: Sequence[str], environment: Mapping[str, str]) -> Outcome:
    """Run a program to the end of all that it forks, and return what came of it."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        ) as program:
            outcome = _Watch(program).run()
        errors.seek(0)
        outcome.errors = errors.read().decode(errors="replace")
    return outcome


class _Watch:
    """One program under watch."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        self._outcome = Outcome()
        self._living: dict[int, Child] = {}
        self._counted: set[int] = set()
        """Processes whose end is no news, as they failed before."""
        self._killed = 0
        self._last_word = time.monotonic()

    def run(self) -> Outcome:
        try:
            if self._listen():
                self._wait()
        finally:
            self._sweep()
        for child in self._living.values():
            self._fail(f"{describe(child)} was at {child.step} when the program ended")
        return self._outcome

    def _fail(self, text: str) -> None:
        self._outcome.failures.append(text)

    def _listen(self) -> bool:
        """Hear the program to its end; return False if it did not come to that."""
        assert self._program.stdout is not None
        started, rest = self._last_word, b""
        with selectors.DefaultSelector() as selector:
            output = self._program.stdout.fileno()
            selector.register(output, selectors.EVENT_READ)
            while True:
                if selector.select(timeout=1.0):
                    data = os.read(output, 65536)
                    if not data:
                        return True
                    *lines, rest = (rest + data).split(b"\n")
                    for line in lines:
                        self._hear(line.decode(errors="replace"))
                now = time.monotonic()
                self._kill_those_that_hang(now)
                if self._killed >= PATIENCE:
                    self._fail(f"after {self._killed} that hung the rest was not tried")
                elif now - started > PROGRAM_SECONDS:
                    self._fail(f"the program took more than {PROGRAM_SECONDS:.0f} s")
                elif not self._living and now - self._last_word > SILENCE_SECONDS:
                    self._fail(f"the parent hung: silent for {SILENCE_SECONDS:.0f} s")
                else:
                    continue
                return False

    def _hear(self, line: str) -> None:
        self._last_word = time.monotonic()
        match = LINE.fullmatch(line)
        if match is None:
            return self._fail(f"an unexpected line of output: {line!r}")
        pid, word, value = int(match[1]), match[2], match[3]
        if word == "begin":
            self._living[pid] = Child(pid, int(value), self._last_word)
            self._counted.discard(pid)
        elif word == "failed":
            self._living.pop(pid, None)
            self._counted.add(pid)
            self._fail(f"process {pid}: {value}")
        elif word == "ended":
            self._hear_of_end(*value.split(" ", 1))
        elif pid in self._living:
            self._hear_of_child(self._living[pid], word, value)

    def _hear_of_end(self, pid: str, how: str) -> None:
        child = self._living.pop(int(pid), None)
        if int(pid) not in self._counted:
            self._fail(f"{describe(child)} at {child.step}: ended {how}" if child else f"child {pid}: ended {how}")

    def _hear_of_child(self, child: Child, word: str, value: str) -> None:
        if word == "step":
            child.step = value
        elif word == "first":
            child.first = int(value) / 1000
        elif word == "random":
            child.random = value
        else:
            self._outcome.done.append(self._living.pop(child.pid))

    def _kill_those_that_hang(self, now: float) -> None:
        for child in list(self._living.values()):
            # Those above wait for those below, so they get longer.
            if now - child.began > CHILD_SECONDS * (4 - child.depth):
                self._fail(f"{describe(child)} hung at {child.step}: killed after {now - child.began:.0f} s")
                self._living.pop(child.pid)
                self._counted.add(child.pid)
                self._killed += 1
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)

    def _wait(self) -> None:
        try:
            status = self._program.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return self._fail("the program did not end")
        if status != 0:
            self._fail(f"the program ended with {status}")

    def _sweep(self) -> None:
        """Nothing may be left of the program's session."""
        ended = self._program.poll() is not None
        try:
            os.killpg(self._program.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        if ended:
            self._fail("processes were left over")


def describe(child: Child) -> str:
    return f"child {child.pid} at depth {child.depth}"
