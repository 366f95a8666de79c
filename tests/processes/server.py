"""A server under test: started, waited for, stopped, and nothing of it left."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 30.0

CRASH = re.compile(
    r"SIG(SEGV|ABRT|BUS|ILL|KILL)|fatal error|panic:|Traceback|core dumped|DAMN !|WorkerLostError|timeout", re.I
)
"""What a server's log says when a worker died, which a later request need not show."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Server:
    """One server, in a session of its own. Its failures are texts in ``failures``."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path) -> None:
        self.failures: list[str] = []
        self._log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                env=environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until(self, ready: Callable[[], bool]) -> bool:
        """Wait until the server is ready; return False if it does not come to that."""
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if self._process.poll() is not None:
                self.failures.append(f"ended at its start with {self._process.returncode}")
                return False
            if time.monotonic() > deadline:
                self.failures.append(f"not ready after {START_SECONDS:.0f} s")
                return False
            time.sleep(0.05)
        return True

    def settle(self, seconds: float) -> None:
        """Wait until its processes have been the same for so long."""
        deadline = time.monotonic() + START_SECONDS
        processes, since = session(self._process.pid).keys(), time.monotonic()
        while time.monotonic() - since < seconds:
            if time.monotonic() > deadline:
                return self.failures.append(f"ends and forks processes for {START_SECONDS:.0f} s, with nothing to do")
            time.sleep(0.05)
            found = session(self._process.pid).keys()
            if found != processes:
                processes, since = found, time.monotonic()

    def stop(self, with_signal: signal.Signals) -> None:
        """End the server as its operator would, and see that it ends well."""
        if self._process.poll() is None:
            self._process.send_signal(with_signal)
            try:
                status = self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.failures.append(f"still there {STOP_SECONDS:.0f} s after {with_signal.name}")
            else:
                if status != 0:
                    self.failures.append(f"ended with {status} after {with_signal.name}")
        left = session(self._process.pid)
        if left:
            self.failures.append(f"left over: {', '.join(left.values())}")
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        text = self._log.read_text(errors="replace")
        self.failures += [f"its log: {line}" for line in text.splitlines() if CRASH.search(line)]
        if self.failures:
            self.failures.append(f"the whole log is {self._log}")


def session(leader: int) -> dict[int, str]:
    """Return the processes of a session by pid, but not those that have ended."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            name, fields = (entry / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue  # it has just gone
        state, _, _, its_leader = fields.split()[:4]
        if int(its_leader) == leader and state != "Z":
            found[int(entry.name)] = f"{name} ({entry.name})"
    return found
