"""What is wrong with the file of a shared library, where the system's loader does not tell.

The loader passes over a library of another processor and says that there is no such
file; it maps what the headers of a file promise, so that the process dies where the
file is cut short; and that a file system forbids it to run programs it calls a failure
to map a segment. The layouts are those of ``elf.h``.
"""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

_LOAD = 1  # PT_LOAD
_WIDE = struct.calcsize("P") == 8


def fault(path: str) -> str | None:
    """Return why the loader would not load a file, or not survive it; None if it may.

    A file that is no ELF file, or is not there, is left to the loader.
    """
    try:
        with open(path, "rb") as file, open("/proc/self/exe", "rb") as program:
            header, own = file.read(64), program.read(64)
            if len(header) < 64 or header[:4] != b"\x7fELF":
                return None
            if os.fstatvfs(file.fileno()).f_flag & os.ST_NOEXEC:
                return "its file system is mounted noexec, so put it elsewhere"
            if _kind(header) != _kind(own):
                return "it is for another kind of processor, so install the one for this"
            return "the file is cut short" if _is_cut_short(file, header) else None
    except OSError:
        return None


def is_musl() -> bool:
    """Return whether the C library of this process is musl."""
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        return any("/ld-musl-" in line for line in maps)


def _kind(header: bytes) -> bytes:
    """Return the size of addresses, the byte order and the processor."""
    return header[4:6] + header[18:20]


def _is_cut_short(file: BinaryIO, header: bytes) -> bool:
    """Return whether a segment of a file of this processor ends behind the file's end."""
    table, *_, size, count = struct.unpack_from("@32xNNIHHH" if _WIDE else "@28xNNIHHH", header)
    end = os.fstat(file.fileno()).st_size
    file.seek(table)
    for _ in range(count):
        segment = file.read(size)
        if len(segment) < size:
            return True
        kind, offset, _, _, length = struct.unpack_from("@I4xNNNN" if _WIDE else "@INNNN", segment)
        if kind == _LOAD and offset + length > end:
            return True
    return False
