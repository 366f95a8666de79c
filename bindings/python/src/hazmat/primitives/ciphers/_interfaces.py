"""What the contexts of ciphers are."""

from __future__ import annotations

import abc

from ..._runtime import Buffer


class CipherContext(metaclass=abc.ABCMeta):
    """A message that is being encrypted or decrypted. One thread may use it at a time."""

    __slots__ = ()

    @abc.abstractmethod
    def update(self, data: Buffer) -> bytes:
        """Process bytes and return what comes of them.

        ``data`` is any contiguous buffer of single bytes. CBC and ECB hold back
        what does not fill a block. XTS takes its message in one update.

        Raises TypeError for what has no bytes, BufferError for a buffer with gaps,
        AlreadyFinalized after the end, and ValueError for more than the algorithm
        can process safely.
        """

    @abc.abstractmethod
    def update_into(self, data: Buffer, buf: Buffer) -> int:
        """Do what ``update`` does, but write to ``buf``; return how many bytes were written.

        ``buf`` is writable, and one byte less than a block longer than ``data``;
        a smaller one raises ValueError. It may be the memory of ``data``, but must
        not overlap it in part.
        """

    @abc.abstractmethod
    def finalize(self) -> bytes:
        """End the message and return what is left of it.

        Raises AlreadyFinalized after the end, and ValueError in CBC and ECB if the
        message does not fill its last block; the message has ended then too.
        """

    @abc.abstractmethod
    def reset_nonce(self, nonce: Buffer) -> None:
        """Begin a new message with the same key and another nonce, in CTR and ChaCha20.

        Raises UnsupportedAlgorithm for others, ValueError for a nonce of another
        size, and AlreadyFinalized after the end.
        """


class AEADCipherContext(CipherContext, metaclass=abc.ABCMeta):
    """A message that is authenticated too."""

    __slots__ = ()

    @abc.abstractmethod
    def authenticate_additional_data(self, data: Buffer) -> None:
        """Add bytes that are authenticated and not encrypted.

        Raises AlreadyUpdated after the first ``update``.
        """


class AEADDecryptionContext(AEADCipherContext, metaclass=abc.ABCMeta):
    """An authenticated message that is being decrypted.

    What ``update`` returns must not be used before the end has been reached.
    """

    __slots__ = ()

    @abc.abstractmethod
    def finalize_with_tag(self, tag: bytes) -> bytes:
        """End a message whose tag was not known before, and return what is left of it.

        Raises InvalidTag if the message is not authentic, which ends it too;
        ValueError for a tag of a wrong size or a second one, and TypeError if it
        is not ``bytes``.
        """


class AEADEncryptionContext(AEADCipherContext, metaclass=abc.ABCMeta):
    """An authenticated message that is being encrypted."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def tag(self) -> bytes:
        """The tag, of 16 bytes. Raises NotYetFinalized before the end."""
