"""The editor of values by key: units of pools, shares of groups, hours of weekdays."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.dialogs import tell
from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Adder, remove_button
from pathway_modeller.gui.inspector.editors.nested import is_one_line
from pathway_modeller.gui.inspector.editors.scalars import NEW, NONE
from pathway_modeller.gui.inspector.editors.series import RowsEditor, usual_row
from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import (
    Amount,
    Choice,
    Json,
    Kind,
    Nested,
    Number,
    Reference,
    Series,
    Table,
    Text,
    fields_of,
)
from pathway_modeller.gui.inspector.notations import notation_of
from pathway_modeller.gui.plain import Label, breakable, plain_tip
from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.elements import Deterioration
from pathway_modeller.scenario.people import PayerLine
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.scenario.typed.notation import is_empty
from pathway_modeller.scenario.typed.numbers import number_words
from pathway_modeller.scenario.values import Record

WORKING_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_FREE_WORDS: Mapping[type[Record], str] = {
    Contract: "contract",
    Deterioration: "deterioration",
    HeadCost: "spending",
    PayerLine: "line",
}
"""What a new row is called whose key nobody sees."""

_WORKING_WEEK = "\x00working week"
"""The id under which all working days that are not there yet are added at once."""


class TableEditor(Editor):
    """A row for each key, a way to add another, and the sum where the values are shares."""

    def __init__(self, kind: Table, scope: Scope) -> None:
        super().__init__()
        self._kind = kind
        self._scope = scope
        self._rows: dict[str, Editor] = {}
        self._removes: dict[str, QToolButton] = {}
        self._headed = False
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._sum = Label()
        self._sum.setObjectName("sum")
        self._sum.hide()
        self._add = Adder()
        self._add.setObjectName("add")
        self._add.activated.connect(self._added)
        self._add_text = QPushButton("Add")
        self._add_text.setObjectName("add_text")
        self._add_text.clicked.connect(self._add_free_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self._body, self._sum, self._add, self._add_text):
            column.addWidget(widget)
        listed = isinstance(kind.key, Reference | Choice)
        self._add.setVisible(listed)
        self._add_text.setVisible(not listed)
        self.setFocusProxy(self._add if listed else self._add_text)
        self._show_rows({})

    def set_title(self, title: str, description: str = "") -> None:
        """Names the way to add a row."""
        super().set_title(title, description)
        self._add.setAccessibleName(f"Add to {title.lower()}")
        self._add_text.setAccessibleName(f"Add to {title.lower()}")

    def value(self) -> Json:
        """Returns the value of each key."""
        return {key: editor.value() for key, editor in self._rows.items()}

    def show_value(self, value: Json) -> None:
        """Shows the values; rows that stay are kept."""
        self._show_rows(value if isinstance(value, dict) else {})

    @property
    def _is_typed(self) -> bool:
        """Whether the keys are texts with a meaning of their own, such as financial years."""
        return isinstance(self._kind.key, Text) and self._kind.key.pattern is not None

    def _choices(self) -> list[tuple[str, str]]:
        """Returns the keys that may be given, with their names."""
        key = self._kind.key
        if isinstance(key, Reference):
            return self._scope.choices(key.source)
        return [(word, choice_words(word)) for word in key.options] if isinstance(key, Choice) else []

    def _show_rows(self, values: dict[str, Json]) -> None:
        """Shows a row for each key, in the order of the choices."""
        choices = dict(self._choices())
        known = [key for key in choices if key in values]
        wanted = known + [key for key in values if key not in choices]
        if wanted != list(self._rows):
            missing = "" if self._is_typed else " (missing)"
            self._make_rows({key: choices.get(key, f"{key}{missing}") for key in wanted})
        for key, editor in self._rows.items():
            editor.show_value(values[key])
        for key, remove in self._removes.items():
            # Where there are entries, the last one takes the row along.
            remove.setVisible(values[key] in ([], None))
        self._body.setVisible(bool(self._rows))
        self._offer(choices)
        self._show_sum(values)

    def _make_rows(self, names: dict[str, str]) -> None:
        """Makes the rows anew: name, editor, remove button."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        self._removes = {}
        self._headed = False
        free = not isinstance(self._kind.key, Reference | Choice) and not self._is_typed
        for row, (key, name) in enumerate(names.items()):
            editor = self._scope.make(self._kind.value, self._scope.under(key))
            editor.setObjectName(key)
            editor.set_title(f"{self.accessibleName()}, {name}" if not free else self.accessibleName())
            editor.committed.connect(lambda each=editor, under=key: self._row_committed(each, under))
            self._rows[key] = editor
            self._place(row * 2 + 1, None if free else name, editor, key)

    def _place(self, row: int, name: str | None, editor: Editor, key: str) -> None:
        """Places one row; an editor of several lines stands below its name."""
        remove = remove_button(name or "this row")
        remove.clicked.connect(lambda: self._remove(key))
        if editor.make_dense() and name is not None:
            self._grid.addWidget(self._title(name, key), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(editor, row, 1)
            self._grid.addWidget(remove, row, 2, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(1, 20)
            self._removes[key] = remove
            self._add_heading(editor)
            return
        if name is None:
            self._grid.addWidget(editor, row, 0, 1, 2)
        elif is_one_line(self._kind.value):
            self._grid.addWidget(self._title(name, key), row, 0)
            self._grid.addWidget(editor, row, 1)
        else:
            self._grid.addWidget(self._title(name, key), row, 0, 1, 2)
            self._grid.addWidget(editor, row + 1, 0, 1, 3)
        self._grid.addWidget(remove, row, 2, Qt.AlignmentFlag.AlignTop)

    def _add_heading(self, editor: Editor) -> None:
        """Adds the titles of the columns above the first of rows that leave them out."""
        if isinstance(editor, RowsEditor) and not self._headed:
            self._headed = True
            self._grid.addWidget(editor.heading(), 0, 1)

    def _row_committed(self, editor: Editor, key: str) -> None:
        """Passes a change on; a row whose last entry was taken out goes."""
        if editor.value() == []:
            self._remove(key)
        else:
            self.committed.emit()

    def _title(self, name: str, key: str) -> QLabel:
        """Returns a row's name; the name of a thing with a form of its own leads there."""
        label = Label(name)
        label.setWordWrap(True)
        source = self._kind.key.source if isinstance(self._kind.key, Reference) else None
        kind = source.creates if source is not None else None
        if kind is not None:
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setText(f'<a href="{html.escape(key)}">{html.escape(breakable(name))}</a>')
            label.setToolTip(plain_tip(f"Open {name}"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
            label.linkActivated.connect(lambda _key: self._scope.open(kind, key))
        return label

    def _offer(self, choices: dict[str, str]) -> None:
        """Offers the keys that are not given yet."""
        key = self._kind.key
        source = key.source if isinstance(key, Reference) else None
        word = source.word if source else "day"
        rest = [(key_id, name) for key_id, name in choices.items() if key_id not in self._rows]
        if source is not None and source.creates is not None:
            rest.append((NEW, f"New {word}…"))
        if isinstance(self._kind.value, Series) and len([k for k, _ in rest if k in WORKING_DAYS]) > 1:
            rest.insert(0, (_WORKING_WEEK, "Monday to Friday"))
        self._add.offer([(NONE, f"Add {'an' if word[0] in 'aeiou' else 'a'} {word}…"), *rest])
        self._add.choose(NONE)
        self._add.setEnabled(bool(rest))

    def _show_sum(self, values: dict[str, Json]) -> None:
        """Shows what shares add up to, and says when that is not 100%."""
        kind, source = self._kind.value, getattr(self._kind.key, "source", None)
        adds_up = source is None or source.adds_up
        if not (isinstance(kind, Number) and kind.is_part and values and adds_up):
            self._sum.hide()
            return
        total = sum(value for value in values.values() if isinstance(value, int | float))
        shown = f"Total {number_words(round(total, 6), share=True)}%"
        whole = abs(total - 1) < 1e-9
        self._sum.setText(shown if whole else f"⚠ {shown}: shares should add up to 100%")
        self._sum.setWordWrap(True)
        self._sum.show()

    def _added(self) -> None:
        """Adds a row for the key chosen; a new thing is made first."""
        chosen = self._add.chosen()
        key = self._kind.key
        if chosen == _WORKING_WEEK:
            self._show_with_all({day: self._start(day) for day in WORKING_DAYS if day not in self._rows})
            return
        if chosen == NEW and isinstance(key, Reference) and key.source.creates is not None:
            chosen = self._scope.create(key.source.creates)
        if chosen:
            self._show_with(chosen, self._start(chosen))
        else:
            self._add.choose(NONE)

    def _start(self, key: str) -> Json:
        """Returns the value with which a row begins: the smallest number allowed, a share of the rest."""
        kind: Kind = self._kind.value
        if isinstance(kind, Number):
            source = getattr(self._kind.key, "source", None)
            if kind.low == -1:
                return 0
            if kind.is_part and (source is None or source.adds_up):
                given = self.value()
                shares = given.values() if isinstance(given, dict) else ()
                taken = sum(share for share in shares if isinstance(share, int | float))
                return round(max(0.0, 1 - taken), 9)
            return int(kind.low or 0) if kind.whole else kind.low
        if isinstance(kind, Reference):
            choices = self._scope.under(key).choices(kind.source)
            return choices[0][0] if choices else None
        if isinstance(kind, Series):
            # Another weekday is usually like the one before.
            given_rows = [row.value() for row in self._rows.values() if row.value() != []]
            item = kind.item
            usual = [usual_row(item.record)] if isinstance(item, Nested) else []
            return given_rows[-1] if given_rows else usual
        # An amount that is not given yet proposes its year of prices.
        return None if isinstance(kind, Amount) else {}

    def _show_with(self, key: str, start: Json) -> None:
        """Shows one more row, and commits it."""
        self._show_with_all({key: start})

    def _show_with_all(self, added: dict[str, Json]) -> None:
        """Shows more rows, and commits them together."""
        values = self.value()
        self._show_rows({**(values if isinstance(values, dict) else {}), **added})
        self._rows[next(iter(added))].setFocus(Qt.FocusReason.TabFocusReason)
        self.committed.emit()

    def _add_free_key(self) -> None:
        """Adds a row under a key of its own, with a name that says it is new."""
        if self._is_typed:
            self._add_typed_key()
            return
        kind, number = self._kind.value, 1
        named = isinstance(kind, Nested) and any(spec.key == "name" for spec in fields_of(kind.record))
        word = _FREE_WORDS.get(kind.record, "value") if isinstance(kind, Nested) else "value"
        while f"{word}-{number}" in self._rows:
            number += 1
        self._show_with(f"{word}-{number}", {"name": f"{word.capitalize()} {number}"} if named else None)

    def _add_typed_key(self) -> None:
        """Asks for a key, and adds a row under it."""
        notation = notation_of(self._kind.key)
        word = "key" if notation is None else "financial year, as 2025/26"
        text, given = QInputDialog.getText(self, "Add", f"Which {word}:")
        if not given or is_empty(text):
            return
        if notation is not None and notation.mistake(text):
            tell(self, "Not added", f"{notation.mistake(text)}.")
            return
        key = text.strip() if notation is None else notation.read(text)
        if key not in self._rows:
            self._show_with(key, self._start(key))

    def _remove(self, key: str) -> None:
        """Removes a row."""
        values = self.value()
        rest = {k: v for k, v in values.items() if k != key} if isinstance(values, dict) else {}
        self._show_rows(rest)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.committed.emit()
