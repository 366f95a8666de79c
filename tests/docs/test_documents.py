"""Runs the code in the documents, and follows their links. blocks.py has the rules."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from blocks import DOCUMENTS, PROGRAMS, ROOT, Block, blocks_of, links_of

LIBRARY = ROOT / "build/lib"
BLOCKS = [block for path in DOCUMENTS for block in blocks_of(path)]
COMPILE = ["gcc", "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", f"-I{ROOT}/include"]
LINK = [f"-L{LIBRARY}", "-lhazmat", f"-Wl,-rpath,{LIBRARY}"]


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command that must succeed and say nothing on stderr; return what it prints."""
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{done.stdout}{done.stderr}"
    return done.stdout


def run_c(code: str, folder: Path) -> str:
    source = folder / "example.c"
    if not re.search(r"\bmain\(", code):
        source.write_text(f"#include <hazmat.h>\n{code}")
        return run(*COMPILE, "-fsyntax-only", source, folder=folder)
    source.write_text(code)
    run(*COMPILE, source, *LINK, "-o", "example", folder=folder)
    return run(folder / "example", folder=folder)


def run_python(code: str, folder: Path) -> str:
    (folder / "example.py").write_text(code)
    return run(sys.executable, "-Werror", "example.py", folder=folder, PYTHONPATH=str(ROOT / "bindings/python/src"))


def run_ruby(code: str, folder: Path) -> str:
    (folder / "example.rb").write_text(code)
    return run("ruby", "-I", ROOT / "bindings/ruby/lib", "example.rb", folder=folder)


def run_sh(code: str, folder: Path) -> str:
    lines = code.splitlines(keepends=True)
    for line in lines:
        if line.startswith("make"):
            run(*shlex.split(line, comments=True), "--dry-run", folder=ROOT, MAKEFLAGS="")
    (folder / "example.sh").write_text("".join(line for line in lines if not line.startswith("make")))
    return run("bash", "-eu", folder / "example.sh", folder=ROOT)


RUN = {"c": run_c, "python": run_python, "ruby": run_ruby, "sh": run_sh}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.place}-{block.word}")
def test_block(block: Block, tmp_path: Path) -> None:
    printed = RUN[block.word](block.code, tmp_path)
    for output in block.outputs:
        assert printed == output


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links(path: Path) -> None:
    missing = [target for target in links_of(path) if not (path.parent / target).exists()]
    assert missing == []


def test_the_readme_has_a_program_of_each_language() -> None:
    words = [block.word for block in blocks_of(ROOT / "README.md") if block.outputs]
    assert sorted(words) == sorted(PROGRAMS)
