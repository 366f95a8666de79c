"""What each language's program refuses: containers, keys and files that are not as they should be."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

import pytest

from programs import CHUNK_SIZE, LANGUAGES, NONCE_SIZE, TAG_SIZE, Folder, Program

MESSAGE = os.urandom(2 * CHUNK_SIZE + 100)
ZEROS = "0" * 64


class Encrypted:
    """A program, and a file that it has encrypted."""

    def __init__(self, program: Program) -> None:
        self.folder = program.folder
        self.refuse = program.refuse
        (self.folder / "file").write_bytes(MESSAGE)
        program.succeed("keygen", "key")
        program.succeed("keygen", "other key")
        _, self.digest, _, self.code = program.succeed("encrypt", "key", "file", "container")
        self.container = (self.folder / "container").read_bytes()


@pytest.fixture(params=LANGUAGES)
def encrypted(request: pytest.FixtureRequest, folder: Folder) -> Encrypted:
    return Encrypted(Program(request.param, folder))


def flip(data: bytes, at: int) -> bytes:
    """Return data with one bit of the byte at an index, which may be negative, changed."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def test_tampered_container(encrypted: Encrypted) -> None:
    good = encrypted.container
    nonce, chunks, tag = good[:NONCE_SIZE], good[NONCE_SIZE:-TAG_SIZE], good[-TAG_SIZE:]
    first, second, rest = chunks[:CHUNK_SIZE], chunks[CHUNK_SIZE : 2 * CHUNK_SIZE], chunks[2 * CHUNK_SIZE :]
    (encrypted.folder / "decrypted").write_bytes(b"was here before")
    for container in (
        *(flip(good, at) for at in (0, NONCE_SIZE, CHUNK_SIZE, -TAG_SIZE - 1, -TAG_SIZE, -1)),
        good[:-1],
        good + b"\0",
        nonce + first + rest + tag,
        nonce + second + first + rest + tag,
        nonce + tag,
    ):
        (encrypted.folder / "container").write_bytes(container)
        assert b"not authentic" in encrypted.refuse("decrypt", "key", "container", "decrypted")
        assert (encrypted.folder / "decrypted").read_bytes() == b"was here before"
        line = encrypted.refuse("check", "key", "container", "file", encrypted.digest, encrypted.code)
        assert b"the HMAC differs" in line


def test_what_is_too_short_for_a_container(encrypted: Encrypted) -> None:
    for size in (0, 1, NONCE_SIZE + TAG_SIZE - 1):
        (encrypted.folder / "container").write_bytes(encrypted.container[:size])
        line = encrypted.refuse("decrypt", "key", "container", "decrypted")
        assert f"a container has at least 28 bytes, not {size}".encode() in line


def test_wrong_keys(encrypted: Encrypted) -> None:
    assert b"not authentic" in encrypted.refuse("decrypt", "other key", "container", "decrypted")
    line = encrypted.refuse("check", "other key", "container", "file", encrypted.digest, encrypted.code)
    assert b"the HMAC differs" in line
    for size in (0, 32, 63, 65):
        (encrypted.folder / "short").write_bytes(bytes(size))
        line = encrypted.refuse("encrypt", "short", "file", "out")
        assert f"a key file has 64 bytes, not {size}".encode() in line


def test_a_key_is_not_overwritten(encrypted: Encrypted) -> None:
    key = (encrypted.folder / "key").read_bytes()
    assert b"File exists" in encrypted.refuse("keygen", "key")
    assert (encrypted.folder / "key").read_bytes() == key


def test_check(encrypted: Encrypted) -> None:
    digest, code = encrypted.digest, encrypted.code
    (encrypted.folder / "other file").write_bytes(MESSAGE[:-1])
    for file, given_digest, given_code, reason in (
        ("other file", digest, code, b"the SHA-256 differs"),
        ("file", ZEROS, code, b"the SHA-256 differs"),
        ("file", digest, ZEROS, b"the HMAC differs"),
        ("file", digest[:-1], code, b"SHA256 must be 64 hexadecimal digits"),
        ("file", "", code, b"SHA256 must be 64 hexadecimal digits"),
        ("file", digest, code + "0", b"HMAC must be 64 hexadecimal digits"),
        ("file", digest, "x" * 64, b"HMAC must be 64 hexadecimal digits"),
    ):
        assert reason in encrypted.refuse("check", "key", "container", file, given_digest, given_code)


def test_what_is_no_file_to_read(encrypted: Encrypted) -> None:
    (encrypted.folder / "folder").mkdir()
    os.mkfifo(encrypted.folder / "fifo")
    for name, reason in (
        ("missing", b"No such file"),
        ("", b"No such file"),
        ("file/below", b"Not a directory"),
        ("n" * 300, b"File name too long"),
        ("folder", b"is a directory"),
        ("fifo", b"is not a regular file"),
        ("/dev/null", b"is not a regular file"),
        ("/proc/self/mem", b"nput/output error"),  # opens, and fails when it is read
    ):
        assert reason in encrypted.refuse("encrypt", "key", name, "out")
    for arguments in (
        ("encrypt", "missing", "file", "out"),
        ("decrypt", "key", "missing", "out"),
        ("check", "key", "missing", "file", encrypted.digest, encrypted.code),
        ("check", "key", "container", "missing", encrypted.digest, encrypted.code),
    ):
        assert b"No such file" in encrypted.refuse(*arguments)


def test_what_nobody_may_read(encrypted: Encrypted) -> None:
    (encrypted.folder / "file").chmod(0)
    line = encrypted.refuse("encrypt", "key", "file", "out", preexec_fn=drop_privileges)
    assert b"Permission denied" in line


def drop_privileges() -> None:
    """Make a program that root starts obey the permissions of files (capabilities(7))."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    pr_capbset_drop, cap_dac_override, cap_dac_read_search = 24, 1, 2
    for capability in (cap_dac_override, cap_dac_read_search):
        if libc.prctl(pr_capbset_drop, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def test_what_is_no_place_to_write(encrypted: Encrypted) -> None:
    (encrypted.folder / "folder").mkdir()
    for name in ("missing/out", "file/out", "folder", "/proc/out"):
        encrypted.refuse("encrypt", "key", "file", name)
        encrypted.refuse("decrypt", "key", "container", name)


def test_a_full_disk(encrypted: Encrypted) -> None:
    for command, file in (("encrypt", "file"), ("decrypt", "container")):
        assert b"File too large" in encrypted.refuse(command, "key", file, "out", preexec_fn=limit_files)


def limit_files() -> None:
    """Make writes beyond the first chunk fail."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK_SIZE, CHUNK_SIZE))
