"""The seam to a cluster: the same batches made on the machines of a Dask scheduler; the only file that imports Dask.

Every machine must see the project's folder and the cache under the same paths, as on a shared file system: workers read
records, texts and photos and write finished files there. Only hashes of what was made travel back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
SCHEME = "dask://"


class NoCluster(Exception):
    """The cluster cannot be used; the message says why and what to do."""


class Cluster:
    """Machines that make batches, so many `workers`."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.workers: int = max(1, sum(client.nthreads().values()))

    def results(self, make: Callable[[Any, Any], T], batches: Iterable[Any], value: Any) -> Iterator[T]:
        """The result of `make(batch, value)` for each batch, as they are finished; raises what `make` raised.

        The value is sent once to each machine.
        """
        import dask
        from distributed import KilledWorker, as_completed

        # As a task of its own it is made again if the machine that held it dies; scattered data would be lost.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "100 GB"}):
            shared = self._client.submit(_itself, value, pure=False)
        futures = [self._client.submit(make, batch, shared, pure=False) for batch in batches]
        try:
            for _, result in as_completed(futures, with_results=True):
                yield result
        except KilledWorker as error:
            raise NoCluster(f"Một phần việc đã làm dừng nhiều máy của cụm, nên bị bỏ: {error}") from error
        finally:
            self._client.cancel(futures)


def _itself(value: T) -> T:
    return value


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The cluster at an address (`dask://host:port`).

    Raises `NoCluster` if the address is of another kind, Dask is not installed, or nobody answers.
    """
    if not address.startswith(SCHEME):
        raise NoCluster(f"Không hiểu nơi dựng “{address}”; viết như dask://may-chu:8786.")
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise NoCluster("Chưa cài phần dựng trên cụm máy; chạy `.venv/bin/pip install distributed`.") from None
    try:
        client = Client(f"tcp://{address.removeprefix(SCHEME)}", timeout="10s")
    except (OSError, TimeoutError) as error:
        raise NoCluster(f"Không gọi được cụm máy {address}: {error}") from error
    with client:
        yield Cluster(client)
