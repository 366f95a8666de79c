"""What all contexts of this package have in common."""

from __future__ import annotations

from typing import Any, NoReturn

from ..exceptions import AlreadyFinalized


class Uncopyable:
    """A context. Where it can be copied at all, a method of its own does that."""

    __slots__ = ()

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        # Covers copy.copy and copy.deepcopy too.
        raise TypeError(f"cannot pickle or copy a {type(self).__name__}")


def finalized() -> AlreadyFinalized:
    """Return the error of a call to a context whose message has ended."""
    return AlreadyFinalized("Context was already finalized.")
