"""Earlier states of one's work: versions of a file, and what was left when the program was ended."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

from PySide6.QtWidgets import QDialog, QWidget

from pathway_modeller.gui.dialogs import tell
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.keeping.keeper import Keeper
from pathway_modeller.gui.keeping.recovery import Recoverable, recoverable
from pathway_modeller.gui.keeping.versions import Versions
from pathway_modeller.gui.shell.dialogs import show_problems
from pathway_modeller.gui.shell.keeping_dialogs import RecoveryDialog, VersionsDialog
from pathway_modeller.gui.shell.recent import RecentFiles
from pathway_modeller.scenario.file.open_save import load, read, written
from pathway_modeller.scenario.file.writing import remove_leftovers
from pathway_modeller.scenario.problems import FileProblems, SaveError


class Past:
    """Keeps earlier states, and brings them back.

    Attributes:
        versions: of every file.
    """

    def __init__(
        self,
        window: QWidget,
        document: Document,
        keeper: Keeper,
        versions: Versions,
        recent: RecentFiles,
        may_leave: Callable[[], bool],
        say: Callable[[str], object],
    ) -> None:
        """Works for a window on its document.

        Args:
            window: over which questions are asked.
            document: what earlier states are brought back into.
            keeper: keeps its unsaved changes.
            versions: of every file.
            recent: files in whose folders killed saves may have left something.
            may_leave: asks about unsaved changes; whether the present scenario may be left.
            say: shows a sentence for a while.
        """
        self._window = window
        self._document = document
        self._keeper = keeper
        self.versions = versions
        self._recent = recent
        self._may_leave = may_leave
        self._say = say

    # Versions ----------------------------------------------------------------------------------------

    def keep_replaced(self, path: Path) -> None:
        """Keeps what a file holds that is about to be replaced; if that fails, one may save all the same."""
        with contextlib.suppress(OSError, FileProblems, SaveError):
            if path.exists():
                self.versions.keep_replaced(path, read(path))

    def keep_saved(self, path: Path) -> str:
        """Keeps what was saved among the versions of its file; returns what is to be said if that fails."""
        try:
            self.versions.keep(path, read(path))
        except (FileProblems, SaveError):
            return "; no version of it could be kept"
        return ""

    def keep_shown(self, path: Path) -> bool:
        """Keeps what is shown among the versions of its file; returns whether it is kept, or says why not."""
        try:
            self.versions.keep(path, written(self._document.scenario))
        except SaveError as error:
            tell(self._window, "Not reloaded", f"Yours could not be kept among the versions. {error}")
            return False
        return True

    def show_versions(self) -> None:
        """Shows what was saved in the file, and opens what is chosen as a copy."""
        path = self._document.path
        if path is None:
            tell(
                self._window,
                "Versions",
                "This scenario has no file yet; its versions begin when it is saved.",
            )
            return
        dialog = VersionsDialog(self._window, path, self.versions.of(path))
        chosen = dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        if chosen is not None and self._may_leave():
            self._open_copy(chosen.path)

    def _open_copy(self, path: Path) -> None:
        """Opens a version as a scenario that has no file yet."""
        try:
            self._document.new(load(path))
        except FileProblems as unreadable:
            show_problems(self._window, path, unreadable.problems)
        else:
            self._say("This is a copy of an earlier version; saving it asks for a file.")

    # Recovery ----------------------------------------------------------------------------------------

    def offer_recovery(self) -> None:
        """Offers what was left unsaved when the program was ended from outside."""
        found = recoverable(self._keeper.root)
        self.versions.clear_up()
        # A drive that is away keeps whoever looks for it waiting.
        Thread(target=_clear_up, args=({path.parent for path in self._recent.paths()},), daemon=True).start()
        if not found:
            return
        dialog = RecoveryDialog(self._window, found)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen if is_wanted and self._may_leave() else None
        if chosen is not None:
            self._recover(chosen, [each.session.folder for each in found])
        for each in dialog.discarded:
            each.session.remove()
        for each in dialog.found:
            if each is not chosen:
                each.session.let_go()
        dialog.deleteLater()

    def _recover(self, left: Recoverable, offered: Iterable[Path]) -> None:
        """Shows what was left unsaved; it is removed only once this window keeps it."""
        path = left.file
        if path is not None and self._keeper.also_open(path, offered):
            path = None  # another window has it: nobody is overwritten
        self._document.recover(left.scenario, path, left.holds if path is not None else "")
        if self._keeper.keep_now() is None:
            left.session.let_go()
        else:
            left.session.remove()
        self._say("These changes are not saved yet.")


def _clear_up(folders: Iterable[Path]) -> None:
    """Removes what killed saves have left in some folders."""
    for folder in folders:
        remove_leftovers(folder)
