"""The states that contexts go through, and the errors on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazmat import exceptions
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, CipherContext, HashContext, HMACContext, Mode

AES = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16))
NONCE = bytes(12)


def encryptor(backend: Backend, mode: CipherMode, iv: bytes = bytes(16)) -> CipherContext:
    return backend.create_symmetric_encryption_ctx(AES, Mode(mode=mode, iv=iv))


def decryptor(backend: Backend, tag: bytes) -> CipherContext:
    return backend.create_symmetric_decryption_ctx(AES, Mode(mode=CipherMode.GCM, iv=NONCE, tag=tag))


def sealed(backend: Backend, plaintext: bytes, data: bytes = b"") -> tuple[bytes, bytes]:
    """Return the ciphertext and tag of AES-GCM under a key and nonce of zeros."""
    with encryptor(backend, CipherMode.GCM, NONCE) as context:
        context.authenticate_additional_data(data)
        ciphertext = context.update(plaintext) + context.finalize()
        return ciphertext, context.tag()


@pytest.mark.parametrize("length", [(1 << 16) - 1, 1 << 16, (1 << 16) + 1, (1 << 20) + 7])
def test_large_updates(backend: Backend, length: int) -> None:
    data = bytes(range(256)) * (length // 256 + 1)
    with encryptor(backend, CipherMode.CBC) as context:
        want = context.update(data[: length + 15 & ~15])
    with encryptor(backend, CipherMode.CBC) as context:
        # The 15 bytes held back may make the output longer than the input.
        got = context.update(data[:15]) + context.update(data[15 : 15 + length])
    size = (15 + length) // 16 * 16
    assert (len(got), got) == (size, want[:size])


def test_blocks_are_held_back(backend: Backend) -> None:
    with encryptor(backend, CipherMode.CBC) as context:
        assert [len(context.update(bytes(size))) for size in (1, 14, 1, 0, 31, 1)] == [0, 0, 16, 0, 16, 16]
        assert context.finalize() == b""


@pytest.mark.parametrize("mode", [CipherMode.CTR, CipherMode.OFB, CipherMode.CFB, CipherMode.GCM])
def test_stream_modes_hold_nothing_back(backend: Backend, mode: CipherMode) -> None:
    with encryptor(backend, mode) as context:
        assert [len(context.update(bytes(size))) for size in (1, 0, 17, 64)] == [1, 0, 17, 64]
        assert context.finalize() == b""


@pytest.mark.parametrize("mode", [CipherMode.ECB, CipherMode.CBC])
@pytest.mark.parametrize("create", ["create_symmetric_encryption_ctx", "create_symmetric_decryption_ctx"])
def test_incomplete_block(backend: Backend, mode: CipherMode, create: str) -> None:
    iv = b"" if mode is CipherMode.ECB else bytes(16)
    with getattr(backend, create)(AES, Mode(mode=mode, iv=iv)) as context:
        context.update(bytes(17))
        with pytest.raises(exceptions.IncompleteBlock, match="not a multiple of the block length") as caught:
            context.finalize()
        assert isinstance(caught.value, ValueError)
        with pytest.raises(exceptions.AlreadyFinalized):
            context.finalize()


def dead(*calls: Callable[[], object]) -> None:
    """Check that each call says that its context is finalized."""
    for call in calls:
        with pytest.raises(exceptions.AlreadyFinalized):
            call()


def test_cipher_after_finalize(backend: Backend) -> None:
    with encryptor(backend, CipherMode.CTR) as context:
        context.finalize()
        dead(
            lambda: context.update(b"x"),
            lambda: context.update(b""),
            lambda: context.update_into(b"x", bytearray(32)),
            lambda: context.finalize(),
            lambda: context.finalize_into(bytearray(16)),
            lambda: context.reset_nonce(bytes(16)),
        )


def test_aead_after_finalize(backend: Backend) -> None:
    with encryptor(backend, CipherMode.GCM, NONCE) as context:
        context.finalize()
        assert context.tag() == context.tag()
        dead(lambda: context.update(b"x"), context.finalize, lambda: context.authenticate_additional_data(b"x"))


def test_aead_order(backend: Backend) -> None:
    with encryptor(backend, CipherMode.GCM, NONCE) as context:
        context.authenticate_additional_data(b"a")
        context.authenticate_additional_data(b"")
        with pytest.raises(exceptions.NotYetFinalized):
            context.tag()
        context.update(b"x")
        with pytest.raises(exceptions.AlreadyUpdated):
            context.authenticate_additional_data(b"b")
        with pytest.raises(exceptions.NotYetFinalized):
            context.tag_into(bytearray(16))
        context.finalize()
        assert len(context.tag()) == 16


def test_aead_decryption(backend: Backend) -> None:
    ciphertext, tag = sealed(backend, b"attack at dawn", b"header")
    with decryptor(backend, tag) as context:
        context.authenticate_additional_data(b"header")
        assert context.update(ciphertext) + context.finalize() == b"attack at dawn"
        with pytest.raises(exceptions.NotApplicable) as caught:
            context.tag()
        assert isinstance(caught.value, AttributeError)


def test_tag_at_the_end(backend: Backend) -> None:
    ciphertext, tag = sealed(backend, b"attack at dawn")
    with decryptor(backend, bytes(16)) as context:
        plaintext = context.update(ciphertext)
        with pytest.raises(exceptions.InvalidTagLength, match="15"):
            context.finalize_with_tag(tag[:15])
        assert plaintext + context.finalize_with_tag(tag) == b"attack at dawn"
    with decryptor(backend, bytes(16)) as context:
        context.update(ciphertext)
        assert context.finalize_with_tag_into(tag, bytearray(16)) == 0


def test_tag_does_not_match(backend: Backend) -> None:
    ciphertext, tag = sealed(backend, b"attack at dawn", b"header")
    wrong = bytes([tag[0] ^ 1]) + tag[1:]
    for data, text, check in (
        (b"header", ciphertext, wrong),
        (b"Header", ciphertext, tag),
        (b"header", ciphertext[:-1], tag),
    ):
        with decryptor(backend, check) as context:
            context.authenticate_additional_data(data)
            context.update(text)
            with pytest.raises(exceptions.InvalidTag):
                context.finalize()
            # Dead: a second try must not give what the first one refused.
            dead(context.finalize, lambda: context.finalize_with_tag(tag), lambda: context.update(b"x"))


def test_aead_calls_on_the_wrong_context(backend: Backend) -> None:
    with encryptor(backend, CipherMode.GCM, NONCE) as context, pytest.raises(exceptions.NotApplicable):
        context.finalize_with_tag(bytes(16))
    with encryptor(backend, CipherMode.CTR) as context:
        for call in (context.tag, lambda: context.authenticate_additional_data(b"")):
            with pytest.raises(exceptions.NotApplicable) as caught:
                call()
            assert isinstance(caught.value, AttributeError)
    with encryptor(backend, CipherMode.CBC) as context, pytest.raises(exceptions.NotApplicable):
        context.reset_nonce(bytes(16))


def test_reset_nonce(backend: Backend) -> None:
    with encryptor(backend, CipherMode.CTR) as context:
        first = context.update(bytes(40))
        context.reset_nonce(bytes(16))
        assert context.update(bytes(40)) == first
        context.reset_nonce(b"\x01" * 16)
        assert context.update(bytes(40)) != first
        with pytest.raises(exceptions.InvalidNonce, match="15"):
            context.reset_nonce(bytes(15))


@pytest.mark.parametrize(
    ("cipher", "mode", "error"),
    [
        (AES, Mode(mode=CipherMode.CBC, iv=bytes(15)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.OFB, iv=bytes(17)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.CFB), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.CTR, iv=bytes(8)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.ECB, iv=bytes(16)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.GCM, iv=bytes(7)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.GCM, iv=bytes(129)), exceptions.InvalidNonce),
        (AES, Mode(mode=CipherMode.GCM, iv=NONCE, tag=bytes(16)), exceptions.InvalidTagLength),
        (Cipher(algorithm=CipherAlgorithm.AES, key=bytes(15)), Mode(mode=CipherMode.ECB), exceptions.InvalidKey),
        (Cipher(algorithm=CipherAlgorithm.AES), Mode(mode=CipherMode.ECB), exceptions.InvalidKey),
        (Cipher(algorithm=CipherAlgorithm.CHACHA20, key=bytes(32)), None, exceptions.InvalidNonce),
        (Cipher(algorithm=CipherAlgorithm.CHACHA20, key=bytes(32), nonce=bytes(12)), None, exceptions.InvalidNonce),
        (Cipher(algorithm=CipherAlgorithm.ARC4, key=bytes(6)), None, exceptions.InvalidKey),
        (
            Cipher(algorithm=CipherAlgorithm.ARC4, key=bytes(16)),
            Mode(mode=CipherMode.ECB),
            exceptions.UnsupportedCipher,
        ),
        (AES, None, exceptions.UnsupportedCipher),
        (AES, Mode(mode=CipherMode(77)), exceptions.UnsupportedCipher),
        (Cipher(algorithm=CipherAlgorithm(77), key=bytes(16)), None, exceptions.UnsupportedCipher),
        (Cipher(algorithm=CipherAlgorithm(0x80000001), key=bytes(16)), None, exceptions.UnsupportedCipher),
    ],
)
def test_encryption_refused(backend: Backend, cipher: Cipher, mode: Mode | None, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        backend.create_symmetric_encryption_ctx(cipher, mode)
    assert "\n" not in str(caught.value)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("tag", "min_tag_length"),
    [(b"", 0), (bytes(15), 0), (bytes(17), 0), (bytes(11), 12), (bytes(4), 3), (bytes(16), 17), (bytes(1), 1)],
)
def test_tag_length_refused(backend: Backend, tag: bytes, min_tag_length: int) -> None:
    mode = Mode(mode=CipherMode.GCM, iv=NONCE, tag=tag, min_tag_length=min_tag_length)
    with pytest.raises(exceptions.InvalidTagLength) as caught:
        backend.create_symmetric_decryption_ctx(AES, mode)
    assert isinstance(caught.value, ValueError)


def test_error_names_got_and_allowed(backend: Backend) -> None:
    with pytest.raises(ValueError, match=r"120 bits.*128, 192, 256"):
        backend.create_symmetric_encryption_ctx(
            Cipher(algorithm=CipherAlgorithm.AES, key=bytes(15)), Mode(mode=CipherMode.ECB)
        )


def test_supported(backend: Backend) -> None:
    assert backend.cipher_supported(CipherAlgorithm.AES, CipherMode.CBC)
    assert not backend.cipher_supported(CipherAlgorithm.AES, CipherMode.NONE)
    assert backend.cipher_supported(CipherAlgorithm.CHACHA20, CipherMode.NONE)
    assert not backend.cipher_supported(CipherAlgorithm(77), CipherMode(0xFFFFFFFF))
    assert backend.hash_supported(HashAlgorithm.SHAKE128)
    assert not backend.hash_supported(HashAlgorithm(0))
    assert backend.hmac_supported(HashAlgorithm.SHA256)
    assert not backend.hmac_supported(HashAlgorithm.SHAKE128)


def test_hash_after_finalize(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(b"abc")
        assert context.algorithm() is HashAlgorithm.SHA256
        context.finalize()
        dead(lambda: context.update(b""), context.finalize, context.copy)
        assert context.algorithm() is HashAlgorithm.SHA256


def test_hash_copy_goes_its_own_way(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(b"ab")
        with context.copy() as other:
            context.update(b"c")
            other.update(b"x")
            assert isinstance(other, HashContext)
            assert context.finalize() != other.finalize()


def test_xof(backend: Backend) -> None:
    with backend.create_hash_ctx(HashAlgorithm.SHAKE128) as context:
        context.update(b"abc")
        first = context.squeeze(10)
        dead(lambda: context.update(b"x"), context.finalize)
        with context.copy() as other:
            memory = bytearray(20)
            context.squeeze_into(memory)
            assert other.squeeze(20) == memory
        with backend.create_hash_ctx(HashAlgorithm.SHAKE128) as whole:
            whole.update(b"abc")
            assert whole.squeeze(30) == first + memory
    with backend.create_hash_ctx(HashAlgorithm.SHA256) as context, pytest.raises(exceptions.NotApplicable):
        context.squeeze(1)


def test_hmac(backend: Backend) -> None:
    with backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256) as context:
        assert isinstance(context, HMACContext)
        assert context.algorithm() is HashAlgorithm.SHA256
        context.update(b"message")
        with context.copy() as other:
            mac = other.finalize()
            dead(lambda: other.update(b""), other.finalize, other.copy, lambda: other.verify(mac))
        context.verify(mac)
        dead(lambda: context.update(b""), context.finalize, context.copy, lambda: context.verify(mac))


@pytest.mark.parametrize("signature", [b"", bytes(31), bytes(32), bytes(33)])
def test_hmac_does_not_match(backend: Backend, signature: bytes) -> None:
    with backend.create_hmac_ctx(b"key", HashAlgorithm.SHA256) as context:
        with pytest.raises(exceptions.InvalidSignature):
            context.verify(signature)
        dead(lambda: context.verify(signature), context.finalize)


def test_unsupported_hash(backend: Backend) -> None:
    with pytest.raises(exceptions.UnsupportedAlgorithm, match="0x4d"):
        backend.create_hash_ctx(HashAlgorithm(77))
    with pytest.raises(exceptions.UnsupportedHash, match="shake128"):
        backend.create_hmac_ctx(b"key", HashAlgorithm.SHAKE128)
