"""What a type checker must find nothing wrong with."""

import hazmat
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import default_backend
from hazmat.primitives import hashes
from hazmat.primitives.ciphers import Cipher, algorithms, modes


def digest(data: bytes) -> bytes:
    context = hashes.Hash(hashes.SHA256())
    context.update(data)
    return context.finalize()


def encrypt(key: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CTR(hazmat.random_bytes(16))).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def size() -> int:
    with default_backend().create_hash_ctx(HashAlgorithm.SHA256) as context:
        return len(context.finalize())
