"""Investment shifts as units that open and close, worked out by hand and on generated pools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.scenario.capacity import CapacityStep, Pool, PoolCost
from pathway_modeller.scenario.document import Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.scenario.shifts.apportionment import in_turn, spread
from pathway_modeller.scenario.shifts.dated_units import dated_units, units_at
from pathway_modeller.scenario.shifts.shifts import (
    ShiftError,
    played,
    shift_moves,
    unit_cost_per_year,
    with_shifts,
)
from pathway_modeller.scenario.shifts.timeline import ShiftMonth, shift_account
from pathway_modeller.scenario.values import WEEKDAYS, Duration, Money
from pathway_modeller.simulation.model.dates import capacity_changes

APRIL = dt.date(2025, 4, 1)
RUN = RunSettings(start_date=APRIL, duration=Duration(value=365, unit="days"))


def pounds(value: float, year: str = "2024/25") -> Money:
    return Money(value=value, price_year=year)


def days(value: float) -> Duration:
    return Duration(value=value, unit="days")


def months(value: float) -> Duration:
    return Duration(value=value, unit="months")


def pool(units: int | None, a_year: float | None, **more: Any) -> Pool:
    cost = None if a_year is None else {"amount": {"value": a_year, "price_year": "2024/25"}, "per": "year"}
    return Pool.model_validate({"name": "Pool", "units": units, "cost": cost, **more})


def shift(amount: float, **more: Any) -> Shift:
    return Shift(**{"name": "Shift", "amount": pounds(amount), "starts": APRIL, **more})


def steps(pathway: Pathway, name: str) -> list[tuple[str, int]]:
    return [(f"{step.date:%-d %b}", step.units) for step in pathway.pools[name].steps]


def shifted(
    pools: Mapping[str, Pool],
    shifts: Mapping[str, Shift],
    money: MoneySettings | None = None,
    people: Mapping[str, float] | None = None,
) -> Pathway:
    footprints = {
        name: Footprint(name=name, people={"all": number}) for name, number in (people or {}).items()
    }
    pathway = Pathway(pools=pools, footprints=footprints)
    return with_shifts(pathway, shifts, money or MoneySettings(), RUN)


TEAM, BEDS = pool(3, 36_525), pool(10, 73_050)
"""A member of the team costs £100 a day, a bed £200."""

RAMPED = shift(146_100, origin="beds", target="team", ramp=months(6), recruitment_lag=months(3))
"""£400 a day when the ramp is complete: four of the team, or two beds."""


def test_a_ramp_of_six_months_and_a_recruitment_lag_of_three():
    """6 months are 182.625 days, 3 months 91.3125.

    The pounds suffice for a quarter, half, three quarters and all of the team after 45.65625, 91.3125,
    136.96875 and 182.625 days; 91.3125 days later, on the next midnight, they open: days 137, 183, 229, 274.
    Beds close when the pounds taken suffice, after 91.3125 and 182.625 days: days 92 and 183.
    """
    found = shifted({"team": TEAM, "beds": BEDS}, {"s": RAMPED})
    assert steps(found, "team") == [("16 Aug", 4), ("1 Oct", 5), ("16 Nov", 6), ("31 Dec", 7)]
    assert steps(found, "beds") == [("2 Jul", 9), ("1 Oct", 8)]


def by_month(account: tuple[ShiftMonth, ...], column: str) -> list[float]:
    return [round(getattr(month, column), 2) for month in account]


def test_the_same_shift_month_by_month():
    """The year from 1 April 2025.

    Meant: £400 x the days of full ramp: to day t < 182.625 these are t^2 / 365.25, after it t - 91.3125.
    April (to day 30) 900 / 365.25 = 2.46407, May (61) 2,821 / 365.25 = 7.72348, June (91) 4,560 / 365.25 =
    12.48460, July (122) 6,603 / 365.25 = 18.07803, August (153) 8,525 / 365.25 = 23.34018, September (183)
    91.6875 - 23,409 / 365.25 = 27.59715; from October on the whole £400 a day.

    Opened: August 16 days x £100; September 30 x £100; October 31 x £200; November 30 x £200 + 15 x £100;
    December 31 x £300 + 1 x £100; then £400 a day. Closed: July 30 days x £200, August 31 x £200, September
    30 x £200, and from October on £400 a day.
    """
    account = shift_account(RAMPED, Pathway(pools={"team": TEAM, "beds": BEDS}), RUN)
    assert [month.month for month in account] == [
        *(f"2025-{month:02d}" for month in range(4, 13)),
        *(f"2026-{month:02d}" for month in range(1, 4)),
    ]
    assert by_month(account, "target_units") == [0, 0, 0, 0, 1, 1, 2, 3, 4, 4, 4, 4]
    assert by_month(account, "origin_units") == [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    whole = [12400, 11200, 12400]
    assert by_month(account, "opened") == [0, 0, 0, 0, 1600, 3000, 6200, 7500, 9400, *whole]
    assert by_month(account, "closed") == [0, 0, 0, 6000, 6200, 6000, 12400, 12000, 12400, *whole]
    meant = [985.63, 3089.39, 4993.84, 7231.21, 9336.07, 11038.86]
    assert by_month(account, "meant") == [*meant, 12400, 12000, 12400, *whole]
    for column in ("double_running", "stranded", "set_up", "exit"):
        assert by_month(account, column) == [0] * 12


def test_double_running_notice_and_blocks_in_the_account():
    """Beds close 31 days later than money moves, both as one block, at 30 days' notice.

    Due on days 92 and 183, closed on 123 (2 August) and 214 (1 November). Double running: July 30 x £200,
    August 1 x £200, October 31 x £200. Stranded until the block is whole and its notice over, on day 244,
    1 December: August 30 x £200, September 30 x £200, October 31 x £200, November 30 x £400. Exit that day.
    """
    beds = pool(10, 73_050, block=2, notice={"value": 30, "unit": "days"})
    late = RAMPED.model_copy(
        update={"double_running": days(31), "set_up": pounds(700), "exit_cost": pounds(80)}
    )
    account = shift_account(late, Pathway(pools={"team": TEAM, "beds": beds}), RUN)
    assert by_month(account, "double_running") == [0, 0, 0, 6000, 200, 0, 6200, 0, 0, 0, 0, 0]
    assert by_month(account, "stranded") == [0, 0, 0, 0, 6000, 6000, 6200, 12000, 0, 0, 0, 0]
    assert by_month(account, "set_up") == [700] + [0] * 11
    assert by_month(account, "exit") == [0] * 8 + [80] + [0] * 3


@pytest.mark.parametrize(
    ("amount", "per", "a_year"),
    [(2, "day", 730.5), (70, "week", 70 * 365.25 / 7), (500, "year", 500)],
)
def test_what_a_unit_costs_a_year(amount, per, a_year):
    cost = PoolCost(amount=pounds(amount), per=per)
    some = pool(1, 1).model_copy(update={"cost": cost})
    assert unit_cost_per_year(some, RUN) == pytest.approx(a_year)


def test_a_unit_by_the_open_hour_costs_the_hours_it_is_open():
    """Mondays and Fridays, 8 hours each, £10 an hour: 16 x 365.25 / 7 = 834.857 hours a year, £8,348.57.

    Closed on bank holidays: of the 52 Mondays in the 365 days from 1 April 2025, four are bank holidays (21
    April, 5 and 26 May, 25 August), and of the 52 Fridays two (18 April and 26 December): 8 x 48 / 52 +
    8 x 50 / 52 = 15.0769 hours a week.
    """
    hours = [{"opens": "09:00", "closes": "17:00"}]
    week = {"monday": hours, "friday": hours}
    cost = {"amount": {"value": 10, "price_year": "2024/25"}, "per": "open hour"}
    clinic = {"name": "Clinic", "units": 1, "timetable": week, "cost": cost}
    assert unit_cost_per_year(Pool.model_validate(clinic), RUN) == pytest.approx(10 * 16 * 365.25 / 7)
    closed = Pool.model_validate({**clinic, "closed_on_bank_holidays": True})
    a_week = 8 * 48 / 52 + 8 * 50 / 52
    assert unit_cost_per_year(closed, RUN) == pytest.approx(10 * a_week * 365.25 / 7)


def test_hours_that_name_fewer_units_cost_nothing_more_and_those_that_name_all_open_what_is_added():
    """Three by day, one by night. One more: 12 hours a day x £5 x 365.25 days = £21,915 a year."""
    day, night = {"opens": "08:00", "closes": "20:00", "units": 3}, {"opens": "20:00", "closes": "24:00"}
    cost = {"amount": {"value": 5, "price_year": "2024/25"}, "per": "open hour"}
    week = {weekday: [day, {**night, "units": 1}] for weekday in WEEKDAYS}
    team = Pool.model_validate({"name": "Team", "units": 3, "timetable": week, "cost": cost})
    assert unit_cost_per_year(team, RUN) == pytest.approx(21_915)
    found = shifted({"team": team}, {"s": shift(21_915.01, target="team")})
    levels = [units for _, units in capacity_changes(found.pools["team"], None, APRIL, 1)]
    assert levels == [0, 4, 1]


def test_a_pool_without_cost_has_no_cost_of_a_unit():
    assert unit_cost_per_year(pool(1, None), RUN) is None


def test_several_shifts_on_one_pool_add_up():
    """Two of the team from one shift, one from another, and one away by a third, all on the same day."""
    shifts = {
        "a": shift(2 * 36_525, target="team"),
        "b": shift(36_525, target="team"),
        "c": shift(36_525, origin="team"),
    }
    assert steps(shifted({"team": TEAM}, shifts), "team") == [("1 Apr", 5)]


def test_a_shift_adds_to_dated_changes_of_the_pool():
    """Three, then five from 1 June, and two more from the shift on 1 May."""
    team = TEAM.model_copy(update={"steps": (CapacityStep(date=dt.date(2025, 6, 1), units=5),)})
    found = shifted({"team": team}, {"s": shift(2 * 36_525, target="team", starts=dt.date(2025, 5, 1))})
    assert steps(found, "team") == [("1 May", 5), ("1 Jun", 7)]


def test_a_ramp_of_the_pool_keeps_its_times_of_day():
    """From 0 to 4 over 10 days: each 2.5 days one more. A shift adds one on day 4."""
    ramp = CapacityStep(date=APRIL, units=4, ramp=days(10))
    team = pool(0, 36_525).model_copy(update={"steps": (ramp,)})
    found = shifted({"team": team}, {"s": shift(36_525, target="team", starts=dt.date(2025, 4, 5))})
    changes = capacity_changes(found.pools["team"], None, APRIL, 30)
    assert changes == ((0.0, 0), (2.5, 1), (4.0, 2), (5.0, 3), (7.5, 4), (10.0, 5))


def test_only_whole_units_move():
    """£100,000 buys two of the team at £36,525, and no third."""
    assert steps(shifted({"team": TEAM}, {"s": shift(100_000, target="team")}), "team") == [("1 Apr", 5)]


def test_pounds_of_another_year_are_brought_to_the_price_of_the_unit():
    """£34,457.55 of 2023/24 is £36,525 of 2024/25 at 6%: exactly one."""
    money = MoneySettings(index={"2024/25": 0.06})
    moved = shift(0, target="team").model_copy(update={"amount": pounds(36_525 / 1.06, "2023/24")})
    assert steps(shifted({"team": TEAM}, {"s": moved}, money), "team") == [("1 Apr", 4)]


def test_units_of_footprints_are_spread_by_largest_remainder_of_people():
    """Five units over 500, 300 and 200 people: 2.5, 1.5 and 1, so 2, 1 and 1; the last to the first half."""
    held = pool(1, 36_525, per_footprint=True)
    people = {"east": 500.0, "north": 300.0, "west": 200.0}
    found = shifted({"team": held}, {"s": shift(5 * 36_525, target="team")}, people=people)
    assert {step.footprint: step.units for step in found.pools["team"].steps} == {
        "east": 4,
        "north": 2,
        "west": 2,
    }


def test_footprints_without_people_share_evenly():
    held = pool(1, 36_525, per_footprint=True)
    found = shifted(
        {"team": held}, {"s": shift(4 * 36_525, target="team")}, people={"east": 0.0, "west": 0.0}
    )
    assert {step.footprint: step.units for step in found.pools["team"].steps} == {"east": 3, "west": 3}


def test_a_footprint_that_nothing_reaches_keeps_its_own_changes():
    ramp = CapacityStep(date=APRIL, units=3, ramp=days(5))
    held = pool(1, 36_525, per_footprint=True).model_copy(update={"steps": (ramp,)})
    people = {"east": 1000.0, "west": 1.0}
    found = shifted({"team": held}, {"s": shift(36_525, target="team")}, people=people).pools["team"]
    assert capacity_changes(found, "west", APRIL, 30) == capacity_changes(held, "west", APRIL, 30)
    assert units_at(dated_units(found, "east", APRIL), 20) == 4


@pytest.mark.parametrize(
    ("made", "field", "words"),
    [
        (shift(1), "origin", "names neither a pool"),
        (shift(1, origin="beds", target="beds"), "target", "puts money into the pool it takes it from"),
        (shift(1, target="free"), "target", "has no cost"),
        (shift(1, target="endless"), "target", "has no number of units"),
        (shift(1, origin="gone"), "origin", 'there is no pool "gone"'),
        (shift(11 * 73_050, origin="beds"), "amount", "takes 11 units"),
        (shift(1, target="cheap"), "amount", "pays for more than 1,000,000 units"),
        (
            shift(1, target="team").model_copy(update={"amount": pounds(1e6, "2019/20")}),
            "amount",
            "cannot be compared with costs of 2024/25",
        ),
    ],
)
def test_what_cannot_be_played_is_said_in_a_sentence(made, field, words):
    pools = {"team": TEAM, "beds": BEDS, "free": pool(1, None), "endless": pool(None, 1)}
    pools["cheap"] = pool(1, 5e-324)
    found = shift_moves(Pathway(pools=pools), {"s": made}, MoneySettings(), RUN)
    (problem,) = found.problems
    assert (problem.shift, problem.field, problem.severity) == ("s", field, "error")
    assert words in problem.what
    with pytest.raises(ShiftError, match='Shift "Shift": '):
        shifted(pools, {"s": made})


def test_an_amount_too_small_for_a_unit_is_a_warning_and_moves_nothing():
    small = {"s": shift(36_524, target="team")}
    found = shift_moves(Pathway(pools={"team": TEAM}), small, MoneySettings(), RUN)
    assert [problem.severity for problem in found.problems] == ["warning"]
    assert shifted({"team": TEAM}, small).pools["team"] == TEAM


def test_two_shifts_cannot_take_the_same_beds():
    six = shift(6 * 73_050, origin="beds")
    found = shift_moves(Pathway(pools={"beds": BEDS}), {"a": six, "b": six}, MoneySettings(), RUN)
    (problem,) = found.problems
    assert problem.shift == "b"
    assert "the most that it has to give is 4" in problem.what


def test_the_baseline_and_an_option_without_shifts_are_played_as_they_are_drawn():
    scenario = Scenario(
        format=1,
        name="Two",
        baseline=Pathway(pools={"team": TEAM, "beds": BEDS}),
        options={"same": Option(name="Same"), "more": Option(name="More", shifts={"s": RAMPED})},
        run=RUN,
    )
    assert played(scenario, "baseline") is scenario.baseline
    assert played(scenario, "same") == apply_option(scenario, "same")
    assert played(scenario, "more").pools["team"].steps
    assert apply_option(scenario, "more").pools["team"] == TEAM


PEOPLE = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50).map(float), min_size=1)


@given(PEOPLE, st.integers(0, 40), st.data())
def test_a_spread_gives_out_all_units_and_never_more_than_there_is_room_for(people, count, data):
    room = {name: data.draw(st.integers(0, 20)) for name in people}
    count = min(count, sum(room.values()))
    given_out = spread(count, people, room)
    assert sum(given_out.values()) == count
    assert all(0 <= given_out[name] <= room[name] for name in people)
    turns = in_turn(given_out)
    assert {name: turns.count(name) for name in people} == given_out


@given(PEOPLE, st.integers(0, 40))
def test_without_limits_nobody_is_a_whole_unit_from_their_part(people, count):
    given_out = spread(count, people, dict.fromkeys(people, 10**6))
    total = sum(people.values())
    for name, number in people.items():
        part = count * number / total if total else count / len(people)
        assert abs(given_out[name] - part) < 1


CHANGES = st.lists(
    st.tuples(st.integers(-40, 60), st.integers(0, 9), st.sampled_from([None, 1.0, 7.3, 30.0])),
    max_size=4,
    unique_by=lambda change: change[0],
)


@given(CHANGES, st.integers(1, 9), st.integers(-30, 60), st.sampled_from([0.0, 5.0, 41.7]))
def test_at_every_midnight_units_are_those_of_the_pool_and_the_shift(changes, count, starts, ramp):
    own = tuple(
        CapacityStep(
            date=APRIL + dt.timedelta(days=day), units=units, ramp=None if over is None else days(over)
        )
        for day, units, over in sorted(changes)
    )
    before = pool(5, 100).model_copy(update={"steps": own})
    moved = shift(count * 100, target="team", starts=APRIL + dt.timedelta(days=starts), ramp=days(ramp))
    after = shifted({"team": before}, {"s": moved}).pools["team"]
    dates = [step.date for step in after.steps]
    assert dates == sorted(set(dates))
    mine, plain = dated_units(after, None, APRIL), dated_units(before, None, APRIL)
    for day in range(-50, 130):
        share = 1.0 if ramp == 0 else min(max((day - starts) / ramp, 0.0), 1.0)
        opened = int(count * share + 1e-9) if day >= starts else 0
        several = sum(day < time < day + 1 for time, _ in [*plain, *mine])
        if not several:
            assert units_at(mine, day) == units_at(plain, day) + opened
