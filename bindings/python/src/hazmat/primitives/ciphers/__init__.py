"""Symmetric ciphers, their modes of operation, and the contexts that encrypt and decrypt."""

from .._cipheralgorithm import BlockCipherAlgorithm, CipherAlgorithm
from .base import (
    AEADCipherContext,
    AEADDecryptionContext,
    AEADEncryptionContext,
    Cipher,
    CipherContext,
)

__all__ = [
    "AEADCipherContext",
    "AEADDecryptionContext",
    "AEADEncryptionContext",
    "BlockCipherAlgorithm",
    "Cipher",
    "CipherAlgorithm",
    "CipherContext",
]
