"""The editors of values in order: rows of records, picked names, factors of a profile, lines of text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Adder, remove_button
from pathway_modeller.gui.inspector.editors.nested import default_of, is_one_line
from pathway_modeller.gui.inspector.editors.scalars import NONE, NumberEditor, TextEditor
from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import (
    Choice,
    FieldSpec,
    Json,
    Maybe,
    Nested,
    Number,
    Reference,
    Series,
    Text,
    fields_of,
    is_clock,
)
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.scenario.people import FIFTHS
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.months import SHORT_MONTHS

_MOST_COLUMNS = 3
_USUAL_HOURS = ("09:00", "17:00")
_FIFTHS = ("Most deprived", "2nd", "3rd", "4th", "Least deprived")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    """Takes every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class RowsEditor(Editor):
    """Records in order: a line each where the fields are few and short, a card each otherwise."""

    def __init__(self, kind: Series, scope: Scope) -> None:
        super().__init__()
        if not isinstance(kind.item, Nested):
            raise TypeError("rows are made of records")
        self._item = kind.item
        self._scope = scope
        self._rows: list[Editor] = []
        self._specs = fields_of(kind.item.record)
        self._flat = len(self._specs) <= _MOST_COLUMNS and all(is_one_line(s.kind) for s in self._specs)
        self._dense = False
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._add = QPushButton("Add")
        self._add.setObjectName("add")
        self._add.clicked.connect(self._added)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._body)
        column.addLayout(foot)
        self.setFocusProxy(self._add)
        self._body.hide()

    def make_dense(self) -> bool:
        """Leaves out the headings, if the rows are lines; the fields then say what they are on pointing."""
        self._dense = self._flat
        if self._dense:
            self._add.setText("+")
            self._add.setFixedWidth(32)
            self._add.setToolTip("Add another interval")
        return self._dense

    def set_title(self, title: str, description: str = "") -> None:
        """Names the button that adds a row."""
        super().set_title(title, description)
        self._add.setAccessibleName(f"Add to {title.lower()}")

    def value(self) -> Json:
        """Returns the records in order."""
        return [row.value() for row in self._rows]

    def show_value(self, value: Json) -> None:
        """Shows the records; rows are kept when their number is the same."""
        records = value if isinstance(value, list) else []
        if len(records) != len(self._rows):
            self._make_rows(len(records))
        for row, record in zip(self._rows, records, strict=True):
            row.show_value(record)
        self._body.setVisible(bool(records))

    def _make_rows(self, number: int) -> None:
        """Makes the rows anew."""
        _clear(self._column)
        self._rows = []
        if self._flat and number and not self._dense:
            self._column.addWidget(self.heading())
        for position in range(number):
            row = (
                LineOfFields(self._specs, self._scope)
                if self._flat
                else self._scope.make(self._item, self._scope)
            )
            row.setObjectName(str(position))
            row.committed.connect(self.committed)
            self._rows.append(row)
            self._column.addWidget(self._framed(row, position))

    def heading(self) -> QWidget:
        """Returns new titles to stand above the columns."""
        heading = QWidget()
        line = QHBoxLayout(heading)
        line.setContentsMargins(0, 0, 30, 0)
        line.setSpacing(4)
        for spec in self._specs:
            label = Label(spec.title)
            label.setToolTip(plain_tip(spec.help))
            line.addWidget(label, _stretch(spec))
        return heading

    def _framed(self, row: Editor, position: int) -> QWidget:
        """Returns a row with its remove button; a card gets a frame."""
        frame = QFrame()
        if not self._flat:
            frame.setFrameShape(QFrame.Shape.StyledPanel)
        line = QHBoxLayout(frame)
        margin = 0 if self._flat else 6
        line.setContentsMargins(margin, margin, 0, margin)
        line.setSpacing(2)
        remove = remove_button(f"row {position + 1}")
        remove.clicked.connect(lambda: self._remove(position))
        line.addWidget(row, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _added(self) -> None:
        """Adds a row like the last one, or a usual one; it counts at once if nothing has to be filled in."""
        values = [row.value() for row in self._rows]
        row = values[-1] if values else usual_row(self._item.record)
        self.show_value([*values, row])
        self._rows[-1].setFocus(Qt.FocusReason.TabFocusReason)
        needed = {s.key for s in self._specs if self._item.record.model_fields[s.name].is_required()}
        if isinstance(row, dict) and all(row.get(key) is not None for key in needed):
            self.committed.emit()

    def _remove(self, position: int) -> None:
        """Removes a row."""
        values = [row.value() for row in self._rows]
        del values[position]
        self.show_value(values)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.committed.emit()


def usual_row(record: type[Record]) -> Json:
    """Returns what a new row begins with: 09:00 to 17:00, the first choice, one of what is counted."""
    clocks = iter(_USUAL_HOURS)
    values: dict[str, Json] = {}
    for spec in fields_of(record):
        value = default_of(record, spec)
        if value is None and record.model_fields[spec.name].is_required():
            if is_clock(spec.kind):
                value = next(clocks, None)
            elif isinstance(spec.kind, Choice):
                value = spec.kind.options[0]
            elif isinstance(spec.kind, Number) and spec.kind.whole and spec.kind.low == 1:
                value = 1
        values[spec.key] = value
    return values


def _stretch(spec: FieldSpec) -> int:
    """Returns how much of a line a field takes: names more than numbers."""
    inner = spec.kind.inner if isinstance(spec.kind, Maybe) else spec.kind
    return 3 if isinstance(inner, Choice | Reference) else 2


class LineOfFields(Editor):
    """The few short fields of a record, side by side."""

    def __init__(self, specs: tuple[FieldSpec, ...], scope: Scope) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self._editors: dict[str, Editor] = {}
        for spec in specs:
            editor = scope.make(spec.kind, scope)
            editor.setObjectName(spec.key)
            editor.set_title(spec.title, spec.help)
            editor.committed.connect(self.committed)
            line.addWidget(editor, _stretch(spec))
            self._editors[spec.key] = editor
        self.setFocusProxy(next(iter(self._editors.values())))

    def value(self) -> Json:
        """Returns the record, without what is left empty."""
        values = {key: editor.value() for key, editor in self._editors.items()}
        return {key: value for key, value in values.items() if value is not None}

    def show_value(self, value: Json) -> None:
        """Shows a record."""
        given = value if isinstance(value, dict) else {}
        for key, editor in self._editors.items():
            editor.show_value(given.get(key))


class PickEditor(Editor):
    """Names picked from a list; each stands on its own line until it is removed."""

    def __init__(self, kind: Series, scope: Scope) -> None:
        super().__init__()
        self._item = kind.item
        self._scope = scope
        self._picked: list[str] = []
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._add = Adder()
        self._add.setObjectName("add")
        self._add.activated.connect(self._added)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._body)
        column.addWidget(self._add)
        self.setFocusProxy(self._add)
        self.show_value([])

    def value(self) -> Json:
        """Returns the ids or words picked."""
        return list(self._picked)

    def renew(self) -> None:
        """Offers what may be picked now."""
        self.show_value(self.value())

    def show_value(self, value: Json) -> None:
        """Shows what is picked, and offers the rest."""
        choices = self._choices()
        self._picked = [str(item) for item in value] if isinstance(value, list) else []
        _clear(self._grid)
        for row, key in enumerate(self._picked):
            name = choices.get(key, f"{key} (missing)")
            label = Label(name)
            label.setWordWrap(True)
            remove = remove_button(name)
            remove.clicked.connect(lambda _=False, gone=key: self._removed(gone))
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(remove, row, 1)
        self._body.setVisible(bool(self._picked))
        rest = [(key, name) for key, name in choices.items() if key not in self._picked]
        self._add.offer([(NONE, "Add…"), *rest])
        self._add.choose(NONE)
        self._add.setEnabled(bool(rest))

    def _choices(self) -> dict[str, str]:
        """Returns what may be picked, by id."""
        if isinstance(self._item, Reference):
            return dict(self._scope.choices(self._item.source))
        options = self._item.options if isinstance(self._item, Choice) else ()
        return {word: choice_words(word) for word in options}

    def _added(self) -> None:
        """Picks one more."""
        chosen = self._add.chosen()
        if chosen:
            order = list(self._choices())
            self.show_value(
                sorted([*self._picked, chosen], key=lambda key: order.index(key) if key in order else -1)
            )
            self.committed.emit()

    def _removed(self, key: str) -> None:
        """Takes one back."""
        self.show_value([item for item in self._picked if item != key])
        self.committed.emit()


class FactorsEditor(Editor):
    """Relative factors of months, weekdays or parts of the day, in a small grid."""

    _COLUMNS = 4

    def __init__(self, kind: Series, scope: Scope) -> None:
        super().__init__()
        self._kind = kind
        self._scope = scope
        self._cells: list[NumberEditor] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._make_cells(self._usual_number())

    def start_value(self) -> Json:
        """Returns even factors to begin with; of fifths, even shares."""
        return [1 / FIFTHS if self._kind.labels == "fifths" else 1] * self._usual_number()

    def _usual_number(self) -> int:
        """Returns how many factors there usually are."""
        return {"months": 12, "weekdays": 7, "years": 1, "fifths": FIFTHS}.get(self._kind.labels or "", 24)

    def value(self) -> Json:
        """Returns the factors; nothing while all are empty, and of years only up to the last given."""
        values = [cell.value() for cell in self._cells]
        if self._kind.labels == "years":
            while values and values[-1] is None:
                values.pop()
            return values
        return None if all(value is None for value in values) else values

    def show_value(self, value: Json) -> None:
        """Shows factors, however many there are; years have room for another."""
        values = list(value) if isinstance(value, list) else [None] * self._usual_number()
        if self._kind.labels == "years":
            values = [*values, None] if isinstance(value, list) else [None]
        if len(values) != len(self._cells):
            self._make_cells(len(values))
        for cell, factor in zip(self._cells, values, strict=True):
            cell.show_value(factor)

    def _make_cells(self, number: int) -> None:
        """Makes a titled cell for each factor."""
        _clear(self._grid)
        self._cells = []
        for position, title in enumerate(_labels(self._kind.labels, number)):
            cell = self._scope.make(self._kind.item, self._scope)
            if not isinstance(cell, NumberEditor):
                raise TypeError("factors are numbers")
            cell.setObjectName(str(position))
            cell.set_title(title)
            cell.committed.connect(self.committed)
            self._cells.append(cell)
            row, column = divmod(position, self._COLUMNS)
            self._grid.addWidget(Label(title), row * 2, column)
            self._grid.addWidget(cell, row * 2 + 1, column)
        if self._cells:
            self.setFocusProxy(self._cells[0])


def _labels(labels: str | None, number: int) -> list[str]:
    """Returns the titles of the cells."""
    names = {"months": SHORT_MONTHS, "weekdays": _DAYS, "fifths": _FIFTHS}.get(labels or "", ())
    if len(names) == number:
        return list(names)
    if labels == "years":
        return [f"Year {position + 1}" for position in range(number)]
    minutes = [position * 1440 // max(number, 1) for position in range(number)]
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes]


class LinesEditor(Editor):
    """Lines of text."""

    def __init__(self) -> None:
        super().__init__()
        self._text = TextEditor(Text(prose=True))
        self._text.committed.connect(self.committed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        self.setFocusProxy(self._text)

    def value(self) -> Json:
        """Returns the lines that are not empty."""
        text = str(self._text.value() or "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def show_value(self, value: Json) -> None:
        """Shows the lines."""
        lines = value if isinstance(value, list) else []
        self._text.show_value("\n".join(str(line) for line in lines))
