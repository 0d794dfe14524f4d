"""The editor of a distribution: its shape, the way it is entered, its figures, a preview and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor
from pathway_modeller.gui.inspector.editors.conversion import converted
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line, Prose
from pathway_modeller.gui.inspector.editors.preview import Preview
from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import Choice, Json, fields_of
from pathway_modeller.gui.inspector.notations import notation_of
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.scenario.distribution import FIGURES, LISTS, WAYS, Distribution, Kind
from pathway_modeller.scenario.typed.lists import NUMBERS
from pathway_modeller.scenario.typed.notation import Notation
from pathway_modeller.scenario.typed.numbers import NUMBER

_SPECS = {spec.key: spec for spec in fields_of(Distribution)}
_USUAL_KIND: Kind = "lognormal"
_USUAL_UNIT = "minutes"
_LISTED = {"values": "Times", "weights": "Weights"}
Way = tuple[str, ...]


def way_words(way: Way) -> str:
    """Returns a way of entering a distribution as people read it: "Mean and standard deviation"."""
    titles = [_SPECS[figure].title for figure in way]
    words = ", ".join(titles[:-1]) + " and " + titles[-1] if len(titles) > 1 else titles[0]
    return words[0] + words[1:].lower()


class ShapeEditor(Editor):
    """A distribution. Turning to another shape or way keeps the times and works the figures out anew."""

    def __init__(self) -> None:
        super().__init__()
        self._way: Way = ()
        self._known: Distribution | None = None
        self._inputs: dict[str, Line | Prose] = {}
        self._kind = self._combo("kind", [(k, choice_words(k)) for k in WAYS], self._kind_chosen)
        self._ways = self._combo("way", [], self._way_chosen)
        units = _SPECS["unit"].kind
        options = units.options if isinstance(units, Choice) else ()
        self._unit = self._combo("unit", [(unit, unit) for unit in options], self.committed.emit)
        self._figures = QWidget()
        self._grid = QGridLayout(self._figures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(1)
        self._preview = Preview()
        self._sentence = Label()
        self._sentence.setObjectName("sentence")
        self._sentence.setWordWrap(True)
        self._lay_out()
        self._kind.choose(_USUAL_KIND)
        self._unit.choose(_USUAL_UNIT)
        self._show_way(WAYS[_USUAL_KIND][0], {})
        self._tell(None)

    def _combo(self, name: str, choices: list[tuple[str, str]], chosen: Callable[[], None]) -> Combo:
        """Makes a named combo."""
        combo = Combo()
        combo.setObjectName(name)
        combo.setAccessibleName({"kind": "Shape", "way": "Entered as", "unit": "Unit of time"}[name])
        combo.setToolTip(plain_tip(combo.accessibleName()))
        combo.offer(choices)
        combo.activated.connect(chosen)
        return combo

    def _lay_out(self) -> None:
        """Puts shape, way, figures, preview and sentence below one another."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._kind)
        column.addWidget(self._ways)
        column.addWidget(self._figures)
        column.addWidget(self._preview)
        column.addWidget(self._sentence)

    def value(self) -> Json:
        """Returns the distribution as the file holds it."""
        values: dict[str, Json] = {"kind": self._kind.chosen(), "unit": self._unit.chosen()}
        for figure, line in self._inputs.items():
            values[figure] = _given(figure, line)
        return {key: value for key, value in values.items() if value is not None}

    def show_value(self, value: Json) -> None:
        """Shows a distribution, as it was entered."""
        if not isinstance(value, dict):
            self._show_way(self._way, {})
            self._tell(None)
            return
        given = {figure: value[figure] for figure in FIGURES if value.get(figure) is not None}
        self._kind.choose(str(value.get("kind")))
        self._unit.choose(str(value.get("unit")))
        self._show_way(tuple(given), given)
        self._tell(_valid(value))

    def _show_way(self, way: Way, figures: dict[str, Json]) -> None:
        """Shows the fields of a way of entering; fields that stay are kept."""
        ways = WAYS[self._kind_of_now()]
        self._ways.offer([(" ".join(each), way_words(each)) for each in ways])
        self._ways.setVisible(len(ways) > 1)
        self._ways.choose(" ".join(next((w for w in ways if set(w) == set(way)), ways[0])))
        wanted = tuple((self._ways.chosen() or " ".join(ways[0])).split())
        if wanted != self._way:
            self._make_inputs(wanted)
        for figure, line in self._inputs.items():
            _show(figure, line, figures.get(figure))

    def _make_inputs(self, way: Way) -> None:
        """Makes a titled field for each figure of a way, with the unit after them."""
        self._grid.removeWidget(self._unit)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._way, self._inputs = way, {}
        for column, figure in enumerate(way):
            line = self._make_input(figure)
            label = Label("St. dev." if figure == "sd" else _SPECS[figure].title)
            label.setToolTip(plain_tip(_SPECS[figure].help))
            self._grid.addWidget(label, 0, column)
            self._grid.addWidget(line, 1, column)
        self._grid.addWidget(Label("Unit"), 0, len(way))
        self._grid.addWidget(self._unit, 1, len(way))
        self.setFocusProxy(next(iter(self._inputs.values())))

    def _make_input(self, figure: str) -> Line | Prose:
        """Makes the field of one figure; recorded values and their weights get several lines."""
        field: Line | Prose
        if figure in LISTS:
            field = Prose()
            field.setPlaceholderText(f"{_LISTED[figure]}, one a line or with a comma and a blank between")
            field.left.connect(self.committed)
        else:
            field = Line()
            field.editingFinished.connect(self.committed)
        field.understands = _notation(figure).understood
        field.setObjectName(figure)
        field.setAccessibleName(f"{self.accessibleName()}: {_SPECS[figure].title.lower()}".lstrip(": "))
        field.setToolTip(plain_tip(_SPECS[figure].help))
        self._inputs[figure] = field
        return field

    def _kind_of_now(self) -> Kind:
        """Returns the shape chosen."""
        return next(kind for kind in WAYS if kind == self._kind.chosen())

    def _kind_chosen(self) -> None:
        """Turns to another shape, as near to the present times as it can be."""
        self._turn(WAYS[self._kind_of_now()][0])

    def _way_chosen(self) -> None:
        """Turns to another way of entering the same times."""
        self._turn(tuple((self._ways.chosen() or "").split()))

    def _turn(self, way: Way) -> None:
        """Shows another way with figures worked out from the present distribution, and commits it."""
        kept = {each: _given(each, line) for each, line in self._inputs.items() if isinstance(line, Line)}
        figures: dict[str, Json] = {figure: kept.get(figure) for figure in way}
        unit = self._unit.chosen()
        if self._known is not None and unit is not None:
            figures = dict(converted(self._known, way, unit))
        self._show_way(way, figures)
        if self._known is not None:
            self.committed.emit()

    def _tell(self, distribution: Distribution | None) -> None:
        """Shows the preview and the sentence of a distribution."""
        self._known = distribution
        self._preview.show_distribution(distribution)
        words = self._preview.sentence()
        self._sentence.setText(words)
        self._sentence.setVisible(bool(words))


def _valid(value: dict[str, Json]) -> Distribution | None:
    """Returns the distribution that a value describes, if there is one with these figures."""
    from pathway_modeller.simulation.chance.samplers import make_sampler

    try:
        found = Distribution.model_validate(value)
        make_sampler(found)
    except (ValueError, OverflowError):  # what is wrong is said by the form, or by the check
        return None
    return found


def _notation(figure: str) -> Notation[Any]:
    """Returns how a figure is written and read; recorded values and their weights are lists."""
    return NUMBERS if figure in LISTS else notation_of(_SPECS[figure].kind) or NUMBER


def _given(figure: str, field: Line | Prose) -> Json:
    """Returns what a field says; text that cannot be read stays text."""
    value: Json = _notation(figure).given(field.toPlainText() if isinstance(field, Prose) else field.text())
    return value or None if figure in LISTS else value


def _show(figure: str, field: Line | Prose, value: Json) -> None:
    """Shows a figure, or a list of them; text that could not be read as it was typed."""
    read = value is not None and not isinstance(value, str)
    field.show_text(_notation(figure).write(value) if read else str(value or ""))
