"""Encrypts, decrypts and checks a file of any size in bounded memory. See
../README.md for the commands and the format of the container.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Callable, NamedTuple

import hazmat
from files import FileError, Input, output
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Cipher, Mode, default_backend
from hazmat.exceptions import Error, InvalidSignature, InvalidTag

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16
DIGEST_SIZE = 32  # of SHA-256, and so of HMAC over it


class Keys(NamedTuple):
    """The key file, as it is. One key does one job."""

    cipher: bytes
    mac: bytes


def read_keys(path: str) -> Keys:
    with Input(path, "reading the key") as file:
        if file.size != 2 * KEY_SIZE:
            raise FileError(f"{path}: a key file has {2 * KEY_SIZE} bytes, not {file.size}")
        return Keys(file.read(KEY_SIZE), file.read(KEY_SIZE))


def parse_hex(name: str, text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if len(digest) != DIGEST_SIZE:
        raise FileError(f"{name} must be {2 * DIGEST_SIZE} hexadecimal digits")
    return digest


# The container: the nonce, as many bytes of ciphertext as the file has, the tag.


def encrypt(key_path: str, path: str, container_path: str) -> None:
    keys = read_keys(key_path)
    backend = default_backend()
    # GCM is broken by a nonce that comes twice with one key, so each file gets its own.
    nonce = hazmat.random_bytes(NONCE_SIZE)
    cipher = backend.create_symmetric_encryption_ctx(
        Cipher(algorithm=CipherAlgorithm.AES, key=keys.cipher), Mode(mode=CipherMode.GCM, iv=nonce)
    )
    mac = backend.create_hmac_ctx(keys.mac, HashAlgorithm.SHA256)
    digest = backend.create_hash_ctx(HashAlgorithm.SHA256)

    with cipher, mac, digest:
        with Input(path, "encrypting") as file, output(container_path) as container:

            def write(data: bytes) -> None:
                mac.update(data)
                container.write(data)

            write(nonce)
            for chunk in file.chunks():
                digest.update(chunk)
                write(cipher.update(chunk))
            write(cipher.finalize())
            write(cipher.tag())
        print("sha256", digest.finalize().hex())
        print("hmac-sha256", mac.finalize().hex(), flush=True)


def decrypt(key_path: str, container_path: str, path: str) -> None:
    keys = read_keys(key_path)
    with Input(container_path, "decrypting") as container:
        if container.size < NONCE_SIZE + TAG_SIZE:
            raise FileError(
                f"{container_path}: a container has at least {NONCE_SIZE + TAG_SIZE} bytes, not {container.size}"
            )
        end = container.size - TAG_SIZE
        container.seek(end)
        tag = container.read(TAG_SIZE)
        container.seek(0)
        nonce = container.read(NONCE_SIZE)

        cipher = default_backend().create_symmetric_decryption_ctx(
            Cipher(algorithm=CipherAlgorithm.AES, key=keys.cipher), Mode(mode=CipherMode.GCM, iv=nonce, tag=tag)
        )
        # The output has no name until the tag was found right, so nobody takes it for the file before.
        with cipher, output(path) as file:
            for chunk in container.chunks(end):
                file.write(cipher.update(chunk))
            try:
                cipher.finalize()
            except InvalidTag:
                raise FileError(f"{container_path}: not authentic: it was changed, or the key is another") from None


def check(key_path: str, container_path: str, path: str, digest_text: str, code_text: str) -> None:
    keys = read_keys(key_path)
    expected_digest = parse_hex("SHA256", digest_text)
    expected_code = parse_hex("HMAC", code_text)
    backend = default_backend()

    with backend.create_hmac_ctx(keys.mac, HashAlgorithm.SHA256) as mac:
        with Input(container_path, "checking the HMAC") as container:
            for chunk in container.chunks():
                mac.update(chunk)
        try:
            mac.verify(expected_code)  # in constant time, which == is not
        except InvalidSignature:
            raise FileError(f"{container_path}: the HMAC differs") from None

    with backend.create_hash_ctx(HashAlgorithm.SHA256) as digest:
        with Input(path, "checking the SHA-256") as file:
            for chunk in file.chunks():
                digest.update(chunk)
        if digest.finalize() != expected_digest:
            raise FileError(f"{path}: the SHA-256 differs")


def keygen(path: str) -> None:
    with open(path, "xb") as file:  # x: never over a key that is there
        file.write(hazmat.random_bytes(2 * KEY_SIZE))


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "keygen": (keygen, "KEY"),
    "encrypt": (encrypt, "KEY FILE CONTAINER"),
    "decrypt": (decrypt, "KEY CONTAINER FILE"),
    "check": (check, "KEY CONTAINER FILE SHA256 HMAC"),
}


def main(name: str = "", *arguments: str) -> None:
    command, parameters = COMMANDS.get(name, (None, ""))
    if command is None or len(arguments) != len(parameters.split()):
        lines = (f"crypt_file {name} {parameters}" for name, (_, parameters) in COMMANDS.items())
        print("usage:", "\n       ".join(lines), file=sys.stderr)
        sys.exit(2)
    os.umask(0o077)  # keys and plaintexts are for their owner
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))  # runs all that cleans up
    try:
        command(*arguments)
    except (FileError, OSError, Error) as error:
        sys.exit(f"crypt_file: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
