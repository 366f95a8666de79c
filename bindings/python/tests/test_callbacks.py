"""Python functions that the library calls."""

from __future__ import annotations

import gc
import itertools
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

import hazmat
from hazmat import exceptions
from hazmat.algorithms import PRIVATE_ALGORITHMS, CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, CipherAdapter, CipherContext, Mode, Operation
from objects import BoomError, Sum, Xor, live_objects

# Registrations last as long as the process, so every test takes a code of its own.
codes = map(CipherAlgorithm, itertools.count(PRIVATE_ALGORITHMS + 0x1000))

AES_CTR = (
    Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)),
    Mode(mode=CipherMode.CTR, iv=bytes(16)),
)


@pytest.fixture(autouse=True)
def no_objects_left() -> Iterator[None]:
    """Every test must leave as many objects to the library as it found: other tests' backends stay."""
    before = live_objects()
    yield
    assert live_objects() == before


def registered(backend: Backend, adapter: Any, mode: CipherMode = CipherMode.NONE) -> CipherAlgorithm:
    code = next(codes)
    backend.register_cipher_adapter(code, mode, adapter)
    return code


def create(backend: Backend, code: CipherAlgorithm, mode: Mode | None = None) -> CipherContext:
    return backend.create_symmetric_encryption_ctx(Cipher(algorithm=code, key=b"0123", nonce=b"45"), mode)


def test_adapter(backend: Backend) -> None:
    seen: list[object] = []

    def adapter(inner: Backend, cipher: Cipher | None, mode: Mode | None, operation: Operation) -> CipherContext:
        assert cipher is not None
        assert mode is not None
        seen.extend([inner.name(), cipher.algorithm, cipher.key, cipher.nonce, mode.mode, mode.iv, operation])
        if operation is Operation.ENCRYPT:
            return inner.create_symmetric_encryption_ctx(*AES_CTR)
        return inner.create_symmetric_decryption_ctx(*AES_CTR)

    private = CipherMode(0x80000002)
    code = registered(backend, adapter, private)
    del adapter
    gc.collect()  # the library keeps the function, not the caller
    assert backend.cipher_supported(code, private)
    assert not backend.cipher_supported(code, CipherMode.NONE)
    before = hazmat.live_handles()
    with create(backend, code, Mode(mode=private, iv=b"67")) as context:
        assert hazmat.live_handles() == before + 1  # the adapter's context became this one
        ciphertext = context.update(b"attack at dawn") + context.finalize()
    with backend.create_symmetric_encryption_ctx(*AES_CTR) as context:
        assert ciphertext == context.update(b"attack at dawn")
    cipher = Cipher(algorithm=code, key=b"0123", nonce=b"45")
    with backend.create_symmetric_decryption_ctx(cipher, Mode(mode=private, iv=b"67")) as context:
        assert context.update(ciphertext) + context.finalize() == b"attack at dawn"
    assert seen[:7] == ["native", code, b"0123", b"45", private, b"67", Operation.ENCRYPT]
    assert seen[13] is Operation.DECRYPT


@pytest.mark.parametrize(
    "error", [BoomError("bang"), KeyboardInterrupt(), SystemExit(3), exceptions.InvalidKey("mine")]
)
def test_an_exception_comes_through(backend: Backend, error: BaseException) -> None:
    def adapter(*arguments: object) -> None:
        raise error

    code = registered(backend, adapter)
    before = hazmat.live_handles()
    for _ in range(2):
        with pytest.raises(type(error)) as caught:
            create(backend, code)
        assert caught.value is error
        assert "raise error" in "".join(traceback.format_tb(caught.value.__traceback__))
    assert hazmat.live_handles() == before
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.finalize()
        with pytest.raises(exceptions.AlreadyFinalized) as later:
            context.finalize()
    assert later.value.__cause__ is None


def test_nested_callbacks(backend: Backend) -> None:
    def fails(*arguments: object) -> None:
        raise BoomError("inner")

    inner_code = registered(backend, fails)

    def recovers(inner: Backend, *arguments: object) -> CipherContext:
        with pytest.raises(BoomError, match="inner"):
            create(inner, inner_code)
        return inner.create_symmetric_encryption_ctx(*AES_CTR)

    with create(backend, registered(backend, recovers)) as context:
        assert len(context.update(bytes(20))) == 20

    def passes_on(inner: Backend, *arguments: object) -> CipherContext:
        return create(inner, inner_code)

    with pytest.raises(BoomError, match="inner"):
        create(backend, registered(backend, passes_on))


def test_an_adapter_that_gives_nothing(backend: Backend) -> None:
    with pytest.raises(exceptions.UnsupportedCipher):
        create(backend, registered(backend, lambda *arguments: None))


@pytest.mark.parametrize("thing", ["text", 1.5, b"", object()])
def test_an_adapter_that_gives_no_object(backend: Backend, thing: object) -> None:
    with pytest.raises(TypeError, match=r"^object must be "):
        create(backend, registered(backend, lambda *arguments: thing))
    with pytest.raises(OverflowError):
        create(backend, registered(backend, lambda *arguments: 1 << 64))


def test_an_adapter_that_gives_a_wrong_object(backend: Backend) -> None:
    before = hazmat.live_handles()
    with pytest.raises(exceptions.InvalidHandle, match="belongs to the library"):
        create(backend, registered(backend, lambda inner, *arguments: inner))

    def closed(inner: Backend, *arguments: object) -> CipherContext:
        context = inner.create_symmetric_encryption_ctx(*AES_CTR)
        context.close()
        return context

    with pytest.raises(exceptions.InvalidHandle, match="is closed"):
        create(backend, registered(backend, closed))
    with pytest.raises(exceptions.Error):
        create(backend, registered(backend, lambda *arguments: 64))
    assert hazmat.live_handles() == before


def test_borrowed_handles_end_with_the_callback(backend: Backend) -> None:
    kept: list[Backend] = []

    def adapter(inner: Backend, *arguments: object) -> None:
        kept.append(inner)

    with pytest.raises(exceptions.UnsupportedCipher):
        create(backend, registered(backend, adapter))
    with pytest.raises(exceptions.InvalidHandle, match="is closed"):
        kept[0].name()


def test_a_handle_given_away_is_closed(backend: Backend) -> None:
    given: list[CipherContext] = []

    def adapter(inner: Backend, *arguments: object) -> CipherContext:
        given.append(inner.create_symmetric_encryption_ctx(*AES_CTR))
        return given[0]

    with create(backend, registered(backend, adapter)) as context:
        with pytest.raises(exceptions.InvalidHandle):
            given[0].update(b"x")
        given[0].close()
        assert len(context.update(b"x")) == 1


def test_an_adapter_that_gives_an_object_of_python_s(backend: Backend) -> None:
    objects: list[Xor] = []

    def adapter(inner: Backend, cipher: Cipher | None, mode: Mode | None, operation: Operation) -> Xor:
        assert cipher is not None
        objects.append(Xor(bytes(cipher.key)))
        return objects[-1]

    code = registered(backend, adapter)
    before = hazmat.live_handles()
    with create(backend, code) as context:
        assert hazmat.live_handles() == before + 1
        assert context.update(b"\0\1") + context.finalize() == b"01"
        with pytest.raises(exceptions.NotApplicable):
            context.tag()
    assert hazmat.live_handles() == before
    assert [mine.plan.closed for mine in objects] == [1]


@pytest.mark.parametrize("error", [BoomError("bang"), exceptions.LimitExceeded("mine")])
@pytest.mark.parametrize("method", ["update", "finalize"])
def test_a_context_of_python_s_that_raises(backend: Backend, method: str, error: Exception) -> None:
    plan: Any = {method: error}
    with create(backend, registered(backend, lambda *arguments: Xor(**plan))) as context:
        with pytest.raises(type(error)) as caught:
            getattr(context, method)(*(b"x",) if method == "update" else ())
        assert caught.value is error


def test_a_context_of_python_s_that_gives_garbage(backend: Backend) -> None:
    given: list[Any] = [None, "text", 3, bytes(1000), BoomError("bang")]
    answers = iter(given)
    code = registered(backend, lambda *arguments: Xor(update=lambda data: next(answers)))
    with create(backend, code) as context:
        for _ in range(3):
            with pytest.raises(TypeError, match=r"^the result of Xor\.update must be bytes-like, not "):
                context.update(b"x")
        assert context.update(b"x") == bytes(1000)


def test_an_adapter_that_gives_an_object_of_another_kind(backend: Backend) -> None:
    before = hazmat.live_handles()
    mine = Sum()
    with pytest.raises(exceptions.InvalidArgument, match=r"returned a .*takes a CipherContext"):
        create(backend, registered(backend, lambda *arguments: mine))
    assert hazmat.live_handles() == before
    assert mine.closed == 1


def test_an_adapter_that_gives_one_handle_twice(backend: Backend) -> None:
    context = backend.create_symmetric_encryption_ctx(*AES_CTR)
    code = registered(backend, lambda *arguments: context)
    with create(backend, code) as first:
        with pytest.raises(exceptions.InvalidHandle, match="is closed"):
            create(backend, code)
        assert len(first.update(b"x")) == 1


def test_registered_twice(backend: Backend) -> None:
    def adapter(*arguments: object) -> None:
        return None

    code = registered(backend, adapter)
    with pytest.raises(exceptions.AlreadyRegistered) as caught:
        backend.register_cipher_adapter(code, CipherMode.NONE, adapter)
    assert isinstance(caught.value, ValueError)
    with pytest.raises(exceptions.AlreadyRegistered, match="AES-CBC"):
        backend.register_cipher_adapter(CipherAlgorithm.AES, CipherMode.CBC, adapter)


@pytest.mark.parametrize("adapter", [None, 5, "name", object()])
def test_not_callable(backend: Backend, adapter: Any) -> None:
    with pytest.raises(TypeError, match=r"^adapter must be callable, not "):
        backend.register_cipher_adapter(next(codes), CipherMode.NONE, adapter)


def test_a_callback_of_the_wrong_signature(backend: Backend) -> None:
    adapter: Any = lambda: None  # noqa: E731
    with pytest.raises(TypeError, match="positional argument"):
        create(backend, registered(backend, adapter))


def test_the_type_of_adapters_is_public() -> None:
    assert CipherAdapter is not None
