"""The work on a Dask cluster: at an address, or a cluster of this machine's cores that ends with the command.

Needs the extra `dask`; the workers need reachlist in the same version. What all parts share is made once on every
worker, by a plugin that a worker started later gets too; it has a name of its own, for several may use one cluster.
A part whose worker dies is done again by another; parts are pure, so that changes nothing. Few parts are under way at
once, so the client holds few results.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from uuid import uuid4

from pipeline.engines import EngineError, Kept, Part, Result

try:
    from distributed import Client, LocalCluster, WorkerPlugin, get_worker
    from distributed.comm import CommClosedError, resolve_address
except ImportError:
    raise EngineError("--engine dask needs the extra: pip install 'reachlist[dask]'") from None

AHEAD = 3  # parts under way for each thread of the cluster
PARTS = 4  # of work that is divided by employers, for each thread: employers are of many sizes
WAIT = 30  # seconds for the scheduler to answer
ALONE = 60  # seconds that a cluster may be without any worker: some start one only when there is work


class Prepared(WorkerPlugin):
    """What all parts share, on every worker."""

    def __init__(self, work: object) -> None:
        self.name = f"reachlist-{uuid4().hex}"
        self.work = work


def _apply(name: str, function: Callable[[Any, Part], Result], part: Part) -> Result:
    prepared = get_worker().plugins[name]
    assert isinstance(prepared, Prepared)
    return function(prepared.work, part)


class Dask:
    """An engine on the workers of `client`, which have the plugin of this name. Raises EngineError in the middle."""

    def __init__(self, client: Client, name: str) -> None:
        self._client, self._name = client, name
        self._threads = max(sum(client.nthreads().values()), 1)
        self.partitions = PARTS * self._threads

    def map(
        self, function: Callable[[Any, Part], Result], parts: Iterable[tuple[Kept, Part]]
    ) -> Iterator[tuple[Kept, Result]]:
        """(kept, function(work, part)) of every (kept, part), in order, whichever is done first."""
        under_way: deque[tuple[Kept, Any]] = deque()
        for kept, part in parts:
            under_way.append((kept, self._client.submit(_apply, self._name, function, part, pure=False)))
            if len(under_way) >= AHEAD * self._threads:
                yield self._first(under_way)
        while under_way:
            yield self._first(under_way)

    def _first(self, under_way: deque[tuple[Kept, Any]]) -> tuple[Kept, Any]:
        kept, result = under_way.popleft()
        while True:
            try:
                return kept, result.result(timeout=ALONE)
            except TimeoutError:
                if result.done():
                    raise
                if not self._client.nthreads():
                    raise EngineError(f"the Dask cluster has had no worker for {ALONE} s: start one") from None
            except (CancelledError, CommClosedError):
                raise EngineError("the Dask scheduler is gone; what was read before is stored: run it again") from None


@contextmanager
def cluster(work: object, address: str | None) -> Iterator[Dask]:
    """The engine at a scheduler's address, or on the cores of this machine. Raises EngineError."""
    prepared = Prepared(work)
    with ExitStack() as opened:
        try:
            if address is None:
                local = LocalCluster(n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None)
                address = opened.enter_context(local).scheduler_address
            resolve_address(address)  # a client for what is no address takes a minute to end
            client = opened.enter_context(Client(address, timeout=WAIT, set_as_default=False))
            client.register_plugin(prepared)
        except (OSError, ValueError) as error:
            raise EngineError(f"no Dask scheduler answers at {address}: {error or type(error).__name__}") from None
        opened.callback(_forget, client, prepared.name)
        yield Dask(client, prepared.name)


def _forget(client: Client, name: str) -> None:
    with suppress(OSError, CancelledError):  # the cluster may be gone
        client.unregister_worker_plugin(name)
