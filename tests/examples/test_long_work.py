"""What the programs do while they work on a large file: memory, signals, the progress line.

The files are sparse. As a container one is a forgery, which is found out only at
its end, so a decryption of it is as long as any.
"""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import time
import unittest
from pathlib import Path

from programs import LANGUAGES, ProgramsTest

MEGABYTE = 1_000_000


class LongWorkTest(ProgramsTest):
    """The tests of one language, which the class made of this one names."""

    language: str

    def setUp(self) -> None:
        super().setUp()
        self.succeed(self.language, "keygen", "key")

    def make_file(self, size: int) -> None:
        with open(self.path("large"), "wb") as file:
            file.truncate(size)

    def wait_for_output(self, process: subprocess.Popen[bytes]) -> Path:
        """Wait until the program has begun to write; return the file that it writes to."""
        while process.poll() is None:
            for name in self.names() - {"key", "large"}:
                path = self.path(name)
                if path.exists() and path.stat().st_size > 0:
                    return path
            time.sleep(0.001)
        raise AssertionError(f"{self.language} was done before it could be disturbed")

    def pause(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Stop the program for a while in the middle of its work."""
        self.wait_for_output(process)
        process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        process.send_signal(signal.SIGCONT)

    def peak_memory(self, *arguments: str) -> tuple[int, list[str]]:
        """Run a program; return the most memory that it had at a time in bytes, and its words."""
        with self.start(self.language, *arguments) as process:
            assert process.stdout
            words: list[str] = process.stdout.read().decode().split()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, arguments)
        return usage.ru_maxrss * 1024, words

    def test_memory_does_not_grow_with_the_file(self) -> None:
        self.make_file(300 * MEGABYTE)
        encrypt, sums = self.peak_memory("encrypt", "key", "large", "container")
        decrypt, _ = self.peak_memory("decrypt", "key", "container", "decrypted")
        check, _ = self.peak_memory("check", "key", "container", "decrypted", sums[1], sums[3])
        self.assertLess(max(encrypt, decrypt, check), 64 * MEGABYTE)

    def test_a_signal_leaves_no_file(self) -> None:
        self.make_file(4000 * MEGABYTE)
        for command in ("encrypt", "decrypt"):
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                with self.subTest(command=command, signal=number.name):
                    with self.start(self.language, command, "key", "large", "out") as process:
                        self.wait_for_output(process)
                        process.send_signal(number)
                        _, err = process.communicate(timeout=60)
                    self.assertIn(process.returncode, (-number, 128 + number))
                    self.assertEqual(err, b"")
                    self.assertEqual(self.names(), {"key", "large"})

    def terminal_output(self, pause: float) -> bytes:
        """Encrypt with a terminal as stderr, and a pause if it is not 0; return what it shows."""
        controller, terminal = pty.openpty()
        with self.start(self.language, "encrypt", "key", "large", "out", stderr=terminal) as process:
            if pause:
                self.pause(process, pause)
            process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        os.write(terminal, b"end")
        os.close(terminal)
        shown = b""
        while not shown.endswith(b"end"):
            shown += os.read(controller, 1 << 16)
        os.close(controller)
        return shown[: -len(b"end")]

    def test_progress(self) -> None:
        self.make_file(300 * MEGABYTE)
        shown = self.terminal_output(pause=2.1)
        self.assertRegex(shown, re.compile(rb"\A(\r\x1b\[Kencrypting: \d+ of 300 MB)+\r\x1b\[K\Z"))

    def test_no_progress_of_quick_work(self) -> None:
        self.make_file(30 * MEGABYTE)
        self.assertEqual(self.terminal_output(pause=0), b"")

    def test_no_progress_where_nobody_looks(self) -> None:
        self.make_file(300 * MEGABYTE)
        with self.start(self.language, "encrypt", "key", "large", "out") as process:
            self.pause(process, 2.1)
            _, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (0, b""))


def load_tests(loader: unittest.TestLoader, _: unittest.TestSuite, __: str | None) -> unittest.TestSuite:
    """Make the tests of each language."""
    classes = [type(language, (LongWorkTest,), {"language": language}) for language in LANGUAGES]
    return unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))
