"""Gives hazmat's modules to programs that import pyca's, so that their text need not be changed."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence

import stand_ins

_THEIRS = "cryptography"
_OURS = "hazmat"


def renamed(name: str) -> str:
    """Return the name of the module of hazmat that stands for one of pyca."""
    return name.replace(f"{_THEIRS}.{_OURS}", _OURS, 1).replace(_THEIRS, _OURS, 1)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of pyca, which are those of hazmat under another name, and the stand-ins."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if f"{name}.".startswith(f"{_THEIRS}.") or stand_ins.stand_in(name) is not None:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        module = stand_ins.stand_in(spec.name)
        if module is None:
            module = importlib.import_module(renamed(spec.name))
            spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Give a module of hazmat its own spec back: it has been executed."""
        assert module.__spec__ is not None
        if module.__spec__.loader_state is not None:
            module.__spec__ = module.__spec__.loader_state


def install() -> None:
    """Have all imports of pyca's modules be those of hazmat's from now on."""
    if _THEIRS in sys.modules:
        raise RuntimeError(f"{_THEIRS} itself has been imported already")
    sys.meta_path.insert(0, Finder())
