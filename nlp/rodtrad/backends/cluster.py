"""Jobs on many machines: the job-runner port on dask.distributed. Needs the extra `cluster`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from rodtrad.backends.runners import Done
from rodtrad.errors import RodtradError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")
_PATIENCE = "15s"


class ClusterError(RodtradError):
    """The scheduler cannot be reached."""


class DaskRunner:
    """Items go to the workers of a scheduler; those of a worker that dies go to another.

    Workers must have this version of the package, and see the workspace under the same path. The
    scheduler tries an item three times more before it says that it kills its workers.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def workers(self) -> int:
        """How many items run at a time now."""
        with self._client() as client:
            return sum(client.nthreads().values())

    def run(self, job: Callable[[T], R], items: Sequence[T]) -> Iterator[Done[R]]:
        """The outcomes as they come."""
        from distributed import as_completed

        with self._client() as client:
            # Not pure: a job writes files, so an earlier result must not stand for a new run.
            futures = client.map(job, items, pure=False)
            places = {future.key: place for place, future in enumerate(futures)}
            for future in as_completed(futures):  # type: ignore[no-untyped-call]
                yield places[future.key], future.exception() or future.result()
                future.release()

    def _client(self) -> Client:
        from distributed import Client

        try:
            return Client(self._address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            raise ClusterError(
                f"the scheduler {self._address} cannot be reached; check [jobs] address in "
                "rodtrad.toml, and that it runs."
            ) from error
