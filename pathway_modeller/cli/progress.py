"""Progress with time left on a terminal, and what Ctrl-C does while a run goes on."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def progress_bar(what: str = "Replications") -> Iterator[Callable[[int, int], None] | None]:
    """Gives what is to be told how far a run is; None where the error output is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("time left"),
        TimeRemainingColumn(),
        TextColumn("(Ctrl-C stops with what is finished)"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("run", total=None)
        yield lambda finished, everything: bar.update(task, completed=finished, total=everything)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Gives what says whether Ctrl-C was pressed; a second Ctrl-C ends the program at once."""
    pressed = threading.Event()

    def press(_number: int, _frame: FrameType | None) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
