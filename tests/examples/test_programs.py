"""What each language's program does with good and with bad input."""

from __future__ import annotations

import ctypes
import hashlib
import hmac
import os
import resource
import signal
import unittest

from programs import CHUNK_SIZE, LANGUAGES, NONCE_SIZE, TAG_SIZE, ProgramsTest, demo

ZEROS = "0" * 64


class ProgramTest(ProgramsTest):
    """The tests of one language, which the class made of this one names."""

    language: str

    def setUp(self) -> None:
        super().setUp()
        self.message = os.urandom(2 * CHUNK_SIZE + 100)
        self.path("file").write_bytes(self.message)
        self.succeed(self.language, "keygen", "key")
        self.sums = self.succeed(self.language, "encrypt", "key", "file", "container")
        self.digest, self.code = self.sums[1], self.sums[3]

    def test_container_and_sums(self) -> None:
        container, key = self.path("container").read_bytes(), self.path("key").read_bytes()
        self.assertEqual(len(container), NONCE_SIZE + len(self.message) + TAG_SIZE)
        digest = hashlib.sha256(self.message).hexdigest()
        code = hmac.new(key[32:], container, hashlib.sha256).hexdigest()
        self.assertEqual(self.sums, ["sha256", digest, "hmac-sha256", code])

    def test_round_trip(self) -> None:
        self.assertEqual(self.succeed(self.language, "decrypt", "key", "container", "decrypted"), [])
        self.assertEqual(self.path("decrypted").read_bytes(), self.message)
        self.assertEqual(
            self.succeed(self.language, "check", "key", "container", "decrypted", self.digest, self.code), []
        )
        self.assertEqual(self.names(), {"key", "file", "container", "decrypted"})

    def test_sizes_around_the_chunk(self) -> None:
        for size in (0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1):
            with self.subTest(size=size):
                self.path("file").write_bytes(self.message[:size])
                self.succeed(self.language, "encrypt", "key", "file", "container")
                self.succeed(self.language, "decrypt", "key", "container", "decrypted")
                self.assertEqual(self.path("decrypted").read_bytes(), self.message[:size])

    def test_only_the_owner_reads_what_it_writes(self) -> None:
        self.succeed(self.language, "decrypt", "key", "container", "decrypted")
        for name in ("key", "container", "decrypted"):
            self.assertEqual(self.path(name).stat().st_mode & 0o777, 0o600, name)

    def test_keys_and_nonces_are_fresh(self) -> None:
        self.succeed(self.language, "keygen", "other key")
        self.assertNotEqual(self.path("other key").read_bytes(), self.path("key").read_bytes())
        self.succeed(self.language, "encrypt", "key", "file", "other container")
        nonces = {self.path(name).read_bytes()[:NONCE_SIZE] for name in ("container", "other container")}
        self.assertEqual(len(nonces), 2)

    def test_a_key_is_not_overwritten(self) -> None:
        key = self.path("key").read_bytes()
        self.refuse(self.language, "keygen", "key")
        self.assertEqual(self.path("key").read_bytes(), key)

    def test_an_output_is_replaced_and_may_be_the_input(self) -> None:
        self.succeed(self.language, "encrypt", "key", "file", "file")
        self.succeed(self.language, "decrypt", "key", "file", "file")
        self.assertEqual(self.path("file").read_bytes(), self.message)

    def test_names(self) -> None:
        for name in ("two words ", "-k", "naïve 漢字", b"caf\xe9 \xff", "line\nbreak", "'\"$HOME`*\\"):
            self.round_trip_under(os.fsencode(name), "C")
        self.round_trip_under(b"caf\xe9 \xff", "C.UTF-8")

    def round_trip_under(self, name: bytes, locale: str) -> None:
        """Go from file to file in a folder and under names that have a name in them."""
        environment = {**demo.ENVIRONMENT, "LC_ALL": locale}
        key, file, container, decrypted = (os.path.join(name, name + str(i).encode()) for i in range(4))
        self.path(name).mkdir(exist_ok=True)
        self.path(file).write_bytes(self.message)
        self.path(key).unlink(missing_ok=True)
        with self.subTest(name=name, locale=locale):
            self.succeed(self.language, "keygen", key, env=environment)
            _, digest, _, code = self.succeed(self.language, "encrypt", key, file, container, env=environment)
            self.succeed(self.language, "decrypt", key, container, decrypted, env=environment)
            self.assertEqual(self.path(decrypted).read_bytes(), self.message)
            self.succeed(self.language, "check", key, container, file, digest, code, env=environment)
            self.path(file).unlink()
            status, _, err = self.call(self.language, "encrypt", key, file, container, env=environment)
            self.assertEqual(status, 1)
            self.assertRegex(err, rb"\Acrypt_file: .*No such file")

    def test_tampered_container(self) -> None:
        good = self.path("container").read_bytes()
        head, chunks, tag = good[:NONCE_SIZE], good[NONCE_SIZE:-TAG_SIZE], good[-TAG_SIZE:]
        first, second, rest = chunks[:CHUNK_SIZE], chunks[CHUNK_SIZE : 2 * CHUNK_SIZE], chunks[2 * CHUNK_SIZE :]
        changed = {
            "one byte less": good[:-1],
            "one byte more": good + b"\0",
            "one chunk less": head + first + rest + tag,
            "swapped chunks": head + second + first + rest + tag,
        }
        end = len(good)
        for at in (0, NONCE_SIZE, end // 2, end - TAG_SIZE - 1, end - TAG_SIZE, end - 1):
            changed[f"a bit of byte {at}"] = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        self.path("decrypted").write_bytes(b"was here before")
        for what, container in changed.items():
            with self.subTest(what):
                self.path("container").write_bytes(container)
                self.assertIn(b"not authentic", self.refuse(self.language, "decrypt", "key", "container", "decrypted"))
                self.assertEqual(self.path("decrypted").read_bytes(), b"was here before")
                self.assertIn(
                    b"HMAC differs",
                    self.refuse(self.language, "check", "key", "container", "file", self.digest, self.code),
                )

    def test_truncated_container(self) -> None:
        good = self.path("container").read_bytes()
        for size in (0, 1, NONCE_SIZE, NONCE_SIZE + TAG_SIZE - 1):
            with self.subTest(size=size):
                self.path("container").write_bytes(good[:size])
                line = self.refuse(self.language, "decrypt", "key", "container", "decrypted")
                self.assertIn(f"at least 28 bytes, not {size}".encode(), line)
        self.path("container").write_bytes(good[: NONCE_SIZE + TAG_SIZE])
        self.assertIn(b"not authentic", self.refuse(self.language, "decrypt", "key", "container", "decrypted"))

    def test_check_refuses_what_differs(self) -> None:
        self.path("other").write_bytes(self.message[:-1])
        for arguments, reason in (
            (("other", self.digest, self.code), b"SHA-256 differs"),
            (("file", ZEROS, self.code), b"SHA-256 differs"),
            (("file", self.digest, ZEROS), b"HMAC differs"),
            (("file", self.digest[:-1], self.code), b"SHA256 must be 64 hexadecimal digits"),
            (("file", self.digest, self.code + "0"), b"HMAC must be 64 hexadecimal digits"),
            (("file", self.digest, "x" * 64), b"HMAC must be 64 hexadecimal digits"),
            (("file", "", self.code), b"SHA256 must be 64 hexadecimal digits"),
        ):
            with self.subTest(arguments=arguments):
                self.assertIn(reason, self.refuse(self.language, "check", "key", "container", *arguments))

    def test_wrong_keys(self) -> None:
        self.succeed(self.language, "keygen", "other")
        self.assertIn(b"not authentic", self.refuse(self.language, "decrypt", "other", "container", "decrypted"))
        self.assertIn(
            b"HMAC differs", self.refuse(self.language, "check", "other", "container", "file", self.digest, self.code)
        )
        for size in (0, 32, 63, 65):
            self.path("short").write_bytes(bytes(size))
            line = self.refuse(self.language, "encrypt", "short", "file", "out")
            self.assertIn(f"a key file has 64 bytes, not {size}".encode(), line)

    def test_what_is_no_file_to_read(self) -> None:
        self.path("folder").mkdir()
        os.mkfifo(self.path("fifo"))
        for name, reason in (
            ("missing", b"No such file"),
            ("folder", b"is a directory"),
            ("fifo", b"is not a regular file"),
            ("/dev/null", b"is not a regular file"),
            ("file/below", b"Not a directory"),
            ("", b"No such file"),
            ("n" * 300, b"File name too long"),
            ("/proc/self/mem", b"nput/output error"),  # fails when it is read
        ):
            with self.subTest(name):
                self.assertIn(reason, self.refuse(self.language, "encrypt", "key", name, "out"))
                self.refuse(self.language, "decrypt", "key", name, "out")
                self.refuse(self.language, "encrypt", name, "file", "out")
                self.refuse(self.language, "check", "key", "container", name, self.digest, self.code)

    def test_unreadable(self) -> None:
        self.path("file").chmod(0)
        line = self.refuse(self.language, "encrypt", "key", "file", "out", preexec_fn=forget_privileges)
        self.assertIn(b"Permission denied", line)

    def test_what_is_no_place_to_write(self) -> None:
        self.path("folder").mkdir()
        for name in ("missing/out", "file/out", "folder", "/proc/out"):
            with self.subTest(name):
                self.refuse(self.language, "encrypt", "key", "file", name)
                self.refuse(self.language, "decrypt", "key", "container", name)

    def test_a_full_disk(self) -> None:
        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK_SIZE, CHUNK_SIZE))

        self.assertIn(b"File too large", self.refuse(self.language, "encrypt", "key", "file", "out", preexec_fn=limit))
        self.refuse(self.language, "decrypt", "key", "container", "out", preexec_fn=limit)

    def test_usage(self) -> None:
        for arguments in ((), ("encrypt",), ("encrypt", "key", "file"), ("decipher", "key", "file", "out"), ("",)):
            code, out, err = self.call(self.language, *arguments)
            self.assertEqual((code, out), (2, b""), arguments)
            self.assertRegex(err, rb"\Ausage: crypt_file keygen KEY\n", arguments)


class BetweenLanguagesTest(ProgramsTest):
    """Every language reads what every language writes."""

    def test_every_pair(self) -> None:
        for size in (0, CHUNK_SIZE + 1, 20_000_000):
            message = os.urandom(size)
            self.path("file").write_bytes(message)
            for writer in LANGUAGES:
                self.path("key").unlink(missing_ok=True)
                self.succeed(writer, "keygen", "key")
                _, digest, _, code = self.succeed(writer, "encrypt", "key", "file", "container")
                for reader in LANGUAGES:
                    with self.subTest(size=size, writer=writer, reader=reader):
                        self.succeed(reader, "decrypt", "key", "container", "decrypted")
                        self.assertEqual(self.path("decrypted").read_bytes(), message)
                        self.succeed(reader, "check", "key", "container", "decrypted", digest, code)


def forget_privileges() -> None:
    """Let a program that root starts obey the permissions of files (capabilities(7))."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    pr_capbset_drop, cap_dac_override, cap_dac_read_search = 24, 1, 2
    for capability in (cap_dac_override, cap_dac_read_search):
        if libc.prctl(pr_capbset_drop, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def load_tests(loader: unittest.TestLoader, _: unittest.TestSuite, __: str | None) -> unittest.TestSuite:
    """Make the tests of each language, and those between them."""
    classes = [type(language, (ProgramTest,), {"language": language}) for language in LANGUAGES]
    classes.append(BetweenLanguagesTest)
    return unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))
