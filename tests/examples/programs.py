"""Runs the example programs, in a folder of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Union

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "examples"))

import demo as demo  # noqa: E402 - it is in examples

LANGUAGES = tuple(demo.PROGRAMS)
CHUNK_SIZE = 64 * 1024
NONCE_SIZE, TAG_SIZE = 12, 16

Name = Union[str, bytes]


class ProgramsTest(unittest.TestCase):
    """A test with an empty folder, which is the current one of the programs."""

    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory(prefix="hazmat-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def path(self, name: Name) -> Path:
        return self.folder / os.fsdecode(name)

    def names(self) -> set[str]:
        """The names of what is in the folder, temporary files included."""
        return set(os.listdir(self.folder))

    def start(self, language: str, *arguments: Name, **options: Any) -> subprocess.Popen[bytes]:
        command = [*map(str, demo.PROGRAMS[language]), *arguments]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": demo.ENVIRONMENT, **options}
        return subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, **options)

    def call(self, language: str, *arguments: Name, **options: Any) -> tuple[int, bytes, bytes]:
        """Run a program; return its exit code, stdout and stderr."""
        with self.start(language, *arguments, **options) as process:
            try:
                out, err = process.communicate(timeout=120)
            except BaseException:
                process.kill()
                raise
            return process.returncode, out, err

    def succeed(self, language: str, *arguments: Name, **options: Any) -> list[str]:
        """Run a program that must succeed and say nothing on stderr; return its words."""
        code, out, err = self.call(language, *arguments, **options)
        self.assertEqual((code, err), (0, b""), f"{language} {arguments}")
        words: list[str] = out.decode().split()
        return words

    def refuse(self, language: str, *arguments: Name, **options: Any) -> bytes:
        """Run a program that must fail with one line and leave no new file; return the line."""
        before = self.names()
        code, out, err = self.call(language, *arguments, **options)
        self.assertEqual((code, out), (1, b""), f"{language} {arguments}: {err!r}")
        self.assertRegex(err, rb"\Acrypt_file: [^\n]+\n\Z", f"{language} {arguments}")
        self.assertEqual(self.names(), before, f"{language} {arguments}")
        return err
