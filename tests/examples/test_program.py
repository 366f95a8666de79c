"""What each language's program does with a file, its keys and its names."""

from __future__ import annotations

import hashlib
import hmac
import os

import pytest

from programs import CHUNK_SIZE, LANGUAGES, NONCE_SIZE, TAG_SIZE, Folder, Program, demo

MESSAGE = os.urandom(2 * CHUNK_SIZE + 100)


def write_message(program: Program, size: int = len(MESSAGE)) -> bytes:
    """Make a key, and a file of some size; return what is in it."""
    (program.folder / "file").write_bytes(MESSAGE[:size])
    program.succeed("keygen", "key")
    return MESSAGE[:size]


def test_container_and_sums(program: Program) -> None:
    message = write_message(program)
    sums = program.succeed("encrypt", "key", "file", "container")
    container, key = ((program.folder / name).read_bytes() for name in ("container", "key"))
    assert len(container) == NONCE_SIZE + len(message) + TAG_SIZE
    code = hmac.new(key[32:], container, hashlib.sha256).hexdigest()
    assert sums == ["sha256", hashlib.sha256(message).hexdigest(), "hmac-sha256", code]


@pytest.mark.parametrize("size", [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, len(MESSAGE)])
def test_round_trip(program: Program, size: int) -> None:
    message = write_message(program, size)
    _, digest, _, code = program.succeed("encrypt", "key", "file", "container")
    assert program.succeed("decrypt", "key", "container", "decrypted") == []
    assert (program.folder / "decrypted").read_bytes() == message
    assert program.succeed("check", "key", "container", "decrypted", digest, code) == []
    assert program.folder.names() == {"key", "file", "container", "decrypted"}


@pytest.mark.parametrize("size", [0, CHUNK_SIZE + 1, 20_000_000])
@pytest.mark.parametrize("writer", LANGUAGES)
def test_every_language_reads_what_every_language_writes(folder: Folder, writer: str, size: int) -> None:
    message = os.urandom(size)
    (folder / "file").write_bytes(message)
    Program(writer, folder).succeed("keygen", "key")
    _, digest, _, code = Program(writer, folder).succeed("encrypt", "key", "file", "container")
    for language in LANGUAGES:
        reader = Program(language, folder)
        reader.succeed("decrypt", "key", "container", "decrypted")
        assert (folder / "decrypted").read_bytes() == message
        reader.succeed("check", "key", "container", "decrypted", digest, code)


def test_only_the_owner_reads_what_it_writes(program: Program) -> None:
    write_message(program)
    program.succeed("encrypt", "key", "file", "container")
    program.succeed("decrypt", "key", "container", "decrypted")
    modes = {name: (program.folder / name).stat().st_mode & 0o777 for name in ("key", "container", "decrypted")}
    assert modes == {"key": 0o600, "container": 0o600, "decrypted": 0o600}


def test_keys_and_nonces_are_fresh(program: Program) -> None:
    write_message(program)
    program.succeed("keygen", "other key")
    assert (program.folder / "other key").read_bytes() != (program.folder / "key").read_bytes()
    nonces = set()
    for name in ("container", "other container"):
        program.succeed("encrypt", "key", "file", name)
        nonces.add((program.folder / name).read_bytes()[:NONCE_SIZE])
    assert len(nonces) == 2


def test_an_output_is_replaced_and_may_be_the_input(program: Program) -> None:
    message = write_message(program)
    program.succeed("encrypt", "key", "file", "file")
    assert (program.folder / "file").read_bytes() != message
    program.succeed("decrypt", "key", "file", "file")
    assert (program.folder / "file").read_bytes() == message


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("two words ", "C"),
        (b"caf\xe9 \xff", "C"),
        (b"caf\xe9 \xff", "C.UTF-8"),
        ("naïve 漢字", "C"),
        ("-'\"$HOME`*\\\n", "C"),
    ],
)
def test_names(program: Program, name: str | bytes, locale: str) -> None:
    """A name that is hard to get through, of a folder and of the files in it."""
    name = os.fsencode(name)
    key, file, container, decrypted = (os.path.join(name, name + end) for end in (b".k", b".f", b".c", b".d"))
    environment = {**demo.ENVIRONMENT, "LC_ALL": locale}
    (program.folder / name).mkdir()
    (program.folder / file).write_bytes(MESSAGE)
    program.succeed("keygen", key, env=environment)
    _, digest, _, code = program.succeed("encrypt", key, file, container, env=environment)
    program.succeed("decrypt", key, container, decrypted, env=environment)
    assert (program.folder / decrypted).read_bytes() == MESSAGE
    program.succeed("check", key, container, file, digest, code, env=environment)

    status, _, err = program.call("encrypt", key, file + b"x", container, env=environment)
    assert status == 1
    assert err.startswith(b"crypt_file: ")
    assert b"No such file" in err


@pytest.mark.parametrize(
    "arguments", [[], ["encrypt"], ["encrypt", "key", "file"], ["decipher", "key", "file", "out"], [""]]
)
def test_usage(program: Program, arguments: list[str]) -> None:
    status, out, err = program.call(*arguments)
    assert (status, out) == (2, b"")
    assert err.startswith(b"usage: crypt_file keygen KEY\n")
