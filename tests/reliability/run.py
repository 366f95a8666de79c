"""Runs the programs of one area, or of all, and makes rows of the lines that they print.

usage: run.py short|full AREA...

What a program prints other than rows and its last line is a failure, of the row that
comes next.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from areas import AREAS, Program
from report import ROOT, Report, Row

SECONDS = 900
"""A program that takes longer hangs."""

ROW = re.compile(r"row (\d+) (.+)")
END = re.compile(r"(\d+) passed, (\d+) failed")


@dataclass(frozen=True)
class Variant:
    """A way to build and run programs."""

    folder: str
    note: str
    wrapper: str
    """The environment variable with what stands before the program."""


VARIANTS = {
    "plain": Variant("build/tests/reliability", "", ""),
    "asan": Variant("build/asan/tests/reliability", " (AddressSanitizer and UBSan)", "RUN_ASAN"),
    "fuzz": Variant("tests/fuzz", "", ""),
    "tsan": Variant("build/tsan/tests/reliability", " (ThreadSanitizer)", "RUN_TSAN"),
    "valgrind": Variant("build/tests/reliability", " (valgrind)", "RUN_VALGRIND"),
}


def run(program: Program, arguments: Sequence[str]) -> list[Row]:
    """Run one program to its end, and return what it did."""
    variant = VARIANTS[program.variant]
    wrapper = shlex.split(os.environ[variant.wrapper]) if variant.wrapper else []
    command = [*wrapper, str(ROOT / variant.folder / program.name), *arguments]
    label = " ".join([Path(program.name).name, *arguments]) + variant.note
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        output, failures = error.stdout or b"", [f"{label} took more than {SECONDS} s"]
    else:
        output, failures = done.stdout, []
        if done.returncode != 0:
            failures.append(f"{label} ended with {done.returncode}")
    return rows(output.decode(errors="replace").splitlines(), label, variant.note, failures)


def rows(lines: Sequence[str], label: str, note: str, failures: Sequence[str]) -> list[Row]:
    """Make rows of what a program printed, and of how it failed otherwise."""
    found: list[Row] = []
    texts: list[str] = []
    ended = False
    for line in lines:
        if match := ROW.fullmatch(line):
            found.append(Row(match[2] + note, int(match[1]), texts))
            texts = []
        elif match := END.fullmatch(line):
            ended = True
            if not found:
                found.append(Row(f"the tests of {label}", int(match[1]) + int(match[2]), texts))
                texts = []
        else:
            texts.append(line)
    if not ended:
        texts.append(f"{label} did not come to its end")
    if texts or (failures and not any(row.failures for row in found)):
        found.append(Row(label, 1, [*texts, *failures]))
    return found


def main(level: str, names: Sequence[str]) -> int:
    status = 0
    for name in names:
        area = AREAS[name]
        started = time.monotonic()
        report = Report(name, area.about)
        for program in area.programs:
            arguments = program.full if level == "full" else program.short
            for row in run(program, arguments) if arguments is not None else []:
                report.add(row)
        status |= report.close(time.monotonic() - started)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:] or list(AREAS)))
