"""The interfaces of a backend and its contexts, for those that you write yourself.

An object that has the methods of ``HashBackend``, say, is a backend that
``register_backend`` takes; it need not inherit from anything. A type checker
compares its class with the interface.

Bytes that a method is given are copies, which may be kept. Bytes that it returns
may be any contiguous buffer, and are copied. If an object has a method ``close``,
it is called once, last.

What a method raises arrives at the caller: in Python the very exception, in other
languages the status of an exception of ``hazmat.exceptions``, and of any other
``Callback``, with its text. A method that has no way to fail in the library
(``hash_supported``, say) must not raise: what it raises goes to
``sys.unraisablehook``, and the answer is no.
"""

from .._abi.interfaces import (
    AEAD,
    AEADBackend,
    AEADCipherContext,
    Backend,
    CipherBackend,
    CipherContext,
    HashBackend,
    HashContext,
    HMACBackend,
    HMACContext,
    Implementation,
    NonceCipherContext,
    VectorAEAD,
    XOFContext,
)

__all__ = [
    "AEAD",
    "AEADBackend",
    "AEADCipherContext",
    "Backend",
    "CipherBackend",
    "CipherContext",
    "HMACBackend",
    "HMACContext",
    "HashBackend",
    "HashContext",
    "Implementation",
    "NonceCipherContext",
    "VectorAEAD",
    "XOFContext",
]
