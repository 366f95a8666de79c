"""Whole messages, and many of them, in one call."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import pytest

from hazmat import exceptions
from hazmat.algorithms import AEADAlgorithm, CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode, open_backend

MESSAGES = [bytes([number]) * number for number in range(200)]
SHA256 = HashAlgorithm.SHA256


@pytest.fixture(params=["native", "openssl", "native,openssl"])
def each(request: pytest.FixtureRequest, no_leaks: None) -> Iterator[Backend]:
    with open_backend(request.param) as backend:
        yield backend


def test_one(each: Backend) -> None:
    assert each.hash_message(SHA256, b"abc") == hashlib.sha256(b"abc").digest()
    assert each.hmac_message(b"key", SHA256, bytearray(b"abc")) == hmac.digest(b"key", b"abc", "sha256")
    cipher = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16))
    mode = Mode(mode=CipherMode.CBC, iv=bytes(16))
    sealed = each.encrypt_message(cipher, mode, bytes(32))
    assert each.decrypt_message(cipher, mode, sealed) == bytes(32)
    with pytest.raises(exceptions.IncompleteBlock):
        each.encrypt_message(cipher, mode, bytes(31))
    ciphertext = each.seal_message(AEADAlgorithm.AES_GCM, bytes(16), bytes(12), b"text", b"data")
    assert each.open_message(AEADAlgorithm.AES_GCM, bytes(16), bytes(12), ciphertext, b"data") == b"text"
    with pytest.raises(exceptions.InvalidTag):
        each.open_message(AEADAlgorithm.AES_GCM, bytes(16), bytes(12), ciphertext, b"other")


def test_many(each: Backend) -> None:
    digests = [hashlib.sha256(message).digest() for message in MESSAGES]
    for messages in (MESSAGES, tuple(MESSAGES), iter(MESSAGES), [bytearray(message) for message in MESSAGES]):
        assert each.hash_many(SHA256, messages) == b"".join(digests)
    macs = b"".join(hmac.digest(b"key", message, "sha256") for message in MESSAGES)
    assert each.hmac_many(b"key", SHA256, MESSAGES) == macs
    room = bytearray(32 * len(MESSAGES))
    assert each.hash_many_into(SHA256, MESSAGES, room) == len(room)
    assert room == b"".join(digests)
    assert each.hash_many(SHA256, []) == b""


def test_rows(each: Backend) -> None:
    memory = bytes(range(256)) * 10
    rows = memoryview(memory).cast("B", (40, 64))
    expected = b"".join(hashlib.sha256(memory[at : at + 64]).digest() for at in range(0, len(memory), 64))
    assert each.hash_many(SHA256, rows) == expected
    halves = memoryview(memory).cast("B").cast("H", (40, 32))
    assert each.hash_many(SHA256, halves) == expected
    backwards = b"".join(expected[at : at + 32] for at in reversed(range(0, len(expected), 32)))
    assert each.hash_many(SHA256, [memory[at : at + 64] for at in reversed(range(0, len(memory), 64))]) == backwards


def test_batches_of_aead(each: Backend) -> None:
    nonces = [number.to_bytes(12, "big") for number in range(len(MESSAGES))]
    with each.create_aead(AEADAlgorithm.AES_GCM, bytes(32), 0) as aead:
        sealed = aead.seal_many(nonces, MESSAGES, [b"all"])
        assert sealed == b"".join(aead.seal(n, m, b"all") for n, m in zip(nonces, MESSAGES))
        ciphertexts = [aead.seal(n, m, m) for n, m in zip(nonces, MESSAGES)]
        assert aead.open_many(nonces, ciphertexts, MESSAGES) == b"".join(MESSAGES)
        ciphertexts[77] = ciphertexts[78]
        room = bytearray(b"x" * len(sealed))
        with pytest.raises(exceptions.InvalidTag, match="message 77"):
            aead.open_many_into(nonces, ciphertexts, MESSAGES, room)
        size = sum(map(len, ciphertexts)) - 16 * len(MESSAGES)
        assert room == bytes(size) + b"x" * (len(room) - size)
        with pytest.raises(exceptions.InvalidArgument, match="199 nonces for 200 messages"):
            aead.seal_many(nonces[1:], MESSAGES, [])


def test_wrong_lists(backend: Backend) -> None:
    with pytest.raises(TypeError, match="messages must be a list of bytes-like objects, not int"):
        backend.hash_many(SHA256, 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="item 1 of messages must be bytes-like, not str"):
        backend.hash_many(SHA256, [b"", "text"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="messages must be a list of bytes-like objects, not bytes"):
        backend.hash_many(SHA256, b"text")
    with pytest.raises(BufferError, match="item 0 of messages must be a contiguous buffer"):
        backend.hash_many(SHA256, [memoryview(b"text")[::2]])
    with pytest.raises(exceptions.UnsupportedHash):
        backend.hash_many(HashAlgorithm(99), [])
    with pytest.raises(exceptions.BufferTooSmall):
        backend.hash_many_into(SHA256, MESSAGES, bytearray(10))


def test_memory_is_given_back(backend: Backend) -> None:
    memory = [bytearray(100) for _ in range(8)]
    assert backend.hash_many(SHA256, memory) == hashlib.sha256(bytes(100)).digest() * 8
    with pytest.raises(TypeError):
        backend.hash_many(SHA256, [*memory, 5])  # type: ignore[list-item]
    for one in memory:
        one.append(1)
