"""Every figure of a scenario has bounds: what cannot be is refused when it is read, in one sentence."""

from __future__ import annotations

import json
import math
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from pathway_modeller.gui.inspector.mistakes import Mistaken, built
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.distribution import FIGURES, Distribution
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import parse
from pathway_modeller.scenario.moments import parameters
from pathway_modeller.scenario.problems import FileProblems, steps_of
from pathway_modeller.scenario.values import Duration, Rate, Record
from tests.scenario.checking.test_check import SOUND, fixed, scenario

BY_VALIDATOR = {(Duration, "value"), (Rate, "value"), *((Distribution, name) for name in FIGURES)}
"""Figures whose bound depends on their unit."""


def numbers(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yields what is required of each number within a type."""
    if annotation in (int, float):
        yield metadata
    elif get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        own = [each for part in more for each in (part.metadata if isinstance(part, FieldInfo) else [part])]
        yield from numbers(inner, (*metadata, *own))
    elif get_origin(annotation) in (Union, types.UnionType):
        for each in get_args(annotation):
            yield from numbers(each, metadata)
    else:
        for each in get_args(annotation):
            yield from numbers(each, ())


def records(kind: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    """Yields every record within a type, once."""
    if isinstance(kind, type) and issubclass(kind, Record):
        if kind not in seen:
            seen.add(kind)
            yield kind
            for field in kind.model_fields.values():
                yield from records(field.annotation, seen)
        return
    for each in get_args(kind):
        yield from records(each, seen)


def test_every_number_of_every_record_has_a_least_and_a_most() -> None:
    lacking = []
    for record in records(Scenario, set()):
        for name, field in record.model_fields.items():
            for wanted in numbers(field.annotation, tuple(field.metadata)):
                low = any(hasattr(each, "ge") or hasattr(each, "gt") for each in wanted)
                high = any(hasattr(each, "le") or hasattr(each, "lt") for each in wanted)
                if not (low and high) and (record, name) not in BY_VALIDATOR:
                    lacking.append(f"{record.__name__}.{name}")
    assert lacking == []


BEYOND: list[tuple[str, Any, str, str]] = [
    (
        "/baseline/activities/a/service_time",
        {"kind": "fixed", "unit": "years", "value": 1e300},
        "/baseline/activities/a/service_time",
        "1e+300 years is longer than 1,000 years",
    ),
    (
        "/baseline/activities/a/service_time",
        {"kind": "lognormal", "unit": "minutes", "mean": 10, "sd": 1e308},
        "/baseline/activities/a/service_time",
        "1e+308 minutes is longer than 1,000 years",
    ),
    (
        "/baseline/activities/a/service_time",
        {"kind": "empirical", "unit": "minutes", "values": [1, 1e300]},
        "/baseline/activities/a/service_time",
        "longer than 1,000 years",
    ),
    (
        "/baseline/activities/a/price",
        {"value": 1e308, "price_year": "2024/25"},
        "/baseline/activities/a/price/value",
        "must be at most 100,000,000,000",
    ),
    (
        "/baseline/entry_points/in/arrivals/rate",
        {"value": 1e13, "unit": "per day"},
        "/baseline/entry_points/in/arrivals/rate",
        "more than 1,000,000,000 a day",
    ),
    ("/baseline/activities/a/room", 10**12, "/baseline/activities/a/room", "must be at most 1,000,000,000"),
    ("/baseline/activities/a/priority", 10**30, "/baseline/activities/a/priority", "at most 1,000,000"),
    ("/baseline/activities/a/needs/p", 10**9, "/baseline/activities/a/needs/p", "at most 1,000,000"),
    (
        "/baseline/entry_points/in/arrivals/profile",
        {"weekdays": [1, 1, 1, 1, 1, 1, 1e200]},
        "/baseline/entry_points/in/arrivals/profile/weekdays/6",
        "at most 1,000,000",
    ),
    ("/baseline/activities/a/position", {"x": 1e308, "y": 0}, "/baseline/activities/a/position/x", "at most"),
    ("/run/warm_up", {"value": 1e300, "unit": "days"}, "/run/warm_up", "longer than 1,000 years"),
]


@pytest.mark.parametrize(("place", "value", "at", "phrase"), BEYOND, ids=[each[2] for each in BEYOND])
def test_what_cannot_be_is_refused_when_it_is_read(place: str, value: Any, at: str, phrase: str) -> None:
    with pytest.raises(FileProblems) as refused:
        scenario({place: value})
    assert [each.place for each in refused.value.problems] == [at]
    assert phrase in refused.value.problems[0].what


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_refused_everywhere(word: str) -> None:
    text = json.dumps(SOUND).replace('"value": 5', f'"value": {word}')
    with pytest.raises(FileProblems):
        parse(text)


def test_the_window_says_the_same_of_a_time_that_is_too_long() -> None:
    with pytest.raises(Mistaken, match="1e\\+300 years is longer than 1,000 years; give a shorter time"):
        built(Duration, {"value": 1e300, "unit": "years"})


def test_figures_that_would_overflow_when_drawn_are_an_error() -> None:
    changes = {
        "/baseline/activities/a/service_time": {"kind": "lognormal", "unit": "days", "median": 1, "p90": 9e4}
    }
    (problem,) = [each for each in check(scenario(changes)) if each.severity == "error"]
    assert problem.place == "/baseline/activities/a/service_time"
    assert "longer than 200 million years" in problem.what


def test_times_as_long_and_as_spread_as_people_enter_them_are_taken() -> None:
    for figures in (
        {"kind": "lognormal", "unit": "days", "median": 5, "p90": 120},
        {"kind": "exponential", "unit": "years", "mean": 100},
        {"kind": "gamma", "unit": "minutes", "mean": 15, "sd": 60},
        {"kind": "weibull", "unit": "weeks", "median": 3, "p95": 40},
    ):
        assert all(map(math.isfinite, parameters(Distribution.model_validate(figures))))
    with pytest.raises(ValidationError):
        Distribution.model_validate(fixed(1e9))


def _leaf_numbers(content: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yields the place of every number in a document."""
    if isinstance(content, Mapping):
        for key, each in content.items():
            yield from _leaf_numbers(each, (*steps, key))
    elif isinstance(content, list):
        for position, each in enumerate(content):
            yield from _leaf_numbers(each, (*steps, position))
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield steps


@pytest.mark.parametrize("extreme", [1e308, -1e308, 0, 1e-320, 1e12, -1])
def test_a_check_never_fails_on_a_figure(extreme: float) -> None:
    for place in list(_leaf_numbers(SOUND)):
        document = json.loads(json.dumps(SOUND))
        here: Any = document
        for step in place[:-1]:
            here = here[step]
        here[place[-1]] = int(extreme) if isinstance(here[place[-1]], int) and extreme in (0, -1) else extreme
        try:
            opened = parse(json.dumps(document))
        except FileProblems:
            continue
        check(opened)


def test_opening_hours_that_end_before_they_begin_are_said_of_a_pool_that_a_shift_fills() -> None:
    backwards = {"monday": [{"opens": "09:00", "closes": "00:00"}]}
    changes = {
        "/baseline/pools/p/cost": {"amount": {"value": 50, "price_year": "2024/25"}, "per": "open hour"},
        "/options/o": {
            "name": "O",
            "patch": {"pools": {"p": {"timetable": backwards}}},
            "shifts": {
                "s": {
                    "name": "S",
                    "to": "p",
                    "amount": {"value": 100000, "price_year": "2024/25"},
                    "starts": "2026-05-01",
                }
            },
        },
    }
    said = {each.place: each.what for each in check(scenario(changes))}
    place = "/options/o/patch/pools/p/timetable/monday/0/closes"
    assert said[place] == "it closes at 00:00, not after it opens at 09:00"
    assert "opening hours that end before they begin" in said["/options/o/shifts/s/to"]
    assert steps_of(place)[0] == "options"


DEAR = {"value": 9e10, "price_year": "2024/25"}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"/baseline/pools/p/cost": {"amount": DEAR, "per": "open hour"}}, "/baseline/pools/p/cost"),
        ({"/baseline/activities/a/price": DEAR}, "/baseline/activities/a/price"),
        (
            {
                "/baseline/need_tiers/low": {
                    "name": "Low",
                    "level": 1,
                    "spending": {"all": {"name": "All", "amount": DEAR}},
                },
                "/baseline/footprints/n": {"name": "North", "people": {"low": 1000}},
            },
            "/baseline/need_tiers/low/spending/all",
        ),
    ],
)
def test_sums_that_no_ledger_could_hold_are_an_error(changes: dict[str, Any], place: str) -> None:
    said = {each.place: each.what for each in check(scenario(changes)) if each.severity == "error"}
    assert "a year, more than all of health and care could cost" in said[place]


def test_a_trend_that_grows_beyond_all_measure_is_an_error() -> None:
    changes = {
        "/run/duration": {"value": 900, "unit": "years"},
        "/baseline/entry_points/in/arrivals/trend": {"yearly_change": 9},
    }
    said = {each.place: each.what for each in check(scenario(changes)) if each.severity == "error"}
    assert "more than 1,000,000 times" in said["/baseline/entry_points/in/arrivals/trend/yearly_change"]
