"""Contexts written in Python, and what the tests of them need."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hazmat._abi.library import library
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import Interface


class BoomError(Exception):
    """What the objects here raise."""


class Sum:
    """SHA-256. A method that ``plan`` names returns what is there instead, or raises it."""

    def __init__(self, **plan: Any) -> None:
        self.plan = plan
        self.state = hashlib.sha256()
        self.calls: list[tuple[object, ...]] = []
        self.closed = 0

    def planned(self, method: str, result: Any, *arguments: object) -> Any:
        self.calls.append((method, *arguments))
        result = self.plan.get(method, result)
        if isinstance(result, BaseException):
            raise result
        return result(*arguments) if callable(result) else result

    def algorithm(self) -> HashAlgorithm:
        algorithm: HashAlgorithm = self.planned("algorithm", HashAlgorithm.SHA256)
        return algorithm

    def update(self, data: bytes) -> None:
        self.state.update(data)
        nothing: None = self.planned("update", None, data)
        return nothing

    def finalize(self) -> bytes:
        digest: bytes = self.planned("finalize", self.state.digest())
        return digest

    def copy(self) -> Sum:
        duplicate = Sum(**self.plan)
        duplicate.state = self.state.copy()
        result: Sum = self.planned("copy", duplicate)
        return result

    def squeeze(self, length: int) -> bytes:
        output: bytes = self.planned("squeeze", bytes(length), length)
        return output

    def close(self) -> None:
        self.closed += 1
        self.planned("close", None)


class Mac(Sum):
    """A context that authenticates nothing."""

    squeeze = None  # type: ignore[assignment]

    def verify(self, signature: bytes) -> None:
        nothing: None = self.planned("verify", None, signature)
        return nothing

    def copy(self) -> Mac:
        return Mac(**self.plan)


class Xor:
    """A cipher of one byte, planned as ``Sum`` is. It is its own inverse."""

    def __init__(self, key: bytes = b"\x5a", **plan: Any) -> None:
        self.key = key[0]
        self.plan = Sum(**plan)

    def update(self, data: bytes) -> bytes:
        octets: bytes = self.plan.planned("update", bytes(octet ^ self.key for octet in data), data)
        return octets

    def finalize(self) -> bytes:
        octets: bytes = self.plan.planned("finalize", b"")
        return octets

    def close(self) -> None:
        self.plan.close()


class SumBackend:
    """A backend of SHA-256 and HMAC over it, planned as ``Sum`` is."""

    def __init__(self, name: str | BaseException, **plan: Any) -> None:
        self._name = name
        self.plan = Sum(**plan)

    def name(self) -> str:
        if isinstance(self._name, BaseException):
            raise self._name
        return self._name

    def description(self) -> str:
        text: str = self.plan.planned("description", "hashlib's SHA-256")
        return text

    def provides(self, which: Interface) -> bool:
        answer: bool = self.plan.planned("provides", which in (Interface.HASH, Interface.HMAC), which)
        return answer

    def hash_supported(self, algorithm: HashAlgorithm) -> bool:
        answer: bool = self.plan.planned("hash_supported", algorithm is HashAlgorithm.SHA256, algorithm)
        return answer

    def create_hash_ctx(self, algorithm: HashAlgorithm) -> Sum:
        context: Sum = self.plan.planned("create_hash_ctx", Sum(), algorithm)
        return context

    def hmac_supported(self, algorithm: HashAlgorithm) -> bool:
        return algorithm is HashAlgorithm.SHA256

    def create_hmac_ctx(self, key: bytes, algorithm: HashAlgorithm) -> Mac:
        context: Mac = self.plan.planned("create_hmac_ctx", Mac(), key, algorithm)
        return context


def live_objects() -> int:
    """Return how many objects the library may call."""
    return len(library.objects)


@contextmanager
def unraisable() -> Iterator[list[BaseException | None]]:
    """Collect what goes to ``sys.unraisablehook``."""
    seen: list[BaseException | None] = []
    before = sys.unraisablehook
    sys.unraisablehook = lambda found: seen.append(found.exc_value)
    try:
        yield seen
    finally:
        sys.unraisablehook = before
