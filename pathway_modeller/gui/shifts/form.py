"""The fields of a shift: what is typed, read at once, with what follows from it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from pydantic import ValidationError
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.actions import is_escape_asked
from pathway_modeller.gui.inspector.editors.inputs import ReadLine
from pathway_modeller.gui.inspector.mistakes import sentences
from pathway_modeller.gui.plain import Label, literal, plain_tip
from pathway_modeller.gui.shifts.cards import OUTSIDE, Card
from pathway_modeller.gui.shifts.words import Told
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.typed.dates import DAY, day_text, read_day
from pathway_modeller.scenario.typed.durations import DURATION, duration_words, read_duration
from pathway_modeller.scenario.typed.money import money_words, pounds_words, read_money
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty
from pathway_modeller.scenario.values import Duration, Money
from pathway_modeller.scenario.words.sentences import elided

_ELSEWHERE = "Money found elsewhere"
_OUT = "Money taken out"
_LONGEST = 34
"""Letters that fit a button."""

_FIELDS: tuple[tuple[str, str, str, str], ...] = (
    ("amount", "&Pounds a year", "£250,000", "Pounds a year that move once the ramp is complete"),
    ("starts", "&Starts", "01/04/2026", "The day on which money begins to move"),
    ("ramp", "Ra&mp", "none; or 6 months", "Time in which the amount grows evenly to its whole"),
    (
        "recruitment_lag",
        "Recruitment &lag",
        "none; or 3 months",
        "From money put in to capacity open; it is paid for only once it is open",
    ),
    (
        "double_running",
        "&Double running",
        "none; or 3 months",
        "How much later the old capacity closes than the money begins to move",
    ),
    ("set_up", "Set-&up cost", "none; or £20,000", "Once, on the first day"),
)
"""Field, label, what could stand there, and what it means; F, E, V, R and H open the window's menus."""

_POUNDS = ("amount", "set_up")


@dataclass(frozen=True)
class Draft:
    """What the fields say.

    Attributes:
        shift: the shift; None while a field cannot be read.
        faults: by field, why it cannot.
    """

    shift: Shift | None
    faults: dict[str, str]


class ShiftForm(QWidget):
    """Asks what a shift is; tells what it does while it is typed.

    Signals:
        changed: a field says something else.
        accepted: the shift is to be made, or kept as it now is.
        given_up: it is to be left as it was.
        remove_wanted: it is to go.
        more_wanted: the other fields of the shift are to be shown.
        cost_wanted: a pool is to be given its cost.
    """

    changed = Signal()
    accepted = Signal()
    given_up = Signal()
    remove_wanted = Signal()
    more_wanted = Signal()
    cost_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Makes the fields."""
        super().__init__(parent)
        self.setObjectName("shift-form")
        self._base = Shift(name="-", amount=Money(value=0, price_year="2024/25"), starts=dt.date(2024, 1, 1))
        self._year: str | None = None
        self._costless: dict[str, Card] = {}
        self._lines: dict[str, ReadLine] = {}
        self._touched = False
        self._head = Label()
        self._head.setStyleSheet("font-size: 12pt; font-weight: 600;")
        self._head.setWordWrap(True)
        self._name = self._line("name", "Name", "What people call it")
        self._from = self._combo("shift-from", "From pool")
        self._to = self._combo("shift-to", "To pool")
        self._prices = Label()
        self._prices.setObjectName("shift-prices")
        self._prices.setProperty("hint", True)
        self._told = Label()
        self._told.setTextFormat(Qt.TextFormat.RichText)
        self._told.setObjectName("shift-told")
        self._told.setWordWrap(True)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = QPushButton()
        self._accept.setObjectName("shift-accept")
        self._accept.setProperty("primary", True)
        self._accept.clicked.connect(self._try)
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("shift-cancel")
        self._cancel.clicked.connect(self.given_up)
        self._remove = QPushButton("Delete")
        self._remove.setObjectName("shift-remove")
        self._remove.clicked.connect(self.remove_wanted)
        self._more = QPushButton("Notice, exit cost, payer…")
        self._more.setObjectName("shift-more")
        self._more.setFlat(True)
        self._more.setStyleSheet("QPushButton { border: 0; text-decoration: underline; color: #12436D; }")
        self._more.clicked.connect(self.more_wanted)
        self._lacks = ""
        self._cost = QPushButton()
        self._cost.setObjectName("form-cost")
        self._cost.clicked.connect(lambda: self.cost_wanted.emit(self._lacks))
        self._lay_out()

    def _lay_out(self) -> None:
        """Puts labels beside fields, and what follows below."""
        fields = QFormLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setVerticalSpacing(5)
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields.addRow("&Name", self._name)
        fields.addRow("Fr&om", self._from)
        fields.addRow("&To", self._to)
        for key, label, example, tip in _FIELDS:
            line = self._line(key, label.replace("&", ""), tip)
            line.setPlaceholderText(example)
            fields.addRow(label, line)
            if key == "amount":
                fields.addRow("", self._prices)
        buttons = QHBoxLayout()
        buttons.addWidget(self._accept)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(fields)
        column.addLayout(buttons)
        column.addWidget(self._told)
        column.addWidget(self._cost, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _line(self, key: str, name: str, tip: str) -> ReadLine:
        """Returns a line to type into; Enter takes the shift."""
        line = ReadLine()
        line.setObjectName(f"shift-{key}")
        line.setAccessibleName(name)
        line.setToolTip(plain_tip(tip))
        line.understands = lambda text: self._understood(key, text)
        line.textEdited.connect(self._touch)
        line.textChanged.connect(lambda _text: self.changed.emit())
        line.returnPressed.connect(self._try)
        self._lines[key] = line
        return line

    def _combo(self, name: str, spoken: str) -> QComboBox:
        """Returns a list of pools."""
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(spoken)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(9)
        only_with_keyboard(combo)
        combo.activated.connect(self._touch)
        combo.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return combo

    @property
    def is_touched(self) -> bool:
        """Whether somebody has typed or chosen something since the shift was shown."""
        return self._touched

    def holds(self, shift: Shift) -> bool:
        """Tells whether somebody is at work on a shift, which is still what it was when it was shown."""
        return self._touched and self._base == shift

    def _touch(self, _what: object) -> None:
        """Remembers that somebody is at work."""
        self._touched = True

    # What is shown -----------------------------------------------------------------------------------

    def show_shift(self, shift: Shift, cards: Sequence[Card], price_year: str | None, *, new: bool) -> None:
        """Shows a shift.

        Args:
            shift: as it is, or as it is proposed.
            cards: the pools there are.
            price_year: of pounds without one; None if it has to be typed.
            new: whether it is still to be made.
        """
        self._base, self._year, self._touched = shift, price_year, False
        self._prices.setText(f"taken as {price_year} prices" if price_year else "")
        self._prices.setToolTip("For prices of another year type it too, such as £250,000 (2024/25)")
        self._prices.setVisible(price_year is not None)
        self._head.setText("New shift" if new else "Investment shift")
        self._accept.setText("Make the shift" if new else "Keep")
        self._remove.setVisible(not new)
        self._more.setVisible(not new)
        pools = [card for card in cards if card.key]
        self._costless = {card.key: card for card in pools if card.unit_cost is None}
        with self._quiet():
            for combo, outside, end in (
                (self._from, _ELSEWHERE, shift.origin),
                (self._to, _OUT, shift.target),
            ):
                combo.clear()
                for card in pools:
                    combo.addItem(card.name, card.key)
                combo.addItem(outside, OUTSIDE)
                combo.setCurrentIndex(combo.findData(end or OUTSIDE))
            for key, text in self._texts(shift).items():
                self._lines[key].setText(text)
                self._lines[key].setCursorPosition(0)
        self.changed.emit()

    def _texts(self, shift: Shift) -> dict[str, str]:
        """Returns what stands in each line."""
        return {
            "name": shift.name,
            "amount": self._pounds(shift.amount),
            "starts": day_text(shift.starts),
            "ramp": _length(shift.ramp),
            "recruitment_lag": _length(shift.recruitment_lag),
            "double_running": _length(shift.double_running),
            "set_up": self._pounds(shift.set_up) if shift.set_up is not None else "",
        }

    def _pounds(self, money: Money) -> str:
        """Returns pounds as they are typed."""
        if money.price_year == self._year:
            return pounds_words(money.value)
        return money_words(money.value, money.price_year)

    def _quiet(self) -> _Quiet:
        """Keeps the fields from telling of changes meanwhile."""
        return _Quiet([*self._lines.values(), self._from, self._to])

    def show_told(self, told: Told | None, faults: dict[str, str]) -> None:
        """Shows what the shift does, or what is wrong with it."""
        lacking = [self._costless[end] for end in self.ends() if end in self._costless]
        self._lacks = lacking[0].key if lacking else ""
        self._cost.setVisible(bool(lacking))
        self._cost.setText(
            literal(elided(f"Give the cost of {lacking[0].name}", _LONGEST)) if lacking else ""
        )
        for key, line in self._lines.items():
            line.setStyleSheet("QLineEdit { border: 2px solid #A8170D; }" if key in faults else "")
        problems = list(faults.values()) or list(told.problems if told else ())
        does = told.does if told is not None and not faults else ""
        parts = [f"<p style='color:#A8170D'>⚠ {escape(each)}</p>" for each in problems]
        if does:
            parts.insert(0, f"<p>{escape(does)}</p>")
        self._told.setText("".join(parts))
        self._accept.setEnabled(not faults)

    def told_words(self) -> str:
        """Returns what is said of the shift, without marks."""
        from PySide6.QtGui import QTextDocumentFragment

        return QTextDocumentFragment.fromHtml(self._told.text()).toPlainText()

    def take_keyboard(self, field: str = "amount") -> None:
        """Gives the keyboard to a field, with all of it selected; "to" is the list of pools."""
        if field == "to":
            self._to.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._lines[field].setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines[field].selectAll()

    def ends(self) -> tuple[str, str]:
        """Returns the ids of the pools chosen, "" for outside."""
        return str(self._from.currentData() or ""), str(self._to.currentData() or "")

    def set_amount(self, money: Money) -> None:
        """Proposes another amount."""
        self._lines["amount"].setText(self._pounds(money))

    def set_name(self, name: str) -> None:
        """Proposes another name."""
        self._lines["name"].setText(name)

    def text(self, field: str) -> str:
        """Returns what stands in a field."""
        return self._lines[field].text()

    # Reading -----------------------------------------------------------------------------------------

    def _readers(self) -> dict[str, Callable[[str], object]]:
        """Returns by field how it is read."""
        return {
            "amount": self._read_pounds,
            "starts": read_day,
            "ramp": _read_time,
            "recruitment_lag": _read_time,
            "double_running": _read_time,
            "set_up": lambda text: None if is_empty(text) else self._read_pounds(text),
        }

    def _read_pounds(self, text: str) -> object:
        """Returns the money that a text says."""
        value, year = read_money(text, self._year)
        return {"value": value, "price_year": year}

    def _understood(self, key: str, text: str) -> str:
        """Returns how the text of a field is understood."""
        if key == "name" or is_empty(text):
            return ""
        if key == "starts":
            return DAY.understood(text)
        if key not in _POUNDS:
            return DURATION.understood(text)
        try:
            return f"= {money_words(*read_money(text, self._year))}"
        except Unreadable as why:
            return f"{why}."

    def draft(self) -> Draft:
        """Returns what the fields say."""
        faults: dict[str, str] = {}
        found: dict[str, object] = {}
        for key, read in self._readers().items():
            text = self.text(key)
            try:
                found[key] = read(text)
            except Unreadable as why:
                label = next(label for field, label, _, _ in _FIELDS if field == key).replace("&", "")
                example = "01/04/2026" if key == "starts" else "£250,000"
                faults[key] = (
                    f"{label}: type it, such as {example}." if is_empty(text) else f"{label}: {why}."
                )
        name = " ".join(self.text("name").split())
        if not name:
            faults["name"] = "Name: type what people call it."
        if faults:
            return Draft(None, faults)
        origin, target = self.ends()
        kept = self._base.model_dump(by_alias=True)
        given = {**kept, **found, "name": name, "from": origin or None, "to": target or None}
        try:
            return Draft(Shift.model_validate(given), {})
        except ValidationError as error:
            key = next((str(part) for part in error.errors()[0]["loc"] if part in self._lines), "amount")
            return Draft(None, {key: " ".join(sentences(error, Shift))})

    def _try(self) -> None:
        """Takes the shift if every field can be read."""
        if self._accept.isEnabled():
            self.accepted.emit()

    def event(self, event: QEvent) -> bool:
        """Takes Escape before the window does, which has another use for it while a run is under way."""
        if is_escape_asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Gives up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class _Quiet:
    """Blocks the signals of widgets for a while."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        """Remembers the widgets."""
        self._widgets = widgets
        self._blockers: list[QSignalBlocker] = []

    def __enter__(self) -> None:
        """Blocks."""
        self._blockers = [QSignalBlocker(widget) for widget in self._widgets]

    def __exit__(self, *_error: object) -> None:
        """Unblocks."""
        for blocker in self._blockers:
            blocker.unblock()


def _length(duration: Duration) -> str:
    """Returns a length of time as it is typed; nothing for none."""
    return duration_words((duration.value, duration.unit)) if duration.value else ""


def _read_time(text: str) -> object:
    """Returns the length of time that a text says; none where nothing is typed."""
    value, unit = (0, "days") if is_empty(text) else read_duration(text)
    return {"value": value, "unit": unit}
