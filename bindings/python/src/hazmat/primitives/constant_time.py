"""Comparison that takes as long whatever is equal."""

from __future__ import annotations

import hmac as _hmac

__all__ = ["bytes_eq"]


def bytes_eq(a: bytes, b: bytes) -> bool:
    """Return whether ``a`` and ``b`` are equal, in a time that depends on their lengths alone.

    Raises TypeError if one of them is not ``bytes``.
    """
    if not isinstance(a, bytes) or not isinstance(b, bytes):
        raise TypeError("a and b must be bytes.")
    return _hmac.compare_digest(a, b)
