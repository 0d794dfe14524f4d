"""The editor of a quantity: a number with its unit, and money with its price year."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.scalars import NumberEditor
from pathway_modeller.gui.inspector.kinds import Amount, Json, Number, fields_of
from pathway_modeller.gui.inspector.notations import figure_notation, read_amount, understood_amount
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty
from pathway_modeller.scenario.values import Money

USUAL_UNITS = ("days", "per week")
"""The units shown before one is chosen."""


class AmountEditor(Editor):
    """A duration, a rate or an amount of money, on one line."""

    def __init__(self, kind: Amount, scope: Scope, *, optional: bool = False) -> None:
        super().__init__()
        self._record = kind.record
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._parts: dict[str, Editor] = {}
        for spec in fields_of(kind.record):
            if isinstance(spec.kind, Number):
                self._figure = NumberEditor(
                    spec.kind, optional=optional, notation=figure_notation(kind.record)
                )
                part: Editor = self._figure
            else:
                part = scope.make(spec.kind, scope)
            part.setObjectName(spec.key)
            part.set_title(spec.title, spec.help)
            part.committed.connect(self.committed)
            row.addWidget(part, 3 if part is self._figure else 4)
            self._parts[spec.key] = part
        if kind.record is Money:
            row.insertWidget(1, Label("prices of"))
            self._parts["price_year"].setToolTip("Price year: financial year, as 2024/25")
        self._figure.line.understands = self._understood
        self._scope = scope
        self.setFocusProxy(self._figure)
        self._show_usual_unit()
        self._show_usual_year()

    def _show_usual_unit(self) -> None:
        """Shows the commonest unit until one is chosen."""
        unit = self._parts.get("unit")
        if unit is None:
            return
        for usual in USUAL_UNITS:
            unit.show_value(usual)
            if unit.value() == usual:
                return

    def _show_usual_year(self) -> None:
        """Proposes the usual year of prices until another is typed."""
        year = self._parts.get("price_year")
        if year is not None:
            year.show_value(self._scope.price_year())

    def value(self) -> Json:
        """Returns the quantity, whose unit may be typed after its number; ``None`` while this is empty."""
        text = self._figure.line.text()
        if is_empty(text):
            return None
        try:
            return {**self._beside(), **read_amount(self._record, text)}
        except Unreadable:
            return {**self._beside(), "value": text.strip()}

    def _beside(self) -> dict[str, Json]:
        """Returns the parts that stand beside the number."""
        return {key: part.value() for key, part in self._parts.items() if part is not self._figure}

    def _understood(self, text: str) -> str:
        """Returns how what is being typed is understood, with its unit or year of prices."""
        return understood_amount(self._record, text, self._beside())

    def show_value(self, value: Json) -> None:
        """Shows a quantity; an empty one keeps the unit."""
        if isinstance(value, dict):
            for key, part in self._parts.items():
                part.show_value(value.get(key))
        else:
            self._parts["value"].show_value(None)
            self._show_usual_year()
