"""The editor of a value that may differ by need tier, footprint or another attribute."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Combo
from pathway_modeller.gui.inspector.editors.nested import is_one_line
from pathway_modeller.gui.inspector.editors.optional import MaybeEditor
from pathway_modeller.gui.inspector.editors.scalars import NumberEditor
from pathway_modeller.gui.inspector.kinds import COMPACT, Amount, Grouped, Json, Maybe
from pathway_modeller.gui.inspector.references import groupings, groups_of
from pathway_modeller.gui.plain import Label

_SAME = "\x00same"
_AS_OTHERWISE = "as for all others"


class GroupedEditor(Editor):
    """A plain value with a combo "the same for all / differs by …", and a row for each group if it does."""

    def __init__(self, kind: Grouped, scope: Scope) -> None:
        super().__init__()
        self._kind = kind
        self._scope = scope
        self._by = _SAME
        self._rows: dict[str, Editor] = {}
        self._plain = scope.make(kind.inner, scope)
        self._plain.setObjectName("otherwise")
        self._plain.committed.connect(self.committed)
        self._otherwise = Label("All others")
        self._combo = Combo()
        self._combo.setObjectName("by")
        self._combo.activated.connect(self._divided)
        self._groups = QWidget()
        self._groups_column = QVBoxLayout(self._groups)
        self._groups_column.setContentsMargins(8, 0, 0, 0)
        self._groups_column.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if is_one_line(kind.inner):
            line = QHBoxLayout()
            line.addWidget(self._plain, 2)
            line.addWidget(self._combo, 3)
            column.addWidget(self._groups)
            column.addWidget(self._otherwise)
            column.addLayout(line)
        else:
            for widget in (self._combo, self._groups, self._otherwise, self._plain):
                column.addWidget(widget)
        self.setFocusProxy(self._plain)
        self._offer()
        self._show_groups({})

    def set_title(self, title: str, description: str = "") -> None:
        """Names the plain editor, and the combo that divides it."""
        super().set_title(title, description)
        self._plain.set_title(title, description)
        self._combo.setAccessibleName(f"{title} differs by")

    def value(self) -> Json:
        """Returns the plain value, or the value of each group."""
        plain = self._plain.value()
        if self._by == _SAME:
            return plain
        values = {key: row.value() for key, row in self._rows.items()}
        given: dict[str, Json] = {key: value for key, value in values.items() if value is not None}
        return {"by": self._by, "values": given, "otherwise": plain}

    def show_value(self, value: Json) -> None:
        """Shows a plain value, or one that differs by group."""
        if isinstance(value, dict) and "by" in value:
            self._by = str(value["by"])
            groups = value.get("values")
            self._plain.show_value(value.get("otherwise"))
            self._offer()
            self._show_groups(groups if isinstance(groups, dict) else {})
            return
        self._by = _SAME
        self._plain.show_value(value)
        self._offer()
        self._show_groups({})

    def _offer(self) -> None:
        """Renews what the value may differ by; nothing is asked where nothing can differ."""
        pathway = self._scope.pathway()
        choices = [(key, f"Differs by {name.lower()}") for key, name in groupings(pathway)]
        choices = [pair for pair in choices if groups_of(pathway, pair[0]) or pair[0] == self._by]
        if self._by != _SAME and self._by not in dict(choices):
            choices.append((self._by, f"Differs by {self._by} (missing)"))
        self._combo.offer([(_SAME, "The same for all"), *choices])
        self._combo.choose(self._by)
        self._combo.setVisible(bool(choices))

    def _show_groups(self, values: dict[str, Json]) -> None:
        """Shows a row for each group; rows that stay are kept."""
        divided = self._by != _SAME
        self._groups.setVisible(divided)
        self._otherwise.setVisible(divided)
        known = dict(groups_of(self._scope.pathway(), self._by)) if divided else {}
        wanted = {**known, **{key: f"{key} (missing)" for key in values if key not in known}}
        if list(wanted) != list(self._rows):
            self._make_rows(wanted)
        for key, row in self._rows.items():
            row.show_value(values.get(key))

    def _make_rows(self, wanted: dict[str, str]) -> None:
        """Makes a named row for each group."""
        while (item := self._groups_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for key, name in wanted.items():
            row = self._make_row()
            row.setObjectName(key)
            row.set_title(f"{self.accessibleName()}, {name}")
            row.committed.connect(self.committed)
            self._rows[key] = row
            self._groups_column.addWidget(Label(name))
            self._groups_column.addWidget(row)

    def _make_row(self) -> Editor:
        """Makes the editor of one group; left empty, the group is as all others."""
        inner = self._kind.inner
        if isinstance(inner, (*COMPACT, Amount)):
            row = self._scope.make(Maybe(inner), self._scope)
            if isinstance(row, NumberEditor):
                row.set_placeholder(_AS_OTHERWISE)
            return row
        return MaybeEditor(
            Maybe(inner), self._scope, absent=_AS_OTHERWISE.capitalize(), start=self._plain.value
        )

    def _divided(self) -> None:
        """Divides the value by the grouping chosen, or makes it the same for all."""
        self._by = self._combo.chosen() or _SAME
        self._show_groups({})
        self.committed.emit()
