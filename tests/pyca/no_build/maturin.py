"""Stands where pip looks for what builds pyca, of which only the source is wanted.

pip asks the build backend of a source distribution for its name and version,
also to download it only, and would install a compiler of Rust for that.
"""

from __future__ import annotations

from pathlib import Path


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: object = None) -> str:
    """Write what the source distribution says of itself to where pip wants it (PEP 517)."""
    folder = Path(metadata_directory) / "cryptography.dist-info"
    folder.mkdir()
    folder.joinpath("METADATA").write_bytes(Path("PKG-INFO").read_bytes())
    return folder.name


def build_wheel(*_: object) -> str:
    """Refuse: nothing is to be built."""
    raise NotImplementedError("this is for pip download only")
