"""``hazmat.primitives.padding`` and ``constant_time``: what pyca's own tests do not show."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from buffers import KINDS, refuses
from hazmat import exceptions
from hazmat.primitives import constant_time
from hazmat.primitives.padding import ANSIX923, PKCS7, PaddingContext

SCHEMES = (PKCS7, ANSIX923)
schemes = pytest.mark.parametrize("scheme", SCHEMES)


def padded(scheme: Any, size: int, data: Any) -> bytes:
    padder = scheme(size * 8).padder()
    result: bytes = padder.update(data) + padder.finalize()
    return result


def unpadded(scheme: Any, size: int, data: Any) -> bytes:
    unpadder = scheme(size * 8).unpadder()
    result: bytes = unpadder.update(data) + unpadder.finalize()
    return result


@schemes
@pytest.mark.parametrize("size", [1, 2, 8, 16, 255])
def test_there_and_back(scheme: Any, size: int) -> None:
    for length in (0, 1, size - 1, size, size + 1, 3 * size):
        data = bytes(index % 251 for index in range(length))
        whole = padded(scheme, size, data)
        assert len(whole) == (length // size + 1) * size
        assert whole.startswith(data)
        assert unpadded(scheme, size, whole) == data
        for piece in (1, 7, size):
            unpadder = scheme(size * 8).unpadder()
            parts = [unpadder.update(whole[start : start + piece]) for start in range(0, len(whole), piece)]
            assert b"".join(parts) + unpadder.finalize() == data


def valid(scheme: Any, block: bytes) -> bool:
    """Say by the definition whether a block ends with padding."""
    count = block[-1]
    filler = b"\0" if scheme is ANSIX923 else bytes([count])
    return 0 < count <= len(block) and block[:-1].endswith(filler * (count - 1))


@schemes
def test_every_kind_of_block(scheme: Any) -> None:
    """Every last byte, over fillings of which each has at most one wrong byte."""
    accepted = 0
    for size in (1, 4, 16):
        for count in range(256):
            filler = 0 if scheme is ANSIX923 else count
            for wrong in range(size):
                for other in (filler, filler ^ 1, filler ^ 0x80):
                    block = bytearray([filler] * (size - 1) + [count])
                    if wrong < size - 1:
                        block[wrong] = other
                    if valid(scheme, bytes(block)):
                        accepted += 1
                        assert unpadded(scheme, size, block) == block[: size - count]
                        continue
                    with pytest.raises(ValueError, match=r"^Invalid padding bytes\.$"):
                        unpadded(scheme, size, block)
    assert accepted > 100


@schemes
def test_incomplete_messages(scheme: Any) -> None:
    for length in (0, 1, 15, 17, 31):
        unpadder = scheme(128).unpadder()
        unpadder.update(b"\1" * length)
        with pytest.raises(ValueError, match=r"^Invalid padding bytes\.$"):
            unpadder.finalize()
        with pytest.raises(exceptions.AlreadyFinalized):
            unpadder.finalize()


@schemes
def test_sizes(scheme: Any) -> None:
    for size in (-8, 0, 2048):
        with pytest.raises(ValueError, match=r"^block_size must be in range\(0, 2041\)\.$"):
            scheme(size)
    for size in (1, 7, 129):
        with pytest.raises(ValueError, match=r"^block_size must be a multiple of 8\.$"):
            scheme(size)
    for wrong in ("128", 128.0, None):
        with pytest.raises(TypeError):
            scheme(wrong).padder()
    assert scheme(block_size=2040).block_size == 2040


@schemes
def test_buffers(scheme: Any) -> None:
    for kind in KINDS.values():
        whole = padded(scheme, 4, kind(b"abcdef"))
        assert type(whole) is bytes
        assert unpadded(scheme, 4, kind(whole)) == b"abcdef"
    refuses(scheme(128).padder().update)
    refuses(scheme(128).unpadder().update)


@schemes
def test_contexts(scheme: Any) -> None:
    for one in (scheme(128).padder(), scheme(128).unpadder()):
        assert isinstance(one, PaddingContext)
        for call in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot pickle"):
                call(one)


def test_bytes_eq() -> None:
    assert constant_time.bytes_eq(b"", b"") is True
    assert constant_time.bytes_eq(b"a", b"b") is False
    for wrong in ("a", bytearray(b"a"), None):
        for pair in ((b"a", wrong), (wrong, b"a")):
            with pytest.raises(TypeError, match=r"^a and b must be bytes\.$"):
                constant_time.bytes_eq(*pair)
