"""What was measured of one language, and ratios of what was measured side by side."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Ratio(NamedTuple):
    """Median and quartiles of the ratios of times that were measured in the same rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, ours: Sequence[float], peers: Sequence[float]) -> Ratio:
        ratios = [mine / theirs for mine, theirs in zip(ours, peers)]
        # Python before 3.13 asks for two.
        low, median, high = statistics.quantiles(ratios * 2 if len(ratios) == 1 else ratios, n=4, method="inclusive")
        return cls(median, low, high)

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f}-{self.high:.2f})"


class Figures:
    """The file that bench/run.py writes for a language. KeyError says what it lacks."""

    def __init__(self, file: Path) -> None:
        contents: dict[str, Any] = json.loads(file.read_text())
        self.machine: dict[str, str] = contents["machine"]
        self.versions: dict[str, str] = contents["versions"]
        self.effort: dict[str, int] = contents["effort"]
        self.seconds: int = contents["seconds"]
        self.forks: dict[str, list[int]] = contents["forks"]
        self.memory: dict[str, dict[str, int]] = contents["memory"]
        self.starts: dict[str, list[dict[str, int]]] = contents["starts"]
        self._times: dict[tuple[str, int, int], dict[str, list[float]]] = {
            (row["operation"], row["size"], row["threads"]): row["times"] for row in contents["times"]
        }

    def times(self, operation: str, size: int, threads: int) -> dict[str, list[float]]:
        """Return the nanoseconds for a message in each round, by library."""
        return self._times[operation, size, threads]

    def ratio(self, operation: str, size: int, threads: int, ours: str, peer: str) -> Ratio:
        times = self.times(operation, size, threads)
        return Ratio.of(times[ours], times[peer])

    def start_ratio(self, ours: str, peer: str) -> Ratio:
        """Return the ratio of the times to the first digest."""
        return Ratio.of(*([start["first_ns"] for start in self.starts[name]] for name in (ours, peer)))
