"""Measures hazmat and its peers, by turns, and writes the figures to build/bench/LANGUAGE.json.

First every library must have all operations that bench/plan.py says and give the same
output as all others. Then each operation is timed: in a round each library once, for
some milliseconds, and the next one begins the next round. bench/report.py makes
docs/benchmarks.md of the figures.

usage: run.py [--quick] LANGUAGE...
    --quick  each operation only once or so, which shows that the harness works and
             measures nothing; the figures go to build/bench/quick
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import names
from figures import Ratio
from machine import machine
from plan import BATCH, BUILD, LANGUAGES, THREADS, Subject, operations
from runners import Runner


@dataclass(frozen=True)
class Effort:
    """How much is done."""

    rounds: int
    starts: int
    """Rounds of what needs a new process each time."""
    nanoseconds: int
    """How long a library is measured in a round."""


FULL = Effort(rounds=11, starts=15, nanoseconds=12_000_000)
QUICK = Effort(rounds=1, starts=1, nanoseconds=0)


# What each operation gives on messages of each size, in any language, and who was the first to give it.
Outputs = dict[tuple[str, int], tuple[bytes, str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("languages", nargs="+", choices=LANGUAGES)
    options = parser.parse_args()
    folder = BUILD / "quick" if options.quick else BUILD
    folder.mkdir(parents=True, exist_ok=True)
    outputs: Outputs = {}
    for language in options.languages:
        start = time.monotonic()
        figures = {"machine": machine(), **measured(language, QUICK if options.quick else FULL, outputs)}
        figures["seconds"] = round(time.monotonic() - start)
        (folder / f"{language}.json").write_text(json.dumps(figures, indent=1) + "\n")
        print(f"{language}: {figures['seconds']} s", flush=True)


def measured(language: str, effort: Effort, outputs: Outputs) -> dict[str, Any]:
    subjects = LANGUAGES[language]
    whole = [subject for subject in subjects if subject.cpus is None]
    with ExitStack() as stack:
        runners = {subject.name: stack.enter_context(Runner(subject)) for subject in subjects}
        versions = {name: runner.version() for name, runner in runners.items()}
        check_operations(language, runners)
        check_outputs(language, runners, outputs)
        return {
            "effort": vars(effort),
            "versions": versions,
            "times": [times for name in operations(language) for times in timed(language, name, runners, effort)],
            "memory": {subject.name: runners[subject.name].memory() for subject in whole},
            "forks": forks({subject.name: runners[subject.name] for subject in whole}, effort),
            "starts": starts(whole, effort),
        }


def check_operations(language: str, runners: dict[str, Runner]) -> None:
    for subject in LANGUAGES[language]:
        has = set(runners[subject.name].operations(operations(language)))
        if subject.cpus is None and has != set(subject.operations):
            differ = ", ".join(sorted(has ^ set(subject.operations)))
            sys.exit(f"bench: {language}: {subject.name} has not what bench/plan.py says: {differ}")


def check_outputs(language: str, runners: dict[str, Runner], outputs: Outputs) -> None:
    for name in operations(language):
        for subject in having(language, name):
            for size in subject.sizes(name):
                output = runners[subject.name].output(name, size)
                mine = hashlib.sha256(output).digest(), f"{language}'s {subject.name}"
                theirs = outputs.setdefault((name, size), mine)
                if not output or mine[0] != theirs[0]:
                    sys.exit(f"bench: {name} of {size} bytes: {mine[1]} and {theirs[1]} differ")


def having(language: str, operation: str) -> list[Subject]:
    return [subject for subject in LANGUAGES[language] if operation in subject.operations]


def timed(language: str, name: str, runners: dict[str, Runner], effort: Effort) -> list[dict[str, Any]]:
    """Return the nanoseconds for one message, for each size and number of threads, in each round."""
    subjects = having(language, name)
    who = [subject.name for subject in subjects]
    batch = name.endswith(":batch")
    results = []
    for size in subjects[0].sizes(name):
        for threads in [1] if batch else THREADS:
            counts = {one: calibrated(runners[one], name, size, threads, effort.nanoseconds) for one in who}
            times: dict[str, list[float]] = {one: [] for one in who}
            for round_ in range(effort.rounds):
                first = round_ % len(who)
                for one in who[first:] + who[:first]:
                    messages = counts[one] * threads * (BATCH if batch else 1)
                    times[one].append(round(runners[one].time(name, size, threads, counts[one]) / messages, 2))
            results.append({"operation": name, "size": size, "threads": threads, "times": times})
            print(line(language, name, size, threads, times), flush=True)
    return results


def calibrated(runner: Runner, name: str, size: int, threads: int, nanoseconds: int) -> int:
    """Return how many times an operation can be done in some time, at least once."""
    count = 1
    if nanoseconds == 0:
        return count
    while (passed := runner.time(name, size, threads, count)) * 8 < nanoseconds:
        count *= 8
    return max(1, count * nanoseconds // passed)


def line(language: str, name: str, size: int, threads: int, times: dict[str, list[float]]) -> str:
    ours = statistics.median(times["hazmat"])
    ratios = [f"{peer} {Ratio.of(times['hazmat'], times[peer])}" for peer in times if peer != "hazmat"]
    said = f"{language} {name} {names.size(size)} x{threads}: {names.time(ours)}, {names.rate(size, ours)}"
    return f"{said}; by {', '.join(ratios)}"


def forks(runners: dict[str, Runner], effort: Effort) -> dict[str, list[int]]:
    times: dict[str, list[int]] = {name: [] for name in runners}
    for _ in range(effort.starts):
        for name, runner in runners.items():
            times[name].append(runner.fork())
    return times


def starts(subjects: list[Subject], effort: Effort) -> dict[str, list[dict[str, int]]]:
    """Return the time to, and the memory after, the first digest of new processes.

    The runners are still there, which share the libraries' pages, so the private memory is
    what one more process costs.
    """
    results: dict[str, list[dict[str, int]]] = {subject.name: [] for subject in subjects}
    for _ in range(effort.starts):
        for subject in subjects:
            with Runner(subject) as runner:
                results[subject.name].append({"first_ns": runner.first(), **runner.memory()})
    return results


if __name__ == "__main__":
    main()
