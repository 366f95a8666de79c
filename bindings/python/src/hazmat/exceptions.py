"""What the library raises.

Every class is an ``Error`` with the library's ``status``; those of a wrong value
are a ``ValueError`` too, and so on.
"""

from ._abi.enums import Status
from ._abi.errors import *  # noqa: F403 - generated, so the list is complete
from ._runtime import Error

__all__ = ["Error", "Status"]
