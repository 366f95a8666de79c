"""A small part of cffi, over ctypes, for where cffi is not installed.

Names and meanings are cffi's; what is not here raises AttributeError. It has
pointers, arrays, whole numbers, characters and opaque structures, and functions
with a fixed number of parameters. It has no structures with members, no floating
point numbers and no callbacks.
"""

from .cdata import CData
from .ffi import FFI, Lib

__all__ = ["FFI", "CData", "Lib"]
