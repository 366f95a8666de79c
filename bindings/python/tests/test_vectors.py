"""The shared test vectors, each in one piece, in pieces and in place."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import vectors
from hazmat.algorithms import (
    CipherAlgorithm,
    CipherMode,
    HashAlgorithm,
    aead_algorithms,
    aead_by_name,
    cipher_algorithms,
    cipher_by_name,
    hash_algorithms,
    hash_by_name,
    mode_by_name,
)
from hazmat.backends import AEAD, Backend, Cipher, CipherContext, Mode
from hazmat.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from vectors import Case


def by_file(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", vectors.files(kind), ids=lambda path: path.stem)


def pieces(data: bytes) -> Iterator[bytes]:
    """Cut data into pieces of all kinds of sizes, empty ones among them."""
    start = 0
    for size in itertools.cycle([1, 0, 15, 16, 17, 3, 64, 1000]):
        if start >= len(data):
            return
        yield data[start : start + size]
        start += size


def pair(case: Case) -> tuple[CipherAlgorithm, CipherMode]:
    mode = case.text("mode")
    return cipher_by_name(case.text("cipher")), mode_by_name(mode) if mode else CipherMode.NONE


def parameters(case: Case, tag: bytes = b"") -> tuple[Cipher, Mode | None]:
    algorithm, mode = pair(case)
    cipher = Cipher(algorithm=algorithm, key=case.octets("key"), nonce=case.octets("nonce"))
    if mode is CipherMode.NONE:
        return cipher, None
    return cipher, Mode(mode=mode, iv=case.octets("iv"), tag=tag, min_tag_length=len(tag))


def at_once(context: CipherContext, data: bytes) -> bytes:
    return context.update(data) + context.finalize()


def in_pieces(context: CipherContext, data: bytes) -> bytes:
    return b"".join([context.update(piece) for piece in pieces(data)]) + context.finalize()


def in_place(context: CipherContext, data: bytes) -> bytes:
    memory = bytearray(data)
    written = context.update_into(memory, memory)
    return bytes(memory[:written]) + context.finalize()


# A data unit of XTS is one call, so that it cannot be cut.
WAYS: dict[bool, tuple[Callable[[CipherContext, bytes], bytes], ...]] = {
    False: (at_once, in_pieces, in_place),
    True: (at_once, in_place),
}


def may_be_missing(backend: Backend, case: Case) -> bool:
    """Tell whether the backend may say that it does not support a case."""
    # Keys of up to 80 bits use fewer rounds (RFC 2144, section 2.5), which Go's CAST5 lacks.
    short = pair(case)[0] is CipherAlgorithm.CAST5 and len(case.octets("key")) <= 10
    return short or not backend.cipher_supported(*pair(case))


@by_file("cipher")
def test_cipher(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        cipher, mode = parameters(case)
        try:
            backend.create_symmetric_encryption_ctx(cipher, mode).close()
        except UnsupportedAlgorithm:
            assert may_be_missing(backend, case), case.where
            continue
        plaintext, ciphertext = case.octets("plaintext"), case.octets("ciphertext")
        for way in WAYS[pair(case)[1] is CipherMode.XTS]:
            with backend.create_symmetric_encryption_ctx(cipher, mode) as context:
                assert way(context, plaintext) == ciphertext, case.where
            with backend.create_symmetric_decryption_ctx(cipher, mode) as context:
                assert way(context, ciphertext) == plaintext, case.where


def add_data(context: CipherContext, case: Case) -> None:
    for piece in pieces(case.octets("aad")):
        context.authenticate_additional_data(piece)


@by_file("aead")
def test_aead(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        tag = case.octets("tag")
        if not backend.cipher_supported(*pair(case)):
            with pytest.raises(UnsupportedAlgorithm):
                backend.create_symmetric_decryption_ctx(*parameters(case, tag))
            continue
        plaintext, ciphertext = case.octets("plaintext"), case.octets("ciphertext")
        for way in WAYS[False]:
            if case.text("result") == "valid":
                with backend.create_symmetric_encryption_ctx(*parameters(case)) as context:
                    add_data(context, case)
                    assert way(context, plaintext) == ciphertext, case.where
                    assert context.tag()[: len(tag)] == tag, case.where
            with backend.create_symmetric_decryption_ctx(*parameters(case, tag)) as context:
                add_data(context, case)
                if case.text("result") == "valid":
                    assert way(context, ciphertext) == plaintext, case.where
                else:
                    with pytest.raises(InvalidTag):
                        way(context, ciphertext)


def sealed(aead: AEAD, case: Case) -> bytes:
    if "nonce" in case:
        return aead.seal(case.octets("nonce"), case.octets("plaintext"), case.octets("aad"))
    return aead.seal_vector(case.octets("plaintext"), additional_data(case))


def opened(aead: AEAD, case: Case) -> bytes:
    if "nonce" in case:
        return aead.open(case.octets("nonce"), case.octets("ciphertext"), case.octets("aad"))
    return aead.open_vector(case.octets("ciphertext"), additional_data(case))


def additional_data(case: Case) -> list[bytes]:
    return [case.octets(name) for name in ("aad", "aad2", "aad3") if name in case]


@by_file("sealed")
def test_sealed(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        algorithm = aead_by_name(case.text("algorithm"))
        parameters = algorithm, case.octets("key"), int(case.text("tag-length"))
        if not backend.aead_supported(algorithm):
            with pytest.raises(UnsupportedAlgorithm):
                backend.create_aead(*parameters)
            continue
        with backend.create_aead(*parameters) as aead:
            if case.text("result") == "valid":
                assert sealed(aead, case) == case.octets("ciphertext"), case.where
                assert opened(aead, case) == case.octets("plaintext"), case.where
            else:
                with pytest.raises(InvalidTag):
                    opened(aead, case)


@by_file("hash")
def test_hash(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        algorithm = hash_by_name(case.text("hash"))
        if not backend.hash_supported(algorithm):
            with pytest.raises(UnsupportedAlgorithm):
                backend.create_hash_ctx(algorithm)
            continue
        message = case.octets("message") * int(case.text("repeat") if "repeat" in case else "1")
        for parts in ([message], pieces(message)):
            with backend.create_hash_ctx(algorithm) as context:
                for part in parts:
                    context.update(part)
                assert context.finalize() == case.octets("digest"), case.where


@by_file("xof")
def test_xof(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        algorithm, digest = hash_by_name(case.text("hash")), case.octets("digest")
        if not backend.hash_supported(algorithm):
            with pytest.raises(UnsupportedAlgorithm):
                backend.create_hash_ctx(algorithm)
            continue
        with backend.create_hash_ctx(algorithm) as context:
            context.update(case.octets("message"))
            with context.copy() as other:
                assert other.squeeze(len(digest)) == digest, case.where
            assert b"".join([context.squeeze(len(piece)) for piece in pieces(digest)]) == digest, case.where


@by_file("hmac")
def test_hmac(backend: Backend, path: Path) -> None:
    for case in vectors.cases(path):
        algorithm, key, mac = hash_by_name(case.text("hash")), case.octets("key"), case.octets("mac")
        if not backend.hmac_supported(algorithm):
            with pytest.raises(UnsupportedAlgorithm):
                backend.create_hmac_ctx(key, algorithm)
            continue
        for parts in ([case.octets("message")], pieces(case.octets("message"))):
            with backend.create_hmac_ctx(key, algorithm) as context:
                for part in parts:
                    context.update(part)
                with context.copy() as other:
                    whole = other.finalize()
                assert whole[: len(mac)] == mac, case.where
                with context.copy() as other, pytest.raises(InvalidSignature):
                    other.verify(whole[:-1] + bytes([whole[-1] ^ 1]))
                context.verify(whole)


def test_nothing_supported_lacks_vectors(backend: Backend) -> None:
    counted: Counter[object] = Counter()
    for kind in ("cipher", "aead"):
        counted.update(pair(case) for path in vectors.files(kind) for case in vectors.cases(path))
    for path in vectors.files("sealed"):
        counted.update(aead_by_name(case.text("algorithm")) for case in vectors.cases(path))
    for kind in ("hash", "xof", "hmac"):
        for path in vectors.files(kind):
            counted.update((kind == "hmac", hash_by_name(case.text("hash"))) for case in vectors.cases(path))
    wanted: list[object] = [
        (algorithm, mode)
        for algorithm in cipher_algorithms()
        for mode in CipherMode
        if backend.cipher_supported(algorithm, mode)
    ]
    hashes: list[HashAlgorithm] = hash_algorithms()
    wanted += [(False, algorithm) for algorithm in hashes if backend.hash_supported(algorithm)]
    wanted += [(True, algorithm) for algorithm in hashes if backend.hmac_supported(algorithm)]
    wanted += [algorithm for algorithm in aead_algorithms() if backend.aead_supported(algorithm)]
    assert len(wanted) > 50
    assert [pair for pair in wanted if counted[pair] == 0] == []
