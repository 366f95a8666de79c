"""Authenticated encryption with associated data (RFC 5116), a message in one call.

Each class is an algorithm with a key, any buffer; it raises TypeError for what is
no buffer, ValueError for a key of a wrong size, and UnsupportedAlgorithm if the
default backend does not have the algorithm. Any number of threads may use one
object.

Messages and associated data are any contiguous buffers of single bytes, of at
most 2^31 - 1 bytes; more raises OverflowError. Associated data may be None, which
is as if it were empty. Nothing of a message that is not authentic is given out:
buffers that plaintext was to be written to are zeroed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, ClassVar, TypeVar, Union

from ... import algorithms as _codes
from ... import backends as _backends
from ... import random_bytes
from ..._runtime import Buffer
from ...exceptions import InvalidKey, InvalidNonce, InvalidTag, InvalidTagLength, StaleHandle, UnsupportedCipher
from .. import _direct
from .._arguments import readable, unsigned, writable
from .._backend import default
from .._context import Uncopyable

__all__ = ["AESCCM", "AESGCM", "AESGCMSIV", "AESOCB3", "AESSIV", "ChaCha20Poly1305", "XChaCha20Poly1305"]

_MOST = (1 << 31) - 1  # bytes of a message, as with pyca

Result = TypeVar("Result", bytes, int)

_Octets = Union[bytes, memoryview]


class _AEAD(Uncopyable):
    """An algorithm with a key, and the object of the library for both."""

    __slots__ = ("_aead", "_key", "_tag_length")

    _code: ClassVar[_codes.AEADAlgorithm]
    _key_sizes: ClassVar[tuple[int, ...]]
    """The sizes of a key in bytes."""
    _wrong_key: ClassVar[str]
    """What the error of another size says."""

    def __init__(self, key: Buffer) -> None:
        self._start(key, _codes.MAX_TAG_SIZE)

    def _start(self, key: Buffer, tag_length: int) -> None:
        octets = readable(key)
        if len(octets) not in self._key_sizes:
            raise InvalidKey(self._wrong_key)
        self._tag_length = tag_length
        self._aead = self._made(octets)
        # A forked child makes the object again. The owner of another buffer may
        # change or wipe it, so that no copy may stay behind.
        self._key = octets if isinstance(octets, bytes) else None

    def _made(self, key: _Octets) -> _backends.AEAD:
        try:
            return default().create_aead(self._code, key, self._tag_length)
        except UnsupportedCipher as error:
            raise UnsupportedCipher(f"{type(self).__name__} is not supported by this backend") from error

    def _call(self, method: Callable[..., Result], *arguments: object) -> Result:
        """Call a method of the object of the library, which may have to be made again."""
        try:
            return method(self._aead, *arguments)
        except StaleHandle:
            if self._key is None:
                raise
            self._aead = self._made(self._key)
            return method(self._aead, *arguments)

    def _plaintext_size(self, ciphertext: _Octets) -> int:
        """Return how many bytes of plaintext there are in a ciphertext."""
        size = len(ciphertext) - self._tag_length
        if size < 0:
            raise InvalidTag("the message is too short for a tag")
        return size


def _message(data: Buffer) -> _Octets:
    """Return a message, or associated data, that is not too long."""
    octets = readable(data)
    if len(octets) > _MOST:
        raise _too_long()
    return octets


def _too_long() -> OverflowError:
    return OverflowError("Data or associated data too long. Max 2**31 - 1 bytes")


def _exactly(buf: Buffer, size: int) -> memoryview:
    """Return memory to write to, of a size."""
    memory = writable(buf)
    if len(memory) != size:
        raise ValueError(f"buffer must be {size} bytes")
    return memory


def _random_key(bit_length: int, key_sizes: tuple[int, ...]) -> bytes:
    bits = unsigned(bit_length)
    if bits % 8 or bits // 8 not in key_sizes:
        *some, last = (str(size * 8) for size in key_sizes)
        raise ValueError(f"bit_length must be {', '.join(some)}, or {last}")
    return random_bytes(bits // 8)


class _NonceAEAD(_AEAD):
    """An algorithm whose messages have a nonce each."""

    __slots__ = ()

    _nonce_sizes: ClassVar[range]
    _wrong_nonce: ClassVar[str]

    def _given(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None) -> tuple[_Octets, _Octets, _Octets]:
        """Return what a call was given, which is fit for the library but for the size of the message."""
        if associated_data is None:
            associated_data = b""
        if not type(nonce) is type(data) is type(associated_data) is bytes:
            data, associated_data, nonce = readable(data), readable(associated_data), readable(nonce)
        if len(data) > _MOST or len(associated_data) > _MOST:
            raise _too_long()
        if len(nonce) not in self._nonce_sizes:
            raise InvalidNonce(self._wrong_nonce)
        return nonce, data, associated_data

    def _check_fit(self, nonce: _Octets, size: int) -> None:
        """Raise ValueError for a plaintext that is too long for a nonce of its size."""

    def encrypt(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None) -> bytes:
        """Return the ciphertext of ``data`` with its tag behind it, which authenticates
        ``associated_data`` too.

        Raises ValueError for a nonce of a wrong size.
        """
        unique, plaintext, additional = self._given(nonce, data, associated_data)
        self._check_fit(unique, len(plaintext))
        if type(unique) is type(plaintext) is type(additional) is bytes:
            return self._call(_direct.sealed, unique, plaintext, additional, self._tag_length)
        return self._call(_backends.AEAD.seal, unique, plaintext, additional)

    def encrypt_into(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None, buf: Buffer) -> int:
        """Do what ``encrypt`` does, but write to ``buf``; return how many bytes were written.

        ``buf`` is writable and has the size of the result, or else ValueError is
        raised. It may begin where ``data`` begins, but must not overlap it otherwise.
        """
        unique, plaintext, additional = self._given(nonce, data, associated_data)
        self._check_fit(unique, len(plaintext))
        memory = _exactly(buf, len(plaintext) + self._tag_length)
        return self._call(_backends.AEAD.seal_into, unique, plaintext, additional, memory)

    def decrypt(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None) -> bytes:
        """Return the plaintext of what ``encrypt`` returned.

        Raises InvalidTag if it or ``associated_data`` is not authentic, and
        ValueError for a nonce of a wrong size.
        """
        unique, ciphertext, additional = self._given(nonce, data, associated_data)
        size = self._plaintext_size(ciphertext)
        self._check_fit(unique, size)
        if type(unique) is type(ciphertext) is type(additional) is bytes:
            return self._call(_direct.opened, unique, ciphertext, additional, size)
        return self._call(_backends.AEAD.open, unique, ciphertext, additional)

    def decrypt_into(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None, buf: Buffer) -> int:
        """Do what ``decrypt`` does, but write to ``buf``; return how many bytes were written.

        ``buf`` is writable and has the size of the result, or else ValueError is
        raised. It may begin where ``data`` begins, but must not overlap it
        otherwise. It is zeroed if the message is not authentic.
        """
        unique, ciphertext, additional = self._given(nonce, data, associated_data)
        size = self._plaintext_size(ciphertext)
        self._check_fit(unique, size)
        return self._call(_backends.AEAD.open_into, unique, ciphertext, additional, _exactly(buf, size))


class _AESAEAD(_NonceAEAD):
    """An algorithm over AES."""

    __slots__ = ()

    _key_sizes = (16, 24, 32)

    @classmethod
    def generate_key(cls, bit_length: int) -> bytes:
        """Return a random key of 128, 192 or 256 bits; another length raises ValueError."""
        return _random_key(bit_length, cls._key_sizes)


class AESGCM(_AESAEAD):
    """AES-GCM (NIST SP 800-38D): keys of 128, 192 or 256 bits, nonces of 8 to 128 bytes, best of 12.

    A nonce must never be used twice with one key.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.AES_GCM
    _wrong_key = "AESGCM key must be 128, 192, or 256 bits."
    _nonce_sizes = range(8, 129)
    _wrong_nonce = "Nonce must be between 8 and 128 bytes"


class AESCCM(_AESAEAD):
    """AES-CCM (NIST SP 800-38C): keys of 128, 192 or 256 bits, nonces of 7 to 13 bytes.

    The longer the nonce, the shorter a message must be: with n bytes it has fewer
    than 2^(8 * (15 - n)); more raises ValueError. A nonce must never be used twice
    with one key. Tags have ``tag_length`` bytes: 4, 6, 8, 10, 12, 14 or 16, which
    None is too; another length raises ValueError.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.AES_CCM
    _wrong_key = "AESCCM key must be 128, 192, or 256 bits."
    _nonce_sizes = range(7, 14)
    _wrong_nonce = "Nonce must be between 7 and 13 bytes"

    def __init__(self, key: Buffer, tag_length: int | None = 16) -> None:
        size = 16 if tag_length is None else unsigned(tag_length)
        if size not in range(4, 17, 2):
            raise InvalidTagLength("Invalid tag_length")
        self._start(key, size)

    def _check_fit(self, nonce: _Octets, size: int) -> None:
        if size >> 8 * (15 - len(nonce)):
            raise ValueError("Data too long for nonce")


class AESOCB3(_AESAEAD):
    """AES-OCB3 (RFC 7253): keys of 128, 192 or 256 bits, nonces of 12 to 15 bytes.

    A nonce must never be used twice with one key.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.AES_OCB3
    _wrong_key = "AESOCB3 key must be 128, 192, or 256 bits."
    _nonce_sizes = range(12, 16)
    _wrong_nonce = "Nonce must be between 12 and 15 bytes"


class AESGCMSIV(_AESAEAD):
    """AES-GCM-SIV (RFC 8452): keys of 128, 192 or 256 bits, nonces of 12 bytes.

    A nonce that is used twice shows no more than that two messages are equal.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.AES_GCM_SIV
    _wrong_key = "AES-GCM-SIV key must be 128, 192 or 256 bits."
    _nonce_sizes = range(12, 13)
    _wrong_nonce = "Nonce must be 12 bytes long"


class _ChaChaAEAD(_NonceAEAD):
    """An algorithm over ChaCha20."""

    __slots__ = ()

    _key_sizes = (32,)

    @classmethod
    def generate_key(cls) -> bytes:
        """Return a random key of 256 bits."""
        return random_bytes(32)


class ChaCha20Poly1305(_ChaChaAEAD):
    """ChaCha20-Poly1305 (RFC 8439): keys of 256 bits, nonces of 12 bytes.

    A nonce must never be used twice with one key.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.CHACHA20_POLY1305
    _wrong_key = "ChaCha20Poly1305 key must be 32 bytes."
    _nonce_sizes = range(12, 13)
    _wrong_nonce = "Nonce must be 12 bytes"


class XChaCha20Poly1305(_ChaChaAEAD):
    """XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): keys of 256 bits, nonces of 24 bytes.

    A nonce must never be used twice with one key; it is long enough to be chosen
    at random. pyca has no such class.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.XCHACHA20_POLY1305
    _wrong_key = "XChaCha20Poly1305 key must be 32 bytes."
    _nonce_sizes = range(24, 25)
    _wrong_nonce = "Nonce must be 24 bytes"


class AESSIV(_AEAD):
    """AES-SIV (RFC 5297): keys of 256, 384 or 512 bits, which are two keys of AES.

    Associated data is a list, of at most 126 buffers, each of which counts by
    itself; a nonce, if there is one, is its last. Without one, equal messages have
    equal ciphertexts.
    """

    __slots__ = ()

    _code = _codes.AEADAlgorithm.AES_SIV
    _key_sizes = (32, 48, 64)
    _wrong_key = "AESSIV key must be 256, 384, or 512 bits."

    @classmethod
    def generate_key(cls, bit_length: int) -> bytes:
        """Return a random key of 256, 384 or 512 bits; another length raises ValueError."""
        return _random_key(bit_length, cls._key_sizes)

    def encrypt(self, data: Buffer, associated_data: Sequence[Buffer] | None) -> bytes:
        """Return the ciphertext of ``data`` behind its tag, which authenticates ``associated_data`` too.

        Raises ValueError for a message of no bytes or too long a list, and
        TypeError for associated data that is no list.
        """
        plaintext, additional = self._plaintext(data), _list(associated_data)
        return self._call(_backends.AEAD.seal_vector, plaintext, additional)

    def encrypt_into(self, data: Buffer, associated_data: Sequence[Buffer] | None, buf: Buffer) -> int:
        """Do what ``encrypt`` does, but write to ``buf``; return how many bytes were written.

        ``buf`` is writable and has the size of the result, or else ValueError is raised.
        """
        plaintext, additional = self._plaintext(data), _list(associated_data)
        memory = _exactly(buf, len(plaintext) + self._tag_length)
        return self._call(_backends.AEAD.seal_vector_into, plaintext, additional, memory)

    def decrypt(self, data: Buffer, associated_data: Sequence[Buffer] | None) -> bytes:
        """Return the plaintext of what ``encrypt`` returned.

        Raises InvalidTag if it or ``associated_data`` is not authentic.
        """
        ciphertext, additional = _message(data), _list(associated_data)
        self._plaintext_size(ciphertext)
        return self._call(_backends.AEAD.open_vector, ciphertext, additional)

    def decrypt_into(self, data: Buffer, associated_data: Sequence[Buffer] | None, buf: Buffer) -> int:
        """Do what ``decrypt`` does, but write to ``buf``; return how many bytes were written.

        ``buf`` is writable and has the size of the result, or else ValueError is
        raised. It is zeroed if the message is not authentic.
        """
        ciphertext, additional = _message(data), _list(associated_data)
        memory = _exactly(buf, self._plaintext_size(ciphertext))
        return self._call(_backends.AEAD.open_vector_into, ciphertext, additional, memory)

    @staticmethod
    def _plaintext(data: Buffer) -> _Octets:
        octets = _message(data)
        if not len(octets):
            raise ValueError("data must not be zero length")
        return octets


def _list(associated_data: Sequence[Buffer] | None) -> list[_Octets]:
    if associated_data is None:
        return []
    if not isinstance(associated_data, list):
        raise TypeError(f"'{type(associated_data).__name__}' object is not an instance of 'list'")
    return [_message(data) for data in associated_data]
