"""Closes a run with the line "N passed, N failed"."""

from __future__ import annotations

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    # A test that was skipped has shown nothing, so here it has failed.
    if session.exitstatus == pytest.ExitCode.OK and counts(session.config)[1]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    passed, failed = counts(config)
    print(f"{passed} passed, {failed} failed", flush=True)


def counts(config: pytest.Config) -> tuple[int, int]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    assert isinstance(reporter, pytest.TerminalReporter)
    failed = sum(len(reporter.stats.get(kind, ())) for kind in ("failed", "error", "skipped", "xfailed", "xpassed"))
    return len(reporter.stats.get("passed", ())), failed
