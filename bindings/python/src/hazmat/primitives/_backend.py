"""The backend that does the work of an object of this package."""

from __future__ import annotations

from ..backends import Backend, default_backend
from ..exceptions import UnsupportedInterface

_default: Backend | None = None


def default() -> Backend:
    """Return the default backend, which is opened once for all."""
    global _default
    if _default is None:
        _default = default_backend()
    return _default


def backend_of(backend: object) -> Backend:
    """Return the backend that a caller gave as ``backend=``, or the default for None.

    Anything else, which could not be what the caller meant, raises UnsupportedInterface.
    """
    if backend is None:
        return default()
    if isinstance(backend, Backend):
        return backend
    raise UnsupportedInterface(f"backend must be a hazmat.backends.Backend or None, not {type(backend).__name__}")
