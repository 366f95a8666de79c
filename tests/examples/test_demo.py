"""The demo: three languages pass one file on, and the table says what happened."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

import pytest

from programs import CHUNK_SIZE, ROOT, Folder, Name, demo


def run_demo(folder: Folder, *files: Name) -> subprocess.CompletedProcess[str]:
    """Run the demo, with a folder of its own for temporary files, and check that it leaves none."""
    temporary = folder / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, ROOT / "examples/demo.py", *files],
        cwd=folder / "",
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    temporary.rmdir()
    return done


@pytest.mark.parametrize(
    ("name", "shown", "message"),
    [
        ("LICENSE", "LICENSE", (ROOT / "LICENSE").read_bytes()),
        ("empty", "empty", b""),
        ("random", "random", os.urandom(20_000_000)),
        ("two words", "two words", b"two words"),
        ("naïve 漢字", "naïve 漢字", b"UTF-8"),
        (b"caf\xe9", r"caf\udce9", b"not UTF-8"),
        ("line\nbreak", r"line\nbreak", b"a control character"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_all_orders_agree(folder: Folder, name: Name, shown: str, message: bytes) -> None:
    (folder / name).write_bytes(message)
    done = run_demo(folder, name)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split(maxsplit=1)[1] == f"{shown}, {len(message):,} bytes"
    assert lines[1].split()[1] == hashlib.sha256(message).hexdigest()
    rows = [line.split() for line in lines if line.endswith(" yes")]
    assert [tuple(row[::3][:3]) for row in rows] == list(demo.ORDERS)
    assert lines[-1].startswith("3 of 3 orders agree")


def test_the_documented_table() -> None:
    """The README of the examples shows a real run: all but the times are as they are today."""
    done = subprocess.run([sys.executable, "examples/demo.py", "LICENSE"], cwd=ROOT, capture_output=True, check=True)
    document = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    assert without_times(done.stdout.decode()) in without_times(document)


def without_times(table: str) -> str:
    return re.sub(r"\d+\.\d\d s", "_ s", table)


@pytest.mark.parametrize("name", ["missing", ".", "/dev/null", ""])
def test_no_file(folder: Folder, name: str) -> None:
    done = run_demo(folder, name)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"demo: [^\n]+\n", done.stderr)


def test_no_library(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAZMAT_CORE", "/nowhere")
    (folder / "file").write_bytes(b"")
    done = run_demo(folder, "file")
    assert done.returncode == 1
    assert "0 of 3 orders agree" in done.stdout
    assert done.stderr.count("crypt_file: hazmat: cannot load its core: /nowhere") == 3


class Spoiled:
    """The demo with one language's program replaced by one that does something else besides."""

    def __init__(self, folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        (folder / "file").write_bytes(os.urandom(CHUNK_SIZE))

    def table(self, language: str, code: str) -> str:
        """Run the demo; return what it prints.

        The code runs after the language's program. In it argv are the program's
        arguments, status is its exit code, which may be changed, and
        change(path, by) passes a file's content through a function.
        """
        script = self.folder / "spoiled.py"
        script.write_text(SPOILED.format(code=code))
        program = [sys.executable, script, *demo.PROGRAMS[language]]
        with self.monkeypatch.context() as patch:
            patch.setitem(demo.PROGRAMS, language, program)
            failed = demo.demo(str(self.folder / "file"))
        table = self.capsys.readouterr().out
        assert table.count(" yes\n") == 3 - failed
        assert f"{3 - failed} of 3 orders agree" in table
        return table


SPOILED = """
import subprocess, sys
from pathlib import Path

def change(path, by):
    Path(path).write_bytes(by(Path(path).read_bytes()))

status = subprocess.run(sys.argv[1:]).returncode
argv = sys.argv[next(i for i, word in enumerate(sys.argv) if word in ("keygen", "encrypt", "decrypt", "check")):]
{code}
sys.exit(status)
"""


@pytest.fixture
def spoiled(folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Spoiled:
    return Spoiled(folder, monkeypatch, capsys)


def test_nothing_spoiled(spoiled: Spoiled) -> None:
    assert "NO" not in spoiled.table("C", "pass")


@pytest.mark.parametrize("command", ["keygen", "encrypt", "decrypt", "check"])
def test_a_program_that_fails(spoiled: Spoiled, command: str) -> None:
    table = spoiled.table("C", f"status = 9 if argv[0] == '{command}' else status")
    assert table.count("NO") == table.count(f"NO: C could not {command}: exit code 9") == 1


def test_a_program_that_prints_something_else(spoiled: Spoiled) -> None:
    table = spoiled.table("C", "print('more') if argv[0] == 'encrypt' else None")
    assert table.count("NO") == table.count("NO: C printed ['sha256',") == 1


@pytest.mark.parametrize("change", ["data[:-1]", "data + b'more'", "bytes(len(data))", "b''"])
def test_bytes_that_differ(spoiled: Spoiled, change: str) -> None:
    table = spoiled.table("Python", f"argv[0] == 'decrypt' and change(argv[3], lambda data: {change})")
    assert table.count("NO") == table.count("NO: Ruby could not check: exit code 1") == 1
    # Here the check cannot tell, but the comparison with the file can.
    table = spoiled.table("Ruby", f"argv[0] == 'check' and change(argv[3], lambda data: {change})")
    assert table.count("NO") == table.count("NO: what Python decrypted is not the file") == 1
