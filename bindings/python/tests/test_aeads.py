"""AEADs of the library and of one's own: forgeries, buffers, lists of additional data, threads."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import hazmat
from forwarding_backend import ForwardingBackend, Sealer, VectorSealer
from hazmat import exceptions
from hazmat.algorithms import AEADAlgorithm
from hazmat.backends import AEAD, Backend, CipherContext, open_backend, register_backend
from objects import BoomError, Xor, live_objects
from scripts import run_contract, run_script

KEYS = {AEADAlgorithm.AES_GCM: bytes(16), AEADAlgorithm.CHACHA20_POLY1305: bytes(32), AEADAlgorithm.AES_SIV: bytes(64)}
NONCE, DATA, TEXT = bytes(range(12)), b"header", bytes(range(50))

# Registrations last as long as the process, so every test takes names of its own.
fresh = map("py-aead-{}".format, itertools.count())


@pytest.fixture(params=KEYS, ids=lambda algorithm: algorithm.name)
def aead(request: pytest.FixtureRequest, backend: Backend) -> Iterator[AEAD]:
    with backend.create_aead(request.param, KEYS[request.param], 0) as made:
        yield made


@pytest.fixture
def siv(backend: Backend) -> Iterator[AEAD]:
    with backend.create_aead(AEADAlgorithm.AES_SIV, bytes(32), 0) as made:
        yield made


def flipped(data: bytes, index: int) -> bytes:
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :]


def test_there_and_back(aead: AEAD) -> None:
    assert aead.algorithm() in KEYS
    assert aead.tag_length() == 16
    sealed = aead.seal(NONCE, TEXT, DATA)
    assert len(sealed) == len(TEXT) + 16
    assert aead.open(NONCE, sealed, DATA) == TEXT
    memory = bytearray(TEXT + bytes(16))
    assert aead.seal_into(NONCE, memoryview(memory)[:50], DATA, memory) == 66
    assert memory == sealed
    assert aead.open_into(NONCE, memory, DATA, memory) == 50
    assert memory[:50] == TEXT


def test_forgeries(aead: AEAD) -> None:
    sealed = aead.seal(NONCE, TEXT, DATA)
    for index in range(0, len(sealed), 5):
        out = bytearray(b"?" * 60)
        with pytest.raises(exceptions.InvalidTag):
            aead.open_into(NONCE, flipped(sealed, index), DATA, out)
        assert out == bytes(50) + b"?" * 10
    for nonce, ciphertext, data in (
        (flipped(NONCE, 0), sealed, DATA),
        (NONCE, sealed, DATA + b"!"),
        (NONCE, sealed[:-1], DATA),
        (NONCE, sealed[:15], DATA),
        (NONCE, b"", DATA),
    ):
        with pytest.raises(exceptions.InvalidTag):
            aead.open(nonce, ciphertext, data)
    assert aead.open(NONCE, sealed, DATA) == TEXT


def test_parameters(backend: Backend) -> None:
    with pytest.raises(exceptions.UnsupportedCipher):
        backend.create_aead(AEADAlgorithm(9999), bytes(16), 0)
    with pytest.raises(exceptions.InvalidKey, match=r"136.*128, 192, 256"):
        backend.create_aead(AEADAlgorithm.AES_GCM, bytes(17), 0)
    with pytest.raises(exceptions.InvalidTagLength, match="12"):
        backend.create_aead(AEADAlgorithm.AES_GCM, bytes(16), 12)
    with pytest.raises(OverflowError, match=r"^tag_length must be from 0 to "):
        backend.create_aead(AEADAlgorithm.AES_GCM, bytes(16), -1)
    wrong: Any
    for wrong in (1, "AES-GCM", None):
        with pytest.raises(TypeError, match=r"^algorithm must be AEADAlgorithm, not "):
            backend.create_aead(wrong, bytes(16), 0)
    wrong = "k" * 16
    with pytest.raises(TypeError, match=r"^key must be bytes-like, not str$"):
        backend.create_aead(AEADAlgorithm.AES_GCM, wrong, 0)


def test_messages(aead: AEAD) -> None:
    want = aead.seal(NONCE, TEXT, DATA)
    kinds = (bytes, bytearray, memoryview, lambda data: memoryview(b"!" + data + b"!")[1:-1])
    for kind in kinds:
        assert aead.seal(kind(NONCE), kind(TEXT), kind(DATA)) == want
        assert aead.open(kind(NONCE), kind(want), kind(DATA)) == TEXT
    wrong: Any = "text"
    gaps = memoryview(bytes(24))[::2]
    for arguments, name in (
        (lambda it: (it, TEXT, DATA), "nonce"),
        (lambda it: (NONCE, it, DATA), "plaintext"),
        (lambda it: (NONCE, TEXT, it), "additional_data"),
    ):
        with pytest.raises(TypeError, match=f"^{name} must be bytes-like, not str$"):
            aead.seal(*arguments(wrong))
        with pytest.raises(BufferError, match=f"^{name} must be a contiguous buffer"):
            aead.seal(*arguments(gaps))
    out = bytearray(b"?" * 65)
    with pytest.raises(exceptions.BufferTooSmall, match=r"65.*66"):
        aead.seal_into(NONCE, TEXT, DATA, out)
    with pytest.raises(exceptions.Overlap):
        aead.seal_into(NONCE, memoryview(out)[1:20], DATA, out)
    assert out == b"?" * 65
    with pytest.raises(BufferError, match="writable"):
        aead.seal_into(NONCE, TEXT, DATA, bytes(66))
    with pytest.raises(exceptions.InvalidNonce):
        aead.seal(b"", TEXT, DATA)


def test_lists(siv: AEAD) -> None:
    want = siv.seal_vector(TEXT, [b"one", b"", b"three"])
    other: Any
    for other in (
        (b"one", b"", b"three"),
        iter([b"one", b"", b"three"]),
        [bytearray(b"one"), bytearray(), memoryview(b"three")],
        [b"one", memoryview(b""), memoryview(b"..three")[2:]],
    ):
        assert siv.seal_vector(TEXT, other) == want
    assert siv.open_vector(want, [b"one", b"", b"three"]) == TEXT
    for other in ([], [b"one", b"three"], [b"three", b"", b"one"], [b"one", b"", b"three", b""]):
        out = bytearray(b"?" * 50)
        with pytest.raises(exceptions.InvalidTag):
            siv.open_vector_into(want, other, out)
        assert out == bytes(50)
        assert siv.open_vector(siv.seal_vector(TEXT, other), other) == TEXT
    # RFC 5297, section 3: a nonce is the last of the texts.
    assert siv.seal_vector(TEXT, [DATA, NONCE]) == siv.seal(NONCE, TEXT, DATA)
    assert siv.seal_vector(TEXT, [b"x"] * 126)
    with pytest.raises(exceptions.LimitExceeded, match=r"127.*126"):
        siv.seal_vector(TEXT, [b"x"] * 127)


def test_lists_that_are_none(siv: AEAD, backend: Backend) -> None:
    wrong: Any
    for wrong in (None, 5, "", "text", b"", b"text", bytearray(), bytearray(b"text")):
        with pytest.raises(TypeError, match=r"^additional_data must be a list of bytes-like objects, not "):
            siv.seal_vector(TEXT, wrong)
    for wrong in ("text", None, 5):
        with pytest.raises(TypeError, match=r"^item 1 of additional_data must be bytes-like, not "):
            siv.seal_vector(TEXT, [b"", wrong])
    with pytest.raises(BufferError, match=r"^item 1 of additional_data must be a contiguous buffer"):
        siv.seal_vector(TEXT, [bytearray(b"held"), memoryview(b"gaps")[::2]])
    free = bytearray(b"held")
    with pytest.raises(TypeError):
        siv.seal_vector(TEXT, [free, wrong])
    free.append(0)  # A view that is still held would make this a BufferError.
    with backend.create_aead(AEADAlgorithm.AES_GCM, bytes(16), 0) as gcm, pytest.raises(exceptions.NotApplicable):
        gcm.seal_vector(TEXT, [])


def test_threads(aead: AEAD) -> None:
    """Any number of them use one object; freeing it waits for those that do."""
    want = aead.seal(NONCE, bytes(100_000), DATA)
    seen = []
    begun = threading.Barrier(5)

    def work() -> None:
        try:
            begun.wait(60)
            while True:
                seen.append(aead.seal(NONCE, bytes(100_000), DATA) == want)
        except (exceptions.InvalidHandle, exceptions.AlreadyFinalized):
            seen.append(True)

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(work) for _ in range(4)]
        begun.wait(60)
        for _ in range(20):
            assert aead.open(NONCE, want, DATA) == bytes(100_000)
        aead.close()
    for worker in workers:
        worker.result()
    assert len(seen) >= 4
    assert all(seen)
    with pytest.raises(exceptions.InvalidHandle, match="is closed"):
        aead.seal(NONCE, TEXT, DATA)


def test_a_forked_child(backend: Backend) -> None:
    output = run_script(
        """
import os
from hazmat import exceptions
from hazmat.algorithms import AEADAlgorithm
from hazmat.backends import default_backend
backend = default_backend()
aead = backend.create_aead(AEADAlgorithm.AES_GCM, bytes(16), 0)
sealed = aead.seal(bytes(12), b"text", b"")
child = os.fork()
try:
    aead.open(bytes(12), sealed, b"")
    print("opened", flush=True)
except exceptions.StaleHandle as error:
    assert "fork" in str(error)
    with backend.create_aead(AEADAlgorithm.AES_GCM, bytes(16), 0) as own:
        print("stale", own.open(bytes(12), sealed, b""), flush=True)
if child == 0:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""
    )
    assert sorted(output.splitlines()) == ["opened", "stale b'text'"]


# ---- Of one's own ----


def test_an_aead_of_one_s_own(backend: Backend) -> None:
    before = live_objects()
    with AEAD.new(VectorSealer(backend.create_aead(AEADAlgorithm.AES_SIV, bytes(32), 0))) as mine:
        assert mine.algorithm() is AEADAlgorithm.AES_SIV
        assert mine.tag_length() == 16
        sealed = mine.seal(NONCE, TEXT, DATA)
        assert mine.open(NONCE, sealed, DATA) == TEXT
        assert mine.open_vector(sealed, [DATA, NONCE]) == TEXT
        assert mine.seal_vector(TEXT, []) == mine.seal_vector(TEXT, iter([]))
        with pytest.raises(exceptions.InvalidTag):
            mine.open_vector(sealed, [NONCE, DATA])
    assert live_objects() == before


def test_what_it_is_given_and_raises() -> None:
    class Mine(VectorSealer):
        def __init__(self) -> None:
            self.given: list[object] = []

        def seal_vector(self, plaintext: bytes, additional_data: list[bytes]) -> bytes:
            self.given += [plaintext, additional_data]
            raise BoomError

        def close(self) -> None:
            pass

    mine = Mine()
    with AEAD.new(mine) as aead:
        with pytest.raises(BoomError):
            aead.seal_vector(TEXT, [bytearray(b"one"), b"", memoryview(b"three")])
        assert mine.given == [TEXT, [b"one", b"", b"three"]]
        with pytest.raises(BoomError):
            aead.seal_vector(b"", [])
        assert mine.given[2:] == [b"", []]


def test_objects_that_do_not_fit() -> None:
    wrong: Any = Xor()
    with pytest.raises(TypeError, match=r"Xor has no algorithm, tag_length, seal, open$"):
        AEAD.new(wrong)
    with CipherContext.new(wrong) as context:
        wrong = context
        with pytest.raises(TypeError):
            AEAD.new(wrong)

    class Half(Sealer):
        def seal_vector(self, plaintext: bytes, additional_data: list[bytes]) -> bytes:
            return b""

    with pytest.raises(TypeError, match=r"VectorAEAD, and Half has no open_vector$"):
        AEAD.new(Half(wrong))


def test_in_front_of_another() -> None:
    name = next(fresh)
    register_backend(ForwardingBackend(name))
    with open_backend(f"{name},native") as both, open_backend("native") as native:
        for algorithm in (AEADAlgorithm.AES_GCM, AEADAlgorithm.CHACHA20_POLY1305):
            with (
                both.create_aead(algorithm, bytes(32), 0) as mine,
                native.create_aead(algorithm, bytes(32), 0) as other,
            ):
                assert mine.seal(NONCE, TEXT, DATA) == other.seal(NONCE, TEXT, DATA)
    assert hazmat.live_handles() > 0


def test_the_contract() -> None:
    failures = run_contract(
        """
from forwarding_backend import ForwardingBackend
register_backend(ForwardingBackend())
""",
        "py-forwarding",
    )
    assert failures == ""


def test_one_that_breaks_the_contract_is_found_out() -> None:
    failures = run_contract(
        """
import forwarding_backend
class Wrong(forwarding_backend.Sealer):
    def open(self, nonce, message, data):
        return super().open(nonce, message, b"")
forwarding_backend.Sealer = Wrong
register_backend(forwarding_backend.ForwardingBackend())
""",
        "py-forwarding",
    )
    assert "/AES-GCM/" in failures  # of AEADs, or of the messages that they are asked for
    assert "authentication tag does not match" in failures
