"""Runs pyca's tests on hazmat, and holds what comes of them against docs/pyca.md.

A table there says which cases do not pass. One that is in it and passes fails
the run, as does one that is not in it and does not pass. A case that pyca skips,
because a backend lacks something, has not passed.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import imports
from hazmat.algorithms import aead_algorithm_name, aead_algorithms, aead_by_name, cipher_by_name, mode_by_name
from hazmat.backends import default_backend

imports.install()

_FOLDER = "tests/hazmat/primitives/"  # of all of the cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--not-passing", type=Path, required=True, help="the document with the table of cases")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Comparison(config.getoption("--not-passing")), "comparison")


class Row(NamedTuple):
    """A row of the table: cases that do not pass, and the reason."""

    cases: str
    """The name of a case, or what the names of several begin with."""
    number: int
    outcome: str
    lacking: str
    """The cipher or AEAD that the backend has to lack for the row to hold, or nothing."""
    reason: str

    def has(self, case: str) -> bool:
        return case.startswith(self.cases)

    def holds(self) -> bool:
        with default_backend() as backend:
            if self.lacking in map(aead_algorithm_name, aead_algorithms()):
                return not backend.aead_supported(aead_by_name(self.lacking))
            if self.lacking:
                cipher, mode = self.lacking.split("-")
                return not backend.cipher_supported(cipher_by_name(cipher), mode_by_name(mode))
            return True


def rows(path: Path) -> list[Row]:
    """Return the rows of the table that hold on this machine."""
    pattern = r"^\| `([^`]+)` \| (\d+) \| (failed|skipped)(?: where (\S+) is lacking)? \| ([^|]+) \|$"
    found = [
        Row(_FOLDER + cases, int(number), outcome, lacking, reason)
        for cases, number, outcome, lacking, reason in re.findall(pattern, path.read_text(), re.MULTILINE)
    ]
    if not found:
        raise pytest.UsageError(f"{path} has no table of cases that do not pass")
    return [row for row in found if row.holds()]


class Comparison:
    """What came of each case, and what should have."""

    def __init__(self, path: Path) -> None:
        self._rows = rows(path)
        self._outcomes: dict[str, str] = {}
        self._case = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for row in self._rows:
                if row.outcome == "failed" and row.has(item.nodeid):
                    item.add_marker(pytest.mark.xfail(reason=row.reason, strict=True))

    def pytest_collection_finish(self) -> None:
        # pyca's own subtests drop a skip without a trace; here it is counted.
        sys.modules["tests.conftest"].SubTests.test = self._subtest

    def _subtest(self, *_: Any) -> contextlib.AbstractContextManager[None]:
        @contextlib.contextmanager
        def subtest() -> Iterator[None]:
            try:
                yield
            except pytest.skip.Exception:
                self._outcomes[self._case] = "skipped"

        return subtest()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._case = nodeid

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome = "failed" if hasattr(report, "wasxfail") else report.outcome
        worst = ("passed", "skipped", "failed")
        before = self._outcomes.get(report.nodeid, "passed")
        self._outcomes[report.nodeid] = max(before, outcome, key=worst.index)

    def _differences(self) -> Iterator[str]:
        listed = {case: row for row in self._rows for case in self._outcomes if row.has(case)}
        for case, outcome in self._outcomes.items():
            wanted = listed[case].outcome if case in listed else "passed"
            if outcome != wanted:
                yield f"{case} {outcome}; it is listed as {wanted}"
        for row in self._rows:
            count = list(listed.values()).count(row)
            if count != row.number:
                yield f"{row.cases}: {count} cases; {row.number} are listed"

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.OK and list(self._differences()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        count = Counter(self._outcomes.values())
        terminalreporter.section("pyca's tests on hazmat")
        terminalreporter.line(
            f"{count['passed']} passed, {count['failed']} failed and {count['skipped']} skipped, "
            f"of which {sum(row.number for row in self._rows)} are listed"
        )
        for difference in sorted(self._differences()):
            terminalreporter.line(difference, red=True)
