"""Reads the test vectors that all languages share; their README has the format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "testdata" / "vectors"


class Case:
    """One test case: the texts of its fields, and where it stands."""

    def __init__(self, where: str, fields: dict[str, str]) -> None:
        self.where = where
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def text(self, name: str) -> str:
        return self._fields[name]

    def octets(self, name: str) -> bytes:
        """Return the bytes of a field, b"" if the case has none of that name."""
        return bytes.fromhex(self._fields.get(name, ""))


def files(kind: str) -> list[Path]:
    """Return the files of a folder, such as "hash"; there are always some."""
    found = sorted((FOLDER / kind).glob("*.txt"))
    assert found, f"there are no vectors in {FOLDER / kind}"
    return found


def cases(path: Path) -> Iterator[Case]:
    """Read the cases of one file."""
    fields: dict[str, str] = {}
    start = 0
    lines = path.read_text(encoding="ascii").split("\n")
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if line:
            name, separator, value = line.partition(" =")
            assert separator, f"{path.name}:{number}: {line!r} is no field"
            start = start or number
            fields[name] = value.strip()
        elif fields:
            yield Case(f"{path.name}:{start}", fields)
            fields, start = {}, 0
