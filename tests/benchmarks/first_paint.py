"""When the program paints first: ``python -m tests.benchmarks.first_paint [--program TREE]``.

Starts the program several times, here and in another tree by turns if one is given, and prints the seconds
from the start of the process until each of its windows is shown and painted, with the processor's seconds,
which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parents[2]
STARTS = 5

PROGRAM = """
import os, sys, time
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

begun = float(sys.argv[1])
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, sys.argv[2])
said = set()


def say(what):
    if what not in said:
        said.add(what)
        print(what, f"{time.time() - begun:.4f}", f"{time.process_time():.4f}", sep="|", flush=True)


def end():
    say("everything painted")
    os._exit(0)


class Watched(QApplication):
    def notify(self, receiver, event):
        kind = event.type()
        if kind in (QEvent.Type.Show, QEvent.Type.Paint) and receiver.isWidgetType() and receiver.isWindow():
            say(f"{receiver.objectName()} {'shown' if kind == QEvent.Type.Show else 'painted'}")
            if kind == QEvent.Type.Paint and receiver.objectName() == "window":
                QTimer.singleShot(0, end)
        return super().notify(receiver, event)


running = Watched([])
from pathway_modeller.gui.app import run_app

run_app(None)
"""


def main(arguments: list[str]) -> int:
    """Prints the medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.first_paint", description=__doc__)
    parser.add_argument("--program", type=Path, help="another tree, whose program is started by turns")
    given = parser.parse_args(arguments)
    trees = [HERE] if given.program is None else [given.program.resolve(), HERE]
    found: dict[Path, list[dict[str, tuple[float, float]]]] = {tree: [] for tree in trees}
    for _ in range(STARTS):
        for tree in trees:
            found[tree].append(start(tree, dict(os.environ)))
    for tree, starts in found.items():
        sys.stdout.write(f"{tree}\n")
        for what in starts[0]:
            wall, own = (statistics.median(each[what][place] for each in starts) for place in (0, 1))
            sys.stdout.write(f"  {what:20} after {wall:.2f} s, of which the processor {own:.2f} s\n")
    return 0


def start(tree: Path, environment: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Starts the program of a tree until its window is painted.

    Returns:
        For each thing that happened the seconds since the start, and those of the processor.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours = {"QT_QPA_PLATFORM": "offscreen", **environment, "PYTHONPATH": str(tree)}
        command = [sys.executable, "-c", PROGRAM, str(time.time()), folder]
        done = subprocess.run(command, cwd=tree, env=ours, capture_output=True, text=True, check=True)
    lines = (line.split("|") for line in done.stdout.splitlines())
    return {what: (float(wall), float(own)) for what, wall, own in lines}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
