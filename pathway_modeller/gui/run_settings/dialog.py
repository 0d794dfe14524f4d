"""The run settings: which engine simulates, and where."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.experiment.runs.run_target import (
    MOST_WORKERS,
    ON_THIS_COMPUTER,
    RunPlace,
    place_mistake,
)
from pathway_modeller.gui.dialogs import fit_screen
from pathway_modeller.gui.inspector.editors.inputs import WholeNumber
from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.run_settings.trial import Trial
from pathway_modeller.gui.wheel import only_with_keyboard

_ENGINES = (
    ("compiled", "&Compiled: quick"),
    ("simpy", "&SimPy: the readable reference, many times slower"),
)
_HERE, _LOCAL, _AWAY = "here", ON_THIS_COMPUTER, "away"
_PLACES = (
    (_HERE, "&This computer"),
    (_LOCAL, "A &Dask cluster on this computer"),
    (_AWAY, "A Dask cluster &at"),
)

_CLUSTER = (
    "A cluster is other computers that somebody has made ready for long runs (the guide says how); "
    "ask them for its address. The figures are the same wherever it runs."
)


class RunSettingsDialog(QDialog):
    """Asks which engine simulates and where; nothing is kept until it fits.

    Signals:
        scenario_wanted: somebody would rather change what belongs to the scenario.
    """

    scenario_wanted = Signal()

    def __init__(self, parent: QWidget, place: RunPlace, jobs: Jobs, unusable: str = "") -> None:
        """Shows a place.

        Args:
            parent: the window.
            place: as it is now.
            jobs: keeps trials of a cluster.
            unusable: why there is no compiled engine here, without a full stop; "" if there is one.
        """
        super().__init__(parent)
        self.setObjectName("run-settings-dialog")
        self.setWindowTitle("Run settings")
        self.place = place
        self._unusable = unusable
        self._engines = QButtonGroup(self)
        self._places = QButtonGroup(self)
        self._workers = WholeNumber()
        self._workers.setObjectName("workers")
        self._workers.setAccessibleName("Workers")
        self._workers.setRange(0, MOST_WORKERS)
        only_with_keyboard(self._workers)
        self._workers.setSpecialValueText("Automatic")
        self._workers.setToolTip(
            "How many replications run side by side; automatic leaves room for the window"
        )
        self._address = QLineEdit()
        self._address.setObjectName("address")
        self._address.setAccessibleName("Address of the Dask scheduler")
        self._address.setPlaceholderText("tcp://10.0.0.5:8786")
        self._trial = Trial(jobs, self._cluster)
        self._trial.said.connect(self._make_room)
        self._mistake = Label()
        self._mistake.setObjectName("mistake")
        self._mistake.setProperty("fault", True)
        self._mistake.setWordWrap(True)
        self._mistake.hide()
        self._lay_out()
        self._show(place)
        self._address.textEdited.connect(lambda: self._places.button(2).setChecked(True))
        for changed in (self._places.idToggled, self._address.textChanged):
            changed.connect(self._follow)
        self._follow()

    def accept(self) -> None:
        """Closes with the place, unless something is wrong with it."""
        self._workers.interpretText()
        chosen = self._chosen()
        unread = self._workers.mistake if self._workers.isEnabled() else ""
        mistake = unread or place_mistake(chosen)
        if mistake:
            self._trial.forget(offered=self._places.checkedId() != 0)  # the same is not said twice
            self._mistake.setText(f"✖ {mistake}")
            self._mistake.show()
            self._make_room()
            wrong = self._workers if unread else self._address
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.selectAll()
            return
        self.place = chosen
        self._trial.close()
        super().accept()

    def reject(self) -> None:
        """Closes without keeping anything."""
        self._trial.close()
        super().reject()

    # Building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Puts engine, place, and what belongs to the scenario one below the other."""
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._engine_box())
        column.addWidget(self._place_box())
        column.addLayout(self._scenario_row())
        column.addWidget(self._mistake)
        column.addStretch(1)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel | standard.RestoreDefaults)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(standard.RestoreDefaults).clicked.connect(lambda: self._show(RunPlace()))
        column.addWidget(buttons)
        fit_screen(self, 600, 490)

    def _engine_box(self) -> QGroupBox:
        """Returns the choice of the engine."""
        box = QGroupBox("Engine")
        column = QVBoxLayout(box)
        for number, (name, text) in enumerate(_ENGINES):
            button = QRadioButton(text)
            button.setObjectName(name)
            self._engines.addButton(button, number)
            column.addWidget(button)
        same = "Both give the same figures, event by event; the menu Run checks it for your scenario."
        instead = (
            f"{self._unusable}. Whichever is chosen, SimPy simulates: the same figures, many times slower."
        )
        hint = _hint(instead if self._unusable else same)
        hint.setObjectName("engines-hint")
        column.addWidget(hint)
        return box

    def _place_box(self) -> QGroupBox:
        """Returns the choice of the place."""
        box = QGroupBox("Where it runs")
        grid = QGridLayout(box)
        grid.setColumnStretch(1, 1)
        buttons: list[QAbstractButton] = []
        for number, (name, text) in enumerate(_PLACES):
            button = QRadioButton(text)
            button.setObjectName(name)
            self._places.addButton(button, number)
            buttons.append(button)
        grid.addWidget(buttons[0], 0, 0, 1, 3)
        grid.addWidget(buttons[1], 1, 0, 1, 3)
        grid.addWidget(buttons[2], 2, 0)
        grid.addWidget(self._address, 2, 1)
        grid.addWidget(self._trial.button, 2, 2)
        grid.addWidget(self._trial.words, 3, 0, 1, 3)
        label = Label("&Workers on this computer")
        label.setBuddy(self._workers)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._workers)
        row.addStretch(1)
        grid.addLayout(row, 4, 0, 1, 3)
        grid.addWidget(_hint(_CLUSTER), 5, 0, 1, 3)
        return box

    def _scenario_row(self) -> QHBoxLayout:
        """Returns where to find the settings that belong to the scenario."""
        show = QPushButton("S&how them")
        show.setObjectName("show-scenario-settings")
        show.setToolTip("Open them in the inspector")
        show.setAutoDefault(False)
        show.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.addWidget(
            _hint(
                "Start, warm-up period, length, replications and seed belong to the scenario, "
                "and are saved with it."
            ),
            1,
        )
        row.addWidget(show)
        return row

    # Doing -------------------------------------------------------------------------------------------

    def _show(self, place: RunPlace) -> None:
        """Shows a place."""
        names = [name for name, _ in _ENGINES]
        self._engines.button(names.index(place.engine)).setChecked(True)
        where = {None: 0, ON_THIS_COMPUTER: 1}.get(place.cluster, 2)
        self._address.setText(place.cluster or "" if where == 2 else "")
        self._places.button(where).setChecked(True)
        self._workers.setValue(place.workers)

    def _cluster(self) -> str | None:
        """Returns the cluster that is chosen."""
        return (None, ON_THIS_COMPUTER, self._address.text().strip())[self._places.checkedId()]

    def _chosen(self) -> RunPlace:
        """Returns what is chosen, right or wrong."""
        away = self._places.checkedId() == 2
        return RunPlace(
            engine=_ENGINES[self._engines.checkedId()][0],
            workers=0 if away else self._workers.value(),
            cluster=self._cluster(),
        )

    def _follow(self) -> None:
        """Offers what goes with the choice."""
        self._mistake.hide()
        self._workers.setEnabled(self._places.checkedId() != 2)
        self._trial.forget(offered=self._places.checkedId() != 0)

    def _make_room(self) -> None:
        """Grows where a sentence would be cut off; a dialog does not heed by itself how lines wrap."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.resize(self.width(), max(self.height(), column.totalHeightForWidth(self.width())))

    def _leave(self) -> None:
        """Leaves for what belongs to the scenario."""
        self.reject()
        self.scenario_wanted.emit()


def _hint(words: str) -> QLabel:
    """Returns a line of help."""
    label = Label(words)
    label.setProperty("hint", True)
    label.setWordWrap(True)
    return label
