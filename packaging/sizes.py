"""Measures the packages in a folder, beside cryptography in the Python that runs this.

usage: sizes.py DIST [DOCUMENT]

Prints a table. In DOCUMENT, if there is one, it takes the place of the table
that is there.
"""

from __future__ import annotations

import gzip
import re
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

_MB = 1_000_000


def wheel_sizes(path: Path) -> tuple[int, int]:
    """Return the bytes of a wheel, and those of what it installs."""
    with zipfile.ZipFile(path) as files:
        return path.stat().st_size, sum(file.file_size for file in files.infolist())


def gem_sizes(path: Path) -> tuple[int, int]:
    """Return the bytes of a gem, and those of what it installs."""
    with tarfile.open(path) as gem:
        data = gem.extractfile("data.tar.gz")
        assert data is not None
        with gzip.open(data) as unpacked, tarfile.open(fileobj=unpacked) as files:
            return path.stat().st_size, sum(file.size for file in files)


def installed_size(name: str) -> int:
    """Return the bytes of an installed distribution, without what Python compiled of it."""
    files = metadata.files(name) or []
    return sum(Path(file.locate()).stat().st_size for file in files if file.suffix != ".pyc")


def table(dist: Path) -> str:
    """Return the table of all of them."""
    (wheel,) = dist.glob("*.whl")
    (gem,) = dist.glob("*.gem")
    rows = [
        f"| {kind} | {packed / _MB:.1f} MB | {unpacked / _MB:.1f} MB |"
        for kind, (packed, unpacked) in (("wheel", wheel_sizes(wheel)), ("gem", gem_sizes(gem)))
    ]
    peer = f"cryptography {metadata.version('cryptography')} from PyPI, without cffi"
    rows.append(f"| {peer} | | {installed_size('cryptography') / _MB:.1f} MB |")
    return "\n".join(["| | package | installed |", "|---|---|---|", *rows, ""])


def main(dist: str, *documents: str) -> None:
    """Print the table, and write it."""
    measured = table(Path(dist))
    print(measured, end="")
    for document in map(Path, documents):
        text, tables = re.subn(r"(?m)^\| \| package \|.*\n(\|.*\n)+", lambda _: measured, document.read_text())
        assert tables == 1, f"{document} has {tables} tables of sizes"
        document.write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
