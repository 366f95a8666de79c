"""The answers that any process must get, and how it tells of them."""

from __future__ import annotations

import os
import time

import hazmat
from hazmat import exceptions
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode, default_backend


def say(word: str, value: object = "") -> None:
    os.write(1, f"child {os.getpid()} {word} {value}\n".encode())


def say_first(started: int) -> None:
    say("first", (time.monotonic_ns() - started) // 1000)


def must(right: bool, at: str) -> None:
    if not right:
        raise AssertionError(at)


KEY = bytes.fromhex("feffe9928665731c6d6a8f9467308308")
NONCE = bytes.fromhex("cafebabefacedbaddecaf888")
AAD = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
PLAINTEXT = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
CIPHERTEXT = bytes.fromhex(
    "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
    "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
)
TAG = bytes.fromhex("5bc94fbc3221a5db94fae95ae7121a47")

# FIPS 180-4's examples: "abc", and a million times "a".
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
# GB/T 32905-2016, example 1: "abc". It comes from libcrypto, as Go has no SM3.
SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
# RFC 4231, test case 2.
JEFE = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def check_hash(backend: Backend, data: bytes, want: str, algorithm: HashAlgorithm = HashAlgorithm.SHA256) -> None:
    with backend.create_hash_ctx(algorithm) as context:
        context.update(data)
        must(context.finalize().hex() == want, algorithm.name)


def check_hmac(backend: Backend) -> None:
    with backend.create_hmac_ctx(b"Jefe", HashAlgorithm.SHA256) as context:
        context.update(b"what do ya want for nothing?")
        must(context.finalize().hex() == JEFE, "HMAC")


def check_gcm(backend: Backend) -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 4."""
    cipher = Cipher(algorithm=CipherAlgorithm.AES, key=KEY)
    with backend.create_symmetric_encryption_ctx(cipher, Mode(mode=CipherMode.GCM, iv=NONCE)) as context:
        context.authenticate_additional_data(AAD)
        must(context.update(PLAINTEXT) + context.finalize() == CIPHERTEXT, "GCM's ciphertext")
        must(context.tag() == TAG, "GCM's tag")
    with backend.create_symmetric_decryption_ctx(cipher, Mode(mode=CipherMode.GCM, iv=NONCE, tag=TAG)) as context:
        context.authenticate_additional_data(AAD)
        must(context.update(CIPHERTEXT) + context.finalize() == PLAINTEXT, "GCM's plaintext")


def make_garbage(backend: Backend) -> None:
    """Have Go's collector run several times, with GOGC=1."""
    cipher, mode = Cipher(algorithm=CipherAlgorithm.AES, key=KEY), Mode(mode=CipherMode.GCM, iv=NONCE)
    for _ in range(800):
        backend.create_symmetric_encryption_ctx(cipher, mode).close()


def check_answers(backend: Backend | None, started: int) -> None:
    """Check them with a backend, or the default one. ``started`` is when the process was forked."""
    say("step", "the first call")
    backend = backend or default_backend()
    check_hash(backend, b"abc", ABC)
    say_first(started)
    say("step", "hashing")
    check_hash(backend, b"a" * 1000000, MILLION)
    say("step", "HMAC")
    check_hmac(backend)
    say("step", "GCM")
    check_gcm(backend)
    say("step", "libcrypto")
    check_hash(backend, b"abc", SM3_ABC, HashAlgorithm.SM3)
    say("step", "random bytes")
    say("random", hazmat.random_bytes(32).hex())
    say("step", "garbage")
    make_garbage(backend)
    check_hash(backend, b"abc", ABC)


def check_refusal(started: int) -> None:
    """See that where no copy of the core can be made the library says so."""
    say("step", "the first call")
    for _ in range(2):
        try:
            default_backend()
        except exceptions.Load as error:
            must("memfd_create" in str(error) and "TMPDIR" in str(error), str(error))
        else:
            raise AssertionError("a call that must raise Load")
    say_first(started)
