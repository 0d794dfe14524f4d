"""Reading results: the message, the list of charts, the chosen chart, its figures, and handing them over."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from pathway_modeller.gui.actions import ActionSpec, make_actions
from pathway_modeller.gui.charts.render import Room, drawn
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.dialogs import TextDialog, tell
from pathway_modeller.gui.results import exporting
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.results.choices import Choice, build, every_choice, only_option
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.heading import ChartTools, PageFoot, PageHead
from pathway_modeller.gui.results.next_step import ChartStep
from pathway_modeller.gui.results.notes import caveat_words, inputs_page
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.words.money import money_lines, money_page

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import Answers
    from pathway_modeller.report.catalogue import ChartKind
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.findings import Findings


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart that was drawn for the window.

    Attributes:
        chart: with its table and words.
        image: its picture.
    """

    chart: Chart
    image: QImage


class Reader(QWidget):
    """Shows the controller's results. Charts are drawn at the desk, beside the window's thread.

    Signals:
        message: a sentence for the status bar.
        shown: another chart is on show.
        step_wanted: somebody wants to go where what an empty chart lacks is entered.
    """

    message = Signal(str)
    shown = Signal()
    step_wanted = Signal(str)

    def __init__(self, controller: RunController, desk: Desk, parent: QWidget | None = None) -> None:
        """Observes a controller."""
        super().__init__(parent)
        self._controller = controller
        self._desk = desk
        self._kinds: tuple[ChartKind, ...] = ()
        self._findings: Findings | None = None
        self._narrowed: dict[str, Findings] = {}
        self._offered: tuple[tuple[Choice, ...], ...] | None = None
        self._answers: Answers | None = None
        self._expects_money = self._is_reckoning = False
        self._drawn: Drawn | None = None
        self._asked: Future[Any] | None = None
        self._generation = 0
        self._room: Room | None = None
        self._folder = Path.home()
        self._exporting = False
        self._is_filling = False
        self._is_chosen = False
        self.head = PageHead()
        self.list = ChartList()
        self.tools = ChartTools()
        self.step = ChartStep()
        self.chart = ChartView()
        self.table = FigureTable()
        self.foot = PageFoot()
        # Words that come together each change the chart's room: it is drawn once, when all are in place.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._is_owed = False
        self._lay_out()
        self._observe()

    @property
    def is_waiting(self) -> bool:
        """Whether a chart that was asked for is not on show yet."""
        return self._asked is not None or self._soon.isActive() or self.chart.is_settling

    def showEvent(self, event: QShowEvent) -> None:
        """Draws what was asked for while nobody could see it, and its room was not known."""
        super().showEvent(event)
        if self._is_owed:
            self._draw()

    # Building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """List at the left; chart over figures at the right."""
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.step)
        column.addWidget(self.chart, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(upper)
        right.addWidget(self.table)
        right.setStretchFactor(0, 1)
        right.setCollapsible(0, False)
        right.setSizes([460, 116])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.list)
        across.addWidget(right)
        across.setStretchFactor(1, 1)
        across.setCollapsible(1, False)
        across.setSizes([300, 1000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(across, 1)
        column.addWidget(self.foot)

    def _observe(self) -> None:
        """Follows the controller and the person."""
        self._controller.results_changed.connect(self.refresh)
        self._soon.timeout.connect(self._draw_now)
        self.list.currentRowChanged.connect(self._choose_chart)
        self.tools.changed.connect(self._draw)
        self.step.wanted.connect(self.step_wanted)
        self.chart.room_changed.connect(self._draw_in_room)
        self.head.option_changed.connect(self._narrow)
        self.foot.inputs_wanted.connect(self._show_inputs)
        self.head.money_wanted.connect(self._show_money_words)
        self.head.offer(list(make_actions(self, EXPORTS, to=self).values()))

    # Showing -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the results of the moment."""
        self._generation += 1
        self._drop()
        self._drawn = None
        self.chart.forget()
        self.table.forget()
        self._narrowed = {}
        self._offered = self._answers = None
        self._expects_money = self._is_reckoning = False
        self.head.show_money(())
        results, scenario = self._controller.results, self._controller.scenario
        if results is None or scenario is None:
            self._findings = None
            self._is_chosen = False
            return
        from pathway_modeller.report.catalogue import CHARTS
        from pathway_modeller.report.findings import Findings

        kept = self.list.currentRow()
        self._kinds = CHARTS
        self._findings = Findings(results, scenario)
        self.head.show_caveat(caveat_words(results.provenance))
        self.foot.show_provenance(results.provenance)
        self.foot.show_inputs(scenario)
        self.head.show_options([(key, scenario.options[key].name) for key in results.options])
        self.list.blockSignals(True)
        self.list.show_titles([kind.title for kind in self._kinds])
        self.list.blockSignals(False)
        self._open(kept if self._is_chosen and kept > 0 else self._speaker())
        self._expects_money = bool(self._findings.options) and not results.cash.empty
        self._ask_choices(self._findings)

    def _present(self) -> Findings | None:
        """Returns the findings of the options chosen."""
        option = self.head.option()
        if self._findings is None or not option:
            return self._findings
        if option not in self._narrowed:
            self._narrowed[option] = only_option(self._findings, option)
        return self._narrowed[option]

    def _narrow(self) -> None:
        """Shows other options; every message is about others then."""
        self._generation += 1
        for place in range(len(self._kinds)):
            self.list.show_message(place, "")
        self.head.expect_message()
        self._show_money()
        self._draw()

    def _ask_choices(self, findings: Findings) -> None:
        """Has worked out what charts could be of: the choice stands above a chart, and takes its room."""

        def then(offered: tuple[tuple[Choice, ...], ...]) -> None:
            if findings is self._findings:
                self._offered = offered
                self._draw()

        self._desk.ask(partial(every_choice, self._kinds, findings), then, is_awaited=True)

    def _ask_answers(self) -> None:
        """Has worked out what is said of money, if the books were kept; the first chart goes before it."""
        findings = self._findings
        if findings is None or self._answers is not None or not self._expects_money or self._is_reckoning:
            return

        def then(answers: Answers) -> None:
            if findings is self._findings:
                self._answers = answers
                self._show_money()

        self._is_reckoning = True
        self._desk.ask(lambda: findings.answers, then)

    def _show_money(self) -> None:
        """Shows what is said of the money of the options chosen, or keeps its room while it is not known."""
        option = self.head.option()
        if self._answers is not None:
            self.head.show_money(money_lines(self._answers, option))
        elif self._expects_money and self._findings is not None:
            self.head.expect_money(1 if option else len(self._findings.options))

    def _choose_chart(self, _place: int) -> None:
        """Shows another chart, of its own choice."""
        self._is_chosen = True
        self._forget_strips()
        self._draw()

    def _forget_strips(self) -> None:
        """Takes away what stands above a chart, until the next chart brings its own."""
        self.tools.forget()
        self.step.show_step("", empty=False)

    def _draw_in_room(self) -> None:
        """Draws again if there is another room than that of the chart on show."""
        if self._room is not None and not self.chart.room().is_hardly_more_than(self._room):
            self._draw()

    def _draw(self) -> None:
        """Asks for the chosen chart, once what else changes at the same time has taken its room."""
        self._drop()
        self._soon.start()

    def _draw_now(self) -> None:
        """Has the chosen chart drawn in the room it will have; later, where that is not known yet."""
        findings, place, offered = self._present(), self.list.currentRow(), self._offered
        self._is_owed = not self.isVisible()
        if self._is_owed or findings is None or offered is None or not 0 <= place < len(self._kinds):
            return
        self._show_money()
        self.tools.show_choices(offered[place])
        for widget in (self, self.chart.parentWidget()):
            layout = widget.layout() if widget is not None else None
            if layout is not None:
                layout.activate()
        kind, choice, room, generation = (
            self._kinds[place],
            self.tools.choice(),
            self.chart.room(),
            self._generation,
        )
        self._room = room

        def work() -> Drawn:
            chart, image = drawn(lambda style: build(kind, findings, style, choice), room)
            return Drawn(chart, image)

        def then(made: Drawn) -> None:
            self._asked = None
            if generation == self._generation:
                self._show(place, made)

        self._asked = self._desk.ask(work, then, is_awaited=True)

    def _drop(self) -> None:
        """Gives up the chart that was asked for, if it is not drawn yet."""
        self._soon.stop()
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _show(self, place: int, made: Drawn) -> None:
        """Shows a chart that was drawn, if it is still the one chosen."""
        if place != self.list.currentRow():
            return
        if made.chart.table.empty and not self._is_chosen and place + 1 < len(self._kinds):
            self._note(place, made.chart.headline)
            self._open(place + 1)
            return
        self._drawn = made
        self.chart.show_picture(made.image, made.chart.alternative)
        self.table.show_frame(made.chart.read)
        self.step.show_step(self._kinds[place].id, empty=made.chart.table.empty)
        if self.tools.choice() is None or not self.tools.choice_place():
            self._note(place, made.chart.headline)
        self.shown.emit()
        self._ask_answers()
        self._fill_messages()

    def _open(self, place: int) -> None:
        """Goes to another chart for the person: what opens first is to have figures."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._forget_strips()
        self._draw()

    # Messages of all charts --------------------------------------------------------------------------

    def _note(self, place: int, message: str) -> None:
        """Shows what a chart says in the list; what the first says is what the page says."""
        self.list.show_message(place, message)
        if place == self._speaker():
            self.head.show_message(message)

    def _speaker(self) -> int:
        """Returns the place of the chart that speaks for the page: differences, or else mean waits."""
        return 0 if self._findings is not None and self._findings.options else 1

    def _fill_messages(self) -> None:
        """Has the next message worked out that is not known yet, the page's own first."""
        findings, generation = self._present(), self._generation
        places = sorted(range(len(self._kinds)), key=lambda each: each != self._speaker())
        missing = [place for place in places if not self.list.message(place)]
        if findings is None or not missing or self._is_filling:
            return
        place = missing[0]
        kind = self._kinds[place]

        def work() -> str:
            from pathway_modeller.report.drawing.style import PAGE

            return build(kind, findings, PAGE, None).headline

        def then(message: str) -> None:
            self._is_filling = False
            if generation == self._generation:
                self._note(place, message)
            self._fill_messages()

        self._is_filling = True
        self._desk.ask(work, then)

    # Handing over ------------------------------------------------------------------------------------

    def _make(self, place: int, choice: Choice | None) -> exporting.Make:
        """Returns what makes a chart in the size for a page."""
        findings, kind = self._present(), self._kinds[place]
        if findings is None:
            raise ValueError("there are no results to make a chart of")

        def make() -> Chart:
            from pathway_modeller.report.drawing.style import PAGE

            return build(kind, findings, PAGE, choice)

        return make

    def _name(self) -> str:
        """Returns a sensible name for a file of the chart on show."""
        scenario = self._controller.scenario
        choice = self.tools.choice()
        of = choice.label if choice is not None and choice.of else ""
        return exporting.safe_name(
            scenario.name if scenario else "", self._kinds[self.list.currentRow()].title, of
        )

    def export_chart(self) -> None:
        """Asks for a file and writes the chart on show."""
        self._export("Export chart", exporting.CHART_FILTERS)

    def export_table(self) -> None:
        """Asks for a file and writes the table of the chart on show."""
        self._export("Export table", (exporting.TABLE_FILTER,))

    def _export(self, title: str, filters: tuple[str, ...]) -> None:
        """Asks for a file and writes to it."""
        if self._drawn is None:
            return
        path = exporting.ask_file(self, title, self._folder, self._name(), filters)
        if path is None:
            return
        self._folder = path.parent
        make = self._make(self.list.currentRow(), self.tools.choice())
        self._desk.ask(
            lambda: exporting.write_chart(make, path),
            lambda written: self.message.emit(f"Saved {written.name} in {written.parent}"),
            self._not_written,
        )

    def export_all(self) -> None:
        """Asks for a folder and writes every chart and its table there."""
        if self._findings is None or self._exporting:
            return
        folder = exporting.ask_folder(self, "Export all charts into a folder", self._folder)
        if folder is None:
            return
        self._folder = folder
        charts = [(kind.title, self._make(place, None)) for place, kind in enumerate(self._kinds)]
        self._exporting = True
        self.message.emit(f"Writing {len(charts)} charts…")

        def written(number: int) -> None:
            self._exporting = False
            self.message.emit(f"Saved {number} files in {folder}")

        def failed(error: OSError) -> None:
            self._exporting = False
            self._not_written(error)

        self._desk.ask(lambda: exporting.write_all(charts, folder), written, failed)

    def copy_picture(self) -> None:
        """Puts the chart's picture on the clipboard."""
        if self._drawn is not None:
            QGuiApplication.clipboard().setImage(self._drawn.image)
            self.message.emit("The chart is on the clipboard; paste it into a document.")

    def copy_figures(self) -> None:
        """Puts the chart's table on the clipboard."""
        self.table.copy_all()

    def _not_written(self, error: OSError) -> None:
        """Says why there is no file."""
        name = Path(str(error.filename)).name if error.filename else "the file"
        reason = (error.strerror or "it cannot be written").lower()
        tell(self, "Not exported", f"{name} could not be written: {reason}. Choose another folder.")

    def _show_money_words(self) -> None:
        """Shows all that is said of money."""
        if self._answers is not None:
            dialog = TextDialog(self, "Money in words", money_page(self._answers))
            dialog.exec()
            dialog.deleteLater()

    def _show_inputs(self) -> None:
        """Lists the inputs by how far they can be relied upon."""
        if self._controller.scenario is not None:
            dialog = TextDialog(self, "Inputs", inputs_page(self._controller.scenario))
            dialog.exec()
            dialog.deleteLater()


EXPORTS: tuple[ActionSpec[Reader], ...] = tuple(
    ActionSpec(key, text, do, tip=tip)
    for key, text, do, tip in (
        ("export-chart", "Export &chart…", Reader.export_chart, "Save the chart as PNG, SVG or PDF"),
        ("export-table", "Export &table…", Reader.export_table, "Save the chart's figures as CSV"),
        ("copy-picture", "Copy &picture", Reader.copy_picture, "Put the chart on the clipboard"),
        ("copy-figures", "Copy &figures", Reader.copy_figures, "Put the table on the clipboard"),
        ("export-all", "Export &all…", Reader.export_all, "Write every chart and its table into a folder"),
    )
)
"""Ways of handing over, in the order of the menu."""
