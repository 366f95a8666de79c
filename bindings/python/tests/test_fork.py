"""Forked children: backends go on, contexts say that they are stale."""

from __future__ import annotations

import pytest

from scripts import run_script

PARENT = """
import hashlib, os
from children import in_child
import hazmat
from hazmat import exceptions
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Cipher, Mode, default_backend

def digest(backend, data):
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(data)
        return context.finalize()

DATA = os.urandom(100000)
WANT = hashlib.sha256(DATA).digest()
"""


def test_a_fresh_library_in_the_child() -> None:
    run_script(
        PARENT
        + """
in_child(lambda: default_backend().name())
def child():
    assert digest(default_backend(), DATA) == WANT
in_child(child)
child()
"""
    )


def test_after_use() -> None:
    run_script(
        PARENT
        + """
backend = default_backend()
assert digest(backend, DATA) == WANT
def child():
    for _ in range(3):
        assert digest(backend, DATA) == WANT
    assert backend.name() == default_backend().name()
    in_child(lambda: digest(backend, DATA) == WANT or 1 / 0)
for _ in range(5):
    in_child(child)
assert digest(backend, DATA) == WANT
"""
    )


def test_contexts_are_stale() -> None:
    run_script(
        PARENT
        + """
backend = default_backend()
contexts = [
    backend.create_hash_ctx(HashAlgorithm.SHA256),
    backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256),
    backend.create_symmetric_encryption_ctx(
        Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)), Mode(mode=CipherMode.CTR, iv=bytes(16))
    ),
]
def child():
    for context in contexts:
        for call in (lambda: context.update(b"x"), context.finalize):
            try:
                call()
            except exceptions.StaleHandle as error:
                assert "fork" in str(error), error
                assert isinstance(error, exceptions.InvalidHandle)
            else:
                raise AssertionError("a stale context was used")
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as fresh:
        fresh.update(DATA)
        assert fresh.finalize() == WANT
    for context in contexts:
        context.close()
        context.close()
in_child(child)
for context in contexts:
    context.update(b"x")
    context.finalize()
"""
    )


def test_a_child_that_ends_by_itself() -> None:
    run_script(
        PARENT
        + """
backend = default_backend()
keep = [backend.create_hash_ctx(HashAlgorithm.SHA256) for _ in range(10)]
pid = os.fork()
if pid:
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
"""
    )


def test_randomness_differs() -> None:
    run_script(
        PARENT
        + """
hazmat.random_bytes(1)
seen = set()
for _ in range(5):
    reader, writer = os.pipe()
    in_child(lambda: os.write(writer, hazmat.random_bytes(16)))
    seen.add(os.read(reader, 16))
assert len(seen) == 5
"""
    )


def test_adapters_survive() -> None:
    run_script(
        PARENT
        + """
backend = default_backend()
code = CipherAlgorithm(0x80000001)
made = []
def adapter(inner, cipher, mode, operation):
    made.append(os.getpid())
    return inner.create_symmetric_encryption_ctx(
        Cipher(algorithm=CipherAlgorithm.AES, key=cipher.key), Mode(mode=CipherMode.CTR, iv=bytes(16))
    )
backend.register_cipher_adapter(code, CipherMode.NONE, adapter)
def child():
    assert backend.cipher_supported(code, CipherMode.NONE)
    with backend.create_symmetric_encryption_ctx(Cipher(algorithm=code, key=bytes(16)), None) as context:
        assert len(context.update(DATA)) == len(DATA)
    assert made == [os.getpid()]
in_child(child)
"""
    )


@pytest.mark.parametrize("used", [False, True])
def test_pool(used: bool) -> None:
    run_script(
        PARENT
        + f"used = {used}"
        + """
import multiprocessing
backend = default_backend() if used else None
if used:
    digest(backend, DATA)
def work(number):
    return digest(backend or default_backend(), DATA) == WANT
with multiprocessing.get_context("fork").Pool(3) as pool:
    assert all(pool.map(work, range(30)))
"""
    )
