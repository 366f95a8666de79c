"""``Cipher``, and what its contexts are."""

from __future__ import annotations

from typing import Any, Generic, Optional, TypeVar, Union, overload

from .._backend import backend_of
from .._cipheralgorithm import CipherAlgorithm
from . import modes
from ._contexts import Context, Decryption, Encryption
from ._interfaces import AEADCipherContext, AEADDecryptionContext, AEADEncryptionContext, CipherContext

__all__ = ["AEADCipherContext", "AEADDecryptionContext", "AEADEncryptionContext", "Cipher", "CipherContext"]

AnyMode = TypeVar("AnyMode", bound=Optional[modes.Mode], covariant=True)


class Cipher(Generic[AnyMode]):
    """A cipher in a mode of operation, which makes contexts.

    ``mode`` is None for ciphers that take none. ``backend`` is the backend to use
    rather than the default one.

    Raises TypeError for an algorithm or a mode that is none, and what the mode
    raises if the two do not go together.
    """

    def __init__(self, algorithm: CipherAlgorithm, mode: AnyMode, backend: object = None) -> None:
        if not isinstance(algorithm, CipherAlgorithm):
            raise TypeError("Expected interface of CipherAlgorithm.")
        if mode is not None:
            if not isinstance(mode, modes.Mode):
                raise TypeError("Expected interface of Mode.")
            mode.validate_for_algorithm(algorithm)
        self.algorithm = algorithm
        self.mode = mode
        if backend is not None:
            backend_of(backend)  # raises for what is none
        self._backend = backend

    @overload
    def encryptor(self: Cipher[modes.ModeWithAuthenticationTag]) -> AEADEncryptionContext: ...
    @overload
    def encryptor(self: _Unauthenticated) -> CipherContext: ...
    def encryptor(self: Cipher[Any]) -> CipherContext:
        """Return a context that encrypts a message.

        Raises UnsupportedAlgorithm if the backend does not have the cipher in the
        mode, and ValueError if the mode has a tag.
        """
        if isinstance(self.mode, modes.ModeWithAuthenticationTag):
            if self.mode.tag is not None:
                raise ValueError("Authentication tag must be None when encrypting.")
            return Encryption(self.algorithm, self.mode, backend_of(self._backend))
        return Context(self.algorithm, self.mode, backend_of(self._backend), True)

    @overload
    def decryptor(self: Cipher[modes.ModeWithAuthenticationTag]) -> AEADDecryptionContext: ...
    @overload
    def decryptor(self: _Unauthenticated) -> CipherContext: ...
    def decryptor(self: Cipher[Any]) -> CipherContext:
        """Return a context that decrypts a message.

        Raises UnsupportedAlgorithm if the backend does not have the cipher in the mode.
        """
        if isinstance(self.mode, modes.ModeWithAuthenticationTag):
            return Decryption(self.algorithm, self.mode, backend_of(self._backend))
        return Context(self.algorithm, self.mode, backend_of(self._backend), False)


_Unauthenticated = Cipher[
    Union[modes.ModeWithNonce, modes.ModeWithTweak, modes.ECB, modes.ModeWithInitializationVector, None]
]
