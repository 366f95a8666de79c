"""Arguments of wrong types, sizes and shapes: a clear error, and nothing done."""

from __future__ import annotations

import array
import ctypes
import mmap
from typing import Any

import pytest

import hazmat
from hazmat import exceptions
from hazmat.algorithms import (
    CipherAlgorithm,
    CipherMode,
    HashAlgorithm,
    cipher_by_name,
    hash_algorithm_digest_size,
    hash_by_name,
    mode_by_name,
)
from hazmat.backends import Backend, Cipher, CipherContext, Interface, Mode, open_backend

DATA = bytes(range(48))


def ctr(backend: Backend) -> CipherContext:
    return backend.create_symmetric_encryption_ctx(
        Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)), Mode(mode=CipherMode.CTR, iv=bytes(16))
    )


def encrypted(backend: Backend) -> bytes:
    with ctr(backend) as context:
        return context.update(DATA)


def mapped() -> mmap.mmap:
    memory = mmap.mmap(-1, len(DATA))
    memory[:] = DATA
    return memory


BUFFERS = {
    "bytes": lambda: DATA,
    "bytes subclass": lambda: type("Sub", (bytes,), {})(DATA),
    "bytearray": lambda: bytearray(DATA),
    "memoryview": lambda: memoryview(DATA),
    "part of a memoryview": lambda: memoryview(b"before" + DATA + b"after")[6:54],
    "numbers": lambda: array.array("I", DATA),
    "two dimensions": lambda: memoryview(DATA).cast("B", (6, 8)),
    "ctypes": lambda: (ctypes.c_uint64 * 6).from_buffer_copy(DATA),
    "mmap": mapped,
}


@pytest.mark.parametrize("make", BUFFERS.values(), ids=BUFFERS.keys())
def test_any_contiguous_buffer_is_read(backend: Backend, make: Any) -> None:
    want = encrypted(backend)
    with ctr(backend) as context:
        assert context.update(make()) == want
    out = bytearray(len(DATA))
    with ctr(backend) as context:
        assert context.update_into(make(), out) == len(DATA)
    assert out == want
    for name in ("key", "iv"):
        part = memoryview(make()).cast("B")[:16]
        cipher = Cipher(algorithm=CipherAlgorithm.AES, key=part if name == "key" else DATA[:16])
        mode = Mode(mode=CipherMode.CTR, iv=part if name == "iv" else DATA[:16])
        with backend.create_symmetric_encryption_ctx(cipher, mode) as context:
            assert len(context.update(DATA)) == len(DATA)


@pytest.mark.parametrize("name", ["bytearray", "numbers", "ctypes", "mmap"])
def test_any_writable_buffer_is_written(backend: Backend, name: str) -> None:
    out = BUFFERS[name]()
    with ctr(backend) as context:
        assert context.update_into(DATA, out) == len(DATA)
    assert bytes(memoryview(out).cast("B")) == encrypted(backend)


@pytest.mark.parametrize("data", ["text", None, 5, 1.5, [1, 2], object(), bytes])
def test_data_that_is_not_bytes(backend: Backend, data: Any) -> None:
    with ctr(backend) as context, backend.create_hash_ctx(HashAlgorithm.SHA256) as hasher:
        for call in (context.update, hasher.update, lambda it: context.update_into(it, bytearray(9))):
            with pytest.raises(TypeError, match=r"^data must be bytes-like, not "):
                call(data)
        with pytest.raises(TypeError, match=r"^buf must be bytes-like, not "):
            context.update_into(b"", data)
        assert context.update(DATA) == encrypted(backend)
    with pytest.raises(TypeError, match=r"^key must be bytes-like, not "):
        backend.create_hmac_ctx(data, HashAlgorithm.SHA256)
    with pytest.raises(TypeError, match=r"^key must be bytes-like, not "):
        backend.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.AES, key=data), None)
    with pytest.raises(TypeError, match=r"^b must be bytes-like, not "):
        hazmat.constant_time_compare(b"", data)


def test_the_class_of_an_argument_is_named(backend: Backend) -> None:
    with ctr(backend) as context, pytest.raises(TypeError, match=r"^data must be bytes-like, not the class bytes$"):
        context.update(bytes)  # type: ignore[arg-type]


@pytest.mark.parametrize("step", [2, -1])
def test_buffers_with_gaps(backend: Backend, step: int) -> None:
    view = memoryview(bytearray(64))[::step]
    with ctr(backend) as context:
        with pytest.raises(BufferError, match=r"^data must be a contiguous buffer"):
            context.update(view)
        with pytest.raises(BufferError, match=r"^buf must be a writable and contiguous buffer"):
            context.update_into(b"x" * 16, view)
        assert context.update(DATA) == encrypted(backend)
    assert bytes(view) == bytes(len(view))


def test_read_only_output(backend: Backend) -> None:
    target = bytes(64)
    for buf in (target, memoryview(target), memoryview(bytearray(64)).toreadonly()):
        with ctr(backend) as context:
            with pytest.raises(BufferError, match=r"^buf must be a writable"):
                context.update_into(DATA, buf)
            assert context.update(DATA) == encrypted(backend)
    assert target == bytes(64)


def test_released_memoryview(backend: Backend) -> None:
    view = memoryview(DATA)
    view.release()
    with ctr(backend) as context, pytest.raises(ValueError, match="released"):
        context.update(view)


def test_output_too_small_changes_nothing(backend: Backend) -> None:
    out = bytearray(b"?" * (len(DATA) - 1))
    with ctr(backend) as context:
        with pytest.raises(exceptions.BufferTooSmall, match=r"47.*48"):
            context.update_into(DATA, out)
        assert out == b"?" * len(out)
        assert context.update(DATA) == encrypted(backend)
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as hasher:
        with pytest.raises(exceptions.BufferTooSmall):
            hasher.finalize_into(bytearray(31))
        assert hasher.finalize_into(bytearray(32)) == 32


def test_overlap(backend: Backend) -> None:
    memory = bytearray(DATA + bytes(16))
    view = memoryview(memory)
    with ctr(backend) as context:
        for start in (1, 16):
            with pytest.raises(exceptions.Overlap):
                context.update_into(view[:48], view[start : start + 48])
        assert memory == DATA + bytes(16)
        assert context.update_into(view[:48], view) == 48
    assert memory[:48] == encrypted(backend)


def test_a_buffer_is_free_after_the_call(backend: Backend) -> None:
    for call in ("update", "refused"):
        data, out = bytearray(DATA), bytearray(64)
        with ctr(backend) as context:
            if call == "refused":
                with pytest.raises(BufferError):
                    context.update_into(data, memoryview(out)[::2])
            else:
                context.update_into(data, out)
            # A view that is still held would make these a BufferError.
            data.append(0)
            out.append(0)


def test_empty(backend: Backend) -> None:
    for empty in (b"", bytearray(), memoryview(b""), array.array("I")):
        with ctr(backend) as context:
            assert context.update(empty) == b""
            assert context.update_into(empty, bytearray()) == 0
            assert context.finalize_into(bytearray()) == 0
        with backend.create_hmac_ctx(empty, HashAlgorithm.SHA256) as mac:
            mac.update(empty)
            assert len(mac.finalize()) == 32
    assert hazmat.random_bytes(0) == b""
    hazmat.random_bytes_into(bytearray())
    assert hazmat.constant_time_compare(b"", bytearray())


def test_one_byte_outputs_are_fresh() -> None:
    # CPython shares bytes objects of length 1; writing to one would change it everywhere.
    for _ in range(200):
        hazmat.random_bytes(1)
    assert [bytes([value])[0] for value in range(256)] == list(range(256))
    assert hazmat.random_bytes(0) == b""


@pytest.mark.parametrize("length", [-1, 1 << 63, 1 << 64, -(1 << 200), 1 << 20000], ids=int.bit_length)
def test_numbers_that_do_not_fit(backend: Backend, length: int) -> None:
    with pytest.raises(OverflowError, match=r"^length must be from 0 to 9223372036854775807, not "):
        hazmat.random_bytes(length)
    with pytest.raises(OverflowError, match=r"^min_tag_length must be from 0 to 4294967295, not "):
        backend.create_symmetric_decryption_ctx(
            Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)),
            Mode(mode=CipherMode.GCM, iv=bytes(12), tag=bytes(16), min_tag_length=length),
        )


def test_numbers_are_not_cut_to_32_bits(backend: Backend) -> None:
    with pytest.raises(OverflowError, match="4294967312"):
        backend.create_symmetric_decryption_ctx(
            Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16)),
            Mode(mode=CipherMode.GCM, iv=bytes(12), tag=bytes(16), min_tag_length=(1 << 32) + 16),
        )


def test_a_length_that_no_memory_holds() -> None:
    with pytest.raises(MemoryError):
        hazmat.random_bytes((1 << 63) - 64)


@pytest.mark.parametrize("length", ["5", 5.0, None, True, b"5", int])
def test_numbers_of_a_wrong_type(length: Any) -> None:
    with pytest.raises(TypeError, match=r"^length must be int, not "):
        hazmat.random_bytes(length)


@pytest.mark.parametrize("algorithm", [4, "sha256", None, CipherAlgorithm.AES, HashAlgorithm, True])
def test_codes_of_a_wrong_type(backend: Backend, algorithm: Any) -> None:
    for call in (
        backend.hash_supported,
        backend.create_hash_ctx,
        backend.hmac_supported,
        lambda code: backend.create_hmac_ctx(b"key", code),
    ):
        with pytest.raises(TypeError, match=r"^algorithm must be HashAlgorithm, not "):
            call(algorithm)
    with pytest.raises(TypeError, match=r"^hash_algorithm must be HashAlgorithm, not "):
        hash_algorithm_digest_size(algorithm)
    with pytest.raises(TypeError, match=r"^which must be Interface, not "):
        backend.provides(algorithm)


def test_codes_are_an_open_set(backend: Backend) -> None:
    private = CipherAlgorithm(0x80000007)
    assert private == CipherAlgorithm(0x80000007) != CipherAlgorithm.AES
    assert private.name == "0x80000007"
    assert not backend.cipher_supported(private, CipherMode.NONE)
    wrong: Any
    for wrong in (-1, 1 << 32, "AES", None, 1.5):
        with pytest.raises(ValueError, match="not a valid CipherAlgorithm"):
            CipherAlgorithm(wrong)


@pytest.mark.parametrize("cipher", ["AES", Cipher, 1, Mode(mode=CipherMode.ECB)])
def test_structs_of_a_wrong_type(backend: Backend, cipher: Any) -> None:
    with pytest.raises(TypeError, match=r"^cipher must be Cipher, not "):
        backend.create_symmetric_encryption_ctx(cipher, None)
    if not isinstance(cipher, Mode):
        with pytest.raises(TypeError, match=r"^mode must be Mode, not "):
            backend.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.AES), cipher)


def test_no_cipher(backend: Backend) -> None:
    with pytest.raises(exceptions.NullPointer, match="cipher"):
        backend.create_symmetric_encryption_ctx(None, None)


def test_structs_take_keywords_only() -> None:
    with pytest.raises(TypeError):
        Cipher(CipherAlgorithm.AES, b"key")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Mode()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Cipher(algorithm=CipherAlgorithm.AES).keys = b""  # type: ignore[attr-defined]


def test_no_key_in_a_repr() -> None:
    assert "secret" not in repr(Cipher(algorithm=CipherAlgorithm.AES, key=b"secret"))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        (b"native", TypeError),
        (None, TypeError),
        (5, TypeError),
        (str, TypeError),
        ("native\0", ValueError),
        ("\ud800", UnicodeEncodeError),
        ("", exceptions.UnknownBackend),
        ("no such\nbackend", exceptions.UnknownBackend),
        ("é" * 1000, exceptions.UnknownBackend),
    ],
)
def test_names(name: Any, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        open_backend(name)
    assert "\n" not in str(caught.value)
    for function in (cipher_by_name, mode_by_name, hash_by_name):
        with pytest.raises((error, exceptions.UnsupportedAlgorithm)):
            function(name)


def test_interfaces(backend: Backend) -> None:
    assert [backend.provides(interface) for interface in Interface] == [True, True, True, True]
    assert not backend.provides(Interface(99))
