"""Runs Python code in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"


def start_script(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code with environment variables; return how it ended."""
    environment = {**os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}", **variables}
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def run_script(code: str, **variables: str) -> str:
    """Run code that must end well and say nothing on standard error; return its output."""
    done = start_script(code, **variables)
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def run_contract(code: str, name: str) -> str:
    """Run code that registers a backend, and hold that one to the contract that the library's own pass.

    Return what is not as it should be.
    """
    core = TESTS.parents[2] / "build/test/libhazmat-core.so"
    return run_script(
        f"""
import ctypes
from hazmat import live_handles, load
from hazmat.backends import register_backend
{code}
load()
contract = ctypes.CDLL({str(core)!r}).hz_core_contract
contract.argtypes = (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_size_t)
contract.restype = ctypes.c_size_t
text = ctypes.create_string_buffer(1 << 16)
print(text[:contract({name!r}.encode(), text, len(text))].decode())
assert live_handles() == 0
from hazmat._abi.library import library
assert library.objects.keys() == {{1}}, library.objects
""",
        HAZMAT_CORE=str(core),
    ).strip()
