"""How soon the window answers: ``python -m tests.benchmarks.first_answer [FILE]``.

Runs a scenario in the window (the one-year copy, if no file is given), warm and at rest, and prints the
seconds from Run to the first answer on the screen and to the last; then how long a chart takes to be on the
screen that was drawn in the background, and one that was not drawn yet.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pathway_modeller.gui.app import keep_free, open_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.so_far import so_far_words
from pathway_modeller.gui.shell.runs import Runs, attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from tests.benchmarks.window import application, settings_in, until

FILE = Path(__file__).with_name("outpatient-one-year.json")


def main(arguments: Sequence[str]) -> int:
    """Prints how soon the window answers."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.first_answer", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings_in(folder)
        app = application()
        keep_free()
        window = MainWindow(Document(), QSettings("PathwayModellerBenchmark", "first_answer"))
        window.resize(1366, 768)
        window.show()
        open_first(window, given.file)
        runs = attach_runs(window)
        runs.preparation.begin()
        until(runs.preparation._is_over.is_set)
        preparing = runs.preparation._thread
        until(lambda: preparing is None or not preparing.is_alive())  # what draws charts is loaded as well
        first = [_first_answer(runs) for _ in range(given.turns)]
        _say(f"Run to the first answer on the screen: {_words(first)}")
        controller = runs.controller
        controller.start(controller.every_variant())
        until(lambda: not controller.is_running)
        until(lambda: not runs.page.is_busy)
        _charts(runs)
        window.close()
        QTimer.singleShot(0, app.quit)
        app.exec()
    return 0


def _first_answer(runs: Runs) -> float:
    """Runs everything until there is a first answer; returns the seconds until it is on the screen."""
    controller, reader = runs.controller, runs.page.reader
    begun, own = time.perf_counter(), time.process_time()
    if not controller.start(controller.every_variant()):
        raise SystemExit("the scenario has problems and cannot be run")
    until(lambda: controller.so_far is not None or not controller.is_running)
    answered = time.perf_counter() - begun
    if controller.so_far is None:
        raise SystemExit("the run was finished before a first answer was due")
    words = so_far_words(controller.so_far[0].provenance, running=True)
    until(lambda: reader.chart.accessibleDescription().startswith(words))
    shown, own = time.perf_counter() - begun, time.process_time() - own
    _say(f"{words}: worked out after {answered:.2f} s, shown after {shown:.2f} s (processor: {own:.2f} s)")
    controller.cancel()
    until(lambda: not controller.is_running and not runs.page.is_busy)  # the next turn begins at rest
    return shown


def _charts(runs: Runs) -> None:
    """Prints how long charts take that were drawn, and one that was not."""
    reader = runs.page.reader
    kept = [_choose(runs, place) for place in range(reader.list.count())]
    _say(f"A chart that was drawn is on the screen after: {_words(kept)}")
    reader._drawings.forget()
    begun = time.perf_counter()
    reader.list.setCurrentRow(3)
    QApplication.processEvents()
    dimmed = time.perf_counter() - begun
    _say(f"A chart not drawn yet: the old one faint after {dimmed:.3f} s ({reader.chart.is_dimmed}), ")
    until(lambda: not reader.chart.is_dimmed)
    _say(f"and itself on the screen after {time.perf_counter() - begun:.3f} s")


def _choose(runs: Runs, place: int) -> float:
    """Chooses a chart; returns the seconds until it is painted."""
    chart, before = runs.page.reader.chart, runs.page.reader.chart.image
    begun = time.perf_counter()
    runs.page.reader.list.setCurrentRow(place)
    while chart.is_dimmed or (chart.image == before and time.perf_counter() - begun < 0.01):
        QApplication.processEvents()
    chart.repaint()
    return time.perf_counter() - begun


def _words(found: Sequence[float]) -> str:
    """Returns the median and the most of some times."""
    return f"median {statistics.median(found):.3f} s, most {max(found):.3f} s"


def _say(text: str) -> None:
    """Writes a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
