"""``hazmat.primitives.ciphers.aead``: what pyca's own tests do not show."""

from __future__ import annotations

import copy
import gc
import inspect
import mmap
import pickle
from pathlib import Path
from typing import Any

import pytest

import vectors
from buffers import KINDS, refuses
from hazmat import exceptions
from hazmat.algorithms import AEADAlgorithm
from hazmat.backends import Backend
from hazmat.primitives.ciphers import aead
from hazmat.primitives.ciphers.aead import (
    AESCCM,
    AESGCM,
    AESGCMSIV,
    AESOCB3,
    AESSIV,
    ChaCha20Poly1305,
    XChaCha20Poly1305,
)
from scripts import run_script

CLASSES: dict[str, Any] = {
    "AES-CCM": AESCCM,
    "AES-GCM": AESGCM,
    "AES-GCM-SIV": AESGCMSIV,
    "AES-OCB3": AESOCB3,
    "AES-SIV": AESSIV,
    "ChaCha20-Poly1305": ChaCha20Poly1305,
    "XChaCha20-Poly1305": XChaCha20Poly1305,
}

# Each with a size of its nonce.
WITH_NONCE = {AESCCM: 13, AESGCM: 12, AESOCB3: 12, ChaCha20Poly1305: 12, XChaCha20Poly1305: 24}
with_nonce = pytest.mark.parametrize(("kind", "size"), WITH_NONCE.items(), ids=lambda it: getattr(it, "__name__", ""))
every = pytest.mark.parametrize("kind", [*WITH_NONCE, AESSIV], ids=lambda it: it.__name__)

KEY = bytes(range(32))
MESSAGE = b"attack at dawn"


class Case:
    """A message with all that belongs to it, and calls without the difference of AESSIV."""

    def __init__(self, kind: Any) -> None:
        self.made = kind(KEY)
        self.nonce: list[Any] = [] if kind is AESSIV else [bytes(WITH_NONCE[kind])]
        self.additional: Any = [b"more"] if kind is AESSIV else b"more"

    def call(self, name: str, data: Any, *buf: Any) -> Any:
        return getattr(self.made, name)(*self.nonce, data, self.additional, *buf)


@pytest.mark.parametrize("path", vectors.files("sealed"), ids=lambda path: str(path.stem))
def test_vectors(path: Path) -> None:
    for case in vectors.cases(path):
        kind = CLASSES[case.text("algorithm")]
        sizes = {"tag_length": int(case.text("tag-length"))} if kind is AESCCM else {}
        try:
            made = kind(case.octets("key"), **sizes)
        except exceptions.UnsupportedAlgorithm:
            assert kind is AESGCMSIV  # which no backend has before OpenSSL 3.2
            continue
        texts = [case.octets(name) for name in ("aad", "aad2", "aad3") if name in case]
        arguments: list[Any] = [case.octets("nonce"), texts[0] if texts else None]
        if kind is AESSIV:
            arguments = [texts + ([case.octets("nonce")] if "nonce" in case else [])]
        *nonce, additional = arguments
        plaintext, ciphertext = case.octets("plaintext"), case.octets("ciphertext")
        if kind is AESOCB3 and len(nonce[0]) < 12:  # pyca allows for 12 to 15 bytes, RFC 7253 for fewer
            with pytest.raises(ValueError, match="Nonce must be between 12 and 15 bytes"):
                made.encrypt(*nonce, plaintext, additional)
        elif case.text("result") == "valid":
            assert made.encrypt(*nonce, plaintext, additional) == ciphertext, case.where
            assert made.decrypt(*nonce, ciphertext, additional) == plaintext, case.where
        else:
            with pytest.raises(exceptions.InvalidTag):
                made.decrypt(*nonce, ciphertext, additional)


@every
def test_buffers(kind: Any) -> None:
    case = Case(kind)
    ciphertext = case.call("encrypt", MESSAGE)
    for buffer in KINDS.values():
        other = Case(kind)
        other.made = kind(buffer(KEY))
        other.nonce = [buffer(nonce) if len(nonce) % 2 == 0 else nonce for nonce in case.nonce]
        other.additional = [buffer(b"more")] if kind is AESSIV else buffer(b"more")
        assert other.call("encrypt", buffer(MESSAGE)) == ciphertext
        assert other.call("decrypt", buffer(ciphertext)) == MESSAGE
    refuses(kind)
    refuses(lambda value: case.call("encrypt", value))
    refuses(lambda value: case.call("decrypt", value))
    refuses(lambda value: case.call("encrypt_into", value, bytearray(100)))
    refuses(lambda value: case.call("encrypt_into", MESSAGE, value))
    refuses(lambda value: case.call("decrypt_into", ciphertext, value))
    for read_only in (bytes(100), memoryview(bytearray(100)).toreadonly()):
        with pytest.raises(TypeError, match=r"^Buffer is not writable\.$"):
            case.call("encrypt_into", MESSAGE, read_only)


@with_nonce
def test_nonces_and_associated_data(kind: Any, size: int) -> None:
    made, nonce = kind(KEY), bytes(size)
    assert made.encrypt(nonce, MESSAGE, None) == made.encrypt(nonce, MESSAGE, b"")
    assert made.encrypt(nonce=nonce, data=MESSAGE, associated_data=b"") != made.encrypt(nonce, MESSAGE, b"a")
    wrong: Any
    for wrong in ("", 0, False, [], {}, ()):
        for call in (made.encrypt, made.decrypt):
            with pytest.raises(TypeError, match="instance to a buffer"):
                call(nonce, MESSAGE, wrong)
            with pytest.raises(TypeError, match="instance to a buffer"):
                call(wrong, MESSAGE, b"")
    for call in (made.encrypt, made.decrypt):
        for wrong in (b"", bytes(6), bytes(200)):
            with pytest.raises(ValueError, match=r"^Nonce must be "):
                call(wrong, bytes(32), None)


@every
def test_into(kind: Any) -> None:
    case = Case(kind)
    ciphertext = case.call("encrypt", MESSAGE)
    memory = bytearray(len(ciphertext))
    assert case.call("encrypt_into", MESSAGE, memory) == len(ciphertext)
    assert memory == ciphertext
    plaintext = bytearray(len(MESSAGE))
    assert case.call("decrypt_into", ciphertext, plaintext) == len(MESSAGE)
    assert plaintext == MESSAGE
    for wrong in (0, len(ciphertext) - 1, len(ciphertext) + 1):
        with pytest.raises(ValueError, match=f"^buffer must be {len(ciphertext)} bytes$"):
            case.call("encrypt_into", MESSAGE, bytearray(wrong))
        with pytest.raises(ValueError, match=f"^buffer must be {len(MESSAGE)} bytes$"):
            case.call("decrypt_into", ciphertext, bytearray(wrong))


@every
def test_what_is_not_authentic(kind: Any) -> None:
    case = Case(kind)
    ciphertext = case.call("encrypt", MESSAGE)
    for place in (0, len(ciphertext) - 1):
        forged = bytearray(ciphertext)
        forged[place] ^= 1
        with pytest.raises(exceptions.InvalidTag):
            case.call("decrypt", forged)
        memory = bytearray(b"\xff" * len(MESSAGE))
        with pytest.raises(exceptions.InvalidTag):
            case.call("decrypt_into", forged, memory)
        assert memory == bytes(len(MESSAGE))
    for short in (b"", bytes(15)):
        with pytest.raises(exceptions.InvalidTag):
            case.call("decrypt", short)
        with pytest.raises(exceptions.InvalidTag):
            case.call("decrypt_into", short, bytearray(0))
    assert case.call("decrypt", ciphertext) == MESSAGE


@every
def test_keys(kind: Any) -> None:
    wrong: Any
    bits: Any = {AESSIV: (256, 384, 512)}.get(kind, (128, 192, 256))
    if "bit_length" in inspect.signature(kind.generate_key).parameters:
        for length in bits:
            assert len(kind.generate_key(bit_length=length)) * 8 == length
            kind(kind.generate_key(length))
        for wrong in (0, 8, 127, 1024):
            with pytest.raises(ValueError, match=r"^bit_length must be \d{3}, \d{3}, or \d{3}$"):
                kind.generate_key(wrong)
        with pytest.raises(OverflowError):
            kind.generate_key(-128)
        with pytest.raises(TypeError):
            kind.generate_key("128")
    else:
        assert len(kind.generate_key()) == 32
        assert kind.generate_key() != kind.generate_key()
    for wrong in (b"", bytes(31), bytes(65)):
        with pytest.raises(ValueError, match=rf"^{kind.__name__} key must be .*\.$"):
            kind(wrong)


@every
def test_messages_that_are_too_long(kind: Any) -> None:
    case = Case(kind)
    with mmap.mmap(-1, 1 << 31, prot=mmap.PROT_READ) as memory:
        for call in ("encrypt", "decrypt"):
            with pytest.raises(OverflowError, match=r"Max 2\*\*31 - 1 bytes"):
                case.call(call, memory)
            case.additional = [memory] if kind is AESSIV else memory
            with pytest.raises(OverflowError, match=r"Max 2\*\*31 - 1 bytes"):
                case.call(call, MESSAGE)


def test_ccm() -> None:
    for size in range(4, 17, 2):
        made = AESCCM(KEY, tag_length=size)
        ciphertext = made.encrypt(bytes(7), MESSAGE, None)
        assert len(ciphertext) == len(MESSAGE) + size
        assert AESCCM(KEY, size).decrypt(bytes(7), ciphertext, None) == MESSAGE
        with pytest.raises(exceptions.InvalidTag):
            made.decrypt(bytes(7), bytes(size - 1), None)
    with pytest.raises(OverflowError):
        AESCCM(KEY, -4)
    assert AESCCM(KEY, None).encrypt(bytes(7), b"", None) == AESCCM(KEY).encrypt(bytes(7), b"", None)
    for wrong in (0, 2, 5, 18):
        with pytest.raises(ValueError, match=r"^Invalid tag_length$"):
            AESCCM(KEY, wrong)
    with pytest.raises(TypeError):
        AESCCM(KEY, "16")  # type: ignore[arg-type]
    made = AESCCM(KEY)
    longest = bytes((1 << 16) - 1)
    assert made.decrypt(bytes(13), made.encrypt(bytes(13), longest, None), None) == longest
    for call in (made.encrypt, made.decrypt):
        with pytest.raises(ValueError, match=r"^Data too long for nonce$"):
            call(bytes(13), bytes((1 << 16) + 16), None)


def test_siv() -> None:
    made = AESSIV(KEY)
    assert made.encrypt(MESSAGE, None) == made.encrypt(MESSAGE, [])
    assert len({made.encrypt(MESSAGE, texts) for texts in ([], [b""], [b"", b""], [b"a", b"b"], [b"b", b"a"])}) == 5
    made.encrypt(MESSAGE, [b""] * 126)
    with pytest.raises(ValueError, match="126"):
        made.encrypt(MESSAGE, [b""] * 127)
    with pytest.raises(ValueError, match=r"^data must not be zero length$"):
        made.encrypt(b"", None)
    for wrong in (b"more", (b"more",), "more"):
        with pytest.raises(TypeError, match="is not an instance of 'list'"):
            made.encrypt(MESSAGE, wrong)  # type: ignore[arg-type]
    refuses(lambda value: made.encrypt(MESSAGE, [b"", value]))


def test_what_no_backend_has(backend: Backend) -> None:
    if not backend.aead_supported(AEADAlgorithm.AES_GCM_SIV):
        with pytest.raises(exceptions.UnsupportedAlgorithm, match=r"^AESGCMSIV is not supported by this") as caught:
            AESGCMSIV(KEY)
        assert caught.value._reason is exceptions._Reasons.UNSUPPORTED_CIPHER  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="AES-GCM-SIV key must be 128, 192 or 256 bits"):
        AESGCMSIV(bytes(15))


@every
def test_no_copies(kind: Any) -> None:
    for call in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="cannot pickle"):
            call(kind(KEY))
    assert not hasattr(kind(KEY), "__dict__")


@every
def test_no_copy_of_a_key_stays_behind(kind: Any) -> None:
    assert KEY not in gc.get_referents(kind(bytearray(KEY)))


def test_all_classes_are_tested() -> None:
    assert {kind.__name__ for kind in CLASSES.values()} == set(aead.__all__)


def test_in_a_forked_child() -> None:
    run_script(
        """
from children import in_child
from hazmat import exceptions
from hazmat.algorithms import AEADAlgorithm
from hazmat.backends import Backend
from hazmat.primitives.ciphers.aead import AESGCM

kept, wipeable = AESGCM(bytes(16)), AESGCM(bytearray(16))
want = kept.encrypt(bytes(12), b"data", None)
assert wipeable.encrypt(bytes(12), b"data", None) == want
def child():
    assert kept.encrypt(bytes(12), b"data", None) == want
    assert kept.decrypt(bytes(12), want, None) == b"data"
    try:
        wipeable.encrypt(bytes(12), b"data", None)
    except exceptions.StaleHandle:
        return
    raise AssertionError("no StaleHandle")
in_child(child)
assert kept.decrypt(bytes(12), want, None) == b"data"
"""
    )
