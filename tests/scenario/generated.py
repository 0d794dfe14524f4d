"""Generated records for property tests: any record, built from its own description."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.money import Displacement, Shift
from pathway_modeller.scenario.values import Money, Record, readable
from pathway_modeller.scenario.words.structure import bare, branches, file_fields

IDS = st.sampled_from(["a", "b", "c1", "d-d", "e_e", "need_tier", "plain"])
NUMBERS = st.one_of(
    st.integers(0, 1), st.floats(0, 1, allow_nan=False), st.sampled_from([0.1, 1e-300, 5e-324, -0.0])
).map(float)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map(readable).filter(bool)
PRICE_YEARS = st.sampled_from(["2023/24", "2024/25", "2026/27"])
CLOCKS = st.sampled_from(["00:00", "09:30", "17:00", "24:00"])
DISTRIBUTIONS = st.sampled_from(
    [
        {"kind": "fixed", "unit": "days", "value": 0.1},
        {"kind": "fixed", "unit": "weeks", "value": 3.0},
        {"kind": "lognormal", "unit": "minutes", "median": 18.0, "p90": 34.5},
        {"kind": "exponential", "unit": "hours", "mean": 1 / 3},
        {"kind": "erlang", "unit": "days", "mean": 6.0, "shape": 3},
        {"kind": "empirical", "unit": "days", "values": [1.0, 2.5]},
        {"kind": "empirical", "unit": "days", "values": [1.0, 2.5], "weights": [3, 1]},
        {"kind": "normal", "unit": "hours", "mean": 3, "sd": 2},
        {"kind": "lognormal", "unit": "hours", "mu": -0.5, "sigma": 0.7},
        {"kind": "weibull", "unit": "hours", "mean": 3, "p95": 8},
    ]
).map(Distribution.model_validate)

_ABOVE_ZERO = frozenset({"need_weight", "contacts", "factor"})


def pathways() -> st.SearchStrategy[Pathway]:
    """Returns a strategy for pathways that can be read, whether or not they make sense."""
    return records(Pathway)


def scenarios() -> st.SearchStrategy[Scenario]:
    """Returns a strategy for scenarios that can be read, with options worked out from pathways."""
    return records(Scenario)


def decided() -> st.SearchStrategy[dict[str, Any]]:
    """Returns a strategy for what an option holds besides its patch: shifts and displacements."""
    return st.fixed_dictionaries(
        {
            "shifts": st.dictionaries(IDS, records(Shift), max_size=2),
            "activity_shifts": st.dictionaries(IDS, records(ActivityShift), max_size=2),
            "displacements": st.dictionaries(IDS, records(Displacement), max_size=2),
        }
    )


@st.composite
def records(draw: st.DrawFn, kind: type[Record]) -> Any:
    """Draws a record, some of its fields left at their default."""
    if kind is Distribution:
        return draw(DISTRIBUTIONS)
    if kind is Money:
        return Money(value=draw(NUMBERS), price_year="2024/25")
    found: dict[str, Any] = {"format": 1} if kind is Scenario else {}
    for key, field in file_fields(kind).items():
        skipped = kind is Scenario and key in ("options", "format")
        if not skipped and (field.is_required() or draw(st.booleans())):
            found[key] = draw(values(field.annotation, key))
    return kind.model_validate(found)


def values(annotation: Any, key: str) -> st.SearchStrategy[Any]:
    """Returns a strategy for the values of an annotation."""
    members = branches(annotation)
    if members:
        return st.one_of([values(each, key) for each in members.values()])
    if key == "price_year":
        return PRICE_YEARS
    plain = bare(annotation)
    if get_origin(plain) is Literal:
        return st.sampled_from(get_args(plain))
    if isinstance(plain, type) and issubclass(plain, Record):
        return records(plain)
    arguments = get_args(plain)
    if len(arguments) == 2 and arguments[1] is not Ellipsis:
        least = 1 if key in ("values", "needs", "slows") else 0
        keys = values(arguments[0], "keys") if get_origin(bare(arguments[0])) is Literal else IDS
        keys = PRICE_YEARS if key in ("index", "budget") else keys
        return st.dictionaries(keys, values(arguments[1], "each"), min_size=least, max_size=2)
    if arguments:
        return st.lists(values(arguments[0], key), min_size=1, max_size=2).map(tuple)
    return _simple(plain, key)


def _simple(plain: Any, key: str) -> st.SearchStrategy[Any]:
    """Returns a strategy for a number, a text, a date or a yes and no."""
    made: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        bool: st.booleans,
        int: lambda: st.integers(1, 20),
        float: lambda: NUMBERS.filter(lambda number: number > 0) if key in _ABOVE_ZERO else NUMBERS,
        dt.date: lambda: st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
        str: lambda: CLOCKS if key in ("opens", "closes", "time") else st.one_of(IDS, TEXTS),
    }
    return made[plain]()
