"""Finding the shared library, and checking that it is the right one."""

from __future__ import annotations

import ctypes
import os

from . import elf


def open_library(name: str, soname: str, folder: str) -> tuple[str, ctypes.CDLL]:
    """Open the library and return where it was found, and the library.

    It is looked for where the environment variable ``<NAME>_LIBRARY`` says, then
    in ``folder``, then wherever the system's loader looks. The first that is
    there must load: falling back from a broken one would hide the fault.
    Raises ImportError that says what to do.
    """
    variable = f"{name.upper()}_LIBRARY"
    chosen = os.environ.get(variable)
    if chosen:
        return chosen, _open(name, chosen, f"the path that {variable} gives")
    bundled = os.path.join(folder, soname)
    if os.path.exists(bundled):
        return bundled, _open(name, bundled, "the library in this package")
    advice = f"it is neither at {bundled} nor known to the system's loader; set {variable} to its path, or build it"
    return soname, _open(name, soname, advice)


def _open(name: str, path: str, note: str) -> ctypes.CDLL:
    reason = elf.fault(path)
    if reason is None:
        try:
            return ctypes.CDLL(path)
        except OSError as error:
            reason = str(error)
            if elf.is_musl():
                reason += "; this system's C library is musl, so run the program on a system with glibc"
    raise ImportError(f"{name}: cannot load {path} ({note}): {reason}", name=name, path=path)


def check_abi(name: str, path: str, found: tuple[int, str], needed: tuple[int, str]) -> None:
    """Raise ImportError unless a library's ABI version and hash are those needed.

    The functions of another ABI may take other arguments, which nothing else
    would notice.
    """
    if found != needed:
        raise ImportError(
            f"{name}: {path} has ABI version {found[0]} with hash {found[1]}, and this package needs "
            f"version {needed[0]} with hash {needed[1]}; install the library and the package of one release",
            name=name,
            path=path,
        )


class _DlInfo(ctypes.Structure):
    """``Dl_info`` of ``dlfcn.h``."""

    _fields_ = (
        ("file_name", ctypes.c_char_p),
        ("file_base", ctypes.c_void_p),
        ("symbol_name", ctypes.c_char_p),
        ("symbol_address", ctypes.c_void_p),
    )


def path_of(address: int) -> str:
    """Return the path of the loaded library that a function at an address is part of."""
    info = _DlInfo()
    dladdr = ctypes.CDLL(None).dladdr
    dladdr.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    if not dladdr(address, ctypes.byref(info)):
        raise OSError(f"no library is loaded at {address:#x}")
    return os.fsdecode(info.file_name)
