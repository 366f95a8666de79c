"""Signals in Python: storms of them during work, interrupts, deep recursion.

usage: storm.py RUNS SECONDS
       storm.py one KIND SECONDS    one storm, in this process

A storm is a process of its own, for which signals come from the kernel's timers, and from
another process.
"""

from __future__ import annotations

import asyncio
import faulthandler
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Callable

from hazmat.backends import default_backend
from rows import failed, passed, row
from work import wrong

ROOT = Path(__file__).parents[2]
DEADLINE = 60
"""What a storm may take longer than it should, in seconds."""

NUMBERS = (signal.SIGUSR1, signal.SIGALRM, signal.SIGPROF, signal.SIGCHLD)
THREADS = 2

# It ends by itself, and not all signals that could be sent are: handlers would take longer
# than signals to come, and the pipe that asyncio hears of them by would be full.
SENDER = """
import os, sys, time
parent, stop = int(sys.argv[1]), time.monotonic() + float(sys.argv[2])
while os.getppid() == parent and time.monotonic() < stop:
    for number in sys.argv[3:]:
        os.kill(parent, int(number))
    time.sleep(0.0005)
"""

seen: Counter[int] = Counter()


def note(number: int, frame: object = None) -> None:
    seen[number] += 1


def install() -> None:
    for number in NUMBERS:
        signal.signal(number, note)


def start_storm(seconds: float) -> subprocess.Popen[bytes]:
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    numbers = [str(int(number)) for number in (signal.SIGUSR1, signal.SIGCHLD)]
    sender = subprocess.Popen([sys.executable, "-c", SENDER, str(os.getpid()), str(seconds), *numbers])
    # A busy machine may take long to start it.
    end = time.monotonic() + DEADLINE / 2
    while not seen[signal.SIGUSR1] and time.monotonic() < end:
        time.sleep(0.001)
    return sender


def stop_storm(sender: subprocess.Popen[bytes]) -> None:
    sender.kill()
    sender.wait()
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)


def work_until(end: float) -> list[str]:
    with default_backend() as backend:
        while time.monotonic() < end:
            if failures := wrong(backend):
                return failures
    return []


def under_storm(seconds: float) -> list[str]:
    """Work in threads, this one too, while signals come; return what came out wrong."""
    results: list[list[str]] = []
    sender = start_storm(seconds)
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=lambda: results.append(work_until(end))) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    results.append(work_until(end))
    for thread in threads:
        thread.join()
    stop_storm(sender)
    return [failure for result in results for failure in result]


def before(seconds: float) -> list[str]:
    """Handlers that are there before the library's first call."""
    install()
    return under_storm(seconds)


def after(seconds: float) -> list[str]:
    work_until(time.monotonic())
    install()
    return under_storm(seconds)


def with_faulthandler(seconds: float) -> list[str]:
    """faulthandler is enabled, and prints a stack at each USR2, after the first call.

    Not of all threads: CPython reads those of others while they run, and crashes by itself.
    """
    work_until(time.monotonic())
    install()
    with tempfile.TemporaryFile() as file:
        faulthandler.enable(file)
        faulthandler.register(signal.SIGUSR2, file, all_threads=False)
        stop = threading.Event()

        def ask() -> None:
            while not stop.wait(0.002):
                os.kill(os.getpid(), signal.SIGUSR2)

        asker = threading.Thread(target=ask)
        asker.start()
        failures = under_storm(seconds)
        stop.set()
        asker.join()
        return failures if file.tell() else [*failures, "faulthandler wrote nothing"]


def with_asyncio(seconds: float) -> list[str]:
    """asyncio handles the signals, and runs the work in its executor."""

    async def run() -> list[str]:
        loop = asyncio.get_running_loop()
        for number in NUMBERS:
            loop.add_signal_handler(number, note, number)
        sender = await loop.run_in_executor(None, start_storm, seconds)
        end = time.monotonic() + seconds
        works = [loop.run_in_executor(None, work_until, end) for _ in range(THREADS)]
        failures = [failure for work in works for failure in await work]
        stop_storm(sender)
        return failures

    return asyncio.run(run())


def with_gevent(seconds: float) -> list[str]:
    """gevent handles the signals, and its hub runs between pieces of the work."""
    gevent: Any = importlib.import_module("gevent")
    for number in NUMBERS:
        gevent.signal_handler(number, note, number)
    sender = start_storm(seconds)
    end = time.monotonic() + seconds
    failures: list[str] = []
    while time.monotonic() < end and not failures:
        failures += work_until(time.monotonic() + 0.01)
        gevent.sleep(0)
    stop_storm(sender)
    return failures


STORMS: dict[str, Callable[[float], list[str]]] = {
    "with handlers from before the first call": before,
    "with handlers from after it": after,
    "with faulthandler": with_faulthandler,
    "with asyncio": with_asyncio,
    "with gevent": with_gevent,
}


def one(kind: str, seconds: float) -> int:
    """Do one storm here."""
    failures = STORMS[kind](seconds)
    failures += [f"no {number.name} came" for number in NUMBERS if not seen[number]]
    print("; ".join(failures) or f"{sum(seen.values())} signals")
    return 1 if failures else 0


def storm(kind: str, seconds: float) -> None:
    """Do one storm in a process of its own, which must end well."""
    python = str(ROOT / "build/venv/bin/python") if kind == "with gevent" else sys.executable
    code = "import gevent.monkey; gevent.monkey.patch_all()\n" if kind == "with gevent" else ""
    code += f"import sys, storm; sys.exit(storm.one({kind!r}, {seconds}))"
    try:
        done = subprocess.run(
            [python, "-c", code],
            env={**os.environ, "PYTHONPATH": f"{os.environ['PYTHONPATH']}:{Path(__file__).parent}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds + DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return failed(f"{kind}: it hung")
    if done.returncode != 0:
        failed(f"{kind}: ended with {done.returncode}: {done.stdout.decode(errors='replace')[-2000:]}")
    return None


def main(runs: int, seconds: float) -> int:
    for kind in STORMS:
        for _ in range(runs):
            storm(kind, seconds)
        row(runs, f"Python: a storm of USR1, ALRM, PROF and CHLD during GCM, HMAC and hashing, {kind}")
    return passed()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
