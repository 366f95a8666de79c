"""The openssl backend as Python sees it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hazmat
from hazmat import exceptions
from hazmat._openssl.declarations import DECLARATIONS
from hazmat._runtime import path_of
from hazmat.algorithms import CipherAlgorithm, CipherMode, HashAlgorithm
from hazmat.backends import Backend, Cipher, Interface, Mode, default_backend, names, open_backend
from scripts import run_script
from vectors import Case, cases

ARIA = CipherAlgorithm(0x80000A21)
VECTORS = Path(__file__).parents[3] / "backends/openssl/testdata"


@pytest.fixture
def openssl() -> Iterator[Backend]:
    with open_backend("openssl") as backend:
        yield backend


def test_the_backend(openssl: Backend) -> None:
    assert "openssl" in names()
    assert openssl.name() == "openssl"
    assert openssl.openssl_version_text() in openssl.description()
    assert all(openssl.provides(which) for which in Interface)
    with openssl.create_hash_ctx(HashAlgorithm.SHA256) as context:
        context.update(b"abc")
        assert context.finalize().hex().startswith("ba7816bf")


def test_the_default_is_a_list() -> None:
    with default_backend() as backend:
        assert backend.name() == "native,openssl"
        assert backend.cipher_supported(CipherAlgorithm.SEED, CipherMode.CBC)
    run_script(
        """
from hazmat.backends import default_backend
assert default_backend().name() == "openssl"
""",
        HAZMAT_BACKEND="openssl",
    )


def test_a_libcrypto_of_one_s_choice(openssl: Backend, tmp_path: Path) -> None:
    path = path_of(openssl.openssl_symbol("OpenSSL_version_num"))
    with open_backend(f"openssl:{path}") as chosen:
        assert chosen.name() == f"openssl:{path}"
        assert chosen.lib is openssl.lib
    not_elf = tmp_path / "libcrypto.so.3"
    not_elf.write_bytes(b"no library")
    for wrong in (tmp_path / "missing.so", not_elf, "/etc"):
        with pytest.raises(exceptions.Error, match=str(wrong)) as caught:
            open_backend(f"openssl:{wrong}")
        assert "\n" not in str(caught.value)
    for spec in ("openssl:", "openssl:relative.so", "native,,openssl", "native,native", "native,"):
        with pytest.raises(exceptions.InvalidArgument):
            open_backend(spec)
    with pytest.raises(exceptions.UnknownBackend, match=r"there are: .*native"):
        open_backend("nss")


def test_symbols(openssl: Backend) -> None:
    assert openssl.openssl_symbol("EVP_sha256") != openssl.openssl_symbol("EVP_sha512")
    for name in ("no_such_function", ""):
        with pytest.raises(exceptions.InvalidArgument, match=r"symbol|name"):
            openssl.openssl_symbol(name)
    with open_backend("native") as native:
        for call in (native.openssl_version_text, lambda: native.openssl_symbol("EVP_sha256")):
            with pytest.raises(exceptions.UnsupportedInterface):
                call()


def test_the_queue_of_errors_is_the_program_s(openssl: Backend) -> None:
    lib, ffi = openssl.lib, openssl.ffi
    cipher = Cipher(algorithm=CipherAlgorithm.AES, key=bytes(16))
    lib.ERR_clear_error()
    assert lib.EVP_MD_fetch(ffi.NULL, b"no such thing", ffi.NULL) == ffi.NULL
    before = lib.ERR_peek_error()
    with openssl.create_symmetric_decryption_ctx(cipher, Mode(mode=CipherMode.CBC, iv=bytes(16))) as context:
        context.update(bytes(5))
        with pytest.raises(exceptions.IncompleteBlock):
            context.finalize()
    with pytest.raises(exceptions.UnsupportedCipher):
        openssl.create_symmetric_encryption_ctx(Cipher(algorithm=CipherAlgorithm.SM4), Mode(mode=CipherMode.GCM))
    assert lib.ERR_get_error() == before != 0
    assert lib.ERR_get_error() == 0


def parameters(case: Case, code: CipherAlgorithm, mode: CipherMode, tag: bytes = b"") -> tuple[Cipher, Mode]:
    return Cipher(algorithm=code, key=case.octets("key")), Mode(mode=mode, iv=case.octets("iv"), tag=tag)


def test_aria_through_adapters(openssl: Backend) -> None:
    """Two codes of our own, for a cipher that the library has no code for."""
    asked: list[object] = []

    def adapter(backend: Backend, cipher: Cipher | None, mode: Mode | None, operation: object) -> Any:
        assert mode is not None
        asked.append(operation)
        return backend.lib.EVP_aria_256_ctr() if mode.mode is CipherMode.CTR else backend.lib.EVP_aria_256_gcm()

    openssl.register_cipher_adapter(ARIA, CipherMode.CTR, adapter)
    openssl.register_cipher_adapter(ARIA, CipherMode.GCM, adapter)
    before = hazmat.live_handles()
    count = 0
    for case in (*cases(VECTORS / "aria-ctr.txt"), *cases(VECTORS / "aria-gcm.txt")):
        mode = CipherMode[case.text("mode")]
        plaintext, ciphertext, tag = case.octets("plaintext"), case.octets("ciphertext"), case.octets("tag")
        with openssl.create_symmetric_encryption_ctx(*parameters(case, ARIA, mode)) as context:
            if mode is CipherMode.GCM:
                context.authenticate_additional_data(case.octets("aad"))
            assert context.update(plaintext) + context.finalize() == ciphertext, case.where
            if mode is CipherMode.GCM:
                assert context.tag() == tag, case.where
        with openssl.create_symmetric_decryption_ctx(*parameters(case, ARIA, mode, tag)) as context:
            if mode is CipherMode.GCM:
                context.authenticate_additional_data(case.octets("aad"))
            assert context.update(ciphertext[:7]) + context.update(ciphertext[7:]) + context.finalize() == plaintext
        if mode is CipherMode.GCM:
            with openssl.create_symmetric_decryption_ctx(*parameters(case, ARIA, mode, bytes(16))) as context:
                context.update(ciphertext)
                with pytest.raises(exceptions.InvalidTag):
                    context.finalize()
        count += 1
    assert count >= 3
    assert len(asked) >= 2 * count
    assert hazmat.live_handles() == before


def test_adapters_that_give_garbage(openssl: Backend) -> None:
    def refuse(*arguments: object) -> int:
        raise KeyError("refused")

    codes = iter(range(0x80000A30, 0x80000B00))

    def crypt(adapter: Any) -> None:
        code = CipherAlgorithm(next(codes))
        openssl.register_cipher_adapter(code, CipherMode.NONE, adapter)
        openssl.create_symmetric_encryption_ctx(Cipher(algorithm=code, key=bytes(16)), None).close()

    lib, ffi = openssl.lib, openssl.ffi
    with pytest.raises(KeyError, match="refused"):
        crypt(refuse)
    for nothing in (None, 0, ffi.NULL):
        with pytest.raises(exceptions.UnsupportedCipher):
            crypt(lambda *arguments, nothing=nothing: nothing)
    with pytest.raises(TypeError, match=r"^object must be "):
        crypt(lambda *arguments: b"EVP_aria_256_ctr")
    for address in (lib.EVP_aria_256_ctr(), int(ffi.cast("uintptr_t", lib.EVP_aria_256_ctr()))):
        with pytest.raises(exceptions.InvalidKey, match="allowed: 256 bits"):
            crypt(lambda *arguments, address=address: address)
    with pytest.raises(exceptions.InvalidArgument, match="takes the address of an EVP_CIPHER or a CipherContext"):
        crypt(lambda inner, *arguments: inner.create_hash_ctx(HashAlgorithm.MD5))


def test_declarations_are_those_of_the_headers(tmp_path: Path) -> None:
    """A C compiler takes each beside what OpenSSL's headers say."""
    lines = ["#include <openssl/err.h>", "#include <openssl/evp.h>", "#include <openssl/hmac.h>"]
    lines += ["#include <openssl/provider.h>", "#include <openssl/rand.h>"]
    rest = []
    for line in DECLARATIONS.splitlines():
        if line.startswith("#define"):
            _, name, value = line.split()
            lines.append(f'_Static_assert({name} == {value}, "{name}");')
        else:
            rest.append(line)
    source = tmp_path / "declarations.c"
    source.write_text("\n".join([*lines, *rest]) + "\n")
    done = subprocess.run(
        ["gcc", "-std=c11", "-Wall", "-Werror", "-fsyntax-only", source], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_all_that_is_declared_is_there(openssl: Backend) -> None:
    functions = re.findall(r"(\w+)\(", DECLARATIONS)
    assert len(functions) > 90
    for name in (*functions, *re.findall(r"#define (\w+)", DECLARATIONS), "OPENSSL_VERSION_NUMBER"):
        assert getattr(openssl.lib, name) is not None
