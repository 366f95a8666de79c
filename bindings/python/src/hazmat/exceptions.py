"""What the library raises.

Every class is an ``Error`` with the library's ``status``; those of a wrong value
are a ``ValueError`` too, and so on.
"""

from ._abi import errors
from ._abi.enums import Status
from ._abi.errors import *  # noqa: F403 - generated, so the list is complete
from ._abi.library import library
from ._runtime import Error

# What a traceback calls them is where people import them from.
for _error in (Error, *library.errors.all):
    _error.__module__ = __name__

__all__ = ["Error", "Status"]
__all__ += errors.__all__
