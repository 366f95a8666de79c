"""The contexts of ciphers."""

from __future__ import annotations

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

# Modes whose update holds back what does not fill a block.
_WHOLE_BLOCKS = frozenset({_codes.CipherMode.CBC, _codes.CipherMode.ECB})


def _vector(mode: Mode) -> Buffer:
    """Return what a mode begins with."""
    if isinstance(mode, ModeWithInitializationVector):
        return mode.initialization_vector
    if isinstance(mode, ModeWithNonce):
        return mode.nonce
    if isinstance(mode, ModeWithTweak):
        return mode.tweak
    return b""


def _opened(
    algorithm: CipherAlgorithm,
    mode: Mode | None,
    backend: _backends.Backend,
    operation: _backends.Operation,
    tag: bytes = b"",
    min_tag_length: int = 0,
) -> _backends.CipherContext:
    """Return a new context of the library."""
    code = algorithm.code
    mode_code = _codes.CipherMode.NONE if mode is None else mode.code
    if code is None or mode_code is None:
        raise _unsupported(algorithm, mode)
    create = backend.create_symmetric_encryption_ctx
    if operation is _backends.Operation.DECRYPT:
        create = backend.create_symmetric_decryption_ctx
    cipher = _backends.Cipher(
        algorithm=code,
        key=readable(algorithm.key),
        nonce=readable(getattr(algorithm, "nonce", b"")),
    )
    try:
        if mode is None:
            return create(cipher, None)
        vector = readable(_vector(mode))
        return create(cipher, _backends.Mode(mode=mode_code, iv=vector, tag=tag, min_tag_length=min_tag_length))
    except UnsupportedCipher as error:
        raise _unsupported(algorithm, mode) from error
    except InvalidKey as error:
        # The sizes have been checked, so all that is left is the rule of XTS.
        if mode_code is _codes.CipherMode.XTS:
            raise InvalidKey("In XTS mode duplicated keys are not allowed") from error
        raise


def _unsupported(algorithm: CipherAlgorithm, mode: Mode | None) -> UnsupportedCipher:
    return UnsupportedCipher(f"cipher {algorithm.name} in {mode.name if mode else None} mode is not supported")


class Context(Uncopyable, CipherContext):
    """A message that is being encrypted or decrypted, and the context of the library for it.

    The latter is None once the message has ended.
    """

    __slots__ = ("_block", "_handle", "_nonce_size")

    def __init__(
        self,
        algorithm: CipherAlgorithm,
        mode: Mode | None,
        backend: _backends.Backend,
        operation: _backends.Operation,
    ) -> None:
        self._begin(_opened(algorithm, mode, backend, operation), algorithm, mode)

    def _begin(self, handle: _backends.CipherContext, algorithm: CipherAlgorithm, mode: Mode | None) -> None:
        self._handle: _backends.CipherContext | None = handle
        # Bytes of a block, where update may return more or fewer than it was given.
        whole = mode is not None and mode.code in _WHOLE_BLOCKS and isinstance(algorithm, BlockCipherAlgorithm)
        self._block = algorithm.block_size // 8 if whole else 1  # type: ignore[attr-defined]
        nonce = mode.nonce if isinstance(mode, ModeWithNonce) else getattr(algorithm, "nonce", None)
        self._nonce_size = None if nonce is None else len(readable(nonce))

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
        try:
            return self._open().update(octets)
        except IncompleteBlock as error:
            raise _short_unit(error) from error

    def update_into(self, data: Buffer, buf: Buffer) -> int:
        """Process bytes and write what comes of them to ``buf``; see ``CipherContext``."""
        octets, memory = readable(data), writable(buf)
        handle = self._open()
        room = len(octets) + self._block - 1
        if len(memory) < room:
            raise ValueError(f"buffer must be at least {room} bytes for this payload")
        try:
            return handle.update_into(octets, memory)
        except IncompleteBlock as error:
            raise _short_unit(error) from error

    def finalize(self) -> bytes:
        """End the message and return what is left of it; see ``CipherContext``."""
        handle = self._open()
        try:
            return handle.finalize()
        except IncompleteBlock as error:
            text = "The length of the provided data is not a multiple of the block length."
            raise IncompleteBlock(text) from error
        finally:
            self._end()

    def reset_nonce(self, nonce: Buffer) -> None:
        """Begin a new message with another nonce; see ``CipherContext``."""
        octets = readable(nonce)
        handle = self._open()
        if self._nonce_size is None:
            raise UnsupportedCipher("This algorithm or mode does not support resetting the nonce.")
        if len(octets) != self._nonce_size:
            raise ValueError(f"Nonce must be {self._nonce_size} bytes long")
        handle.reset_nonce(octets)


def _short_unit(error: IncompleteBlock) -> IncompleteBlock:
    return IncompleteBlock(
        "In XTS mode you must supply at least a full block in the first update call. For AES this is 16 bytes."
    )


class _Authenticated(Context, AEADCipherContext):
    """What the contexts of both directions have."""

    __slots__ = ("_updated",)

    def update(self, data: Buffer) -> bytes:
        """Process bytes and return what comes of them; see ``CipherContext``."""
        self._updated = True
        return super().update(data)

    def update_into(self, data: Buffer, buf: Buffer) -> int:
        """Process bytes and write what comes of them to ``buf``; see ``CipherContext``."""
        self._updated = True
        return super().update_into(data, buf)

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
        self._begin(_opened(algorithm, mode, backend, _backends.Operation.ENCRYPT), algorithm, mode)
        self._updated = False
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
        handle = _opened(algorithm, mode, backend, _backends.Operation.DECRYPT, tag, least)
        self._begin(handle, algorithm, mode)
        self._updated = False

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
