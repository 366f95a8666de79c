"""Whole backends written in Python."""

from __future__ import annotations

import gc
import hashlib
import hmac
import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import hazmat
from hashlib_backend import NAMES, HashlibBackend
from hazmat import exceptions
from hazmat._abi.library import library
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Interface, Mode, interfaces, names, open_backend, register_backend
from objects import BoomError, Sum, SumBackend, Xor, live_objects, unraisable
from scripts import run_contract, run_script

# Registrations last as long as the process, so every test takes names of its own.
fresh = map("py-{}".format, itertools.count())
DIGEST = hashlib.sha256(b"abc").digest()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """The library must let go of all but the registered backends, and of all that they raised."""
    before = live_objects()
    registered = set(names())
    yield
    gc.collect()
    assert live_objects() == before + len(set(names()) - registered)
    assert library.callbacks.raised == {}


def opened(**plan: Any) -> Backend:
    """Register a planned backend and open it."""
    name = next(fresh)
    register_backend(SumBackend(name, **plan))
    return open_backend(name)


def digest(backend: Backend, algorithm: HashAlgorithm = HashAlgorithm.SHA256) -> bytes:
    with backend.create_hash_ctx(algorithm) as context:
        context.update(b"abc")
        return context.finalize()


def test_a_backend() -> None:
    name = next(fresh)
    mine: interfaces.HashBackend = SumBackend(name)
    register_backend(mine)
    assert name in names()
    with open_backend(name) as backend:
        assert backend.name() == name
        assert backend.description() == "hashlib's SHA-256"
        assert [which for which in Interface if backend.provides(which)] == [Interface.HASH, Interface.HMAC]
        assert backend.hash_supported(HashAlgorithm.SHA256)
        assert not backend.hash_supported(HashAlgorithm.MD5)
        assert not backend.cipher_supported(CipherAlgorithm.AES, CipherMode.CBC)
        assert digest(backend) == DIGEST
        with pytest.raises(exceptions.UnsupportedHash):
            backend.create_hash_ctx(HashAlgorithm.MD5)
        with pytest.raises(exceptions.UnsupportedInterface):
            backend.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.AES), None)
        with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
            context.finalize()
            with pytest.raises(exceptions.AlreadyFinalized):
                context.update(b"the library keeps the states")


def test_a_backend_of_handles(backend: Backend) -> None:
    """What the library makes may be passed on."""
    with opened(create_hash_ctx=backend.create_hash_ctx) as mine:
        before = hazmat.live_handles()
        assert digest(mine) == DIGEST
        assert hazmat.live_handles() == before


def test_in_front_of_another() -> None:
    """Whoever answers, the answer is the same."""
    name = next(fresh)
    register_backend(HashlibBackend(name))
    with open_backend(name) as mine, open_backend("native") as native, open_backend(f"{name},native") as both:
        shared = [which for which in HashAlgorithm if mine.hash_supported(which) and native.hash_supported(which)]
        assert len(shared) > 12
        assert {which for which in HashAlgorithm if both.hash_supported(which)} >= set(shared)
        for algorithm in shared:
            digests = [digest(backend, algorithm) for backend in (mine, native, both)]
            assert len(set(digests)) == 1, algorithm
            if mine.hmac_supported(algorithm):
                for backend in (native, both):
                    with backend.create_hmac_ctx(b"key", algorithm) as context:
                        context.update(b"abc")
                        context.verify(hmac.digest(b"key", b"abc", NAMES[algorithm]))


def test_the_contract() -> None:
    failures = run_contract(
        """
from hashlib_backend import HashlibBackend
register_backend(HashlibBackend())
""",
        "py-hashlib",
    )
    assert failures == ""


def test_a_backend_that_breaks_the_contract_is_found_out() -> None:
    failures = run_contract(
        """
from hashlib_backend import HashlibBackend
class Wrong(HashlibBackend):
    def create_hash_ctx(self, algorithm):
        context = super().create_hash_ctx(algorithm)
        context._state.update(b"!")
        return context
register_backend(Wrong())
""",
        "py-hashlib",
    )
    assert "md5" in failures


RAISED = [BoomError("bang"), KeyboardInterrupt(), exceptions.InvalidKey("mine"), exceptions.InvalidTag()]


@pytest.mark.parametrize("error", RAISED, ids=repr)
def test_what_a_backend_raises(error: BaseException) -> None:
    with opened(create_hash_ctx=error, create_hmac_ctx=error) as backend:
        with pytest.raises(type(error)) as caught:
            backend.create_hash_ctx(HashAlgorithm.SHA256)
        assert caught.value is error
        with pytest.raises(type(error)) as caught:
            backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256)
        assert caught.value is error


@pytest.mark.parametrize("error", RAISED, ids=repr)
@pytest.mark.parametrize("method", ["update", "finalize", "copy"])
def test_what_its_contexts_raise(method: str, error: BaseException) -> None:
    """One that fails midway is gone; the library says so, and not the object again."""
    mine = Sum(**{method: error})
    with opened(create_hash_ctx=lambda _: mine) as backend, backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        with pytest.raises(type(error)) as caught:
            getattr(context, method)(*(b"x",) if method == "update" else ())
        assert caught.value is error
        if method != "copy":
            assert mine.closed == 1
            with pytest.raises(exceptions.AlreadyFinalized):
                context.update(b"x")
    assert mine.closed == 1


GARBAGE = [
    (None, TypeError, "SumBackend.create_hash_ctx must have the methods of HashContext, and NoneType has no"),
    (lambda _: Xor(), TypeError, "and Xor has no algorithm, copy"),
    (lambda _: Sum(finalize=bytes(31)), exceptions.Callback, "a digest of 31 bytes where 32 belong"),
    (lambda _: Sum(finalize=bytes(33)), exceptions.Callback, "a digest of 33 bytes where 32 belong"),
    (lambda _: Sum(finalize=bytes(1 << 20)), exceptions.Callback, "a digest of 1048576 bytes"),
    (lambda _: Sum(finalize="text"), TypeError, "Sum.finalize must be bytes-like, not str"),
    (lambda _: Sum(update=0), TypeError, "Sum.update must be None, not int"),
]


@pytest.mark.parametrize(("context", "error", "text"), GARBAGE)
def test_garbage(context: Any, error: type[Exception], text: str) -> None:
    before = hazmat.live_handles()
    plan = {"create_hash_ctx": context} if context else {"create_hash_ctx": lambda _: None}
    with opened(**plan) as backend, pytest.raises(error, match=text):
        digest(backend)
    assert hazmat.live_handles() == before


def test_answers_that_nobody_hears_of() -> None:
    plan = {"description": BoomError("a"), "provides": 1, "hash_supported": None}
    with opened(**plan) as backend, unraisable() as seen:
        assert backend.description() == ""
        assert not backend.provides(Interface.HASH)
        assert not backend.hash_supported(HashAlgorithm.SHA256)
    assert "a" in map(str, seen)
    assert "the result of SumBackend.provides must be bool, not int" in map(str, seen)
    with (
        opened(hash_supported=BoomError("b")) as backend,
        unraisable() as seen,
        pytest.raises(exceptions.UnsupportedHash),
    ):
        backend.create_hash_ctx(HashAlgorithm.SHA256)
    assert set(map(str, seen)) == {"b"}


def test_lists() -> None:
    """A refusal lets the next backend answer; any other failure is one."""
    refusal = exceptions.UnsupportedHash("not now")
    later = exceptions.UnsupportedAlgorithm("not I either")
    first, second = next(fresh), next(fresh)
    register_backend(SumBackend(first, create_hash_ctx=refusal, create_hmac_ctx=BoomError("bang")))
    register_backend(SumBackend(second, create_hash_ctx=later))
    with open_backend(f"{first},{second},native") as backend:
        assert backend.name() == f"{first},{second},native"
        assert digest(backend) == DIGEST
        assert library.callbacks.raised == {}
        with pytest.raises(BoomError, match="bang"):
            backend.create_hmac_ctx(b"", HashAlgorithm.SHA256)
        with backend.create_hash_ctx(HashAlgorithm.MD5) as context:
            assert context.finalize() == hashlib.md5().digest()
    with open_backend(f"{first},{second}") as backend:
        with pytest.raises(exceptions.UnsupportedHash) as caught:
            backend.create_hash_ctx(HashAlgorithm.SHA256)
        assert caught.value is refusal


def test_names() -> None:
    name = next(fresh)
    register_backend(SumBackend(name))
    for taken in (name, "native"):
        with pytest.raises(exceptions.AlreadyRegistered, match=taken):
            register_backend(SumBackend(taken))
    for bad in ("", "a,b", "new\nline", "x" * 2000):
        with pytest.raises(exceptions.InvalidArgument):
            register_backend(SumBackend(bad))
    with unraisable() as seen:
        nameless: Any
        for nameless in (BoomError("nameless"), None, "null \0 character"):
            with pytest.raises(exceptions.InvalidArgument):
                register_backend(SumBackend(nameless))
    assert len(seen) == 3


@pytest.mark.parametrize("thing", [None, "native", SumBackend, Sum(), lambda: None])
def test_objects_that_are_no_backend(thing: Any) -> None:
    with pytest.raises(TypeError, match=r"^backend must (have|be an object with) the methods of Backend, "):
        register_backend(thing)


def test_a_backend_of_the_library_s_is_no_object(backend: Backend) -> None:
    with pytest.raises(TypeError, match=r"^backend must be an object with the methods of Backend, not Backend$"):
        register_backend(backend)


def test_half_of_an_interface() -> None:
    class Half(SumBackend):
        create_hmac_ctx = None  # type: ignore[assignment]

    with pytest.raises(TypeError, match=r"^backend must have the methods of HMACBackend, and Half has no create_hmac"):
        register_backend(Half("half"))
    assert "half" not in names()


def test_a_thin_backend_of_ciphers() -> None:
    """The library buffers blocks and checks sizes, so an update need only crypt."""

    class XorBackend:
        def name(self) -> str:
            return "py-xor"

        def description(self) -> str:
            return "one byte"

        def provides(self, which: Interface) -> bool:
            return which is Interface.CIPHER

        def cipher_supported(self, cipher: CipherAlgorithm, mode: CipherMode) -> bool:
            return (cipher, mode) == (CipherAlgorithm.AES, CipherMode.CBC)

        def create_symmetric_encryption_ctx(self, cipher: Cipher | None, mode: Mode | None) -> Xor:
            assert cipher is not None
            assert mode is not None
            assert (cipher.key, mode.iv) == (bytes(range(16)), bytes(16))
            return Xor(b"\1")

        create_symmetric_decryption_ctx = create_symmetric_encryption_ctx

    mine: interfaces.CipherBackend = XorBackend()
    register_backend(mine)
    cipher = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(range(16)))
    mode = Mode(mode=CipherMode.CBC, iv=bytes(16))
    with open_backend("py-xor") as backend:
        with backend.create_symmetric_encryption_ctx(cipher, mode) as context:
            assert context.update(bytes(20)) == b"\1" * 16
            assert context.update(bytes(12)) == b"\1" * 16
            assert context.finalize() == b""
        with backend.create_symmetric_decryption_ctx(cipher, mode) as context:
            context.update(bytes(5))
            with pytest.raises(exceptions.IncompleteBlock):
                context.finalize()
        with pytest.raises(exceptions.InvalidKey):
            backend.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.AES, key=b"short"), mode)


def test_many_threads() -> None:
    failures: list[object] = []
    with opened() as backend:

        def work() -> None:
            for _ in range(50):
                if digest(backend) != DIGEST:
                    failures.append("digest")
                with backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256) as context:
                    context.update(b"abc")

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_macs_are_compared_by_the_library() -> None:
    name = next(fresh)
    register_backend(HashlibBackend(name))
    mac = hmac.digest(b"key", b"abc", "sha256")
    with open_backend(name) as backend:
        for signature, good in ((mac, True), (mac[:-1], False), (bytes(32), False)):
            with backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256) as context:
                context.update(b"abc")
                if good:
                    context.verify(signature)
                else:
                    with pytest.raises(exceptions.InvalidSignature):
                        context.verify(signature)


FORK = """
from children import in_child
import hazmat
from hazmat import exceptions
from hazmat._abi.library import library
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Cipher, HashContext, default_backend, open_backend, register_backend
from hashlib_backend import HashlibBackend
from objects import Sum, Xor

def digest(backend):
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(b"abc")
        return context.finalize()

register_backend(HashlibBackend("mine"))
backend = open_backend("mine")
several = open_backend("mine,native")
WANT = digest(backend)
"""


def test_fork() -> None:
    run_script(
        FORK
        + """
def child():
    assert backend.name() == "mine"
    assert digest(backend) == digest(several) == WANT
    with open_backend("mine") as again:
        assert digest(again) == WANT
    assert library.objects.keys() == {1}
    in_child(grandchild)

def grandchild():
    assert digest(several) == digest(backend) == WANT

for _ in range(3):
    in_child(child)
assert digest(backend) == WANT
"""
    )


def test_fork_with_garbage() -> None:
    """The child asks a backend for its name while it loads the library; a collection then frees handles."""
    run_script(
        FORK
        + """
import gc

class Collects(HashlibBackend):
    def name(self):
        gc.collect()
        return super().name()

register_backend(Collects("collects"))
gc.disable()
cycle = [open_backend("collects")]
cycle.append(cycle)
del cycle
in_child(lambda: digest(backend))
"""
    )


def test_fork_with_contexts() -> None:
    run_script(
        FORK
        + """
class Grave(Sum):
    ended = 0
    def __del__(self):
        Grave.ended += 1

context = HashContext.new(Grave())
other = backend.create_hash_ctx(HashAlgorithm.SHA256)

def child():
    # What the library does not know here is let go, and not ended a second time.
    assert library.objects.keys() == {1}
    assert Grave.ended == 1
    for stale in (context, other):
        try:
            stale.update(b"x")
        except exceptions.StaleHandle:
            pass
        else:
            raise AssertionError
        stale.close()
    with HashContext.new(Grave()) as fresh:
        fresh.update(b"x")

in_child(child)
context.update(b"abc")
assert context.finalize() == WANT
context.close()
other.close()
assert library.objects.keys() == {1}
"""
    )


def test_fork_with_adapters() -> None:
    run_script(
        FORK
        + """
code = CipherAlgorithm(0x80000001)
native = default_backend()
native.register_cipher_adapter(code, CipherMode.NONE, lambda *arguments: Xor())

def crypt():
    with native.create_symmetric_encryption_ctx(Cipher(algorithm=code, key=b"k"), None) as context:
        return context.update(b"abc") + context.finalize()

want = crypt()
assert want != b"abc"

def child():
    assert crypt() == want

in_child(child)
assert crypt() == want
"""
    )
