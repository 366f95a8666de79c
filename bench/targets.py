"""The targets of time, hazmat's against a peer's, and what was measured of each."""

from __future__ import annotations

from dataclasses import dataclass

from figures import Figures, Ratio
from plan import BATCHES, HASHES, KEYED

MANY = 1 << 20
BULK = HASHES + [f"{algorithm}:new" for algorithm in KEYED]


@dataclass(frozen=True)
class Target:
    """What the ratio of some operations must not be above, where ``faster`` is not said."""

    what: str
    against: str
    limit: float
    language: str
    operations: list[str]
    peer: str
    size: int = 64
    ours: str = "hazmat"
    faster: bool = False
    """The peer's time must be at least as many times ours as ``limit`` says."""

    def ratios(self, figures: Figures) -> dict[str, Ratio]:
        """Return what was measured, by operation."""
        numerator, denominator = (self.peer, self.ours) if self.faster else (self.ours, self.peer)
        return {name: figures.ratio(name, self.size, 1, numerator, denominator) for name in self.operations}

    def meets(self, ratio: Ratio) -> bool:
        return ratio.median >= self.limit if self.faster else ratio.median <= self.limit

    @property
    def text(self) -> str:
        return f"at least {self.limit} times as fast" if self.faster else f"at most {self.limit}"


@dataclass(frozen=True)
class StartTarget(Target):
    """The same for the time from nothing to the first digest."""

    def ratios(self, figures: Figures) -> dict[str, Ratio]:
        return {name: figures.start_ratio(self.ours, self.peer) for name in self.operations}


TARGETS = [
    Target("C, SHA-256 64 B in one call", "`EVP_Digest(EVP_sha256())`", 0.45, "c", ["sha256"], "evp"),
    Target("C, SHA-256 64 B in one call", "`EVP_Digest`, fetched", 1.0, "c", ["sha256"], "evp-fetched"),
    Target("C, HMAC-SHA256 64 B", "`HMAC()`", 0.5, "c", ["hmac-sha256:new"], "evp"),
    Target("C, AES-256-GCM 64 B, new key each", "EVP, new context each", 0.6, "c", ["aes-256-gcm:new"], "evp"),
    Target("C, bulk 1 MiB, openssl backend", "the same EVP call", 1.02, "c", BULK, "evp", MANY, "hazmat-openssl"),
    Target("Python, Hash and HMAC 64 B", "cryptography", 0.65, "python", ["sha256", "hmac-sha256:new"], "cryptography"),
    Target(
        "Python, Cipher CBC and GCM 64 B",
        "cryptography",
        0.2,
        "python",
        ["aes-256-cbc:new", "aes-256-gcm:context"],
        "cryptography",
    ),
    Target(
        "Python, AESGCM 64 B", "cryptography", 1.0, "python", ["aes-256-gcm:same", "aes-256-gcm:new"], "cryptography"
    ),
    Target(
        "Ruby, Digest, HMAC and Cipher 64 B",
        "openssl",
        0.4,
        "ruby",
        ["sha256", "hmac-sha256:new", "aes-256-cbc:new", "aes-256-gcm:new"],
        "openssl",
    ),
    Target("Python, batch of 1,000 x 64 B", "cryptography in a loop", 0.2, "python", BATCHES, "cryptography"),
    Target("Ruby, batch of 1,000 x 64 B", "openssl in a loop", 0.2, "ruby", BATCHES, "openssl"),
    Target("C, batch on all processors", "ourselves on one", 1.9, "c", BATCHES, "hazmat-1-cpu", faster=True),
    Target("Python, batch on all processors", "ourselves on one", 1.9, "python", BATCHES, "hazmat-1-cpu", faster=True),
    Target("Ruby, batch on all processors", "ourselves on one", 1.9, "ruby", BATCHES, "hazmat-1-cpu", faster=True),
    Target("Python, bulk 1 MiB, default backend", "cryptography", 1.0, "python", BULK, "cryptography", MANY),
    Target("Ruby, bulk 1 MiB, default backend", "openssl", 1.0, "ruby", BULK, "openssl", MANY),
    StartTarget("Python, import and first hash", "cryptography", 0.7, "python", ["sha256"], "cryptography"),
]
