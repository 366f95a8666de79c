"""What there is: the support matrix, and what ``python -m hazmat`` prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hazmat
from hazmat import exceptions
from hazmat.__main__ import main
from hazmat._abi.library import library
from hazmat.algorithms import AEADAlgorithm, CipherAlgorithm, CipherMode, HashAlgorithm, hash_algorithm_extendable
from hazmat.backends import SupportMatrix, names, open_backend, register_backend, support_matrix
from objects import SumBackend
from scripts import SOURCE, run_script, start_script


def test_the_matrix() -> None:
    matrix = support_matrix()
    assert matrix.backends == tuple(names())
    assert set(matrix.hashes) == set(HashAlgorithm)
    assert set(matrix.aeads) == set(AEADAlgorithm)
    assert matrix.aeads[AEADAlgorithm.AES_GCM] >= {"native", "openssl"}
    assert set(matrix.hmacs) == {which for which in HashAlgorithm if not hash_algorithm_extendable(which)}
    assert {cipher for cipher, _ in matrix.ciphers} == set(CipherAlgorithm)
    assert matrix.ciphers[CipherAlgorithm.AES, CipherMode.CBC] >= {"native", "openssl"}
    assert "native" not in matrix.ciphers[CipherAlgorithm.SEED, CipherMode.CBC]
    assert (CipherAlgorithm.CHACHA20, CipherMode.NONE) in matrix.ciphers
    for name in ("native", "openssl"):
        with open_backend(name) as backend:
            for pair, having in matrix.ciphers.items():
                assert backend.cipher_supported(*pair) == (name in having), pair
            for algorithm, having in matrix.hashes.items():
                assert backend.hash_supported(algorithm) == (name in having)
            for algorithm, having in matrix.hmacs.items():
                assert backend.hmac_supported(algorithm) == (name in having)
            for which, having in matrix.aeads.items():
                assert backend.aead_supported(which) == (name in having)


def test_the_matrix_of_some() -> None:
    register_backend(SumBackend("py-matrix"))
    matrix: SupportMatrix = support_matrix(["py-matrix", "openssl,native"])
    assert matrix.backends == ("py-matrix", "openssl,native")
    assert matrix.hashes[HashAlgorithm.SHA256] == {"py-matrix", "openssl,native"}
    assert matrix.hashes[HashAlgorithm.MD5] == {"openssl,native"}
    assert not any("py-matrix" in having for having in matrix.ciphers.values())
    assert support_matrix([]).hashes[HashAlgorithm.MD5] == frozenset()
    before = hazmat.live_handles()
    with pytest.raises(exceptions.UnknownBackend):
        support_matrix(["native", "nothing"])
    assert hazmat.live_handles() == before


PROGRAM = "import runpy; runpy.run_module('hazmat', run_name='__main__')"


def test_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hazmat"], cwd=SOURCE, capture_output=True, text=True, check=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert lines[0] == f"hazmat {hazmat.__version__}"
    first = {line.split()[0]: line.split(None, 1)[1] for line in lines[2:7]}
    assert first["ABI"] == f"{library.abi_version}, hash {library.abi_hash}"
    assert Path(first["library"]).samefile(library.path)
    assert Path(first["core"]).is_file()
    assert first["default"] == "native,openssl"
    with open_backend("openssl") as backend:
        assert first["libcrypto"] == f"{backend.openssl_version_text()} (lib and ffi: cffi)"
        assert lines[lines.index("openssl") + 1] == f"  {backend.description()}"
    assert lines[lines.index("native") + 2] == "  CipherBackend, HashBackend, HMACBackend, AEADBackend"
    table = {tuple(line.split()) for line in lines[lines.index("native") :]}
    assert {
        ("cipher", "native", "openssl"),
        ("AES-CBC", "yes", "yes"),
        ("SEED-CBC", "-", "yes"),
        ("ChaCha20", "yes", "yes"),
        ("hash", "function", "native", "openssl"),
        ("sha256", "hash", "HMAC", "hash", "HMAC"),
        ("shake128", "hash", "hash"),
        ("whirlpool", "-", "hash", "HMAC"),
        ("XChaCha20-Poly1305", "yes", "-"),
    } <= table
    # A path may be as long as it is.
    assert [line for line in lines if len(line) > 80 and "/" not in line] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_many_backends(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        register_backend(SumBackend(f"py-many-{number}" + "x" * (5 * number)))
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    for name in names():
        assert name in lines
    heads = [line for line in lines if line.startswith("hash function")]
    shown = [word for line in heads for word in line.split()[2:]]
    assert len(shown) == len(names())
    assert "py-many-11xxxxxxxxxxx..." in shown
    assert [line for line in lines if len(line) > 80 and line.startswith(("hash", "cipher", "sha", "AES"))] == []


def test_without_libcrypto() -> None:
    lines = run_script(PROGRAM, HAZMAT_OPENSSL="/nowhere/libcrypto.so", HAZMAT_BACKEND="native").splitlines()
    assert any(line.startswith("libcrypto  none: HAZMAT_OPENSSL: /nowhere/libcrypto.so: ") for line in lines)
    assert "cipher              native" in lines


def test_without_a_core() -> None:
    done = start_script(PROGRAM, HAZMAT_CORE="/nowhere/libhazmat-core.so")
    assert done.returncode == 1
    assert "core       /nowhere/libhazmat-core.so\n" in done.stdout
    assert done.stderr.startswith("hazmat: ")
    assert done.stderr.count("\n") == 1
