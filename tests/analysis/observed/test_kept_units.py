"""Units kept while they do not do what they are for, and units that a pool's cost pays for."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.model.dates import capacity_changes
from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import MONDAY, figure, make_pathway, make_trace, opened
from tests.frames import measure_frame

WARD = {"ward": {"name": "Ward"}, "care": {"name": "Care home"}}
BED = {"bed": {"name": "Bed", "units": 9}}


def admission(stay: int, service: int):
    """A stay and a service take units of one pool on day 1; the service ends on day 2, the stay on day 6."""
    return [
        opened("bed", 9),
        (1, 1, Event.JOIN, "ward"),
        (1, 1, Event.ACQUIRE, "ward", "bed", stay),
        (1, 1, Event.ACQUIRE, "ward", "bed", service),
        (1, 1, Event.START, "ward"),
        (2, 1, Event.COMPLETE, "ward"),
        (2, 1, Event.RELEASE, "ward", "bed", service),
        (2, 1, Event.JOIN, "care"),
        (6, 1, Event.RELEASE, "ward", "bed", stay),
        (6, 1, Event.START, "care"),
    ]


@pytest.mark.parametrize(("stay", "service"), [(3, 1), (1, 3), (2, 2)])
def test_a_stay_keeps_its_own_units_after_the_service_gave_its_back(stay, service):
    """The stay's units are kept in the queue from day 2 to day 6: 4 days each."""
    pathway = make_pathway(activities=WARD, pools=BED)
    trace = make_trace(admission(stay, service), pathway, until=10)
    held = Traced.of(trace, pathway).holdings
    assert sorted(zip(held.units.tolist(), held.begin, held.finish, strict=True)) == sorted(
        [(stay, 1.0, 6.0), (service, 1.0, 2.0)]
    )
    frame = measure_frame(trace, pathway)
    assert figure(frame, "delay.unit_days", pool="bed") == 4 * stay


def test_units_not_given_back_are_held_to_the_end():
    """Two units taken on day 1, one given back on day 3: the other is held until the run ends on day 10."""
    pathway = make_pathway(activities=WARD, pools=BED)
    rows = [
        opened("bed", 9),
        (1, 1, Event.ACQUIRE, "ward", "bed", 1),
        (2, 1, Event.ACQUIRE, "ward", "bed", 1),
        (3, 1, Event.RELEASE, "ward", "bed", 1),
    ]
    held = Traced.of(make_trace(rows, pathway, until=10), pathway).holdings
    assert held.begin.tolist() == [1, 2]
    assert held.finish.tolist() == [10, 3]


def move(*, kept: bool):
    """Service ends on day 3; the move to the care home takes until day 8; its queue until day 9."""
    blocked = [(3, 1, Event.BLOCKED, "ward")]
    release = [(3, 1, Event.RELEASE, "ward", "bed", 2)]
    late = [(9, 1, Event.RELEASE, "ward", "bed", 2)]
    return [
        opened("bed", 9),
        (1, 1, Event.JOIN, "ward"),
        (1, 1, Event.ACQUIRE, "ward", "bed", 2),
        (1, 1, Event.START, "ward"),
        (3, 1, Event.COMPLETE, "ward"),
        *(blocked if kept else release),
        (3, 1, Event.MOVE_START, "ward"),
        (8, 1, Event.MOVE_END, "care"),
        (8, 1, Event.JOIN, "care"),
        *([(8, 1, Event.BLOCKED, "ward")] if kept else []),
        (9, 1, Event.START, "care"),
        *(late if kept else []),
    ]


def test_a_move_that_keeps_the_bed_is_a_delay():
    """Two beds from day 3 to day 8 in the move and to day 9 in the queue: 12 unit-days, 6 patient-days."""
    pathway = make_pathway(activities=WARD, pools=BED)
    frame = measure_frame(make_trace(move(kept=True), pathway, until=10), pathway)
    assert figure(frame, "delay.unit_days", pool="bed") == 12
    assert figure(frame, "delay.kept_days", element="ward") == 12
    assert figure(frame, "delay.patient_days", element="care") == 6


def test_a_move_that_gives_the_bed_back_is_no_delay():
    pathway = make_pathway(activities=WARD, pools=BED)
    frame = measure_frame(make_trace(move(kept=False), pathway, until=10), pathway)
    assert figure(frame, "delay.unit_days", pool="bed") == 0


def test_a_kept_move_that_the_run_cuts_short_counts_to_its_end():
    """Two beds from day 3 to the end of the run on day 7: 8 unit-days."""
    pathway = make_pathway(activities=WARD, pools=BED)
    rows = [row for row in move(kept=True) if row[0] < 7]
    frame = measure_frame(make_trace(rows, pathway, until=7), pathway)
    assert figure(frame, "delay.unit_days", pool="bed") == 8


def pool_cost(pool, rows, until):
    """The cost over the period of one pool, in use by nobody but for ``rows``."""
    activities = {"a": {"name": "A", "needs": {"p": 1}}}
    pathway = make_pathway(activities=activities, pools={"p": {"name": "P", **pool}})
    changes = capacity_changes(pathway.pools["p"], None, MONDAY, until)
    every = [*(opened("p", units, time) for time, units in changes), *rows]
    frame = measure_frame(make_trace(every, pathway, until=until), pathway)
    return figure(frame, "pool_cost", pool="p", unit="GBP 2024/25")


def cost(per):
    return {"amount": {"value": 100, "price_year": "2024/25"}, "per": per}


@pytest.mark.parametrize(("per", "pounds"), [("open hour", 80_000), ("day", 14_000)])
@pytest.mark.parametrize("units", [None, 2])
def test_a_timetables_own_units_are_paid_for_where_the_pool_names_none(units, per, pounds):
    """70 days hold 50 weekdays: 50 x 8 hours x 2 units x £100; by the day 70 x 2 x £100."""
    hours = [{"opens": "09:00", "closes": "17:00", "units": 2}]
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    pool = {"timetable": dict.fromkeys(days, hours), "cost": cost(per)}
    if units:
        pool["units"] = units
    assert pool_cost(pool, [], 70) == pytest.approx(pounds)


@pytest.mark.parametrize(("per", "times"), [("day", 1), ("open hour", 24)])
def test_units_in_use_are_paid_for_only_while_there_is_no_limit(per, times):
    """Unlimited on days 0 to 4, 1 in use from day 1 to day 6: 3 unit-days; then 5 units for 6 days: 30."""
    pool = {"steps": [{"date": MONDAY + dt.timedelta(days=4), "units": 5}], "cost": cost(per)}
    rows = [(1, 1, Event.ACQUIRE, "a", "p", 1), (6, 1, Event.RELEASE, "a", "p", 1)]
    assert pool_cost(pool, rows, 10) == pytest.approx(33 * 100 * times)
