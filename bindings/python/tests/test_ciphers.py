"""``hazmat.primitives.ciphers`` and ``hazmat.decrepit``: what pyca's own tests do not show."""

from __future__ import annotations

import copy
import pickle
import warnings
from typing import Any

import pytest

from buffers import GAPS, KINDS, refuses
from hazmat import algorithms as codes
from hazmat import exceptions, utils
from hazmat.backends import Backend, open_backend
from hazmat.decrepit.ciphers import algorithms as decrepit
from hazmat.decrepit.ciphers import modes as decrepit_modes
from hazmat.decrepit.ciphers.modes import CFB, CFB8, OFB
from hazmat.primitives.ciphers import (
    AEADDecryptionContext,
    AEADEncryptionContext,
    BlockCipherAlgorithm,
    Cipher,
    CipherAlgorithm,
    CipherContext,
    algorithms,
    modes,
)

KEY = bytes(range(32))
BLOCK = bytes(range(100, 116))
DATA = bytes(index % 251 for index in range(10_000))

PAIRS: dict[str, tuple[Any, Any]] = {
    "AES-CBC": (algorithms.AES(KEY), modes.CBC(BLOCK)),
    "AES-ECB": (algorithms.AES256(KEY), modes.ECB()),
    "AES-CTR": (algorithms.AES128(KEY[:16]), modes.CTR(BLOCK)),
    "AES-OFB": (algorithms.AES(KEY), OFB(BLOCK)),
    "AES-CFB": (algorithms.AES(KEY), CFB(BLOCK)),
    "AES-CFB8": (algorithms.AES(KEY), CFB8(BLOCK)),
    "SM4-CBC": (algorithms.SM4(KEY[:16]), modes.CBC(BLOCK)),
    "Blowfish-CBC": (decrepit.Blowfish(KEY), modes.CBC(BLOCK[:8])),
    "ChaCha20": (algorithms.ChaCha20(KEY, BLOCK), None),
    "ARC4": (decrepit.ARC4(KEY), None),
}
all_pairs = pytest.mark.parametrize(("algorithm", "mode"), PAIRS.values(), ids=PAIRS)

GCM = modes.GCM(BLOCK[:12])


def encrypted(algorithm: Any, mode: Any, data: Any) -> bytes:
    context = Cipher(algorithm, mode).encryptor()
    return context.update(data) + context.finalize()


def sealed(data: bytes = b"data", additional: bytes = b"") -> tuple[bytes, bytes]:
    context = Cipher(algorithms.AES(KEY), GCM).encryptor()
    context.authenticate_additional_data(additional)
    return context.update(data) + context.finalize(), context.tag


@all_pairs
def test_there_and_back_in_pieces(algorithm: Any, mode: Any) -> None:
    cipher = Cipher(algorithm, mode)
    data = DATA[: len(DATA) // 16 * 16]
    whole = encrypted(algorithm, mode, data)
    assert len(whole) == len(data)
    for context, given, wanted in ((cipher.encryptor(), data, whole), (cipher.decryptor(), whole, data)):
        assert isinstance(context, CipherContext)
        result, place = b"", 0
        for size in (1, 15, 16, 17, 0, 31, 33, 1000, len(data)):
            result += context.update(given[place : place + size])
            place += size
        assert result + context.finalize() == wanted


@all_pairs
def test_update_into(algorithm: Any, mode: Any) -> None:
    whole = encrypted(algorithm, mode, DATA[:64])
    context = Cipher(algorithm, mode).encryptor()
    block = algorithm.block_size // 8 if mode is not None and mode.name in ("CBC", "ECB") else 1
    with pytest.raises(ValueError, match=f"^buffer must be at least {64 + block - 1} bytes for this payload$"):
        context.update_into(DATA[:64], bytearray(64 + block - 2))
    memory = bytearray(DATA[:64] + bytes(block - 1))
    assert context.update_into(memoryview(memory)[:64], memory) == 64
    assert memory[:64] == whole
    context.finalize()
    with pytest.raises(exceptions.AlreadyFinalized):
        context.update_into(b"", bytearray(16))


@all_pairs
def test_the_end(algorithm: Any, mode: Any) -> None:
    context = Cipher(algorithm, mode).decryptor()
    assert context.finalize() == b""
    for call in (
        context.finalize,
        lambda: context.update(b""),
        lambda: context.update_into(b"", bytearray(32)),
        lambda: context.reset_nonce(BLOCK),
    ):
        with pytest.raises(exceptions.AlreadyFinalized, match=r"^Context was already finalized\.$"):
            call()


@all_pairs
def test_nonces(algorithm: Any, mode: Any) -> None:
    context = Cipher(algorithm, mode).encryptor()
    first = context.update(DATA[:100])
    if (mode is not None and mode.name == "CTR") or algorithm.name == "ChaCha20":
        for wrong in (b"", bytes(15), bytes(17)):
            with pytest.raises(ValueError, match=r"^Nonce must be 16 bytes long$"):
                context.reset_nonce(wrong)
        context.reset_nonce(bytearray(BLOCK))
        assert context.update(DATA[:100]) == first
    else:
        with pytest.raises(exceptions.UnsupportedAlgorithm, match="does not support resetting the nonce") as caught:
            context.reset_nonce(BLOCK)
        assert caught.value._reason is exceptions._Reasons.UNSUPPORTED_CIPHER  # type: ignore[attr-defined]


def test_buffers() -> None:
    want = encrypted(algorithms.AES(KEY), modes.CBC(BLOCK), DATA[:32])
    ciphertext, tag = sealed(DATA[:32], DATA[:6])
    for name, kind in KINDS.items():
        # Of keys and the like the items are counted, as pyca does, so they must be in one row.
        row = bytearray if name == "two dimensions" else kind
        assert encrypted(algorithms.AES(row(KEY)), modes.CBC(row(BLOCK)), kind(DATA[:32])) == want
        context = Cipher(algorithms.AES(row(KEY)), modes.GCM(row(BLOCK[:12]))).encryptor()
        context.authenticate_additional_data(kind(DATA[:6]))
        assert context.update(kind(DATA[:32])) + context.finalize() == ciphertext
        assert context.tag == tag
    context = Cipher(algorithms.AES(KEY), GCM).encryptor()
    refuses(context.update)
    refuses(context.authenticate_additional_data)
    refuses(lambda value: context.update_into(value, bytearray(100)))
    refuses(lambda value: context.update_into(b"", value))
    refuses(Cipher(algorithms.ChaCha20(KEY, BLOCK), None).encryptor().reset_nonce)
    for read_only in (bytes(64), memoryview(bytearray(64)).toreadonly()):
        with pytest.raises(TypeError, match=r"^Buffer is not writable\.$"):
            context.update_into(bytes(16), read_only)
    assert context.update(b"abcd")


def test_wrong_types() -> None:
    wrong: Any
    for wrong in ("key", None, 1, [1] * 16):
        for make in (algorithms.AES, decrepit.ARC4, decrepit.TripleDES, lambda it: algorithms.ChaCha20(it, BLOCK)):
            with pytest.raises(TypeError, match=r"^key must be bytes-like$"):
                make(wrong)
        for mode in (modes.CBC, OFB, modes.GCM):
            with pytest.raises(TypeError, match=r"^initialization_vector must be bytes-like$"):
                mode(wrong)
        with pytest.raises(TypeError, match=r"^nonce must be bytes-like$"):
            modes.CTR(wrong)
        with pytest.raises(TypeError, match=r"^nonce must be bytes-like$"):
            algorithms.ChaCha20(KEY, wrong)
        with pytest.raises(TypeError, match=r"^tweak must be bytes-like$"):
            modes.XTS(wrong)
        if wrong is not None:
            with pytest.raises(TypeError, match=r"^tag must be bytes$"):
                modes.GCM(BLOCK, wrong)
        with pytest.raises(TypeError, match=r"^Expected interface of CipherAlgorithm\.$"):
            Cipher(wrong, None)
    for wrong in ("CBC", modes.CBC, object()):
        with pytest.raises(TypeError, match=r"^Expected interface of Mode\.$"):
            Cipher(algorithms.AES(KEY), wrong)
    for gap in GAPS:
        with pytest.raises(BufferError):
            Cipher(algorithms.AES(memoryview(bytes(64))[::2]), modes.ECB()).encryptor()
        with pytest.raises((BufferError, ValueError)):
            Cipher(algorithms.AES(KEY), modes.CBC(gap)).encryptor()


def test_wrong_sizes() -> None:
    for call, text in (
        (lambda: algorithms.AES(bytes(17)), r"Invalid key size \(136\) for AES\."),
        (lambda: algorithms.AES128(KEY), r"Invalid key size \(256\) for AES\."),
        (lambda: decrepit.TripleDES(bytes(9)), r"Invalid key size \(72\) for 3DES\."),
        (lambda: algorithms.ChaCha20(KEY, BLOCK[:12]), r"nonce must be 128-bits \(16 bytes\)"),
        (lambda: modes.XTS(b""), r"tweak must be 128-bits \(16 bytes\)"),
        (lambda: modes.GCM(bytes(7)), "initialization_vector must be between 8 and 128 bytes"),
        (lambda: modes.GCM(bytes(129)), "initialization_vector must be between 8 and 128 bytes"),
        (lambda: modes.GCM(BLOCK, None, 3), "min_tag_length must be >= 4"),
        (lambda: modes.GCM(BLOCK, bytes(15)), r"Authentication tag must be 16 bytes or longer\."),
        (lambda: Cipher(algorithms.AES(KEY), modes.GCM(BLOCK, bytes(17))), "cannot be more than 16 bytes"),
        (lambda: Cipher(algorithms.AES(KEY), modes.CBC(bytes(12))), r"Invalid IV size \(12\) for CBC\."),
        (lambda: Cipher(algorithms.AES(KEY), modes.CTR(bytes(12))), r"Invalid nonce size \(12\) for CTR\."),
        (lambda: Cipher(algorithms.AES(KEY * 2), modes.ECB()), "Only 128, 192, and 256 bit keys are allowed"),
        (lambda: Cipher(algorithms.AES(KEY[:16]), modes.XTS(BLOCK)), "The XTS specification requires a 256-bit key"),
        (lambda: Cipher(algorithms.AES(KEY * 2), modes.XTS(BLOCK)).encryptor(), "duplicated keys are not allowed"),
    ):
        with pytest.raises(ValueError, match=f"{text}"):
            call()
    for wrong in (algorithms.AES128(KEY[:16]), algorithms.AES256(KEY)):
        with pytest.raises(TypeError, match="please use the standard AES class"):
            Cipher(wrong, modes.XTS(BLOCK))


def test_messages_that_do_not_fill_a_block() -> None:
    for mode in (modes.CBC(BLOCK), modes.ECB()):
        for context in (Cipher(algorithms.AES(KEY), mode).encryptor(), Cipher(algorithms.AES(KEY), mode).decryptor()):
            assert context.update(bytes(15)) == b""
            with pytest.raises(ValueError, match="is not a multiple of the block length"):
                context.finalize()
            with pytest.raises(exceptions.AlreadyFinalized):
                context.update(b"\0")
    unit = Cipher(algorithms.AES(KEY), modes.XTS(BLOCK))
    with pytest.raises(ValueError, match="you must supply at least a full block"):
        unit.encryptor().update(bytes(15))
    with pytest.raises(ValueError, match="you must supply at least a full block"):
        unit.encryptor().update_into(bytes(15), bytearray(16))
    assert len(unit.encryptor().update(bytes(17))) == 17


def test_pairs_that_are_not_to_be_had() -> None:
    algorithm: Any
    mode: Any
    for algorithm, mode, text in (
        (algorithms.AES(KEY), None, "cipher AES in None mode is not supported"),
        (algorithms.ChaCha20(KEY, BLOCK), modes.ECB(), "cipher ChaCha20 in ECB mode is not supported"),
        (decrepit.Blowfish(KEY), modes.CTR(BLOCK[:8]), "cipher Blowfish in CTR mode is not supported"),
        (decrepit.RC2(KEY[:16]), modes.CBC(BLOCK[:8]), "cipher RC2 in CBC mode is not supported"),
    ):
        cipher = Cipher(algorithm, mode)
        for make in (cipher.encryptor, cipher.decryptor):
            with pytest.raises(exceptions.UnsupportedAlgorithm, match=text) as caught:
                make()
            assert caught.value._reason is exceptions._Reasons.UNSUPPORTED_CIPHER  # type: ignore[attr-defined]
    for mode in (modes.CBC(BLOCK), modes.CTR(BLOCK), GCM):
        with pytest.raises(exceptions.UnsupportedAlgorithm, match="requires a block cipher algorithm"):
            Cipher(algorithms.ChaCha20(KEY, BLOCK), mode)


def test_gcm_states() -> None:
    encryptor = Cipher(algorithms.AES(KEY), GCM).encryptor()
    assert isinstance(encryptor, AEADEncryptionContext)
    with pytest.raises(exceptions.NotYetFinalized, match="You must finalize encryption before getting the tag"):
        encryptor.tag  # noqa: B018
    encryptor.update(b"")
    with pytest.raises(exceptions.AlreadyUpdated, match="Update has been called on this context"):
        encryptor.authenticate_additional_data(b"")
    encryptor.finalize()
    assert len(encryptor.tag) == 16
    with pytest.raises(ValueError, match="Authentication tag must be None when encrypting"):
        Cipher(algorithms.AES(KEY), modes.GCM(BLOCK, bytes(16))).encryptor()
    decryptor = Cipher(algorithms.AES(KEY), GCM).decryptor()
    assert isinstance(decryptor, AEADDecryptionContext)
    assert not hasattr(decryptor, "tag")
    with pytest.raises(exceptions.UnsupportedAlgorithm):
        decryptor.reset_nonce(BLOCK[:12])


def test_tags_that_come_last() -> None:
    ciphertext, tag = sealed()
    decryptor = Cipher(algorithms.AES(KEY), GCM).decryptor()
    assert decryptor.update(ciphertext) == b"data"
    with pytest.raises(ValueError, match="Authentication tag must be provided when decrypting"):
        decryptor.finalize()
    for wrong, text in ((tag[:15], "must be 16 bytes or longer"), (tag + b"\0", "cannot be more than 16 bytes")):
        with pytest.raises(ValueError, match=text):
            decryptor.finalize_with_tag(wrong)
    kind: Any
    for kind in ("tag", bytearray(tag), None):
        with pytest.raises(TypeError, match="is not an instance of 'bytes'"):
            decryptor.finalize_with_tag(kind)
    assert decryptor.finalize_with_tag(tag) == b""
    decryptor = Cipher(algorithms.AES(KEY), modes.GCM(BLOCK[:12], tag)).decryptor()
    with pytest.raises(ValueError, match="must be provided only once"):
        decryptor.finalize_with_tag(tag)
    assert decryptor.update(ciphertext) + decryptor.finalize() == b"data"
    # A tag may never be longer than 16 bytes, whatever the least.
    decryptor = Cipher(algorithms.AES(KEY), modes.GCM(BLOCK[:12], min_tag_length=20)).decryptor()
    with pytest.raises(ValueError, match="must be 20 bytes or longer"):
        decryptor.finalize_with_tag(tag)


def test_a_wrong_tag_is_the_end() -> None:
    ciphertext, tag = sealed(additional=b"more")
    for mode in (modes.GCM(BLOCK[:12], bytes(16)), GCM):
        decryptor = Cipher(algorithms.AES(KEY), mode).decryptor()
        decryptor.authenticate_additional_data(b"more")
        decryptor.update(ciphertext)
        with pytest.raises(exceptions.InvalidTag):
            decryptor.finalize() if mode.tag else decryptor.finalize_with_tag(bytes(16))
        for call in (
            decryptor.finalize,
            lambda it=decryptor: it.finalize_with_tag(tag),
            lambda it=decryptor: it.update(b""),
        ):
            with pytest.raises(exceptions.AlreadyFinalized):
                call()


def test_short_tags() -> None:
    ciphertext, tag = sealed()
    for size in range(4, 17):
        mode = modes.GCM(BLOCK[:12], tag[:size], min_tag_length=size)
        decryptor = Cipher(algorithms.AES(KEY), mode).decryptor()
        assert decryptor.update(ciphertext) + decryptor.finalize() == b"data"
        late = Cipher(algorithms.AES(KEY), modes.GCM(BLOCK[:12], min_tag_length=size)).decryptor()
        assert late.update(ciphertext) + late.finalize_with_tag(tag[:size]) == b"data"


def test_names_of_old() -> None:
    moved: Any
    for module, home, names in (
        (algorithms, decrepit, ("ARC4", "Camellia", "TripleDES")),
        (modes, decrepit_modes, ("CFB", "CFB8", "OFB")),
    ):
        for name in names:
            with pytest.warns(
                utils.CryptographyDeprecationWarning, match=f"^{name} has been moved to hazmat"
            ) as caught:
                moved = getattr(module, name)
            assert moved is getattr(home, name)
            assert caught[0].filename == __file__
        with pytest.raises(AttributeError, match="has no attribute 'none'"):
            module.none  # noqa: B018
    for name in ("Blowfish", "CAST5", "IDEA", "SEED"):
        assert getattr(algorithms, name) is getattr(decrepit, name)


def test_short_keys_of_triple_des() -> None:
    whole = {}
    for key in (KEY[:8], KEY[:16], bytearray(KEY[:8]), memoryview(KEY)[:16]):
        with pytest.warns(utils.DeprecatedIn47, match="Use 24-byte keys instead") as caught:
            algorithm = decrepit.TripleDES(key)
        assert caught[0].filename == __file__
        assert algorithm.key_size == 192
        whole[len(key)] = algorithm.key
    assert whole == {8: KEY[:8] * 3, 16: KEY[:16] + KEY[:8]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert decrepit.TripleDES(KEY[:24]).key_size == 192


def test_copies() -> None:
    for algorithm, mode in PAIRS.values():
        assert copy.deepcopy(algorithm).key == pickle.loads(pickle.dumps(algorithm)).key == algorithm.key
        assert pickle.loads(pickle.dumps(mode)).__class__ is mode.__class__
        cipher = Cipher(algorithm, mode)
        for other in (copy.deepcopy(cipher), pickle.loads(pickle.dumps(cipher))):
            assert other.encryptor().update(DATA[:64]) == cipher.encryptor().update(DATA[:64])
        for context in (cipher.encryptor(), cipher.decryptor(), Cipher(algorithms.AES(KEY), GCM).decryptor()):
            for call in (copy.copy, copy.deepcopy, pickle.dumps):
                with pytest.raises(TypeError, match="cannot pickle"):
                    call(context)


def test_a_backend_of_choice(backend: Backend) -> None:
    cipher = Cipher(algorithms.AES(KEY), modes.ECB(), backend)
    assert cipher.encryptor().update(BLOCK) == encrypted(algorithms.AES(KEY), modes.ECB(), BLOCK)
    with open_backend("native") as native, pytest.raises(exceptions.UnsupportedAlgorithm):
        Cipher(algorithms.SM4(KEY[:16]), modes.ECB(), backend=native).encryptor()
    with pytest.raises(exceptions.UnsupportedAlgorithm, match="backend must be"):
        Cipher(algorithms.AES(KEY), modes.ECB(), "native")


class Xor(BlockCipherAlgorithm):
    """A cipher of a program's own, of blocks of two bytes."""

    name = "Xor"
    code = codes.CipherAlgorithm(0x80000A01)
    block_size = 16
    key_sizes = frozenset([8])
    key_size = 8

    def __init__(self, key: bytes) -> None:
        self.key = key


class Plus(modes.ModeWithNonce):
    """A mode of a program's own."""

    name = "Plus"
    code = codes.CipherMode(0x80000A02)

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce

    @property
    def nonce(self) -> bytes:
        return self._nonce

    def validate_for_algorithm(self, algorithm: CipherAlgorithm) -> None:
        if algorithm.name != "Xor":
            raise ValueError("Plus is for Xor")


class XorContext:
    """Holds bytes back in a way of its own: it gives two for each two."""

    def __init__(self, key: bytes, nonce: bytes) -> None:
        self.mask = key[0] ^ nonce[0]
        self.held = b""

    def update(self, data: bytes) -> bytes:
        held = self.held + data
        size = len(held) // 2 * 2
        self.held = held[size:]
        return bytes(byte ^ self.mask for byte in held[:size])

    def finalize(self) -> bytes:
        return bytes(byte ^ self.mask for byte in self.held)


def xor_context(_: Backend, cipher: Any, mode: Any, operation: object) -> XorContext:
    return XorContext(cipher.key, mode.iv)


def test_algorithms_and_modes_of_a_program(backend: Backend) -> None:
    cipher = Cipher(Xor(b"\x0f"), Plus(b"\xf0"))
    with pytest.raises(exceptions.UnsupportedAlgorithm, match="cipher Xor in Plus mode is not supported"):
        cipher.encryptor()
    backend.register_cipher_adapter(
        Xor.code,
        Plus.code,
        xor_context,
    )
    for context in (cipher.encryptor(), cipher.decryptor()):
        assert context.update(b"\0\1\2") == b"\xff\xfe"
        memory = bytearray(8)
        assert context.update_into(b"\3", memory) == 2
        assert memory[:2] == b"\xfd\xfc"
        assert context.update(b"\0") == b""
        assert context.finalize() == b"\xff"
    with pytest.raises(ValueError, match="Plus is for Xor"):
        Cipher(algorithms.AES(KEY), Plus(b"a"))
