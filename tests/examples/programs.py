"""Runs the example programs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Union

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "examples"))

import demo as demo  # noqa: E402 - it is in examples

LANGUAGES = tuple(demo.PROGRAMS)
CHUNK_SIZE = 64 * 1024
NONCE_SIZE, TAG_SIZE = 12, 16

Name = Union[str, bytes]


class Folder:
    """A folder, which is the current one of the programs that run in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __truediv__(self, name: Name) -> Path:
        return self._path / os.fsdecode(name)

    def names(self) -> set[str]:
        """The names of what is in the folder, temporary files included."""
        return set(os.listdir(self._path))


class Program:
    """The program of one language, in a folder."""

    def __init__(self, language: str, folder: Folder) -> None:
        self.language = language
        self.folder = folder

    def start(self, *arguments: Name, **options: Any) -> subprocess.Popen[bytes]:
        """Start it without waiting for its end."""
        command = [*map(str, demo.PROGRAMS[self.language]), *arguments]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": demo.ENVIRONMENT, **options}
        return subprocess.Popen(command, cwd=self.folder / "", stdin=subprocess.DEVNULL, **options)

    def call(self, *arguments: Name, **options: Any) -> tuple[int, bytes, bytes]:
        """Run it; return its exit code, stdout and stderr."""
        with self.start(*arguments, **options) as process:
            try:
                out, err = process.communicate(timeout=120)
            except BaseException:
                process.kill()
                raise
            return process.returncode, out, err

    def succeed(self, *arguments: Name, **options: Any) -> list[str]:
        """Run it where it must succeed and say nothing on stderr; return its words."""
        code, out, err = self.call(*arguments, **options)
        assert (code, err) == (0, b"")
        words: list[str] = out.decode().split()
        return words

    def refuse(self, *arguments: Name, **options: Any) -> bytes:
        """Run it where it must fail with one line and leave no new file; return the line."""
        before = self.folder.names()
        code, out, err = self.call(*arguments, **options)
        assert (code, out) == (1, b"")
        assert re.fullmatch(rb"crypt_file: [^\n]+\n", err)
        assert self.folder.names() == before
        return err
