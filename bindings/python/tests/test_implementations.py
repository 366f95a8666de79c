"""Contexts whose methods are Python's: what goes in, what comes out, and what goes wrong."""

from __future__ import annotations

import ctypes
import gc
import hashlib
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import hazmat
from hazmat import exceptions
from hazmat._abi import prototypes
from hazmat._abi.library import library
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import Backend, CipherContext, HashContext, HMACContext, interfaces
from objects import BoomError, Mac, Sum, Xor, live_objects, unraisable
from scripts import run_script


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """The library must let go of all objects, and of all that they raised."""
    before = live_objects()
    yield
    gc.collect()
    assert live_objects() == before
    assert library.callbacks.raised == {}


def test_all_methods() -> None:
    mine = Sum()
    with HashContext.new(mine) as context:
        assert context.algorithm() is HashAlgorithm.SHA256
        context.update(b"a")
        context.update(memoryview(b"bc"))
        context.update(b"")
        with context.copy() as copy:
            copy.update(b"d")
            assert copy.finalize() == hashlib.sha256(b"abcd").digest()
        assert context.squeeze(3) == bytes(3)
        assert context.squeeze(0) == b""
        memory = bytearray(40)
        assert context.finalize_into(memory) == 32
        assert memory == hashlib.sha256(b"abc").digest() + bytes(8)
    assert mine.calls == [
        ("algorithm",),
        ("update", b"a"),
        ("update", b"bc"),
        ("update", b""),
        ("copy",),
        ("squeeze", 3),
        ("squeeze", 0),
        ("finalize",),
        ("close",),
    ]


def test_the_interfaces_are_those_of_the_objects() -> None:
    # The type checker compares them here.
    mine: interfaces.XOFContext = Sum()
    mac: interfaces.HMACContext = Mac()
    cipher: interfaces.CipherContext = Xor()
    with HashContext.new(mine) as context, HMACContext.new(mac), CipherContext.new(cipher):
        the_library_s: interfaces.XOFContext = context
        assert the_library_s is context
    with pytest.raises(TypeError):
        HashContext.new(cipher)  # type: ignore[arg-type]


def test_inheriting_from_an_interface() -> None:
    class Half(interfaces.CipherContext):
        def update(self, data: bytes) -> bytes:
            return data

    with pytest.raises(TypeError, match="abstract"):
        Half()  # type: ignore[abstract]


def test_what_a_method_is_given_is_its_own() -> None:
    seen: list[bytes] = []
    with HashContext.new(Sum(update=seen.append)) as context:
        memory = bytearray(b"secret" * 1000)
        context.update(memory)
        memory[:] = bytes(len(memory))
        gc.collect()
        assert seen == [b"secret" * 1000]
        assert type(seen[0]) is bytes


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda octets: (ctypes.c_char * 32)(*octets)])
def test_results_of_all_kinds_of_bytes(kind: Callable[[bytes], Any]) -> None:
    octets = bytes(range(32))
    with HashContext.new(Sum(finalize=lambda: kind(octets))) as context:
        assert context.finalize() == octets


GARBAGE = [
    ("algorithm", 4, "be HashAlgorithm, not int"),
    ("algorithm", None, "be HashAlgorithm, not NoneType"),
    ("update", False, "be None, not bool"),
    ("update", b"", "be None, not bytes"),
    ("finalize", None, "be bytes-like, not NoneType"),
    ("finalize", "text", "be bytes-like, not str"),
    ("finalize", [1, 2], "be bytes-like, not list"),
    ("copy", None, "have the methods of HashContext, and NoneType has no algorithm, update, finalize, copy"),
    ("copy", 7, "have the methods of HashContext, and int has no algorithm, update, finalize, copy"),
    ("copy", lambda: Sum, "be an object with the methods of HashContext, not the class Sum"),
    ("copy", Xor, "have the methods of HashContext, and Xor has no algorithm, copy"),
    ("squeeze", None, "be bytes-like, not NoneType"),
]


@pytest.mark.parametrize(("method", "result", "text"), GARBAGE)
def test_results_of_wrong_types(method: str, result: object, text: str) -> None:
    before = hazmat.live_handles()
    with HashContext.new(Sum(**{method: result})) as context:
        arguments = {"update": (b"x",), "squeeze": (5,)}.get(method, ())
        with unraisable() as seen:
            try:
                getattr(context, method)(*arguments)
            except TypeError as error:
                seen.append(error)
        assert len(seen) == 1
        with pytest.raises(TypeError, match=rf"^the result of Sum\.{method} must {text}$"):
            raise seen[0] or AssertionError
    assert hazmat.live_handles() == before


def test_results_of_wrong_lengths() -> None:
    for length in (0, 4, 6, 1 << 20):
        with HashContext.new(Sum(squeeze=lambda _, length=length: bytes(length))) as context:
            with pytest.raises(ValueError, match=rf"^the result of Sum\.squeeze must have 5 bytes, not {length}$"):
                context.squeeze(5)
            memory = bytearray(5)
            with pytest.raises(ValueError, match="must have 5 bytes"):
                context.squeeze_into(memory)
            assert memory == bytes(5)


def test_a_buffer_that_is_too_small() -> None:
    mine = Xor(b"\1", update=lambda data: data * 3)
    with CipherContext.new(mine) as context:
        memory = bytearray(b"untouched")
        for _ in range(2):
            with pytest.raises(exceptions.BufferTooSmall, match=r"Xor\.update has 12 bytes, and there is room for 9$"):
                context.update_into(b"1234", memory)
            assert memory == b"untouched"
        for other in (context.finalize, lambda: context.update(b"5")):
            with pytest.raises(RuntimeError, match=r"^the result of Xor\.update still waits for a buffer of 12 bytes$"):
                other()
        # As nothing had happened for the caller, the method is not called again.
        assert context.update(b"1234") == b"1234" * 3
        assert context.update(b"5" * 20) == b"5" * 60
    assert [call[0] for call in mine.plan.calls] == ["update", "update", "close"]


def test_buffer_too_small_that_a_method_raises() -> None:
    error = exceptions.BufferTooSmall("mine")
    with HashContext.new(Sum(finalize=error)) as context, pytest.raises(exceptions.BufferTooSmall) as caught:
        context.finalize()
    assert caught.value is error


ERRORS = [
    BoomError("bang"),
    KeyError("two\nlines"),
    KeyboardInterrupt(),
    SystemExit(3),
    StopIteration(),
    exceptions.InvalidTag("forged"),
    exceptions.InvalidTag(),
    exceptions.UnsupportedHash("not this one"),
    exceptions.Busy("a text\nof \0 lines \ud800" + "x" * 600),
    exceptions.Error("without a status"),
]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize("method", ["update", "finalize", "copy", "squeeze"])
def test_what_a_method_raises(method: str, error: BaseException) -> None:
    arguments = {"update": (b"x",), "squeeze": (5,)}.get(method, ())
    with HashContext.new(Sum(**{method: error})) as context:
        for _ in range(2):
            with pytest.raises(type(error)) as caught:
                getattr(context, method)(*arguments)
            assert caught.value is error
            assert ", in planned" in "".join(traceback.format_tb(error.__traceback__))
            error.__traceback__ = None


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (BoomError("bang"), "ERR_CALLBACK", b"BoomError: bang"),
        (BoomError(), "ERR_CALLBACK", b"BoomError"),
        (BoomError("two\nlines"), "ERR_CALLBACK", b"BoomError: two lines"),
        (exceptions.Error("no status"), "ERR_CALLBACK", b"Error: no status"),
        (exceptions.InvalidTag("forged"), "ERR_INVALID_TAG", b"forged"),
        (exceptions.InvalidTag(), "ERR_INVALID_TAG", b"authentication tag does not match"),
    ],
    ids=repr,
)
def test_what_other_languages_get(error: BaseException, status: str, text: bytes) -> None:
    with HashContext.new(Sum(update=error)) as context:
        assert prototypes.hash_context_update(context._address(), b"x", 1) == exceptions.Status[status]
        assert library._error_message() == text
        with pytest.raises(type(error)):
            context.update(b"x")


def test_an_error_without_a_text() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise KeyError

    with HashContext.new(Sum(update=MuteError())) as context:
        with pytest.raises(MuteError):
            context.update(b"x")
        assert library._error_message() == b"MuteError: (no text, as its __str__ failed)"


def test_nobody_hears_of_it() -> None:
    with HashContext.new(Sum(algorithm=BoomError("bang"), close=BoomError("end"))) as context, unraisable() as seen:
        assert context.algorithm() == 0
        context.close()
    assert [str(error) for error in seen] == ["bang", "end"]


def test_an_object_that_fails_when_it_is_garbage() -> None:
    class Grave(Sum):
        def __del__(self) -> None:
            raise BoomError

    with unraisable() as seen:
        HashContext.new(Grave()).close()
        gc.collect()
    assert [type(error) for error in seen] == [BoomError]


def test_what_is_raised_is_kept_no_longer_than_the_call() -> None:
    def refuse(data: bytes) -> None:
        raise BoomError

    gc.disable()
    try:
        with HashContext.new(Sum(update=refuse)) as context:
            with pytest.raises(BoomError) as caught:
                context.update(b"x")
            error = weakref.ref(caught.value)
            del caught
            with pytest.raises(exceptions.InvalidHandle):
                HashContext._borrow(1).update(b"y")
            assert error() is None
    finally:
        gc.enable()


def test_calls_within_calls() -> None:
    with HashContext.new(Sum(update=BoomError("inner"))) as inner:

        def fails(data: bytes) -> None:
            with pytest.raises(BoomError, match="inner"):
                inner.update(data)
            with pytest.raises(exceptions.InvalidHandle):
                HashContext._borrow(1).update(data)
            raise BoomError("outer")

        def passes_on(data: bytes) -> None:
            inner.update(data)

        for update, text in ((fails, "outer"), (passes_on, "inner")):
            with HashContext.new(Sum(update=update)) as context, pytest.raises(BoomError, match=text):
                context.update(b"x")


def test_a_context_over_one_of_the_library(backend: Backend) -> None:
    before = hazmat.live_handles()
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as inner:
        mine = Sum(update=inner.update, finalize=inner.finalize, copy=inner.copy)
        with HashContext.new(mine) as context:
            context.update(b"abc")
            with context.copy() as copy:
                assert copy.finalize() == hashlib.sha256(b"abc").digest()
            assert context.finalize() == hashlib.sha256(b"abc").digest()
            with pytest.raises(exceptions.AlreadyFinalized):
                context.update(b"d")
    assert hazmat.live_handles() == before


def test_a_handle_is_given_up_once(backend: Backend) -> None:
    inner = backend.create_hash_ctx(HashAlgorithm.SHA256)
    with HashContext.new(Sum(copy=lambda: inner)) as context:
        context.copy().close()
        with pytest.raises(exceptions.InvalidHandle, match="is closed"):
            context.copy()
        with pytest.raises(exceptions.InvalidHandle, match="is closed"):
            inner.update(b"x")


def test_a_handle_of_another_kind(backend: Backend) -> None:
    with backend.create_hmac_ctx(b"", HashAlgorithm.SHA256) as mac, HashContext.new(Sum(copy=lambda: mac)) as context:
        with pytest.raises(TypeError, match=r"^the result of Sum\.copy must be a HashContext, not HMACContext$"):
            context.copy()
        mac.update(b"still open")


def test_a_context_that_ends_itself() -> None:
    contexts: list[HashContext] = []

    def update(data: bytes) -> None:
        contexts[0].close()

    mine = Sum(update=update)
    contexts.append(HashContext.new(mine))
    with pytest.raises(exceptions.Busy):
        contexts[0].update(b"x")
    assert mine.closed == 0
    contexts[0].close()
    contexts[0].close()
    assert mine.closed == 1


def test_one_object_behind_two_handles() -> None:
    mine = Sum()
    with HashContext.new(mine) as first, HashContext.new(mine) as second:
        first.update(b"a")
        second.update(b"b")
        assert first.finalize() == hashlib.sha256(b"ab").digest()
    assert mine.closed == 2


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (None, "have the methods of HashContext, and NoneType has no algorithm, update, finalize, copy"),
        (b"", "have the methods of HashContext, and bytes has no algorithm, update, finalize, copy"),
        (Sum, "be an object with the methods of HashContext, not the class Sum"),
        (Xor(), "have the methods of HashContext, and Xor has no algorithm, copy"),
    ],
    ids=repr,
)
def test_objects_that_do_not_fit(thing: Any, text: str) -> None:
    with pytest.raises(TypeError, match=f"^methods must {text}$"):
        HashContext.new(thing)


def test_a_part_of_an_interface() -> None:
    class Half(Xor):
        def tag(self) -> bytes:
            return bytes(16)

    with pytest.raises(TypeError) as caught:
        CipherContext.new(Half())
    assert str(caught.value) == (
        "methods must have the methods of AEADCipherContext, and Half has no "
        "authenticate_additional_data, finalize_with_tag"
    )


def test_the_library_s_own_objects_are_not_wrapped(backend: Backend) -> None:
    with (
        backend.create_hash_ctx(HashAlgorithm.SHA256) as inner,
        pytest.raises(TypeError, match="an object with the methods of HashContext, not HashContext"),
    ):
        HashContext.new(inner)


def test_a_facet_that_is_not_there() -> None:
    with CipherContext.new(Xor()) as context:
        assert context.update(b"\x5a") == b"\0"
        for call in (context.tag, lambda: context.reset_nonce(b""), lambda: context.authenticate_additional_data(b"")):
            with pytest.raises(exceptions.NotApplicable):
                call()


def test_threads() -> None:
    """Each gets what its own objects raise."""
    failures: list[object] = []

    def work(number: int) -> None:
        error = BoomError(number)
        for _ in range(200):
            try:
                with HashContext.new(Sum(update=error)) as context:
                    context.update(b"x")
            except BoomError as caught:
                if caught is not error:
                    failures.append(caught)
            else:
                failures.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_thread_that_c_started() -> None:
    """On one there is no Python to raise anything to, so nothing is kept."""

    def fail(_: object) -> None:
        raise BoomError

    run = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(library.callbacks.guard(fail))
    thread, result = ctypes.c_ulong(), ctypes.c_void_p()
    libc = ctypes.CDLL(None)
    assert libc.pthread_create(ctypes.byref(thread), None, run, None) == 0
    assert libc.pthread_join(thread, ctypes.byref(result)) == 0
    assert result.value == exceptions.Status.ERR_CALLBACK


def test_the_end_of_the_process() -> None:
    run_script(
        """
import sys
from objects import Sum
from hazmat.backends import HashContext
keep = [HashContext.new(Sum()) for _ in range(10)]
keep[0].update(b"x")
keep.append(keep)
sys.keep = HashContext.new(Sum())
"""
    )
