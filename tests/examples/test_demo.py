"""The demo: three languages pass one file on, and the table says what happened."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import subprocess
import sys
from unittest import mock

from programs import CHUNK_SIZE, ROOT, Name, ProgramsTest, demo

README = ROOT / "README.md"


class DemoTest(ProgramsTest):
    """Runs of the demo as 'make demo' starts it."""

    def demo(self, *files: Name) -> subprocess.CompletedProcess[str]:
        """Run it with the test's folder as the place for temporary files."""
        temporary = self.path("temporary")
        temporary.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, ROOT / "examples/demo.py", *files],
            cwd=self.folder,
            env={**os.environ, "TMPDIR": str(temporary)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(list(temporary.iterdir()), [])
        return done

    def agree(self, name: Name, message: bytes) -> str:
        """Run it on a file, and check that all orders agree; return what it printed."""
        self.path(name).write_bytes(message)
        done = self.demo(name)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(f"{len(message):,} bytes", done.stdout)
        self.assertIn(hashlib.sha256(message).hexdigest(), done.stdout)
        rows = [line.split() for line in done.stdout.splitlines() if line.endswith(" yes")]
        self.assertEqual([tuple(row[::3][:3]) for row in rows], list(demo.ORDERS))
        self.assertIn("3 of 3 orders agree", done.stdout)
        return done.stdout

    def test_default_file(self) -> None:
        self.agree("README.md", README.read_bytes())

    def test_empty_file(self) -> None:
        self.agree("empty", b"")

    def test_20_megabytes(self) -> None:
        self.agree("large", os.urandom(20_000_000))

    def test_names(self) -> None:
        self.assertIn("two words, 5 bytes", self.agree("two words", b"words"))
        self.assertIn(r"caf\udce9, 4 bytes", self.agree(b"caf\xe9", b"caf\xe9"))
        self.assertIn(r"line\nbreak, 5 bytes", self.agree("line\nbreak", b"words"))

    def test_no_file(self) -> None:
        for name in ("missing", ".", "/dev/null", ""):
            done = self.demo(name)
            self.assertEqual((done.returncode, done.stdout), (1, ""), name)
            self.assertRegex(done.stderr, r"\Ademo: [^\n]+\n\Z", name)
        self.assertEqual(self.demo().returncode, 1)


class TruthTest(ProgramsTest):
    """The table where a program does not do what it says."""

    def demo_with(self, language: str, code: str) -> str:
        """Run the demo, with code that runs after one language's program; return what it printed.

        In the code argv are the program's arguments, status is its exit code,
        which may be changed, and change(path, data) replaces a file's content.
        """
        script = self.path("after.py")
        script.write_text(AFTER.format(code=code))
        program = [sys.executable, script, *demo.PROGRAMS[language]]
        self.path("file").write_bytes(os.urandom(CHUNK_SIZE))
        printed = io.StringIO()
        with mock.patch.dict(demo.PROGRAMS, {language: program}), contextlib.redirect_stdout(printed):
            failed = demo.demo(str(self.path("file")))
        table = printed.getvalue()
        self.assertEqual(table.count(" yes\n"), 3 - failed)
        self.assertIn(f"{3 - failed} of 3 orders agree", table)
        return table

    def test_all_is_well(self) -> None:
        self.assertNotIn("NO", self.demo_with("C", "pass"))

    def test_a_program_fails(self) -> None:
        for command in ("keygen", "encrypt", "decrypt", "check"):
            with self.subTest(command):
                table = self.demo_with("C", f"status = 9 if argv[0] == '{command}' else status")
                self.assertEqual(table.count("NO"), 1)
                self.assertIn(f"NO: C could not {command}: exit code 9", table)

    def test_the_wrong_digest(self) -> None:
        table = self.demo_with("C", "print('more') if argv[0] == 'encrypt' else None")
        self.assertEqual(table.count("NO: C printed ['sha256',"), 1)

    def test_the_wrong_plaintext(self) -> None:
        for change in ("data[:-1]", "data + b'more'", "bytes(len(data))", "b''"):
            with self.subTest(change):
                table = self.demo_with("Python", f"argv[0] == 'decrypt' and change(argv[3], lambda data: {change})")
                self.assertEqual(table.count("NO: Ruby could not check: exit code 1"), 1)
                # The check is of no help here; the comparison with the file is.
                table = self.demo_with("Ruby", f"argv[0] == 'check' and change(argv[3], lambda data: {change})")
                self.assertEqual(table.count("NO: what Python decrypted is not the file"), 1)


AFTER = """
import subprocess, sys
from pathlib import Path

def change(path, by):
    Path(path).write_bytes(by(Path(path).read_bytes()))

status = subprocess.run(sys.argv[1:]).returncode
argv = sys.argv[next(i for i, word in enumerate(sys.argv) if word in ("keygen", "encrypt", "decrypt", "check")):]
{code}
sys.exit(status)
"""
