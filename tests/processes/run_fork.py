"""Forks processes in which the library must work, in every way and at every moment.

Each scenario is a program of its own, in fork/; README.md tells what they do.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from report import ROOT, Report, Row
from watch import Outcome, watch

ABOUT = """\
A process brings the library into a state and forks children one after the other. In each child SHA-256,
HMAC, GCM and libcrypto's SM3 must give the known answers of their standards, also after Go's collector
has run; backends and adapters of the parent must work, and its contexts must be stale. One child in 20
has a child that has a child. Where a sandbox refuses all that a child's copy of the core could be made
of, each child must get an error that says so. A row is a scenario: the way to fork and the state. Two
run at once, so the times to the first answer are those of a busy machine."""

COUNT = 200
FEWER = 50
"""Where all of that is right already, and one thing differs."""
DEPTH = 3
JOBS = 2
PROGRAMS = Path(__file__).parent / "fork"
BUILT = ROOT / "build" / "tests" / "processes"
CORE = ROOT / "build" / "lib" / "libhazmat-core.so"

COMMANDS = {
    "C": [str(BUILT / "forks")],
    "Python": [sys.executable, str(PROGRAMS / "forks.py")],
    "Ruby": ["ruby", "-w", str(PROGRAMS / "forks.rb")],
}
WAYS = {"C": ["fork"], "Python": ["os.fork", "pool", "executor"], "Ruby": ["fork"]}
STATES = {
    "imported": "imported only",
    "used": "used",
    "busy": "used, Go's collector busy",
    "inside": "used, other threads inside calls",
    "removed": "used, the core's file removed since",
}
REFUSED = {
    (): "",
    ("memfd",): ", no memfd_create",
    ("create",): ", no temporary file",
    ("memfd", "create"): ", neither memfd_create nor a temporary file",
}
NEW_PROGRAMS = ("vfork", "spawn")


@dataclass(frozen=True)
class Scenario:
    """A way to fork, at a moment, under a system that refuses something."""

    language: str
    way: str
    state: str
    refused: tuple[str, ...] = ()
    count: int = FEWER

    def __str__(self) -> str:
        return f"{self.language}, {self.way}: {STATES[self.state]}{REFUSED[self.refused]}"

    def command(self) -> list[str]:
        sandbox = [str(BUILT / "refuse"), *self.refused, "--"] if self.refused else []
        want = "refusal" if len(self.refused) == 2 else "answers"
        return [*sandbox, *COMMANDS[self.language], self.way, self.state, str(self.count), want]


def scenarios() -> list[Scenario]:
    moments = ("imported", "used", "busy", "inside")
    every = [
        Scenario(language, way, state, count=COUNT)
        for language, ways in WAYS.items()
        for way in ways
        for state in moments
    ]
    # What the C library, or nobody, makes of a fork.
    every += [Scenario("C", way, state) for way in ("raw", "_Fork") for state in ("imported", "used")]
    every += [Scenario("C", way, state) for way in NEW_PROGRAMS for state in ("used", "inside")]
    # What a child's copy of the core is made of.
    every += [Scenario("C", "fork", "used", ("create",)), Scenario("C", "raw", "used", ("memfd", "create"))]
    for language, (way, *_) in WAYS.items():
        every.append(Scenario(language, way, "removed"))
        every += [Scenario(language, way, "used", refused) for refused in (("memfd",), ("memfd", "create"))]
    return every


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "bindings" / "python" / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "RUBYLIB": str(ROOT / "bindings" / "ruby" / "lib"),
        "TMPDIR": str(folder),
        "GOGC": "1",  # so that the collector runs often
        **more,
    }


def run(scenario: Scenario) -> tuple[Row, list[str]]:
    """Return what came of a scenario, and the random bytes of its children."""
    with tempfile.TemporaryDirectory(prefix="hazmat-fork-") as name:
        folder, more = Path(name), {}
        if scenario.state == "removed":
            more["HAZMAT_CORE"] = str(shutil.copy(CORE, folder))
        outcome = watch(scenario.command(), environment(folder, **more))
        left_over = os.listdir(folder)
    row = Row(str(scenario), scenario.count, outcome.failures + wrong(scenario, outcome))
    row.first = [child.first for child in outcome.done if child.first is not None]
    if left_over:
        row.failures.append(f"left over in TMPDIR: {left_over}")
    return row, [child.random for child in outcome.done if child.random]


def wrong(scenario: Scenario, outcome: Outcome) -> list[str]:
    """Return what is wrong though nobody said so."""
    texts = [f"on standard error: {line}" for line in outcome.errors.splitlines()]
    depths = Counter(child.depth for child in outcome.done)
    if depths[1] != scenario.count:
        texts.append(f"{depths[1]} children came to their end, not {scenario.count}")
    if scenario.way not in NEW_PROGRAMS and not (0 < depths[2] == depths[DEPTH]):
        texts.append(f"of the children's children {depths[2]} came to their end, and {depths[DEPTH]} of theirs")
    if any(child.first is None for child in outcome.done):
        texts.append("a child gave no answer")
    if len(scenario.refused) < 2 and any(child.random is None for child in outcome.done):
        texts.append("a child sent no random bytes")
    return texts


def count_collections(language: str) -> Row:
    """See that in each child Go's collector runs at least twice."""
    row = Row(f"{language}: collections in a child", 1)
    scenario = Scenario(language, WAYS[language][0], "imported", count=1)
    with tempfile.TemporaryDirectory(prefix="hazmat-fork-") as name:
        outcome = watch(scenario.command(), environment(Path(name), GODEBUG="gctrace=1"))
    row.failures += outcome.failures
    row.count = len(re.findall(r"^gc \d+ @", outcome.errors, re.MULTILINE))
    if len(outcome.done) != DEPTH or row.count < 2 * DEPTH:
        row.failures.append(f"{row.count} collections in {len(outcome.done)} children")
    return row


def compare(random: list[str]) -> Row:
    """See that no two children got the same random bytes."""
    row = Row("random bytes, 32 of each child, compared", len(random))
    row.failures = [f"{count} children got {value}" for value, count in Counter(random).items() if count > 1]
    return row


def main(only: str = "") -> int:
    """Run the scenarios that have ``only`` in their names."""
    started = time.monotonic()
    report, random = Report("fork", ABOUT), []
    for language in COMMANDS:
        report.add(count_collections(language))
    with ThreadPoolExecutor(JOBS) as jobs:
        runs = [jobs.submit(run, scenario) for scenario in scenarios() if only in str(scenario)]
        try:
            for each in runs:
                row, its_random = each.result()
                report.add(row)
                random += its_random
        except KeyboardInterrupt:
            jobs.shutdown(cancel_futures=True)
            raise
    report.add(compare(random))
    return report.close(time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
