"""Libraries that cannot be loaded: one line that says why and what to do, in each language.

usage: loading.py ROUNDS
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rows import failed, passed, row

ROOT = Path(__file__).parents[2]
BUILT = Path("build/tests/languages")
REFUSE = "build/tests/processes/refuse"
FRONT = ROOT / "build/lib/libhazmat.so.1"
CORE = ROOT / "build/lib/libhazmat-core.so"

LOAD = {
    "C": [str(BUILT / "load")],
    "Python": [sys.executable, "-W", "error", "tests/languages/load.py"],
    "Ruby": ["ruby", "-w", "tests/languages/load.rb"],
}

NAMESPACE = ["unshare", "--map-root-user", "--mount", "bash", "-ec"]
"""Runs a script that may mount what only it sees."""

ELSEWHERE = f"""
mount -t tmpfs none /mnt
mkdir /mnt/tree
mount --bind {ROOT} /mnt/tree
cd /mnt/tree
export LD_LIBRARY_PATH=/mnt/tree/build/lib PYTHONPATH=/mnt/tree/bindings/python/src RUBYLIB=/mnt/tree/bindings/ruby/lib
for folder in /tmp /dev/shm /var/tmp; do mount -t tmpfs -o noexec none "$folder"; done
unset TMPDIR
exec "$@"
"""
"""Makes all folders for temporary files noexec, and the tree, which may be in one, seen elsewhere."""

NOEXEC = """
mount -t tmpfs -o noexec none "$1"
cp -p build/lib/* "$1"
shift
exec "$@"
"""


def say(command: Sequence[str], variables: Mapping[str, str] | None = None) -> str:
    """Return what a program prints."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout if done.returncode == 0 else f"ended with {done.returncode}: {done.stdout}"


def expect(what: str, said: str, *words: str) -> None:
    """See that a program said one line that has these words, in this order."""
    if not re.fullmatch(".*".join(["", *map(re.escape, words), "\n"]), said):
        failed(f"{what}: expected one line with {words}, got {said!r}")


def cut_short(data: bytes) -> bytes:
    return data[: len(data) // 4]


def of_another_abi(data: bytes) -> bytes:
    found = re.search(rb'HZ_ABI_HASH "([0-9a-f]{16})"', (ROOT / "include/hazmat.h").read_bytes())
    assert found is not None
    return data.replace(found[1], b"0123456789abcdef")


def of_another_processor(data: bytes) -> bytes:
    machine = 18  # where e_machine is; 243 is EM_RISCV
    return data[:machine] + b"\xf3" + data[machine + 1 :]


def no_library(_: bytes) -> bytes:
    return b"This is not a library.\n" * 10


Break = Callable[[bytes], bytes]
FAULTS: dict[str, tuple[Break, tuple[str, ...]]] = {
    "cut short": (cut_short, ("the file is cut short",)),
    "of another ABI": (of_another_abi, ("0123456789abcdef", "install", "one")),
    "of another processor": (
        of_another_processor,
        ("it is for another kind of processor, so install the one for this",),
    ),
    "no library": (no_library, ("invalid ELF header",)),
}


def core_faults(folder: Path) -> None:
    """Each language loads a core that is broken."""
    for language, load in LOAD.items():
        for fault, (broken, words) in FAULTS.items():
            path = folder / "core.so"
            path.write_bytes(broken(CORE.read_bytes()))
            # The core itself tells of another ABI, and does not know where it lies.
            told = words if broken is of_another_abi else (str(path), *words, "set HAZMAT_CORE to the path of")
            expect(f"{language}: a core {fault}", say(load, {"HAZMAT_CORE": str(path)}), *told)
            row(1, f"{language}: the core is {fault}")
        said = say(load, {"HAZMAT_CORE": str(folder / "missing.so")})
        expect(f"{language}: no core", said, "missing.so: No such file", "set HAZMAT_CORE to the path of")
        row(1, f"{language}: the core is missing")


def front_faults(folder: Path) -> None:
    """Python and Ruby load a front that is broken. Where C does, it is the system's loader that says so."""
    for language, end in (("Python", ""), ("Ruby", "set HAZMAT_LIBRARY to its path")):
        for fault, (broken, words) in FAULTS.items():
            path = folder / "front.so"
            path.write_bytes(broken(FRONT.read_bytes()))
            said = say(LOAD[language], {"HAZMAT_LIBRARY": str(path)})
            told = words if broken is of_another_abi else (*words, end)
            expect(f"{language}: a front {fault}", said, "hazmat: ", str(path), *told)
            row(1, f"{language}: the front is {fault}")
        said = say(LOAD[language], {"HAZMAT_LIBRARY": str(folder / "missing.so")})
        expect(f"{language}: no front", said, "hazmat: cannot load", "missing.so", "No such file")
        row(1, f"{language}: the front is missing")


def noexec(folder: Path) -> None:
    """A file system that forbids to run programs, and so to load libraries."""
    mounted = folder / "noexec"
    mounted.mkdir()
    for language, load in LOAD.items():
        command = [*NAMESPACE, NOEXEC, "bash", str(mounted), *load]
        said = say(command, {"HAZMAT_CORE": str(mounted / CORE.name)})
        expect(f"{language}: a core on noexec", said, "its file system is mounted noexec, so put it elsewhere")
        row(1, f"{language}: the core is in a file system that is mounted noexec")
        if language != "C":
            said = say(command, {"HAZMAT_LIBRARY": str(mounted / FRONT.name)})
            expect(f"{language}: a front on noexec", said, "hazmat: cannot load", "mounted noexec")
            row(1, f"{language}: the front is in a file system that is mounted noexec")


def no_room_for_copies() -> None:
    """A forked child that may neither have a memory file nor a temporary file that it can load."""
    for language, load in LOAD.items():
        said = say([*NAMESPACE, ELSEWHERE, "bash", REFUSE, "memfd", "--", *load, "fork"])
        words = ("memfd_create", "a temporary file: Permission denied", "TMPDIR", "not mounted noexec")
        expect(f"{language}: no copy", said, "cannot make the copy of its core that a forked process needs", *words)
        row(1, f"{language}: a forked child has no memory file, and all temporary folders are mounted noexec")


def musl(folder: Path) -> None:
    """A C program under musl; Python and Ruby under what they take for musl, which are not to be had."""
    said = say([str(BUILT / "load-musl")])
    expect("C: musl", said, "hazmat: cannot load its core", "not glibc", "run the program on a system with glibc")
    row(1, "C: the program, and the front, are linked to musl")
    mapped = folder / "ld-musl-x86_64.so.1"
    shutil.copy(ROOT / BUILT / "libscan.so", mapped)
    broken = folder / "front.so"
    broken.write_bytes(no_library(b""))
    open_it = {
        "Python": f"import ctypes, runpy; ctypes.CDLL({str(mapped)!r}); runpy.run_path('tests/languages/load.py')",
        "Ruby": f"require 'ffi'; KEPT = FFI::DynamicLibrary.open({str(mapped)!r}, 1); load 'tests/languages/load.rb'",
    }
    for language, code in open_it.items():
        said = say([LOAD[language][0], "-c" if language == "Python" else "-e", code], {"HAZMAT_LIBRARY": str(broken)})
        words = ("this system's C library is musl", "run the program on a system with glibc")
        expect(f"{language}: musl", said, "hazmat: cannot load", *words)
        row(1, f"{language}: musl is loaded in the process, and the front is not for it")


def main(rounds: int) -> int:
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="hazmat-loading-") as name:
            folder = Path(name)
            core_faults(folder)
            front_faults(folder)
            noexec(folder)
            no_room_for_copies()
            musl(folder)
    return passed()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
