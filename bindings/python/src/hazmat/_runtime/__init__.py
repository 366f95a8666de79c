"""What every generated binding is built on, whatever library it binds.

Nothing in this package knows a name of the library: the generated package
beside it (``_abi``) gives it the library's name, its functions and its errors.
It relies on CPython's buffer protocol and runs on no other Python.
"""

from .buffers import Buffer, Buffers, Views, copied, copied_list
from .errors import Error, Errors
from .handle import Handle
from .implementation import Implementation
from .implementations import Implementations, Method, address_of, given
from .library import Library
from .loading import path_of
from .values import Code, code, decoded, flag, number, text, wrong_type

__all__ = [
    "Buffer",
    "Buffers",
    "Code",
    "Error",
    "Errors",
    "Handle",
    "Implementation",
    "Implementations",
    "Library",
    "Method",
    "Views",
    "address_of",
    "code",
    "copied",
    "copied_list",
    "decoded",
    "flag",
    "given",
    "number",
    "path_of",
    "text",
    "wrong_type",
]
