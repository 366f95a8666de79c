"""``python -m hazmat`` says what there is: versions, files, backends and their algorithms."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from . import __version__, _openssl
from ._abi.library import library
from .algorithms import aead_algorithm_name, cipher_algorithm_name, cipher_mode_name, hash_algorithm_name
from .backends import (
    Interface,
    default_backend,
    interface_name,
    names,
    open_backend,
    support_matrix,
)
from .exceptions import Error

_WIDTH = 80
_LABEL = 18  # columns of what stands first in a row of a table
_NAME = 24  # columns of a backend's name, at most


def _core() -> Path:
    """Return where the library looks for its core."""
    return Path(os.environ.get("HAZMAT_CORE") or Path(library.file).with_name("libhazmat-core.so"))


def _versions() -> Iterator[str]:
    yield f"hazmat {__version__}"
    yield ""
    yield f"ABI        {library.abi_version}, hash {library.abi_hash}"
    yield f"library    {library.file}"
    yield f"core       {_core()}"
    yield f"libcrypto  {_libcrypto()}"


def _libcrypto() -> str:
    try:
        with open_backend("openssl") as backend:
            return f"{backend.openssl_version_text()} (lib and ffi: {_openssl.cffi_or_less().__name__})"
    except Error as error:
        return f"none: {error}"


def _backends() -> Iterator[str]:
    with default_backend() as backend:
        yield f"default    {backend.name()}"
    for name in names():
        with open_backend(name) as backend:
            yield ""
            yield name
            yield f"  {backend.description()}"
            provided = [interface_name(which) for which in Interface if backend.provides(which)]
            yield f"  {', '.join(provided)}"


def _table(title: str, backends: tuple[str, ...], rows: dict[str, list[str]]) -> Iterator[str]:
    """Return the lines of a table, and of more below it for the columns that are too many for one."""
    head = [name if len(name) <= _NAME else f"{name[: _NAME - 3]}..." for name in backends]
    columns = [max(map(len, column)) for column in zip(head, *rows.values())]
    start = 0
    while start < len(backends):
        end, width = start, _LABEL
        while end < len(backends) and (end == start or width + 2 + columns[end] <= _WIDTH):
            width += 2 + columns[end]
            end += 1
        yield ""
        for label, cells in {title: head, **rows}.items():
            shown = [f"  {cell:{width}}" for cell, width in zip(cells[start:end], columns[start:end])]
            yield f"{label:{_LABEL}}{''.join(shown)}".rstrip()
        start = end


def _matrix() -> Iterator[str]:
    matrix = support_matrix()
    ciphers = {}
    for (cipher, mode), having in matrix.ciphers.items():
        label = "-".join(filter(None, [cipher_algorithm_name(cipher), cipher_mode_name(mode)]))
        ciphers[label] = ["yes" if name in having else "-" for name in matrix.backends]
    yield from _table("cipher", matrix.backends, ciphers)
    aeads = {
        aead_algorithm_name(algorithm): ["yes" if name in having else "-" for name in matrix.backends]
        for algorithm, having in matrix.aeads.items()
    }
    yield from _table("AEAD", matrix.backends, aeads)
    hashes = {}
    for algorithm, having in matrix.hashes.items():
        hmac = matrix.hmacs.get(algorithm, frozenset())
        hashes[hash_algorithm_name(algorithm)] = [
            " ".join(filter(None, ["hash" if name in having else "", "HMAC" if name in hmac else ""])) or "-"
            for name in matrix.backends
        ]
    yield from _table("hash function", matrix.backends, hashes)


def main() -> int:
    """Print all of it; return the status of the process."""
    try:
        for lines in (_versions(), _backends(), _matrix()):
            for line in lines:
                print(line)
    except Error as error:
        print(f"hazmat: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
