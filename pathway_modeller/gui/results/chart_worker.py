"""The desk at which charts are drawn and written, beside the window's thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from pathway_modeller.gui.results.loading import load_charts

T = TypeVar("T")


class Desk(QObject):
    """Does one thing after the other in a thread of its own and hands back what came of it.

    One thread only: Matplotlib's settings are the process's own.
    """

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begins without work; the thread starts with the first."""
        super().__init__(parent)
        self._thread: ThreadPoolExecutor | None = None
        self._pending: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._waiting = 0
        self._closed = False
        self._done.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is not handed back yet."""
        return self._waiting > 0

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[OSError], None] | None = None,
        *,
        is_awaited: bool = False,
    ) -> Future[T]:
        """Has something done, after all that was asked for before.

        Args:
            work: called in the desk's thread; touches no widget.
            then: called in the window's thread with what came of it.
            otherwise: called in the window's thread if a file could not be written.
            is_awaited: whether somebody looks at an empty place until it is done; it is then done next.

        Returns:
            To be cancelled if it is no longer wanted; then nothing is called.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="charts", initializer=load_charts)
        future: Future[T] = Future()
        self._waiting += 1
        future.add_done_callback(lambda done: self._tell(done, then, otherwise))
        (self._pending.appendleft if is_awaited else self._pending.append)((future, work))
        self._thread.submit(self._do_next)
        return future

    def close(self) -> None:
        """Drops what has not begun and waits for what has; nothing is called any more."""
        self._closed = True
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)

    def _do_next(self) -> None:
        """Does what comes next, in the desk's thread."""
        future, work = self._pending.popleft()
        if not future.set_running_or_notify_cancel():
            return
        try:
            made = work()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(made)

    def _tell(self, *done: Any) -> None:
        """Carries a finished piece of work to the window's thread; called in whichever thread finished it."""
        if not self._closed:
            self._done.emit(done)

    def _hand_back(
        self, done: tuple[Future[Any], Callable[[Any], None], Callable[[OSError], None] | None]
    ) -> None:
        """Calls who asked; what went wrong in the program is raised here."""
        future, then, otherwise = done
        self._waiting -= 1
        if self._closed:
            return
        try:
            made = future.result()
        except CancelledError:
            return
        except OSError as error:
            if otherwise is None:
                raise
            otherwise(error)
            return
        then(made)
