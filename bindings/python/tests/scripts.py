"""Runs Python code in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"


def start_script(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code with environment variables; return how it ended."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **variables}
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
