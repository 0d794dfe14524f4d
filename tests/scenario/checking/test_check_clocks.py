"""Checking clocks of standards: what would have to be guessed, and what can do nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.file.open_save import parse
from pathway_modeller.scenario.network.clocks import carried

LIST = {"waiting": [{"patients": 5, "waited": {"kind": "fixed", "value": 20, "unit": "weeks"}}]}
BUSY = {"in_progress": [{"patients": 1, "remaining": {"kind": "fixed", "value": 1, "unit": "days"}}]}


def made(
    today: dict[str, Any] | None = None,
    *,
    starts: tuple[str, ...] = ("in",),
    again: tuple[str, ...] = (),
    returns: str = "follow_up",
    still: tuple[str, ...] = (),
    standards: bool = True,
) -> Any:
    """In > triage > clinic (the stop) > one that patients may return to > out."""
    seconds = {"kind": "fixed", "value": 0.01, "unit": "days"}
    activity = {"needs": {"staff": 1}, "service_time": seconds}
    arrows = [("in", "triage"), ("triage", "clinic"), ("follow_up", "out")]
    ways = {f"t{number}": {"from": one, "to": two} for number, (one, two) in enumerate(arrows)}
    ways |= {
        "u": {"from": "clinic", "to": returns, "share": 0.5},
        "v": {"from": "clinic", "to": "out", "share": 0.5},
    }
    if returns != "follow_up":
        ways["w"] = {
            "from": "clinic",
            "to": "follow_up",
            "when": {"kind": "visits", "element": "clinic", "at_least": 9},
        }
    standard = {
        "name": "Seen",
        "starts_at": starts,
        "stops_at": ["clinic"],
        "new_referral_at": again,
        "limit": {"value": 18, "unit": "weeks"},
        "target": 0.92,
        "counts": "stock",
    }
    activities = {key: {"name": key, **activity} for key in ("triage", "clinic", "follow_up")}
    for key in still:
        activities[key]["pauses_clocks"] = True
    booked = {"kind": "booked", "bookings": [{"weekday": "monday", "time": "12:00", "patients": 1}]}
    document = {
        "format": 1,
        "name": "Clocks",
        "baseline": {
            "entry_points": {"in": {"name": "In", "arrivals": booked}},
            "activities": activities,
            "exit_points": {"out": {"name": "Out"}},
            "pools": {"staff": {"name": "Staff", "units": 2}},
            "transitions": ways,
            "standards": {"s": standard} if standards else {},
            "today": today or {},
        },
        "run": {
            "start_date": "2025-06-02",
            "start": "today" if today else "empty",
            "duration": {"value": 61, "unit": "days"},
        },
    }
    return parse(json.dumps(document))


def told(*given: Any, **more: Any) -> list[tuple[str, str]]:
    """The place and the text of what is found of clocks."""
    return [(each.place, each.what) for each in check(made(*given, **more)) if "clock" in each.what]


def test_those_on_the_way_to_the_stop_carry_a_running_clock_and_those_behind_it_a_stopped_one() -> None:
    scenario = made({"triage": LIST, "clinic": LIST, "follow_up": LIST})
    standard = scenario.baseline.standards["s"]
    expected = {"triage": "running", "clinic": "running", "follow_up": "stopped"}
    assert carried(scenario.baseline, standard) == expected
    assert check(scenario) == ()


def test_before_a_start_no_clock_is_carried() -> None:
    pathway = made({"triage": LIST}, starts=("clinic",)).baseline
    assert carried(pathway, pathway.standards["s"]) == {"clinic": "running", "follow_up": "stopped"}


def test_who_gave_up_at_the_stop_carries_a_running_clock() -> None:
    pathway = made({"follow_up": LIST}).baseline
    clinic = pathway.activities["clinic"].model_copy(update={"gives_up_to": "follow_up"})
    pathway = pathway.model_copy(update={"activities": {**pathway.activities, "clinic": clinic}})
    assert carried(pathway, pathway.standards["s"])["follow_up"] == "running"


def test_a_list_of_first_contacts_and_returns_has_to_say_which_clocks_it_carries() -> None:
    ((place, what),) = told({"clinic": LIST}, returns="clinic")
    assert place == "/baseline/today/clinic/clocks"
    assert 'before or after the clock of "Seen" stopped; it is taken to run' in what
    for said in ("running", "stopped"):
        scenario = made({"clinic": {**LIST, "clocks": said}}, returns="clinic")
        assert check(scenario) == ()
        assert carried(scenario.baseline, scenario.baseline.standards["s"])["clinic"] == said


def test_that_those_in_progress_are_left_out_is_said_where_a_clock_would_run() -> None:
    assert told({"clinic": BUSY}) == []
    ((place, what),) = told({"triage": BUSY})
    assert place == "/baseline/today/triage/in_progress"
    assert "left out of it" in what


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"today": {"follow_up": {**LIST, "clocks": "running"}}}, "/baseline/today/follow_up/clocks"),
        ({"again": ("triage",)}, "/baseline/standards/s/new_referral_at/0"),
        ({"still": ("follow_up",)}, "/baseline/activities/follow_up/pauses_clocks"),
        ({"still": ("triage",), "standards": False}, "/baseline/activities/triage/pauses_clocks"),
    ],
)
def test_what_can_do_nothing_where_it_stands_is_said(more: dict[str, Any], place: str) -> None:
    assert [where for where, _ in told(**more)] == [place]


def test_what_does_something_where_it_stands_is_not() -> None:
    assert told(again=("follow_up",), still=("triage", "clinic")) == []
