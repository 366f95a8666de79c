"""What hatchling does not know by itself: the wheel holds two shared libraries."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LibrariesHook(BuildHookInterface[Any]):
    """Makes the wheel one for this platform and any Python 3, and refuses to make one without libraries."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "sdist":
            self.app.abort(
                "hazmat has no source distribution: its libraries are made of the Go sources beside this folder"
            )
        folder = Path(self.root, "src/hazmat/lib")
        found = {path.name.partition(".so")[0] for path in folder.glob("*.so*")}
        missing = sorted({"libhazmat", "libhazmat-core"} - found)
        if missing:
            self.app.abort(
                f"hazmat: {' and '.join(missing)} not found in {folder}: run 'make build' at the top of the source "
                "tree first, which needs Go and gcc"
            )
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
