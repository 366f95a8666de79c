"""Has real servers, whose masters have the library loaded or used it, answer requests.

Each is started on a port of the loopback interface with several workers, asked, and
stopped; README.md tells what is checked.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import broker
import hazmat.exceptions
import work
from hazmat.backends import default_backend
from report import FOLDER, ROOT, Report, Row
from server import Server, accepts, free_port

ABOUT = """\
Servers that fork their workers, with the application and the library loaded in the master, answer
requests on the loopback interface, eight at a time. Each answer must hold the right SHA-256 and HMAC of
the request's body, and the body sealed by GCM, which is opened there and here. At least two workers must
have answered, and no nonce may come twice. Told to stop, the server must end with status 0, leave no
process and have logged no crash."""

COUNT = 200
CONCURRENCY = 8
ANSWER_SECONDS = 20
ASKING_SECONDS = 60
SIZES = (0, 1, 100, 5_000, 200_000)
APPS = Path(__file__).parent / "servers"
INSTALLED = Path(sys.executable).parent
MASTERS = {"imported": "its master imported the library", "used": "its master used the library"}


@dataclass(frozen=True)
class Kind:
    """A server, how it is started on a port and how it is stopped."""

    name: str
    command: Callable[[int], list[str]]
    stop: signal.Signals = signal.SIGTERM
    settles: float = 0
    """For how many seconds it must have had the same workers before it is stopped."""


def gunicorn(worker: list[str], port: int) -> list[str]:
    return [
        *[str(INSTALLED / "gunicorn"), "--preload", "--workers=3", *worker, "--no-control-socket"],
        *[f"--bind=127.0.0.1:{port}", "app:application"],
    ]


def uwsgi(port: int) -> list[str]:
    # Its workers end soon, which it takes for a fault: it would wait before it forks the next.
    return [
        *["uwsgi", "--plugin=python3", "--master", "--processes=3", "--need-app", "--die-on-term"],
        *["--max-requests=40", "--min-worker-lifetime=0", "--forkbomb-delay=0"],
        *[f"--http-socket=127.0.0.1:{port}", "--module=app"],
    ]


def celery(port: int) -> list[str]:
    return [
        *[str(INSTALLED / "celery"), "--app=tasks", "worker", "--pool=prefork", "--concurrency=3"],
        *["--max-tasks-per-child=20", "--without-gossip", "--without-mingle", "--loglevel=WARNING"],
    ]


HTTP = [
    # Workers that come later are forked too, from a master that has long been at work.
    Kind("gunicorn, sync", functools.partial(gunicorn, ["--worker-class=sync", "--max-requests=40"])),
    Kind("gunicorn, gthread", functools.partial(gunicorn, ["--worker-class=gthread", "--threads=4"])),
    # A worker that it has just forked misses the signal that is to end it.
    Kind("uwsgi", uwsgi, settles=1),
    Kind("puma", lambda port: ["puma", "--config", str(APPS / "puma.rb"), str(APPS / "config.ru")]),
    Kind(
        "unicorn",
        lambda port: ["unicorn", "--config-file", str(APPS / "unicorn.rb"), str(APPS / "config.ru")],
        signal.SIGQUIT,
    ),
]
CELERY = Kind("celery, prefork", celery)


def environment(master: str, folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "HAZMAT_MASTER": master,
        "HAZMAT_LISTEN": f"127.0.0.1:{port}",
        "HAZMAT_CELERY_FOLDER": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "bindings" / "python" / "src"), str(APPS)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "RUBYLIB": str(ROOT / "bindings" / "ruby" / "lib"),
        "TMPDIR": str(folder),
        "GOGC": "1",  # so that the collector runs often
    }


def serve(kind: Kind, master: str) -> Row:
    """Return what came of a server."""
    row = Row(f"{kind.name}: {MASTERS[master]}", COUNT)
    bodies = [random.randbytes(SIZES[number % len(SIZES)]) for number in range(COUNT)]
    with tempfile.TemporaryDirectory(prefix="hazmat-server-") as name:
        folder, port = Path(name), free_port()
        if kind is CELERY:
            send_to_celery(folder, bodies)
        log = FOLDER / "logs" / f"{kind.name.replace(', ', '-')}-{master}.log"
        server = Server(kind.command(port), environment(master, folder, port), folder, log)
        try:
            if kind is CELERY:
                server.wait_until(lambda: len(list(folder.glob("*.answer"))) == COUNT)
                answers = broker.read_answers(folder)
                judge(row, master, [(body, answers.get(number, "no answer")) for number, body in enumerate(bodies)])
            elif server.wait_until(lambda: accepts(port)):
                judge(row, master, list(zip(bodies, ask(port, bodies))))
                server.settle(kind.settles)
        finally:
            server.stop(kind.stop)
    row.failures += server.failures
    return row


def judge(row: Row, master: str, answers: list[tuple[bytes, Any]]) -> None:
    """Check the answers; one that is a text tells why there is none."""
    for body, answer in answers:
        row.failures += wrong(body, answer)
    good = [answer for _, answer in answers if isinstance(answer, dict)]
    row.first = [answer["first_ms"] for answer in good if answer["first_ms"] is not None]
    workers = {answer["pid"] for answer in good}
    row.more["workers"] = len(workers)
    if len(workers) < 2:
        row.failures.append(f"{len(workers)} workers answered, not several")
    if len({answer["loaded_by"] for answer in good} - workers) != 1:
        row.failures.append("the library was not loaded by the master alone")
    if {answer["master_used_it"] for answer in good} != {master == "used"}:
        row.failures.append("the master did not do what it should")
    if len({answer["sealed"][:16] for answer in good}) != len(good):
        row.failures.append("a nonce came twice")


def wrong(body: bytes, answer: Any) -> list[str]:
    if not isinstance(answer, dict):
        return [str(answer)]
    checks = {
        "SHA-256": answer["sha256"] == hashlib.sha256(body).hexdigest(),
        "HMAC": answer["hmac"] == hmac.digest(work.MAC_KEY, body, "sha256").hex(),
        "GCM there": answer["opens"],
        "GCM here": opens_here(answer["sealed"], body),
    }
    texts = [name for name, right in checks.items() if not right]
    return [f"wrong for {len(body)} bytes: {', '.join(texts)}"] if texts else []


def opens_here(sealed: str, body: bytes) -> bool:
    try:
        return work.unseal(default_backend(), base64.b64decode(sealed)) == body
    except hazmat.exceptions.Error:
        return False


def ask(port: int, bodies: list[bytes]) -> list[Any]:
    """Return the answer to each body, or why there is none."""
    deadline = time.monotonic() + ASKING_SECONDS

    def ask_one(body: bytes) -> Any:
        if time.monotonic() > deadline:
            return f"not asked, as {ASKING_SECONDS} s are over"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        try:
            connection.request("POST", "/", body, {"Connection": "close"})
            response = connection.getresponse()
            text = response.read()
            return json.loads(text) if response.status == 200 else f"status {response.status}"
        except (OSError, http.client.HTTPException) as error:
            return f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    with ThreadPoolExecutor(CONCURRENCY) as askers:
        return list(askers.map(ask_one, bodies))


def send_to_celery(folder: Path, bodies: list[bytes]) -> None:
    """Before the server is there: its broker may read a message that is half written."""
    client = broker.connect(folder)
    for number, body in enumerate(bodies):
        client.send_task("answer", [number, base64.b64encode(body).decode()])


def main(only: str = "") -> int:
    """Run the servers that have ``only`` in their names."""
    started = time.monotonic()
    report = Report("servers", ABOUT)
    for kind in [*HTTP, CELERY]:
        for master in MASTERS:
            if only in kind.name:
                report.add(serve(kind, master))
    return report.close(time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
