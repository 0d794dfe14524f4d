"""Opening and saving from the window: nothing unsaved is lost without a question."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from pathway_modeller.gui.dialogs import tell
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.dialogs import ProblemsDialog, ask_unsaved
from pathway_modeller.gui.shell.recent import RecentFiles
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.problems import FileProblems, SaveError

FILTER = "Scenarios (*.json)"
WORKED_EXAMPLE = "wigan-outpatient-follow-up.json"


def examples() -> list[Path]:
    """Returns the shipped scenarios, the worked example first."""
    return sorted(
        shipped("scenarios").glob("*.json"), key=lambda path: (path.name != WORKED_EXAMPLE, path.name)
    )


class FileCommands:
    """New, open, save and the question about unsaved changes."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        recent: RecentFiles,
        commit_typed: Callable[[], object],
        say: Callable[[str], object],
    ) -> None:
        """Works for a window on its document.

        Args:
            window: over which questions are asked.
            document: what is opened and saved.
            recent: the files opened or saved last.
            commit_typed: takes in what is typed in a field that still has the keyboard.
            say: shows a sentence for a while.
        """
        self._window = window
        self._document = document
        self._recent = recent
        self._commit_typed = commit_typed
        self._say = say

    # Opening -----------------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Asks about unsaved changes; returns whether the present scenario may be left."""
        self._commit_typed()
        if not self._document.is_dirty:
            return True
        answer = ask_unsaved(self._window, self._document.scenario.name)
        return answer == "discard" or (answer == "save" and self.save())

    def new(self) -> None:
        """Begins an empty scenario."""
        if self.may_leave():
            self._document.new()

    def ask_open(self) -> None:
        """Lets a file be chosen, and opens it."""
        if not self.may_leave():
            return
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open scenario", self._folder(), FILTER)
        if chosen:
            self.read(Path(chosen))

    def open(self, path: Path) -> None:
        """Opens a file, after the question about unsaved changes."""
        if self.may_leave():
            self.read(path)

    def read(self, path: Path) -> bool:
        """Opens a file; one that cannot be read shows all its problems and changes nothing."""
        try:
            self._document.open(path)
        except FileProblems as unreadable:
            dialog = ProblemsDialog(self._window, path, unreadable.problems)
            dialog.exec()
            dialog.deleteLater()
            return False
        self._recent.add(path)
        return True

    def open_example(self, path: Path) -> None:
        """Opens a shipped scenario as one of one's own that has no file yet."""
        if self.may_leave():
            self.read_example(path)

    def read_example(self, path: Path) -> None:
        """Shows a shipped scenario; saving it asks for a file, so that the example stays."""
        from pathway_modeller.scenario.file.open_save import load

        self._document.new(load(path))

    # Saving ------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Saves, asking for a file if there is none yet; returns whether it is saved."""
        self._commit_typed()
        return self.save_as() if self._document.path is None else self._write(self._document.path)

    def save_as(self) -> bool:
        """Asks for a file and saves there; returns whether it is saved."""
        self._commit_typed()
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in self._document.scenario.name)
        proposal = str(Path(self._folder()) / f"{' '.join(name.split())}.json")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save scenario", proposal, FILTER)
        if not chosen:
            return False
        path = Path(chosen)
        return self._write(path if path.suffix else path.with_suffix(".json"))

    def _write(self, path: Path) -> bool:
        """Saves in a file; a failure is told in one sentence."""
        try:
            self._document.save(path)
        except SaveError as error:
            tell(self._window, "Not saved", str(error))
            return False
        self._recent.add(path)
        self._say(f"Saved in {path}")
        return True

    def _folder(self) -> str:
        """Returns the folder in which files are looked for first."""
        recent = self._recent.paths()
        path = self._document.path or (recent[0] if recent else None)
        return str(path.parent if path is not None else Path.home())

    # Menus -------------------------------------------------------------------------------------------

    def fill_examples(self, menu: QMenu) -> None:
        """Lists the shipped scenarios by their names."""
        menu.clear()
        for path in examples():
            menu.addAction(_name_in(path), partial(self.open_example, path))

    def fill_recent(self, menu: QMenu) -> None:
        """Lists the files opened or saved last."""
        menu.clear()
        for path in self._recent.paths():
            action = menu.addAction(f"{path.stem}  ({path.parent})", partial(self.open, path))
            action.setToolTip(str(path))
        if menu.isEmpty():
            menu.addAction("No file yet").setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction("Forget these", self._recent.clear)


def _name_in(path: Path) -> str:
    """Returns the name that a scenario file gives itself, or the file's own."""
    try:
        name = json.loads(path.read_text(encoding="utf-8")).get("name")
    except (OSError, ValueError, AttributeError):
        name = None
    return str(name or path.stem).replace("&", "&&")
