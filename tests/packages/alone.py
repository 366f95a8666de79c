"""Runs programs where neither this source tree, nor Go, nor a compiler is to be found."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(__file__).with_name("programs")

# An empty folder over each of those named before "--".
HIDE = """
while [ "$1" != -- ]; do mount -t tmpfs none "$1" || exit; shift; done
shift
exec "$@"
"""


def hidden() -> list[str]:
    """Return the folders that the programs find empty."""
    done = subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, timeout=60, check=True)
    return [str(ROOT), done.stdout.strip()]


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command that must succeed and say nothing on stderr, with no other environment; return what it prints."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def run_alone(program: Path, *arguments: str | Path, folder: Path, **environment: str) -> str:
    """Run a program likewise, where the hidden folders are empty and its own is all that is on the path.

    That takes a mount namespace of its own, which root may have, and others where the
    system lets them have a user namespace.
    """
    assert ROOT not in folder.parents, f"{folder} would be hidden with {ROOT}"
    command = ["/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c", HIDE, "hide", *hidden(), "--"]
    alone = ["/usr/bin/env", f"PATH={program.parent}", program, *arguments]
    return run(*command, *alone, folder=folder, PATH="/usr/bin:/bin", **environment)
