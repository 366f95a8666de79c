"""What figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import time
from pathlib import Path

from plan import ROOT


def machine() -> dict[str, str]:
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": output("git", "describe", "--always", "--dirty"),
        "processor": f"{processor()}, {len(os.sched_getaffinity(0))} for this process",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}, {' '.join(platform.libc_ver())}",
        "load_before": f"{os.getloadavg()[0]:.1f}",
        "go": output(os.environ.get("GO", "go"), "version").removeprefix("go version "),
        "compiler": output(os.environ.get("CC", "gcc"), "--version").splitlines()[0],
        "python": platform.python_version(),
        "ruby": output("ruby", "-e", "print RUBY_VERSION"),
    }


def processor() -> str:
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return model[1] if model else platform.machine()


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
