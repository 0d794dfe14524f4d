"""Opening and saving from the window: nothing unsaved is lost without a question."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, assert_never

from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget

from pathway_modeller.gui.dialogs import may_replace, tell
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import NotTaken, words
from pathway_modeller.gui.keeping.keeper import Keeper
from pathway_modeller.gui.keeping.places import data_folder
from pathway_modeller.gui.keeping.underneath import Underneath
from pathway_modeller.gui.keeping.versions import Versions
from pathway_modeller.gui.plain import literal, plain_tip, short
from pathway_modeller.gui.shell.dialogs import ask_unsaved, show_problems
from pathway_modeller.gui.shell.keeping_dialogs import (
    ask_before_overwriting,
    ask_changed_underneath,
    ask_open_twice,
    ask_save_over_open,
)
from pathway_modeller.gui.shell.past import Past
from pathway_modeller.gui.shell.recent import RecentFiles
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.file.writing import remove_leftovers
from pathway_modeller.scenario.problems import FileProblems, SaveError

FILTER = "Scenarios (*.json)"
WORKED_EXAMPLE = "wigan-outpatient-follow-up.json"


def examples() -> list[Path]:
    """Returns the shipped scenarios, the worked example first."""
    return sorted(
        shipped("scenarios").glob("*.json"), key=lambda path: (path.name != WORKED_EXAMPLE, path.name)
    )


class FileCommands:
    """New, open, save and the questions before something could be lost.

    Attributes:
        keeper: keeps unsaved changes.
        past: earlier states.
        also_open: the note that another window has the file open, for the status bar.
    """

    def __init__(
        self,
        window: QWidget,
        document: Document,
        recent: RecentFiles,
        say: Callable[[str], object],
        kept: Path | None = None,
    ) -> None:
        """Works for a window on its document.

        Args:
            window: over which questions are asked.
            document: what is opened and saved.
            recent: the files opened or saved last.
            say: shows a sentence for a while.
            kept: the folder in which unsaved changes and versions are kept; None for this user's.
        """
        root = kept or data_folder()
        self.keeper = Keeper(document, root / "open")
        self.keeper.failed.connect(say)
        versions = Versions(root / "versions")
        self.past = Past(window, document, self.keeper, versions, recent, self.may_leave, say)
        self._underneath = Underneath(document)
        self._is_asking = False
        self.also_open = QPushButton("Also open in another window")
        self.also_open.setObjectName("also-open")
        self.also_open.setFlat(True)
        self.also_open.setToolTip("Whoever saves second is asked before overwriting; press to look again")
        self.also_open.clicked.connect(self.look_around)
        self.also_open.hide()
        document.path_changed.connect(self.look_around)
        self._window = window
        self._document = document
        self._recent = recent
        self._say = say

    # Opening -----------------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Asks about unsaved changes; returns whether the present scenario may be left."""
        left = self._document.typed.take_in()
        if not self._document.is_dirty and not left:
            return True
        answer = ask_unsaved(self._window, self._document.scenario.name, words(left).strip())
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
        twice = ask_open_twice(self._window, path) if self.keeper.also_open(path) else "open"
        match twice:
            case "cancel":
                return False
            case "copy":
                return self._read(path, lambda: self.read_example(path))
            case "open":
                return self._read(path, lambda: self._document.open(path))
            case _:
                assert_never(twice)

    def read_again(self, path: Path) -> bool:
        """Opens the file that was open last, unless it is open elsewhere or cannot be read; asks nothing."""
        if self.keeper.also_open(path):
            return False
        try:
            self._document.open(path)
        except FileProblems:
            return False
        return True

    def _read(self, path: Path, take: Callable[[], object]) -> bool:
        """Opens a file in one of two ways."""
        try:
            take()
        except FileProblems as unreadable:
            show_problems(self._window, path, unreadable.problems)
            if path.parent.is_dir() and not path.exists():
                self._recent.forget(path)
            return False
        remove_leftovers(path.parent, path.name)
        self._recent.add(path)
        return True

    def open_example(self, path: Path) -> None:
        """Opens a shipped scenario as one of one's own that has no file yet."""
        if self.may_leave():
            self.read_example(path)

    def read_example(self, path: Path) -> None:
        """Shows a shipped scenario; saving it asks for a file, so that the example stays."""
        self._document.new(load(path))

    # Saving ------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Saves, asking for a file if there is none yet; returns whether it is saved."""
        left = self._document.typed.take_in()
        return self.save_as() if self._document.path is None else self._write(self._document.path, left)

    def save_as(self) -> bool:
        """Asks for a file and saves there; returns whether it is saved."""
        left = self._document.typed.take_in()
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in self._document.scenario.name)
        proposal = str(Path(self._folder()) / f"{' '.join(name.split())}.json")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save scenario", proposal, FILTER)
        if not chosen:
            return False
        path = Path(chosen)
        if path.suffix.lower() != ".json":
            path = path.with_name(f"{path.name}.json")  # "Pathway 1.2" has no ending, whatever Python says
        return may_replace(self._window, path, Path(chosen)) and self._write(path, left)

    def _write(self, path: Path, left: Sequence[NotTaken]) -> bool:
        """Saves in a file, and says what is typed and could not be; a failure is told in one sentence."""
        if self._is_own(path):
            state, _ = self._underneath.look(closely=True)
            if state == "changed":
                answer = ask_before_overwriting(self._window, path)
                if answer != "mine":
                    return self._give_way(answer)
        elif self.keeper.also_open(path) and not ask_save_over_open(self._window, path):
            return False
        # Whatever ends the program while it saves, what is kept aside is what was to be saved.
        self.keeper.keep_now()
        try:
            self.past.keep_replaced(path)
            self._document.save(path)
        except SaveError as error:
            tell(self._window, "Not saved", str(error))
            return False
        self._recent.add(path)
        said = f"Saved in {path}{self.past.keep_saved(path)}"
        self._say(f"{said}.{words(left)}" if left else said)
        return True

    def _is_own(self, path: Path) -> bool:
        """Tells whether a path leads to the file that is open, however it is written."""
        own = self._document.path
        return own is not None and os.path.realpath(path) == os.path.realpath(own)

    # Other windows and other people ------------------------------------------------------------------

    def look_around(self) -> None:
        """Shows whether another window has the file open."""
        path = self._document.path
        self.also_open.setVisible(path is not None and self.keeper.also_open(path))

    # Changed underneath ------------------------------------------------------------------------------

    def look_underneath(self) -> None:
        """Asks what becomes of the file if somebody else has written to it; says so if it is gone."""
        if self._is_asking or QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return
        self.look_around()
        state, found = self._underneath.look()
        path = self._document.path
        if path is None:
            return
        match state:
            case "same" | "unreadable":
                return
            case "gone":
                if not self._document.is_dirty:
                    self._document.expect(self._document.fingerprint)
                    self._say(f"“{path.name}” is no longer in its folder; save to write it again.")
            case "changed":
                self._is_asking = True
                try:
                    self._document.typed.take_in()
                    has_changes = self._document.is_dirty
                    answer = ask_changed_underneath(self._window, path, has_changes=has_changes)
                    if answer == "mine":
                        self._document.expect(found)
                    else:
                        self._give_way(answer)
                finally:
                    self._is_asking = False
            case _:
                assert_never(state)

    def _give_way(self, answer: Literal["reload", "save_as", "later"]) -> bool:
        """Does not overwrite what somebody else has written; returns whether what is shown is saved."""
        match answer:
            case "later":
                return False
            case "save_as":
                return self.save_as()
            case "reload":
                path = self._document.path
                if path is not None and (not self._document.is_dirty or self.past.keep_shown(path)):
                    self._read(path, lambda: self._document.open(path))
                return False
            case _:
                assert_never(answer)

    def _folder(self) -> str:
        """Returns the folder in which files are looked for first."""
        recent = self._recent.paths()
        known = (self._document.path, *recent)
        return str(
            next((path.parent for path in known if path is not None and path.parent.is_dir()), Path.home())
        )

    # Menus -------------------------------------------------------------------------------------------

    def fill_examples(self, menu: QMenu) -> None:
        """Lists the shipped scenarios by their names."""
        menu.clear()
        for path in examples():
            menu.addAction(literal(short(_name_in(path))), partial(self.open_example, path))

    def fill_recent(self, menu: QMenu) -> None:
        """Lists the files opened or saved last."""
        menu.clear()
        for path in self._recent.paths():
            action = menu.addAction(
                literal(f"{short(path.stem)}  ({short(str(path.parent))})"), partial(self.open, path)
            )
            action.setToolTip(plain_tip(str(path)))
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
    return str(name or path.stem)
