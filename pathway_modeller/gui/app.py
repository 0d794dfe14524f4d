"""Starting the window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.crash import CrashGuard
from pathway_modeller.gui.shell.files import examples
from pathway_modeller.gui.shell.window import MainWindow

ORGANISATION = "PathwayModeller"
APPLICATION = "Pathway Modeller"
NEW_OBJECTS = 50_000
"""After so many new objects the program looks for rubbish among them; Python by itself does so after 700.

To look through all that a drawing of 500 elements is made of takes a tenth of a second, in which the window
stands still; at every hundredth look that is done.
"""

TURN = 0.001 if sys.platform == "win32" else 0.00002
"""Seconds after which a thread makes way for another that asks for the interpreter; Python's own are 0.005.

To paint, the window's thread asks for it dozens of times, and each time it may wait that long: it stood
still for a tenth of a second while a chart was drawn or a scenario checked. Two threads that count in Python
take a tenth longer for it. Windows counts in whole milliseconds, and waits in vain for less.
"""


def run_app(path: Path | None) -> int:
    """Opens the window on a file, or on the worked example, and returns when it is closed.

    Args:
        path: the scenario to open; ``None`` for the worked example.

    Returns:
        The exit code.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs an application with widgets")
    keep_free()
    app.setOrganizationName(ORGANISATION)
    app.setApplicationName(APPLICATION)
    app.setWindowIcon(theme.icon("pathway-modeller"))
    theme.apply(app)
    document = Document()
    CrashGuard(document).install()
    window = MainWindow(document, QSettings(ORGANISATION, APPLICATION))
    window.show()
    open_first(window, path)
    # Running needs pandas, which takes its time to load: the window is painted first.
    QTimer.singleShot(0, window, lambda: _attach_runs(window))
    return app.exec()


def keep_free() -> None:
    """Has Python hold the window's thread up less while other threads work."""
    gc.set_threshold(NEW_OBJECTS)
    sys.setswitchinterval(TURN)


def _attach_runs(window: MainWindow) -> None:
    """Gives the window its runs and results."""
    from pathway_modeller.gui.shell.runs import attach_runs

    # The compiled engine takes a moment to load: nobody is to wait for it who presses Run.
    attach_runs(window).preparation.begin()


def open_first(window: MainWindow, path: Path | None) -> None:
    """Opens a file, or the worked example if there is none or it cannot be read."""
    if path is None or not window.files.read(path):
        for example in examples()[:1]:
            window.files.read_example(example)
            window.say("This is a worked example. Look at its options in the tabs above, then press Run.")
