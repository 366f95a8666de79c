"""What the package shows to the world."""

from __future__ import annotations

import ctypes
import inspect
import pickle
from types import ModuleType

import pytest

import hazmat
from hazmat import algorithms, backends, exceptions, utils
from hazmat._abi import callbacks, constants, enums, errors, functions, handles, structs
from hazmat._abi import interfaces as generated_interfaces
from hazmat._abi.library import library
from hazmat.algorithms import CipherAlgorithm, HashAlgorithm
from hazmat.backends import interfaces
from hazmat.decrepit.ciphers import algorithms as decrepit_algorithms
from hazmat.decrepit.ciphers import modes as decrepit_modes
from hazmat.primitives import ciphers, constant_time, hashes, hmac, padding
from hazmat.primitives.ciphers import aead, modes
from hazmat.primitives.ciphers import algorithms as cipher_algorithms

GENERATED = (callbacks, constants, enums, errors, functions, generated_interfaces, handles, structs)
PUBLIC = (
    hazmat,
    aead,
    algorithms,
    backends,
    cipher_algorithms,
    ciphers,
    constant_time,
    decrepit_algorithms,
    decrepit_modes,
    exceptions,
    hashes,
    hmac,
    interfaces,
    modes,
    padding,
    utils,
)


def own_names(module: ModuleType) -> set[str]:
    """Return the public names of a generated module that it does not import."""
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and name != "annotations"
        and getattr(value, "__module__", module.__name__) in (module.__name__, "typing")
    }


def test_all_that_is_generated_is_public() -> None:
    shown = {id(value) for module in PUBLIC for value in vars(module).values()}
    hidden = {
        name
        for module in GENERATED
        for name in own_names(module)
        if id(getattr(module, name)) not in shown and not name.startswith("from_")
    }
    assert hidden == set()


@pytest.mark.parametrize("module", PUBLIC, ids=lambda module: str(module.__name__))
def test_all_names_are_there_and_documented(module: ModuleType) -> None:
    assert module.__doc__
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isroutine(value):
            assert inspect.getdoc(value), name
        if inspect.isclass(value):
            for method, function in inspect.getmembers(value, inspect.isfunction):
                assert method.startswith("_") or inspect.getdoc(function), f"{name}.{method}"


def test_exceptions() -> None:
    for name in own_names(errors):
        error = getattr(exceptions, name)
        assert issubclass(error, exceptions.Error)
        assert error.status in exceptions.Status
        assert pickle.loads(pickle.dumps(error("text"))).args == ("text",)
    assert {error.status for error in library.errors.all} == set(exceptions.Status) - {exceptions.Status.OK}
    assert issubclass(exceptions.InvalidKey, ValueError)
    assert issubclass(exceptions.NotApplicable, AttributeError)
    assert issubclass(exceptions.OutOfMemory, MemoryError)
    assert issubclass(exceptions.StaleHandle, exceptions.InvalidHandle)
    assert issubclass(exceptions.UnsupportedHash, exceptions.UnsupportedAlgorithm)
    assert not issubclass(exceptions.InvalidTag, (ValueError, RuntimeError))


def test_an_unknown_status_is_an_error() -> None:
    with pytest.raises(exceptions.Error) as caught:
        library.fail(9999)
    assert caught.value.status == 9999


def test_status_is_on_the_exception() -> None:
    with pytest.raises(exceptions.UnknownBackend) as caught:
        backends.open_backend("none of this name")
    assert caught.value.status is exceptions.Status.ERR_UNKNOWN_BACKEND


def test_constants_are_those_of_the_library() -> None:
    for name in own_names(constants):
        function = library._cdll[f"hz_{name.lower()}"]
        value = getattr(constants, name)
        function.restype = ctypes.c_char_p if isinstance(value, str) else ctypes.c_size_t
        assert function() == (value.encode() if isinstance(value, str) else value), name
    assert hazmat.__version__ == constants.VERSION


def test_backends() -> None:
    assert "native" in backends.names()
    for name in backends.names():
        with backends.open_backend(name) as backend:
            assert backend.name() == name
            assert backend.description()


def test_algorithms() -> None:
    assert algorithms.cipher_by_name("aes") is CipherAlgorithm.AES
    assert algorithms.mode_by_name("GCM") is algorithms.CipherMode.GCM
    assert algorithms.hash_by_name("SHA512-256") is HashAlgorithm.SHA512_256
    assert set(algorithms.cipher_algorithms()) == set(CipherAlgorithm)
    assert set(algorithms.hash_algorithms()) == set(HashAlgorithm)
    assert algorithms.cipher_algorithm_key_sizes(CipherAlgorithm.AES) == [128, 192, 256, 512]
    assert len(algorithms.cipher_algorithm_key_sizes(CipherAlgorithm.BLOWFISH)) == 53
    assert algorithms.cipher_algorithm_key_sizes(CipherAlgorithm(99)) == []
    assert algorithms.cipher_algorithm_block_size(CipherAlgorithm.AES) == 16
    assert algorithms.cipher_algorithm_nonce_size(CipherAlgorithm.CHACHA20) == 16
    assert algorithms.CipherMode.XTS in algorithms.cipher_algorithm_modes(CipherAlgorithm.AES)
    assert algorithms.hash_algorithm_digest_size(HashAlgorithm.SHA256) == 32
    assert algorithms.hash_algorithm_block_size(HashAlgorithm.SHA256) == 64
    assert algorithms.hash_algorithm_extendable(HashAlgorithm.SHAKE128) is True
    assert algorithms.hash_algorithm_extendable(HashAlgorithm.SHA256) is False
    assert algorithms.hash_algorithm_name(HashAlgorithm(99)) == ""
    assert backends.interface_name(backends.Interface.HASH) == "HashBackend"


def test_random_bytes() -> None:
    assert hazmat.random_bytes(32) != hazmat.random_bytes(32)
    memory = bytearray(1000)
    hazmat.random_bytes_into(memory)
    assert len(set(memory)) > 100


def test_constant_time_compare() -> None:
    assert hazmat.constant_time_compare(b"same", bytearray(b"same")) is True
    assert hazmat.constant_time_compare(b"same", b"sane") is False
    assert hazmat.constant_time_compare(b"same", b"same ") is False
