"""Static load against figures worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.network.offered_load import PoolLoad, pool_loads
from pathway_modeller.scenario.options import from_document
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event

RUN = RunSettings.model_validate(
    {"start_date": "2026-04-01", "duration": {"value": 1, "unit": "years"}}, strict=False
)


def fixed(value: float, unit: str = "days") -> dict[str, Any]:
    return {"kind": "fixed", "unit": unit, "value": value}


def rate(value: float, unit: str = "per day") -> dict[str, Any]:
    return {"kind": "random", "rate": {"value": value, "unit": unit}}


def pathway(**changes: Any) -> Pathway:
    """Returns in → a → out, with five patients a day, half a day each, three units, but for the changes."""
    document: dict[str, Any] = {
        "entry_points": {"in": {"name": "In", "arrivals": rate(5)}},
        "activities": {"a": {"name": "A", "needs": {"p": 1}, "service_time": fixed(0.5)}},
        "exit_points": {"out": {"name": "Out"}},
        "transitions": {"t1": {"from": "in", "to": "a"}, "t2": {"from": "a", "to": "out"}},
        "pools": {"p": {"name": "Pool", "units": 3}},
    }
    for place, value in changes.items():
        *steps, last = place.split("__")
        here = document
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = value
    return from_document(document)


def scenario(made: Pathway) -> Scenario:
    return Scenario(format=1, name="Load", baseline=made, run=RUN)


def the_load(made: Pathway, run: RunSettings = RUN) -> PoolLoad:
    (load,) = pool_loads(made, run)
    return load


def test_flow_times_time() -> None:
    load = the_load(pathway())
    assert load.offered_units == pytest.approx(2.5)
    assert load.open_units == 3
    assert load.growth_per_week == 0


def test_a_queue_that_grows_for_ever_is_named_with_its_pace() -> None:
    made = pathway(activities__a__service_time=fixed(0.84))
    load = the_load(made)
    assert load.offered_units == pytest.approx(4.2)
    assert load.growth_per_week == pytest.approx(7 * (5 - 3 / 0.84))
    (problem,) = check(scenario(made))
    assert problem.severity == "warning"
    assert problem.place == "/baseline/pools/p"
    assert problem.element == "p"
    wanted = (
        'it needs 4.2 units on average but 3 are open: the queue for "A" grows by about 10 patients a week'
    )
    assert problem.what == wanted


def test_a_load_that_is_just_met_does_not_grow() -> None:
    assert the_load(pathway(pools__p__units=5, activities__a__service_time=fixed(1))).growth_per_week == 0


@pytest.mark.parametrize(
    "way",
    [
        {"activities__a__room": 10},
        {"activities__a__patience": fixed(3)},
    ],
)
def test_a_queue_that_sheds_patients_does_not_grow(way: dict[str, Any]) -> None:
    made = pathway(activities__a__service_time=fixed(2), **way)
    load = the_load(made)
    assert load.growth_per_week == 0
    assert load.offered_units == pytest.approx(10)
    assert "turned away or give up" in load.note
    assert check(scenario(made)) == ()


def test_coming_again_adds_visits() -> None:
    made = pathway(
        decisions__again={"name": "Again?"},
        transitions__t2={"from": "a", "to": "again"},
        transitions__t3={"from": "again", "to": "a", "share": 0.6, "time": fixed(30)},
        transitions__t4={"from": "again", "to": "out", "share": 0.4},
        pools__p__units=10,
    )
    assert the_load(made).offered_units == pytest.approx(5 / 0.4 * 0.5)


def test_a_missed_slot_is_used_and_booked_again() -> None:
    made = pathway(activities__a__did_not_attend={"share": 0.2, "rebook": 0.5})
    assert the_load(made).offered_units == pytest.approx(5 / (1 - 0.2 * 0.5) * 0.5)


def test_those_who_did_not_attend_go_where_they_are_sent() -> None:
    made = pathway(
        activities__a__did_not_attend={"share": 0.2, "rebook": 0.5, "others_go_to": "call"},
        activities__call={"name": "Call", "needs": {"q": 1}, "service_time": fixed(1)},
        transitions__t3={"from": "call", "to": "out"},
        pools__q={"name": "Q"},
    )
    loads = {each.pool: each for each in pool_loads(made, RUN)}
    assert loads["q"].offered_units == pytest.approx(5 * 0.2 * 0.5 / 0.9)
    assert loads["q"].open_units is None
    assert loads["q"].growth_per_week == 0


def test_times_and_shares_that_differ_by_group() -> None:
    made = pathway(
        need_tiers={"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
        entry_points__in__arrivals={**rate(5), "need_tiers": {"low": 0.8, "high": 0.2}},
        activities__a__service_time={
            "by": "need_tier",
            "values": {"high": fixed(1)},
            "otherwise": fixed(0.5),
        },
        transitions__t2={
            "from": "a",
            "to": "a",
            "share": {"by": "need_tier", "values": {"high": 0.5}, "otherwise": 0},
        },
        transitions__t3={
            "from": "a",
            "to": "out",
            "share": {"by": "need_tier", "values": {"high": 0.5}, "otherwise": 1},
        },
    )
    assert the_load(made).offered_units == pytest.approx(4 * 0.5 + 1 / 0.5 * 1)


def test_attributes_are_followed_from_entry_and_along_arrows() -> None:
    made = pathway(
        attributes={
            "kind": {
                "name": "Kind",
                "values": {"new": {"name": "New"}, "old": {"name": "Old"}, "done": {"name": "Done"}},
                "default": "new",
            }
        },
        entry_points__in__attributes={"kind": {"new": 0.6, "old": 0.4}},
        transitions__t2={
            "from": "a",
            "to": "a",
            "when": {"kind": "attribute", "attribute": "kind", "values": ["new"]},
            "sets": {"kind": "old"},
        },
        transitions__t3={"from": "a", "to": "out", "sets": {"kind": "done"}},
        pools__p__units=10,
    )
    assert the_load(made).offered_units == pytest.approx((5 + 3) * 0.5)


def test_people_and_footprints() -> None:
    made = pathway(
        need_tiers={"low": {"name": "Low", "level": 1}},
        footprints={
            "north": {"name": "North", "people": {"low": 10_000}},
            "south": {"name": "South", "people": {"low": 30_000}},
        },
        entry_points__in__arrivals={"kind": "random", "rate_per_1000": {"value": 0.1, "unit": "per day"}},
        pools__p={"name": "Pool", "units": 1, "per_footprint": True, "units_by_footprint": {"north": 2}},
    )
    north, south = pool_loads(made, RUN)
    assert (north.footprint, north.offered_units, north.open_units) == ("north", pytest.approx(0.5), 2)
    assert (south.footprint, south.offered_units, south.open_units) == ("south", pytest.approx(1.5), 1)
    assert (north.growth_per_week, south.growth_per_week) == (0, pytest.approx(7 * 1))


def test_only_open_hours_count_and_work_goes_on_after_closing() -> None:
    hours = {
        "monday": [{"opens": "09:00", "closes": "17:00"}],
        "tuesday": [{"opens": "09:00", "closes": "17:00"}],
    }
    made = pathway(
        pools__p__timetable=hours,
        activities__a__service_time=fixed(1, "hours"),
        entry_points__in__arrivals=rate(48, "per week"),
    )
    load = the_load(made)
    assert load.open_units == pytest.approx(3 * 16 / 168)
    assert load.offered_units == pytest.approx(48 / 168)
    assert load.growth_per_week == 0
    busier = the_load(
        made.model_copy(
            update={"entry_points": pathway(entry_points__in__arrivals=rate(60, "per week")).entry_points}
        )
    )
    assert busier.growth_per_week == pytest.approx(60 - 3 * 16), "whole slots leave nothing over"
    varied = {"kind": "exponential", "mean": 1, "unit": "hours"}
    varying = the_load(
        pathway(
            pools__p__timetable=hours,
            activities__a__service_time=varied,
            entry_points__in__arrivals=rate(60, "per week"),
        )
    )
    assert varying.growth_per_week == pytest.approx(60 - 3 * (16 + 2 * 1))


def test_fixed_times_that_do_not_divide_the_hours_run_over_by_what_is_left_of_the_last() -> None:
    made = pathway(
        pools__p={"name": "P", "units": 1, "timetable": {"monday": [{"opens": "09:00", "closes": "17:00"}]}},
        activities__a__service_time=fixed(50, "minutes"),
        entry_points__in__arrivals=rate(12, "per week"),
    )
    assert the_load(made).growth_per_week == pytest.approx(12 - 10)


WEEKDAYS_NINE_TO_FIVE = {
    day: [{"opens": "09:00", "closes": "17:00"}]
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}


@pytest.mark.parametrize(
    ("per_week", "closed", "time", "growth"),
    [
        (59, True, fixed(40, "minutes"), None),
        (62, False, fixed(40, "minutes"), 2.0),
        (53, False, fixed(50, "minutes"), 3.0),
        (66, False, {"kind": "exponential", "mean": 40, "unit": "minutes"}, 1.0),
    ],
)
def test_growth_agrees_with_a_run(
    per_week: float, closed: bool, time: dict[str, Any], growth: float | None
) -> None:
    weeks = 300
    run = RunSettings.model_validate(
        {"start_date": "2026-04-01", "duration": {"value": weeks, "unit": "weeks"}}, strict=False
    )
    made = pathway(
        entry_points__in__arrivals={
            **rate(per_week, "per week"),
            "profile": {"weekdays": [1, 1, 1, 1, 1, 0, 0]},
        },
        activities__a__service_time=time,
        pools__p={
            "name": "P",
            "units": 1,
            "timetable": WEEKDAYS_NINE_TO_FIVE,
            "closed_on_bank_holidays": closed,
        },
    )
    said = the_load(made, run).growth_per_week
    assert said is not None
    if growth is not None:
        assert said == pytest.approx(growth)
    trace = simulate(compile_pathway(made, run), 1, 0)
    # What is started is compared: unlike what comes, it has next to no chance in it while there is a queue.
    started = int((trace.event == Event.START).sum()) / weeks
    assert started == pytest.approx(per_week - said, abs=0.3)


def test_bank_holidays_take_hours_away_and_a_short_run_counts_as_a_year() -> None:
    closed = {"name": "P", "units": 1, "timetable": WEEKDAYS_NINE_TO_FIVE, "closed_on_bank_holidays": True}
    # From 1 April 2026 for 365 days: Fridays 3 April, 25 December, 1 January, 26 March; Mondays 6 April,
    # 4 and 25 May, 31 August, 28 December, 29 March.
    year = the_load(pathway(pools__p=closed)).open_units
    assert year == pytest.approx(8 / 168 * (3 + (52 - 4) / 52 + (52 - 6) / 52))
    fortnight = RunSettings.model_validate(
        {"start_date": "2026-04-01", "duration": {"value": 14, "unit": "days"}}, strict=False
    )
    assert the_load(pathway(pools__p=closed), fortnight).open_units == year


def test_arrivals_that_begin_after_the_run_are_nothing() -> None:
    later = {**rate(50), "starts_after": {"value": 500, "unit": "days"}}
    load = the_load(pathway(entry_points__in__arrivals=later))
    assert (load.offered_units, load.growth_per_week) == (0, 0)


def test_dated_changes_that_the_run_reaches_count() -> None:
    steps = [{"date": "2026-06-01", "units": 4}, {"date": "2030-01-01", "units": 9}]
    assert the_load(pathway(pools__p__steps=steps)).open_units == 4


def test_bookings_and_gaps() -> None:
    bookings = [{"weekday": "monday", "time": "09:00", "patients": 14}]
    booked = pathway(entry_points__in__arrivals={"kind": "booked", "bookings": bookings})
    assert the_load(booked).offered_units == pytest.approx(1)
    gaps = {"kind": "random", "gap": {"kind": "exponential", "unit": "hours", "mean": 6}}
    assert the_load(pathway(entry_points__in__arrivals=gaps)).offered_units == pytest.approx(2)


def test_arrivals_that_end_before_the_run_make_no_queue_for_ever() -> None:
    over = {**rate(50), "ends_after": {"value": 30, "unit": "days"}}
    assert the_load(pathway(entry_points__in__arrivals=over)).growth_per_week == 0


def test_a_stay_holds_its_bed_from_beginning_to_end() -> None:
    made = pathway(
        activities__a__needs={},
        activities__theatre={"name": "Theatre", "service_time": fixed(0.1)},
        waits__recovery={"name": "Recovery", "time": fixed(2)},
        activities__home={"name": "Home care", "service_time": fixed(9)},
        transitions__t2={"from": "a", "to": "theatre", "time": fixed(0.25)},
        transitions__t3={"from": "theatre", "to": "recovery"},
        transitions__t4={"from": "recovery", "to": "home"},
        transitions__t5={"from": "home", "to": "out"},
        stays__bed={"name": "Bed", "needs": {"p": 1}, "begins_with": "a", "ends": [{"element": "home"}]},
        pools__p__units=20,
    )
    assert the_load(made).offered_units == pytest.approx(5 * (0.5 + 0.25 + 0.1 + 2))


def test_what_an_overloaded_pool_cannot_take_does_not_flow_on() -> None:
    made = pathway(
        activities__a__service_time=fixed(1),
        activities__b={"name": "B", "needs": {"q": 1}, "service_time": fixed(1)},
        transitions__t2={"from": "a", "to": "b"},
        transitions__t3={"from": "b", "to": "out"},
        pools__q={"name": "Q", "units": 4},
    )
    loads = {each.pool: each for each in pool_loads(made, RUN)}
    assert loads["p"].growth_per_week == pytest.approx(7 * 2)
    assert loads["q"].offered_units == pytest.approx(5)
    assert loads["q"].growth_per_week == 0
    assert "held back" in loads["q"].note


def test_overflow_reaches_the_other_activity() -> None:
    made = pathway(
        activities__a__service_time=fixed(1),
        activities__a__room=0,
        activities__a__overflow_to="b",
        activities__b={"name": "B", "needs": {"q": 1}, "service_time": fixed(1)},
        transitions__t3={"from": "b", "to": "out"},
        pools__q={"name": "Q", "units": 1},
    )
    loads = {each.pool: each for each in pool_loads(made, RUN)}
    assert loads["q"].offered_units == pytest.approx(2, rel=1e-2)
    assert loads["q"].growth_per_week == pytest.approx(7 * (2 - 1), rel=1e-2)


def test_what_only_a_run_can_tell_is_said_to_be_unknown() -> None:
    made = pathway(
        decisions__d={"name": "Busy?"},
        activities__b={"name": "B", "needs": {"q": 1}, "service_time": fixed(1)},
        transitions__t2={"from": "a", "to": "d"},
        transitions__t3={
            "from": "d",
            "to": "b",
            "when": {"kind": "queue", "activity": "a", "at_least": 3},
        },
        transitions__t4={"from": "d", "to": "out"},
        transitions__t5={"from": "b", "to": "out"},
        pools__q={"name": "Q", "units": 4},
    )
    loads = {each.pool: each for each in pool_loads(made, RUN)}
    assert loads["p"].offered_units == pytest.approx(2.5)
    assert (loads["q"].offered_units, loads["q"].growth_per_week) == (None, None)
    assert '"Busy?"' in loads["q"].note


def test_too_many_attributes_are_said_to_be_too_many() -> None:
    values = {f"v{each}": {"name": "V"} for each in range(12)}
    declared = {f"k{each}": {"name": "K", "values": values, "default": "v0"} for each in range(4)}
    arrows = {
        f"x{each}": {
            "from": "a",
            "to": "a",
            "when": {"kind": "attribute", "attribute": f"k{each}", "values": ["v1"]},
        }
        for each in range(4)
    }
    base = pathway(attributes=declared)
    made = base.model_copy(
        update={
            "transitions": {
                **base.transitions,
                **pathway(
                    attributes=declared, **{f"transitions__{key}": value for key, value in arrows.items()}
                ).transitions,
            }
        }
    )
    load = the_load(made)
    assert load.offered_units is None
    assert "too many groups" in load.note
