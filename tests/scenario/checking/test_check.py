"""Checking: what is a warning, what is an error, and what is said once."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import DRAWN_KINDS, Scenario
from pathway_modeller.scenario.file.open_save import dump, load, parse
from pathway_modeller.scenario.problems import Problem, errors, pointer, steps_of, warnings
from pathway_modeller.simulation.model.compile_pathway import compile_pathway


def fixed(value: float, unit: str = "days") -> dict[str, Any]:
    return {"kind": "fixed", "unit": unit, "value": value}


SOUND: dict[str, Any] = {
    "format": 1,
    "name": "Sound",
    "baseline": {
        "entry_points": {
            "in": {"name": "In", "arrivals": {"kind": "random", "rate": {"value": 5, "unit": "per day"}}}
        },
        "activities": {"a": {"name": "A", "needs": {"p": 1}, "service_time": fixed(0.5)}},
        "exit_points": {"out": {"name": "Out"}},
        "transitions": {"t1": {"from": "in", "to": "a"}, "t2": {"from": "a", "to": "out"}},
        "pools": {"p": {"name": "Pool", "units": 3}},
    },
    "run": {"start_date": "2026-04-01", "duration": {"value": 1, "unit": "years"}},
}


def scenario(changes: Mapping[str, Any] | None = None) -> Scenario:
    """Returns the sound scenario but for the changes at places of the file."""
    document = copy.deepcopy(SOUND)
    for place, value in (changes or {}).items():
        *steps, last = steps_of(place)
        here: Any = document
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = copy.deepcopy(value)
    return parse(json.dumps(document))


def found(changes: Mapping[str, Any]) -> tuple[Problem, ...]:
    return check(scenario(changes))


def test_a_sound_scenario_has_no_problems() -> None:
    assert check(scenario()) == ()


@pytest.mark.parametrize("file", sorted(shipped("scenarios").glob("*.json")), ids=lambda file: file.name)
def test_shipped_scenarios_can_be_run(file: Path) -> None:
    assert errors(check(load(file))) == ()


@pytest.mark.parametrize(
    ("place", "value", "unit", "what"),
    [
        ("duration", 0.0001, "minutes", None),
        ("duration", 1e-9, "days", "the data collection period is nothing"),
        ("duration", 999, "years", None),
        ("warm_up", 999.5, "years", "together are longer than 1,000 years"),
    ],
)
def test_a_run_lasts_at_least_an_instant_and_no_longer_than_calendars(
    place: str, value: float, unit: str, what: str | None
) -> None:
    problems = found({f"/run/{place}": {"value": value, "unit": unit}})
    assert [(problem.place, problem.severity) for problem in problems] == (
        [] if what is None else [(f"/run/{place}", "error")]
    )
    assert what is None or what in problems[0].what


WARNED: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "no needs",
        {"/baseline/activities/a/needs": {}, "/baseline/pools": {}},
        "/baseline/activities/a/needs",
        "nobody ever waits",
    ),
    ("unused pool", {"/baseline/pools/q": {"name": "Q", "units": 1}}, "/baseline/pools/q", "nothing uses it"),
    (
        "stands alone",
        {"/baseline/activities/b": {"name": "B", "needs": {"p": 1}, "service_time": fixed(1)}},
        "/baseline/activities/b",
        "no patient can reach it",
    ),
    (
        "release",
        {"/baseline/activities/a/release": "when next can take"},
        "/baseline/activities/a/release",
        "no effect, since no activity follows",
    ),
    (
        "overflow without room",
        {"/baseline/activities/a/overflow_to": "out"},
        "/baseline/activities/a/overflow_to",
        "the queue has no limit",
    ),
    (
        "giving up without patience",
        {"/baseline/activities/a/gives_up_to": "out"},
        "/baseline/activities/a/gives_up_to",
        "nobody gives up",
    ),
    (
        "keeps a place for no time",
        {"/baseline/transitions/t2/keeps_units": True},
        "/baseline/transitions/t2/keeps_units",
        "no effect",
    ),
    ("starts from nothing", {"/run/start": "today"}, "/run/start", "there are none"),
    (
        "more in progress than units",
        {
            "/run/start": "today",
            "/baseline/today/a": {"in_progress": [{"patients": 4, "remaining": fixed(1)}]},
        },
        "/baseline/today/a/in_progress",
        'use 4 units of "Pool", which has 3',
    ),
    (
        "a stay that ends nowhere",
        {
            "/baseline/pools/p/units": 20,
            "/baseline/stays/s": {
                "name": "S",
                "needs": {"p": 1},
                "begins_with": "a",
                "ends": [{"element": "w"}],
            },
            "/baseline/waits/w": {"name": "W", "time": fixed(1)},
            "/baseline/transitions/t3": {"from": "w", "to": "a"},
            "/baseline/transitions/t1/to": "w",
            "/baseline/transitions/t2/to": "out",
        },
        "/baseline/stays/s/ends/0",
        "cannot be reached",
    ),
    (
        "a clock that never stops",
        {
            "/baseline/standards/s": {
                "name": "S",
                "starts_at": ["out"],
                "stops_at": ["a"],
                "limit": {"value": 1, "unit": "weeks"},
                "target": 0.9,
                "counts": "flow",
            }
        },
        "/baseline/standards/s/stops_at",
        "clock can never stop",
    ),
    (
        "units by footprint of a shared pool",
        {"/baseline/footprints/n": {"name": "N"}, "/baseline/pools/p/units_by_footprint": {"n": 3}},
        "/baseline/pools/p/units_by_footprint",
        "no effect",
    ),
    (
        "arrivals after the end",
        {"/baseline/entry_points/in/arrivals/starts_after": {"value": 2, "unit": "years"}},
        "/baseline/entry_points/in/arrivals/starts_after",
        "when the run is over",
    ),
    (
        "orders that cannot be compared",
        {
            "/baseline/activities/b": {
                "name": "B",
                "needs": {"p": 1},
                "service_time": fixed(0.01),
                "discipline": "last come",
            },
            "/baseline/transitions/t2/to": "b",
            "/baseline/transitions/t3": {"from": "b", "to": "out"},
        },
        "/baseline/activities/b/discipline",
        'it takes who came last and "A" takes who came first, and both wait for "Pool" at equal priority',
    ),
    (
        "an interval with more units than the pool has",
        {
            "/baseline/pools/p/timetable": {
                "monday": [{"opens": "00:00", "closes": "24:00", "units": 3}],
                "tuesday": [{"opens": "00:00", "closes": "24:00", "units": 40}],
                **{
                    each: [{"opens": "00:00", "closes": "24:00"}]
                    for each in ("wednesday", "thursday", "friday", "saturday", "sunday")
                },
            }
        },
        "/baseline/pools/p/timetable/tuesday/0/units",
        "it names 40 units, but the pool has 3, and no more can open",
    ),
    (
        "a bed in progress of a stay",
        {
            "/run/start": "today",
            "/baseline/pools/bed": {"name": "Beds", "units": 4},
            "/baseline/stays/s": {"name": "S", "needs": {"bed": 2}, "begins_with": "a"},
            "/baseline/activities/a/service_time": fixed(0.1),
            "/baseline/today/a": {"in_progress": [{"patients": 3, "remaining": fixed(1)}]},
        },
        "/baseline/today/a/in_progress",
        'use 6 units of "Beds", which has 4',
    ),
    (
        "too many in progress in one footprint",
        {
            "/run/start": "today",
            "/baseline/footprints": {"n": {"name": "North"}, "s": {"name": "South"}},
            "/baseline/entry_points/in/arrivals/footprints": {"n": 0.5, "s": 0.5},
            "/baseline/pools/p": {"name": "Pool", "units": 2, "per_footprint": True},
            "/baseline/today/a": {"in_progress": [{"patients": 3, "footprint": "n", "remaining": fixed(1)}]},
        },
        "/baseline/today/a/in_progress",
        'patients in progress in "North" use 3 units of "Pool", which has 2',
    ),
    (
        "booked on a day without opening hours",
        {
            "/baseline/entry_points/in/arrivals": {
                "kind": "booked",
                "bookings": [
                    {"weekday": "monday", "time": "09:00", "patients": 1},
                    {"weekday": "saturday", "time": "09:00", "patients": 1},
                ],
            },
            "/baseline/pools/p/timetable": {"monday": [{"opens": "09:00", "closes": "17:00"}]},
            "/baseline/activities/a/service_time": fixed(0.1),
        },
        "/baseline/entry_points/in/arrivals/bookings",
        'patients are booked on Saturdays, when nothing is open for "A", so they wait for another day',
    ),
    (
        "booked on bank holidays",
        {
            "/baseline/entry_points/in/arrivals": {
                "kind": "booked",
                "bookings": [{"weekday": "monday", "time": "09:00", "patients": 1}],
            },
            "/baseline/pools/p/closed_on_bank_holidays": True,
        },
        "/baseline/entry_points/in/arrivals/bookings",
        # 6 April, 4 and 25 May, 31 August, 28 December 2026, 29 March 2027.
        "patients are booked on bank holidays too (6 days of the run)",
    ),
    *(
        (
            f"{key} by an attribute",
            {
                "/baseline/attributes/k": {
                    "name": "Kind",
                    "values": {"new": {"name": "New"}, "old": {"name": "Old"}},
                    "default": "new",
                },
                "/baseline/entry_points/in/attributes/k": {"new": 0.5, "old": 0.5},
                "/baseline/payers": {"nhs": {"name": "NHS"}},
                "/baseline/activities/a/payer": "nhs",
                f"/baseline/activities/a/{key}": {
                    "by": "k",
                    "values": {"old": {"value": 1, "price_year": "2024/25"}},
                    "otherwise": {"value": 2, "price_year": "2024/25"},
                },
            },
            f"/baseline/activities/a/{key}/by",
            f"the {words} differs by",
        )
        for key, words in (("price", "price"), ("variable_cost", "variable cost"))
    ),
]


@pytest.mark.parametrize(
    ("changes", "place", "phrase"), [each[1:] for each in WARNED], ids=[each[0] for each in WARNED]
)
def test_what_can_be_run_all_the_same_is_a_warning(changes: dict[str, Any], place: str, phrase: str) -> None:
    (problem,) = found(changes)
    assert problem.severity == "warning"
    assert problem.place == place
    assert phrase in problem.what
    assert problem.mend


def test_bookings_that_keep_off_bank_holidays_are_not_warned_of() -> None:
    changes = {
        "/baseline/entry_points/in/arrivals": {
            "kind": "booked",
            "bookings": [{"weekday": "monday", "time": "09:00", "patients": 1}],
            "not_on_bank_holidays": True,
        },
        "/baseline/pools/p/closed_on_bank_holidays": True,
    }
    assert found(changes) == ()


def test_other_orders_may_share_a_pool_at_other_priorities() -> None:
    other = {
        "name": "B",
        "needs": {"p": 1},
        "service_time": fixed(0.01),
        "discipline": "last come",
        "priority": 4,
    }
    changes = {
        "/baseline/activities/b": other,
        "/baseline/transitions/t2/to": "b",
        "/baseline/transitions/t3": {"from": "b", "to": "out"},
    }
    assert found(changes) == ()


def test_an_interval_of_no_length_is_an_error() -> None:
    hours = [{"opens": "09:00", "closes": "09:00"}, {"opens": "10:00", "closes": "17:00"}]
    (problem,) = errors(found({"/baseline/pools/p/timetable": {"monday": hours}}))
    assert problem.place == "/baseline/pools/p/timetable/monday/0/closes"
    assert problem.what == "it closes at 09:00, not after it opens at 09:00"


def test_a_calendar_condition_that_ends_before_it_begins_is_an_error() -> None:
    night = {"kind": "calendar", "weekdays": ["monday"], "opens": "22:00", "closes": "06:00"}
    more = {"from": "a", "to": "out", "when": night}
    (problem,) = errors(found({"/baseline/transitions/t3": more}))
    assert problem.place == "/baseline/transitions/t3/when/closes"
    assert "so it never holds" in problem.what
    assert "two arrows" in problem.mend


def test_a_calendar_condition_that_ends_as_it_begins_is_an_error() -> None:
    instant = {"kind": "calendar", "weekdays": ["monday"], "opens": "09:00", "closes": "09:00"}
    more = {"from": "a", "to": "out", "when": instant}
    (problem,) = errors(found({"/baseline/transitions/t3": more}))
    assert problem.place == "/baseline/transitions/t3/when/closes"
    assert problem.what == "it ends at 09:00, not after its beginning at 09:00, so it never holds"
    minute = {**instant, "closes": "09:01"}
    assert errors(found({"/baseline/transitions/t3": {**more, "when": minute}})) == ()


def test_an_interval_cannot_make_up_for_too_few_units() -> None:
    changes = {
        "/baseline/pools/p/timetable": {"monday": [{"opens": "00:00", "closes": "24:00", "units": 4}]},
        "/baseline/activities/a/needs/p": 4,
    }
    assert 'needs 4 units of "Pool" at once, which never has more than 3' in errors(found(changes))[0].what


def test_release_has_an_effect_through_a_decision() -> None:
    assert (
        found(
            {
                "/baseline/activities/a/release": "when next can take",
                "/baseline/activities/b": {"name": "B", "needs": {"p": 1}, "service_time": fixed(0.01)},
                "/baseline/decisions/d": {"name": "D"},
                "/baseline/transitions/t2/to": "d",
                "/baseline/transitions/t3": {"from": "d", "to": "b"},
                "/baseline/transitions/t4": {"from": "b", "to": "out"},
            }
        )
        == ()
    )


def test_conditions_that_cover_every_value_leave_nobody_stuck() -> None:
    changes = {
        "/baseline/need_tiers": {"low": {"name": "L", "level": 1}, "high": {"name": "H", "level": 2}},
        "/baseline/entry_points/in/arrivals/need_tiers": {"low": 1},
        "/baseline/transitions/t2/when": {"kind": "attribute", "attribute": "need_tier", "values": ["low"]},
        "/baseline/transitions/t3": {
            "from": "a",
            "to": "out",
            "when": {"kind": "attribute", "attribute": "need_tier", "values": ["high"]},
        },
    }
    assert found(changes) == ()
    del changes["/baseline/transitions/t3"]
    (problem,) = found(changes)
    assert "would be stuck" in problem.what


def test_an_arrow_with_no_share_yet_still_leads_somewhere() -> None:
    changes: dict[str, Any] = {
        "/baseline/transitions/t2": {"from": "a", "to": "out", "share": 1},
        "/baseline/activities/new": {"name": "New", "needs": {"p": 1}, "service_time": fixed(0.1)},
        "/baseline/transitions/t3": {"from": "a", "to": "new", "share": 0},
        "/baseline/transitions/t4": {"from": "new", "to": "out"},
    }
    assert found(changes) == ()


def test_what_an_option_cuts_off_is_a_warning_and_what_it_draws_loose_is_not() -> None:
    scan = {"name": "Scan", "needs": {"p": 1}, "service_time": fixed(0.1)}
    changes = {
        "/baseline/activities/b": {"name": "B", "needs": {"p": 1}, "service_time": fixed(0.1)},
        "/baseline/transitions/t2/to": "b",
        "/baseline/transitions/t3": {"from": "b", "to": "out"},
        "/options/o": {
            "name": "Without B",
            "patch": {
                "transitions": {"t2": {"to": "out"}, "t9": {"from": "scan", "to": "out"}},
                "activities": {"scan": scan},
            },
        },
    }
    problems = {each.place: each.severity for each in found(changes)}
    assert problems == {
        "/options/o/patch/activities/b": "warning",
        "/options/o/patch/activities/scan": "error",
    }


def test_a_problem_that_stands_in_the_baseline_is_said_once() -> None:
    option = {"name": "O", "patch": {"pools": {"p": {"units": 4}}}}
    other = {**option, "name": "Q"}
    (problem,) = found({"/baseline/transitions/t2/share": 0.5, "/options/o": option, "/options/q": other})
    assert problem.variant == "baseline"


def test_a_problem_of_an_option_says_which_and_where() -> None:
    option = {"name": "Bigger need", "patch": {"activities": {"a": {"needs": {"p": 4}}}}}
    (problem,) = found({"/options/o": option})
    assert problem.variant == "o"
    assert problem.element == "a"
    assert problem.where == 'Option "Bigger need" › Activity "A" › needs › "Pool"'
    assert problem.place == "/options/o/patch/activities/a/needs/p"


def test_an_option_that_no_longer_fits_is_a_problem_and_no_crash() -> None:
    sound = scenario({"/options/o": {"name": "O", "patch": {"activities": {"a": {"room": 3}}}}})
    without = sound.baseline.model_copy(update={"activities": {}, "transitions": {}})
    problems = check(sound.model_copy(update={"baseline": without}))
    (misfit,) = [each for each in problems if each.variant == "o"]
    assert misfit.place == "/options/o/patch/activities/a"
    assert "which the baseline does not have" in misfit.what


def test_an_assumption_may_point_at_what_an_option_changes() -> None:
    changes = {
        "/options/o": {"name": "O", "patch": {"pools": {"p": {"units": 4}}}},
        "/assumptions/x": {
            "name": "X",
            "places": [
                pointer("options", "o", "patch", "pools", "p", "units"),
                "/baseline/activities/a/priority",
            ],
            "source": "S",
            "quality": "judgement",
        },
    }
    assert found(changes) == ()


def test_shares_may_differ_from_1_by_rounding_only() -> None:
    three = {
        f"/baseline/transitions/t{each}": {"from": "a", "to": "out", "share": share}
        for each, share in zip((2, 3, 4), (0.1, 0.2, 0.7), strict=True)
    }
    assert found(three) == ()
    three["/baseline/transitions/t4"]["share"] = 0.7 + 1e-8
    (problem,) = found(three)
    assert "sum to 1.00000001, not 1" in problem.what


def test_shares_that_differ_by_two_attributes_at_once() -> None:
    changes: dict[str, Any] = {
        "/baseline/need_tiers": {"low": {"name": "L", "level": 1}, "high": {"name": "H", "level": 2}},
        "/baseline/footprints": {"n": {"name": "N"}, "s": {"name": "S"}},
        "/baseline/entry_points/in/arrivals/need_tiers": {"low": 1},
        "/baseline/entry_points/in/arrivals/footprints": {"n": 1},
        "/baseline/transitions/t2/share": {"by": "need_tier", "values": {"low": 0.3}, "otherwise": 0.5},
        "/baseline/transitions/t3": {
            "from": "a",
            "to": "out",
            "share": {"by": "footprint", "values": {"n": 0.5}, "otherwise": 0.6},
        },
    }
    whats = sorted(each.what for each in found(changes))
    assert whats == [
        'the shares of the arrows out of it sum to 0.8, not 1 for need tier "L" and footprint "N"',
        'the shares of the arrows out of it sum to 1.1, not 1 for need tier "H" and footprint "S"',
    ]


def test_a_problem_is_one_line() -> None:
    (problem,) = found({"/baseline/transitions/t2/share": 0.5})
    assert str(problem) == (
        'Arrow "A" → "Out" › share: the shares of the arrows out of it sum to 0.5, not 1. '
        "Raise them by 0.5 in all, or add what is missing. [/baseline/transitions/t2/share]"
    )


def test_checking_changes_nothing() -> None:
    whole = load(shipped("scenarios") / "first-steps.json")
    before = dump(whole)
    check(whole)
    assert dump(whole) == before
    assert warnings(check(whole)) == check(whole)


def test_what_the_check_lets_pass_can_be_compiled() -> None:
    alone = {"name": "B", "needs": {"p": 1}, "service_time": fixed(1)}
    loose = scenario({"/baseline/activities/b": alone, "/baseline/decisions/d": {"name": "D"}})
    assert {each.severity for each in check(loose)} == {"warning"}
    compile_pathway(loose.baseline, loose.run)


@pytest.mark.parametrize(
    "kind", [name for name, kind in DRAWN_KINDS.items() if not kind.comes_first and not kind.comes_last]
)
def test_a_loop_through_any_kind_of_element_takes_time_or_is_named(kind: str) -> None:
    changes = {
        f"/baseline/{kind}/x": {"name": "X"},
        "/baseline/decisions/d": {"name": "D"},
        "/baseline/transitions/t2/to": "x",
        "/baseline/transitions/t3": {"from": "x", "to": "d"},
        "/baseline/transitions/t4": {"from": "d", "to": "x", "share": 0.5},
        "/baseline/transitions/t5": {"from": "d", "to": "out", "share": 0.5},
    }
    assert errors(found(changes)), "say of the kind in DRAWN_KINDS that it is passed at once"
