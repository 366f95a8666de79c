"""A backend over hashlib and hmac of Python's standard library, as thin as one can be."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from hazmat.algorithms import HashAlgorithm, hash_algorithm_digest_size
from hazmat.backends import Interface

NAMES = {
    HashAlgorithm.MD5: "md5",
    HashAlgorithm.SHA1: "sha1",
    HashAlgorithm.SHA224: "sha224",
    HashAlgorithm.SHA256: "sha256",
    HashAlgorithm.SHA384: "sha384",
    HashAlgorithm.SHA512: "sha512",
    HashAlgorithm.SHA512_224: "sha512_224",
    HashAlgorithm.SHA512_256: "sha512_256",
    HashAlgorithm.SHA3_224: "sha3_224",
    HashAlgorithm.SHA3_256: "sha3_256",
    HashAlgorithm.SHA3_384: "sha3_384",
    HashAlgorithm.SHA3_512: "sha3_512",
    HashAlgorithm.SHAKE128: "shake_128",
    HashAlgorithm.SHAKE256: "shake_256",
    HashAlgorithm.BLAKE2B: "blake2b",
    HashAlgorithm.BLAKE2S: "blake2s",
    HashAlgorithm.RIPEMD160: "ripemd160",
    HashAlgorithm.WHIRLPOOL: "whirlpool",
    HashAlgorithm.SM3: "sm3",
}
XOFS = (HashAlgorithm.SHAKE128, HashAlgorithm.SHAKE256)


class Digest:
    """A hash function or an HMAC at work."""

    def __init__(self, algorithm: HashAlgorithm, state: Any) -> None:
        self._algorithm = algorithm
        self._state = state

    def algorithm(self) -> HashAlgorithm:
        return self._algorithm

    def update(self, data: bytes) -> None:
        self._state.update(data)

    def finalize(self) -> bytes:
        digest: bytes = self._state.digest()
        return digest

    def copy(self) -> Digest:
        return type(self)(self._algorithm, self._state.copy())


class MAC(Digest):
    """An HMAC at work."""

    def verify(self, signature: bytes) -> None:
        raise AssertionError("the library compares signatures")

    def copy(self) -> MAC:
        return MAC(self._algorithm, self._state.copy())


class XOF(Digest):
    """An extendable-output function at work. hashlib gives the output's beginning only."""

    _given = 0

    def finalize(self) -> bytes:
        return self.squeeze(hash_algorithm_digest_size(self._algorithm))

    def squeeze(self, length: int) -> bytes:
        output: bytes = self._state.digest(self._given + length)[self._given :]
        self._given += length
        return output

    def copy(self) -> XOF:
        duplicate = XOF(self._algorithm, self._state.copy())
        duplicate._given = self._given
        return duplicate


class HashlibBackend:
    """The backend."""

    def __init__(self, name: str = "py-hashlib") -> None:
        self._name = name

    def name(self) -> str:
        return self._name

    def description(self) -> str:
        return "Python's hashlib"

    def provides(self, which: Interface) -> bool:
        return which in (Interface.HASH, Interface.HMAC)

    def hash_supported(self, algorithm: HashAlgorithm) -> bool:
        return NAMES.get(algorithm) in hashlib.algorithms_available

    def create_hash_ctx(self, algorithm: HashAlgorithm) -> Digest:
        kind = XOF if algorithm in XOFS else Digest
        return kind(algorithm, hashlib.new(NAMES[algorithm]))

    def hmac_supported(self, algorithm: HashAlgorithm) -> bool:
        return algorithm not in XOFS and self.hash_supported(algorithm)

    def create_hmac_ctx(self, key: bytes, algorithm: HashAlgorithm) -> MAC:
        return MAC(algorithm, hmac.new(key, digestmod=NAMES[algorithm]))
