"""The chance of delay by number of beds: a run in which their pool alone has no limit, and what it shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui import theme
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.dialogs import fit_screen, tell
from pathway_modeller.gui.jobs import Job
from pathway_modeller.gui.plain import Label, file_name, literal_title, short
from pathway_modeller.gui.results import exporting
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.results.drawings import Drawings, Wanted
from pathway_modeller.gui.results.processes import window_workers
from pathway_modeller.gui.results.table import FigureTable

if TYPE_CHECKING:
    from pathway_modeller.experiment.runs.without_limit import WithoutLimit
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.drawing.style import Style
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.scenario.document import Scenario

CHARTS = ("occupancy-over-time", "occupancy-distribution")
"""Charts beside which the chance of delay is offered: of what they show, it is the next question."""

_THE_ONE = Wanted(0)


def run_for_beds(findings: Findings, pool: str, workers: int, job: Job) -> WithoutLimit:
    """Plays the variants of findings once more, in which a pool alone has no limit; called in a job's thread.

    Args:
        findings: of a run, whose engine, settings and random numbers are used again.
        pool: id of the pool.
        workers: threads or processes; 0 for all processors but one.
        job: says how far it is, and whether anybody still waits.
    """
    from pathway_modeller.experiment.runs.without_limit import run_without_limit

    scenario, given = findings.scenario, findings.results.provenance
    return run_without_limit(
        scenario,
        pool,
        findings.variants,
        engine=given.engine,
        workers=window_workers(workers, scenario.run.replications),
        progress=lambda done, every: job.told.emit(f"{done} of {every}"),
        cancelled=lambda: job.is_cancelled,
    )


class BedsDialog(QDialog):
    """Shows one such run from its beginning, then its chart and figures; closing it stops the run."""

    def __init__(self, parent: QWidget, desk: Desk, job: Job, scenario: Scenario, name: str) -> None:
        """Starts the run.

        Args:
            parent: the window.
            desk: draws.
            job: the run, not started yet; its result is a ``WithoutLimit``.
            scenario: gives the names.
            name: of the pool.
        """
        super().__init__(parent)
        self.setObjectName("beds")
        self.setWindowTitle(f"Chance of delay by number of units: {literal_title(short(name))}")
        self._desk, self._job, self._scenario, self._name = desk, job, scenario, name
        self._found: WithoutLimit | None = None
        self._footprint = ""
        self._folder = Path.home()
        self._drawings = Drawings(desk, self)
        self._words = Label(
            f"Everything is played once more with the same random numbers, while {name} alone has no limit: "
            "how many are in use then says, for every number of units, how likely it is that none is free."
        )
        self._words.setObjectName("beds-words")
        self._words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFormat("%v of %m replications")
        self._bar.setAccessibleName("Replications finished")
        self._chart = ChartView()
        self._table = FigureTable()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._drawings.drawn.connect(self._show_drawn)
        self._chart.room_changed.connect(self._draw)
        job.told.connect(self._tell)
        job.finished.connect(self._ended)
        job.start()

    @property
    def is_waiting(self) -> bool:
        """Whether the run goes on, or its chart is not on show yet."""
        return self._found is None or self._drawings.is_busy or self._chart.is_dimmed

    def show_footprint(self, footprint: str) -> None:
        """Shows the units that a footprint holds, "" for the one with most in use; the table has all."""
        self._footprint = footprint

    def reject(self) -> None:
        """Closes, and stops the run if it goes on."""
        self._job.told.disconnect(self._tell)
        self._job.finished.disconnect(self._ended)
        self._job.cancel()
        self._drawings.forget()
        super().reject()

    def _lay_out(self) -> None:
        """Puts progress over the room for the chart and its figures."""
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.addWidget(self._chart)
        self._both.addWidget(self._table)
        self._both.setStretchFactor(0, 1)
        self._both.setSizes([440, 140])
        self._both.hide()
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._both, 1)
        column.addStretch(0)
        column.addWidget(self._buttons)
        fit_screen(self, 980, 640)

    def _tell(self, words: str) -> None:
        """Shows how far the run is."""
        done, _, every = words.partition(" of ")
        self._bar.setRange(0, int(every))
        self._bar.setValue(int(done))

    def _ended(self) -> None:
        """Shows what came of the run."""
        from pathway_modeller.experiment.runs.without_limit import WithoutLimit

        job = self._job
        job.wait()
        if job.error is not None:
            self.reject()
            raise job.error
        self._bar.hide()
        if not isinstance(job.result, WithoutLimit):
            self._words.setText(f"✖ {job.sentence}")
            self._words.setStyleSheet(f"color: {theme.ERROR};")
            return
        self._found = job.result
        self._words.hide()
        self._both.show()
        self._buttons.setStandardButtons(QDialogButtonBox.StandardButton.Close)
        for text, key, filters in (
            ("Export &chart…", "export-beds-chart", exporting.CHART_FILTERS),
            ("Export &table…", "export-beds-table", (exporting.TABLE_FILTER,)),
        ):
            button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.setObjectName(key)
            button.clicked.connect(partial(self._export, filters))
        self._draw()

    def _build(self, style: Style | None = None) -> Chart:
        """Makes the chart, in the desk's thread."""
        from pathway_modeller.report.charts.chance_of_delay import chance_of_delay
        from pathway_modeller.report.drawing.style import PAGE

        if self._found is None:
            raise ValueError("there is no run to make a chart of")
        return chance_of_delay(self._found, self._scenario, style or PAGE, self._footprint)

    def _draw(self) -> None:
        """Has the chart drawn in the room there is."""
        if self._found is not None and self._drawings.fitting(_THE_ONE, self._chart.room()) is None:
            self._drawings.ask(_THE_ONE, self._chart.room(), self._build, is_awaited=True)

    def _show_drawn(self, _wanted: Wanted) -> None:
        """Shows the chart that was drawn."""
        made = self._drawings.kept(_THE_ONE)
        if made is not None:
            self._chart.show_picture(made.image, made.alternative)
            self._table.show_frame(made.read)

    def _export(self, filters: tuple[str, ...]) -> None:
        """Asks for a file and writes the chart or its table to it."""
        title = file_name(self._scenario.name, "Chance of delay", self._name)
        path = exporting.ask_file(self, "Export", self._folder, title, filters)
        if path is None:
            return
        self._folder = path.parent
        self._desk.ask(partial(exporting.write_chart, self._build, path), lambda _: None, self._not_written)

    def _not_written(self, error: OSError) -> None:
        """Says why there is no file."""
        reason = (error.strerror or "it cannot be written").lower()
        tell(self, "Not exported", f"The file could not be written: {reason}. Choose another folder.")
