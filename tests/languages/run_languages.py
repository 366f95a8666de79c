"""Runs the programs of one area, or of all, and makes a report of what they print.

usage: run_languages.py short|full AREA...
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from report import ROOT, Report, Row
from run import rows

SECONDS = 900
"""A program that takes longer hangs."""

SCAN = "build/tests/languages/libscan.so"

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT / "bindings/python/src"),
    "PYTHONDONTWRITEBYTECODE": "1",
    "RUBYLIB": str(ROOT / "bindings/ruby/lib"),
}


@dataclass(frozen=True)
class Program:
    """A program in tests/languages, with its arguments in both forms."""

    file: str
    short: tuple[str, ...] = ()
    full: tuple[str, ...] = ()

    def command(self, arguments: tuple[str, ...]) -> list[str]:
        if self.file.endswith(".py"):
            return [sys.executable, "-W", "error", f"tests/languages/{self.file}", *arguments]
        if self.file.endswith(".rb"):
            return ["ruby", "-w", f"tests/languages/{self.file}", *arguments]
        return [f"build/tests/languages/{self.file}", *arguments]


@dataclass(frozen=True)
class Area:
    """Programs that show one thing."""

    about: str
    programs: tuple[Program, ...]


AREAS = {
    "memory": Area(
        "Contexts of many kinds are made, used and freed, over and over, and some calls fail; the least memory"
        " that the process has near the end is not more than the most that it had near the beginning, and no"
        " handle is left. And a random key is looked for in all memory of the process that may be written to: it"
        " must be there while a context uses it, and nowhere once the context is freed and the caller has wiped"
        " the own copy. A piece of 16 bytes counts, also under HMAC's pads or with its words' bytes swapped.",
        (
            Program("wiped", ("1",), ("20",)),
            Program("wiped.py", (SCAN, "1"), (SCAN, "20")),
            Program("wiped.rb", (SCAN, "1"), (SCAN, "20")),
            Program("cycles", ("200000",), ("1000000",)),
            Program("cycles.py", ("50000",), ("1000000",)),
            Program("cycles.rb", ("50000",), ("1000000",)),
        ),
    ),
    "signals-python-ruby": Area(
        "USR1, ALRM, PROF and CHLD come, thousands in a second, from another process and the kernel's timers, while"
        " several threads do GCM, HMAC and hashing: each answer must be the known one, each signal must come, and the"
        " process must end well. Handlers are installed before and after the library's first call, by Python, Ruby,"
        " faulthandler, asyncio and gevent. Interrupts come in the middle of work, and stacks run out.",
        (
            Program("storm.py", ("1", "1"), ("20", "2")),
            Program("storm.rb", ("1", "1"), ("20", "2")),
            Program("interrupts.py", ("3",), ("50",)),
            Program("interrupts.rb", ("3",), ("20",)),
        ),
    ),
    "threads-python-ruby": Area(
        "A thread that meets another inside a call on the same context is told Busy: so it runs while a call with a"
        " large input does, which has let go of the interpreter's lock. Many threads share a backend, with contexts"
        " of their own, and each answer must be the known one; or they share a context, and all that was not refused"
        " as Busy counts.",
        (
            Program("threads.py", ("10",), ("100",)),
            Program("threads.rb", ("10",), ("100",)),
        ),
    ),
    "loading": Area(
        "Libraries and cores that are missing, cut short, no library, of another ABI, of another processor, or in a"
        " file system that is mounted noexec; forked children that cannot make a copy of the core; programs under"
        " musl. Each time one line must say why, and what to do.",
        (Program("loading.py", ("1",), ("1",)),),
    ),
}


def run(program: Program, arguments: tuple[str, ...]) -> list[Row]:
    """Run one program to its end, and return what it did."""
    label = " ".join([program.file, *arguments])
    failures = []
    try:
        done = subprocess.run(
            program.command(arguments),
            cwd=ROOT,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        output, failures = error.stdout or b"", [f"{label} took more than {SECONDS} s"]
    else:
        output = done.stdout
        if done.returncode != 0:
            failures.append(f"{label} ended with {done.returncode}")
    return rows(output.decode(errors="replace").splitlines(), label, "", failures)


def main(level: str, *names: str) -> int:
    status = 0
    for name in names or AREAS:
        started = time.monotonic()
        report = Report(name, AREAS[name].about)
        for program in AREAS[name].programs:
            for row in run(program, program.full if level == "full" else program.short):
                report.add(row)
        status |= report.close(time.monotonic() - started)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
