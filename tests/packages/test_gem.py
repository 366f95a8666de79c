"""The gem: what is in it, and that with ffi it is all that a program needs."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from alone import PROGRAMS, ROOT, hidden, run, run_alone
from blocks import Block, blocks_of

README = [
    block
    for document in ("README.md", "bindings/ruby/README.md")
    for block in blocks_of(ROOT / document)
    if block.word == "ruby"
]
# What Ruby's own programs may need.
PATH = os.environ["PATH"]


@pytest.fixture(scope="module")
def home(gem: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GEM_HOME that has the gem and nothing else; ffi is the system's."""
    home = tmp_path_factory.mktemp("gem") / "home"
    run("gem", "install", "--quiet", "--local", gem, folder=gem.parent, GEM_HOME=str(home), PATH=PATH)
    return home


@pytest.fixture(scope="module")
def ruby(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ruby in a folder of its own."""
    found = shutil.which("ruby")
    assert found is not None
    ruby = tmp_path_factory.mktemp("ruby") / "ruby"
    ruby.symlink_to(Path(found).resolve())
    return ruby


def installed(home: Path) -> Path:
    folders = list(home.glob("gems/*"))
    assert len(folders) == 1, folders
    return folders[0]


def test_name(gem: Path) -> None:
    platform = run("ruby", "-e", "print Gem::Platform.local", folder=gem.parent, PATH=PATH)
    assert gem.name == f"hazmat-{version()}-{platform}.gem"


def version() -> str:
    found = re.search(r'^#define HZ_VERSION "(.+)"$', (ROOT / "include/hazmat.h").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def test_files(home: Path) -> None:
    folder = installed(home)
    found = {str(path.relative_to(folder)) for path in folder.glob("**/*") if path.is_file()}
    tree = ROOT / "bindings/ruby"
    expected = {
        str(path.relative_to(tree))
        for part in ("lib/**/*.rb", "lib/**/*.h", "sig/**/*")
        for path in tree.glob(part)
        if path.is_file()
    }
    libraries = {name for name in found if ".so" in name}
    documents = {name for name in found if name.endswith(".md")}
    assert sorted(Path(name).name.partition(".so")[0] for name in libraries) == ["libhazmat", "libhazmat-core"]
    assert "README.md" in documents
    assert found - libraries - documents == expected | {"LICENSE", "LICENSE.third-party"}


def test_links(home: Path) -> None:
    folder = installed(home)
    for document in folder.glob("**/*.md"):
        targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
        assert [to for to in targets if "://" not in to and not (document.parent / to).exists()] == [], document


def test_signatures(home: Path, tmp_path: Path) -> None:
    code = 'require "rbs"; require "rbs/cli"; RBS::CLI.new(stdout: $stdout, stderr: $stderr).run(ARGV)'
    options = ("-r", "digest", "-r", "hazmat", "validate", "--silent")
    run("ruby", "-e", code, "--", *options, folder=tmp_path, GEM_HOME=str(home), PATH=PATH)


def test_all_is_from_the_gem(ruby: Path, home: Path, tmp_path: Path) -> None:
    program = shutil.copy(PROGRAMS / "where.rb", tmp_path)
    files = run_alone(ruby, program, *hidden(), folder=tmp_path, GEM_HOME=str(home)).splitlines()
    assert sorted(Path(name).name.partition(".")[0] for name in files) == ["hazmat", "libhazmat", "libhazmat-core"]
    assert [name for name in files if not Path(name).is_relative_to(home)] == []


@pytest.mark.parametrize("block", README, ids=lambda block: block.place)
def test_readme(ruby: Path, home: Path, block: Block, tmp_path: Path) -> None:
    (tmp_path / "example.rb").write_text(block.code)
    printed = run_alone(ruby, "example.rb", folder=tmp_path, GEM_HOME=str(home))
    assert [printed] * len(block.outputs) == block.outputs


def test_fork(ruby: Path, home: Path, tmp_path: Path) -> None:
    program = shutil.copy(PROGRAMS / "fork.rb", tmp_path)
    assert run_alone(ruby, "-w", program, folder=tmp_path, GEM_HOME=str(home)) == "forked\n"
