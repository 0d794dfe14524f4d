"""What happens when the program itself is at fault: the work is saved first, then the fault is told."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.keeping.places import data_folder
from pathway_modeller.gui.plain import message_box


def recovery_folder() -> Path:
    """Returns the folder of this user in which work is kept after a fault."""
    return data_folder() / "recovery"


class CrashGuard:
    """Takes exceptions that nobody caught; install its :meth:`handle` as ``sys.excepthook``.

    Attributes:
        keep_aside: keeps unsaved changes for the next start, which offers them; for anybody to set.
    """

    def __init__(self, document: Document, folder: Callable[[], Path] = recovery_folder) -> None:
        """Guards the work in a document.

        Args:
            document: whose scenario is saved.
            folder: where the recovery file goes; asked for only when needed.
        """
        self._document = document
        self._folder = folder
        self._telling = False
        self.keep_aside: Callable[[], object] = lambda: None

    def install(self) -> None:
        """Makes this the handler of uncaught exceptions."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """Saves the work, then says in one sentence where it is, and lets the person go on or quit."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = "".join(traceback.format_exception(kind, error, where))
        sys.stderr.write(report)
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(self.keep(report), report)
        finally:
            self._telling = False

    def keep(self, report: str) -> Path | None:
        """Writes the scenario and the report into the recovery folder; returns the scenario's file."""
        from pathway_modeller.scenario.file.open_save import save

        stamp = dt.datetime.now().strftime("%Y-%m-%d %H-%M-%S")
        try:
            self.keep_aside()
        except Exception as error:
            sys.stderr.write(f"The work could not be kept aside: {error}\n")
        try:
            folder = self._folder()
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"fault {stamp}.txt").write_text(report, encoding="utf-8")
            path = folder / f"recovered {stamp}.json"
            save(self._document.scenario, path)
        except Exception as error:
            # Nothing may fail here: the person has to be told in any case.
            sys.stderr.write(f"The work could not be saved: {error}\n")
            return None
        return path

    def _tell(self, path: Path | None, report: str) -> None:
        """Shows the sentence."""
        active = QApplication.activeWindow()
        # Another dialog may be closing, and would take this one with it.
        said = (
            f"Something went wrong in the program; your work has been saved in {path}."
            if path is not None
            else "Something went wrong in the program, and your work could not be saved aside; save it now."
        )
        over = active if isinstance(active, QMainWindow) else None
        box = message_box(over, QMessageBox.Icon.Warning, "Pathway Modeller", said)
        box.setObjectName("fault")
        box.setDetailedText(report)
        go_on = box.addButton("Continue", QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton("Quit", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(go_on)
        box.exec()
        if box.clickedButton() is leave:
            QApplication.exit(1)
        box.deleteLater()
