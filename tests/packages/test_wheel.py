"""The wheel: what is in it, and that it is all that a program needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from alone import PROGRAMS, ROOT, hidden, run, run_alone
from blocks import Block, blocks_of

TOOLS = ROOT / "build/packaging/bin"
README = [
    block
    for document in ("README.md", "bindings/python/README.md")
    for block in blocks_of(ROOT / document)
    if block.word == "python"
]


def interpreters() -> dict[str, str]:
    """Return the Pythons that are to be had, by their versions: that of the tests, the oldest and the newest."""
    own = getattr(sys, "_base_executable", sys.executable)
    named = [shutil.which(f"python3.{minor}") for minor in range(9, 30)]
    others = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    found: dict[tuple[int, int], str] = {}
    for python in (own, *filter(None, named), *map(str, others)):
        code = "import ensurepip, sys, venv; print(*sys.version_info[:2])"
        asked = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60, check=False)
        if asked.returncode == 0:
            major, minor = map(int, asked.stdout.split())
            found.setdefault((major, minor), python)
    able = [version for version in sorted(found) if version >= (3, 9)]
    wanted = {able[0], able[-1], sys.version_info[:2]}
    return {f"{major}.{minor}": found[major, minor] for major, minor in sorted(wanted)}


@pytest.fixture(scope="module", params=interpreters().items(), ids=lambda item: item[0])
def python(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel and nothing else."""
    version, interpreter = request.param
    venv = tmp_path_factory.mktemp(f"python{version}") / "venv"
    subprocess.run([interpreter, "-m", "venv", venv], timeout=120, check=True)
    python = venv / "bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel, folder=venv)
    return python


def test_files(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    package = ROOT / "bindings/python/src"
    expected = {
        str(path.relative_to(package))
        for path in package.glob("hazmat/**/*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix in (".py", ".pyi", ".typed")
    }
    information = [name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name]
    libraries = {name for name in names if ".so" in name}
    rest = {name for name in names if ".dist-info/" not in name and not name.endswith("/")} - libraries
    assert rest == expected
    assert "hazmat/py.typed" in rest
    assert sorted(Path(name).name.partition(".so")[0] for name in libraries) == ["libhazmat", "libhazmat-core"]
    assert {"licenses/LICENSE", "licenses/LICENSE.third-party"} < set(information)


def test_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith("dist-info/METADATA"))
        metadata = files.read(name).decode()
    assert "License-Expression: Apache-2.0\n" in metadata
    assert "](../" not in metadata  # links that lead nowhere from a package index
    assert "Requires-Dist" not in metadata


def test_tag(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-manylinux_2_27_x86_64.whl")
    told = run(TOOLS / "auditwheel", "show", wheel, folder=wheel.parent, PATH=f"{TOOLS}:/usr/bin:/bin")
    assert 'is consistent with the following platform tag: "manylinux_2_27_x86_64"' in " ".join(told.split())


def test_no_debug_information(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if ".so" in name:
                sections = run("/usr/bin/readelf", "-SW", files.extract(name, tmp_path), folder=tmp_path)
                assert ".dynsym" in sections
                assert ".symtab" not in sections
                assert ".debug" not in sections


def test_all_is_from_the_wheel(python: Path, tmp_path: Path) -> None:
    program = shutil.copy(PROGRAMS / "where.py", tmp_path)
    files = run_alone(python, program, *hidden(), folder=tmp_path).splitlines()
    assert sorted(Path(name).name.partition(".")[0] for name in files) == ["__init__", "libhazmat", "libhazmat-core"]
    venv = python.parent.parent
    assert [name for name in files if not Path(name).is_relative_to(venv)] == []


@pytest.mark.parametrize("block", README, ids=lambda block: block.place)
def test_readme(python: Path, block: Block, tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(block.code)
    printed = run_alone(python, "-Werror", "example.py", folder=tmp_path)
    assert [printed] * len(block.outputs) == block.outputs


def test_fork(python: Path, tmp_path: Path) -> None:
    program = shutil.copy(PROGRAMS / "fork.py", tmp_path)
    # 3.12 and later warn of every fork of a process that has threads, as Go gives it.
    assert run_alone(python, "-Wignore::DeprecationWarning", program, folder=tmp_path) == "forked\n"


def test_main(python: Path, tmp_path: Path) -> None:
    told = run_alone(python, "-m", "hazmat", folder=tmp_path)
    assert f"library    {python.parent.parent}/lib/" in told
    assert f"core       {python.parent.parent}/lib/" in told


def mypy(python: Path, program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    checker: Path = ROOT / "build/venv/bin/mypy"
    command: list[str | Path] = [checker, "--strict", "--python-executable", python, PROGRAMS / program]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=120, check=False)


def test_types(python: Path, tmp_path: Path) -> None:
    right = mypy(python, "typed.py", tmp_path)
    assert right.returncode == 0, right.stdout + right.stderr
    wrong = mypy(python, "mistyped.py", tmp_path)
    assert "Found 3 errors" in wrong.stdout, wrong.stdout + wrong.stderr


@pytest.mark.parametrize(
    ("target", "reason"),
    [("wheel", "libhazmat and libhazmat-core not found in"), ("sdist", "hazmat has no source distribution")],
)
def test_source_without_libraries(target: str, reason: str, tmp_path: Path) -> None:
    source = shutil.copytree(
        ROOT / "bindings/python", tmp_path / "python", ignore=shutil.ignore_patterns("lib", "tests", "__pycache__")
    )
    built = subprocess.run(
        [TOOLS / "hatchling", "build", "--target", target], cwd=source, capture_output=True, text=True, timeout=120
    )
    assert built.returncode != 0
    assert reason in built.stderr
    assert not list(source.glob("dist/*"))
