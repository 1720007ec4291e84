"""Versions of our own code: what the rooms put into the `version` of their lines of the plan."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path


@lru_cache
def source_digest(*packages: str, distributions: tuple[str, ...] = ()) -> str:
    """A hash of every source file of packages or modules (`bulletins.indexes`), of what these import, and of Python.

    `distributions` are libraries whose version counts as well (`pydantic`). Where the folders stand does not matter.
    Raises `ModuleNotFoundError` for an unknown package, `importlib.metadata.PackageNotFoundError` for a library.
    """
    import importlib.metadata  # slow to load, and a build of few texts needs no version

    digest = hashlib.blake2b(digest_size=16)
    versions = [(name, importlib.metadata.version(name)) for name in sorted(distributions)]
    digest.update(repr((tuple(sys.version_info[:3]), versions)).encode())
    for path, data in sorted(closure(*packages).items()):
        digest.update(repr((path, len(data))).encode() + data)
    return digest.hexdigest()


def digest_of(known: tuple[str, ...]) -> str:
    """A hash of some texts, each of which counts, and their order."""
    return hashlib.blake2b(repr(known).encode(errors="surrogatepass"), digest_size=16).hexdigest()


_IMPORT = re.compile(rb"^[ \t]*(?:from ([\w.]+) import (\([^)]*\)|[^\n]*)|import ([\w.]+))", re.MULTILINE)


def closure(*packages: str) -> dict[str, bytes]:
    """The sources of packages or modules and, step by step, of every module of theirs that one of them imports.

    By name: that of the package or module, and the file's inside the package. Whole packages count with all files.
    """
    sources: dict[str, bytes] = {}
    waiting, seen = sorted(packages), set(packages)
    while waiting:
        package = waiting.pop()
        for name, path in _sources(package):
            sources[f"{package} {name}"] = data = path.read_bytes()
            if path.suffix == ".py":
                imported = set(_imported(data, package.partition(".")[0])) - seen
                waiting += sorted(module for module in imported if not module.startswith((*_within(seen),)))
                seen |= imported
    return sources


def _within(packages: Iterable[str]) -> Iterator[str]:
    return (f"{package}." for package in packages if "." in package)


def _imported(data: bytes, top: str) -> Iterator[str]:
    """The modules of our own package `top` that a source imports, wherever in it."""
    for package, names, module in _IMPORT.findall(data):
        base = (package or module).decode()
        if base.split(".")[0] != top:
            continue
        inner = [f"{base}.{name}" for name in re.findall(r"\w+", names.decode()) if _is_module(base, name)]
        yield from inner or ([base] if base != top else [])


def _is_module(package: str, name: str) -> bool:
    folder = _folder(package)
    return folder is not None and ((folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file())


@lru_cache
def _folder(package: str) -> Path | None:
    """The folder of a package; None for a module."""
    spec = importlib.util.find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    return Path(next(iter(locations))) if locations else None


def _sources(package: str) -> Iterator[tuple[str, Path]]:
    """Every file of a package by its name inside the package, or the one file of a module."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    if spec.submodule_search_locations is None:
        yield "", Path(spec.origin)
        return
    folder = Path(spec.origin).parent
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path
