"""Service times that react to pressure: what is named of them, and what load is too much even so."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.problems import Problem
from tests.scenario.checking.test_check import fixed, scenario

PLACE = "/baseline/activities/a/pressure"
SOURCE = {
    "/assumptions/s": {"name": "S", "places": [PLACE], "source": "Local audit", "quality": "local data"},
}


def pressed(*steps: tuple[float, float], pool: str = "p") -> dict[str, Any]:
    given = [{"full": full, "factor": factor} for full, factor in steps]
    return {PLACE: {"pool": pool, "steps": given}}


def found(changes: dict[str, Any]) -> tuple[Problem, ...]:
    return check(scenario({**changes, **SOURCE}))


def test_a_reaction_with_a_source_has_no_problems() -> None:
    assert found(pressed((0.8, 0.95), (1.0, 0.9))) == ()


@pytest.mark.parametrize(
    ("changes", "severity", "place", "says"),
    [
        (
            pressed((0.9, 0.9), (0.8, 0.8)),
            "error",
            "/steps/1/full",
            "80% is not fuller than the 90% before it",
        ),
        (
            pressed((0.9, 0.9), (0.9, 0.8)),
            "error",
            "/steps/1/full",
            "90% is not fuller than the 90% before it",
        ),
        (pressed((0.9, 0.9), pool="q"), "error", "/pool", '"q"'),
        (pressed((0.9, 1.0)), "warning", "/steps", "every factor is 1"),
        (
            {
                **pressed((0.9, 0.5), pool="free"),
                "/baseline/activities/a/needs/free": 1,
                "/baseline/pools/free": {"name": "Free", "units": None, "timetable": {}},
            },
            "warning",
            "/pool",
            '"Free" has no limit and is never full',
        ),
        (
            {
                **pressed((0.9, 10.0)),
                "/baseline/activities/a/service_time": {
                    "kind": "lognormal",
                    "unit": "days",
                    "mu": 0,
                    "sigma": 2.95,
                },
            },
            "error",
            "",
            "longer than 200 million years",
        ),
    ],
    ids=["falling", "twice", "no pool", "idle", "unlimited", "too long"],
)
def test_what_cannot_be_meant_is_named(changes: dict[str, Any], severity: str, place: str, says: str) -> None:
    problems = [each for each in found(changes) if each.place.startswith(PLACE)]
    assert [(each.severity, each.place) for each in problems] == [(severity, PLACE + place)]
    assert says in problems[0].what


def test_a_reaction_without_a_source_is_said_where_it_stands() -> None:
    (problem,) = check(scenario(pressed((0.9, 0.9))))
    assert (problem.severity, problem.place) == ("warning", PLACE)
    assert problem.what == (
        'nobody says where the factors of "A" come from, and they are not a forecast of behaviour'
    )


def test_an_option_that_reacts_otherwise_has_a_source_of_its_own() -> None:
    patch = {"activities": {"a": {"pressure": {"steps": [{"full": 0.9, "factor": 0.8}]}}}}
    changes = {
        **pressed((0.9, 0.9)),
        "/options/same": {"name": "Same", "patch": {"pools": {"p": {"units": 4}}}},
        "/options/other": {"name": "Other", "patch": patch},
    }
    (problem,) = found(changes)
    assert problem.place == "/options/other/patch/activities/a/pressure"


@pytest.mark.parametrize(
    ("steps", "is_too_much"),
    [(((1.0, 0.5),), False), (((1.0, 0.8),), True), (((0.5, 2.0),), True), (((0.0, 0.5), (1.0, 0.6)), False)],
)
def test_only_what_must_grow_for_ever_is_said_to(
    steps: tuple[tuple[float, float], ...], is_too_much: bool
) -> None:
    """Five come a day for 0.6 of a day each, which are 3 units of 2; 1.5 at half of it, 2.4 at 0.8 of it."""
    changes = {
        **pressed(*steps),
        "/baseline/pools/p/units": 2,
        "/baseline/activities/a/service_time": fixed(0.6),
    }
    problems = [each for each in found(changes) if "grows" in each.what]
    assert bool(problems) == is_too_much
