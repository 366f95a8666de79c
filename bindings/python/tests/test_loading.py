"""Finding the library, and refusing a wrong one."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pytest

from hazmat import exceptions
from hazmat._abi.library import library
from hazmat._runtime import Errors, Library
from scripts import run_script, start_script

ERRORS = Errors(
    all=(exceptions.Internal,),
    invalid_handle=exceptions.InvalidHandle,
    stale_handle=exceptions.StaleHandle,
    busy=exceptions.Busy,
    buffer_too_small=exceptions.BufferTooSmall,
    callback=exceptions.Callback,
)
FOUND_VERSION = library._cdll.hz_abi_version()
FOUND_HASH = library._runtime("abi_hash", ctypes.c_char_p)().decode()


def load(
    folder: Path,
    name: str = "nosuch",
    prefix: str = "hz",
    abi_version: int = FOUND_VERSION,
    abi_hash: str = FOUND_HASH,
) -> Library:
    return Library(
        name=name,
        soname=f"lib{name}.so.1",
        prefix=prefix,
        abi_version=abi_version,
        abi_hash=abi_hash,
        folder=str(folder),
        errors=ERRORS,
    )


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch) -> str:
    """Have the loader find this library under another name."""
    monkeypatch.setenv("NOSUCH_LIBRARY", library.path)
    return library.path


def test_the_right_library(tmp_path: Path, copy: str) -> None:
    assert load(tmp_path).path == copy
    assert re.fullmatch("[0-9a-f]{16}", FOUND_HASH)


def test_a_wrong_hash_is_refused(tmp_path: Path, copy: str) -> None:
    with pytest.raises(ImportError) as caught:
        load(tmp_path, abi_hash="0123456789abcdef")
    assert caught.value.name == "nosuch"
    for part in (copy, "0123456789abcdef", FOUND_HASH):
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("copy")
def test_a_wrong_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=f"has ABI version {FOUND_VERSION} .* needs version 999"):
        load(tmp_path, abi_version=999)


@pytest.mark.usefixtures("copy")
def test_a_library_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=r"is no nosuch library: .*other_abi_version"):
        load(tmp_path, prefix="other")


def test_no_library_anywhere(tmp_path: Path) -> None:
    with pytest.raises(ImportError) as caught:
        load(tmp_path)
    for part in (str(tmp_path / "libnosuch.so.1"), "NOSUCH_LIBRARY", "build it"):
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_broken_library_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "libnosuch.so.1"
    broken.write_bytes(b"no library")
    with pytest.raises(ImportError, match="the library in this package"):
        load(tmp_path)
    monkeypatch.setenv("NOSUCH_LIBRARY", str(tmp_path / "missing.so"))
    with pytest.raises(ImportError, match=r"missing\.so \(the path that NOSUCH_LIBRARY gives\)"):
        load(tmp_path)


def test_the_variable_is_read_at_import() -> None:
    done = start_script("import hazmat", HAZMAT_LIBRARY="/nowhere/libhazmat.so.1")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(
        "ImportError: hazmat: cannot load /nowhere/libhazmat.so.1 (the path that HAZMAT_LIBRARY gives)"
    )


def test_a_missing_core() -> None:
    run_script(
        """
import hazmat
from hazmat import exceptions
assert hazmat.live_handles() == 0
for _ in range(2):
    for call in (hazmat.load, lambda: hazmat.random_bytes(1)):
        try:
            call()
        except exceptions.Load as error:
            assert "/nowhere/core.so" in str(error), error
        else:
            raise AssertionError("loaded from nowhere")
""",
        HAZMAT_CORE="/nowhere/core.so",
    )


def test_importing_starts_nothing() -> None:
    run_script(
        """
import os
threads = lambda: len(os.listdir("/proc/self/task"))
import hazmat, hazmat.algorithms, hazmat.backends, hazmat.exceptions
hazmat.live_handles()
assert threads() == 1
hazmat.load()
assert threads() > 1
"""
    )
