"""Passes one file through three languages, in three orders, and says whether the bytes agree.

In each order one language encrypts the file and computes its SHA-256 and the
HMAC of the ciphertext, the next decrypts, and the third checks both. All that is
printed comes from what the programs did: their exit codes, what they wrote, and
a comparison with the file that uses no hazmat.

usage: demo.py FILE
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS: dict[str, list[str | Path]] = {
    "C": [ROOT / "build/examples/crypt_file"],
    "Python": [sys.executable, ROOT / "examples/python/crypt_file.py"],
    "Ruby": ["ruby", "-I", ROOT / "bindings/ruby/lib", ROOT / "examples/ruby/crypt_file.rb"],
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "bindings/python/src")}
ORDERS = (("C", "Python", "Ruby"), ("Python", "Ruby", "C"), ("Ruby", "C", "Python"))
COLUMNS = ("encrypts", "decrypts", "checks HMAC, SHA-256")
WIDTH = 22
CHUNK_SIZE = 1 << 20


class DemoError(Exception):
    """A step that failed, or bytes that are not those of the file."""


def run(language: str, *arguments: str) -> list[str]:
    """Run one language's program and return its words; what it says on stderr is shown as it is."""
    command = [*map(str, PROGRAMS[language]), *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise DemoError(f"{language} could not {arguments[0]}: exit code {done.returncode}")
    return done.stdout.decode().split()


class Row:
    """The cells of one order. They are printed when it is over, because on a terminal
    the programs show their progress on the line that it would be on.
    """

    def __init__(self) -> None:
        self.cells: list[str] = []

    def run(self, language: str, *arguments: str) -> list[str]:
        """Do what run does, and fill a cell."""
        start = time.monotonic()
        self.cells.append(f"{language:<8}FAILED")
        words = run(language, *arguments)
        self.cells[-1] = f"{language:<8}{time.monotonic() - start:.2f} s"
        return words

    def print(self, verdict: str) -> None:
        self.cells += [""] * (len(COLUMNS) - len(self.cells))
        print_row([*self.cells, verdict])


def print_row(cells: Sequence[str]) -> None:
    print(*(f"{cell:<{WIDTH}}" for cell in cells[:-1]), cells[-1], sep="", flush=True)


def try_order(row: Row, order: tuple[str, str, str], file: str, digest: str, folder: str) -> None:
    """Take the file through the languages of one order."""
    encrypter, decrypter, checker = order
    key, container, decrypted = (os.path.join(folder, name) for name in ("key", "container", "decrypted"))
    run(encrypter, "keygen", key)
    words = row.run(encrypter, "encrypt", key, file, container)
    if len(words) != 4 or words[::2] != ["sha256", "hmac-sha256"]:
        raise DemoError(f"{encrypter} printed {words}")
    if words[1] != digest:
        raise DemoError(f"{encrypter} has SHA-256 {words[1]}")
    row.run(decrypter, "decrypt", key, container, decrypted)
    row.run(checker, "check", key, container, decrypted, words[1], words[3])
    if not same_bytes(file, decrypted):
        raise DemoError(f"what {decrypter} decrypted is not the file")


def same_bytes(path: str, other: str) -> bool:
    with open(path, "rb") as a, open(other, "rb") as b:
        while chunk := a.read(CHUNK_SIZE):
            if b.read(CHUNK_SIZE) != chunk:
                return False
        return b.read(1) == b""


def sha256(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_SIZE):
            digest.update(chunk)
    return digest.hexdigest()


def shown(path: str) -> str:
    """Return a path that may be printed: bytes that are no text, and control characters, escaped."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in path)


def demo(file: str) -> int:
    """Print the table; return how many orders failed."""
    status = os.stat(file)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{shown(file)} is not a regular file")
    digest = sha256(file)
    print(f"file     {shown(file)}, {status.st_size:,} bytes")
    print(f"SHA-256  {digest}\n")
    print_row([*COLUMNS, "bytes agree"])

    failed = 0
    for order in ORDERS:
        with tempfile.TemporaryDirectory(prefix="hazmat-demo-") as folder:
            row = Row()
            try:
                try_order(row, order, file, digest, folder)
                row.print("yes")
            except DemoError as problem:
                failed += 1
                row.print(f"NO: {problem}")
    good = len(ORDERS) - failed
    print(f"\n{good} of {len(ORDERS)} orders agree: AES-256-GCM, HMAC-SHA256 and SHA-256 by {', '.join(PROGRAMS)}")
    return failed


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: demo.py FILE")
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))  # removes the temporary folder
    try:
        failed = demo(sys.argv[1])
    except OSError as error:
        sys.exit(f"demo: {error}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
