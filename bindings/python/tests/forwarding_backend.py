"""A backend whose AEADs forward to those of the library: Python's standard library has none."""

from __future__ import annotations

from hazmat.algorithms import AEADAlgorithm
from hazmat.backends import AEAD, Interface, default_backend


class Sealer:
    """An AEAD of the library's behind methods written in Python."""

    def __init__(self, inner: AEAD) -> None:
        self._inner = inner

    def algorithm(self) -> AEADAlgorithm:
        return self._inner.algorithm()

    def tag_length(self) -> int:
        return self._inner.tag_length()

    def seal(self, nonce: bytes, plaintext: bytes, additional_data: bytes) -> bytes:
        return self._inner.seal(nonce, plaintext, additional_data)

    def open(self, nonce: bytes, ciphertext: bytes, additional_data: bytes) -> bytes:
        return self._inner.open(nonce, ciphertext, additional_data)

    def close(self) -> None:
        self._inner.close()


class VectorSealer(Sealer):
    """One that takes lists of additional data."""

    def seal_vector(self, plaintext: bytes, additional_data: list[bytes]) -> bytes:
        return self._inner.seal_vector(plaintext, additional_data)

    def open_vector(self, ciphertext: bytes, additional_data: list[bytes]) -> bytes:
        return self._inner.open_vector(ciphertext, additional_data)


class ForwardingBackend:
    """The backend."""

    def __init__(self, name: str = "py-forwarding") -> None:
        self._name = name

    def name(self) -> str:
        return self._name

    def description(self) -> str:
        return "the default backend, by way of Python"

    def provides(self, which: Interface) -> bool:
        return which is Interface.AEAD

    def aead_supported(self, algorithm: AEADAlgorithm) -> bool:
        with default_backend() as backend:
            return backend.aead_supported(algorithm)

    def create_aead(self, algorithm: AEADAlgorithm, key: bytes, tag_length: int) -> Sealer:
        with default_backend() as backend:
            kind = VectorSealer if algorithm is AEADAlgorithm.AES_SIV else Sealer
            return kind(backend.create_aead(algorithm, key, tag_length))
