"""The holes that pyca/cryptography once had."""

from __future__ import annotations

import mmap

import pytest

from hazmat import exceptions
from hazmat.algorithms import CipherAlgorithm, CipherMode
from hazmat.backends import Backend, Cipher, Mode
from hazmat.primitives import ciphers, hashes, hmac, padding
from hazmat.primitives.ciphers import aead, algorithms, modes

AES = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16))


def test_cve_2018_10903_short_gcm_tags(backend: Backend) -> None:
    """finalize_with_tag took a tag of any length, so that one byte was guessed in 256 tries."""
    with backend.create_symmetric_encryption_ctx(AES, Mode(mode=CipherMode.GCM, iv=bytes(12))) as context:
        ciphertext = context.update(b"attack at dawn") + context.finalize()
        tag = context.tag()
    with backend.create_symmetric_decryption_ctx(
        AES, Mode(mode=CipherMode.GCM, iv=bytes(12), tag=bytes(16))
    ) as context:
        context.update(ciphertext)
        for length in range(16):
            with pytest.raises(exceptions.InvalidTagLength):
                context.finalize_with_tag(tag[:length])
        context.finalize_with_tag(tag)
    shaped = ciphers.Cipher(algorithms.AES(bytes(16)), modes.GCM(bytes(12))).decryptor()
    shaped.update(ciphertext)
    for length in range(16):
        with pytest.raises(ValueError, match="must be 16 bytes or longer"):
            shaped.finalize_with_tag(tag[:length])
    shaped.finalize_with_tag(tag)
    for minimum in (0, 1, 3):
        mode = Mode(mode=CipherMode.GCM, iv=bytes(12), tag=tag[:1], min_tag_length=minimum)
        with pytest.raises(exceptions.InvalidTagLength):
            backend.create_symmetric_decryption_ctx(AES, mode)


def test_cve_2020_36242_more_than_2_gib_at_once(backend: Backend) -> None:
    """Lengths went through a C int, so that one update of 2 GiB wrote outside its buffer."""
    length = (1 << 31) + 48
    with mmap.mmap(-1, length) as memory:
        with backend.create_symmetric_encryption_ctx(AES, Mode(mode=CipherMode.CTR, iv=bytes(16))) as context:
            assert context.update_into(memory, memory) == length
        # Counter mode can be entered anywhere: the counter is the number of the block.
        for offset in (0, 1 << 30, (1 << 31) - 32, length - 48):
            counter = Mode(mode=CipherMode.CTR, iv=(offset // 16).to_bytes(16, "big"))
            with backend.create_symmetric_encryption_ctx(AES, counter) as context:
                assert memory[offset : offset + 48] == context.update(bytes(48))
        memory[: 1 << 20] = bytes(1 << 20)
        shaped = ciphers.Cipher(algorithms.AES(bytes(16)), modes.CTR(bytes(16))).encryptor()
        assert shaped.update_into(memory, memory) == length
        counter = Mode(mode=CipherMode.CTR, iv=bytes(16))
        with backend.create_symmetric_encryption_ctx(AES, counter) as context:
            assert memory[:48] == context.update(bytes(48))


def test_cve_2023_23931_output_into_immutable_bytes(backend: Backend) -> None:
    """update_into wrote into bytes objects, which nothing may change."""
    target = b"\0" * 64
    with backend.create_symmetric_encryption_ctx(AES, Mode(mode=CipherMode.CTR, iv=bytes(16))) as context:
        for buf in (target, memoryview(target)):
            with pytest.raises(BufferError):
                context.update_into(bytes(range(48)), buf)
    shaped = ciphers.Cipher(algorithms.AES(bytes(16)), modes.CTR(bytes(16))).encryptor()
    for buf in (target, memoryview(target)):
        with pytest.raises(TypeError, match="Buffer is not writable"):
            shaped.update_into(bytes(range(48)), buf)
        with pytest.raises(TypeError, match="Buffer is not writable"):
            aead.AESGCM(bytes(16)).encrypt_into(bytes(12), bytes(48), None, buf)
    assert target == bytes(64)


def test_cve_2026_39892_buffers_with_gaps(backend: Backend) -> None:
    """Buffers that are not contiguous were read as if they were, past their end."""
    memory = bytearray(range(64))
    with backend.create_symmetric_encryption_ctx(AES, Mode(mode=CipherMode.CTR, iv=bytes(16))) as context:
        for view in (memoryview(memory)[::2], memoryview(memory)[::-1]):
            with pytest.raises(BufferError):
                context.update(view)
            with pytest.raises(BufferError):
                context.update_into(bytes(16), view)
    shaped = ciphers.Cipher(algorithms.AES(bytes(16)), modes.GCM(bytes(12))).encryptor()
    for view in (memoryview(memory)[::2], memoryview(memory)[::-1]):
        for call in (
            shaped.update,
            shaped.authenticate_additional_data,
            lambda view: shaped.update_into(bytes(16), view),
            hashes.Hash(hashes.SHA256()).update,
            hmac.HMAC(b"key", hashes.SHA256()).update,
            lambda view: hmac.HMAC(view, hashes.SHA256()),
            padding.PKCS7(128).padder().update,
            lambda view: aead.AESGCM(bytes(16)).encrypt(bytes(12), view, None),
            lambda view: aead.AESGCM(bytes(16)).encrypt_into(bytes(12), b"", None, view),
            padding.ANSIX923(128).unpadder().update,
        ):
            with pytest.raises(BufferError, match="Buffer is not contiguous"):
                call(view)
    assert memory == bytes(range(64))
