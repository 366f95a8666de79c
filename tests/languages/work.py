"""Work with known answers, for threads and storms of signals."""

from __future__ import annotations

from typing import Callable

from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode

MESSAGE = bytes(range(256)) * 1000
KEY = bytes(range(32))
AES = Cipher(algorithm=CipherAlgorithm.AES, key=KEY)
GCM = Mode(mode=CipherMode.GCM, iv=bytes(range(12)))

# As pyca/cryptography and Ruby's openssl have them.
SHA256 = bytes.fromhex("b57b64b198d5d59ce5a22a9b9f25e72a7d081476d432051aa923f3dbebb90934")
HMAC = bytes.fromhex("dde0e092d46d46bc075a7de999b4207b9e39ed0bba9411e2edfb832a46f9fc2c")
GCM_TAG = bytes.fromhex("a23e50bd16075362b1450c948b0337a2")
GCM_CIPHERTEXT_SHA256 = bytes.fromhex("d09f643323561079dc784568d72b446cb3da5a038c7600ae66b16f74edb56521")


def hashed(backend: Backend) -> bool:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(MESSAGE[:100_000])
        context.update(MESSAGE[100_000:])
        return context.finalize() == SHA256


def authenticated(backend: Backend) -> bool:
    with backend.create_hmac_ctx(KEY, HashAlgorithm.SHA256) as context:
        context.update(MESSAGE)
        return context.finalize() == HMAC


def sealed(backend: Backend) -> bool:
    with backend.create_symmetric_encryption_ctx(AES, GCM) as context:
        context.authenticate_additional_data(b"header")
        ciphertext = context.update(MESSAGE[:1000]) + context.update(MESSAGE[1000:]) + context.finalize()
        tag = context.tag()
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as digest:
        digest.update(ciphertext)
        return tag == GCM_TAG and digest.finalize() == GCM_CIPHERTEXT_SHA256


WORK: dict[str, Callable[[Backend], bool]] = {"SHA-256": hashed, "HMAC": authenticated, "GCM": sealed}


def wrong(backend: Backend) -> list[str]:
    """Do all of it once; return what came out wrong."""
    return [what for what, right in WORK.items() if not right(backend)]
