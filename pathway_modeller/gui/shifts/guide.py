"""Beside the board: what can be done next, and instead of it where there is nothing to draw on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from pathway_modeller.gui.empty_state import block_in_the_middle
from pathway_modeller.gui.plain import Label, literal, plain_tip
from pathway_modeller.gui.shifts.cards import Card
from pathway_modeller.gui.shifts.words import arrow_words
from pathway_modeller.scenario.document import Option, Pathway
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.words.sentences import elided

_MOST_OPTIONS = 6
_LONGEST = 36
"""Letters of a name on a button."""
_HOW = (
    "Press on the box of a pool and drag to another: money moves along the arrow, and whole units of "
    "capacity open and close with it. By keys: choose a box with the arrow keys and press S."
)


class Guide(QWidget):
    """Says how to draw, or what can be done with the box chosen; lists the shifts there are.

    Signals:
        start_wanted: a shift is to begin at a pool.
        cost_wanted: the pool is to be given its cost.
        shift_wanted: a shift is to be shown.
        pool_wanted: another capacity pool is to be made.
    """

    start_wanted = Signal(str)
    cost_wanted = Signal(str)
    shift_wanted = Signal(str)
    pool_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Makes words and buttons."""
        super().__init__(parent)
        self._pool = ""
        self._head = Label()
        self._head.setStyleSheet("font-size: 12pt; font-weight: 600;")
        self._head.setWordWrap(True)
        self._words = Label()
        self._words.setObjectName("guide-words")
        self._words.setWordWrap(True)
        self._start = QPushButton("New shift from here (S)")
        self._start.setObjectName("shift-start")
        self._start.setProperty("primary", True)
        self._start.clicked.connect(lambda: self.start_wanted.emit(self._pool))
        self._cost = QPushButton("Give what a unit costs")
        self._cost.setObjectName("shift-cost")
        self._cost.clicked.connect(lambda: self.cost_wanted.emit(self._pool))
        self._lonely = Label(
            "There is only one capacity pool. Money can come from outside and go there; make another pool in "
            "this option to move it between two."
        )
        self._lonely.setObjectName("lonely")
        self._lonely.setWordWrap(True)
        self._another = QPushButton("Make another pool")
        self._another.setObjectName("make-pool")
        self._another.clicked.connect(self.pool_wanted)
        self._listed = QVBoxLayout()
        self._listed.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._words)
        column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._cost, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lonely)
        column.addWidget(self._another, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._listed)
        column.addStretch(1)

    def show_state(self, card: Card | None, shifts: Mapping[str, Shift], pathway: Pathway) -> None:
        """Shows what can be done with a box, or with none chosen."""
        self._pool = card.key if card is not None else ""
        self._start.setVisible(card is not None)
        self._cost.setVisible(card is not None and bool(card.key) and card.unit_cost is None)
        if card is None:
            self._head.setText("Draw an investment shift")
            self._words.setText(_HOW)
        else:
            self._head.setText(card.name)
            self._words.setText(_pool_words(card))
        _clear(self._listed)
        if shifts:
            title = Label("Shifts of this option")
            title.setStyleSheet("font-weight: 600; padding-top: 8px;")
            self._listed.addWidget(title)
        for key, shift in shifts.items():
            button = QPushButton(literal(elided(shift.name, _LONGEST)))
            button.setObjectName(f"show-shift-{key}")
            button.setToolTip(plain_tip(arrow_words(shift, pathway)))
            button.clicked.connect(lambda _=False, wanted=key: self.shift_wanted.emit(wanted))
            self._listed.addWidget(button)

    def offer_pool(self, wanted: bool) -> None:
        """Offers to make another pool, where there is only one."""
        self._lonely.setVisible(wanted)
        self._another.setVisible(wanted)


def _pool_words(card: Card) -> str:
    """Returns what a box says, a line each, and what is missing."""
    if not card.key:
        return "A shift from here is money found elsewhere; a shift to here is money taken out."
    lines = [card.units_words]
    if card.unit_cost is None:
        lines.append("No cost yet: pounds do not say how many units open or close until you give it.")
    else:
        lines += card.lines[1:]
        lines.append(f"In {card.unit_cost.price_year} prices.")
    if card.units is None:
        lines.append("No number of units: none can be opened or closed until you give it.")
    if card.block > 1:
        lines.append(f"Closed in blocks of {card.block}: the cost leaves only with a whole block.")
    return "\n".join(lines)


class NextStep(QWidget):
    """Says what to do where there is nothing to draw on.

    Signals:
        option_wanted: an option is to be made.
        variant_wanted: an option is to be shown.
        pathway_wanted: the drawing of the pathway is to be shown.
    """

    option_wanted = Signal()
    variant_wanted = Signal(str)
    pathway_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Makes words; buttons follow."""
        super().__init__(parent)
        self._head = Label()
        self._head.setStyleSheet("font-size: 15pt; font-weight: 600;")
        self._head.setWordWrap(True)
        self._words = Label()
        self._words.setObjectName("next-words")
        self._words.setWordWrap(True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        inner = block_in_the_middle(self)
        inner.addWidget(self._head)
        inner.addWidget(self._words)
        inner.addLayout(self._buttons)

    def show_state(self, options: Mapping[str, Option], *, on_baseline: bool) -> None:
        """Shows why nothing can be drawn here, and what can be done."""
        _clear(self._buttons)
        if on_baseline:
            self._head.setText("Investment shifts belong to options")
            self._words.setText(
                "This is the baseline, the pathway as it is. A shift moves money between capacity pools in "
                "an option that is laid against it."
            )
            for key, option in list(options.items())[:_MOST_OPTIONS]:
                self._button(f"show-{key}", f"Show “{option.name}”", primary=False).clicked.connect(
                    lambda _=False, wanted=key: self.variant_wanted.emit(wanted)
                )
            make = self._button("make-option", "Make an option", primary=not options)
            make.clicked.connect(self.option_wanted)
            return
        self._head.setText("There is no capacity pool yet")
        self._words.setText(
            "A shift moves money between capacity pools: staff, rooms, slots, beds. Draw an activity, and "
            "say in the inspector which capacity it needs and what a unit of it costs."
        )
        self._button("go-pathway", "Go to the pathway", primary=True).clicked.connect(self.pathway_wanted)

    def show_return(self, pool: str, variant: str, option: str) -> None:
        """Shows the way back to a shift of an option, left to give a pool of the baseline its cost."""
        _clear(self._buttons)
        self._head.setText(f"Give the cost of {pool}")
        self._words.setText(
            "Type at the right what a unit costs. It is given in the baseline, so that every option has it."
        )
        button = self._button("go-on", f"Go on with the shift in “{option}”", primary=True)
        button.clicked.connect(lambda: self.variant_wanted.emit(variant))

    def _button(self, name: str, text: str, *, primary: bool) -> QPushButton:
        """Adds a button."""
        button = QPushButton(literal(elided(text, _LONGEST)))
        button.setToolTip(plain_tip(text))
        button.setObjectName(name)
        button.setProperty("primary", primary)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def take_keyboard(self) -> None:
        """Gives the keyboard to the first button."""
        item = self._buttons.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _clear(layout: QLayout) -> None:
    """Takes every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
