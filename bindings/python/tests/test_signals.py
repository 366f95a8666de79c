"""Signal handlers: none is installed here, and those of others are made safe."""

from __future__ import annotations

from scripts import run_script

# flags(n) is 0 for a handler without SA_ONSTACK, 1 with it, None for no handler.
FLAGS = """
import ctypes, signal, hazmat
class Action(ctypes.Structure):
    # struct sigaction of glibc on Linux; its mask has 1024 bits
    _fields_ = (
        ("handler", ctypes.c_void_p),
        ("mask", ctypes.c_ulong * (1024 // (8 * ctypes.sizeof(ctypes.c_ulong)))),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    )
SA_ONSTACK = 0x08000000
libc = ctypes.CDLL(None)
def action(number):
    found = Action()
    assert libc.sigaction(int(number), None, ctypes.byref(found)) == 0
    return found
def flags(number):
    found = action(number)
    return None if found.handler in (None, 1) else found.flags & SA_ONSTACK and 1
"""


def test_python_handlers_stay_as_they_are() -> None:
    run_script(
        FLAGS
        + """
def handler(number, frame):
    seen.append(number)
seen = []
for number in (signal.SIGUSR1, signal.SIGALRM, signal.SIGTERM):
    signal.signal(number, handler)
before = {number: signal.getsignal(number) for number in signal.valid_signals()}
hazmat.load()
assert before == {number: signal.getsignal(number) for number in signal.valid_signals()}
assert flags(signal.SIGUSR1) == 1
signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import default_backend
backend = default_backend()
while len(seen) < 20:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(bytes(100000))
signal.setitimer(signal.ITIMER_REAL, 0)
"""
    )


def test_control_c() -> None:
    run_script(
        FLAGS
        + """
import _thread
hazmat.load()
try:
    signal.raise_signal(signal.SIGINT)
    hazmat.random_bytes(1)
    raise AssertionError("no KeyboardInterrupt")
except KeyboardInterrupt:
    pass
assert len(hazmat.random_bytes(8)) == 8
"""
    )


def test_handlers_of_others() -> None:
    run_script(
        FLAGS
        + """
hazmat.load()
handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda number: None)
foreign = Action(handler=ctypes.cast(handler, ctypes.c_void_p).value)
assert libc.sigaction(int(signal.SIGUSR1), ctypes.byref(foreign), None) == 0
assert flags(signal.SIGUSR1) == 0
hazmat.fix_signal_handlers()
assert flags(signal.SIGUSR1) == 1
assert action(signal.SIGUSR1).handler == foreign.handler
"""
    )


def test_gevent() -> None:
    run_script(
        "import gevent, gevent.monkey; gevent.monkey.patch_all()"
        + FLAGS
        + """
import subprocess
hazmat.load()
seen = []
gevent.signal_handler(signal.SIGUSR1, lambda: seen.append(1))
assert flags(signal.SIGUSR1) == 1
assert subprocess.check_output(["echo", "hello"]) == b"hello\\n"
assert flags(signal.SIGCHLD) == 1
signal.raise_signal(signal.SIGUSR1)
gevent.sleep(0.05)
assert seen == [1]
assert len(hazmat.random_bytes(8)) == 8
"""
    )


def test_gevent_imported_later() -> None:
    run_script(
        FLAGS
        + """
hazmat.load()
import gevent
gevent.signal_handler(signal.SIGUSR1, print)
assert flags(signal.SIGUSR1) == 0, "gevent sets the flag by now: the wrapping can go"
hazmat.fix_signal_handlers()
assert flags(signal.SIGUSR1) == 1
"""
    )
