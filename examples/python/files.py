"""Files as the example needs them: an input that is read in pieces, and an output
that appears whole or not at all.
"""

from __future__ import annotations

import io
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from progress import Progress

CHUNK_SIZE = 64 * 1024
"""How many bytes of a file are in memory at any time."""


class FileError(Exception):
    """What ends the program, as one line."""


class Input:
    """A regular file to read. A progress line says what is being done."""

    def __init__(self, path: str, doing: str) -> None:
        # Before it is opened: to open a FIFO may wait for ever.
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise FileError(f"{path}: is {'a directory' if stat.S_ISDIR(status.st_mode) else 'not a regular file'}")
        self.size = status.st_size
        self._file = io.FileIO(path)
        self._progress = Progress(doing, self.size)

    def __enter__(self) -> Input:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.end()
        self._file.close()

    def read(self, size: int) -> bytes:
        """Return the next size bytes, or fewer at the end of the file."""
        return self._file.read(size)

    def seek(self, offset: int) -> None:
        """Let the next read begin at an offset."""
        self._file.seek(offset)

    def chunks(self, end: int | None = None) -> Iterator[bytes]:
        """Yield what is left of the file, or of what is before an offset, in pieces."""
        done = self._file.tell()
        while chunk := self._file.read(CHUNK_SIZE if end is None else min(CHUNK_SIZE, end - done)):
            yield chunk
            done += len(chunk)
            self._progress.show(done)


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """Write a file under a temporary name in the folder of path, for its owner's eyes only.

    It gets its name, replacing what had that name before, at the end of the
    block, and is removed instead if the block fails.
    """
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".crypt_file-")
    try:
        with open(handle, "wb") as file:
            yield file
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
