"""What stops a replication, and what is refused before one begins: each with a sentence for people."""

from __future__ import annotations

import pytest

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool
from pathway_modeller.scenario.elements import QueueCondition, Stay, Transition
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import Cancelled, ModelError, SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
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
    fixed,
    play,
    settings,
    waits,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def _two_wards(**more: object) -> object:
    """Returns two wards that send patients to one another and keep the bed meanwhile."""
    keep = "when next can take"
    return draw(
        {
            "in": booked("monday 00:00 1"),
            "there": booked("monday 00:00 1"),
            "acute": does({"acute-bed": 1}, 1.0, release=keep, **more),
            "rehab": does({"rehab-bed": 1}, 1.0, release=keep),
            "out": OUT,
        },
        ["in > acute > rehab", "there > rehab > acute", "acute > out 0.0"],
        {"acute-bed": 1, "rehab-bed": 1},
    )


def test_a_deadlock_is_named_with_its_day_pools_and_activities() -> None:
    with pytest.raises(SimulationStopped) as stopped:
        play(_two_wards(), 30)
    assert str(stopped.value) == (
        'On day 1.00 the pathway locks for ever: 1 patient holds "acute-bed" and waits for "rehab"; '
        '1 patient holds "rehab-bed" and waits for "acute". '
        "Give one of these more capacity, or let it release its capacity on completion."
    )


def test_patience_on_one_side_is_no_deadlock() -> None:
    trace = play(_two_wards(patience=fixed(2.0)), 10)
    assert Event.GAVE_UP in trace.event


def test_two_who_swap_one_bed_each_of_the_same_pool_are_no_deadlock() -> None:
    pathway = draw(
        {
            "in": booked("monday 00:00 2"),
            "one": does({"bed": 1}, 1.0, release="when next can take"),
            "two": does({"bed": 1}, 1.0),
            "out": OUT,
        },
        ["in > one > two > out"],
        {"bed": 2},
    )
    assert (play(pathway, 5).event == Event.EXIT).sum() == 2


def test_a_stay_that_fills_a_pool_its_patients_need_again_is_a_deadlock() -> None:
    stay = Stay(name="Bed", needs={"bed": 1}, begins_with="admit")
    pathway = draw(
        {"in": booked("monday 00:00 2"), "admit": does({}, 1.0), "extra": does({"bed": 1}, 1.0), "out": OUT},
        ["in > admit > extra > out"],
        {"bed": 2},
        stays={"stay": stay},
    )
    with pytest.raises(SimulationStopped, match='2 patients hold "bed" and wait for "extra"'):
        play(pathway, 5)


def _ward_and_clinic(doctor: Pool) -> object:
    return draw(
        {
            "in": every(1.0),
            "ward": does({"bed": 1}, 0.5, release="when next can take"),
            "clinic": does({"doctor": 1}, 0.25),
            "out": OUT,
        },
        ["in > ward > clinic > out"],
        {"bed": 3, "doctor": doctor},
    )


@pytest.mark.parametrize("days", range(4, 12))
def test_a_clinic_closed_until_after_the_run_is_no_deadlock(days: int) -> None:
    hours = (OpenHours(opens="06:00", closes="18:00"),)
    play(_ward_and_clinic(Pool(name="Doctor", units=1, timetable=dict.fromkeys(WEEKDAYS, hours))), days)


def test_capacity_that_is_cut_for_good_makes_a_deadlock_of_a_wait() -> None:
    cut = CapacityStep(date=MONDAY.replace(day=9), units=0)
    with pytest.raises(SimulationStopped, match='1 patient holds "bed" and waits for "clinic"'):
        play(_ward_and_clinic(Pool(name="Doctor", units=1, steps=(cut,))), 30)


@pytest.mark.parametrize("nothing", [waits(0.0), does({}, 0.0), DECISION])
def test_going_round_without_time_passing_is_named(nothing: object) -> None:
    pathway = draw(
        {"in": every(1.0), "round": nothing, "and-round": DECISION, "out": OUT},
        ["in > round > and-round > round", "and-round > out 0.0"],
    )
    with pytest.raises(SimulationStopped, match=r"On day 1\.00 a patient goes round and round through"):
        play(pathway, 5)


def test_an_element_none_of_whose_conditions_holds_is_named() -> None:
    never = QueueCondition(kind="queue", activity="clinic", at_least=5)
    pathway = draw(
        {"in": every(1.0), "clinic": does({}, 1.0), "out": OUT},
        ["in > clinic", Transition(origin="clinic", target="out", when=never)],
    )
    with pytest.raises(SimulationStopped, match='leaves "clinic" and no condition of its arrows holds'):
        play(pathway, 5)


def test_a_person_may_stop_a_run() -> None:
    model = compile_pathway(draw({"in": coming(50.0), "out": OUT}, ["in > out"]), settings(1000))
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        simulate(model, 1, 0, cancelled)
    assert len(asked) == 4


def test_a_gap_of_zero_is_refused() -> None:
    with pytest.raises(ModelError, match="gap between arrivals"):
        play(draw({"in": every(0.0), "out": OUT}, ["in > out"]), 5)


def test_patients_without_a_footprint_are_refused_where_footprints_hold_the_capacity() -> None:
    pathway = draw(
        {"in": every(1.0), "clinic": does({"nurse": 1}, 1.0), "out": OUT},
        ["in > clinic > out"],
        {"nurse": Pool(name="Nurse", units=1, per_footprint=True)},
        footprints={"east": Footprint(name="East"), "west": Footprint(name="West")},
    )
    with pytest.raises(ModelError, match='Patients of "in" have no footprint'):
        play(pathway, 5)


@pytest.mark.parametrize("minutes", [10, 15, 20, 30])
def test_a_clinic_sees_as_many_patients_as_fit_into_its_hours(minutes: int) -> None:
    hours = (OpenHours(opens="09:00", closes="12:00"),)
    pool = Pool(name="Doctor", units=1, timetable=dict.fromkeys((*WEEKDAYS, "saturday", "sunday"), hours))
    pathway = draw(
        {"in": coming(60.0), "clinic": does({"doctor": 1}, minutes / 1440), "out": OUT},
        ["in > clinic > out"],
        {"doctor": pool},
    )
    trace = play(pathway, 60)
    days = trace.time[trace.event == Event.START].astype(int)
    assert {int((days == day).sum()) for day in range(1, 60)} == {180 // minutes}
