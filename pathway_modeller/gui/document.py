"""The open scenario: one history of edits, and signals that say what changed.

Views observe it: they connect to its signals, then read the present pathway. Whoever edits calls
:meth:`Document.edit`; one call is one step to undo.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from pathway_modeller.gui.checking import Checker, Problems
from pathway_modeller.gui.half_typed import HalfTyped
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import new_scenario, with_pathway
from pathway_modeller.scenario.history import History, Step
from pathway_modeller.scenario.options import BASELINE, apply_option

CHECK_DELAY = 150
"""Milliseconds without a further edit before the problems are worked out again."""


class Document(QObject):
    """The open scenario with its history, the variant shown, the selection and the problems.

    Signals:
        elements_changed: frozensets of the ids added, removed and changed among the drawn elements and
            transitions of the variant shown.
        scenario_changed: the scenario is another value; comes after ``elements_changed``.
        variant_changed: the variant now shown; comes before ``elements_changed``.
        history_changed: undo, redo, or what is unsaved is different.
        problems_changed: ``problems`` holds the problems of the present scenario.
        checked: the problems of the present scenario are known, whether or not they differ.
        checking_changed: whether the problems are being worked out for so long that it is worth saying.
        selection_changed: the ids now selected, as a tuple.
        opened: another scenario was opened or begun; comes last.
        path_changed: the file it is kept in is another one.
    """

    elements_changed = Signal(object, object, object)
    scenario_changed = Signal()
    variant_changed = Signal(str)
    history_changed = Signal()
    problems_changed = Signal()
    checked = Signal()
    checking_changed = Signal(bool)
    selection_changed = Signal(tuple)
    opened = Signal()
    path_changed = Signal()

    typed: HalfTyped
    """What is typed somewhere and not in the scenario yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begins with a new, empty scenario."""
        super().__init__(parent)
        self.typed = HalfTyped(self)
        self._history = History.opened(new_scenario(dt.date.today()))
        self._variant = BASELINE
        self._pathway: Pathway = self._history.scenario.baseline
        self._selection: tuple[str, ...] = ()
        self._problems: Problems = ()
        self._checked: Scenario | None = None
        self._path: Path | None = None
        self._opened_bytes: tuple[Scenario, bytes] | None = None
        self._fingerprint = ""
        self._checks = QTimer(self)
        self._checks.setSingleShot(True)
        self._checks.setInterval(CHECK_DELAY)
        self._checks.timeout.connect(self._begin_check)
        self._checker = Checker(self)
        self._checker.found.connect(self._take_problems)
        self._checker.slow_changed.connect(self.checking_changed)
        self._checks.start()

    # What there is -----------------------------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        """The present scenario."""
        return self._history.scenario

    @property
    def variant(self) -> str:
        """The variant shown: ``"baseline"`` or an option's id."""
        return self._variant

    @property
    def pathway(self) -> Pathway:
        """The pathway of the variant shown, the option's changes applied."""
        return self._pathway

    @property
    def baseline(self) -> Pathway:
        """The pathway as it is, whichever variant is shown."""
        return self.scenario.baseline

    @property
    def selection(self) -> tuple[str, ...]:
        """The ids selected, in the order in which they were selected."""
        return self._selection

    @property
    def problems(self) -> Problems:
        """The problems last worked out; see :meth:`check_now`."""
        return self._problems

    @property
    def is_checked(self) -> bool:
        """Whether problems of this scenario have been worked out, if only as it was some edits ago."""
        return self._checked is not None

    @property
    def is_checking(self) -> bool:
        """Whether the problems are being worked out, and for so long that it is worth saying."""
        return self._checker.is_slow

    @property
    def path(self) -> Path | None:
        """The file the scenario is kept in, if it has one yet."""
        return self._path

    @property
    def fingerprint(self) -> str:
        """What tells the content that the file had when opened or saved from any other; empty without one."""
        return self._fingerprint

    @property
    def is_dirty(self) -> bool:
        """Whether there is something unsaved."""
        return self._history.is_dirty

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._history.can_redo

    @property
    def undo_label(self) -> str:
        """What would be undone, as it follows "Undo"."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """What would be done again, as it follows "Redo"."""
        return self._history.redo_label

    # Edits -------------------------------------------------------------------------------------------

    def edit(self, label: str, change: Callable[[Pathway], Pathway], merge: str = "") -> bool:
        """Edits the pathway of the variant shown, as one step to undo.

        Args:
            label: what is done, as it follows "Undo": ``"rename Clinic"``.
            change: returns the edited pathway; what it raises comes through, and nothing has changed then.
            merge: consecutive edits with the same key are one step to undo (nudges by arrow key).

        Returns:
            Whether anything differs.
        """
        pathway = change(self._pathway)
        if pathway is self._pathway:
            return False
        scenario = with_pathway(self.scenario, self._variant, pathway)
        step = Step(label, scenario, self._variant, merge)
        self._become(self._history.with_step(step), self._variant, pathway)
        return True

    def edit_scenario(self, label: str, change: Callable[[Scenario], Scenario], merge: str = "") -> bool:
        """Edits the scenario beyond one pathway (options, run settings, name), as one step to undo.

        Takes and returns what :meth:`edit` does. If the variant shown is gone, the baseline is shown.
        """
        scenario = change(self.scenario)
        if scenario is self.scenario:
            return False
        history = self._history.with_step(Step(label, scenario, self._variant, merge))
        self._become(history, self._shown_in(scenario, self._variant))
        return True

    def undo(self) -> None:
        """Goes back one step, and shows the variant in which it was done; does nothing at the first."""
        self.typed.take_in()
        if self.can_undo:
            history, step = self._history.undone()
            self._become(history, self._shown_in(history.scenario, step.variant))

    def redo(self) -> None:
        """Does again what was undone last, and shows where; does nothing at the last."""
        self.typed.take_in()
        if self.can_redo:
            history, step = self._history.redone()
            self._become(history, self._shown_in(history.scenario, step.variant))

    def set_variant(self, variant: str) -> None:
        """Shows the baseline or an option.

        Raises:
            KeyError: the scenario has no such option.
        """
        if variant != BASELINE and variant not in self.scenario.options:
            raise KeyError(variant)
        if variant != self._variant:
            # What is half-typed belongs to the variant in which it was typed.
            self.typed.leave("selection", "variant")
            self._become(self._history, variant)

    def select(self, ids: Iterable[str]) -> None:
        """Selects elements and transitions of the variant shown; ids that it lacks are passed over."""
        self.typed.leave("selection")
        self._select(ids)

    def _select(self, ids: Iterable[str]) -> None:
        """Selects, whatever is being typed."""
        chosen = tuple(dict.fromkeys(key for key in ids if self.has(key)))
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit(chosen)

    def has(self, key: str) -> bool:
        """Tells whether the variant shown has a drawn element or transition of this id."""
        return key in self._pathway.transitions or key in self._pathway.drawn()

    # Files -------------------------------------------------------------------------------------------

    def new(self, scenario: Scenario | None = None) -> None:
        """Begins a new scenario, empty unless one is given, that has no file yet."""
        self._path, self._opened_bytes, self._fingerprint = None, None, ""
        self._start(History.opened(scenario or new_scenario(dt.date.today())))

    def open(self, path: Path | str) -> None:
        """Opens a scenario file.

        Raises:
            FileProblems: it cannot be read; what was open stays open.
        """
        from pathway_modeller.scenario.file.open_save import parse, read

        source = Path(path)
        data = read(source)
        scenario = parse(data)
        self._path, self._opened_bytes, self._fingerprint = source, (scenario, data), fingerprint(data)
        self._start(History.opened(scenario))

    def recover(self, scenario: Scenario, path: Path | None, found: str) -> None:
        """Begins with a scenario that was never saved.

        Args:
            scenario: what was not saved.
            path: the file it belongs in, if it has one.
            found: fingerprint of what that file holds now.
        """
        self._path, self._opened_bytes, self._fingerprint = path, None, found
        self._start(History.opened(scenario).marked_unsaved())

    def expect(self, found: str) -> None:
        """Takes note that the file holds something else now, which is no longer what is shown.

        Args:
            found: fingerprint of what it holds; empty if it is gone.
        """
        self._fingerprint, self._opened_bytes = found, None
        self._history = self._history.marked_unsaved()
        self.history_changed.emit()

    def save(self, path: Path | str | None = None) -> None:
        """Saves the scenario, in its own file unless another is given, which becomes its own.

        A scenario that is what was opened is written as it was read, to the byte.

        Raises:
            SaveError: the file could not be written; the old one is untouched.
            ValueError: there is no file yet and none was given.
        """
        from pathway_modeller.scenario.file.open_save import written
        from pathway_modeller.scenario.file.writing import write_atomically

        target = Path(path) if path is not None else self._path
        if target is None:
            raise ValueError("save needs a path for a scenario that has no file yet")
        opened = self._opened_bytes
        data = opened[1] if opened is not None and opened[0] is self.scenario else written(self.scenario)
        write_atomically(target, data)
        self._fingerprint = fingerprint(data)
        changed, self._path = target != self._path, target
        self._history = self._history.marked_saved()
        self.history_changed.emit()
        if changed:
            self.path_changed.emit()

    # Problems ----------------------------------------------------------------------------------------

    def check_now(self) -> Problems:
        """Works out the problems of the present scenario at once, unless they are known, and returns them."""
        self._checks.stop()
        if self._checked is not self.scenario:
            self._take_problems(self.scenario, self._checker.answer(self.scenario))
        return self._problems  # a scenario is a value: whoever presses Run need not wait for it again

    # Within ------------------------------------------------------------------------------------------

    def _begin_check(self) -> None:
        """Has the problems of the present scenario worked out beside this thread, unless they are known."""
        if self._checked is not self.scenario:
            self._checker.ask(self.scenario)

    def _take_problems(self, scenario: Scenario, problems: Problems) -> None:
        """Takes the problems that were found, unless the scenario has been changed meanwhile."""
        if scenario is not self.scenario:
            return
        is_first, self._checked = self._checked is None, scenario
        if is_first or problems != self._problems:
            self._problems = problems
            self.problems_changed.emit()
        self.checked.emit()

    def _start(self, history: History) -> None:
        """Begins a history, and says so."""
        self._checker.forget()
        self._problems, self._checked = (), None
        self._become(history, BASELINE)
        self.path_changed.emit()
        self.problems_changed.emit()
        self.opened.emit()

    @staticmethod
    def _shown_in(scenario: Scenario, variant: str) -> str:
        """Returns the variant to show: the same one if the scenario has it, else the baseline."""
        return variant if variant in scenario.options else BASELINE

    def _become(self, history: History, variant: str, pathway: Pathway | None = None) -> None:
        """Takes on a history, a variant and its pathway, and tells the views what differs."""
        before, scenario_before, variant_before = self._pathway, self.scenario, self._variant
        self._history, self._variant = history, variant
        if pathway is None:
            same = history.scenario is scenario_before and variant == variant_before
            pathway = before if same else apply_option(history.scenario, variant)
        self._pathway = pathway
        if variant != variant_before:
            self.variant_changed.emit(variant)
        added, removed, changed = drawn_differences(before, pathway)
        if added or removed or changed:
            self.elements_changed.emit(added, removed, changed)
        self._select(self._selection)
        if history.scenario is not scenario_before:
            self.scenario_changed.emit()
            self._checks.start()
        self.history_changed.emit()


def fingerprint(data: bytes) -> str:
    """Returns what tells the content of a file from any other (SHA-256, hexadecimal)."""
    return hashlib.sha256(data).hexdigest()


def drawn_differences(
    before: Pathway, after: Pathway
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Returns the ids of drawn elements and transitions that were added, removed and changed."""
    added: set[str] = set()
    removed: set[str] = set()
    changed: set[str] = set()
    for old, new in (
        (before.drawn(), after.drawn()),
        (before.transitions, after.transitions),
    ):
        if old is new:
            continue
        added |= new.keys() - old.keys()
        removed |= old.keys() - new.keys()
        changed |= {
            key for key in old.keys() & new.keys() if old[key] is not new[key] and old[key] != new[key]
        }
    return frozenset(added), frozenset(removed), frozenset(changed)
