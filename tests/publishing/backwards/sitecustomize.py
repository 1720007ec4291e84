"""Loaded by every Python that has this folder on its path: folders are listed the other way round than the system does.

Which way that is differs from one file system to another; a site may not depend on it.
"""

import contextlib
import os

_listdir, _scandir = os.listdir, os.scandir


class _Backwards(contextlib.AbstractContextManager):
    """What `os.scandir` gives, from its end."""

    def __init__(self, entries):
        self._entries = entries

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __exit__(self, *raised):
        self.close()

    def close(self):
        self._entries = iter(())


def _scanned(path="."):
    with _scandir(path) as entries:
        return _Backwards(iter(sorted(entries, key=lambda entry: entry.name, reverse=True)))


os.scandir = _scanned
os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)
