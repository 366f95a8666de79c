"""Contexts that are made, used and freed, over and over: the process must not grow.

usage: cycles.py COUNT
"""

from __future__ import annotations

import os
import sys
from typing import Callable

import hazmat
from hazmat import exceptions
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode, open_backend
from rows import failed, passed, row

ROOM = 2 << 20
"""What memory may differ by from one time to another, in bytes."""

AES = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(32))
CBC = Mode(mode=CipherMode.CBC, iv=bytes(16))
GCM = Mode(mode=CipherMode.GCM, iv=bytes(12))
DATA = bytes(64)


def cbc(backend: Backend) -> None:
    with backend.create_symmetric_encryption_ctx(AES, CBC) as context:
        context.update(DATA)
        context.finalize()


def gcm(backend: Backend) -> None:
    context = backend.create_symmetric_encryption_ctx(AES, GCM)  # freed as garbage
    context.update(DATA)
    context.finalize()


def hashed(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(DATA)
        with context.copy() as copy:
            copy.finalize()


def hmac(backend: Backend) -> None:
    with backend.create_hmac_ctx(DATA, HashAlgorithm.SHA256) as context:
        try:
            context.verify(DATA)
        except exceptions.InvalidSignature:
            pass
        else:
            failed("a wrong signature was taken")


CYCLES = (cbc, gcm, hashed, hmac)


def resident() -> int:
    """Return the memory that the process has, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def run(backend: Backend, count: int, extreme: Callable[[list[int]], int]) -> int:
    """Return the most, or least, that the process had at ten times during some cycles."""
    found = []
    for number in range(count):
        CYCLES[number % len(CYCLES)](backend)
        if number % (count // 10 + 1) == 0:
            found.append(resident())
    return extreme(found)


def main(count: int) -> int:
    # cycles.c says why it is measured like this.
    for name in ("native", "openssl"):
        with open_backend(name) as backend:
            run(backend, count // 10, max)
            before = run(backend, count // 5, max)
            run(backend, count // 2, max)
            after = run(backend, count // 5, min)
        if after > before + ROOM:
            failed(f"{name}: from {before} to {after} bytes")
        if hazmat.live_handles() != 0:
            failed(f"{name}: {hazmat.live_handles()} handles are live")
        row(count, f"Python, {name}: contexts are made, used and freed, without growth")
    return passed()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
