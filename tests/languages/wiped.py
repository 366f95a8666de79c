"""A key in the memory of a Python process: where it is after its context was closed.

usage: wiped.py LIBSCAN ROUNDS
"""

from __future__ import annotations

import ctypes
import sys
from typing import Callable

from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode, open_backend
from rows import failed, passed, row

SIZE = 32
Use = Callable[[Backend, bytearray], object]


class Scan:
    """A secret, and where in memory it is: see scan.h."""

    def __init__(self, path: str) -> None:
        self._library = ctypes.CDLL(path)
        self._library.secret_count.restype = ctypes.c_size_t
        self._secret = ctypes.create_string_buffer(2 * SIZE)
        self._library.secret_make(self._secret)

    def reveal(self, key: bytearray) -> None:
        self._library.secret_reveal(self._secret, (ctypes.c_char * SIZE).from_buffer(key))

    def wipe(self, key: bytearray) -> None:
        self._library.secret_wipe((ctypes.c_char * SIZE).from_buffer(key))

    def count(self, say: bool = False) -> int:
        found: int = self._library.secret_count(self._secret, say)
        return found


def gcm(backend: Backend, key: bytearray) -> object:
    cipher = Cipher(algorithm=CipherAlgorithm.AES, key=key)
    context = backend.create_symmetric_encryption_ctx(cipher, Mode(mode=CipherMode.GCM, iv=bytes(12)))
    context.update(bytes(1000))
    return context


def hmac(backend: Backend, key: bytearray) -> object:
    context = backend.create_hmac_ctx(key, HashAlgorithm.SHA256)
    context.update(bytes(1000))
    return context


def look(backend: Backend, use: Use, scan: Scan) -> tuple[int, int]:
    """Return at how many places a key is while its context is in use, and after that."""
    key = bytearray(SIZE)
    scan.reveal(key)
    context = use(backend, key)
    scan.wipe(key)
    before = scan.count()
    context.close()  # type: ignore[attr-defined]
    return before, scan.count(say=True)


def main(path: str, rounds: int) -> int:
    for name in ("native", "openssl"):
        with open_backend(name) as backend:
            for what, use in (("AES-256 in GCM", gcm), ("HMAC over SHA-256", hmac)):
                for _ in range(rounds):
                    before, after = look(backend, use, Scan(path))
                    if not before or after:
                        failed(f"{name}: the key of {what} was at {before} places in use, and at {after} afterwards")
                row(rounds, f"Python, {name}: the key of {what}, a bytearray that its owner wipes, is nowhere then")
    return passed()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
