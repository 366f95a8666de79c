"""What the classes of handles have beside the functions of the library.

Each class here stands for a facet that only the library's own objects have, and
is a base of the generated class of the handle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._runtime import Error, path_of


class OpenSSLBackend:
    """A backend over libcrypto, which it opens up."""

    __slots__ = ()

    if TYPE_CHECKING:

        def openssl_symbol(self, name: str) -> int: ...

    @property
    def ffi(self) -> Any:
        """What makes and reads C values for ``lib``, and takes declarations of more functions:
        cffi's ``FFI`` where cffi is installed, and otherwise a part of it over ctypes (``cdef``,
        ``new``, ``cast``, ``buffer``, ``string``, ``memmove``, ``gc``, ``sizeof``, ``NULL``).

        Any number of threads may use it. AttributeError if the backend is not the openssl backend.
        """
        return self._interface("ffi")[0]

    @property
    def lib(self) -> Any:
        """The very libcrypto that the backend uses: its functions, and constants, by their names.

        They are called as they are in C. A function that is not declared from the start is one
        after ``ffi.cdef``. What a call leaves in the thread's queue of errors stays there.
        AttributeError if the backend is not the openssl backend.
        """
        return self._interface("lib")[1]

    def _interface(self, attribute: str) -> tuple[Any, Any]:
        try:
            address = self.openssl_symbol("OpenSSL_version_num")
        except Error as error:
            raise AttributeError(f"a backend without libcrypto has no {attribute}: {error}") from error
        # Few programs need it, and it takes as long to import as half of the package.
        from . import _openssl

        return _openssl.opened(path_of(address), _openssl.cffi_or_less())
