"""Backends: where implementations of the interfaces come from."""

from .._abi.callbacks import CipherAdapter
from .._abi.enums import Interface, Operation
from .._abi.functions import backend_names as names
from .._abi.functions import backend_open as open_backend
from .._abi.functions import backend_register as register_backend
from .._abi.functions import default_backend, interface_name
from .._abi.handles import AEAD, Backend, CipherContext, HashContext, HMACContext
from .._abi.structs import Cipher, Mode
from ._matrix import SupportMatrix, support_matrix

__all__ = [
    "AEAD",
    "Backend",
    "Cipher",
    "CipherAdapter",
    "CipherContext",
    "HMACContext",
    "HashContext",
    "Interface",
    "Mode",
    "Operation",
    "SupportMatrix",
    "default_backend",
    "interface_name",
    "names",
    "open_backend",
    "register_backend",
    "support_matrix",
]
