"""Versions of our own code: what the rooms put into the `version` of their lines of the plan."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


@lru_cache
def source_digest(*packages: str, distributions: tuple[str, ...] = ()) -> str:
    """A hash of every source file of packages or modules (`bulletins.indexes`, `bulletins.urls`) and of Python.

    `distributions` are libraries whose version counts as well (`pydantic`). Where the folders stand does not matter.
    Raises `ModuleNotFoundError` for an unknown package, `importlib.metadata.PackageNotFoundError` for a library.
    """
    import importlib.metadata  # slow to load, and a build of few texts needs no version

    digest = hashlib.blake2b(digest_size=16)
    versions = [(name, importlib.metadata.version(name)) for name in sorted(distributions)]
    digest.update(repr((tuple(sys.version_info[:3]), versions)).encode())
    for package in sorted(set(packages)):
        for name, path in sorted(_sources(package)):
            data = path.read_bytes()
            digest.update(repr((package, name, len(data))).encode() + data)
    return digest.hexdigest()


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
