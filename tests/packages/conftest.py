"""The packages that make wheel and make gem built."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from alone import ROOT

# What finds the code in README.md.
sys.path.insert(0, str(ROOT / "tests/docs"))


def only(pattern: str) -> Path:
    found = list(ROOT.glob(f"build/dist/{pattern}"))
    assert len(found) == 1, f"build/dist/{pattern}: {found}; run make wheel gem"
    return found[0]


@pytest.fixture(scope="session")
def wheel() -> Path:
    return only("*.whl")


@pytest.fixture(scope="session")
def gem() -> Path:
    return only("*.gem")
