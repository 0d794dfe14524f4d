"""Every field of every record has an editor, chosen by its annotation alone."""

from __future__ import annotations

import types
from typing import Annotated, Literal, get_args, get_origin

import pytest
from pydantic import Field
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector import kinds
from pathway_modeller.gui.inspector.editors import registry
from pathway_modeller.gui.inspector.editors.preview import Preview
from pathway_modeller.gui.inspector.kinds import Json, fields_of, kind_of
from pathway_modeller.gui.inspector.mistakes import Mistaken, built, with_field
from pathway_modeller.gui.inspector.references import Links
from pathway_modeller.scenario import capacity, document, elements, money, people, population
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import Activity, Transition
from pathway_modeller.scenario.values import Record

MODULES: tuple[types.ModuleType, ...] = (elements, capacity, people, population, money)
RECORDS = sorted(
    {
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Record) and thing.__module__ == module.__name__
    }
    | {document.RunSettings},
    key=lambda record: record.__name__,
)


def has_editor(kind: kinds.Kind) -> bool:
    match kind:
        case kinds.Series(item=item):
            return type(item) in registry.IN_ORDER
        case kinds.Maybe(inner=inner) | kinds.Grouped(inner=inner) | kinds.Table(value=inner):
            return has_editor(inner)
    return type(kind) in registry.ONE_LINE or type(kind) in registry.SEVERAL_LINES


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_every_record_has_an_editor_and_a_title(record: type[Record]) -> None:
    specs = fields_of(record)
    assert all(has_editor(spec.kind) for spec in specs)
    assert all(spec.title for spec in specs)
    tags = {name for name, field in record.model_fields.items() if len(get_args(field.annotation)) == 1}
    tags = {name for name in tags if get_origin(record.model_fields[name].annotation) is Literal}
    assert {spec.name for spec in specs} == set(record.model_fields) - tags


def test_a_field_added_to_a_record_appears_by_itself() -> None:
    class Longer(Activity):
        """An activity with one more field."""

        courage: Annotated[float, Field(ge=0, le=1)] | None = Field(default=None, title="Courage")

    added = fields_of(Longer)[-1]
    assert added.title == "Courage"
    assert added.kind == kinds.Maybe(kinds.Number(whole=False, low=0, high=1))
    assert has_editor(added.kind)


def test_an_annotation_that_no_editor_knows_is_refused_aloud() -> None:
    with pytest.raises(TypeError, match="no editor knows"):
        kind_of(complex, Links())


def test_the_tags_of_records_are_not_offered_as_fields() -> None:
    assert all(get_origin(str) is None and spec.name != "kind" for spec in fields_of(elements.QueueCondition))
    assert get_args(elements.QueueCondition.model_fields["kind"].annotation) == ("queue",)


@pytest.mark.parametrize(
    ("record", "field", "value", "sentence"),
    [
        (Pool(name="Nurse"), "units", "many", "Units: “many” is not a whole number: write one such as 12."),
        (Pool(name="Nurse"), "units", -1, "Units must be at least 0, not -1."),
        (Pool(name="Nurse"), "units", 2.5, "Units cannot be 2.5; type a whole number."),
        (Pool(name="Nurse"), "name", "", "Name cannot be empty; type what people call it."),
        (
            Transition(origin="a", target="b"),
            "share",
            1.2,
            "Share cannot be 120%; give 0 to 100%.",
        ),
        (
            Activity(name="Clinic"),
            "service_time",
            {"kind": "lognormal", "unit": "minutes", "mean": 20},
            "Give the standard deviation too.",
        ),
        (
            Activity(name="Clinic"),
            "service_time",
            {"kind": "lognormal", "unit": "minutes", "mean": "soon", "sd": 1},
            "Service time › Mean: “soon” is not a number: write one such as 12.5.",
        ),
        (
            Pool(name="Nurse"),
            "timetable",
            {"monday": [{"opens": "25", "closes": "17:00"}]},
            "row 1 › From: “25” is not a clock time: write one such as 09:30, from 00:00 to 24:00.",
        ),
        (
            Activity(name="Clinic"),
            "price",
            {"value": "much", "price_year": "2024/25"},
            "Price: “much” is not an amount in pounds: write one such as £250,000.",
        ),
        (
            Activity(name="Clinic"),
            "price",
            {"value": 3, "price_year": "2024"},
            "Price › Price year: “2024” is not a financial year: write one such as 2024/25.",
        ),
        (
            Activity(name="Clinic"),
            "priority",
            {"by": "need_tier", "values": {"high": "first"}, "otherwise": 5},
            "Priority › High: “first” is not a whole number: write one such as 12.",
        ),
        (
            Activity(name="Clinic"),
            "service_time",
            {"by": "need_tier", "values": {}, "otherwise": {"kind": "fixed", "unit": "days", "value": "x"}},
            "All others › Always: “x” is not a number: write one such as 12.5.",
        ),
    ],
)
def test_a_bad_value_gets_one_plain_sentence(record: Record, field: str, value: Json, sentence: str) -> None:
    spec = next(spec for spec in fields_of(type(record)) if spec.name == field)
    with pytest.raises(Mistaken) as mistaken:
        with_field(record, spec, value)
    assert str(mistaken.value) == sentence


def test_none_takes_a_value_away() -> None:
    spec = next(spec for spec in fields_of(Pool) if spec.name == "units")
    changed = with_field(Pool(name="Nurse", units=3), spec, None)
    assert changed == Pool(name="Nurse")


def test_all_mistakes_of_a_value_are_named_together() -> None:
    with pytest.raises(Mistaken) as mistaken:
        built(Distribution, {"kind": "triangular", "unit": "days", "low": "a", "likely": "b", "high": 3})
    assert "Lowest" in str(mistaken.value)
    assert "Most likely" in str(mistaken.value)


@pytest.mark.parametrize("kind", ["triangular", "beta_pert"])
def test_a_shape_with_a_longest_time_is_drawn_up_to_it(qtbot: QtBot, kind: str) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show_distribution(Distribution(kind=kind, unit="days", low=1, likely=2, high=9))
    assert 8.7 < preview.longest < 9
