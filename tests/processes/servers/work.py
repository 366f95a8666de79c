"""What each request asks of the library."""

from __future__ import annotations

import base64
import os
import time

import hazmat
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Mode, default_backend

KEY = bytes(range(32))
MAC_KEY = bytes(range(32, 64))
NONCE_SIZE = 12


def digest(backend: Backend, body: bytes) -> bytes:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(body)
        return context.finalize()


def authenticate(backend: Backend, body: bytes) -> bytes:
    with backend.create_hmac_ctx(MAC_KEY, HashAlgorithm.SHA256) as context:
        context.update(body)
        return context.finalize()


def seal(backend: Backend, body: bytes) -> bytes:
    """Return a nonce, the ciphertext and the tag."""
    nonce = hazmat.random_bytes(NONCE_SIZE)
    mode = Mode(mode=CipherMode.GCM, iv=nonce)
    with backend.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.AES, key=KEY), mode) as context:
        return nonce + context.update(body) + context.finalize() + context.tag()


def unseal(backend: Backend, sealed: bytes) -> bytes:
    mode = Mode(mode=CipherMode.GCM, iv=sealed[:NONCE_SIZE], tag=sealed[-16:])
    with backend.create_symmetric_decryption_ctx(Cipher(algorithm=CipherAlgorithm.AES, key=KEY), mode) as context:
        return context.update(sealed[NONCE_SIZE:-16]) + context.finalize()


def make_garbage(backend: Backend) -> None:
    """Have Go's collector run now and then, as it does in any process that works for long."""
    for _ in range(50):
        seal(backend, b"garbage")


# The master imports this file before it forks, and may do more.
loaded_by = os.getpid()
inherited: Backend | None = None
if os.environ.get("HAZMAT_MASTER") == "used":
    inherited = default_backend()
    digest(inherited, bytes(1 << 20))
    unseal(inherited, seal(inherited, b"before the fork"))

_answered_in = 0


def answer(body: bytes) -> dict[str, object]:
    """Return what the client can check: digests, a sealed body, and whether it opens again."""
    global _answered_in
    started = time.monotonic_ns()
    backend = inherited or default_backend()
    body_digest = digest(backend, body)
    took = (time.monotonic_ns() - started) / 1e6
    first, _answered_in = _answered_in != os.getpid(), os.getpid()
    sealed = seal(backend, body)
    make_garbage(backend)
    return {
        "pid": os.getpid(),
        "loaded_by": loaded_by,
        "master_used_it": inherited is not None,
        "first_ms": took if first else None,
        "sha256": body_digest.hex(),
        "hmac": authenticate(backend, body).hex(),
        "sealed": base64.b64encode(sealed).decode(),
        "opens": unseal(backend, sealed) == body,
    }
