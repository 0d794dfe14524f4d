"""The page "Triangle of need": people and money by need tier, with a slider over the years."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.empty_state import block_in_the_middle
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.triangle.picture import TrianglePicture
from pathway_modeller.gui.triangle.years import Years, planned_years, simulated_years
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.gui.results.controller import RunController

EXPECTED, SIMULATED = "expected", "simulated"
_WORDS = {EXPECTED: "Expected, without patients", SIMULATED: "Simulated in the last run"}


class TrianglePage(QWidget):
    """Shows the triangles of the baseline and of the option shown.

    Signals:
        tables_wanted: somebody wants to enter people.
    """

    tables_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self.setObjectName("triangle-page")
        self._document = document
        self._runs: RunController | None = None
        self._desk = Desk(self)
        self._asked: Future[Any] | None = None
        self._key: tuple[str, str | None, tuple[str, ...], object] | None = None
        self._years = Years()
        self.hands = NoHands()
        self.picture = TrianglePicture()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._make_controls()
        self._lay_out()
        document.scenario_changed.connect(self._look)
        document.variant_changed.connect(lambda _variant: self._look())
        document.opened.connect(self._look)

    def _make_controls(self) -> None:
        """Makes the slider, the words and the choices."""
        self.slider.setObjectName("year-slider")
        self.slider.setAccessibleName("Year")
        self.slider.setToolTip("Arrow keys go a year on or back, Page keys five years")
        self.slider.setPageStep(5)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.valueChanged.connect(self._turn)
        self._year = _label("year-shown", bold=True)
        self._year.setMinimumWidth(300)
        self._source = QComboBox()
        self._source.setObjectName("triangle-source")
        self._source.setAccessibleName("Where the figures come from")
        self._source.currentIndexChanged.connect(lambda _place: self._look())
        self._bands = QComboBox()
        self._bands.setObjectName("triangle-band")
        self._bands.setAccessibleName("Age band")
        self._bands.currentIndexChanged.connect(lambda _place: self._look())
        only_with_keyboard(self.slider, self._source, self._bands)
        self._headline = _label("triangle-message", bold=True, size="13pt")
        self._subtitle = _label("triangle-subtitle")
        self._foot = _label("triangle-source-line")
        self._foot.setProperty("hint", True)
        self._subtitle.setProperty("hint", True)
        self._note = _label("triangle-note")
        self._note.setStyleSheet(f"color: {theme.WARNING};")
        self._empty = _label("triangle-empty")
        self._enter = QPushButton("Enter people and need tiers")
        self._enter.setObjectName("enter-people")
        self._enter.setProperty("primary", True)
        self._enter.clicked.connect(self.tables_wanted)

    def _lay_out(self) -> None:
        """Words above, picture in the middle, slider right under the words, source below."""
        controls = QHBoxLayout()
        controls.setSpacing(10)
        name = Label("&Year")
        name.setBuddy(self.slider)
        controls.addWidget(name)
        controls.addWidget(self.slider, 1)
        controls.addWidget(self._year)
        controls.addWidget(self._source)
        controls.addWidget(self._bands)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.picture)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setStyleSheet("background: white;")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(5)
        for widget in (self._headline, self._subtitle):
            column.addWidget(widget)
        column.addLayout(controls)
        column.addWidget(self._note)
        column.addWidget(area, 1)
        column.addWidget(self._foot)
        nothing = QWidget()
        inner = block_in_the_middle(nothing)
        inner.addWidget(self._empty)
        inner.addWidget(self._enter, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedWidget()
        self._pages.addWidget(shown)
        self._pages.addWidget(nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    # What is shown -----------------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether the years are being worked out."""
        return self._desk.is_busy

    @property
    def years(self) -> Years:
        """What the slider goes over."""
        return self._years

    def follow_runs(self, controller: RunController) -> None:
        """Offers the results of a controller from now on."""
        self._runs = controller
        controller.results_changed.connect(self._look)
        controller.staleness_changed.connect(lambda _stale: self._look())

    def close_desk(self) -> None:
        """Stops working out, for good."""
        self._desk.close()

    def _look(self) -> None:
        """Shows what the scenario says now, if anybody looks."""
        if not self.isVisible():
            return
        pathway = self._document.pathway
        if not pathway.need_tiers or not pathway.footprints:
            self._drop()
            self._key = None
            self._say_empty(
                "The triangle of need shows how many people live with which need, and where the money goes. "
                "Enter need tiers and footprints, and how many people of each tier live in each footprint.",
                enter=True,
            )
            return
        self._offer()
        variant = self._document.variant
        variants = (BASELINE,) if variant == BASELINE else (BASELINE, variant)
        source, band = str(self._source.currentData()), self._bands.currentData() or None
        results = self._runs.results if self._runs is not None else None
        of = self._runs.scenario if self._runs is not None else None
        key = (source, band, variants, results if source == SIMULATED else self._document.scenario)
        self._show_note(variants, source)
        if self._key is not None and key[3] is self._key[3] and key[:3] == self._key[:3]:
            return
        self._key = key
        scenario = self._document.scenario
        if source == SIMULATED and results is not None and of is not None:
            if set(variants) <= set(results.variants):
                self._ask(lambda: simulated_years(results, of, variants, band))
            else:
                self._take(Years(problem="This option was not in the last run: run the comparison (F5)."))
            return
        self._ask(lambda: planned_years(scenario, variants, band))

    def _offer(self) -> None:
        """Offers the sources and age bands there are, and keeps what is chosen."""
        has = self._runs is not None and self._runs.results is not None
        sources = [(key, _WORDS[key]) for key in ((EXPECTED, SIMULATED) if has else (EXPECTED,))]
        bands = self._document.pathway.age_bands
        _fill(self._source, sources)
        _fill(self._bands, [("", "All ages"), *((key, band.name) for key, band in bands.items())])
        self._bands.setVisible(bool(bands))

    def _show_note(self, variants: tuple[str, ...], source: str) -> None:
        """Says what else could be shown, and what to know about the figures."""
        notes = list(self._years.notes) if source == EXPECTED else []
        option = self._document.scenario.options.get(variants[-1])
        if option is not None and self._years.same:
            notes.insert(
                0,
                f"“{option.name}” changes neither people nor spending by need tier, so that both triangles "
                "are the same; what it changes is on the pages Pathway and Results.",
            )
        if source == SIMULATED and self._runs is not None and self._runs.is_stale:
            notes.append("These figures are of the scenario before your last change: run it again (F5).")
        if len(variants) == 1 and self._document.scenario.options:
            notes.append("Choose an option above to lay it beside the baseline.")
        elif len(variants) == 1:
            notes.append("Make an option above to lay it beside the baseline.")
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))

    def _ask(self, work: Callable[[], Years]) -> None:
        """Has the years worked out beside the window's thread."""
        self._drop()
        if not self._years.sheets:
            self._say_empty("Working out the years…", enter=False)

        def then(years: Years) -> None:
            self._asked = None
            self._take(years)

        self._asked = self._desk.ask(work, then)

    def _drop(self) -> None:
        """Gives up what was asked for, if it has not begun."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _take(self, years: Years) -> None:
        """Shows other years, at the year shown before if there is one."""
        self._years = years
        if years.problem:
            self._say_empty(f"The triangle cannot be shown. {years.problem}", enter=True)
            return
        self._pages.setCurrentIndex(0)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(years.years) - 1)
        self.slider.setEnabled(len(years.years) > 1)
        variant = self._document.variant
        source = str(self._source.currentData())
        self._show_note((BASELINE,) if variant == BASELINE else (BASELINE, variant), source)
        self._turn(self.slider.value())

    def _turn(self, place: int) -> None:
        """Shows a year: everything is worked out already."""
        years = self._years
        if not 0 <= place < len(years.sheets):
            return
        sheet = years.sheets[place]
        self._year.setText(years.labels[place])
        self.slider.setAccessibleDescription(years.labels[place])
        self._headline.setText(sheet.heading.headline)
        self._subtitle.setText(sheet.heading.subtitle)
        self._foot.setText(sheet.heading.source)
        self.picture.show_sheet(sheet, years.most)

    def _say_empty(self, words: str, *, enter: bool) -> None:
        """Says why there is no triangle, and what can be done."""
        self._years = Years()
        self._empty.setText(words)
        self._enter.setVisible(enter)
        self._pages.setCurrentIndex(1)

    # Qt ----------------------------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Gives the keyboard to the slider."""
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with the scenario."""
        super().showEvent(event)
        self._look()


class NoHands:
    """There is nothing to cut, copy, paste or delete."""

    def cut(self) -> None:
        """Does nothing."""

    copy = paste = delete = select_all = cut


def _label(name: str, *, bold: bool = False, size: str = "") -> QLabel:
    """Returns a label that can be copied from."""
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    weight = "font-weight: 600;" if bold else ""
    label.setStyleSheet(f"{weight}{f' font-size: {size};' if size else ''}")
    return label


def _fill(combo: QComboBox, entries: list[tuple[str, str]]) -> None:
    """Offers other entries, and keeps the one chosen if it is still there."""
    if [combo.itemData(place) for place in range(combo.count())] == [key for key, _ in entries]:
        return
    kept = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for key, words in entries:
            combo.addItem(words, key)
        combo.setCurrentIndex(max(combo.findData(kept), 0))
