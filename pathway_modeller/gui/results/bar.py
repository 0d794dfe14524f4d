"""The run bar: what to run, how often, how far it is, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.inspector.editors.inputs import WholeNumber
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.remaining import time_left
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.document import RunSettings, Scenario
from pathway_modeller.scenario.edits.every_edit import set_scenario_value
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import errors
from pathway_modeller.scenario.typed.notation import is_empty
from pathway_modeller.scenario.typed.numbers import number_words

_LARGEST_SEED = 2**31 - 1
"""The largest number that a field for whole numbers takes; a larger seed in a file stays as it is."""

_MOST_REPLICATIONS = 100_000

_LEAST_CHOICE = 60
"""Points to which the choice of what is run may shrink."""


class RunBar(QWidget):
    """What stands beside the tools: Run with its choices; while a run is under way, progress and Cancel.

    Signals:
        problems_wanted: problems stop a run, and somebody tried; a sentence.
    """

    problems_wanted = Signal(str)

    def __init__(self, document: Document, controller: RunController, parent: QWidget | None = None) -> None:
        """Observes a document and its runs."""
        super().__init__(parent)
        self.setObjectName("run-bar")
        self._document = document
        self._controller = controller
        self._choice = QComboBox()
        self._choice.setObjectName("run-choice")
        self._choice.setAccessibleName("What is run")
        # A toolbar does not make room for a field that grows; it keeps this width from the start.
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(21)
        # In a narrow window the words are shortened, so that Run and its settings always stay in view.
        self._choice.setMinimumWidth(_LEAST_CHOICE)
        self._choice.setToolTip("What is run: everything, so that it can be compared, or only what is shown")
        self._replications = _whole_number("replications", 1, _MOST_REPLICATIONS)
        self._seed = _whole_number("seed", 0, _LARGEST_SEED)
        self._run = QPushButton("Run")
        self._run.setObjectName("run")
        self._run.setProperty("primary", True)
        self._progress = QProgressBar()
        self._progress.setObjectName("run-progress")
        self._progress.setAccessibleName("Replications finished")
        self._progress.setMinimumWidth(90)
        self._left = Label()
        self._left.setObjectName("time-left")
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("cancel-run")
        self._cancel.setToolTip("Stop the run (Esc); what it has found so far stays")
        self._foldable: list[QWidget] = []
        self._pages = QStackedWidget()
        only_with_keyboard(self._choice, self._replications, self._seed)
        self._lay_out()
        self._observe()

    # What can be done --------------------------------------------------------------------------------

    def run(self) -> None:
        """Runs what is chosen."""
        # An option whose name is still being typed is one of those that run.
        self._document.typed.take_in()
        only_shown = self._choice.currentIndex() == 1
        self._controller.start((self._document.variant,) if only_shown else self._controller.every_variant())

    def half_typed(self) -> Iterator[Typed]:
        """Returns the numbers being typed, if any are."""
        for field, title in ((self._replications, "Replications"), (self._seed, "Seed")):
            if field.is_typed and field.isEnabled():
                yield Typed(title, partial(_take_number, field))

    def run_shown(self) -> None:
        """Runs only the variant that is shown."""
        self._controller.start((self._document.variant,))

    def fold(self, folded: bool) -> None:
        """Puts replications and seed away, or shows them; both are among the scenario's run settings, too."""
        for widget in self._foldable:
            widget.setVisible(not folded)

    # Building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Puts the two states one behind the other."""
        idle = QWidget()
        row = _row(idle)
        row.addStretch(1)
        row.addWidget(self._choice)
        for field, title in ((self._replications, "Replications"), (self._seed, "Seed")):
            label = Label(title)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            self._foldable += [label, field]
        row.addWidget(self._run)
        busy = QWidget()
        row = _row(busy)
        row.addStretch(1)
        row.addWidget(self._left)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        self._pages.addWidget(idle)
        self._pages.addWidget(busy)
        _row(self).addWidget(self._pages)

    def _observe(self) -> None:
        """Follows the document and the runs."""
        self._run.clicked.connect(self.run)
        self._cancel.clicked.connect(self._controller.cancel)
        self._replications.valueChanged.connect(lambda number: self._set("replications", number))
        self._seed.valueChanged.connect(lambda number: self._set("seed", number))
        for changed in (self._document.scenario_changed, self._document.opened):
            changed.connect(self._show_settings)
        for field in (self._replications, self._seed):
            self._document.opened.connect(field.forget)
        self._document.variant_changed.connect(self._show_settings)
        self._document.problems_changed.connect(self._show_problems)
        self._controller.started.connect(self._show_start)
        self._controller.preparing.connect(self._show_preparing)
        self._controller.progressed.connect(self._show_progress)
        self._controller.refused.connect(self._explain)
        for ended in (self._controller.finished, self._controller.failed, self._controller.cancelled):
            ended.connect(self._show_idle)
        self._document.typed.register(self, self)
        self._show_settings()
        self._show_problems()

    # Showing -----------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        """Shows what could be run, and the run settings."""
        run = self._document.scenario.run
        self._show_choice()
        for field, value in ((self._replications, run.replications), (self._seed, run.seed)):
            field.show_value(min(value, field.maximum()))
            field.setEnabled(value <= field.maximum())
            field.setToolTip(plain_tip(_help(field.objectName())))

    def _show_choice(self) -> None:
        """Shows the two choices by the names of the moment."""
        number = len(self._document.scenario.options)
        every = {0: "Baseline", 1: "Baseline and option"}.get(number, f"Baseline and {number} options")
        entries = [every]
        if number:
            entries.append(f"Only {self._name_shown()}")
        if [self._choice.itemText(place) for place in range(self._choice.count())] != entries:
            chosen = max(0, self._choice.currentIndex())
            self._choice.clear()
            self._choice.addItems(entries)
            self._choice.setCurrentIndex(min(chosen, len(entries) - 1))

    def _name_shown(self) -> str:
        """Returns the name of the variant shown."""
        option = self._document.scenario.options.get(self._document.variant)
        return "the baseline" if option is None or self._document.variant == BASELINE else f"“{option.name}”"

    def _show_problems(self) -> None:
        """Says on the button whether there is anything that stops a run."""
        number = len(errors(self._document.problems))
        self._run.setToolTip(plain_tip(_stopped(number) if number else "Simulate, and compare (F5)"))

    def _show_start(self) -> None:
        """Shows that a run began."""
        self._progress.setRange(0, 0)
        self._progress.setFormat("")
        self._left.setText("Starting")
        self._cancel.setEnabled(True)
        self._pages.setCurrentIndex(1)

    def _show_preparing(self, sentence: str) -> None:
        """Shows that the run waits for its engine; there is no room for the whole sentence."""
        self._left.setText("Preparing the engine")
        self._left.setToolTip(plain_tip(sentence))

    def _show_progress(self, done: int, total: int, seconds_left: float) -> None:
        """Shows how far the run is."""
        if not done:
            self._left.setText("Starting")
            self._left.setToolTip("")
            return
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setFormat(f"{done:,} of {total:,} replications")
        self._left.setText(time_left(seconds_left).capitalize())

    def _show_idle(self) -> None:
        """Shows that a run may be started."""
        self._pages.setCurrentIndex(0)

    def _explain(self, problems: tuple[object, ...]) -> None:
        """Says why there is no run."""
        self.problems_wanted.emit(_stopped(len(problems)))

    def _set(self, field: str, number: int) -> None:
        """Changes a run setting, as one step to undo."""
        self._document.edit_scenario(f"change {field}", _setter(field, number), merge=f"run/{field}")


def _setter(field: str, number: int) -> Callable[[Scenario], Scenario]:
    """Returns the edit that sets a run setting."""
    return lambda scenario: set_scenario_value(scenario, "run", {field: number})


def _stopped(number: int) -> str:
    """Returns the sentence that explains why there is no run."""
    if number == 1:
        return "1 problem stops a run: it is in the list of problems."
    return f"{number} problems stop a run: they are in the list of problems."


def _help(field: str) -> str:
    """Returns the help that the run settings give for a field."""
    return RunSettings.model_fields[field].description or ""


def _take_number(field: WholeNumber) -> str:
    """Takes in the number being typed; returns why it cannot be."""
    empty = is_empty(field.text())
    field.interpretText()
    why = "nothing is typed" if empty else field.mistake.removesuffix(".")
    return f"{why}; it stays at {number_words(field.value())}." if why else ""


def _whole_number(name: str, least: int, most: int) -> WholeNumber:
    """Returns a field for a run setting."""
    field = WholeNumber(grouped=name != "seed")
    field.setObjectName(name)
    field.setAccessibleName(RunSettings.model_fields[name].title or name)
    field.setRange(least, most)
    field.setMaximumWidth(130)
    return field


def _row(widget: QWidget) -> QHBoxLayout:
    """Returns a row without margins in a widget."""
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return row
