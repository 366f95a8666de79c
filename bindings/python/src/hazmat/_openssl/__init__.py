"""``backend.ffi`` and ``backend.lib`` of the openssl backend.

They are those of cffi where that is installed, and otherwise of ``hazmat._ffi``,
a small part of it over ctypes.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import os
from types import ModuleType
from typing import Any

from .. import _ffi
from .._runtime import address_of
from .declarations import DECLARATIONS


def cffi_or_less() -> ModuleType:
    """Return cffi if it is installed, and otherwise ``_ffi``."""
    try:
        return importlib.import_module("cffi")
    except ImportError:
        return _ffi


@functools.cache
def opened(path: str, module: ModuleType) -> tuple[Any, Any]:
    """Return the FFI and the library of a module for a libcrypto that is loaded already."""
    # The very one in use: if it were not loaded, nothing would be.
    flags = os.RTLD_NOW | os.RTLD_NOLOAD
    version_num = ctypes.CDLL(path, flags).OpenSSL_version_num
    version_num.restype = ctypes.c_ulong
    ffi = module.FFI()
    # So an adapter may give an EVP_CIPHER * as it is.
    address_of.register(ffi.CData, lambda pointer: int(ffi.cast("uintptr_t", pointer)))
    ffi.cdef(DECLARATIONS)
    ffi.cdef(f"#define OPENSSL_VERSION_NUMBER {version_num()}")
    return ffi, ffi.dlopen(path, flags)
