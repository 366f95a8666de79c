"""``hazmat.primitives.hashes`` and ``hmac``: what pyca's own tests do not show."""

from __future__ import annotations

import copy
import gc
import hashlib
import hmac as stdlib_hmac
import pickle
import sys
from typing import Any

import pytest

from buffers import all_kinds, refuses
from hazmat import exceptions
from hazmat.backends import Backend, open_backend
from hazmat.primitives import hashes
from hazmat.primitives.hashes import Hash, HashAlgorithm, HashContext, XOFHash
from hazmat.primitives.hmac import HMAC
from scripts import run_script

# Sizes on both sides of where a message gets a context of the library.
SIZES = (0, 1, 64, 4095, 4096, 4097, 10_000, 100_000)

FUNCTIONS = {
    algorithm.name: algorithm
    for algorithm in (
        hashes.MD5(),
        hashes.SHA1(),
        hashes.SHA224(),
        hashes.SHA256(),
        hashes.SHA384(),
        hashes.SHA512(),
        hashes.SHA3_224(),
        hashes.SHA3_256(),
        hashes.SHA3_384(),
        hashes.SHA3_512(),
        hashes.BLAKE2b(64),
        hashes.BLAKE2s(32),
    )
}

KEY = b"a key of 24 bytes, of my"


def context(kind: str) -> Any:
    return Hash(hashes.SHA256()) if kind == "Hash" else HMAC(KEY, hashes.SHA256())


both = pytest.mark.parametrize("kind", ["Hash", "HMAC"])


class Named(HashAlgorithm):
    """A function of a program's own, by a name that the library may know."""

    block_size = 64

    def __init__(self, name: str, digest_size: int) -> None:
        self._name = name
        self._size = digest_size

    @property
    def name(self) -> str:
        return self._name

    @property
    def digest_size(self) -> int:
        return self._size


@pytest.mark.parametrize("algorithm", FUNCTIONS.values(), ids=FUNCTIONS)
def test_against_hashlib(algorithm: HashAlgorithm) -> None:
    name = algorithm.name.replace("-", "_")
    for size in SIZES:
        data = bytes(range(256)) * (size // 256 + 1)
        data = data[:size]
        assert Hash.hash(algorithm, data) == hashlib.new(name, data).digest()
        for piece in (1 if size < 5000 else 999, 4096, 5000):
            hashed, authenticated = Hash(algorithm), HMAC(KEY, algorithm)
            for start in range(0, size, piece):
                hashed.update(data[start : start + piece])
                authenticated.update(data[start : start + piece])
            assert hashed.finalize() == hashlib.new(name, data).digest()
            assert authenticated.finalize() == stdlib_hmac.digest(KEY, data, name)


@pytest.mark.parametrize("size", SIZES)
def test_shake(size: int) -> None:
    data = bytes(size)
    want = hashlib.shake_128(data).digest(1000)
    algorithm = hashes.SHAKE128(1000)
    assert Hash.hash(algorithm, data) == want
    xof = XOFHash(algorithm)
    xof.update(data)
    first = xof.squeeze(10)
    other = xof.copy()
    assert first + xof.squeeze(990) == first + other.squeeze(500) + other.squeeze(490) == want
    assert xof.algorithm is other.algorithm is algorithm


@all_kinds
def test_buffers(kind: Any) -> None:
    for data in (bytes(range(6)), bytes(range(250)) * 24):
        given = kind(data)
        hashed = Hash(hashes.SHA256())
        hashed.update(given)
        assert hashed.finalize() == Hash.hash(hashes.SHA256(), given) == hashlib.sha256(data).digest()
        for key in (KEY, given):
            authenticated = HMAC(key, hashes.SHA256())
            authenticated.update(given)
            authenticated.verify(stdlib_hmac.digest(bytes(key), data, "sha256"))


def test_a_buffer_may_change_after_update() -> None:
    for size in (10, 10_000):
        memory = bytearray(size)
        hashed = Hash(hashes.SHA256())
        hashed.update(memory)
        memory[:] = b"\xff" * size
        assert hashed.finalize() == hashlib.sha256(bytes(size)).digest()


def test_a_key_may_change_after_creation() -> None:
    key = bytearray(KEY)
    authenticated = HMAC(key, hashes.SHA256())
    key[:] = bytes(len(key))
    authenticated.verify(stdlib_hmac.digest(KEY, b"", "sha256"))


def test_wrong_types() -> None:
    refuses(Hash(hashes.SHA256()).update)
    refuses(HMAC(KEY, hashes.SHA256()).update)
    refuses(XOFHash(hashes.SHAKE128(1)).update)
    refuses(lambda value: HMAC(value, hashes.SHA256()))
    refuses(lambda value: Hash.hash(hashes.SHA256(), value))
    wrong: Any
    for wrong in (hashes.SHA256, "sha256", None, object()):
        for make in (Hash, lambda it: HMAC(KEY, it), lambda it: Hash.hash(it, b"")):
            with pytest.raises(TypeError, match=r"^Expected instance of hashes\.HashAlgorithm\.$"):
                make(wrong)
        with pytest.raises(TypeError, match=r"^Expected instance of an extendable output function\.$"):
            XOFHash(wrong)
    signature: Any
    for signature in ("text", bytearray(32), None):
        with pytest.raises(TypeError, match="is not an instance of 'bytes'"):
            HMAC(KEY, hashes.SHA256()).verify(signature)


@both
def test_the_end(kind: str) -> None:
    for data in (b"", bytes(5000)):
        ended = context(kind)
        ended.update(data)
        ended.finalize()
        for call in (
            ended.finalize,
            ended.copy,
            lambda it=ended: it.update(b""),
            lambda it=ended: it.update(bytes(9999)),
        ):
            with pytest.raises(exceptions.AlreadyFinalized, match=r"^Context was already finalized\.$"):
                call()


@both
def test_copies_go_their_own_ways(kind: str) -> None:
    for before in (b"", b"a", bytes(5000)):
        for after in (b"", b"b", bytes(5000)):
            one = context(kind)
            one.update(before)
            other = one.copy()
            assert type(other) is type(one)
            assert other.algorithm is one.algorithm
            other.update(after)
            whole = context(kind)
            whole.update(before + after)
            assert other.finalize() == whole.finalize()
            whole = context(kind)
            whole.update(before)
            assert one.finalize() == whole.finalize()


@both
def test_no_other_copies(kind: str) -> None:
    for call in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="cannot pickle"):
            call(context(kind))
        with pytest.raises(TypeError, match="cannot pickle"):
            call(XOFHash(hashes.SHAKE128(1)))


def test_algorithms_can_be_copied_and_compared() -> None:
    for algorithm in (*FUNCTIONS.values(), hashes.SHAKE256(7)):
        for other in (copy.deepcopy(algorithm), pickle.loads(pickle.dumps(algorithm))):
            assert other == algorithm
            assert hash(other) == hash(algorithm)
    assert hashes.SHAKE128(1) != hashes.SHAKE128(2)
    assert len({*FUNCTIONS.values(), *FUNCTIONS.values()}) == len(FUNCTIONS)


def test_interfaces() -> None:
    assert isinstance(Hash(hashes.SHA256()), HashContext)
    assert isinstance(HMAC(b"", hashes.SHA256()), HashContext)
    assert not hasattr(Hash(hashes.SHA256()), "__dict__")


def test_functions_of_a_program() -> None:
    sha256 = Named("sha256", 32)
    assert Hash.hash(sha256, b"abc") == hashlib.sha256(b"abc").digest()
    HMAC(KEY, sha256).verify(stdlib_hmac.digest(KEY, b"", "sha256"))
    assert Hash(sha256).algorithm is sha256
    ripemd160 = Named("ripemd160", 20)
    assert Hash.hash(ripemd160, b"").hex() == "9c1185a5c5e9fc54612808977ee8f548b2258d31"
    for unknown in (Named("none", 32), Named("blake2b", 32), Named("", 1)):
        for make in (Hash, lambda it: HMAC(KEY, it)):
            with pytest.raises(
                exceptions.UnsupportedAlgorithm, match="is not a supported hash on this backend"
            ) as caught:
                make(unknown)
            assert caught.value._reason is exceptions._Reasons.UNSUPPORTED_HASH  # type: ignore[attr-defined]


def test_hmac_of_a_function_that_has_none() -> None:
    with pytest.raises(exceptions.UnsupportedAlgorithm, match=r"^Digest is not supported for HMAC$") as caught:
        HMAC(KEY, hashes.SHAKE128(32))
    assert caught.value._reason is exceptions._Reasons.UNSUPPORTED_HASH  # type: ignore[attr-defined]


def test_a_backend_of_choice(backend: Backend) -> None:
    assert Hash(hashes.SHA256(), backend).finalize() == hashlib.sha256().digest()
    assert HMAC(KEY, hashes.SHA256(), backend=backend).copy().finalize() == stdlib_hmac.digest(KEY, b"", "sha256")
    with open_backend("native") as native:
        for make in (Hash, lambda it, backend: HMAC(KEY, it, backend)):
            with pytest.raises(exceptions.UnsupportedAlgorithm):
                make(hashes.SM3(), backend=native)
    for wrong in (object(), "native", Backend):
        with pytest.raises(exceptions.UnsupportedAlgorithm, match="backend must be") as caught:
            Hash(hashes.SHA256(), wrong)
        assert caught.value._reason is exceptions._Reasons.BACKEND_MISSING_INTERFACE  # type: ignore[attr-defined]


def test_the_openssl_backend_where_pyca_has_it() -> None:
    run_script(
        """
import hashlib
from hazmat.backends.openssl import backend
from hazmat.backends.openssl.backend import backend as same
from hazmat.primitives.hashes import SHA256, Hash

assert same is backend
assert backend.name() == "openssl"
assert backend.openssl_version_text().startswith("OpenSSL")
assert Hash(SHA256(), backend).finalize() == hashlib.sha256().digest()
"""
    )


def test_no_copy_of_a_key_stays_behind() -> None:
    given = HMAC(bytearray(KEY), hashes.SHA256())
    done = HMAC(KEY, hashes.SHA256())
    done.finalize()
    large = HMAC(KEY, hashes.SHA256())
    large.update(bytes(5000))
    for context in (given, done, large, given.copy()):
        assert KEY not in gc.get_referents(context)


def test_verify() -> None:
    for data in (b"abc", bytes(5000)):
        right = stdlib_hmac.digest(KEY, data, "sha256")
        for wrong in (b"", right[:-1], right + b"\0", bytes(32)):
            authenticated = HMAC(KEY, hashes.SHA256())
            authenticated.update(data)
            with pytest.raises(exceptions.InvalidSignature, match=r"^Signature did not match digest\.$"):
                authenticated.verify(wrong)
            with pytest.raises(exceptions.AlreadyFinalized):
                authenticated.verify(right)


def test_squeeze() -> None:
    xof = XOFHash(hashes.SHAKE128(10))
    wrong: Any
    for wrong in ("1", 1.5, None):
        with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
            xof.squeeze(wrong)
    with pytest.raises(OverflowError):
        xof.squeeze(-1)
    for wrong in (11, 1 << 70):
        with pytest.raises(ValueError, match=r"^Exceeded maximum squeeze limit specified by digest_size\.$"):
            xof.squeeze(wrong)
    assert xof.squeeze(0) == b""
    with pytest.raises(exceptions.AlreadyFinalized, match=r"^Context was already squeezed\.$"):
        xof.update(b"")
    assert XOFHash(hashes.SHAKE128.xof()).squeeze(4) == hashlib.shake_128(b"").digest(4)
    assert hashes.SHAKE256.xof().digest_size == sys.maxsize


def test_digests_larger_than_memory() -> None:
    with pytest.raises((MemoryError, OverflowError)):
        Hash(hashes.SHAKE128.xof()).finalize()


def test_a_small_message_survives_fork() -> None:
    run_script(
        """
import hashlib
from children import in_child
from hazmat import exceptions
from hazmat.primitives.hashes import SHA256, Hash

Hash.hash(SHA256(), b"")
small, large = Hash(SHA256()), Hash(SHA256())
small.update(b"abc")
large.update(bytes(100000))
def child():
    assert small.finalize() == hashlib.sha256(b"abc").digest()
    try:
        large.update(b"")
        large.finalize()
    except exceptions.StaleHandle:
        return
    raise AssertionError("no StaleHandle")
in_child(child)
assert small.finalize() == hashlib.sha256(b"abc").digest()
assert large.finalize() == hashlib.sha256(bytes(100000)).digest()
"""
    )
