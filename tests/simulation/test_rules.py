"""The rules of a replication, each as a worked example with a trace written by hand.

Times are fixed and fall on whole and half days. 'in/0' is the first patient of entry point 'in'.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import (
    AttributeCondition,
    CalendarCondition,
    DidNotAttend,
    InProgressToday,
    QueueCondition,
    Stay,
    StayEnd,
    TimeCondition,
    Today,
    Transition,
    VisitsCondition,
    WaitingToday,
)
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import (
    DECISION,
    MONDAY,
    OUT,
    booked,
    coming,
    does,
    draw,
    every,
    exponential,
    fixed,
    play,
    story,
    waits,
)
from tests.engines.pathways import COLOURS
from tests.engines.replay import Replay

DAILY = every(1.0, ends_after={"value": 3.5, "unit": "days"})
"""Patients on days 1, 2 and 3."""


def _line(activity: Any, pools: dict[str, Any], entry: Any = DAILY, **maps: Any) -> Any:
    """Returns the pathway in > clinic > out."""
    return draw({"in": entry, "clinic": activity, "out": OUT}, ["in > clinic > out"], pools, **maps)


def _starts(told: list[str], element: str = "clinic") -> list[str]:
    """Returns who was started when."""
    return [line.replace(f" START {element}", "") for line in told if line.endswith(f" START {element}")]


# --- starting and the order of ties ----------------------------------------------------------------


def test_a_service_that_ends_as_somebody_comes_frees_the_unit_first() -> None:
    told = story(play(_line(does({"doctor": 1}, 1.0), {"doctor": 1}), 3.5), units=True)
    assert told == [
        "0 CAPACITY doctor 1",
        "1 in/0 ARRIVE in",
        "1 in/0 JOIN clinic",
        "1 in/0 START clinic",
        "1 in/0 ACQUIRE clinic doctor 1",
        "2 in/0 COMPLETE clinic",
        "2 in/0 RELEASE clinic doctor 1",
        "2 in/0 EXIT out",
        "2 in/1 ARRIVE in",
        "2 in/1 JOIN clinic",
        "2 in/1 START clinic",
        "2 in/1 ACQUIRE clinic doctor 1",
        "3 in/1 COMPLETE clinic",
        "3 in/1 RELEASE clinic doctor 1",
        "3 in/1 EXIT out",
        "3 in/2 ARRIVE in",
        "3 in/2 JOIN clinic",
        "3 in/2 START clinic",
        "3 in/2 ACQUIRE clinic doctor 1",
    ]


def test_those_who_come_together_are_started_in_order_of_identity() -> None:
    pathway = _line(does({"doctor": 1}, 0.5), {"doctor": 1}, booked("tuesday 00:00 3"))
    assert _starts(story(play(pathway, 5))) == ["1 in/0", "1.5 in/1", "2 in/2"]


@pytest.mark.parametrize(
    ("discipline", "order"),
    [
        ("first come", ["1 first/0", "3 second/0", "5 first/1"]),
        ("last come", ["1 first/0", "3 first/1", "5 second/0"]),
    ],
)
def test_discipline_says_who_goes_next(discipline: str, order: list[str]) -> None:
    entries = {"first": booked("tuesday 00:00 1", "thursday 00:00 1"), "second": booked("wednesday 00:00 1")}
    clinic = does({"doctor": 1}, 2.0, discipline=discipline)
    pathway = draw(
        {**entries, "clinic": clinic, "out": OUT},
        ["first > clinic", "second > clinic > out"],
        {"doctor": 1},
    )
    assert _starts(story(play(pathway, 7))) == order


def test_longest_on_the_pathway_goes_before_who_joined_earlier() -> None:
    pathway = draw(
        {
            "old": booked("monday 06:00 1"),
            "new": booked("tuesday 00:00 1", "wednesday 00:00 1"),
            "rest": waits(2.25),
            "clinic": does({"doctor": 1}, 2.0, discipline="longest on pathway"),
            "out": OUT,
        },
        ["old > rest > clinic > out", "new > clinic"],
        {"doctor": 1},
    )
    assert _starts(story(play(pathway, 7))) == ["1 new/0", "3 old/0", "5 new/1"]


def test_priority_goes_before_the_time_of_joining() -> None:
    priority = ByGroup[int](by="colour", values={"red": 1}, otherwise=5)
    clinic = does({"doctor": 1}, 2.0, priority=priority)
    red = {"colour": {"red": 1.0}}
    pathway = draw(
        {
            "in": booked("tuesday 00:00 2"),
            "urgent": booked("wednesday 00:00 1", attributes=red),
            "clinic": clinic,
            "out": OUT,
        },
        ["in > clinic > out", "urgent > clinic"],
        {"doctor": 1},
        attributes={"colour": COLOURS},
    )
    assert _starts(story(play(pathway, 7))) == ["1 in/0", "3 urgent/0", "5 in/1"]


def test_activities_that_share_a_pool_are_compared_by_priority_too() -> None:
    pathway = draw(
        {
            "in": booked("tuesday 00:00 2"),
            "other": booked("tuesday 12:00 1"),
            "clinic": does({"doctor": 1}, 1.0, priority=3),
            "surgery": does({"doctor": 1}, 1.0, priority=2),
            "out": OUT,
        },
        ["in > clinic > out", "other > surgery > out"],
        {"doctor": 1},
    )
    told = story(play(pathway, 7))
    assert _starts(told) == ["1 in/0", "3 in/1"]
    assert _starts(told, "surgery") == ["2 other/0"]


def test_who_needs_more_than_is_free_does_not_keep_others_from_starting() -> None:
    pathway = draw(
        {
            "in": booked("tuesday 00:00 1"),
            "other": booked("tuesday 12:00 1"),
            "theatre": does({"surgeon": 1, "bed": 1}, 1.0),
            "day-case": does({"surgeon": 1}, 1.0),
            "out": OUT,
        },
        ["in > theatre > out", "other > day-case > out"],
        {"surgeon": 1, "bed": Pool(name="Bed", units=0, steps=(_step(2, 1),))},
    )
    told = story(play(pathway, 7))
    assert _starts(told, "day-case") == ["1.5 other/0"]
    assert _starts(told, "theatre") == ["2.5 in/0"]


def _step(day: int, units: int) -> CapacityStep:
    return CapacityStep(date=MONDAY + dt.timedelta(days=day), units=units)


# --- room, overflow, patience -----------------------------------------------------------------------


def test_room_is_judged_after_starts_and_the_last_are_turned_away() -> None:
    clinic = does({"doctor": 1}, 1.0, room=1)
    told = story(play(_line(clinic, {"doctor": 1}, booked("tuesday 00:00 4")), 1.5))
    assert told == [
        "1 in/0 ARRIVE in",
        "1 in/0 JOIN clinic",
        "1 in/0 START clinic",
        "1 in/1 ARRIVE in",
        "1 in/1 JOIN clinic",
        "1 in/2 ARRIVE in",
        "1 in/2 JOIN clinic",
        "1 in/2 TURNED_AWAY clinic",
        "1 in/2 LEFT_TURNED_AWAY clinic",
        "1 in/3 ARRIVE in",
        "1 in/3 JOIN clinic",
        "1 in/3 TURNED_AWAY clinic",
        "1 in/3 LEFT_TURNED_AWAY clinic",
    ]


def test_who_comes_as_the_unit_is_freed_is_seen_in_a_loss_system() -> None:
    told = story(play(_line(does({"doctor": 1}, 1.0, room=0), {"doctor": 1}), 4))
    assert _starts(told) == ["1 in/0", "2 in/1", "3 in/2"]
    slower = story(play(_line(does({"doctor": 1}, 1.5, room=0), {"doctor": 1}), 4))
    assert "2 in/1 LEFT_TURNED_AWAY clinic" in slower


def test_overflow_goes_to_its_element() -> None:
    pathway = draw(
        {
            "in": booked("tuesday 00:00 2"),
            "clinic": does({"doctor": 1}, 1.0, room=0, overflow_to="walk-in"),
            "walk-in": does({"nurse": 1}, 0.5),
            "out": OUT,
        },
        ["in > clinic > out", "walk-in > out"],
        {"doctor": 1, "nurse": 1},
    )
    told = story(play(pathway, 3))
    assert told[4:9] == [
        "1 in/1 JOIN clinic",
        "1 in/1 TURNED_AWAY clinic",
        "1 in/1 JOIN walk-in",
        "1 in/1 START walk-in",
        "1.5 in/1 COMPLETE walk-in",
    ]


def test_patience_that_runs_out_as_the_unit_is_freed_comes_first() -> None:
    clinic = does({"doctor": 1}, 1.0, patience=fixed(1.0), gives_up_to="out")
    told = story(play(_line(clinic, {"doctor": 1}, booked("tuesday 00:00 2")), 5))
    assert [line for line in told if line.startswith("2 ")] == [
        "2 in/0 COMPLETE clinic",
        "2 in/0 EXIT out",
        "2 in/1 GAVE_UP clinic",
        "2 in/1 EXIT out",
    ]


def test_who_gives_up_without_a_target_leaves_the_pathway() -> None:
    clinic = does({"doctor": 1}, 1.0, patience=fixed(0.5))
    told = story(play(_line(clinic, {"doctor": 1}, booked("tuesday 00:00 2")), 5))
    assert told[-4:] == [
        "1.5 in/1 GAVE_UP clinic",
        "1.5 in/1 LEFT_GAVE_UP clinic",
        "2 in/0 COMPLETE clinic",
        "2 in/0 EXIT out",
    ]


def test_without_any_patience_whoever_need_not_wait_is_seen() -> None:
    clinic = does({"doctor": 1}, 0.5, patience=fixed(0.0))
    trace = play(_line(clinic, {"doctor": 1}, booked("tuesday 00:00 3")), 5)
    assert [line for line in story(trace) if "START clinic" in line] == ["1 in/0 START clinic"]
    gave_up = trace.time[trace.event == Event.GAVE_UP]
    assert list(gave_up) == [1 + 1 / 86_400_000] * 2  # a millisecond later, as nobody else can be told apart


def test_without_patience_a_queue_is_a_loss_system() -> None:
    def seen(**more: object) -> list[float]:
        clinic = does({"doctor": 1}, exponential(0.3), **more)
        trace = play(_line(clinic, {"doctor": 1}, coming(3.0)), 300)
        return list(trace.time[trace.event == Event.START])

    assert seen(patience=fixed(0.0)) == seen(room=0)


# --- not attending ----------------------------------------------------------------------------------


def test_a_missed_slot_is_used_and_the_patient_booked_again() -> None:
    clinic = does({"doctor": 1}, 0.5, did_not_attend=DidNotAttend(share=1.0, rebook=1.0))
    told = story(play(_line(clinic, {"doctor": 1}), 2.0), units=True)
    assert told[1:9] == [
        "1 in/0 ARRIVE in",
        "1 in/0 JOIN clinic",
        "1 in/0 START_MISSED clinic",
        "1 in/0 ACQUIRE clinic doctor 1",
        "1.5 in/0 DID_NOT_ATTEND clinic",
        "1.5 in/0 RELEASE clinic doctor 1",
        "1.5 in/0 JOIN clinic",
        "1.5 in/0 START_MISSED clinic",
    ]


@pytest.mark.parametrize(("target", "last"), [(None, "LEFT_NOT_ATTENDED clinic"), ("out", "EXIT out")])
def test_who_is_not_booked_again_goes_on_or_leaves(target: str | None, last: str) -> None:
    missed = DidNotAttend(share=1.0, rebook=0.0, others_go_to=target)
    told = story(play(_line(does({"doctor": 1}, 0.5, did_not_attend=missed), {"doctor": 1}), 1.75))
    assert told[-2:] == ["1.5 in/0 DID_NOT_ATTEND clinic", f"1.5 in/0 {last}"]


# --- release, moves and stays -----------------------------------------------------------------------


def test_a_bed_is_kept_until_the_next_activity_starts() -> None:
    pathway = draw(
        {
            "in": booked("monday 00:00 2"),
            "ward": does({"bed": 1}, 1.0, release="when next can take"),
            "home": does({"carer": 1}, 2.0),
            "out": OUT,
        },
        ["in > ward > home > out"],
        {"bed": 2, "carer": 1},
    )
    told = story(play(pathway, 4), units=True)
    assert [line for line in told if "in/1" in line and not line.startswith("0 ")] == [
        "1 in/1 COMPLETE ward",
        "1 in/1 JOIN home",
        "1 in/1 BLOCKED ward",
        "3 in/1 START home",
        "3 in/1 RELEASE ward bed 1",
        "3 in/1 ACQUIRE home carer 1",
    ]


def test_a_wait_takes_a_patient_at_once_and_decisions_pass_the_bed_on() -> None:
    ward = does({"bed": 1}, 1.0, release="when next can take")
    pathway = draw(
        {"in": booked("monday 00:00 1"), "ward": ward, "d": DECISION, "rest": waits(1.0), "out": OUT},
        ["in > ward > d > rest > out"],
        {"bed": 1},
    )
    assert story(play(pathway, 4), units=True)[-6:] == [
        "1 in/0 COMPLETE ward",
        "1 in/0 DECIDE d",
        "1 in/0 RELEASE ward bed 1",
        "1 in/0 WAIT_START rest",
        "2 in/0 WAIT_END rest",
        "2 in/0 EXIT out",
    ]


@pytest.mark.parametrize("keeps", [True, False])
def test_a_move_may_keep_the_bed(keeps: bool) -> None:
    move = Transition(origin="ward", target="out", time=fixed(0.5), keeps_units=keeps)
    pathway = draw(
        {"in": booked("monday 00:00 1"), "ward": does({"bed": 1}, 1.0), "out": OUT},
        ["in > ward", move],
        {"bed": 1},
    )
    told = story(play(pathway, 4), units=True)[-6 if keeps else -5 :]
    rows = ["1 in/0 COMPLETE ward", "1 in/0 MOVE_START ward", "1.5 in/0 MOVE_END out", "1.5 in/0 EXIT out"]
    rows.insert(3 if keeps else 1, f"{1.5 if keeps else 1} in/0 RELEASE ward bed 1")
    if keeps:
        rows.insert(1, "1 in/0 BLOCKED ward")
    assert told == rows


@pytest.mark.parametrize("keeps", [True, False])
def test_a_ward_that_waits_for_the_next_still_gives_up_the_bed_on_a_move_that_does_not_keep_it(
    keeps: bool,
) -> None:
    """Bed for 1 day, move of 2 days, care from day 3: the bed is given up on day 1, or kept to day 3."""
    move = Transition(origin="ward", target="care", time=fixed(2.0), keeps_units=keeps)
    pathway = draw(
        {
            "in": booked("monday 00:00 1"),
            "ward": does({"bed": 1}, 1.0, release="when next can take"),
            "care": does({"nurse": 1}, 1.0),
            "out": OUT,
        },
        ["in > ward", move, "care > out"],
        {"bed": 1, "nurse": 1},
    )
    told = story(play(pathway, 6), units=True)
    assert (f"{3 if keeps else 1} in/0 RELEASE ward bed 1") in told
    assert ("1 in/0 BLOCKED ward" in told) is keeps


def test_an_inpatient_waits_in_the_bed_and_takes_no_room_in_the_next_queue() -> None:
    """Two inpatients in beds of a stay wait for a theatre with room for nobody: neither is turned away."""
    stay = Stay(name="Bed", needs={"bed": 1}, begins_with="ward", ends=())
    pathway = draw(
        {
            "in": booked("monday 00:00 2"),
            "ward": does({}, 0.5),
            "theatre": does({"surgeon": 1}, 1.0, room=0),
            "out": OUT,
        },
        ["in > ward", "ward > theatre", "theatre > out"],
        {"bed": 2, "surgeon": 1},
        stays={"stay": stay},
    )
    told = story(play(pathway, 6))
    assert not [row for row in told if "TURNED_AWAY" in row]
    assert [row for row in told if "EXIT" in row] == ["1.5 in/0 EXIT out", "2.5 in/1 EXIT out"]


def test_a_stay_holds_its_bed_across_elements() -> None:
    stay = Stay(
        name="Bed",
        needs={"bed": 1},
        begins_with="theatre",
        ends=(StayEnd(element="recovery", when="completion"), StayEnd(element="home", when="start")),
    )
    pathway = draw(
        {
            "in": booked("monday 00:00 2"),
            "theatre": does({"surgeon": 1}, 0.5),
            "recovery": waits(1.0),
            "home": does({}, 1.0),
            "out": OUT,
        },
        ["in > theatre > recovery > home > out"],
        {"surgeon": 1, "bed": 1},
        stays={"stay": stay},
    )
    told = story(play(pathway, 4), units=True)
    assert [line for line in told if "ACQUIRE" in line or "RELEASE" in line] == [
        "0 in/0 ACQUIRE theatre bed 1",
        "0 in/0 ACQUIRE theatre surgeon 1",
        "0.5 in/0 RELEASE theatre surgeon 1",
        "1.5 in/0 RELEASE theatre bed 1",
        "1.5 in/1 ACQUIRE theatre bed 1",
        "1.5 in/1 ACQUIRE theatre surgeon 1",
        "2 in/1 RELEASE theatre surgeon 1",
        "3 in/1 RELEASE theatre bed 1",
    ]


def test_a_stay_that_the_same_start_ends_and_begins_again_counts_its_units() -> None:
    stay = Stay(
        name="Bed", needs={"bed": 1}, begins_with="ward", ends=(StayEnd(element="ward", when="start"),)
    )
    pathway = draw(
        {
            "in": booked("monday 00:00 1"),
            "other": booked("monday 12:00 1"),
            "ward": does({"bed": 2}, 1.0),
            "day": does({"bed": 1}, 3.0, priority=1),
            "out": OUT,
        },
        ["in > ward", "ward > ward 0.5", "ward > out 0.5", "other > day > out"],
        {"bed": 3},
        stays={"stay": stay},
    )
    for replication in range(20):
        assert Replay(play(pathway, 6, replication=replication), pathway).wrong == []


# --- capacity -----------------------------------------------------------------------------------------


def test_work_in_progress_is_finished_when_capacity_is_cut() -> None:
    pool = Pool(name="Beds", units=2, steps=(_step(1, 1),))
    pathway = _line(does({"bed": 1}, 1.5), {"bed": pool}, booked("monday 00:00 3"))
    told = story(play(pathway, 4), units=True)
    assert [line for line in told if "CAPACITY" in line or "START" in line or "RELEASE" in line] == [
        "0 CAPACITY bed 2",
        "0 in/0 START clinic",
        "0 in/1 START clinic",
        "1 CAPACITY bed 1",
        "1.5 in/0 RELEASE clinic bed 1",
        "1.5 in/1 RELEASE clinic bed 1",
        "1.5 in/2 START clinic",
        "3 in/2 RELEASE clinic bed 1",
    ]


def test_nobody_starts_at_closing_time_and_the_next_starts_at_opening() -> None:
    hours = (OpenHours(opens="06:00", closes="18:00"),)
    pool = Pool(name="Doctor", units=1, timetable={"monday": hours, "wednesday": hours})
    pathway = _line(does({"doctor": 1}, 0.25), {"doctor": pool}, booked("monday 12:00 3"))
    assert _starts(story(play(pathway, 4))) == ["0.5 in/0", "2.25 in/1", "2.5 in/2"]


def test_an_unlimited_pool_takes_everybody_and_records_them() -> None:
    pathway = _line(does({"home": 2}, 5.0), {"home": None}, booked("monday 00:00 3"))
    told = story(play(pathway, 6), units=True)
    assert told[0] == "0 CAPACITY home -1"
    assert sum("ACQUIRE clinic home 2" in line for line in told) == 3
    assert sum("5 in" in line and "RELEASE clinic home 2" in line for line in told) == 3


# --- today --------------------------------------------------------------------------------------------


def test_todays_lists_keep_their_place_and_those_in_progress_finish() -> None:
    today = Today(
        waiting=(WaitingToday(patients=1, waited=fixed(3.0)),),
        in_progress=(InProgressToday(patients=1, remaining=fixed(1.5)),),
    )
    pathway = _line(
        does({"doctor": 1}, 1.0), {"doctor": 1}, booked("tuesday 00:00 1"), today={"clinic": today}
    )
    assert story(play(pathway, 3.0, start="today"), units=True) == [
        "-3 clinic waiting/0 JOIN clinic",
        *sorted(
            [
                "0 CAPACITY doctor 1",
                "0 clinic in progress/0 ACQUIRE clinic doctor 1",
                "0 clinic in progress/0 PRESENT clinic",
                "0 clinic waiting/0 PRESENT clinic",
            ],
            key=lambda line: ("CAPACITY" not in line, "progress" in line, "ACQUIRE" in line),
        ),
        "1 in/0 ARRIVE in",
        "1 in/0 JOIN clinic",
        "1.5 clinic waiting/0 START clinic",
        "1.5 clinic waiting/0 ACQUIRE clinic doctor 1",
        "1.5 clinic in progress/0 COMPLETE clinic",
        "1.5 clinic in progress/0 RELEASE clinic doctor 1",
        "1.5 clinic in progress/0 EXIT out",
        "2.5 clinic waiting/0 COMPLETE clinic",
        "2.5 clinic waiting/0 RELEASE clinic doctor 1",
        "2.5 clinic waiting/0 EXIT out",
        "2.5 in/0 START clinic",
        "2.5 in/0 ACQUIRE clinic doctor 1",
    ]


def test_patience_of_todays_list_runs_from_time_0_and_they_are_not_turned_away() -> None:
    today = Today(waiting=(WaitingToday(patients=3, waited=fixed(9.0)),))
    clinic = does({"doctor": 1}, 4.0, room=0, patience=fixed(2.0))
    told = story(
        play(_line(clinic, {"doctor": 1}, today={"clinic": today}, entry=every(9.0)), 5, start="today")
    )
    assert sum(line.startswith("2 ") and "GAVE_UP clinic" in line for line in told) == 4
    assert not any("TURNED_AWAY" in line for line in told)


def test_todays_lists_are_left_out_of_a_run_from_empty() -> None:
    today = Today(waiting=(WaitingToday(patients=3, waited=fixed(9.0)),))
    told = story(play(_line(does({}, 1.0), {}, today={"clinic": today}), 5))
    assert not any("waiting" in line for line in told)


# --- where patients go --------------------------------------------------------------------------------


def _forks(*arrows: Transition, entry: Any = DAILY, **maps: Any) -> list[str]:
    """Returns who reached which of two exits, behind a decision."""
    other = OUT.model_copy()
    pathway = draw(
        {"in": entry, "d": DECISION, "out": OUT, "other": other, "rest": waits(1.0)},
        ["in > d", "d > out", "rest > d", *arrows],
        **maps,
    )
    return [line for line in story(play(pathway, 9)) if " EXIT " in line]


def test_conditions_are_tried_in_order_before_shares() -> None:
    weekdays = CalendarCondition(kind="calendar", weekdays=("tuesday",))
    arrow = Transition(origin="d", target="other", when=weekdays)
    assert _forks(arrow) == ["1 in/0 EXIT other", "2 in/1 EXIT out", "3 in/2 EXIT out"]
    always = VisitsCondition(kind="visits", element="d", at_least=1)
    first = Transition(origin="d", target="out", when=always, order=-1)
    assert _forks(arrow, first)[0] == "1 in/0 EXIT out"
    assert _forks(arrow, first.model_copy(update={"order": 1}))[0] == "1 in/0 EXIT other"


def test_a_calendar_condition_holds_from_its_opening_to_before_its_closing() -> None:
    noon = CalendarCondition(kind="calendar", weekdays=("tuesday",), opens="12:00", closes="18:00")
    arrow = Transition(origin="d", target="other", when=noon)
    times = ("06:00", "12:00", "18:00")
    entry = booked(*(f"tuesday {time} 1" for time in times))
    assert _forks(arrow, entry=entry)[:3] == [
        "1.25 in/0 EXIT out",
        "1.5 in/1 EXIT other",
        "1.75 in/2 EXIT out",
    ]


def test_visits_and_time_on_the_pathway() -> None:
    visits = VisitsCondition(kind="visits", element="d", at_least=3)
    told = _forks(
        Transition(origin="d", target="other", when=visits, order=0),
        Transition(
            origin="d",
            target="rest",
            order=1,
            when=VisitsCondition(kind="visits", element="d", at_least=1),
        ),
    )
    assert told == ["3 in/0 EXIT other", "4 in/1 EXIT other", "5 in/2 EXIT other"]
    late = TimeCondition(kind="time on pathway", at_least={"value": 1, "unit": "days"})
    told = _forks(
        Transition(origin="d", target="other", when=late, order=0),
        Transition(
            origin="d",
            target="rest",
            order=1,
            when=VisitsCondition(kind="visits", element="d", at_least=1),
        ),
    )
    assert told == ["2 in/0 EXIT other", "3 in/1 EXIT other", "4 in/2 EXIT other"]


def test_a_queue_condition_counts_those_who_joined_at_the_same_instant() -> None:
    queue = QueueCondition(kind="queue", activity="clinic", at_least=2)
    pathway = draw(
        {"in": booked("tuesday 00:00 4"), "d": DECISION, "clinic": does({"doctor": 1}, 1.0), "out": OUT},
        ["in > d > clinic > out", Transition(origin="d", target="out", when=queue)],
        {"doctor": 1},
    )
    told = story(play(pathway, 1.5))
    assert [line for line in told if "EXIT" in line] == ["1 in/2 EXIT out", "1 in/3 EXIT out"]


def test_attributes_are_given_at_entry_or_by_an_arrow_and_decide_time_and_way() -> None:
    red = AttributeCondition(kind="attribute", attribute="colour", values=("red",))
    time = ByGroup[Distribution](by="colour", values={"red": fixed(2.0)}, otherwise=fixed(1.0))
    pathway = draw(
        {
            "plain": booked("tuesday 00:00 1"),
            "given": booked("tuesday 00:00 1", attributes={"colour": {"red": 1.0}}),
            "set": booked("tuesday 00:00 1"),
            "clinic": does({}, time),
            "out": OUT,
            "other": OUT,
        },
        [
            "plain > clinic > out",
            "given > clinic",
            Transition(origin="set", target="clinic", sets={"colour": "red"}),
            Transition(origin="clinic", target="other", when=red),
        ],
        attributes={"colour": COLOURS},
    )
    told = story(play(pathway, 5))
    assert sorted(line for line in told if "EXIT" in line) == [
        "2 plain/0 EXIT out",
        "3 given/0 EXIT other",
        "3 set/0 EXIT other",
    ]


def test_a_service_of_no_time_is_done_within_the_instant() -> None:
    pathway = _line(does({"doctor": 1}, 0.0), {"doctor": 1}, booked("tuesday 00:00 3"))
    told = story(play(pathway, 2))
    assert [line for line in told if "EXIT" in line] == [f"1 in/{number} EXIT out" for number in range(3)]
