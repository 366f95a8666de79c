"""What operations are done on, the same bytes as in bench/c/work.c and bench/ruby/work.rb."""

from __future__ import annotations

from typing import NamedTuple

KEYS = [bytes(i + j for j in range(32)) for i in range(64)]
NONCES = [i.to_bytes(2, "little") + bytes(14) for i in range(1000)]
MESSAGES = 1000


def data(length: int) -> bytes:
    """Return a message."""
    ring = bytes(range(256)) * 2
    rows = (ring[i % 256 : i % 256 + 256] for i in range(-(-length // 256)))
    return b"".join(rows)[:length]


class Work(NamedTuple):
    """What an operation named ``name`` is done on.

    Behind a colon the name says how: "new", with a new key each time; "same", with
    one key; "context", by an object that is made, given data and ended, also with a
    new key; "batch", on 1,000 messages, with one key.
    """

    name: str
    size: int

    @property
    def algorithm(self) -> str:
        return self.name.partition(":")[0]

    @property
    def batch(self) -> bool:
        return self.name.endswith(":batch")

    def names(self) -> dict[str, object]:
        """Return what a statement finds in its namespace, but for iterators over keys and nonces."""
        names: dict[str, object] = {"key": KEYS[0], "data": data(self.size)}
        if self.batch:
            text = data(self.size * MESSAGES)
            names["messages"] = [text[i : i + self.size] for i in range(0, len(text), self.size)]
            names["nonces_12"] = [nonce[:12] for nonce in NONCES]
        return names

    def rings(self) -> tuple[list[bytes], list[bytes]]:
        """Return the keys and the nonces, each of which is taken in turn."""
        return KEYS, NONCES if self.batch else NONCES[: len(KEYS)]
