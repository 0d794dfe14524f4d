"""Working something out in a thread of its own, for a caller that looks now and then whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_a_thread(name: str, work: Callable[[], T]) -> Future[T]:
    """Begins some work in a thread that ends with it; returns what will hold its result or its error.

    Args:
        name: of the thread, for whoever looks for it.
        work: called in that thread; it knows nothing of Qt.
    """
    made: Future[T] = Future()

    def answer() -> None:
        try:
            made.set_result(work())
        except BaseException as error:
            made.set_exception(error)

    Thread(target=answer, name=name).start()
    return made
