"""A form: a row for each field of a record, with its label, editor, source and mistake."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from pathway_modeller.gui.inspector.baseline_note import baseline_words
from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Line, Prose
from pathway_modeller.gui.inspector.editors.nested import LABEL_WIDTH, is_one_line
from pathway_modeller.gui.inspector.kinds import FieldSpec, Json, Nested, fields_of, is_figure
from pathway_modeller.gui.inspector.mark import Mark
from pathway_modeller.gui.inspector.mistakes import Mistaken
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.values import Position, Record


class FieldRow(QWidget):
    """One field: commits through a function it is given, and shows the sentence if that refuses."""

    source_wanted = Signal(object)

    mistaken = Signal(QWidget)
    """A value was refused; the widget says why."""

    def __init__(
        self, spec: FieldSpec, scope: Scope, commit: Callable[[FieldSpec, Json], None], *, sourced: bool
    ) -> None:
        super().__init__()
        self.spec = spec
        self._commit = commit
        self._last: Json = None
        self._value_shown: Json = None
        self._is_mistaken = False
        self._is_retired = False
        self._mark: Mark | None = None
        self.setObjectName(spec.key)
        self.editor: Editor = scope.make(spec.kind, scope)
        self.editor.setObjectName(f"{spec.key}-editor")
        self.editor.set_title(spec.title, spec.help)
        self.editor.committed.connect(self._committed)
        self.source = QToolButton()
        self.source.setObjectName("source")
        self.source.setAutoRaise(True)
        self.source.clicked.connect(lambda: self.source_wanted.emit(spec))
        self.mistake = Label()
        self.mistake.setObjectName("mistake")
        self.mistake.setWordWrap(True)
        self.mistake.setTextFormat(Qt.TextFormat.PlainText)
        self.mistake.setStyleSheet("color: #B10E1E;")
        self.mistake.hide()
        self.baseline = Label()
        self.baseline.setObjectName("baseline")
        self.baseline.setWordWrap(True)
        self.baseline.setProperty("hint", True)
        self.baseline.hide()
        self._lay_out()
        self.source.setVisible(sourced)
        self.show_assumption(None)

    def _lay_out(self) -> None:
        """Puts a field of one line beside its label, others below it."""
        label = Label(self.spec.title)
        label.setToolTip(plain_tip(self.spec.help))
        label.setWordWrap(True)
        label.setBuddy(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        if is_one_line(self.spec.kind):
            label.setFixedWidth(LABEL_WIDTH)
            head.addWidget(label)
            head.addWidget(self.editor, 1)
            head.addWidget(self.source)
            column.addLayout(head)
        else:
            label.setStyleSheet("font-weight: 600;")
            head.addWidget(label, 1)
            head.addWidget(self.source)
            column.addLayout(head)
            column.addWidget(self.editor)
        column.addWidget(self.baseline)
        column.addWidget(self.mistake)

    def show_value(self, value: Json) -> None:
        """Shows the value of the scenario; what is half-typed stays until the value is another."""
        if value == self._last and (self._is_mistaken or self.is_typed):
            return
        self._last = value
        self._untell()
        self.editor.show_value(value)
        # An editor may leave out what a record has by default.
        self._value_shown = self.editor.value()

    def show_baseline(self, words: str) -> None:
        """Shows what the baseline has instead; nothing where it has the same."""
        self.baseline.setText(words)
        self.baseline.setVisible(bool(words))

    def show_assumption(self, assumption: Assumption | None) -> None:
        """Shows how far the figure can be relied upon, with its source on pointing at it."""
        if assumption is None:
            self.source.setText("Source…")
            self.source.setToolTip("Nobody has said yet where this figure comes from; say so here")
        else:
            doubt = "⚠ " if assumption.quality == "illustrative" else ""
            self.source.setText(doubt + assumption.quality.capitalize())
            self.source.setToolTip(
                plain_tip(f"{assumption.name}\nSource: {assumption.source}\n{assumption.note}".strip())
            )
        illustrative = assumption is not None and assumption.quality == "illustrative"
        self.source.setProperty("illustrative", illustrative)
        colour = "#7A3A00" if illustrative else "#12436D"
        self.source.setStyleSheet(f"QToolButton {{ color: {colour}; }}")
        self.source.setAccessibleName(f"Source of {self.spec.title.lower()}: {self.source.text()}")

    def _goes_on(self) -> bool:
        """Tells whether the next empty line of this field has the keyboard; leaving it commits again."""
        line = self.window().focusWidget()
        if not isinstance(line, Line) or line.text() or not self.editor.isAncestorOf(line):
            return False
        line.left.connect(self._committed, Qt.ConnectionType.SingleShotConnection)
        return True

    @property
    def is_typed(self) -> bool:
        """Whether something stands here that is not in the scenario: a text, or a row still empty."""
        inputs: list[Line | Prose] = [*self.editor.findChildren(Line), *self.editor.findChildren(Prose)]
        return (
            self._is_mistaken
            or any(each.is_typed for each in inputs)
            or self.editor.value() != self._value_shown
        )

    def take_in(self) -> str:
        """Takes in what is typed, finished or not; returns why it cannot, or "" once it has."""
        if not isValid(self):
            return ""
        self._committed(finished=True)
        return self.mistake.accessibleName() if self._is_mistaken else ""

    def retire(self) -> None:
        """Hands nothing on any more: another form takes its place, perhaps of another variant."""
        self._is_retired = True

    def _committed(self, *, finished: bool = False) -> None:
        """Hands the value on; a refusal is shown under the field and nothing typed is lost.

        Args:
            finished: whether nobody goes on typing into the next line of the field.
        """
        if not isValid(self) or self._is_retired:
            # A field that has the keyboard is left, too, while its form is being destroyed.
            return
        value = self.editor.value()
        if value == self._last and not self._is_mistaken:
            return
        try:
            self._commit(self.spec, value)
        except Mistaken as mistaken:
            if mistaken.unfinished and not finished and self._goes_on():
                return
            self._tell(mistaken)
            return
        self._untell()

    def _tell(self, mistaken: Mistaken) -> None:
        """Marks the box that is wrong and says why: under the field, or at the box if that is far above."""
        self._untell()
        self._is_mistaken = True
        self.mistake.setText(f"✖ {mistaken}")
        self.mistake.setAccessibleName(str(mistaken))
        self._mark = Mark(self.editor, mistaken, self.mistake.text())
        self.mistake.setVisible(self._mark.sentence is None)
        self.mistaken.emit(self._mark.sentence or self.mistake)

    def _untell(self) -> None:
        """Takes the sentence and the mark away."""
        self._is_mistaken = False
        self.mistake.hide()
        if self._mark is not None:
            self._mark.remove()
            self._mark = None


class More(QWidget):
    """A fold for fields that few scenarios need; open as soon as one of them is used."""

    def __init__(self) -> None:
        """Begins folded."""
        super().__init__()
        self._button = QToolButton()
        self._button.setObjectName("more")
        self._button.setText("More")
        self._button.setCheckable(True)
        self._button.setAutoRaise(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.toggled.connect(self._show)
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._button)
        column.addWidget(self._body)
        self._show(False)

    def open(self) -> None:
        """Unfolds it."""
        self._button.setChecked(True)

    def _show(self, shown: bool) -> None:
        """Shows the fields, or the button alone."""
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self._button.setArrowType(arrow)
        self._button.setToolTip("Hide fields that few need" if shown else "Show fields that few need")
        self._body.setVisible(shown)


def _as_in_a_file(default: object) -> object:
    """Returns a default as the file holds it, where a tuple is a list."""
    return list(default) if isinstance(default, tuple) else default


class RecordForm(QWidget):
    """The fields of one record."""

    source_wanted = Signal(object)

    mistaken = Signal(QWidget)
    """A value was refused; the widget says why."""

    def __init__(
        self,
        record: type[Record],
        scope: Scope,
        commit: Callable[[FieldSpec, Json], None],
        *,
        sourced: bool = False,
        leave_out: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self._values: dict[str, Json] = {}
        self._fields = {spec.name for spec in fields_of(record) if spec.key not in leave_out}
        self._more = More()
        self._defaults = {
            each.alias or name: each.get_default(call_default_factory=True, validated_data={})
            for name, each in record.model_fields.items()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        scope = scope.among(lambda: self._values)
        for spec in sorted(fields_of(record), key=lambda spec: spec.kind == Nested(Position)):
            if spec.key not in leave_out:
                row = FieldRow(spec, scope, commit, sourced=sourced and is_figure(spec.kind))
                row.source_wanted.connect(self.source_wanted)
                row.mistaken.connect(self.mistaken)
                self.rows[spec.key] = row
                (self._more.column if spec.is_rare else column).addWidget(row)
        column.addWidget(self._more)
        self._more.setVisible(self._more.column.count() > 0)

    def bring_out(self, row: FieldRow) -> None:
        """Opens what a field is folded under, if it is."""
        if row.spec.is_rare:
            self._more.open()

    def show_record(self, record: Record) -> None:
        """Shows a record."""
        self._values = self._as_json(record)
        for key, row in self.rows.items():
            row.show_value(self._values[key])
            if row.spec.is_rare and self._values[key] != _as_in_a_file(self._defaults[key]):
                self._more.open()

    def show_baseline(self, record: Record | None) -> None:
        """Shows beside each field what the baseline has there, where that differs."""
        base = self._as_json(record) if record else self._values
        for key, row in self.rows.items():
            row.show_baseline(baseline_words(row.spec, base.get(key), self._values[key]))

    def _as_json(self, record: Record) -> dict[str, Json]:
        """Returns the fields of a record that the form is of: a scenario holds far more."""
        values: dict[str, Json] = json.loads(record.model_dump_json(by_alias=True, include=self._fields))
        return values
