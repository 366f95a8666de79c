"""What was run, how often it failed and how long it took: as lines and as a file.

build/reliability/NAME.json holds the figures of one area; tests/reliability/page.py makes
docs/reliability.md of all of them.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "reliability"


@dataclass
class Row:
    """One scenario."""

    what: str
    count: int
    """How often it was done."""
    failures: list[str] = field(default_factory=list)
    """One text for each time that it failed."""
    first: list[float] = field(default_factory=list)
    """How long children took to their first answer, in milliseconds."""
    more: dict[str, object] = field(default_factory=dict)
    """What else is to be kept of it."""

    def line(self) -> str:
        line = f"{self.what}: {self.count} times, {len(self.failures)} failed"
        if self.first:
            line += f", first answer {statistics.median(self.first):.1f} ms, at worst {max(self.first):.1f}"
        return line

    def record(self) -> dict[str, object]:
        record: dict[str, object] = {"what": self.what, "count": self.count, "failed": len(self.failures)}
        if self.first:
            record["first_answer_ms"] = {
                "median": round(statistics.median(self.first), 2),
                "worst": round(max(self.first), 2),
            }
        return {**record, **self.more}


class Report:
    """The rows of one run, printed as they come. Any thread may add one.

    ``name`` is the area's, and ``about`` what it shows and how, in sentences for readers
    of docs/reliability.md.
    """

    def __init__(self, name: str, about: str) -> None:
        self._name = name
        self._about = about
        self._rows: list[Row] = []
        self._lock = threading.Lock()

    def add(self, row: Row) -> None:
        with self._lock:
            self._rows.append(row)
            print(row.line(), flush=True)
            for failure in row.failures[:5]:
                print(f"    {failure}", flush=True)

    def close(self, seconds: float) -> int:
        """Write the file, print the count, and return the status to exit with."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        rows = sorted(self._rows, key=lambda row: row.what)
        contents = {
            "about": self._about,
            "machine": machine(),
            "seconds": round(seconds, 1),
            "rows": [row.record() for row in rows],
        }
        (FOLDER / f"{self._name}.json").write_text(json.dumps(contents, indent=1) + "\n")
        failed = sum(1 for row in rows if row.failures)
        print(f"{seconds:.0f} s; figures in build/reliability/{self._name}.json")
        print(f"{len(rows) - failed} passed, {failed} failed", flush=True)
        return 1 if failed or not rows else 0


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    ruby = subprocess.run(["ruby", "-e", "print RUBY_VERSION"], capture_output=True, text=True, check=True)
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libc": " ".join(platform.libc_ver()),
        "cpus": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "ruby": ruby.stdout,
    }
