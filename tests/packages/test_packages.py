"""What holds of both packages."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from alone import ROOT


def test_reproducible(wheel: Path, gem: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    subprocess.run(
        ["make", "-s", "wheel", "gem", f"DIST={tmp_path}/dist", f"STAGE={tmp_path}/stage"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        timeout=300,
        check=True,
    )
    for package in (wheel, gem):
        assert (tmp_path / "dist" / package.name).read_bytes() == package.read_bytes(), package.name


def test_documented_sizes(wheel: Path) -> None:
    """They may be somewhat out of date, but not wrong."""
    measured = subprocess.run(
        [ROOT / "build/packaging/bin/python", ROOT / "packaging/sizes.py", wheel.parent],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    print(measured)
    found = re.search(r"(?m)^\| \| package \|.*\n(\|.*\n)+", (ROOT / "docs/packages.md").read_text())
    assert found is not None
    now, written = ([float(size) for size in re.findall(r"([\d.]+) MB", text)] for text in (measured, found[0]))
    assert len(now) == len(written) == 5
    advice = f"docs/packages.md says {written} MB and it is {now}: run make package-sizes"
    assert all(abs(a - b) <= 0.1 * b + 0.1 for a, b in zip(now, written)), advice


def test_nothing_of_this_machine(wheel: Path, gem: Path) -> None:
    staged = list((ROOT / "build/packages").glob("*/**/*.so*"))
    assert len(staged) == 4
    assert [path for path in staged if str(ROOT).encode() in path.read_bytes()] == []
