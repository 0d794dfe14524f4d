"""Reading results: the message, the list of charts, the chosen chart, its figures, and handing them over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.actions import ActionSpec, make_actions
from pathway_modeller.gui.charts.render import Room, picture
from pathway_modeller.gui.charts.view import BEING_DRAWN, ChartView
from pathway_modeller.gui.dialogs import TextDialog, tell
from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.plain import file_name
from pathway_modeller.gui.results import beds, exporting
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.results.choices import Choice, build, every_choice, only_option
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.drawings import Drawings, Drawn, Wanted
from pathway_modeller.gui.results.front import FrontPage
from pathway_modeller.gui.results.giving_back import give_back
from pathway_modeller.gui.results.hanging import BEING_WORKED_OUT, HangingStrip, can_hang
from pathway_modeller.gui.results.heading import ChartTools, PageFoot, PageHead
from pathway_modeller.gui.results.notes import caveat_words, inputs_page
from pathway_modeller.gui.results.so_far import so_far_words
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.words.definitions import definitions, definitions_page
from pathway_modeller.report.words.questions import FRONT_TITLE

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import Answers
    from pathway_modeller.experiment.hangs_on.value import HangsOn
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.report.build import ChartKind
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.drawing.style import Style
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.report.words.questions import FirstPage
    from pathway_modeller.scenario.document import Scenario


_PAGE_DOTS = 160.0
"""Dots an inch of a page on the clipboard."""
_SPEAKER = 0
"""The place of the chart that speaks for the page: differences, or else mean waits."""
_NOT_YET = "This chart judges what is shown: it takes all replications that were asked for."


class Reader(QWidget):
    """Shows the controller's results.

    Charts are drawn at the desk, beside the window's thread: the chosen one first, then all others, so that
    each is there when it is chosen.

    Signals:
        message: a sentence for the status bar.
        shown: another chart is on show.
    """

    message = Signal(str)
    shown = Signal()

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
        self._page: FirstPage | None = None
        self._is_reckoning = False
        self._drawings = Drawings(desk, self)
        self._wanted: Wanted | None = None
        self._shown: Wanted | None = None
        self._replaced: Wanted | None = None
        self._room: Room | None = None
        self._folder = Path.home()
        self._jobs = Jobs()
        self._exporting = False
        self._is_chosen = False
        self.head = PageHead()
        self.front = FrontPage()
        self._to_front = QPushButton("First page")
        self._to_front.setObjectName("to-front")
        self._to_front.setToolTip("Does it save, when, who pays, who waits, who loses")
        self.list = ChartList()
        self.hanging = HangingStrip()
        self.tools = ChartTools()
        self.chart = ChartView()
        self.table = FigureTable()
        self.foot = PageFoot()
        # Words that come together each change the chart's room: it is drawn once, when all are in place.
        self._soon = QTimer(self, singleShot=True, interval=0)
        # A message that has just come takes its room before the next chart is drawn for what is left.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._has_drawn = False
        self._is_owed = False
        self._lay_out()
        self._observe()

    @property
    def is_waiting(self) -> bool:
        """Whether the chosen chart is not on show yet, or others are being drawn."""
        timers = (self._soon, self._next)
        return self._drawings.is_busy or self.chart.is_settling or any(each.isActive() for each in timers)

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
        column.addWidget(self.chart, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(upper)
        right.addWidget(self.table)
        right.setStretchFactor(0, 1)
        right.setCollapsible(0, False)
        right.setSizes([460, 116])
        self._charts = right
        # The first page lies upon the charts: these keep their room, and are drawn for it meanwhile.
        both = QWidget()
        layers = QGridLayout(both)
        layers.setContentsMargins(0, 0, 0, 0)
        layers.addWidget(right, 0, 0)
        layers.addWidget(self.front, 0, 0)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._to_front)
        column.addWidget(self.list, 1)
        column.addWidget(self.hanging)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(both)
        across.setStretchFactor(1, 1)
        across.setCollapsible(1, False)
        across.setSizes([300, 1000])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(across, 1)
        column.addWidget(self.foot)
        self._show_front(False)

    def _observe(self) -> None:
        """Follows the controller and the person."""
        self._controller.results_changed.connect(self.refresh)
        self._controller.answered.connect(self.refresh)
        self._controller.started.connect(self.hanging.stop)
        for ended in (self._controller.cancelled, self._controller.failed):
            ended.connect(self._next.start)
        self._soon.timeout.connect(self._draw_now)
        self._next.timeout.connect(self._go_on)
        self._drawings.drawn.connect(self._take)
        self.list.currentRowChanged.connect(self._choose_chart)
        self.list.itemClicked.connect(self._leave_front)
        self.list.itemActivated.connect(self._leave_front)
        self._to_front.clicked.connect(self._choose_front)
        self.front.chart_wanted.connect(self.open_chart)
        self.hanging.found.connect(self._take_hanging)
        self.hanging.stopped.connect(self._show_page)
        self.tools.changed.connect(self._draw)
        self.tools.beds_wanted.connect(self._find_beds)
        self.chart.room_changed.connect(self._draw_in_room)
        self.head.option_changed.connect(self._narrow)
        self.foot.inputs_wanted.connect(self._show_inputs)
        self.foot.counted_wanted.connect(self._show_counted)
        self.head.money_wanted.connect(self._show_money_words)
        self.head.offer(list(make_actions(self, EXPORTS, to=self).values()))

    # Showing -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the results of the moment. What replications still to come may change stays until then."""
        so_far = self._controller.so_far
        results, scenario = so_far or (self._controller.results, self._controller.scenario)
        goes_on = results is not None and self._findings is not None and self._findings.so_far != ""
        self._drop()
        self._drawings.forget()
        self._replaced, self._shown = self._shown if goes_on else None, None
        self._narrowed = {}
        self._offered = self._answers = self._page = None
        self._is_reckoning = False
        self.hanging.leave()
        self.front.forget()
        if not goes_on:
            self.chart.forget()
            self.table.forget()
            self.head.begin()
        if results is None or scenario is None:
            self._findings = None
            self._is_chosen = False
            self._show_front(False)
            return
        self._begin(results, scenario, is_running=so_far is not None)
        if goes_on:
            self._draw()
        else:
            kept = self.list.currentRow()
            self._open(kept if self._is_chosen and kept > 0 else _SPEAKER)

    def _begin(self, results: Results, scenario: Scenario, *, is_running: bool) -> None:
        """Lists the charts of results, and shows what is known of these at once."""
        from pathway_modeller.report.catalogue import offered
        from pathway_modeller.report.findings import Findings

        words = so_far_words(results.provenance, running=is_running)
        self._findings = Findings(results, scenario, so_far=words)
        self._kinds = offered(self._findings)
        self.head.show_caveat("" if is_running else caveat_words(results.provenance))
        if self._replaced is None:  # else it is of the chart that stays until the next is drawn
            self.foot.show_provenance(results.provenance)
        self.foot.show_inputs(scenario)
        self.head.show_options([(key, scenario.options[key].name) for key in results.options])
        self.list.blockSignals(True)
        self.list.show_titles([kind.title for kind in self._kinds])
        self.list.allow([place for place in range(len(self._kinds)) if self._can_show(place)], _NOT_YET)
        self.list.blockSignals(False)
        if not words:
            self.head.expect_message()
        elif self._replaced is None:
            self.head.show_so_far(words)
        self.head.show_money(self._has_front() and not results.cash.empty, known=False)
        self._to_front.setVisible(self._has_front())
        if not self._has_front() or not self._is_chosen:
            self._show_front(self._has_front())
        self._ask_choices(self._findings)

    def _can_show(self, place: int) -> bool:
        """Whether a chart may be shown: one that judges is not, as long as replications are missing."""
        return self._findings is not None and (not self._findings.so_far or self._kinds[place].is_plain)

    def _present(self) -> Findings | None:
        """Returns the findings of the options chosen."""
        option = self.head.option()
        if self._findings is None or not option:
            return self._findings
        if option not in self._narrowed:
            self._narrowed[option] = only_option(self._findings, option)
        return self._narrowed[option]

    def _narrow(self) -> None:
        """Shows other options; every message of a chart is about others then."""
        for place in range(len(self._kinds)):
            kept = self._drawings.kept(Wanted(place, self.head.option()))
            if kept is not None:
                self._note(place, kept)
            else:
                self.list.show_message(place, "")
        self._draw()

    def _ask_choices(self, findings: Findings) -> None:
        """Has worked out what charts could be of: the choice stands above a chart, and takes its room."""

        def then(offered: tuple[tuple[Choice, ...], ...]) -> None:
            if findings is self._findings:
                self._offered = offered
                self._draw()

        self._desk.ask(partial(every_choice, self._kinds, findings), then, is_awaited=True)

    def _ask_answers(self) -> None:
        """Has worked out what may be said of the options; the first chart goes before it."""
        findings = self._findings
        if findings is None or self._answers is not None or not self._has_front() or self._is_reckoning:
            return

        can = can_hang(findings.scenario)

        def work() -> tuple[Answers, FirstPage]:
            from pathway_modeller.report.words.first_page import first_page

            hangs_on = dict.fromkeys(findings.options, BEING_WORKED_OUT) if can else None
            return findings.answers, first_page(findings, hangs_on)

        def then(found: tuple[Answers, FirstPage]) -> None:
            if findings is self._findings:
                self._answers, self._page = found
                self.head.show_message(f"{self._page.headline}.")
                self.front.show_page(self._page, [kind.id for kind in self._kinds])
                self.head.show_money(not findings.results.cash.empty, known=True)
                if can:
                    self.hanging.begin(findings.results, findings.scenario)

        self._is_reckoning = True
        self._desk.ask(work, then)

    def _take_hanging(self, results: Results, found: HangsOn) -> None:
        """Takes in what the answers hang on: the first page says it, and its chart is offered."""
        from pathway_modeller.report.catalogue import offered

        findings = self._findings
        if findings is None or findings.results is not results or self._offered is None:
            return
        self._findings = replace(findings, found=self._answers, hangs_on=found)
        self._narrowed = {}
        more = offered(self._findings)[len(self._kinds) :]
        self._kinds = (*self._kinds, *more)
        self._offered = (*self._offered, *(() for _ in more))
        self.list.addItems([kind.title for kind in more])
        self._show_page()
        self._next.start()

    def _show_page(self) -> None:
        """Shows the first page with what is known by now."""
        findings = self._findings
        if findings is None or self._answers is None:
            return

        def work() -> FirstPage:
            from pathway_modeller.report.words.first_page import first_page

            return first_page(findings, findings.hangs_on_words)

        def then(page: FirstPage) -> None:
            if findings is self._findings:
                self._page = page
                self.front.show_page(page, [kind.id for kind in self._kinds])

        self._desk.ask(work, then)

    # The first page ----------------------------------------------------------------------------------

    def _has_front(self) -> bool:
        """Whether there is a first page: of options, and of all replications."""
        return self._findings is not None and bool(self._findings.options) and not self._findings.so_far

    def _show_front(self, shown: bool) -> None:
        """Shows the first page, or the charts beneath it."""
        self.front.setVisible(shown)
        self._charts.setEnabled(not shown)
        self.tools.setEnabled(not shown)
        self._to_front.setProperty("primary", shown)
        self._to_front.style().polish(self._to_front)
        if shown:
            self.front.raise_()
            self.list.clearSelection()

    def _choose_front(self) -> None:
        """Goes back to the first page, and to that of the next run."""
        self._is_chosen = False
        self._show_front(True)

    def _leave_front(self, item: QListWidgetItem) -> None:
        """Shows the chart that was clicked, though it is the present one."""
        if self.front.isVisible():
            self._show_front(False)
            self.list.setCurrentItem(item)

    def open_chart(self, chart: str) -> None:
        """Shows a chart by its id."""
        place = next((at for at, kind in enumerate(self._kinds) if kind.id == chart), None)
        if place is not None and self._can_show(place):
            self._show_front(False)
            self.list.setCurrentRow(place)
            self.list.item(place).setSelected(True)
            self.list.setFocus()

    def _choose_chart(self, place: int) -> None:
        """Shows another chart, of its own choice."""
        self._is_chosen = True
        self._show_front(False)
        if self._drawings.kept(Wanted(place, self.head.option())) is None:
            self._dim()
        self._forget_strips()
        self._draw()

    def _forget_strips(self) -> None:
        """Takes away what stands above a chart, until the next chart brings its own."""
        self.tools.forget()

    def _draw_in_room(self) -> None:
        """Draws again if there is another room than that of the chart on show."""
        if self._room is not None and not self.chart.room().is_hardly_more_than(self._room):
            self._draw()
        else:
            self._go_on()

    def _draw(self) -> None:
        """Asks for the chosen chart, once what else changes at the same time has taken its room."""
        self._drop()
        self._soon.start()

    def _draw_now(self) -> None:
        """Has the chosen chart drawn in the room it will have; later, where that is not known yet."""
        findings, place, offered = self._present(), self.list.currentRow(), self._offered
        self._is_owed = not self.isVisible()
        if self._is_owed or not self._can_show(place):
            self._controller.go_on()  # no chart is drawn for which the run would have to wait
        if self._is_owed or findings is None or offered is None or not 0 <= place < len(self._kinds):
            return
        if not self._can_show(place):
            self._shown = None
            self._dim(_NOT_YET)
            return
        self.tools.show_choices(offered[place])
        self.tools.offer_beds(offered=self._kinds[place].id in beds.CHARTS and not findings.so_far)
        for widget in (self, self.chart.parentWidget()):
            layout = widget.layout() if widget is not None else None
            if layout is not None:
                layout.activate()
        wanted = Wanted(place, self.head.option(), max(0, self.tools.choice_place()))
        room = self._room_of(wanted)
        self._wanted, self._room = wanted, room
        kept = self._drawings.kept(wanted)
        if kept is not None:
            self._show(wanted, kept)
        elif wanted != self._replaced:
            self._dim()
        if self._drawings.fitting(wanted, room) is None:
            self._drawings.ask(wanted, room, self._build(wanted), is_awaited=True)
        else:
            self._go_on()

    def _build(self, wanted: Wanted) -> Callable[[Style], Chart]:
        """Returns what makes a chart."""
        findings, offered = self._present(), self._offered
        if findings is None or offered is None:
            raise ValueError("there are no results to make a chart of")
        kind, choices = self._kinds[wanted.place], offered[wanted.place]
        choice = choices[wanted.choice] if choices else None
        return lambda style: build(kind, findings, style, choice)

    def _room_of(self, wanted: Wanted) -> Room:
        """Returns the room that a chart has beside the strips that it brings."""
        room, upper, offered = self.chart.room(), self.chart.parentWidget(), self._offered
        if upper is None or offered is None:
            return room
        high = upper.height()
        if len(offered[wanted.place]) > 1:
            high -= self.tools.sizeHint().height()
        return replace(room, height=high)

    def _drop(self) -> None:
        """Waits for no chart any more."""
        self._soon.stop()
        self._wanted = None

    def _dim(self, instead: str = BEING_DRAWN) -> None:
        """Makes the chart on show faint, with its figures: another one is wanted."""
        self.chart.dim(instead)
        self.table.setEnabled(False)

    def _take(self, wanted: Wanted) -> None:
        """Takes in a chart that was drawn: its message, and itself if somebody waits for it."""
        made = self._drawings.kept(wanted)
        if made is None:
            return
        self._has_drawn = True
        if wanted.option == self.head.option() and not wanted.choice:
            self._note(wanted.place, made)
        if wanted == self._wanted:
            self._show(wanted, made)
        self._next.start()

    def _show(self, wanted: Wanted, made: Drawn) -> None:
        """Shows a chart that was drawn."""
        self.chart.show_picture(made.image, made.alternative)
        self.table.setEnabled(True)
        if wanted != self._shown:
            down = self.table.verticalScrollBar().value()
            self.table.show_frame(made.read)
            if wanted == self._replaced:
                self.table.verticalScrollBar().setValue(down)
        self._shown, self._replaced = wanted, None
        if self._findings is not None:
            self.foot.show_provenance(self._findings.results.provenance)
            if self._findings.so_far:
                self.head.show_so_far(self._findings.so_far)
        self.shown.emit()
        self._controller.go_on()
        self._ask_answers()

    def _open(self, place: int) -> None:
        """Goes to another chart for the person."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        if self.front.isVisibleTo(self):
            self.list.clearSelection()  # the first page is what is on show
        self._forget_strips()
        self._draw()

    # Messages of all charts --------------------------------------------------------------------------

    def _note(self, place: int, made: Drawn) -> None:
        """Shows what a chart says in the list; what the first says is what the page says."""
        if self._findings is None or self._findings.so_far:
            return
        self.list.show_message(place, made.headline, tuple(definitions(made.measures)))
        if place == _SPEAKER and not self._has_front():
            self.head.show_message(made.headline)

    def _go_on(self) -> None:
        """Has the next chart drawn that is not there yet, the page's own first.

        One at a time is asked for, so that a chart that somebody chooses is the next. None is during a run,
        whose answer somebody waits for.
        """
        if self._wanted is None or self._controller.is_running or not self.isVisible():
            return
        if self._drawings.is_busy or self.chart.is_settling:
            return  # whichever ends calls again
        for place in sorted(range(len(self._kinds)), key=lambda each: each != _SPEAKER):
            wanted = Wanted(place, self.head.option())
            room = self._room_of(wanted)
            if self._can_show(place) and self._drawings.fitting(wanted, room) is None:
                self._drawings.ask(wanted, room, self._build(wanted), is_awaited=False)
                return
        if self._has_drawn:  # once for all: to look for rubbish after each chart would hold up the next
            self._has_drawn = False
            give_back()

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

    def _make_shown(self) -> exporting.Make | None:
        """Returns what makes what is on show: the first page, or a chart; None while it is not there yet."""
        if not self.front.isVisible():
            return None if self._shown is None else self._make(self.list.currentRow(), self.tools.choice())
        make = self._make_front()
        if make is None:
            self.message.emit("What may be said is still being worked out; try again in a moment.")
        return make

    def _make_front(self) -> exporting.Make | None:
        """Returns what makes the first page; None where there is none yet."""
        page = self._page
        if page is None:
            return None

        def make() -> Chart:
            from pathway_modeller.report.charts.front import page_chart

            return page_chart(page)

        return make

    def _name(self) -> str:
        """Returns a sensible name for a file of what is on show."""
        scenario = self._controller.scenario
        if self.front.isVisible():
            return file_name(scenario.name if scenario else "", FRONT_TITLE)
        choice = self.tools.choice()
        of = choice.label if choice is not None and choice.of else ""
        return file_name(scenario.name if scenario else "", self._kinds[self.list.currentRow()].title, of)

    def export_chart(self) -> None:
        """Asks for a file and writes the chart on show, or the first page."""
        self._export("Export chart", exporting.CHART_FILTERS)

    def export_table(self) -> None:
        """Asks for a file and writes the table of what is on show."""
        self._export("Export table", (exporting.TABLE_FILTER,))

    def _export(self, title: str, filters: tuple[str, ...]) -> None:
        """Asks for a file and writes to it."""
        make = self._make_shown()
        if make is None:
            return
        path = exporting.ask_file(self, title, self._folder, self._name(), filters)
        if path is None:
            return
        self._folder = path.parent
        self._desk.ask(
            lambda: exporting.write_chart(make, path),
            lambda written: self.message.emit(f"Saved {written.name} in {written.parent}"),
            self._not_written,
        )

    def export_all(self) -> None:
        """Asks for a folder and writes every chart and its table there, the first page before them."""
        if self._findings is None or self._exporting:
            return
        charts = [
            (kind.title, self._make(place, None))
            for place, kind in enumerate(self._kinds)
            if self._can_show(place)
        ]
        if (front := self._make_front()) is not None:
            charts.insert(0, (FRONT_TITLE, front))
        names = [name for name, _ in charts]
        folder = exporting.ask_folder(self, "Export all charts into a folder", self._folder, names)
        if folder is None:
            return
        self._folder = folder
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
        """Puts the picture of what is on show on the clipboard."""
        if not self.front.isVisible():
            if self._shown is not None:
                self._put_picture(self.chart.image)
            return
        make = self._make_shown()
        if make is not None:
            self._desk.ask(lambda: picture(make(), _PAGE_DOTS, 1.0), self._put_picture)

    def _put_picture(self, image: QImage) -> None:
        """Puts a picture on the clipboard."""
        QGuiApplication.clipboard().setImage(image)
        what = "The first page" if self.front.isVisible() else "The chart"
        self.message.emit(f"{what} is on the clipboard; paste it into a document.")

    def copy_figures(self) -> None:
        """Puts the table of what is on show on the clipboard."""
        if self.front.isVisible():
            self.front.copy_all()
        else:
            self.table.copy_all()

    def _find_beds(self) -> None:
        """Finds the chance of delay by number of units of the pool on show, and shows it until closed."""
        from pathway_modeller.experiment.runs.without_limit import NoChanceOfDelay, require_always_open
        from pathway_modeller.report.charts.chance_of_delay import named
        from pathway_modeller.report.charts.over_time import busiest_pool

        findings, choice = self._present(), self.tools.choice()
        of = choice.of if choice is not None else {}
        if findings is None:
            return
        pool, footprint = (of["pool"], of.get("footprint", "")) if of else busiest_pool(findings) or ("", "")
        try:
            require_always_open(findings.pathways, pool)
        except NoChanceOfDelay as refused:
            tell(self, "No chance of delay", str(refused))
            return
        job = self._jobs.make(partial(beds.run_for_beds, findings, pool, self._controller.place.workers))
        dialog = beds.BedsDialog(self, self._desk, job, findings.scenario, named(findings, pool, ""))
        dialog.show_footprint(footprint)
        dialog.exec()
        dialog.deleteLater()

    def close_jobs(self) -> None:
        """Stops runs that nobody waits for any more, for good."""
        self._jobs.close()

    def _not_written(self, error: OSError) -> None:
        """Says why there is no file."""
        name = Path(str(error.filename)).name if error.filename else "the file"
        reason = (error.strerror or "it cannot be written").lower()
        tell(self, "Not exported", f"{name} could not be written: {reason}. Choose another folder.")

    def _show_money_words(self) -> None:
        """Shows all that is said of money."""
        if self._answers is not None:
            from pathway_modeller.report.words.money import money_page

            dialog = TextDialog(self, "Money in words", money_page(self._answers))
            dialog.exec()
            dialog.deleteLater()

    def _show_counted(self) -> None:
        """Says what the measures of the chart on show count, and whom."""
        made = self._drawings.kept(self._shown) if self._shown is not None else None
        if made is not None and self._shown is not None:
            title = self._kinds[self._shown.place].title
            dialog = TextDialog(self, "What is counted", definitions_page(title, made.measures))
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
