"""The page "Investment shifts": the board, the form beside it, and the timeline below."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.inspector.price_year import proposed_price_year, usual_price_year
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.shifts.board import Board
from pathway_modeller.gui.shifts.cards import Card, cards
from pathway_modeller.gui.shifts.form import ShiftForm
from pathway_modeller.gui.shifts.guide import Guide, NextStep
from pathway_modeller.gui.shifts.months import LastUse, timeline
from pathway_modeller.gui.shifts.timeline import TimelineStrips
from pathway_modeller.gui.shifts.words import told
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.decided import remove_decided, with_decided
from pathway_modeller.scenario.edits.ids import fresh_id
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import Money

if TYPE_CHECKING:
    from pathway_modeller.gui.results.controller import RunController

_DRAFT = "new-shift"
"""The id of a shift that is not made yet; a made one gets its own."""


@dataclass(frozen=True)
class Kept:
    """A shift that was left to give a pool its cost.

    Attributes:
        variant: the option that it is of.
        editing: its id.
        shift: as it was typed; None if it could not be read.
        pool: the name of the pool that needs a cost.
        touched: whether somebody had typed or chosen something.
    """

    variant: str
    editing: str | None
    shift: Shift | None
    pool: str
    touched: bool


class ShiftPage(QWidget):
    """Shows the pools and shifts of the option shown, and lets people draw shifts.

    Signals:
        open_wanted: a record that somebody wants to see in the inspector.
        cost_wanted: a pool whose cost somebody wants to give.
        pool_wanted: somebody wants another capacity pool.
        option_wanted: somebody wants to make an option.
        pathway_wanted: somebody wants to go to the drawing of the pathway.
        message: a sentence for the status bar.
    """

    open_wanted = Signal(object)
    cost_wanted = Signal(str)
    pool_wanted = Signal()
    option_wanted = Signal()
    pathway_wanted = Signal()
    message = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self.setObjectName("shift-page")
        self._document = document
        self._runs: RunController | None = None
        self._cards: tuple[Card, ...] = ()
        self._editing: str | None = None
        self._proposed: tuple[str, str] = ("", "")
        self._kept: Kept | None = None
        self.board = Board()
        self.form = ShiftForm()
        self.guide = Guide()
        self.strips = TimelineStrips()
        self.next = NextStep()
        self._pages = QStackedWidget()
        self._lay_out()
        self._observe()

    def _lay_out(self) -> None:
        """The board over the timeline, form or guide beside them."""
        self._room = QScrollArea()
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidget(self.board)
        self._room.viewport().installEventFilter(self)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self._room)
        down.addWidget(self.strips)
        down.setChildrenCollapsible(False)
        down.setStretchFactor(0, 3)
        down.setStretchFactor(1, 2)
        down.setSizes([330, 250])
        self._side = QStackedWidget()
        self._side.setFixedWidth(304)
        for widget in (self.guide, self.form):
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(widget)
            self._side.addWidget(area)
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(down, 1)
        across.addWidget(self._side)
        self._pages.addWidget(both)
        self._pages.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _observe(self) -> None:
        """Follows the document and the person."""
        document = self._document
        document.scenario_changed.connect(self._look)
        document.variant_changed.connect(self._come)
        document.opened.connect(self._forget)
        board, form = self.board, self.form
        board.pool_chosen.connect(self._show_pool)
        board.shift_chosen.connect(self._show_shift)
        board.drawn.connect(self._propose)
        board.start_wanted.connect(self._start_from)
        board.remove_wanted.connect(self._remove)
        board.let_go.connect(self._let_go)
        board.given_up.connect(self._leave)
        form.changed.connect(self._tell)
        form.accepted.connect(self._accept)
        form.given_up.connect(self._given_up)
        form.remove_wanted.connect(lambda: self._remove(self._editing or ""))
        form.cost_wanted.connect(self._ask_cost)
        form.more_wanted.connect(self._show_more)
        self.guide.start_wanted.connect(self._start_from)
        self.guide.cost_wanted.connect(self._ask_cost)
        self.guide.pool_wanted.connect(self.pool_wanted)
        self.guide.shift_wanted.connect(self._choose_shift)
        self.next.option_wanted.connect(self.option_wanted)
        self.next.pathway_wanted.connect(self.pathway_wanted)
        self.next.variant_wanted.connect(document.set_variant)
        document.typed.register(self, self)

    def follow_runs(self, controller: RunController) -> None:
        """Takes use of capacity from the results of a controller from now on."""
        self._runs = controller
        controller.results_changed.connect(self._look)
        controller.staleness_changed.connect(lambda _stale: self._look())

    # What is shown -----------------------------------------------------------------------------------

    @property
    def _shifts(self) -> dict[str, Shift]:
        """The shifts of the option shown."""
        option = self._document.scenario.options.get(self._document.variant)
        return dict(option.shifts) if option is not None else {}

    def _look(self) -> None:
        """Shows the scenario as it is now, if anybody looks."""
        if not self.isVisible():
            return
        document = self._document
        scenario, pathway = document.scenario, document.pathway
        if document.variant == BASELINE or not pathway.pools:
            self._editing = None
            self._show_next()
            self._pages.setCurrentIndex(1)
            return
        self._pages.setCurrentIndex(0)
        self._cards = cards(pathway, self._shifts, scenario.money, scenario.run)
        self.board.show_all(self._cards, self._shifts, pathway)
        if self._editing not in (None, _DRAFT) and self._editing not in self._shifts:
            self._editing = None
        self._show_side()

    def _show_next(self) -> None:
        """Says what can be done where nothing can be drawn."""
        kept, options = self._kept, self._document.scenario.options
        if self._document.variant == BASELINE and kept is not None and kept.variant in options:
            self.next.show_return(kept.pool, kept.variant, options[kept.variant].name)
            return
        self.next.show_state(options, on_baseline=self._document.variant == BASELINE)

    def _show_side(self) -> None:
        """Shows the form while a shift is made or edited, else what is chosen."""
        if self._editing is not None:
            self._side.setCurrentIndex(1)
            if self._editing != _DRAFT:
                shift = self._shifts[self._editing]
                self.board.choose(shift=self._editing)
                if not self.form.holds(shift):
                    self.form.show_shift(shift, self._cards, self._price_year(), new=False)
            self._tell()
            return
        self._side.setCurrentIndex(0)
        pool = self.board.chosen_pool
        card = self.board.card(pool) if pool is not None else None
        self.guide.show_state(card, self._shifts, self._document.pathway)
        self.guide.offer_pool(len(self._document.pathway.pools) == 1)
        first = next(iter(self._shifts), None)
        self._show_timeline(first, self._shifts)

    def _show_timeline(self, key: str | None, shifts: dict[str, Shift]) -> None:
        """Shows a shift month by month."""
        from pathway_modeller.gui.shifts.months import Timeline

        scenario = self._document.scenario
        shown = (
            Timeline()
            if key is None
            else timeline(key, shifts, self._document.pathway, scenario.money, scenario.run, self._last_use())
        )
        self.strips.show_timeline(shown)

    def _last_use(self) -> LastUse | None:
        """Returns use in the last run, if this option was run."""
        runs, variant = self._runs, self._document.variant
        if (
            runs is None
            or runs.results is None
            or runs.scenario is None
            or variant not in runs.results.variants
        ):
            return None
        return LastUse(runs.results.series, variant, runs.scenario, runs.is_stale)

    def _price_year(self) -> str | None:
        """Returns the year of prices where none is typed."""
        return usual_price_year(self._document.scenario, self._document.pathway)

    def _show_pool(self, pool: str) -> None:
        """Shows what can be done with the box chosen."""
        self._document.typed.leave("selection")
        self._editing = None
        self.board.choose(pool=pool)
        self._show_side()

    def _choose_shift(self, key: str) -> None:
        """Chooses a shift from a list."""
        self.board.choose(shift=key)
        self._show_shift(key)

    def _show_shift(self, key: str) -> None:
        """Shows a shift to be edited."""
        if key == self._editing:
            return
        self._document.typed.leave("selection")
        self._editing = key
        self._show_side()

    def _show_more(self) -> None:
        """Shows all fields of the shift in the inspector."""
        self._document.typed.leave("selection")
        if self._editing not in (None, _DRAFT):
            steps = ("options", self._document.variant, "shifts", str(self._editing))
            self.open_wanted.emit(Subject("scenario", steps))

    def _ask_cost(self, pool: str) -> None:
        """Asks for a pool's cost, and keeps the shift for when somebody comes back from it."""
        if self._editing != _DRAFT:
            self._document.typed.leave("selection")
        name = self._document.pathway.pools[pool].name
        variant, editing, form = self._document.variant, self._editing, self.form
        # Nothing of it is taken in meanwhile: it goes on where it was.
        self._kept = Kept(variant, editing, form.draft().shift, name, form.is_touched)
        self._editing = None
        self.cost_wanted.emit(pool)
        if self._document.variant == variant:
            self._kept, self._editing = None, editing

    def _come(self, variant: str) -> None:
        """Shows another variant; the shift that was left for a cost goes on where it was."""
        self._leave()
        kept = self._kept
        if kept is None or kept.variant != variant:
            return
        self._kept = None
        if kept.editing == _DRAFT and kept.shift is not None and self.isVisible():
            ends = (kept.shift.origin or "", kept.shift.target or "")
            if all(not end or end in self._document.pathway.pools for end in ends):
                self._begin(kept.shift, ends)
        elif kept.editing in self._shifts:
            self._choose_shift(str(kept.editing))

    def _forget(self) -> None:
        """Begins anew with another scenario."""
        self._kept = None
        self._leave()

    def _leave(self) -> None:
        """Chooses nothing any more; what was typed in the form is given up."""
        self._editing = None
        self.board.choose()
        self._look()

    def _let_go(self) -> None:
        """Chooses nothing any more; what was typed in the form is taken in."""
        self._document.typed.leave("selection")
        self._leave()

    def _given_up(self) -> None:
        """Leaves the form; the keyboard goes back to the board."""
        self._leave()
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    # Making ------------------------------------------------------------------------------------------

    def _start_from(self, pool: str) -> None:
        """Begins a shift at a pool; where it goes is chosen from the list."""
        others = [card.key for card in self._cards if card.key != pool]
        self._propose(pool, others[0] if others else "", field="to")

    def _propose(self, origin: str, target: str, field: str = "amount") -> None:
        """Shows a form for a new shift."""
        self._document.typed.leave("selection")
        shift = Shift.model_validate(
            {
                "name": self._name(origin, target),
                "from": origin or None,
                "to": target or None,
                "amount": self._least(origin, target).model_dump(),
                "starts": self._first_counted_day(),
            }
        )
        self._begin(shift, (origin, target), field)

    def _first_counted_day(self) -> dt.date:
        """Returns the first day after the warm-up period, from which months are compared."""
        run = self._document.scenario.run
        return run.start_date + dt.timedelta(days=math.ceil(run.warm_up.days))

    def _begin(self, shift: Shift, ends: tuple[str, str], field: str = "amount") -> None:
        """Shows the form of a shift that is still to be made."""
        self._editing, self._proposed = _DRAFT, ends
        self.board.choose(pool=ends[0])
        self.form.show_shift(shift, self._cards, self._price_year(), new=True)
        self._side.setCurrentIndex(1)
        self._tell()
        self.form.take_keyboard(field)

    def _name(self, origin: str, target: str) -> str:
        """Returns a name from both ends."""
        names = {card.key: card.name for card in self._cards if card.key}
        if origin and target:
            return f"{names[origin]} to {names[target]}"
        return f"New money for {names[target]}" if target else f"Out of {names.get(origin, '')}"

    def _least(self, origin: str, target: str) -> Money:
        """Returns the cost of one block, or one unit, of the pool that money is taken from, else put into."""
        for card in (self.board.card(origin), self.board.card(target)):
            if card.key and card.unit_cost is not None:
                whole = math.ceil(card.unit_cost.value * card.block)
                return card.unit_cost.model_copy(update={"value": float(whole)})
        return Money(value=0, price_year=proposed_price_year(self._document.scenario, self._document.pathway))

    def _tell(self) -> None:
        """Says what the shift in the form does, and shows it month by month."""
        if self._editing is None:
            return
        self._follow_ends()
        draft = self.form.draft()
        if draft.shift is None:
            self.form.show_told(None, draft.faults)
            return
        scenario, pathway = self._document.scenario, self._document.pathway
        shifts = {**self._shifts, self._editing: draft.shift}
        self.form.show_told(told(self._editing, shifts, pathway, scenario.money, scenario.run), {})
        self._cards = cards(pathway, shifts, scenario.money, scenario.run)
        self.board.show_all(self._cards, shifts, pathway)
        self.board.choose(shift=self._editing)
        self._show_timeline(self._editing, shifts)

    def _follow_ends(self) -> None:
        """Proposes name and amount anew if other pools are chosen and both are still as proposed."""
        ends = self.form.ends()
        if self._editing != _DRAFT or ends == self._proposed or ends[0] == ends[1]:
            return
        before, self._proposed = self._proposed, ends
        if self.form.text("name") == self._name(*before):
            self.form.set_name(self._name(*ends))
        if self.form.text("amount").split(" ")[0] == f"{self._least(*before).value:.0f}":
            self.form.set_amount(self._least(*ends))

    # What is typed -----------------------------------------------------------------------------------

    def half_typed(self) -> Iterator[Typed]:
        """Returns the shift that somebody is at work on, and one that waits for the cost of a pool."""
        if self._editing is not None and self.form.is_touched:
            yield Typed(f"Shift “{self.form.text('name')}”", self._take_in)
        kept = self._kept
        if kept is not None and kept.editing == _DRAFT and kept.touched:
            name = kept.shift.name if kept.shift is not None else "New shift"
            why = f"it is not made yet, as the cost of {kept.pool} is still to be given."
            yield Typed(f"Shift “{name}”", lambda: why, "file")

    def _take_in(self) -> str:
        """Makes the shift, or keeps its changes; returns why a field cannot be read."""
        faults = self._keep()
        return " ".join(faults.values())

    def _accept(self) -> None:
        """Makes the shift, or keeps its changes, as somebody asks for; the keyboard goes to the board."""
        if self._editing is None or self._keep():
            return
        self._show_side()
        self.message.emit(f"{self.form.text('name')}: kept. Ctrl+Z takes it back.")
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> dict[str, str]:
        """Makes the shift, or keeps its changes, as one step to undo; returns what cannot be read."""
        draft = self.form.draft()
        if draft.shift is None or self._editing is None:
            return draft.faults
        shift, variant, shifts = draft.shift, self._document.variant, self._shifts
        new = self._editing == _DRAFT
        key = fresh_id(shift.name, {*shifts, _DRAFT}) if new else self._editing
        label = f"draw shift {shift.name}" if new else f"change shift {shift.name}"

        def change(scenario: Scenario) -> Scenario:
            return with_decided(scenario, "shifts", {**shifts, key: shift}, variant)

        self._editing = key
        # The form shows what is kept from now on.
        self.form.show_shift(shift, self._cards, self._price_year(), new=False)
        if shifts.get(key) != shift:
            self._document.edit_scenario(label, change)
        return {}

    def _remove(self, key: str) -> None:
        """Deletes a shift, as one step to undo."""
        if key not in self._shifts:
            return
        name, variant = self._shifts[key].name, self._document.variant
        self._editing = None
        self.board.choose()
        self._document.edit_scenario(
            f"delete shift {name}", lambda scenario: remove_decided(scenario, "shifts", key, variant)
        )
        self.message.emit(f"{name} deleted. Ctrl+Z takes it back.")
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def hands(self) -> ShiftHands:
        """What the menu Edit acts on while this page is shown."""
        return ShiftHands(self)

    def remove_chosen(self) -> None:
        """Deletes the shift chosen, if one is."""
        self._remove(self.board.chosen_shift or "")

    # Qt ----------------------------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Gives the keyboard to the board, or to the next step."""
        if self._pages.currentIndex() == 0:
            self.board.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with the scenario."""
        super().showEvent(event)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the board use the room there is."""
        if watched is self._room.viewport() and event.type() == QEvent.Type.Resize:
            self.board.fit()
        return super().eventFilter(watched, event)


class ShiftHands:
    """What the menu Edit can do with shifts: delete the one chosen; the table takes a paste."""

    def __init__(self, page: ShiftPage) -> None:
        """Acts on a page."""
        self._page = page

    def cut(self) -> None:
        """Says where shifts are copied and pasted."""
        self._page.message.emit("Shifts are cut, copied and pasted in the tables of Population and money.")

    copy = paste = select_all = cut

    def delete(self) -> None:
        """Deletes the shift chosen."""
        self._page.remove_chosen()
