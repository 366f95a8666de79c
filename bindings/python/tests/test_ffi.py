"""``backend.ffi`` and ``backend.lib``, of cffi and of what stands in for it: the same tests for both."""

from __future__ import annotations

import gc
import hashlib
import importlib
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from hazmat import _openssl
from hazmat._runtime import path_of
from hazmat.algorithms import HashAlgorithm
from hazmat.backends import Backend, open_backend
from scripts import run_script


class Interface(NamedTuple):
    ffi: Any
    lib: Any


@pytest.fixture
def openssl() -> Iterator[Backend]:
    with open_backend("openssl") as backend:
        yield backend


@pytest.fixture(params=["cffi", "hazmat._ffi"])
def c(request: pytest.FixtureRequest, openssl: Backend) -> Interface:
    path = path_of(openssl.openssl_symbol("OpenSSL_version_num"))
    return Interface(*_openssl.opened(path, importlib.import_module(request.param)))


def raw_digest(c: Interface, name: bytes, data: bytes) -> bytes:
    """Hash with the functions of libcrypto."""
    context = c.ffi.gc(c.lib.EVP_MD_CTX_new(), c.lib.EVP_MD_CTX_free)
    algorithm = c.lib.EVP_get_digestbyname(name)
    assert algorithm != c.ffi.NULL
    assert c.lib.EVP_DigestInit_ex(context, algorithm, c.ffi.NULL) == 1
    assert c.lib.EVP_DigestUpdate(context, data, len(data)) == 1
    digest = c.ffi.new("unsigned char[]", c.lib.EVP_MAX_MD_SIZE)
    size = c.ffi.new("unsigned int *")
    assert c.lib.EVP_DigestFinal_ex(context, digest, size) == 1
    octets: bytes = c.ffi.buffer(digest, size[0])[:]
    return octets


@pytest.mark.parametrize("algorithm", [HashAlgorithm.SHA256, HashAlgorithm.SHA3_512, HashAlgorithm.BLAKE2S])
def test_hashing(c: Interface, openssl: Backend, algorithm: HashAlgorithm) -> None:
    name = {HashAlgorithm.SHA256: b"SHA256", HashAlgorithm.SHA3_512: b"SHA3-512"}.get(algorithm, b"BLAKE2s256")
    with openssl.create_hash_ctx(algorithm) as context:
        context.update(b"attack at dawn")
        assert raw_digest(c, name, b"attack at dawn") == context.finalize()


def test_it_is_the_very_libcrypto(c: Interface, openssl: Backend) -> None:
    for name in ("EVP_sha256", "EVP_MD_CTX_new", "ERR_get_error", "RAND_bytes"):
        address = int(c.ffi.cast("uintptr_t", getattr(c.lib, name)))
        assert address == openssl.openssl_symbol(name)
    text = c.ffi.string(c.lib.OpenSSL_version(c.lib.OPENSSL_VERSION))
    assert text.decode() == openssl.openssl_version_text()
    assert c.lib.OPENSSL_VERSION_NUMBER == c.lib.OpenSSL_version_num() >= 0x30000000


def test_errors_of_libcrypto(c: Interface) -> None:
    c.lib.ERR_clear_error()
    assert c.lib.EVP_MD_fetch(c.ffi.NULL, b"no such thing", c.ffi.NULL) == c.ffi.NULL
    code = c.lib.ERR_get_error()
    assert b"unsupported" in c.ffi.string(c.lib.ERR_reason_error_string(code))
    text = c.ffi.new("char[]", 256)
    c.lib.ERR_error_string_n(code, text, len(text))
    assert c.ffi.string(text).startswith(b"error:")
    c.lib.ERR_clear_error()
    assert c.lib.ERR_peek_error() == 0


def test_more_declarations(c: Interface) -> None:
    with pytest.raises(AttributeError):
        c.lib.OPENSSL_strnlen  # noqa: B018
    c.ffi.cdef("size_t OPENSSL_strnlen(const char *str, size_t maxlen); #define LIMIT 0x20".replace("#", "\n#"))
    assert c.lib.OPENSSL_strnlen(b"seven\0", c.lib.LIMIT) == 5
    c.ffi.cdef("void hz_no_such_function(int first, char *second[], unsigned third);")
    with pytest.raises(AttributeError, match="hz_no_such_function"):
        c.lib.hz_no_such_function  # noqa: B018
    c.ffi.cdef("/* a comment */ typedef int mine; // and one more\nmine OPENSSL_hexchar2int(unsigned char c);")
    assert c.lib.OPENSSL_hexchar2int(ord("f")) == 15
    with pytest.raises(Exception, match="multiple declarations"):
        c.ffi.cdef("long OPENSSL_hexchar2int(unsigned char);")


@pytest.mark.parametrize(
    "text", ["int f(void)", "int (;", "unknown_t f(void);", "int f(int a b);", "int 5x(void);", "int"]
)
def test_declarations_that_cannot_be_read(c: Interface, text: str) -> None:
    with pytest.raises(Exception, match=r"parse|read|declare|unknown"):
        c.ffi.cdef(text)


def test_numbers(c: Interface) -> None:
    number = c.ffi.new("unsigned int *")
    assert number[0] == 0
    number[0] = 0xFFFFFFFF
    assert number[0] == 0xFFFFFFFF
    assert c.ffi.new("int *", -5)[0] == -5
    for wrong in (1 << 32, -1):
        with pytest.raises(OverflowError):
            number[0] = wrong
    for kind in ("text", None, b"x", [1]):
        with pytest.raises(TypeError):
            number[0] = kind
    assert number[0] == 0xFFFFFFFF
    array = c.ffi.new("short[3]", [1, -2])
    assert (list(array), len(array), c.ffi.sizeof(array)) == ([1, -2, 0], 3, 6)
    for index in (-1, 3):
        with pytest.raises(IndexError):
            array[index]
    with pytest.raises(IndexError):
        c.ffi.new("short[3]", [1, 2, 3, 4])
    assert c.ffi.sizeof("unsigned long long") == c.ffi.sizeof("size_t") == c.ffi.sizeof("char *") == 8
    assert int(c.ffi.cast("unsigned char", 0x1FF)) == 0xFF
    assert int(c.ffi.cast("int", (1 << 32) + 5)) == 5
    assert int(c.ffi.cast("int64_t", -1)) == -1


def test_texts_and_bytes(c: Interface) -> None:
    text = c.ffi.new("char[]", b"abc")
    assert (len(text), text[0], c.ffi.string(text), c.ffi.buffer(text)[:]) == (4, b"a", b"abc", b"abc\0")
    text[1] = b"\0"
    assert c.ffi.string(text) == b"a"
    assert c.ffi.string(text + 2) == b"c"
    with pytest.raises(TypeError):
        text[0] = 5
    full = c.ffi.new("char[3]", b"abc")
    assert c.ffi.string(full) == b"abc"
    assert c.ffi.string(full, 2) == b"ab"
    with pytest.raises(IndexError):
        c.ffi.new("char[3]", b"abcd")
    octets = c.ffi.new("unsigned char[]", b"\1\2")
    assert list(octets) == [1, 2, 0]
    with pytest.raises(RuntimeError):
        c.ffi.string(c.ffi.cast("char *", c.ffi.NULL))
    with pytest.raises(TypeError):
        c.ffi.string(c.ffi.new("int *"))


def test_buffers(c: Interface) -> None:
    memory = c.ffi.new("unsigned char[5]")
    view = c.ffi.buffer(memory)
    view[1:3] = b"xy"
    view[4] = b"z"
    assert (bytes(view), len(view), view[0], view[1:5]) == (b"\0xy\0z", 5, b"\0", b"xy\0z")
    assert hashlib.sha256(view).digest() == hashlib.sha256(b"\0xy\0z").digest()
    assert bytes(c.ffi.buffer(memory + 1, 2)) == b"xy"
    assert len(c.ffi.buffer(c.ffi.new("int *"))) == 4
    del memory
    gc.collect()
    assert view[:] == b"\0xy\0z"
    with pytest.raises(TypeError):
        c.ffi.buffer(c.ffi.cast("int", 5))


def test_memmove(c: Interface) -> None:
    memory = c.ffi.new("char[]", b"abcdef")
    c.ffi.memmove(memory + 2, memory, 4)
    assert c.ffi.string(memory) == b"ababcd"
    out = bytearray(4)
    c.ffi.memmove(out, memory, 3)
    assert out == b"aba\0"
    c.ffi.memmove(memory, b"XY", 2)
    c.ffi.memmove(memory + 4, memoryview(bytearray(b"Z!")), 1)
    assert c.ffi.string(memory) == b"XYabZd"
    with pytest.raises((TypeError, BufferError)):
        c.ffi.memmove(b"read-only", memory, 1)
    with pytest.raises(ValueError, match="negative"):
        c.ffi.memmove(memory, b"", -1)


def test_pointers(c: Interface) -> None:
    assert not c.ffi.NULL
    first, second = c.lib.EVP_sha256(), c.lib.EVP_sha256()
    assert first
    assert first == second
    assert hash(first) == hash(second)
    assert first != c.ffi.NULL
    assert first != c.lib.EVP_sha512()
    address = int(c.ffi.cast("uintptr_t", first))
    assert c.ffi.cast("EVP_MD *", address) == first
    assert "EVP_MD *" in repr(first)
    for wrong in (lambda: int(first), lambda: len(first), lambda: first(), lambda: c.ffi.new("EVP_MD *")):
        with pytest.raises(TypeError):
            wrong()
    box = c.ffi.new("void *[2]")
    box[1] = first
    assert list(box) == [c.ffi.NULL, first]
    with pytest.raises(TypeError):
        box[0] = 5


def test_functions(c: Interface) -> None:
    size = c.lib.EVP_MD_get_size
    assert size(c.lib.EVP_sha384()) == 48
    again = c.ffi.cast("int(*)(const EVP_MD *)", c.ffi.cast("void *", size))
    assert again(c.lib.EVP_sha384()) == 48
    for arguments in ((), (c.ffi.NULL, 1), (None,), (5,), ("text",), (c.lib.EVP_aes_128_ecb(),)):
        with pytest.raises(TypeError):
            size(*arguments)
    with pytest.raises(OverflowError):
        c.lib.OpenSSL_version(1 << 31)
    with pytest.raises(TypeError):
        c.lib.OpenSSL_version(1.5)
    assert c.lib.ERR_clear_error() is None
    assert c.lib.CRYPTO_memcmp(b"same", c.ffi.new("unsigned char[]", b"same"), 4) == 0
    assert c.lib.CRYPTO_memcmp(b"same", b"sane", 4) != 0


def test_gc(c: Interface) -> None:
    freed: list[Any] = []
    old = c.ffi.new("int *", 7)
    new = c.ffi.gc(old, freed.append)
    assert new == old
    assert new[0] == 7
    del new
    gc.collect()
    assert freed == [old]
    kept = c.ffi.gc(old, freed.append)
    c.ffi.gc(kept, None)
    del kept
    gc.collect()
    assert len(freed) == 1


def test_threads(c: Interface) -> None:
    failures: list[bytes] = []

    def work(number: int) -> None:
        data = b"%d" % number * 10000
        for _ in range(20):
            if raw_digest(c, b"SHA256", data) != hashlib.sha256(data).digest():
                failures.append(data[:5])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_one_for_all_handles(openssl: Backend) -> None:
    with open_backend("openssl") as another:
        assert another.ffi is openssl.ffi
        assert another.lib is openssl.lib
    assert type(openssl.ffi).__module__.startswith("cffi")


def test_backends_without(backend: Backend) -> None:
    with open_backend("native") as native:
        for one in (native, backend):
            for attribute in ("lib", "ffi"):
                assert not hasattr(one, attribute)
                with pytest.raises(AttributeError, match=f"has no {attribute}: .*OpenSSLBackend"):
                    getattr(one, attribute)


def test_without_cffi() -> None:
    run_script(
        """
import sys
sys.modules["cffi"] = None  # as if it were not installed
from hazmat import _ffi
from hazmat.backends import open_backend
backend = open_backend("openssl")
assert type(backend.ffi) is _ffi.FFI
assert backend.ffi.string(backend.lib.OpenSSL_version(0)).decode() == backend.openssl_version_text()
"""
    )


def test_importing_loads_no_cffi() -> None:
    run_script("import sys, hazmat.backends; assert 'cffi' not in sys.modules")


@pytest.mark.parametrize("first", ["", "import sys; sys.modules['cffi'] = None"], ids=["cffi", "without"])
def test_fork(first: str) -> None:
    run_script(
        first
        + """
from children import in_child
from hazmat.backends import open_backend
backend = open_backend("openssl")
lib = backend.lib

def child():
    assert lib.EVP_MD_get_size(lib.EVP_sha256()) == 32
    assert backend.lib is lib

in_child(child)
"""
    )
