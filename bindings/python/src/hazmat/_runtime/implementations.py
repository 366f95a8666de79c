"""Python objects that the library calls.

The library knows such an object by a table of C functions, which all objects
with the same methods share, and by a number, which each of those functions is
given. What the library lends to a method is copied before, so that nothing is
left that could be used after the call.
"""

from __future__ import annotations

import ctypes
import functools
import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, SupportsIndex

from .handle import Handle
from .implementation import Implementation
from .values import number, wrong_type

if TYPE_CHECKING:
    from .library import Function, Library

    _Table = ctypes.Array[ctypes.c_void_p]


class Objects(dict[int, Implementation]):
    """The objects that a library may call, by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        os.register_at_fork(after_in_child=self._drop_stale)

    def add(self, implementation: Implementation) -> int:
        """Add an object; return its number, which no other ever has."""
        index = next(self._numbers)
        self[index] = implementation
        return index

    def end(self, index: int) -> None:
        """Drop an object, after its ``close`` if it has one. A second time does nothing."""
        implementation = self.pop(index, None)
        if implementation is not None and hasattr(implementation.value, "close"):
            implementation.value.close()

    def _drop_stale(self) -> None:
        """Drop what the library does not know in a forked child."""
        for index, implementation in list(self.items()):
            if not implementation.lasts:
                del self[index]


class Method(NamedTuple):
    """A method of an interface, and what calls it for the library."""

    name: str
    interface: str
    """The handle's own interface, or a facet of it."""
    heard: bool
    """Whether a caller hears of what it raises."""
    call: Callable[..., None]
    """Takes the implementation and what the C function is given."""
    types: tuple[Any, ...]
    """The ctypes of the C function's parameters, without that of the number."""


class Implementations:
    """How Python objects implement one interface and its facets.

    ``new`` is the library's function that makes a handle of an object, or None.
    ``shared`` is whether several threads may use one at once.
    """

    def __init__(
        self, library: Library, name: str, new: Function | None, shared: bool, methods: Sequence[Method]
    ) -> None:
        self.name = name
        self._library = library
        self._new = new
        self._shared = shared
        self._methods = methods
        self._interfaces = {method.interface: self._methods_of(method.interface) for method in methods}
        self._tables: dict[tuple[str, ...], tuple[_Table, list[Any]]] = {}

    def _methods_of(self, interface: str) -> list[str]:
        return [method.name for method in self._methods if method.interface == interface]

    def missing(self, value: object, interface: str) -> list[str]:
        """Return the methods of an interface that an object does not have."""
        return [name for name in self._interfaces[interface] if not callable(getattr(type(value), name, None))]

    def made_of(self, name: str, value: object) -> int:
        """Return the pointer of a new handle that calls an object; ``name`` is what error texts call it.

        Raises TypeError if the object lacks a method, or has some of a facet and
        not all.
        """
        assert self._new is not None
        with self.lend(name, value) as lent:
            return self._library.pointer(self._new, *lent)

    def given(self, name: str, value: object) -> int:
        """Return the pointer of a handle that the library owns from now on: one that is given up,
        or that of ``made_of``.
        """
        if isinstance(value, Handle):
            if value._implementations is not self:
                raise wrong_type(name, f"a {self.name}", value)
            return value._give()
        return self.made_of(name, value)

    @contextmanager
    def lend(self, name: str, value: object, lasts: bool = False) -> Iterator[tuple[object, int]]:
        """Give a call the table and the number of an object, which the library keeps if the call
        succeeds; with ``lasts`` also in a forked child.
        """
        table = self._table(self._implemented(name, value))
        index = self._library.objects.add(Implementation(value, self._shared, lasts))
        try:
            yield ctypes.byref(table), index
        except BaseException:
            self._library.objects.pop(index, None)
            raise

    def _implemented(self, name: str, value: object) -> tuple[str, ...]:
        """Return the interfaces that an object implements."""
        if isinstance(value, (Handle, type)):
            raise wrong_type(name, f"an object with the methods of {self.name}", value)
        implemented = []
        for interface, methods in self._interfaces.items():
            missing = self.missing(value, interface)
            if missing and (interface == self.name or len(missing) < len(methods)):
                lacks = f"{type(value).__name__} has no {', '.join(missing)}"
                raise TypeError(f"{name} must have the methods of {interface}, and {lacks}")
            if not missing:
                implemented.append(interface)
        return tuple(implemented)

    def _table(self, interfaces: tuple[str, ...]) -> _Table:
        """Return the table for some interfaces, which is made once and stays as it is: its size,
        the function that ends an object, and the methods. Those of other interfaces are NULL.
        """
        if interfaces not in self._tables:
            members = [self._end()]
            members += [self._function(method) if method.interface in interfaces else None for method in self._methods]
            table = (ctypes.c_void_p * (1 + len(members)))()
            table[:] = [ctypes.sizeof(table), *(ctypes.cast(member, ctypes.c_void_p).value for member in members)]
            self._tables.setdefault(interfaces, (table, members))
        return self._tables[interfaces][0]

    def _function(self, method: Method) -> Any:
        guarded = self._library.callbacks.guard(self._on_object(method.call), method.heard)
        return ctypes.CFUNCTYPE(ctypes.c_uint32, *method.types, ctypes.c_void_p)(guarded)

    def _end(self) -> Any:
        guarded = self._library.callbacks.guard(self._library.objects.end, heard=False)
        return ctypes.CFUNCTYPE(None, ctypes.c_void_p)(guarded)

    def _on_object(self, call: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(call)
        def on_object(*arguments: Any) -> None:
            *lent, index = arguments
            call(self._library.objects[index], *lent)

        return on_object


@functools.singledispatch
def address_of(value: object) -> int | None:
    """Return the address that an object stands for, or None if it stands for none.

    Whoever has pointers, such as those of an FFI, registers their type.
    """
    return None


def given(name: str, value: object, kinds: Sequence[Implementations]) -> int | None:
    """Return the address that a callback gives to the library.

    A handle is the library's from then on; so is one made of an object with the
    methods of an interface. ``kinds`` are the interfaces, the first that fits
    first. Anything else but an address, also as a number, and None raises
    TypeError.
    """
    if value is None:
        return None
    if isinstance(value, Handle):
        return value._give()
    if isinstance(value, SupportsIndex):
        return number(name, value, 64)
    address = address_of(value)
    if address is not None:
        return address
    for kind in kinds:
        if not kind.missing(value, kind.name):
            return kind.made_of(name, value)
    names = " or ".join(kind.name for kind in kinds)
    raise wrong_type(name, f"a handle, an address, None or an object with the methods of {names}", value)
