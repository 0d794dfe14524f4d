"""The editors of a record within a record, and of one of several records."""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Combo
from pathway_modeller.gui.inspector.editors.words import tag_words
from pathway_modeller.gui.inspector.kinds import (
    COMPACT,
    FieldSpec,
    Json,
    Kind,
    Maybe,
    Nested,
    OneOf,
    fields_of,
)
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.scenario.values import Record

LABEL_WIDTH = 112
"""Points that a label takes beside a field of one line."""


def is_one_line(kind: Kind) -> bool:
    """Tells whether a kind's editor is one line high and may stand beside its label."""
    inner = kind.inner if isinstance(kind, Maybe) else kind
    return isinstance(inner, COMPACT) and not getattr(inner, "prose", False)


class NestedEditor(Editor):
    """The fields of a record, one below the other."""

    def __init__(self, kind: Nested, scope: Scope) -> None:
        super().__init__()
        self._record = kind.record
        self._scope = scope.among(self._as_mapping)
        self._editors: dict[str, Editor] = {}
        self._rooms: dict[QWidget, QVBoxLayout] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for spec in fields_of(kind.record):
            self._add(spec)
        if self._editors:
            self.setFocusProxy(next(iter(self._editors.values())))

    def _add(self, spec: FieldSpec) -> None:
        """Adds the label and editor of one field."""
        editor = self._scope.make(spec.kind, self._scope)
        editor.setObjectName(spec.key)
        editor.set_title(spec.title, spec.help)
        editor.committed.connect(self._committed)
        self._editors[spec.key] = editor
        label = Label(spec.title)
        label.setToolTip(plain_tip(spec.help))
        label.setWordWrap(True)
        row = self._grid.rowCount()
        if is_one_line(spec.kind):
            label.setFixedWidth(LABEL_WIDTH - 16)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(editor, row, 1)
        else:
            self._grid.addWidget(label, row, 0, 1, 2)
            self._grid.addWidget(editor, row + 1, 0, 1, 2)
        room = QVBoxLayout()
        self._grid.addLayout(room, row + 2, 0, 1, 2)
        self._rooms[editor] = room

    def room_below(self, editor: QWidget) -> QVBoxLayout | None:
        """Returns the place for a sentence below a field."""
        return self._rooms.get(editor)

    def _as_mapping(self) -> dict[str, object]:
        """Returns the values of the moment, for fields that depend on one another."""
        return {key: editor.value() for key, editor in self._editors.items()}

    def _committed(self) -> None:
        """Renews references, whose choices may hang on the field just changed, and passes the change on."""
        for editor in self._editors.values():
            editor.renew()
        self.committed.emit()

    def value(self) -> Json:
        """Returns the record as the file holds it, without what is left empty."""
        values = {key: editor.value() for key, editor in self._editors.items()}
        return {key: value for key, value in values.items() if value is not None}

    def show_value(self, value: Json) -> None:
        """Shows a record; fields left out show their default."""
        given = value if isinstance(value, dict) else {}
        for spec in fields_of(self._record):
            self._editors[spec.key].show_value(given.get(spec.key, default_of(self._record, spec)))


def default_of(record: type[Record], spec: FieldSpec) -> Json:
    """Returns a field's default as the file would hold it; ``None`` where it has none."""
    info = record.model_fields[spec.name]
    default = (
        info.get_default(call_default_factory=True, validated_data={}) if not info.is_required() else None
    )
    if isinstance(default, Record):
        dumped: dict[str, Json] = default.model_dump(mode="json", by_alias=True)
        return dumped
    return list(default) if isinstance(default, tuple) else default


class OneOfEditor(Editor):
    """A combo with the kinds of record, and the fields of the one chosen."""

    def __init__(self, kind: OneOf, scope: Scope) -> None:
        super().__init__()
        self._scope = scope
        self._records = dict(kind.records)
        self._combo = Combo()
        self._combo.setObjectName("kind")
        self._combo.offer([(tag, tag_words(tag)) for tag in self._records])
        self._combo.activated.connect(self._changed)
        self._fields: NestedEditor | None = None
        self._tag = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._combo)
        self.setFocusProxy(self._combo)
        self._show_fields(next(iter(self._records)))

    def value(self) -> Json:
        """Returns the record with its kind."""
        fields = self._fields.value() if self._fields is not None else {}
        return {"kind": self._tag, **(fields if isinstance(fields, dict) else {})}

    def show_value(self, value: Json) -> None:
        """Shows a record of any of the kinds."""
        if isinstance(value, dict):
            self._show_fields(str(value.get("kind")))
            if self._fields is not None:
                self._fields.show_value(value)

    def start_value(self) -> Json:
        """Returns the first kind of record, where it needs nothing besides."""
        tag, record = next(iter(self._records.items()))
        try:
            record.model_validate({"kind": tag})
        except ValidationError:
            return None
        return {"kind": tag}

    def _show_fields(self, tag: str) -> None:
        """Shows the fields of a kind of record, made anew only when the kind is another."""
        self._combo.choose(tag)
        if tag == self._tag or tag not in self._records:
            return
        if self._fields is not None:
            self._column.removeWidget(self._fields)
            self._fields.hide()
            self._fields.deleteLater()
        self._tag = tag
        self._fields = NestedEditor(Nested(self._records[tag]), self._scope)
        self._fields.setObjectName("fields")
        self._fields.show_value({})
        self._fields.committed.connect(self.committed)
        self._column.addWidget(self._fields)

    def _changed(self) -> None:
        """Turns to another kind of record; figures with the same name are kept."""
        old = self.value()
        self._show_fields(self._combo.chosen() or self._tag)
        if self._fields is not None:
            self._fields.show_value(old)
        self.committed.emit()
