"""A store of objects that speaks S3, as far as a publication needs it.

Its address and keys are read from the environment, as other programs read them: AWS_ENDPOINT (none for Amazon's own),
AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY. `obstore` is known in this file only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bulletins.publishing.target import TargetFailed


class Objects:
    """The objects of a bucket below a prefix. Whatever else goes wrong than what a method names is `TargetFailed`."""

    def __init__(self, bucket: str, prefix: str) -> None:
        try:
            from obstore.store import S3Store
        except ImportError as missing:
            raise TargetFailed(
                "Máy này chưa có obstore; hãy chạy: .venv/bin/pip install obstore / "
                "obstore is not installed here: .venv/bin/pip install obstore"
            ) from missing
        self.name = f"s3://{bucket}/{prefix}".rstrip("/")
        address = os.environ.get("AWS_ENDPOINT") or os.environ.get("AWS_ENDPOINT_URL") or ""
        options: Any = {"allow_http": address.startswith("http://"), "timeout": "60s"}
        self._store = S3Store(bucket, prefix=prefix or None, client_options=options)

    def get(self, key: str) -> tuple[bytes, str] | None:
        """An object and its ETag; None where there is none."""
        with self._faults():
            try:
                answer = self._store.get(key)
                return bytes(answer.bytes()), answer.meta["e_tag"] or ""
            except FileNotFoundError:
                return None

    def put(self, key: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Write an object that is answered with these headers."""
        with self._faults():
            self._store.put(key, data, attributes=dict(headers))

    def exchange(self, key: str, data: bytes, etag: str | None) -> str | None:
        """Write an object if it still has this ETag, or, with None, if there is none; the new ETag, None if refused."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with self._faults():
            try:
                result = self._store.put(key, data, mode="create" if etag is None else {"e_tag": etag})
            except (AlreadyExistsError, PreconditionError):
                return None
            return result["e_tag"] or ""

    def copy(self, source: str, target: str) -> None:
        """Copy an object within the store, with its headers."""
        with self._faults():
            self._store.copy(source, target)

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there counts as removed."""
        with self._faults():
            try:
                self._store.delete(key)
            except FileNotFoundError:
                return

    def names(self, folder: str) -> list[str]:
        """The names of all objects in a folder."""
        with self._faults():
            return [meta["path"].rpartition("/")[2] for batch in self._store.list(folder) for meta in batch]

    @contextmanager
    def _faults(self) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as failed:
            raise TargetFailed(f"{self.name}: {str(failed).splitlines()[0][:300]}") from failed
