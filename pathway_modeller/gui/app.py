"""Starting the window. What is heavy is imported inside functions, so that something is seen at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pathway_modeller.gui import theme
from pathway_modeller.gui.shell.opening import opening_picture, show_at_once

if TYPE_CHECKING:
    from pathway_modeller.gui.shell.window import MainWindow

ORGANISATION = "PathwayModeller"
APPLICATION = "Pathway Modeller"
NEW_OBJECTS = 50_000
"""After so many new objects the program looks for rubbish among them; Python by itself does so after 700.

To look through all that a drawing of 500 elements is made of takes a tenth of a second, in which the window
stands still; at every hundredth look that is done.
"""

LAST_FILE = "last_file"
"""Under this name the file is remembered that was open last."""

TURN = 0.001 if sys.platform == "win32" else 0.0001
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
    picture = opening_picture()
    show_at_once(picture)
    window = _make_window(path)
    app.commitDataRequest.connect(lambda _manager: window.files.keeper.keep_now())
    window.appear()
    after_first_paint(window, picture.close)
    after_first_paint(window, window.files.past.offer_recovery)
    # Running needs pandas, which takes its time to load, and keeps the window's thread from painting.
    after_first_paint(window, lambda: _attach_runs(window))
    return app.exec()


def _make_window(path: Path | None) -> MainWindow:
    """Returns the window with a scenario in it; not shown yet, so that nobody sees it empty."""
    from pathway_modeller.gui.document import Document
    from pathway_modeller.gui.shell.crash import CrashGuard
    from pathway_modeller.gui.shell.window import MainWindow

    document = Document()
    guard = CrashGuard(document)
    guard.install()
    window = MainWindow(document, QSettings(ORGANISATION, APPLICATION))
    guard.keep_aside = window.files.keeper.keep_now
    open_last_or_first(window, path)
    document.path_changed.connect(lambda: _remember_file(window))
    return window


def open_last_or_first(window: MainWindow, path: Path | None) -> None:
    """Opens a file; without one the file that was open last, or the worked example."""
    text = str(window.settings.value(LAST_FILE, "") or "")
    if path is not None or not text:
        open_first(window, path)
    elif not window.files.read_again(Path(text)):
        open_first(window, None)
        why = (
            "is open in another window"
            if window.files.keeper.also_open(Path(text))
            else "cannot be opened now"
        )
        window.say(f"{text}, which was open last, {why}; it stays among the recent files.")


def _remember_file(window: MainWindow) -> None:
    """Remembers which file is open, whatever will end the program."""
    path = window.document.path
    window.settings.setValue(LAST_FILE, "" if path is None else str(path.resolve()))


def after_first_paint(window: MainWindow, then: Callable[[], object]) -> None:
    """Calls something once the window has been painted and is on the screen."""
    _FirstPaint(window, then)


class _FirstPaint(QObject):
    """Waits for the first paint of a window, which owns it."""

    def __init__(self, window: MainWindow, then: Callable[[], object]) -> None:
        """Begins to wait."""
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the first paint; what is to be called comes after all that is in the window is painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


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
    from pathway_modeller.gui.shell.files import examples

    if path is None or not window.files.read(path):
        for example in examples()[:1]:
            window.files.read_example(example)
            window.say("This is a worked example. Look at its options in the tabs above, then press Run.")
