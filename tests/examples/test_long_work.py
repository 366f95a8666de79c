"""What the programs do while they work on a large file: memory, signals, the progress line.

The files are sparse. As a container one is a forgery, which is found out only at
its end, so a decryption of it takes as long as any.
"""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from programs import Program

MEGABYTE = 1_000_000


def make_files(program: Program, size: int) -> None:
    program.succeed("keygen", "key")
    with open(program.folder / "large", "wb") as file:
        file.truncate(size)


def wait_for_output(program: Program, process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has begun to write."""
    while process.poll() is None:
        for name in program.folder.names() - {"key", "large"}:
            if size_of(program.folder / name) > 0:
                return
        time.sleep(0.001)
    raise AssertionError("the program was done before it could be disturbed")


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # it has got its name meanwhile
        return 0


def pause(program: Program, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Stop the program for a while in the middle of its work."""
    wait_for_output(program, process)
    process.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    process.send_signal(signal.SIGCONT)


def peak_memory(program: Program, *arguments: str) -> tuple[int, list[str]]:
    """Run the program; return the most memory that it had at a time in bytes, and its words."""
    with program.start(*arguments) as process:
        assert process.stdout
        words: list[str] = process.stdout.read().decode().split()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * 1024, words


def test_memory_does_not_grow_with_the_file(program: Program) -> None:
    make_files(program, 300 * MEGABYTE)
    encrypt, sums = peak_memory(program, "encrypt", "key", "large", "container")
    decrypt, _ = peak_memory(program, "decrypt", "key", "container", "decrypted")
    check, _ = peak_memory(program, "check", "key", "container", "decrypted", sums[1], sums[3])
    print(f"{program.language}: encrypt {encrypt}, decrypt {decrypt}, check {check} bytes")
    assert max(encrypt, decrypt, check) < 64 * MEGABYTE


@pytest.mark.parametrize(
    ("command", "number"),
    [
        ("encrypt", signal.SIGTERM),
        ("decrypt", signal.SIGTERM),
        ("decrypt", signal.SIGINT),
        ("decrypt", signal.SIGHUP),
    ],
)
def test_a_signal_leaves_no_file(program: Program, command: str, number: signal.Signals) -> None:
    # Long enough to be at work still when the signal comes, on a busy machine too.
    make_files(program, 16000 * MEGABYTE)
    with program.start(command, "key", "large", "out") as process:
        wait_for_output(program, process)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode in (-number, 128 + number)
    assert err == b""
    assert program.folder.names() == {"key", "large"}


def terminal_output(program: Program, seconds: float) -> bytes:
    """Encrypt with a terminal as stderr, and with a pause if it is not 0; return what is shown."""
    controller, terminal = pty.openpty()
    with program.start("encrypt", "key", "large", "out", stderr=terminal) as process:
        if seconds:
            pause(program, process, seconds)
        process.communicate(timeout=60)
    assert process.returncode == 0
    os.write(terminal, b"end")
    os.close(terminal)
    shown = b""
    while not shown.endswith(b"end"):
        shown += os.read(controller, 1 << 16)
    os.close(controller)
    return shown[: -len(b"end")]


def test_progress(program: Program) -> None:
    make_files(program, 300 * MEGABYTE)
    shown = terminal_output(program, 2.1)
    assert re.fullmatch(rb"(\r\x1b\[Kencrypting: \d+ of 300 MB)+\r\x1b\[K", shown)


def test_no_progress_of_quick_work(program: Program) -> None:
    make_files(program, 30 * MEGABYTE)
    assert terminal_output(program, 0) == b""


def test_no_progress_where_nobody_looks(program: Program) -> None:
    make_files(program, 300 * MEGABYTE)
    with program.start("encrypt", "key", "large", "out") as process:
        pause(program, process, 2.1)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
