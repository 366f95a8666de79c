"""What short messages need, straight from the functions of the library.

The classes of handles take any buffer, and these only ``bytes``, whose views cost
more than what is done with few of them.
"""

from __future__ import annotations

import ctypes
from typing import Any

from .._abi import prototypes as _c
from .._abi import structs
from .._abi.library import library as _lib
from ..algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from ..backends import AEAD, Backend, CipherContext


def digest(backend: Backend, algorithm: HashAlgorithm, data: bytes, size: int) -> bytes:
    """Return the digest of a message; it has ``size`` bytes."""
    return _lib.octets(_c.hash, size, 0, backend._address(), algorithm, data, len(data))


def output(backend: Backend, algorithm: HashAlgorithm, data: bytes, size: int) -> bytes:
    """Return the first ``size`` bytes of what an extendable-output function makes of a message."""
    context = _lib.pointer(_c.create_hash_ctx, backend._address(), algorithm)
    try:
        _lib.call(_c.hash_context_update, context, data, len(data))
        return _lib.filled(_c.hash_context_squeeze, size, context)
    finally:
        _c.hash_context_free(context)


def mac(backend: Backend, algorithm: HashAlgorithm, key: bytes, data: bytes, size: int) -> bytes:
    """Return the HMAC of a message; it has ``size`` bytes."""
    return _lib.octets(_c.hmac, size, 0, backend._address(), key, len(key), algorithm, data, len(data))


def _of_bytes(structure: Any) -> Any:
    """Return the structure with ``bytes`` where it has pointers, which are cheaper to set."""
    fields = [(name, ctypes.c_char_p if kind is ctypes.c_void_p else kind) for name, kind in structure._fields_]
    return type(structure.__name__, (ctypes.Structure,), {"_fields_": fields})


_Cipher = _of_bytes(structs._Cipher)
_Mode = _of_bytes(structs._Mode)
_CIPHER_SIZE = ctypes.sizeof(_Cipher)
_MODE_SIZE = ctypes.sizeof(_Mode)


def cipher(algorithm: CipherAlgorithm, key: bytes, nonce: bytes) -> Any:
    """Return the parameter of ``encryption`` and ``decryption`` that ``backends.Cipher`` stands for."""
    return ctypes.byref(_Cipher(_CIPHER_SIZE, algorithm, key, len(key), nonce, len(nonce)))


def mode(code: CipherMode, vector: bytes, tag: bytes, min_tag_length: int) -> Any:
    """Return the parameter of ``encryption`` and ``decryption`` that ``backends.Mode`` stands for."""
    return ctypes.byref(_Mode(_MODE_SIZE, code, vector, len(vector), tag, len(tag), min_tag_length))


def encryption(backend: Backend, cipher: Any, mode: Any) -> CipherContext:
    """Do what the backend's ``create_symmetric_encryption_ctx`` does."""
    address = _lib.pointer(_c.create_symmetric_encryption_ctx, backend._address(), cipher, mode)
    return CipherContext._wrap(address)


def decryption(backend: Backend, cipher: Any, mode: Any) -> CipherContext:
    """Do what the backend's ``create_symmetric_decryption_ctx`` does."""
    address = _lib.pointer(_c.create_symmetric_decryption_ctx, backend._address(), cipher, mode)
    return CipherContext._wrap(address)


def update(context: CipherContext, data: bytes, more: int) -> bytes:
    """Return what comes of a part of a message: at most ``more`` bytes more than it has."""
    size = len(data)
    return _lib.octets(_c.cipher_context_update, size, more, context._address(), data, size)


def sealed(aead: AEAD, nonce: bytes, plaintext: bytes, additional_data: bytes, tag_length: int) -> bytes:
    """Return the ciphertext of a message, with its tag."""
    size = len(plaintext)
    return _lib.octets(
        _c.aead_seal,
        size,
        tag_length,
        aead._address(),
        nonce,
        len(nonce),
        plaintext,
        size,
        additional_data,
        len(additional_data),
    )


def opened(aead: AEAD, nonce: bytes, ciphertext: bytes, additional_data: bytes, size: int) -> bytes:
    """Return the plaintext, of ``size`` bytes, of a message."""
    return _lib.octets(
        _c.aead_open,
        size,
        0,
        aead._address(),
        nonce,
        len(nonce),
        ciphertext,
        len(ciphertext),
        additional_data,
        len(additional_data),
    )
