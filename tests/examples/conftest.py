"""What the tests are given."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from programs import LANGUAGES, Folder, Program


@pytest.fixture
def folder() -> Iterator[Folder]:
    """An empty folder, which is gone after the test: pytest's own would stay, with large files in it."""
    with tempfile.TemporaryDirectory(prefix="hazmat-test-") as path:
        yield Folder(Path(path))


@pytest.fixture(params=LANGUAGES)
def program(request: pytest.FixtureRequest, folder: Folder) -> Program:
    """The program of each language in turn."""
    return Program(request.param, folder)
