"""Tables and switches over a closed set hold every member: a new one is named by the place that lacks it."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final, Literal, get_args, get_origin

import pytest

import pathway_modeller
from pathway_modeller.analysis.observed import traced_people
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import DRAWN_KINDS, DrawnElement, Option, Pathway, Scenario
from pathway_modeller.scenario.elements import Condition, Element, Harm
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS
from pathway_modeller.simulation.chance import samplers
from pathway_modeller.simulation.compiled import engine, events, flatten, moving, queues, routes
from pathway_modeller.simulation.model import activity_parts
from pathway_modeller.simulation.tally import people_rows


def _modules() -> Iterator[ModuleType]:
    """Yields every module of the package."""
    for found in pkgutil.walk_packages(pathway_modeller.__path__, "pathway_modeller."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _closed(kind: object) -> frozenset[object] | None:
    """Returns the words of a closed set, if a type is one."""
    if get_origin(kind) is Literal:
        return frozenset(get_args(kind))
    return frozenset(kind) if isinstance(kind, enum.EnumMeta) else None


def _tables() -> Iterator[tuple[str, Mapping[Any, object], frozenset[object]]]:
    """Yields every table of a module that is annotated as keyed by a closed set."""
    for module in _modules():
        for name, annotation in vars(module).get("__annotations__", {}).items():
            try:
                kind = eval(annotation, vars(module))  # noqa: S307  annotations of this package
            except NameError:  # names that only the type checker knows
                continue
            if get_origin(kind) is Final:
                kind = get_args(kind)[0]
            keyed = isinstance(get_origin(kind), type) and issubclass(get_origin(kind), Mapping)
            words = _closed(get_args(kind)[0]) if keyed else None
            if words is not None:
                yield f"{module.__name__}.{name}", getattr(module, name), words


def test_every_table_keyed_by_a_closed_set_is_whole() -> None:
    tables = list(_tables())
    assert len(tables) > 20, "they are not found any more"
    lacking = {name: sorted(map(str, words - set(table))) for name, table, words in tables}
    assert {name: words for name, words in lacking.items() if words} == {}


def _compared(function: Callable[..., object], what: str) -> set[str]:
    """Returns what a function compares an expression with, as written."""
    source = inspect.getsource(getattr(function, "py_func", function))
    return {
        ast.unparse(node.comparators[0])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == what
    }


def _events() -> set[str]:
    """Returns the kinds of event of the compiled engine, as the engine writes them."""
    return {f"ev.{name}" for name in _named(events, "K_")}


def _named(module: ModuleType, start: str) -> set[str]:
    """Returns the names of a module's constants."""
    return {name for name in vars(module) if name.startswith(start)}


@pytest.mark.parametrize(
    ("functions", "what", "last", "every"),
    [
        ([samplers.quantile], "family", "9", {str(int(each)) for each in samplers.Family}),
        ([routes._condition_holds], "c.kind", "BY_CALENDAR", _named(routes, "BY_")),
        ([moving._come_to], "e.kind", "DECISION", {"ACTIVITY", "WAIT", "EXIT", "DECISION"}),
        ([queues.queue], "a.discipline", "0", {str(each) for each in activity_parts._DISCIPLINES.values()}),
        ([engine._deteriorate], "what.kind", "EMERGENCY", {each.upper() for each in get_args(Harm)}),
        ([engine._happen, engine._happen_to_patient], "kind", "ev.K_DETERIORATE", _events()),
    ],
)
def test_every_switch_of_compiled_code_knows_every_kind(
    functions: list[Callable[..., object]], what: str, last: str, every: set[str]
) -> None:
    compared = set().union(*(_compared(function, what) for function in functions))
    assert compared | {last} == every


def test_flattening_refuses_a_condition_that_nobody_plays() -> None:
    kinds = {get_args(each.model_fields["kind"].annotation)[0] for each in get_args(Condition.__origin__)}
    assert set(flatten._KINDS) == kinds
    assert set(flatten._KINDS.values()) == {getattr(routes, name) for name in _named(routes, "BY_")}


def test_every_kind_of_drawn_element_is_one_record() -> None:
    assert {kind.record for kind in DRAWN_KINDS.values()} == set(get_args(DrawnElement))
    held = {name: get_args(field.annotation)[1] for name, field in Pathway.model_fields.items()}
    drawn = {name: record for name, record in held.items() if issubclass(record, Element)}
    assert {name: kind.record for name, kind in DRAWN_KINDS.items()} == drawn


def test_every_map_of_a_scenario_has_its_word() -> None:
    fields = [pair for each in (Pathway, Option, Scenario) for pair in each.model_fields.items()]
    held = [(name, (get_args(field.annotation) or (None,))[-1]) for name, field in fields]
    maps = {name for name, kind in held if isinstance(kind, type) and issubclass(kind, Record)}
    assert set(MAP_WORDS) == maps


def test_the_schema_of_results_knows_every_arrangement_of_a_payer() -> None:
    text = (shipped("resources") / "schema" / "results-1.schema.json").read_text("utf-8")
    known = set(re.findall(r'"arrangement": (\{.*?\})', text))
    arrangements = get_args(Payer.model_fields["arrangement"].annotation)
    assert {word for each in known for word in json.loads(each)["enum"]} == {*arrangements, ""}


def test_every_list_of_days_that_is_tallied_is_read_from_traces_as_well() -> None:
    assert set(traced_people.LISTS) == set(people_rows.BY_CELL)
