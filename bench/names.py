"""What operations, sizes and libraries are called on the page and in the plots."""

from __future__ import annotations

ALGORITHMS = {
    "sha256": "SHA-256",
    "sha512": "SHA-512",
    "sha3-256": "SHA3-256",
    "blake2b": "BLAKE2b",
    "hmac-sha256": "HMAC-SHA256",
    "aes-256-gcm": "AES-256-GCM",
    "chacha20-poly1305": "ChaCha20-Poly1305",
    "aes-256-cbc": "AES-256-CBC",
    "aes-256-ctr": "AES-256-CTR",
}
WAYS = {"": "", "new": ", new key", "same": ", same key", "context": ", context", "batch": ", batch"}
LANGUAGES = {"c": "C", "python": "Python", "ruby": "Ruby"}


def operation(name: str) -> str:
    algorithm, _, way = name.partition(":")
    return ALGORITHMS[algorithm] + WAYS[way]


def size(count: int) -> str:
    for unit, name in ((1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit:
            return f"{count // unit} {name}"
    return f"{count} B"


def time(nanoseconds: float) -> str:
    for unit, name in ((1e6, "ms"), (1e3, "µs")):
        if nanoseconds >= unit:
            return f"{nanoseconds / unit:.3g} {name}"
    return f"{nanoseconds:.0f} ns"


def rate(size: int, nanoseconds: float) -> str:
    return f"{size / nanoseconds * 1e3:,.0f} MB/s"
