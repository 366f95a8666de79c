"""What all tests share."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import hazmat
from hazmat.backends import Backend, default_backend
from hazmat.primitives import _backend


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    """Every test must leave as many live handles as it found."""
    _backend.default()  # which stays open
    gc.collect()
    before = hazmat.live_handles()
    yield
    gc.collect()
    assert hazmat.live_handles() == before


@pytest.fixture
def backend(no_leaks: None) -> Iterator[Backend]:
    with default_backend() as opened:
        yield opened
