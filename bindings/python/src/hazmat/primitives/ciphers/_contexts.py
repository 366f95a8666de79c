"""The contexts of ciphers."""

from __future__ import annotations

from typing import NamedTuple

from ... import algorithms as _codes
from ... import backends as _backends
from ..._runtime import Buffer
from ...exceptions import (
    AlreadyUpdated,
    IncompleteBlock,
    InvalidKey,
    InvalidTagLength,
    NotYetFinalized,
    UnsupportedCipher,
)
from .. import _direct
from .._arguments import readable, writable
from .._cipheralgorithm import BlockCipherAlgorithm, CipherAlgorithm
from .._context import Uncopyable, finalized
from .._modes import (
    Mode,
    ModeWithAuthenticationTag,
    ModeWithInitializationVector,
    ModeWithNonce,
    ModeWithTweak,
)
from ._interfaces import AEADCipherContext, AEADDecryptionContext, AEADEncryptionContext, CipherContext

_SHORT_BLOCK = "The length of the provided data is not a multiple of the block length."
_SHORT_UNIT = "In XTS mode you must supply at least a full block in the first update call. For AES this is 16 bytes."


class _Shape(NamedTuple):
    """What is the same for all pairs of a class of algorithms and one of modes."""

    cipher: _codes.CipherAlgorithm
    mode: _codes.CipherMode
    vector: str | None
    """The attribute of the mode that its messages begin with."""
    nonce: bool
    """Whether the algorithm has a nonce by itself."""
    resets: bool
    """Whether a message can begin anew with another nonce."""
    whole: bool
    """Whether update holds back what does not fill a block."""


_WHOLE_BLOCKS = (_codes.CipherMode.CBC, _codes.CipherMode.ECB)

_VECTORS = (
    (ModeWithInitializationVector, "initialization_vector"),
    (ModeWithNonce, "nonce"),
    (ModeWithTweak, "tweak"),
)

_shapes: dict[tuple[type, type], _Shape] = {}


def _shape_of(algorithm: CipherAlgorithm, mode: Mode | None) -> _Shape:
    shape = _shapes.get((type(algorithm), type(mode)))
    if shape is None:
        code = _codes.CipherMode.NONE if mode is None else mode.code
        if algorithm.code is None or code is None:
            raise _unsupported(algorithm, mode)
        nonce = hasattr(algorithm, "nonce")
        shape = _shapes[type(algorithm), type(mode)] = _Shape(
            cipher=algorithm.code,
            mode=code,
            vector=next((name for kind, name in _VECTORS if isinstance(mode, kind)), None),
            nonce=nonce,
            resets=nonce or isinstance(mode, ModeWithNonce),
            whole=code in _WHOLE_BLOCKS and isinstance(algorithm, BlockCipherAlgorithm),
        )
    return shape


def _opened(
    shape: _Shape,
    algorithm: CipherAlgorithm,
    mode: Mode | None,
    backend: _backends.Backend,
    encrypts: bool,
    tag: bytes,
    min_tag_length: int,
) -> _backends.CipherContext:
    """Return a new context of the library."""
    key = readable(algorithm.key)
    nonce = readable(getattr(algorithm, "nonce", b"")) if shape.nonce else b""
    vector = b"" if shape.vector is None else readable(getattr(mode, shape.vector))
    try:
        if type(key) is type(nonce) is type(vector) is bytes:
            create = _direct.encryption if encrypts else _direct.decryption
            return create(
                backend,
                _direct.cipher(shape.cipher, key, nonce),
                None if mode is None else _direct.mode(shape.mode, vector, tag, min_tag_length),
            )
        make = backend.create_symmetric_encryption_ctx if encrypts else backend.create_symmetric_decryption_ctx
        return make(
            _backends.Cipher(algorithm=shape.cipher, key=key, nonce=nonce),
            None
            if mode is None
            else _backends.Mode(mode=shape.mode, iv=vector, tag=tag, min_tag_length=min_tag_length),
        )
    except UnsupportedCipher as error:
        raise _unsupported(algorithm, mode) from error
    except InvalidKey as error:
        # The sizes have been checked, so all that is left is the rule of XTS.
        if shape.mode is _codes.CipherMode.XTS:
            raise InvalidKey("In XTS mode duplicated keys are not allowed") from error
        raise


def _unsupported(algorithm: CipherAlgorithm, mode: Mode | None) -> UnsupportedCipher:
    return UnsupportedCipher(f"cipher {algorithm.name} in {mode.name if mode else None} mode is not supported")


class Context(Uncopyable, CipherContext):
    """A message that is being encrypted or decrypted, and the context of the library for it.

    The latter is None once the message has ended.
    """

    __slots__ = ("_block", "_handle", "_nonce_size", "_shape", "_updated")

    def __init__(
        self,
        algorithm: CipherAlgorithm,
        mode: Mode | None,
        backend: _backends.Backend,
        encrypts: bool,
        tag: bytes = b"",
        min_tag_length: int = 0,
    ) -> None:
        shape = self._shape = _shape_of(algorithm, mode)
        self._handle: _backends.CipherContext | None = _opened(
            shape, algorithm, mode, backend, encrypts, tag, min_tag_length
        )
        if shape.resets:
            self._nonce_size = len(readable((algorithm if shape.nonce else mode).nonce))  # type: ignore[union-attr]
        # Bytes of a block, where update may return more or fewer than it was given.
        self._block = algorithm.block_size // 8 if shape.whole else 1  # type: ignore[attr-defined]
        self._updated = False

    def _open(self) -> _backends.CipherContext:
        """Return the library's context; raise AlreadyFinalized after the end."""
        if self._handle is None:
            raise finalized()
        return self._handle

    def _end(self) -> None:
        handle = self._open()
        self._handle = None
        handle.close()

    def update(self, data: Buffer) -> bytes:
        """Process bytes and return what comes of them; see ``CipherContext``."""
        octets = data if type(data) is bytes else readable(data)
        handle = self._open()
        self._updated = True
        try:
            return _direct.update(handle, octets, self._block - 1) if type(octets) is bytes else handle.update(octets)
        except IncompleteBlock as error:
            raise IncompleteBlock(_SHORT_UNIT) from error

    def update_into(self, data: Buffer, buf: Buffer) -> int:
        """Process bytes and write what comes of them to ``buf``; see ``CipherContext``."""
        octets, memory = readable(data), writable(buf)
        handle = self._open()
        self._updated = True
        room = len(octets) + self._block - 1
        if len(memory) < room:
            raise ValueError(f"buffer must be at least {room} bytes for this payload")
        try:
            return handle.update_into(octets, memory)
        except IncompleteBlock as error:
            raise IncompleteBlock(_SHORT_UNIT) from error

    def finalize(self) -> bytes:
        """End the message and return what is left of it; see ``CipherContext``."""
        handle = self._open()
        try:
            return handle.finalize()
        except IncompleteBlock as error:
            raise IncompleteBlock(_SHORT_BLOCK) from error
        finally:
            self._end()

    def reset_nonce(self, nonce: Buffer) -> None:
        """Begin a new message with another nonce; see ``CipherContext``."""
        octets = readable(nonce)
        handle = self._open()
        if not self._shape.resets:
            raise UnsupportedCipher("This algorithm or mode does not support resetting the nonce.")
        if len(octets) != self._nonce_size:
            raise ValueError(f"Nonce must be {self._nonce_size} bytes long")
        handle.reset_nonce(octets)


class _Authenticated(Context, AEADCipherContext):
    """What the contexts of both directions have."""

    __slots__ = ()

    def authenticate_additional_data(self, data: Buffer) -> None:
        """Add bytes that are authenticated and not encrypted; see ``AEADCipherContext``."""
        octets = readable(data)
        handle = self._open()
        if self._updated:
            raise AlreadyUpdated("Update has been called on this context.")
        handle.authenticate_additional_data(octets)


class Encryption(_Authenticated, AEADEncryptionContext):
    """An authenticated message that is being encrypted."""

    __slots__ = ("_tag",)

    def __init__(self, algorithm: CipherAlgorithm, mode: ModeWithAuthenticationTag, backend: _backends.Backend) -> None:
        super().__init__(algorithm, mode, backend, True)
        self._tag: bytes | None = None

    def finalize(self) -> bytes:
        """End the message; see ``CipherContext``."""
        handle = self._open()
        try:
            output = handle.finalize()
            self._tag = handle.tag()
            return output
        finally:
            self._end()

    @property
    def tag(self) -> bytes:
        """The tag; see ``AEADEncryptionContext``."""
        if self._tag is None:
            raise NotYetFinalized("You must finalize encryption before getting the tag.")
        return self._tag


class Decryption(_Authenticated, AEADDecryptionContext):
    """An authenticated message that is being decrypted."""

    __slots__ = ("_min_tag_length", "_tagged")

    def __init__(self, algorithm: CipherAlgorithm, mode: ModeWithAuthenticationTag, backend: _backends.Backend) -> None:
        self._min_tag_length: int = getattr(mode, "_min_tag_length", _codes.MAX_TAG_SIZE)
        self._tagged = mode.tag is not None
        # The library wants a tag now; finalize_with_tag gives it another.
        tag = bytes(_codes.MAX_TAG_SIZE) if mode.tag is None else mode.tag
        least = min(self._min_tag_length, _codes.MAX_TAG_SIZE)
        super().__init__(algorithm, mode, backend, False, tag, least)

    def finalize(self) -> bytes:
        """End the message and return what is left of it; see ``CipherContext``.

        Raises InvalidTag if the message is not authentic, which ends it too, and
        ValueError, without an end, if there is no tag.
        """
        handle = self._open()
        if not self._tagged:
            raise InvalidTagLength("Authentication tag must be provided when decrypting.")
        try:
            return handle.finalize()
        finally:
            self._end()

    def finalize_with_tag(self, tag: bytes) -> bytes:
        """End the message with a tag; see ``AEADDecryptionContext``."""
        if not isinstance(tag, bytes):
            raise TypeError(f"'{type(tag).__name__}' object is not an instance of 'bytes'")
        handle = self._open()
        if self._tagged:
            raise InvalidTagLength("Authentication tag must be provided only once.")
        if len(tag) < self._min_tag_length:
            raise InvalidTagLength(f"Authentication tag must be {self._min_tag_length} bytes or longer.")
        if len(tag) > _codes.MAX_TAG_SIZE:
            raise InvalidTagLength(f"Authentication tag cannot be more than {_codes.MAX_TAG_SIZE} bytes.")
        try:
            return handle.finalize_with_tag(tag)
        finally:
            self._end()
