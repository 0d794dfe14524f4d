"""Running on more computers: the workers of a Dask cluster, somewhere else or on this computer.

Importing this does not import Dask, which need not be installed.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pathway_modeller.experiment.cluster import worker as cluster_worker
from pathway_modeller.experiment.cluster.executor import ClusterError, ClusterExecutor, refuse_another
from pathway_modeller.experiment.cluster.program import on_computers_like, this_program
from pathway_modeller.experiment.runs.run_target import ON_THIS_COMPUTER, address_mistake

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["ClusterError", "ClusterExecutor", "ClusterFound", "check_cluster", "cluster_executor"]

_CONNECT = 5.0
"""Seconds within which a scheduler must answer."""

_ANSWER = 10.0
"""Seconds within which all workers must say what they run."""

_HERE = "127.0.0.1"
"""The address at which only this computer can reach itself."""

_PACKAGE = "pathway-modeller"

_GIVE_UP_STARTING = "distributed.deploy.lost-worker-timeout"
"""Dask ends what starts a worker again if that was not there so long after a death, as on a busy computer."""


@dataclass(frozen=True)
class ClusterFound:
    """A cluster that can be used.

    Attributes:
        workers: number of worker processes.
        at_once: how many replications they do at a time.
    """

    workers: int
    at_once: int


@contextmanager
def cluster_executor(where: str, workers: int = 0) -> Iterator[ClusterExecutor]:
    """Gives an executor for :func:`pathway_modeller.experiment.runs.run.run_experiment`.

    Pass its ``workers`` on as well, so that enough is handed out to keep all of them busy. This waits for
    the network: a window calls it off its own thread.

    Args:
        where: the address of a Dask scheduler, or
            :data:`pathway_modeller.experiment.runs.run_target.ON_THIS_COMPUTER`
            for worker processes of this computer, which live as long as the block.
        workers: processes on this computer; 0 for as many as there are processors. A cluster at an address
            has its own number.

    Raises:
        ClusterError: Dask is not installed, nobody answers, there is no worker, or a worker runs another
            program.
        ValueError: the number of workers is negative.
    """
    require_dask()
    if workers < 0:
        raise ValueError(f"there cannot be {workers} workers")
    with ExitStack() as stack:
        stack.enter_context(_quietly())
        if where == ON_THIS_COMPUTER:
            count = workers or os.cpu_count() or 1
            client, at_once = stack.enter_context(_own_cluster(count)), count
            program = None
        else:
            client = stack.enter_context(_connected(where))
            found, program = _examined(client, where)
            at_once = found.at_once
        executor = ClusterExecutor(client, at_once, program)
        stack.callback(executor.shutdown, wait=False, cancel_futures=True)
        yield executor


def check_cluster(where: str) -> ClusterFound:
    """Returns what a cluster has to offer, within some seconds.

    For this computer it is only looked whether Dask is there.

    Raises:
        ClusterError: it cannot be used; the message says why, and what to do.
    """
    require_dask()
    if where == ON_THIS_COMPUTER:
        count = os.cpu_count() or 1
        return ClusterFound(count, count)
    with _quietly(), _connected(where) as client:
        return _examined(client, where)[0]


def require_dask() -> None:
    """Looks whether Dask is installed.

    Raises:
        ClusterError: it is not; the message says how to get it.
    """
    if find_spec("distributed") is None:
        raise ClusterError(
            "Running on a cluster needs Dask, which is not installed; install it with: "
            f'"{sys.executable}" -m pip install distributed'
        )


@contextmanager
def _quietly() -> Iterator[None]:
    """Keeps Dask from writing among the results; what matters to a run is raised as an error."""
    from distributed.utils import silence_logging_cmgr

    with silence_logging_cmgr(logging.CRITICAL + 1):
        yield


@contextmanager
def _own_cluster(count: int) -> Iterator[Client]:
    """Gives a client of a cluster on this computer, which no other computer can reach.

    Its workers may still be starting; work waits for them. They have no limit of memory, like processes
    without a cluster: Dask would pause a worker near its limit, and a run could wait for it for ever.
    """
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="pathway-modeller-", ignore_cleanup_errors=True)
        )
        stack.enter_context(dask.config.set({_GIVE_UP_STARTING: "1 day"}))
        cluster = stack.enter_context(
            LocalCluster(
                n_workers=0,
                threads_per_worker=1,
                processes=True,
                host=_HERE,
                dashboard_address=f"{_HERE}:0",
                scheduler_kwargs={"dashboard": False},
                memory_limit=0,
                local_directory=folder,
                silence_logs=logging.CRITICAL,
                preload=[cluster_worker.__name__],
            )
        )
        cluster.scale(count)
        yield stack.enter_context(Client(cluster.scheduler_address, timeout=_CONNECT, set_as_default=False))


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Gives a client of the scheduler at an address.

    Raises:
        ClusterError: it is no address, or nobody answers there.
    """
    mistake = address_mistake(address) or _certificate_mistake(address)
    if mistake:
        raise ClusterError(mistake)
    try:
        client = _client_in_time(address.strip())
    except Exception as error:
        raise ClusterError(
            f"No Dask scheduler answered at {address.strip()} within {_CONNECT:g} seconds; see whether "
            "it is running there, and whether this computer may reach it."
        ) from error
    with client:
        yield client


def _certificate_mistake(address: str) -> str:
    """Returns a sentence if an encrypted connection is asked for without certificates, "" otherwise."""
    from distributed.security import Security

    if not address.strip().startswith(("tls://", "wss://")):
        return ""
    if Security().get_connection_args("client")["ssl_context"] is not None:
        return ""
    return (
        f"{address.strip()} asks for an encrypted connection, and there are no certificates for it; name "
        "them in Dask's own configuration, under distributed.comm.tls."
    )


def _client_in_time(address: str) -> Client:
    """Returns a client of the scheduler at an address.

    Dask waits for ever where something listens and says nothing; so it waits in a thread that is left behind.
    """
    from distributed import Client
    from distributed.versions import VersionMismatchWarning

    made: Future[Client] = Future()

    def make() -> None:
        try:
            made.set_result(Client(address, timeout=_CONNECT, set_as_default=False))
        except Exception as error:
            made.set_exception(error)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", VersionMismatchWarning)  # looked at by _examined, more strictly
        threading.Thread(target=make, name="connect to cluster", daemon=True).start()
        try:
            return made.result(_CONNECT + 1)
        except TimeoutError:
            made.add_done_callback(_close_late_client)
            raise


def _close_late_client(made: Future[Client]) -> None:
    """Closes a client for which nobody waits any more."""
    if made.exception() is None:
        made.result().close()


def _examined(client: Client, address: str) -> tuple[ClusterFound, Mapping[str, str]]:
    """Returns what a cluster offers, and the program that its workers run.

    Raises:
        ClusterError: there is no worker, or one runs another program.
    """
    try:
        client.wait_for_workers(1, timeout=_CONNECT)
    except TimeoutError:
        raise ClusterError(
            f"The Dask scheduler at {address} has no workers; start some on the computers that are to do the "
            f"work, with: dask worker {address} --nworkers 2 --nthreads 1"
        ) from None
    _require_installed(client)
    programs: dict[str, Any] = _answered(client, client.run, this_program, on_error="return")
    expected = on_computers_like(next(iter(programs.values())))
    for worker, program in sorted(programs.items()):
        refuse_another(worker, expected, program)
    threads: Mapping[str, int] = _answered(client, client.nthreads)
    return ClusterFound(len(threads), sum(threads.values())), expected


def _require_installed(client: Client) -> None:
    """Looks whether all workers have this program, before they are asked with its own words.

    Raises:
        ClusterError: one has not.
    """
    versions = _answered(client, client.get_versions, packages=[_PACKAGE])
    python = this_program()["Python"]
    for worker, its in sorted(versions["workers"].items()):
        packages = its["packages"]
        if packages.get(_PACKAGE) is None:
            raise ClusterError(
                f"Worker {worker} has no Pathway Modeller; install the same version there as here, "
                "and start the worker again."
            )
        refuse_another(worker, {"Python": python}, {"Python": ".".join(packages["python"].split(".")[:2])})


def _answered(client: Client, question: Callable[..., Any], *args: object, **more: object) -> Any:
    """Returns the answer to a question, which must come soon.

    Raises:
        ClusterError: it does not come.
    """
    asked: Callable[..., Awaitable[Any]] = question
    try:
        return client.sync(asked, *args, callback_timeout=_ANSWER, **more)
    except (TimeoutError, OSError) as error:
        raise ClusterError(
            f"The cluster did not say within {_ANSWER:g} seconds what its workers run; start them again."
        ) from error
