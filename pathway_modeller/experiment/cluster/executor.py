"""Handing replications to a Dask cluster, and what happens to them there."""

from __future__ import annotations

import pickle
import queue
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, InvalidStateError
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pathway_modeller.experiment.cluster.program import difference, this_program
from pathway_modeller.experiment.runs.work import ExperimentStopped
from pathway_modeller.experiment.runs.workers import FileFlag

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

_LOOK = 5.0
"""Seconds between two looks at whether the cluster still has workers."""

_ANSWER = 10.0
"""Seconds within which a cluster must answer a question."""

WITHOUT_WORKERS = 60.0
"""Seconds without any worker after which a run is given up. A worker that died is replaced within a few."""


class ClusterError(ExperimentStopped):
    """A cluster cannot be used, or no longer; the message is one sentence for the person who asked."""


class ClusterExecutor(Executor):
    """Does what it is handed on the workers of a Dask cluster, as often as it takes.

    What a worker was doing when it died is done again by another one; Dask gives up after some such deaths
    (its setting ``distributed.scheduler.allowed-failures``, 3 unless changed). What is cancelled is
    forgotten by the cluster at once, and its worker is told by the flag that it would have looked at here.
    A result is let go by the cluster once it has arrived here.

    Attributes:
        workers: how many things the cluster does at a time.
    """

    def __init__(self, client: Client, workers: int, program: Mapping[str, str] | None = None) -> None:
        """Begins with nothing handed out.

        Args:
            client: connected; whoever made it closes it, after this executor was shut down.
            workers: how many things the cluster does at a time.
            program: workers that run another one are refused; None where they can only run this one.
        """
        self.workers = workers
        self._client = client
        # Not "pure": the same replication asked for twice is done twice, and its arguments are not hashed.
        self._inner = client.get_executor(pure=False)
        self._program = program
        self._under_way: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._given_up: queue.SimpleQueue[Future[bytes] | None] = queue.SimpleQueue()
        self._last_worker_seen = time.monotonic()
        self._keeper = threading.Thread(target=self._keep, name="cluster", daemon=True)
        self._keeper.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hands something out.

        Raises:
            ClusterError: the connection is lost.
        """
        there = tuple(_FlagOfTask() if isinstance(each, FileFlag) else each for each in args)
        # Pickled here and on arrival, as for processes of this computer, so that results are alike to the bit
        # and what goes wrong with it is said where it can be seen.
        packed = pickle.dumps((fn, there, kwargs))
        try:
            inner = self._inner.submit(_done, packed, self._program)
        except Exception as error:
            raise ClusterError(_LOST) from error
        sent: _Sent[T] = _Sent(inner, self._given_up.put)
        with self._lock:
            self._under_way.add(sent)
        sent.add_done_callback(self._forget)
        inner.add_done_callback(partial(_deliver, sent))
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Takes in nothing more; the cluster goes on and can be used again."""
        if cancel_futures:
            for sent in self._those_under_way():
                sent.cancel()
        self._given_up.put(None)
        self._keeper.join(_ANSWER)
        self._inner.shutdown(wait=wait and not cancel_futures)

    def _forget(self, sent: Future[Any]) -> None:
        """No longer counts something as under way."""
        with self._lock:
            self._under_way.discard(sent)

    def _those_under_way(self) -> list[_Sent[Any]]:
        """Returns what is under way now."""
        with self._lock:
            return [sent for sent in self._under_way if isinstance(sent, _Sent)]

    def _keep(self) -> None:
        """Tells the cluster what was cancelled, so that nobody waits for it, and looks after its workers."""
        while True:
            try:
                inner = self._given_up.get(timeout=_LOOK)
            except queue.Empty:
                self._look()
                continue
            if inner is None:
                return
            inner.cancel()
            del inner  # or it would be kept until the next one comes

    def _look(self) -> None:
        """Gives everything up if there has been no worker for long."""
        try:
            there = self._client.sync(self._client.nthreads, callback_timeout=_ANSWER)
        except Exception:  # a lost connection is reported by the client, to each future
            return
        if there:
            self._last_worker_seen = time.monotonic()
        elif time.monotonic() - self._last_worker_seen > WITHOUT_WORKERS:
            for sent in self._those_under_way():
                sent.fail(ClusterError(_NO_WORKERS))


class _Sent(Future[T]):
    """Something under way on a cluster.

    A future of its own, since Dask's one may never be done if it is cancelled just when its result arrives.
    """

    def __init__(self, inner: Future[bytes], give_up: Callable[[Future[bytes]], None]) -> None:
        super().__init__()
        self._inner: Future[bytes] | None = inner
        self._give_up = give_up

    def cancel(self) -> bool:
        """Gives it up; the worker stops as soon as it looks."""
        if self.cancelled() or not super().cancel():
            return self.cancelled()
        self.set_running_or_notify_cancel()
        self._let_go()
        return True

    def fail(self, error: Exception) -> None:
        """Ends with an error, and tells the cluster that nobody waits any more."""
        try:
            self.set_exception(error)
        except InvalidStateError:
            return
        self._let_go()

    def arrived(self, value: T | None, error: BaseException | None) -> None:
        """Ends with what came back, unless nobody waits for it any more."""
        self._inner = None
        try:
            if error is None:
                self.set_result(value)  # type: ignore[arg-type]
            else:
                self.set_exception(error)
        except InvalidStateError:
            return

    def _let_go(self) -> None:
        """Tells the cluster that nobody waits for this."""
        inner, self._inner = self._inner, None
        if inner is not None:
            self._give_up(inner)


_LOST = (
    "The connection to the cluster was lost before the run was finished; see whether its scheduler is still "
    "running, and run again."
)
_NO_WORKERS = (
    f"The cluster has had no worker for {WITHOUT_WORKERS:g} seconds; start workers, or run on this computer."
)


def _deliver(sent: _Sent[Any], inner: Future[bytes]) -> None:
    """Passes on what came back from the cluster."""
    if inner.cancelled():
        sent.arrived(None, ClusterError(_LOST))
        return
    error = inner.exception()
    if error is not None:
        sent.arrived(None, _in_words(error))
        return
    outcome: _Outcome = pickle.loads(inner.result())  # noqa: S301 - made by _done, on a worker we trust
    sent.arrived(outcome.value, outcome.error)


def _in_words(error: BaseException) -> ClusterError:
    """Returns a sentence for what Dask says when something could not be done on any worker."""
    from distributed import KilledWorker

    # Its traceback holds Dask's future, which holds it: the cluster would never let go of the task.
    error = error.with_traceback(None)
    if isinstance(error, ClusterError):
        return error
    if isinstance(error, KilledWorker):
        times = error.allowed_failures + 1
        said = ClusterError(
            f"The same replication ended {times} workers of the cluster, one after the other, perhaps "
            "because memory ran out; give each worker more memory, or start fewer of them on a computer."
        )
    else:
        said = ClusterError(
            f"The cluster could not do a replication ({type(error).__name__}: {error}); see what its "
            "workers say."
        )
    said.__cause__ = error
    return said


@dataclass(frozen=True)
class _Outcome:
    """What came of something, returned so that it is told from what goes wrong with the cluster."""

    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class _FlagOfTask:
    """Stands, on its way, for a flag that only this computer sees."""


@dataclass(frozen=True)
class _TaskFlag:
    """Is raised, on a worker, when nobody waits any more for what the worker does.

    Dask cannot stop a thread; it marks the task, and lets the worker have others once this one has ended.
    """

    worker: Any
    task: object

    def raised(self) -> bool:
        """Whether to stop."""
        state = self.worker.state.tasks.get(self.task)
        return bool(state is None or state.state == "cancelled")


def _done(packed: bytes, program: Mapping[str, str] | None) -> bytes:
    """Does, on a worker, what was handed out, and returns its outcome, pickled.

    Raises:
        ClusterError: the worker would work with another program.
    """
    from distributed import get_worker

    worker = get_worker()
    if program is not None:
        refuse_another(worker.address, program, this_program())
    fn, args, kwargs = pickle.loads(packed)  # noqa: S301 - comes from whoever may run code here anyway
    flag = _TaskFlag(worker, worker.get_current_task())
    try:
        value = fn(*(flag if isinstance(each, _FlagOfTask) else each for each in args), **kwargs)
    except Exception as error:
        error.add_note(f"On worker {worker.address}:\n{traceback.format_exc()}")
        return pickle.dumps(_Outcome(error=error))
    return pickle.dumps(_Outcome(value))


def refuse_another(worker: str, expected: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Refuses a worker that might find other figures.

    Raises:
        ClusterError: it works with another program; the sentence names it.
    """
    what = difference(expected, found)
    if what:
        raise ClusterError(
            f"Worker {worker} has {what} and might find other figures; install the same there as here, "
            "and start the worker again."
        )
