"""The version of our own code changes with any source file, and with nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bulletins import versions
from bulletins.reading import reader
from bulletins.versions import closure, source_digest


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package `versioned` with a module and a data file."""
    folder = tmp_path / "versioned"
    (folder / "data").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "data" / "words.txt").write_text("một", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "versioned", raising=False)
    versions._folder.cache_clear()
    return folder


def digest(*packages: str) -> str:
    source_digest.cache_clear()
    return source_digest(*packages)


@pytest.mark.parametrize("name", ["__init__.py", "data/words.txt", "new.py"])
def test_a_changed_or_added_file_changes_the_version(package: Path, name: str) -> None:
    before = digest("versioned")
    (package / name).write_text("# hai", encoding="utf-8")

    assert digest("versioned") != before


def test_compiled_files_do_not_count(package: Path) -> None:
    before = digest("versioned")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "module.pyc").write_bytes(b"compiled")

    assert digest("versioned") == before


def test_neither_order_nor_repetition_counts() -> None:
    assert digest("bulletins.urls", "bulletins.domain") == digest(
        "bulletins.domain", "bulletins.urls", "bulletins.domain"
    )


def test_a_single_module_has_a_version() -> None:
    assert digest("bulletins.urls") != digest("bulletins.plan")


def test_a_package_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        digest("bulletins.nowhere")


@pytest.mark.parametrize(
    "imports", ["from versioned.other import x", "from versioned import other", "import versioned.other"]
)
def test_what_a_module_imports_belongs_to_its_version(imports: str, package: Path) -> None:
    (package / "one.py").write_text(f"def late():\n    {imports}\n", encoding="utf-8")
    (package / "other.py").write_text("x = 1", encoding="utf-8")
    before = digest("versioned.one")
    (package / "other.py").write_text("x = 2", encoding="utf-8")

    assert digest("versioned.one") != before


def test_the_version_of_readings_holds_the_addresses_that_texts_link_to() -> None:
    assert "bulletins.urls " in closure(*reader.CODE)
