"""Handles are freed once, whoever does it and whenever."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
from typing import Any

import pytest

import hazmat
from hazmat import exceptions
from hazmat._abi import prototypes
from hazmat._runtime import Handle
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, HashContext, HMACContext, Mode, default_backend
from scripts import run_script


def all_kinds(backend: Backend) -> list[Handle]:
    return [
        default_backend(),
        backend.create_hash_ctx(HashAlgorithm.SHA256),
        backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256),
        backend.create_symmetric_encryption_ctx(
            Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)), Mode(mode=CipherMode.CTR, iv=bytes(16))
        ),
    ]


def test_close(backend: Backend) -> None:
    before = hazmat.live_handles()
    handles = all_kinds(backend)
    assert hazmat.live_handles() == before + len(handles)
    for handle in handles:
        assert "open" in repr(handle)
        handle.close()
        assert "closed" in repr(handle)
        handle.close()
    assert hazmat.live_handles() == before


def test_with(backend: Backend) -> None:
    before = hazmat.live_handles()
    for handle in all_kinds(backend):
        with handle as same:
            assert same is handle
        with pytest.raises(exceptions.InvalidHandle), handle:
            handle._address()
    with pytest.raises(KeyError), default_backend():
        raise KeyError
    assert hazmat.live_handles() == before


def test_garbage(backend: Backend) -> None:
    before = hazmat.live_handles()
    handles: list[Any] = all_kinds(backend)
    handles.append(handles)  # a cycle, which only the collector breaks
    del handles
    gc.collect()
    assert hazmat.live_handles() == before


def test_an_error_keeps_nothing_alive(backend: Backend) -> None:
    def refused() -> None:
        context = backend.create_hash_ctx(HashAlgorithm.SHA256)
        context.finalize()
        context.finalize()

    def raised() -> None:
        context = backend.create_hash_ctx(HashAlgorithm.SHA256)
        context.update("text")  # type: ignore[arg-type]

    before = hazmat.live_handles()
    gc.disable()
    try:
        for call, error in ((refused, exceptions.AlreadyFinalized), (raised, TypeError)):
            try:
                call()
            except error:
                pass
            else:
                raise AssertionError
            # Reference counts alone must do; the collector is off.
            assert hazmat.live_handles() == before
    finally:
        gc.enable()


def test_use_after_close(backend: Backend) -> None:
    context = backend.create_hash_ctx(HashAlgorithm.SHA256)
    context.close()
    for call in (context.finalize, context.copy, context.algorithm, lambda: context.update(b"x")):
        with pytest.raises(exceptions.InvalidHandle, match=r"^this HashContext is closed$") as caught:
            call()
        assert isinstance(caught.value, ValueError)
    closed = default_backend()
    closed.close()
    with pytest.raises(exceptions.InvalidHandle, match=r"^this Backend is closed$"):
        closed.create_hash_ctx(HashAlgorithm.SHA256)


def test_a_context_outlives_its_backend() -> None:
    opened = default_backend()
    context = opened.create_hash_ctx(HashAlgorithm.SHA256)
    opened.close()
    with context:
        context.update(b"abc")
        assert context.finalize().hex().startswith("ba7816bf")


def test_pointers_that_are_no_handle(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        other_kind = HMACContext._borrow(context._address())
        with pytest.raises(exceptions.InvalidHandle, match="hash_context"):
            other_kind.finalize()
        freed = context._address()
    for pointer in (freed, 16, id(backend)):
        with pytest.raises(exceptions.InvalidHandle):
            HashContext._borrow(pointer).update(b"x")
        assert prototypes.hash_context_free(pointer) == exceptions.Status.ERR_INVALID_HANDLE


def test_handles_are_not_made_by_hand() -> None:
    for kind in (Backend, HashContext):
        with pytest.raises(TypeError, match="made by the library"):
            kind()


def test_handles_are_not_copied(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot pickle or copy a HashContext"):
                duplicate(context)


def test_close_in_another_thread(backend: Backend) -> None:
    before = hazmat.live_handles()
    handles = all_kinds(backend)
    threads = [threading.Thread(target=handle.close) for handle in handles for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hazmat.live_handles() == before


def test_a_thousand_in_threads(backend: Backend) -> None:
    before = hazmat.live_handles()

    def work() -> None:
        for _ in range(250):
            context = backend.create_hash_ctx(HashAlgorithm.SHA256)
            context.update(b"abc")
            if context.finalize()[0] % 2:
                context.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert hazmat.live_handles() == before


EXITS = {
    "open handles": "",
    "a cycle": "keep.append(keep)",
    "a module that keeps one": "import sys; sys.keep = keep",
    "a running daemon thread": """
import threading
def run():
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        while True:
            context.update(bytes(1 << 16))
threading.Thread(target=run, daemon=True).start()
""",
    "a registered adapter": """
from hazmat.algorithms import CipherAlgorithm, CipherMode
backend.register_cipher_adapter(CipherAlgorithm(0x80000001), CipherMode.NONE, lambda *all: None)
""",
}


@pytest.mark.parametrize("setup", EXITS.values(), ids=EXITS.keys())
def test_exit_with_live_handles(setup: str) -> None:
    run_script(
        """
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import default_backend
backend = default_backend()
keep = [backend.create_hash_ctx(HashAlgorithm.SHA256) for _ in range(10)]
keep[0].update(b"x")
"""
        + setup
    )
