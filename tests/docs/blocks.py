"""Finds the code blocks of the documents.

What a block's first line (```WORD) says of it:

- c: a program is compiled with warnings as errors and run; what has no main() is
  only compiled, behind an #include of hazmat.h.
- python, ruby: a program, which is run with the binding of the tree.
- sh: run by bash in the top folder. Lines that begin with make are not run, as
  the tests would run within themselves; their targets must exist.
- text output: what each c, python or ruby block since the last such block prints.
- text, go, or nothing: left alone.

A word that is not listed is an error, so that no block is left alone by mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "examples/*.md", "bindings/*/*.md", "testdata/**/*.md")
    for path in ROOT.glob(pattern)
)
PROGRAMS = ("c", "python", "ruby")
LEFT_ALONE = ("", "text", "go")


@dataclass
class Block:
    """One code block."""

    place: str
    """The document and the line of the first line of code."""
    word: str
    code: str
    outputs: list[str] = field(default_factory=list)
    """What it must print, if the document says that."""


def blocks_of(path: Path) -> list[Block]:
    """Return the blocks of a document that are to be run."""
    found: list[Block] = []
    waiting: list[Block] = []
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^```([^\n`]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        word, code = match[1].strip(), match[2]
        place = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start(2)) + 1}"
        if word == "text output":
            for block in waiting:
                block.outputs.append(code)
            if not waiting:
                raise ValueError(f"{place}: output of no block")
            waiting = []
        elif word in (*PROGRAMS, "sh"):
            found.append(Block(place, word, code))
            if word != "sh":
                waiting.append(found[-1])
        elif word not in LEFT_ALONE:
            raise ValueError(f"{place}: a block of {word!r}, which is not a language listed in {__file__}")
    return found


def links_of(path: Path) -> list[str]:
    """Return the targets of a document's links that are files of the tree."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    return [target for target in targets if "://" not in target]
