"""Something is painted at once, and the window before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "pandas",
    "scipy",
    "matplotlib",
    "simpy",
    "numba",
    "pathway_modeller.gui.tables.workspace",
    "pathway_modeller.gui.shifts.page",
    "pathway_modeller.gui.triangle.page",
    "pathway_modeller.gui.shell.runs",
)

SCRIPT = f"""
import sys
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pathway_modeller.gui import app

QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, sys.argv[1])


class Watched(QApplication):
    def notify(self, receiver, event):
        if receiver.isWidgetType() and receiver.isWindow() and event.type() == QEvent.Type.Paint:
            print("painted", receiver.objectName(), flush=True)
        return super().notify(receiver, event)


def attach(window):
    loaded = [name for name in {HEAVY!r} if name in sys.modules]
    print(window.document.scenario.name, loaded, window.view.scene().items() != [], sep="|")
    QApplication.quit()


running = Watched([])
app._attach_runs = attach
app.run_app(None)
"""


def test_the_window_is_painted_with_its_scenario_before_anything_heavy_is_loaded(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    *painted, last = done.stdout.strip().splitlines()
    assert list(dict.fromkeys(painted)) == ["painted opening", "painted window"]
    name, heavy, drawn = last.split("|")
    assert name
    assert heavy == "[]"
    assert drawn == "True"
