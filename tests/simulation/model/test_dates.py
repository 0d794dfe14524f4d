"""When capacity opens, closes and changes, worked out by hand and against a naive reading of the calendar."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.scenario.bank_holidays import bank_holidays
from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool
from pathway_modeller.scenario.values import WEEKDAYS, Duration
from pathway_modeller.simulation.model.dates import (
    UNLIMITED,
    Calendar,
    capacity_changes,
    clock_days,
)
from tests.engines.drawing import MONDAY
from tests.engines.pathways import pools

NINE_TO_FIVE = (OpenHours(opens="09:00", closes="17:00"),)


def _pool(units: int | None = 4, **more: Any) -> Pool:
    return Pool(name="Pool", units=units, **more)


def _step(day: int, units: int, **more: Any) -> CapacityStep:
    return CapacityStep(date=MONDAY + dt.timedelta(days=day), units=units, **more)


def _changes(pool: Pool, days: float, footprint: str | None = None) -> list[tuple[float, int]]:
    return list(capacity_changes(pool, footprint, MONDAY, days))


def test_a_plain_pool_is_always_open() -> None:
    assert _changes(_pool(), 10) == [(0.0, 4)]
    assert _changes(_pool(None), 10) == [(0.0, UNLIMITED)]


def test_a_weekly_timetable() -> None:
    pool = _pool(timetable={"monday": NINE_TO_FIVE, "wednesday": NINE_TO_FIVE})
    assert _changes(pool, 8) == [
        (0.0, 0),
        (9 / 24, 4),
        (17 / 24, 0),
        (2 + 9 / 24, 4),
        (2 + 17 / 24, 0),
        (7 + 9 / 24, 4),
        (7 + 17 / 24, 0),
    ]


def test_intervals_may_touch_have_their_own_units_and_last_until_midnight() -> None:
    hours = (
        OpenHours(opens="00:00", closes="08:00", units=1),
        OpenHours(opens="08:00", closes="20:00"),
        OpenHours(opens="20:00", closes="24:00", units=2),
    )
    pool = _pool(timetable={"monday": hours, "tuesday": hours})
    assert _changes(pool, 3) == [
        (0.0, 1),
        (8 / 24, 4),
        (20 / 24, 2),
        (1.0, 1),
        (1 + 8 / 24, 4),
        (1 + 20 / 24, 2),
        (2.0, 0),
    ]


def test_easter_monday_and_christmas_are_closed() -> None:
    always = _pool(closed_on_bank_holidays=True)
    friday = dt.date(2026, 4, 3)
    assert capacity_changes(always, None, friday, 7) == ((0.0, 0), (1.0, 4), (3.0, 0), (4.0, 4))
    held = bank_holidays(dt.date(2026, 12, 20), 20)
    assert {dt.date(2026, 12, 25), dt.date(2026, 12, 28), dt.date(2027, 1, 1)} <= held


def test_steps_change_the_units_open_and_those_before_the_start_count() -> None:
    pool = _pool(steps=(_step(5, 6), _step(-3, 2)))
    assert _changes(pool, 10) == [(0.0, 2), (5.0, 6)]
    timed = _pool(steps=(_step(1, 6),), timetable=dict.fromkeys(WEEKDAYS, NINE_TO_FIVE))
    assert _changes(timed, 2) == [(0.0, 0), (9 / 24, 4), (17 / 24, 0), (1 + 9 / 24, 6), (1 + 17 / 24, 0)]


def test_a_ramp_moves_one_unit_at_a_time_evenly() -> None:
    up = _pool(steps=(_step(2, 7, ramp=Duration(value=3, unit="days")),))
    assert _changes(up, 10) == [(0.0, 4), (3.0, 5), (4.0, 6), (5.0, 7)]
    down = _pool(steps=(_step(2, 2, ramp=Duration(value=1, unit="days")),))
    assert _changes(down, 10) == [(0.0, 4), (2.5, 3), (3.0, 2)]


def test_footprints_hold_their_own_units_and_steps() -> None:
    pool = _pool(
        per_footprint=True, units_by_footprint={"east": 1}, steps=(_step(1, 3, footprint="east"), _step(2, 5))
    )
    assert _changes(pool, 4, "east") == [(0.0, 1), (1.0, 3), (2.0, 5)]
    assert _changes(pool, 4, "west") == [(0.0, 4), (2.0, 5)]


def test_nothing_changes_at_or_after_the_end() -> None:
    assert _changes(_pool(steps=(_step(5, 6),)), 5.0) == [(0.0, 4)]


def test_most_open_after_a_run_looks_four_weeks_ahead_and_at_later_steps() -> None:
    closed = _pool(timetable={"monday": NINE_TO_FIVE}, closed_on_bank_holidays=True)
    assert Calendar(dt.date(2026, 4, 3), 2.0).most_after(closed, None) == 4
    later = _pool(0, steps=(_step(400, 3), _step(500, 2)))
    assert Calendar(MONDAY, 10.0).most_after(later, None) == 3
    assert Calendar(MONDAY, 450.0).most_after(later, None) == 3
    assert Calendar(MONDAY, 550.0).most_after(later, None) == 2
    assert Calendar(MONDAY, 10.0).most_after(_pool(None), None) == math.inf


def test_a_run_of_some_hours_ends_before_pools_open_that_open_later() -> None:
    pool, calendar = _pool(timetable={"monday": NINE_TO_FIVE}), Calendar(MONDAY, 0.25)
    assert calendar.changes(pool, None) == ((0.0, 0),)
    assert calendar.most_after(pool, None) == 4


def test_clock_times() -> None:
    assert [clock_days(time) for time in ("00:00", "06:00", "09:30", "24:00")] == [0, 0.25, 9.5 / 24, 1]


def _naive_units(pool: Pool, footprint: str | None, time: float) -> int:
    """Returns the units open at a time, read off the calendar."""
    base = pool.units if footprint is None else pool.units_by_footprint.get(footprint, pool.units)
    units = UNLIMITED if base is None else base
    for step in sorted(pool.steps, key=lambda each: each.date):
        since = time - (step.date - MONDAY).days
        if since < 0 or step.footprint not in (None, footprint):
            continue
        if step.ramp is None or units == UNLIMITED:
            units = step.units
        else:
            done = min(since / step.ramp.days, 1.0)
            units += int((step.units - units) * done + math.copysign(1e-9, step.units - units))
    day = MONDAY + dt.timedelta(days=math.floor(time))
    if pool.closed_on_bank_holidays and day in bank_holidays(MONDAY, 30):
        return 0
    if not pool.timetable:
        return units
    for hours in pool.timetable.get(WEEKDAYS[day.weekday()], ()):
        if clock_days(hours.opens) <= time % 1 < clock_days(hours.closes):
            return (
                units
                if hours.units is None
                else hours.units
                if units == UNLIMITED
                else min(hours.units, units)
            )
    return 0


@given(pools(True), st.sampled_from([None, "east", "west"]), st.integers(0, 20 * 24 - 1))
def test_capacity_agrees_with_a_naive_reading_at_any_hour(
    pool: Pool, footprint: str | None, hour: int
) -> None:
    ramps = [step for step in pool.steps if step.ramp is not None]
    if len(pool.steps) > 1 and ramps:
        return  # what overlapping changes mean is tested below
    time = (hour + 0.5) / 24
    now = [units for begins, units in capacity_changes(pool, footprint, MONDAY, 20) if begins <= time][-1]
    assert now == _naive_units(pool, footprint, time)


def test_a_later_step_ends_an_earlier_ramp() -> None:
    pool = _pool(0, steps=(_step(0, 10, ramp=Duration(value=10, unit="days")), _step(5, 2)))
    assert _changes(pool, 20)[-2:] == [(4.0, 4), (5.0, 2)]


@pytest.mark.parametrize("units", [0, 8])
def test_a_ramp_that_follows_a_ramp_begins_where_that_one_is(units: int) -> None:
    ten_days = Duration(value=10, unit="days")
    pool = _pool(0, steps=(_step(0, 10, ramp=ten_days), _step(5, units, ramp=ten_days)))
    expected = [
        (5.0 + 10 * count / abs(units - 5), 5 + (count if units > 5 else -count)) for count in (1, 2, 3)
    ]
    assert _changes(pool, 20)[:6] == [(float(day), day) for day in range(6)]
    assert _changes(pool, 20)[6:9] == [(pytest.approx(time), level) for time, level in expected]
