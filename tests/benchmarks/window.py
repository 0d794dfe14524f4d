"""How free the real window stays: ``python -m tests.benchmarks.window [FILE] [--years N] [--check]``.

Opens the window (offscreen, or on the display that ``QT_QPA_PLATFORM`` names), runs a scenario in it (the
borough, if no file is given), and prints how late a timer of 10 ms is while the window waits, during the run,
and while its results appear; how long cancelling takes at random moments; how long it takes from starting the
program to the first paint, with what the compiler kept and without; and how late the timer is while a
scenario of 500 elements is checked, which alone is measured with ``--check``.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from pathway_modeller.gui import theme
from pathway_modeller.gui.app import keep_free, open_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.window import MainWindow
from tests.scenario.large_scenario import large_scenario

TICK = 0.010
LATEST = 0.050
"""Seconds: the timer's interval, and how late it may be."""
STARTS = 3
"""Starts of the program of each kind."""
CHECKS = 10
"""Checks of a large scenario."""
FIRST_PAINT = "--first-paint"


class Ticker(QObject):
    """A timer of 10 ms that notes how late it is."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(1000 * TICK))

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - TICK))
        self._last = now

    def since(self) -> list[float]:
        """Returns what was noted since the last call; what is late now belongs to neither."""
        found, self.late = self.late, []
        self._last = time.perf_counter()
        return found


class FirstPaint(QObject):
    """Prints the time of the first paint of a window, and ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Sees an event before the window does."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print(f"{time.time():.6f}", flush=True)  # noqa: T201
        os._exit(0)


def main(arguments: Sequence[str]) -> int:
    """Prints how free the window stays."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.window", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a scenario; the borough if none is given")
    parser.add_argument("--years", type=float, default=1.0, help="length of the borough's run, 0.5 or more")
    parser.add_argument("--replications", type=int, default=4, help="of the borough, of each variant")
    parser.add_argument("--cancels", type=int, default=8, help="how often a run is cancelled")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of cancelling")
    parser.add_argument("--check", action="store_true", help="measure the check of 500 elements alone")
    parser.add_argument(FIRST_PAINT, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.first_paint:
        return first_paint()
    if not given.check:
        cold_starts()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _settings_in(folder)
        app = _application()
        if not given.check:
            path = given.file or _borough_file(Path(folder), given.years, given.replications)
            _measure(path, given.cancels, random.Random(given.seed))  # noqa: S311 - moments of cancelling
        _measure_check()
        QTimer.singleShot(0, app.quit)
        app.exec()
    return 0


def _settings_in(folder: str) -> None:
    """Keeps what the window remembers away from the person who runs this."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


def _borough_file(folder: Path, years: float, replications: int) -> Path:
    """Returns the borough's file."""
    from tests.benchmarks.borough import borough

    scenario = borough(years, replications=replications)
    path = folder / "borough.json"
    path.write_text(scenario.model_dump_json(by_alias=True, exclude_defaults=True), encoding="utf-8")
    return path


def first_paint() -> int:
    """Starts the program as it starts, until it has painted."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _settings_in(folder)
        from pathway_modeller.gui import app

        painted = FirstPaint()
        shown = MainWindow.show

        def show(window: MainWindow) -> None:
            window.installEventFilter(painted)
            shown(window)

        MainWindow.show = show  # type: ignore[method-assign]
        return app.run_app(None)


def cold_starts() -> None:
    """Prints how long it takes from starting the program to the first paint."""
    for kept in (True, False):
        took = [_start(kept) for _ in range(STARTS)]
        what = "with what the compiler kept" if kept else "with nothing kept"
        _say(
            f"Start to first paint, {what}: median {statistics.median(took):.2f} s, longest {max(took):.2f} s"
        )


def _start(kept: bool) -> float:
    """Returns how long one start takes, seconds."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = dict(os.environ) if kept else {**os.environ, "NUMBA_CACHE_DIR": folder}
        before = time.time()
        command = [sys.executable, "-m", "tests.benchmarks.window", FIRST_PAINT]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return float(done.stdout.split()[-1]) - before


def _application() -> QApplication:
    """Returns the application, dressed as the program dresses it."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs an application with widgets")
    theme.apply(app)
    keep_free()
    return app


def _measure_check() -> None:
    """Prints lateness while a scenario of 500 elements is checked after an edit."""
    from pathway_modeller.scenario.edits.every_edit import rename_element

    document = Document()
    document.new(large_scenario())
    window = MainWindow(document, QSettings("PathwayModellerBenchmark", "window"))
    window.show()
    _until(lambda: document.is_checked)
    ticker, took = Ticker(), []
    late: list[float] = []
    edits: list[float] = []
    for turn in range(CHECKS):
        before = time.perf_counter()
        document.edit("rename", lambda p, name=f"Renamed {turn}": rename_element(p, "act_3_1", name))
        edits.append(time.perf_counter() - before)
        _until(lambda: document._checker._check is not None)
        ticker.since()
        begun = time.perf_counter()
        _until(lambda: document._checker._check is None)
        took.append(time.perf_counter() - begun)
        late += ticker.since()
    _say(f"The window's thread takes for one edit of 500 elements: {_words(edits)}")
    _tell(f"while 500 elements are checked, {CHECKS} times", late, statistics.median(took))
    document.new()  # nothing is unsaved then, and the window may be closed
    window.close()


def _measure(path: Path, cancels: int, moments: random.Random) -> None:
    """Prints lateness and times of cancelling."""
    from pathway_modeller.gui.results.controller import RunController
    from pathway_modeller.gui.shell.runs import attach_runs

    window = MainWindow(Document(), QSettings("PathwayModellerBenchmark", "window"))
    window.show()
    open_first(window, path)
    ticker = Ticker()
    _after(0.5, ticker)  # painted, as in the program, before anything is loaded for runs
    runs = attach_runs(window)
    ticker.since()
    runs.preparation.begin()
    while_ready = _wait_for_engine(runs.preparation)
    _tell("while the engine is made ready", ticker.since(), while_ready)
    _tell("while the window waits", _after(2.0, ticker), 2.0)
    controller: RunController = runs.controller
    took = _run(controller)
    _tell("during the run", ticker.since(), took)
    _tell("while results appear", _after(3.0, ticker), 3.0)
    longest = max(0.2, min(0.8 * took, 20.0))
    times = [_cancelled(controller, moments.uniform(0.02, longest)) for _ in range(cancels)]
    if times:
        free, ended = ([each[place] for each in times] for place in (0, 1))
        _say(f"Cancel to 'cancelled', {cancels} random moments: {_words(free)}")
        _say(f"Cancel to the end of the run's thread: {_words(ended)}")
        _tell("while runs are begun and cancelled", ticker.since(), 0.0)
    window.close()


def _wait_for_engine(preparation: object) -> float:
    """Waits until the engine is ready; returns the seconds."""
    over: Callable[[], bool] = preparation._is_over.is_set  # type: ignore[attr-defined]
    before = time.perf_counter()
    _until(over)
    return time.perf_counter() - before


def _run(controller: object) -> float:
    """Runs everything; returns the seconds from start to finish."""
    before = time.perf_counter()
    if not controller.start(controller.every_variant()):  # type: ignore[attr-defined]
        raise SystemExit("the scenario has problems and cannot be run")
    _until(lambda: not controller.is_running)  # type: ignore[attr-defined]
    return time.perf_counter() - before


def _cancelled(controller: object, moment: float) -> tuple[float, float]:
    """Starts a run and cancels it; returns seconds until it is said, and until its thread has ended."""
    controller.start(controller.every_variant())  # type: ignore[attr-defined]
    thread = controller._run  # type: ignore[attr-defined]
    begun = time.perf_counter()
    _until(lambda: time.perf_counter() - begun >= moment)
    before = time.perf_counter()
    controller.cancel()  # type: ignore[attr-defined]
    _until(lambda: not controller.is_running)  # type: ignore[attr-defined]
    said = time.perf_counter() - before
    _until(thread.isFinished)
    return said, time.perf_counter() - before


def _until(done: Callable[[], bool]) -> None:
    """Lets the window live until something is so."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() else None)
    timer.start(5)
    loop.exec()


def _after(seconds: float, ticker: Ticker) -> list[float]:
    """Lets the window live for a time; returns how late the timer was meanwhile."""
    ticker.since()
    begun = time.perf_counter()
    _until(lambda: time.perf_counter() - begun >= seconds)
    return ticker.since()


def _tell(when: str, late: Sequence[float], seconds: float) -> None:
    """Prints how late the timer was."""
    took = f" ({seconds:.1f} s)" if seconds else ""
    over = sum(each > LATEST for each in late)
    _say(f"10 ms timer late {when}{took}: {_words(late)}; later than {1000 * LATEST:.0f} ms: {over} times")


def _words(found: Sequence[float]) -> str:
    """Returns the median, the 99th percentile and the most of some times."""
    if not found:
        return "nothing noted"
    ordered = sorted(found)
    high = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    middle = statistics.median(ordered)
    return f"median {1000 * middle:.1f} ms, 99% within {1000 * high:.1f} ms, most {1000 * ordered[-1]:.1f} ms"


def _say(text: str) -> None:
    """Writes a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
