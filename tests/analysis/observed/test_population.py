"""People by need tier and footprint, counted by hand from traces of a few rows."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pathway_modeller.analysis.observed.facts import facts_of_trace
from pathway_modeller.analysis.observed.population import person_days
from pathway_modeller.simulation.trace import Event, Legend, NeedCause, Trace
from tests.analysis.hand_made import make_pathway
from tests.frames import population_frame

START = dt.date(2024, 2, 29)
TIERS = ("high", "low")
PLACES = ("east", "west")
HIGH, LOW, NONE = 0, 1, -1
EAST, WEST = 0, 1


def pathway():
    return make_pathway(
        need_tiers={"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
        footprints={
            "east": {"name": "East", "people": {"low": 10, "high": 2}},
            "west": {"name": "West", "people": {"low": 20}},
        },
    )


def trace(*rows, until=100.0, people=((2.0, 0.0), (10.0, 20.0))):
    """A trace of (time, event, tier before, tier after, footprint); patients have number 1."""
    legend = Legend(
        elements=("clinic",),
        pools=(),
        need_tiers=TIERS,
        footprints=PLACES,
        start_date=START,
        warm_up=0.0,
        until=until,
        moves=("move",),
        people=people,
    )
    by_patient = [event != Event.PERSON for _, event, *_ in rows]
    return Trace(
        time=np.array([row[0] for row in rows], dtype=np.float64),
        patient=np.array([1 if patient else -1 for patient in by_patient], dtype=np.int64),
        need_tier=np.array([row[2] for row in rows], dtype=np.int16),
        footprint=np.array([row[4] for row in rows], dtype=np.int16),
        element=np.array([0 if patient else -1 for patient in by_patient], dtype=np.int32),
        event=np.array([row[1] for row in rows], dtype=np.int8),
        pool=np.array([int(NeedCause.BETTER)] * len(rows), dtype=np.int32),
        units=np.array([row[3] for row in rows], dtype=np.int32),
        legend=legend,
    )


def people_of(made, day):
    return facts_of_trace(made, pathway()).people.at(np.array([day]))[0].tolist()


def test_moves_births_and_deaths_change_the_number_of_people() -> None:
    made = trace(
        (1.0, Event.PERSON, LOW, HIGH, EAST),
        (2.0, Event.PERSON, NONE, LOW, WEST),
        (3.0, Event.PERSON, HIGH, NONE, EAST),
    )
    assert people_of(made, 0.5) == [[2, 0], [10, 20]]
    assert people_of(made, 1.0) == [[3, 0], [9, 20]]
    assert people_of(made, 2.0) == [[3, 0], [9, 21]]
    assert people_of(made, 99.0) == [[2, 0], [9, 21]]


def test_patients_whose_need_changes_or_who_die_are_people_too() -> None:
    made = trace(
        (1.0, Event.NEED_CHANGED, LOW, HIGH, WEST),
        (2.0, Event.DIED, LOW, 0, EAST),
        (3.0, Event.COMPLETE, LOW, 0, EAST),
    )
    assert people_of(made, 5.0) == [[2, 1], [9, 19]]


def test_patient_change_counts_only_where_there_is_a_person_to_lose() -> None:
    """West has nobody of high need: the change is the patient's alone, until somebody moves there."""
    made = trace(
        (1.0, Event.NEED_CHANGED, HIGH, LOW, WEST),
        (2.0, Event.PERSON, LOW, HIGH, WEST),
        (3.0, Event.NEED_CHANGED, HIGH, LOW, WEST),
        (4.0, Event.DIED, HIGH, 0, WEST),
    )
    assert people_of(made, 1.0) == [[2, 0], [10, 20]]
    assert people_of(made, 2.0) == [[2, 1], [10, 19]]
    assert people_of(made, 4.0) == [[2, 0], [10, 20]]


def test_patients_of_no_tier_or_footprint_are_in_no_compartment() -> None:
    made = trace(
        (1.0, Event.NEED_CHANGED, NONE, HIGH, EAST),
        (2.0, Event.NEED_CHANGED, LOW, HIGH, NONE),
    )
    assert people_of(made, 5.0) == [[2, 0], [10, 20]]


def test_frame_has_every_anniversary_and_the_end() -> None:
    """29 February 2024: its anniversaries are 1 March 2025 (day 366) and 2026 (731); 2027 is 365 days on."""
    made = trace((366.0, Event.PERSON, LOW, HIGH, EAST), until=731.0 + 73.0)
    frame = population_frame(made, pathway())
    assert list(frame.columns) == ["year", "need_tier", "footprint", "people"]
    assert sorted(set(frame["year"])) == pytest.approx([0.0, 1.0, 2.0, 2.2])
    east = frame[(frame["need_tier"] == "high") & (frame["footprint"] == "east")]
    assert east["people"].tolist() == [2, 3, 3, 3]
    assert frame.groupby("year")["people"].sum().tolist() == [32, 32, 32, 32]


def test_run_that_ends_on_an_anniversary_has_no_row_more() -> None:
    assert sorted(set(population_frame(trace(until=366.0), pathway())["year"])) == [0.0, 1.0]


def test_people_stay_the_same_where_the_population_does_not_live() -> None:
    made = trace((1.0, Event.COMPLETE, LOW, 0, EAST), people=())
    frame = population_frame(made, pathway())
    assert frame.groupby("year")["people"].sum().tolist() == [32, 32]
    assert person_days(made, pathway(), np.array([0.0, 10.0])).tolist() == [[[20, 0], [100, 200]]]


def test_no_tiers_no_rows() -> None:
    nobody = trace(people=())
    legend = Legend((), (), (), (), START, 0.0, 10.0)
    bare = Trace(**{name: getattr(nobody, name) for name in Trace.COLUMNS}, legend=legend)
    assert population_frame(bare, make_pathway()).empty


def test_person_days_count_each_person_while_there() -> None:
    """East, low: 10 people for 2 days, 9 for 8 days: 92; then 9 for 10 days, 8 from day 10 on."""
    made = trace(
        (2.0, Event.PERSON, LOW, HIGH, EAST),
        (10.0, Event.PERSON, LOW, NONE, EAST),
    )
    found = person_days(made, pathway(), np.array([0.0, 10.0, 20.0]))
    assert found[:, LOW, EAST].tolist() == [92, 80]
    assert found[:, HIGH, EAST].tolist() == [28, 30]
    assert found[:, LOW, WEST].tolist() == [200, 200]


def test_person_days_before_the_first_edge_are_left_out() -> None:
    """From day 4 on there are 9: 6 days until day 10."""
    made = trace((2.0, Event.PERSON, LOW, HIGH, EAST))
    assert person_days(made, pathway(), np.array([4.0, 10.0]))[0, LOW, EAST] == 54
