"""The desk at which charts are drawn and written, beside the window's thread."""

from __future__ import annotations

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
    ) -> Future[T]:
        """Has something done.

        Args:
            work: called in the desk's thread; touches no widget.
            then: called in the window's thread with what came of it.
            otherwise: called in the window's thread if a file could not be written.

        Returns:
            To be cancelled if it is no longer wanted; then nothing is called.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="charts", initializer=load_charts)
        future: Future[T] = self._thread.submit(work)
        self._waiting += 1
        future.add_done_callback(lambda done: self._tell(done, then, otherwise))
        return future

    def close(self) -> None:
        """Drops what has not begun and waits for what has; nothing is called any more."""
        self._closed = True
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)

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
