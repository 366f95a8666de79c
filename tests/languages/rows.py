"""Lines for the report, in the form of tests/reliability/rows.h."""

from __future__ import annotations

_counts = {"rows": 0, "failures": 0}


def failed(text: str) -> None:
    """Say what went wrong since the last row."""
    _counts["failures"] += 1
    print(text, flush=True)


def row(count: int, what: str) -> None:
    """Say what was done so often since the last row."""
    _counts["rows"] += 1
    print(f"row {count} {what}", flush=True)


def passed() -> int:
    """Print the last line; return the status to exit with."""
    print(f"{_counts['rows']} passed, {_counts['failures']} failed", flush=True)
    return 1 if _counts["failures"] or not _counts["rows"] else 0
