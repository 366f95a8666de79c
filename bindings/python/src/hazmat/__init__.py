"""Cryptographic backends behind one set of interfaces.

``hazmat.backends`` opens backends, ``hazmat.algorithms`` names what they may
have, and ``hazmat.exceptions`` is what they raise.
"""

import sys

from . import _gevent
from ._abi import constants
from ._abi.functions import constant_time_compare, random_bytes, random_bytes_into
from ._abi.library import library

__version__ = constants.VERSION

fix_signal_handlers = library.fix_signal_handlers
live_handles = library.live_handles
load = library.load

# A program that imports gevent later calls fix_signal_handlers itself.
if "gevent" in sys.modules:
    _gevent.wrap(fix_signal_handlers)

__all__ = [
    "__version__",
    "constant_time_compare",
    "fix_signal_handlers",
    "live_handles",
    "load",
    "random_bytes",
    "random_bytes_into",
]
