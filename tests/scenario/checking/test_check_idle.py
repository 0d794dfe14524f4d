"""Settings that stand where they can do nothing are named, each at its place and with what would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.problems import warnings
from tests.scenario.checking.test_check import fixed, found, scenario

SECOND: dict[str, Any] = {
    "/baseline/activities/b": {"name": "B", "needs": {"q": 1}, "service_time": fixed(0.1)},
    "/baseline/pools/q": {"name": "Q", "units": 2},
    "/baseline/transitions/t2/to": "b",
    "/baseline/transitions/t3": {"from": "b", "to": "out"},
}
"""A second step behind the first."""
KEPT = {**SECOND, "/baseline/activities/a/release": "when next can take"}
STAY = {
    **SECOND,
    "/baseline/pools/bed": {"name": "Beds", "units": 20},
    "/baseline/stays/s": {"name": "S", "needs": {"bed": 1}, "begins_with": "a"},
}
COST = {"amount": {"value": 10, "price_year": "2024/25"}, "per": "day"}
KIND = {"name": "Kind", "values": {"new": {"name": "New"}, "old": {"name": "Old"}}, "default": "new"}
TIERS = {
    "/baseline/need_tiers": {"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
    "/baseline/footprints": {"n": {"name": "North", "people": {"low": 1000, "high": 100}}},
    "/baseline/moves/up": {"name": "Up", "from": "low", "to": "high", "per_person": 0.01},
}

IDLE: list[tuple[str, Mapping[str, Any], str, str]] = [
    (
        "room behind a step that keeps its place",
        {**KEPT, "/baseline/activities/b/room": 3},
        "/baseline/activities/b/room",
        '("A" releases only when the next can take) and waits there, so that nobody is turned away',
    ),
    (
        "room 0 behind it",
        {**KEPT, "/baseline/activities/b/room": 0},
        "/baseline/activities/b/room",
        "the room in the queue has no effect",
    ),
    (
        "room behind it and a decision",
        {
            **KEPT,
            "/baseline/decisions/d": {"name": "D"},
            "/baseline/transitions/t2/to": "d",
            "/baseline/transitions/t4": {"from": "d", "to": "b"},
            "/baseline/activities/b/room": 3,
        },
        "/baseline/activities/b/room",
        "the room in the queue has no effect",
    ),
    (
        "room within a stay",
        {**STAY, "/baseline/activities/b/room": 3},
        "/baseline/activities/b/room",
        "everybody who comes holds capacity meanwhile (a stay goes on)",
    ),
    (
        "did not attend within a stay",
        {**STAY, "/baseline/activities/b/did_not_attend": {"share": 0.1}},
        "/baseline/activities/b/did_not_attend",
        "did not attend has no effect",
    ),
    (
        "patience where nobody waits",
        {**SECOND, "/baseline/pools/q/units": None, "/baseline/activities/b/patience": fixed(1)},
        "/baseline/activities/b/patience",
        "nobody ever waits for it",
    ),
    (
        "priority of one queue alone",
        {"/baseline/activities/a/priority": 1},
        "/baseline/activities/a/priority",
        "nobody else waits for this capacity",
    ),
    (
        "nobody misses",
        {"/baseline/activities/a/did_not_attend": {"share": 0}},
        "/baseline/activities/a/did_not_attend",
        "every share is 0",
    ),
    (
        "the others of nobody",
        {"/baseline/activities/a/did_not_attend": {"share": 0.1, "others_go_to": "out"}},
        "/baseline/activities/a/did_not_attend/others_go_to",
        "all who miss a contact are booked again",
    ),
    (
        "a cause of nothing",
        {"/baseline/activities/a/give_up_cause": "went private"},
        "/baseline/activities/a/give_up_cause",
        "nobody gives up",
    ),
    (
        "release behind a move that gives the place back",
        {**KEPT, "/baseline/transitions/t2/time": fixed(0.1)},
        "/baseline/activities/a/release",
        "no activity follows it while it is kept",
    ),
    (
        "harm at rate 0",
        {
            "/baseline/activities/a/deterioration/h": {
                "name": "H",
                "kind": "emergency",
                "rate_per_1000": {"value": 0, "unit": "per year"},
            }
        },
        "/baseline/activities/a/deterioration/h/rate_per_1000",
        "every rate is 0",
    ),
    (
        "order without a condition",
        {"/baseline/transitions/t2/order": 2},
        "/baseline/transitions/t2/order",
        "only arrows with a condition are tried in order",
    ),
    (
        "share with a condition",
        {
            "/baseline/exit_points/early": {"name": "Early"},
            "/baseline/transitions/t3": {
                "from": "a",
                "to": "early",
                "share": 0.5,
                "when": {"kind": "visits", "element": "a", "at_least": 2},
            },
        },
        "/baseline/transitions/t3/share",
        "taken by whoever meets its condition",
    ),
    (
        "behind a condition that always holds",
        {
            "/baseline/exit_points/early": {"name": "Early"},
            "/baseline/transitions/t3": {
                "from": "a",
                "to": "early",
                "when": {"kind": "queue", "activity": "a", "at_least": 0},
            },
        },
        "/baseline/transitions/t2",
        "nobody takes it",
    ),
    (
        "notice without a cost",
        {"/baseline/pools/p/notice": {"value": 3, "unit": "months"}},
        "/baseline/pools/p/notice",
        "the pool has no cost",
    ),
    (
        "block without a cost",
        {"/baseline/pools/p/block": 3},
        "/baseline/pools/p/block",
        "the pool has no cost",
    ),
    (
        "a change after the end",
        {"/baseline/pools/p/steps": [{"date": "2027-05-01", "units": 9}]},
        "/baseline/pools/p/steps/0/date",
        "the run is over by then",
    ),
    (
        "arrivals that end after the end",
        {"/baseline/entry_points/in/arrivals/ends_after": {"value": 2, "unit": "years"}},
        "/baseline/entry_points/in/arrivals/ends_after",
        "the run is over by then",
    ),
    (
        "a change a year in a run of one year",
        {"/baseline/entry_points/in/arrivals/trend": {"yearly_change": 0.02}},
        "/baseline/entry_points/in/arrivals/trend/yearly_change",
        "the run is over before the first year that it changes",
    ),
    ("an attribute of nothing", {"/baseline/attributes/k": KIND}, "/baseline/attributes/k", "no effect"),
    (
        "an age band of no tier",
        {"/baseline/age_bands/old": {"name": "Old", "from_age": 65}},
        "/baseline/age_bands/old",
        "no need tier is of this age band",
    ),
    (
        "a kind of no payer",
        {"/baseline/payer_kinds/schools": {"name": "Schools"}},
        "/baseline/payer_kinds/schools",
        "no payer is of this kind",
    ),
    (
        "a payer of no fixed cost",
        {
            "/baseline/payers/nhs": {"name": "NHS"},
            "/baseline/providers/trust": {"name": "Trust", "payer": "nhs"},
        },
        "/baseline/providers/trust/payer",
        "there is no fixed cost to pay",
    ),
    (
        "a prevention that reaches nobody",
        {
            **TIERS,
            "/baseline/preventions/v": {"name": "V", "slows": {"up": 0.1}, "coverage": 0},
        },
        "/baseline/preventions/v/coverage",
        "it reaches nobody",
    ),
    (
        "a prevention that slows nothing",
        {
            **TIERS,
            "/baseline/preventions/v": {"name": "V", "slows": {"up": 0}, "coverage": 0.5},
        },
        "/baseline/preventions/v/slows/up",
        "it slows nothing",
    ),
    (
        "a value of which nobody is",
        {
            "/baseline/attributes/k": KIND,
            "/baseline/activities/a/priority": {"by": "k", "values": {"old": 1}, "otherwise": 5},
        },
        "/baseline/activities/a/priority/values",
        'since no patient is ever of "Old"',
    ),
    (
        "a condition for tiers of nobody",
        {
            "/baseline/need_tiers/low": {"name": "Low", "level": 1},
            "/baseline/exit_points/early": {"name": "Early"},
            "/baseline/transitions/t3": {
                "from": "a",
                "to": "early",
                "when": {"kind": "attribute", "attribute": "need_tier", "values": ["low"]},
            },
        },
        "/baseline/transitions/t3/when/values",
        'since no patient is ever of "Low"',
    ),
    (
        "a single point of contact without advice or team",
        {"/baseline/activities/a/single_point": {"advice_only": 0}},
        "/baseline/activities/a/single_point",
        "nobody needs only advice and it has no team of its own",
    ),
    (
        "a range that is never given",
        {
            "/assumptions/x": {
                "name": "X",
                "source": "Assumed",
                "quality": "illustrative",
                "places": ["/baseline/pools/p/units"],
                "reach": {"kind": "replaces"},
            }
        },
        "/assumptions/x/reach",
        "has no low and high",
    ),
    (
        "today's lists of a run that starts empty",
        {"/baseline/today/a": {"waiting": [{"patients": 3, "waited": fixed(2)}]}},
        "/baseline/today",
        "today's lists change nothing",
    ),
]


@pytest.mark.parametrize(
    ("changes", "place", "phrase"), [each[1:] for each in IDLE], ids=[each[0] for each in IDLE]
)
def test_a_setting_that_does_nothing_is_named(changes: Mapping[str, Any], place: str, phrase: str) -> None:
    said = {problem.place: problem for problem in warnings(found(changes))}
    assert place in said
    assert phrase in said[place].what
    assert said[place].mend


WORKING: list[tuple[str, Mapping[str, Any]]] = [
    ("room where some come from home", {"/baseline/activities/a/room": 3}),
    (
        "room behind a step that releases",
        {**SECOND, "/baseline/activities/b/room": 3},
    ),
    (
        "room after a planned interval",
        {
            **KEPT,
            "/baseline/waits/w": {"name": "W", "time": fixed(1)},
            "/baseline/transitions/t2/to": "w",
            "/baseline/transitions/t4": {"from": "w", "to": "b"},
            "/baseline/activities/b/room": 3,
            "/baseline/activities/a/release": "on completion",
        },
    ),
    (
        "priority beside another",
        {**SECOND, "/baseline/activities/a/priority": 1, "/baseline/activities/b/needs": {"p": 1, "q": 1}},
    ),
    (
        "a kept place on a move",
        {**KEPT, "/baseline/transitions/t2/time": fixed(0.1), "/baseline/transitions/t2/keeps_units": True},
    ),
    (
        "an attribute that something differs by",
        {
            "/baseline/attributes/k": KIND,
            "/baseline/entry_points/in/attributes/k": {"new": 0.5, "old": 0.5},
            "/baseline/activities/a/priority": {"by": "k", "values": {"old": 1}, "otherwise": 5},
        },
    ),
    (
        "notice with a cost",
        {"/baseline/pools/p/notice": {"value": 3, "unit": "months"}, "/baseline/pools/p/cost": COST},
    ),
]


@pytest.mark.parametrize("changes", [each[1] for each in WORKING], ids=[each[0] for each in WORKING])
def test_a_setting_that_does_something_is_not(changes: Mapping[str, Any]) -> None:
    assert check(scenario(changes)) == ()


def test_places_between_two_steps_can_be_drawn_as_the_sentence_says() -> None:
    changes = {
        **KEPT,
        "/baseline/pools/places": {"name": "Places", "units": 3},
        "/baseline/activities/between": {
            "name": "Between",
            "needs": {"places": 1},
            "service_time": fixed(0),
            "release": "when next can take",
        },
        "/baseline/transitions/t2/to": "between",
        "/baseline/transitions/t4": {"from": "between", "to": "b"},
    }
    assert check(scenario(changes)) == ()
