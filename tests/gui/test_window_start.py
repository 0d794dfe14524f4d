"""The window is painted before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pandas", "scipy", "matplotlib", "simpy", "numba")

SCRIPT = f"""
import sys
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pathway_modeller.gui.app import open_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.window import MainWindow
app = QApplication([])
window = MainWindow(Document(), QSettings(sys.argv[1], QSettings.Format.IniFormat))
window.show()
open_first(window, None)
app.processEvents()
assert not window.grab().isNull()
print(window.document.scenario.name, [name for name in {HEAVY!r} if name in sys.modules], sep="|")
window.document.new()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, f"{tmp_path}/settings.ini"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    name, heavy = done.stdout.strip().split("|")
    assert heavy == "[]"
    assert name
