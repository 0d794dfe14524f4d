"""What a model would take without a word is asked, or said: profiles, empty pools, shifts, today's lists."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.file.open_save import parse
from pathway_modeller.scenario.problems import FileProblems, errors, warnings
from pathway_modeller.scenario.shifts.shifts import played
from tests.scenario.checking.test_check import fixed, found, scenario

PROFILE = "/baseline/entry_points/in/arrivals/profile"


@pytest.mark.parametrize("parts", [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 144, 288])
def test_parts_of_whole_hours_or_equal_parts_of_an_hour_are_taken(parts: int) -> None:
    assert found({PROFILE: {"day": [1] * parts}}) == ()


@pytest.mark.parametrize(("parts", "minutes"), [(18, 80), (10, 144), (16, 90), (20, 72), (36, 40)])
def test_another_number_of_parts_is_asked(parts: int, minutes: int) -> None:
    (problem,) = found({PROFILE: {"day": [1] * parts}})
    assert (problem.severity, problem.place) == ("warning", f"{PROFILE}/day")
    assert f"into parts of {minutes} minutes" in problem.what
    assert "24 factors" in problem.mend


ELSEWHERE = {
    "/baseline/activities/b": {"name": "B", "needs": {"p": 1}, "service_time": fixed(0.1)},
    "/baseline/transitions/t3": {"from": "b", "to": "out"},
    "/baseline/pools/none": {"name": "None", "units": 0},
    "/baseline/activities/a/needs": {"none": 1},
}


@pytest.mark.parametrize(
    "queue",
    [
        {"/baseline/activities/a/room": 0, "/baseline/activities/a/overflow_to": "b"},
        {"/baseline/activities/a/patience": fixed(1), "/baseline/activities/a/gives_up_to": "b"},
    ],
    ids=["overflow", "patience"],
)
def test_a_pool_without_units_may_stand_where_nobody_waits_for_ever(queue: dict[str, Any]) -> None:
    (problem,) = found({**ELSEWHERE, **queue})
    assert problem.severity == "warning"
    assert 'so nobody is ever seen at "A"' in problem.what


@pytest.mark.parametrize("queue", [{}, {"/baseline/activities/a/room": 2}])
def test_a_pool_without_units_keeps_others_waiting_for_ever(queue: dict[str, Any]) -> None:
    said = errors(found({**ELSEWHERE, **queue, "/baseline/activities/a/overflow_to": "b"}))
    assert [each.what for each in said] == ["it is never open, so whoever needs it waits for ever"]


def outcome(measure: str) -> dict[str, Any]:
    return {"/outcomes/o": {"name": "O", "measure": measure, "better": "lower"}}


STANDARD = {
    "/baseline/standards/rtt": {
        "name": "RTT",
        "starts_at": ["in"],
        "stops_at": ["a"],
        "limit": {"value": 18, "unit": "weeks"},
        "target": 0.92,
        "counts": "stock",
    },
    "/baseline/payers/nhs": {"name": "NHS"},
}


@pytest.mark.parametrize(
    "measure", ["wait.mean", "standard.within.rtt", "standard.month.rtt.2026-05", "bill.payer.nhs"]
)
def test_measures_that_there_are_can_be_outcomes(measure: str) -> None:
    assert found({**STANDARD, **outcome(measure)}) == ()


@pytest.mark.parametrize(
    ("measure", "what", "mend"),
    [
        (
            "shoe.size",
            'there is no measure "shoe.size"',
            "Give the id of a measure, such as wait.mean",
        ),
        ("wait.maen", 'there is no measure "wait.maen"', 'Did you mean "wait.mean"?'),
        ("standard.within", 'there is no measure "standard.within"', '"standard.within.<standard>"'),
        ("standard.within.rtz", 'it names the waiting-time standard "rtz"', '"rtt"'),
        ("standard.month.rtt.2026-13", '"2026-13" is no month', "2026-04"),
        ("bill.payer.council", 'it names the payer "council"', '"nhs"'),
    ],
)
def test_an_unknown_measure_is_refused(measure: str, what: str, mend: str) -> None:
    (problem,) = found({**STANDARD, **outcome(measure)})
    assert (problem.severity, problem.place) == ("error", "/outcomes/o/measure")
    assert what in problem.what
    assert mend in problem.mend


@pytest.mark.parametrize(
    ("more", "field", "what"),
    [
        ({"measure": "pool.occupancy"}, "element", "of each of the capacity pools only, and none is named"),
        ({"measure": "pool.occupancy", "element": "a"}, "element", "of capacity pools only"),
        ({"measure": "wait.mean", "element": "p"}, "element", "of activities only"),
        ({"measure": "system_cost", "element": "a"}, "element", "of the whole pathway only"),
        ({"measure": "standard.within.rtt", "element": "a"}, "element", "of the whole pathway only"),
        ({"measure": "bill", "need_tier": "low"}, "need_tier", "no figure by need tier"),
    ],
)
def test_an_outcome_that_would_have_no_figure_is_named(more: dict[str, Any], field: str, what: str) -> None:
    changes = {
        **STANDARD,
        "/baseline/need_tiers/low": {"name": "Low", "level": 1},
        "/outcomes/o": {"name": "O", "better": "lower", **more},
    }
    (problem,) = found(changes)
    assert (problem.severity, problem.place) == ("warning", f"/outcomes/o/{field}")
    assert what in problem.what


def shifted(**more: Any) -> dict[str, Any]:
    """Returns the changes to a scenario of three footprints, one nurse's pay of which is shifted to them."""
    nurses = {
        "name": "Nurses",
        "units": 2,
        "per_footprint": True,
        "cost": {"amount": {"value": 50_000, "price_year": "2024/25"}, "per": "year"},
    }
    people = {"low": 1000}
    return {
        "/baseline/need_tiers/low": {"name": "Low", "level": 1},
        "/baseline/footprints": {key: {"name": key.upper(), "people": people} for key in ("n", "s", "w")},
        "/baseline/pools/p": nurses,
        "/options/o": {
            "name": "O",
            "shifts": {
                "s": {
                    "name": "S",
                    "to": "p",
                    "amount": {"value": 60_000, "price_year": "2024/25"},
                    "starts": "2026-04-01",
                    **more,
                }
            },
        },
    }


def test_units_that_suffice_for_some_footprints_only_are_said() -> None:
    (problem,) = found(shifted())
    assert (problem.severity, problem.place) == ("warning", "/options/o/shifts/s/to")
    assert 'it opens 1 in "N", by people and then by id, and none in "S" and "W"' in problem.what
    assert "Choose the shares of the footprints" in problem.mend


def test_units_are_opened_in_the_footprints_that_are_chosen() -> None:
    changes = shifted(footprints={"w": 1.0})
    assert found(changes) == ()
    (step,) = played(scenario(changes), "o").pools["p"].steps
    assert (step.footprint, step.units) == ("w", 3)


@pytest.mark.parametrize(
    ("shares", "place", "what"),
    [
        ({"x": 1.0}, "/footprints/x", 'it names the footprint "x"'),
        ({"n": 0.5}, "/footprints", "the shares sum to 0.5, not 1"),
    ],
)
def test_shares_of_footprints_are_checked(shares: dict[str, float], place: str, what: str) -> None:
    said = {each.place: each.what for each in errors(found(shifted(footprints=shares)))}
    assert what in said[f"/options/o/shifts/s{place}"]


@pytest.mark.parametrize(
    ("given", "field", "phrase"),
    [
        (
            {"from": "p", "to": None, "recruitment_lag": {"value": 1, "unit": "months"}},
            "recruitment_lag",
            "opens no pool's units",
        ),
        ({"double_running": {"value": 1, "unit": "months"}}, "double_running", "comes from no pool"),
        ({"notice": {"value": 1, "unit": "months"}}, "notice", "comes from no pool"),
        ({"exit_cost": {"value": 1, "price_year": "2024/25"}}, "exit_cost", "comes from no pool"),
        ({"payer": "nhs"}, "payer", "neither set-up nor exit cost"),
    ],
)
def test_settings_of_a_shift_that_do_nothing_are_named(
    given: dict[str, Any], field: str, phrase: str
) -> None:
    changes = {"/baseline/payers/nhs": {"name": "NHS"}, **shifted(**given)}
    said = {each.place: each.what for each in warnings(found(changes))}
    assert phrase in said[f"/options/o/shifts/s/{field}"]


def test_figures_of_ones_own_are_quoted_as_they_are() -> None:
    (problem,) = found({"/baseline/pools/p/units": 102, "/baseline/activities/a/service_time": fixed(20.9)})
    assert "it needs 104 units on average but 102 are open" in problem.what


def test_what_is_needed_is_never_said_to_be_less_than_what_is_open() -> None:
    (problem,) = found({"/baseline/pools/p/units": 102, "/baseline/activities/a/service_time": fixed(20.5)})
    assert "it needs 102.5 units on average but 102 are open" in problem.what


def today(**more: Any) -> dict[str, Any]:
    return {
        "/run/start": "today",
        "/baseline/activities/a/service_time": {"kind": "gamma", "unit": "hours", "mean": 10, "sd": 10},
        "/baseline/today/a": {"in_progress": [{"patients": 2, **more}]},
    }


def test_time_remaining_that_is_left_empty_is_said() -> None:
    (problem,) = found(today())
    assert (problem.severity, problem.place) == ("warning", "/baseline/today/a/in_progress/0/remaining")
    assert problem.what == (
        "how long the 2 patients in progress still stay is not given, and is assumed: as in the middle of a "
        "long-running service, 10 hours on average, against 10 for a new patient"
    )
    assert "that is the service time" in problem.mend


def test_time_remaining_that_is_given_is_not() -> None:
    assert found(today(remaining=fixed(0.2))) == ()


WRONG_TIMES: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    (
        {"kind": "triangular", "unit": "minutes", "min": 1, "likely": 2, "max": 3},
        [
            ("min", '"min" is no figure of a time of the kind triangular', 'Did you mean "low"?'),
            ("max", '"max" is no figure of a time of the kind triangular', 'Did you mean "high"?'),
        ],
    ),
    (
        {"kind": "exponential", "unit": "minutes", "rate": 3},
        [
            (
                "rate",
                '"rate" is no figure of a time of the kind exponential',
                'Give "mean", "median", "p90" or "p95"',
            )
        ],
    ),
    (
        {"kind": "gaussian", "unit": "minutes", "mean": 3, "sd": 1},
        [("kind", '"gaussian"', 'Use "normal", which is cut at 0, with mean and sd')],
    ),
    (
        {"kind": "poisson", "unit": "minutes", "mean": 3},
        [("kind", "it counts events and is no length of time", '"exponential"')],
    ),
    (
        {"by": ["need_tier", "footprint"], "values": {}, "otherwise": fixed(1)},
        [("by", "a value can differ by one attribute of patients only", "declare a patient attribute")],
    ),
    (
        {
            "by": "need_tier",
            "values": {},
            "otherwise": {"by": "footprint", "values": {}, "otherwise": fixed(1)},
        },
        [("otherwise/by", "a value can differ by one attribute of patients only", "declare")],
    ),
    ({"values": {}, "otherwise": fixed(1)}, [("by", '"by" is missing', 'Add "by"')]),
]


@pytest.mark.parametrize(("time", "wanted"), WRONG_TIMES, ids=range(len(WRONG_TIMES)))
def test_errors_of_times_speak_of_the_kinds_own_figures(
    time: dict[str, Any], wanted: list[tuple[str, str, str]]
) -> None:
    place = "/baseline/activities/a/service_time"
    with pytest.raises(FileProblems) as refused:
        scenario({place: time})
    said = {each.place: each for each in refused.value.problems}
    assert sorted(said) == sorted(f"{place}/{step}" for step, _, _ in wanted)
    for step, what, mend in wanted:
        assert what in said[f"{place}/{step}"].what
        assert mend in said[f"{place}/{step}"].mend


def test_a_value_that_cannot_differ_by_group_says_so() -> None:
    with pytest.raises(FileProblems) as refused:
        scenario({"/baseline/activities/a/room": {"by": "need_tier", "values": {}, "otherwise": 3}})
    assert [each.what for each in refused.value.problems] == ["it cannot differ by group of patients"]
    assert check(parse(scenario().model_dump_json(by_alias=True, exclude_defaults=True))) == ()


CALLED_ELSEWHERE = {
    ("triangular", "low"): "min minimum lower lowest shortest a",
    ("triangular", "high"): "max maximum upper highest longest b",
    ("triangular", "likely"): "mode most_likely peak c typical Most-Likely",
    ("exponential", "mean"): "average avg expected m",
    ("lognormal", "sd"): "std stdev stddev std_dev standard_deviation spread",
    ("erlang", "shape"): "k stages phases",
    ("exponential", "median"): "p50 middle",
    ("fixed", "value"): "time constant always fixed",
}
"""What figures of times are called in spreadsheets, statistics programs and other simulation programs."""


@pytest.mark.parametrize(
    ("kind", "own", "elsewhere"),
    [(kind, own, word) for (kind, own), words in CALLED_ELSEWHERE.items() for word in words.split()],
)
def test_a_figure_called_as_elsewhere_is_told_its_name_here(kind: str, own: str, elsewhere: str) -> None:
    with pytest.raises(FileProblems) as refused:
        scenario({"/baseline/activities/a/service_time": {"kind": kind, "unit": "days", elsewhere: 1}})
    (problem,) = (each for each in refused.value.problems if each.place.endswith(f"/{elsewhere}"))
    assert problem.mend == f'Did you mean "{own}"?'
