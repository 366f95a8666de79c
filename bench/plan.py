"""What is measured: the libraries of each language, and what each of them must be able to do.

The names of operations are explained in bench/python/work.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"

SIZES = [16, 64, 1 << 10, 16 << 10, 1 << 20]
BATCH_SIZE = 64
BATCH = 1000
THREADS = [1, 2]

HASHES = ["sha256", "sha512", "sha3-256", "blake2b"]
AEADS = ["aes-256-gcm", "chacha20-poly1305"]
KEYED = ["hmac-sha256", *AEADS, "aes-256-cbc", "aes-256-ctr"]
BATCHES = ["sha256:batch", "hmac-sha256:batch", "aes-256-gcm:batch"]


def ways(algorithms: list[str]) -> list[str]:
    """Return the operations with a new key each time and with one key."""
    return [f"{algorithm}:{way}" for algorithm in algorithms for way in ("new", "same")]


ALL = HASHES + ways(KEYED) + BATCHES
CONTEXTS = ["sha256:context", "aes-256-gcm:context"]
SODIUM = ["sha256", "sha512", "blake2b", *ways(["hmac-sha256", *AEADS]), *BATCHES]
HASHLIB = [*HASHES, *ways(["hmac-sha256"]), "sha256:batch", "hmac-sha256:batch"]


@dataclass(frozen=True)
class Subject:
    """A library, or one of the ways to use it."""

    name: str
    command: list[str]
    """What starts the runner, from the root of the tree."""
    operations: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    cpus: int | None = None
    """How many processors it may use; None is all."""

    def sizes(self, operation: str) -> list[int]:
        return [BATCH_SIZE] if operation.endswith(":batch") else SIZES


def hazmat(command: list[str], operations: list[str]) -> list[Subject]:
    """Return hazmat with its default backend, with each of the two, and on one processor."""
    return [
        Subject("hazmat", command, operations),
        Subject("hazmat-native", command, operations, {"HAZMAT_BACKEND": "native"}),
        Subject("hazmat-openssl", command, operations, {"HAZMAT_BACKEND": "openssl"}),
        Subject("hazmat-1-cpu", command, BATCHES, cpus=1),
    ]


def c(plugin: str, style: str = "") -> list[str]:
    return ["build/bench/c/runner", f"build/bench/c/{plugin}.so", style]


def python(name: str) -> list[str]:
    return ["build/venv-bench/bin/python", "bench/python/runner.py", name]


def ruby(name: str) -> list[str]:
    return ["ruby", "-Ibindings/ruby/lib", "bench/ruby/runner.rb", name]


LANGUAGES: dict[str, list[Subject]] = {
    "c": [
        *hazmat(c("hazmat"), [*ALL, *CONTEXTS]),
        Subject("evp", c("evp", "plain"), [*ALL, *CONTEXTS]),
        Subject("evp-fetched", c("evp", "fetched"), [*ALL, *CONTEXTS]),
        Subject("evp-reused", c("evp", "reused"), [*ALL, *CONTEXTS]),
        Subject("libsodium", c("sodium"), SODIUM),
    ],
    "python": [
        *hazmat(python("hazmat"), [*ALL, "aes-256-gcm:context"]),
        Subject("cryptography", python("cryptography"), [*ALL, "aes-256-gcm:context"]),
        Subject("hashlib", python("hashlib"), HASHLIB),
        Subject("pycryptodome", python("pycryptodome"), ALL),
        Subject(
            "PyNaCl", python("PyNaCl"), ["sha256", "sha512", "blake2b", *ways(["chacha20-poly1305"]), "sha256:batch"]
        ),
    ],
    "ruby": [
        *hazmat(ruby("hazmat"), [*ALL, "sha256:context"]),
        Subject("openssl", ruby("openssl"), [*ALL, "sha256:context"]),
        Subject("digest", ruby("digest"), ["sha256", "sha256:context", "sha512", "sha256:batch"]),
    ],
}


def operations(language: str) -> list[str]:
    """Return all operations of a language, in order."""
    return list(dict.fromkeys(name for subject in LANGUAGES[language] for name in subject.operations))
