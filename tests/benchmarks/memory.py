"""Memory of many runs in one window: ``python -m tests.benchmarks.memory [FILE] [--runs N]``.

Runs a scenario again and again in one window (the smallest one, if no file is given), waits each time until
all charts are drawn, and prints the memory that the program holds after the 10th run and after the last.
Exit code 1 if it has grown by more than a twentieth. Linux only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QTimer

from pathway_modeller.gui.app import open_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.runs import Runs, attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.edits.every_edit import set_scenario_value
from tests.benchmarks.window import application, settings_in, until

FILE = Path(__file__).parents[2] / "scenarios" / "first-steps.json"
FIRST = 10
"""The run from which growth counts: all libraries are loaded and all caches filled by then."""
MOST = 1.05
"""How many times the memory after the first ten runs there may be after the last."""


def main(arguments: Sequence[str]) -> int:
    """Prints memory after the 10th run and after the last."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--replications", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings_in(folder)
        app = application()
        document = Document()
        window = MainWindow(document, QSettings("PathwayModellerBenchmark", "memory"))
        window.resize(1366, 768)
        window.show()
        open_first(window, given.file)
        few = {"replications": given.replications}
        document.edit_scenario("few", lambda scenario: set_scenario_value(scenario, "run", few))
        held = _runs(attach_runs(window), given.runs)
        document.new()  # nothing is unsaved then, and the window may be closed
        window.close()
        QTimer.singleShot(0, app.quit)
        app.exec()
    early, late = held[min(FIRST, len(held)) - 1], held[-1]
    growth = late / early
    _say(f"After run {FIRST} {early:.1f} MB, after run {len(held)} {late:.1f} MB: {growth:.3f} times")
    return 1 if growth > MOST else 0


def _runs(runs: Runs, number: int) -> list[float]:
    """Runs everything a number of times; returns the memory held after each, megabytes."""
    controller, held = runs.controller, []
    for turn in range(1, number + 1):
        if not controller.start(controller.every_variant()):
            raise SystemExit("the scenario has problems and cannot be run")
        until(lambda: not controller.is_running)
        until(lambda: not runs.page.is_busy)
        held.append(_megabytes())
        if turn % 5 == 0:
            _say(f"Run {turn}: {held[-1]:.1f} MB")
    return held


def _megabytes() -> float:
    """Returns the memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _say(text: str) -> None:
    """Writes a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
