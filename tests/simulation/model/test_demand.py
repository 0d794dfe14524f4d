"""Demand: the integral of a profile and its inverse, and the arrivals that come of them."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pathway_modeller.scenario.elements import EntryPoint, Profile, RandomArrivals
from pathway_modeller.scenario.population import DemandChange, Move
from pathway_modeller.scenario.values import ByGroup, Rate
from pathway_modeller.simulation.model.demand import FLAT, make_clock
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import MONDAY, OUT, booked, coming, draw, every, fixed, play, story
from tests.engines.pathways import PLACES, TIERS

FACTORS = st.floats(0, 5).map(lambda factor: round(factor, 3))


@st.composite
def profiles(draw_from: st.DrawFn) -> Profile:
    """Returns a profile, with some parts of nothing."""
    lists = {
        "months": draw_from(st.none() | st.lists(FACTORS, min_size=12, max_size=12)),
        "weekdays": draw_from(st.none() | st.lists(FACTORS, min_size=7, max_size=7)),
        "day": draw_from(st.none() | st.lists(FACTORS, min_size=1, max_size=48)),
    }
    assume(all(values is None or sum(values) > 0.1 for values in lists.values()))
    return Profile(**{name: tuple(values) for name, values in lists.items() if values is not None})


@given(profiles(), st.floats(0, 399))
def test_time_undoes_the_integral(profile: Profile, time: float) -> None:
    clock = make_clock(profile, MONDAY, 400)
    reached = clock.integral(time)
    back = clock.time(reached)
    assume(math.isfinite(back))
    assert clock.integral(back) == pytest.approx(reached, abs=1e-7)


@given(profiles(), st.lists(st.floats(0, 399), min_size=2, max_size=20))
def test_the_integral_never_falls(profile: Profile, times: list[float]) -> None:
    clock = make_clock(profile, MONDAY, 400)
    reached = [clock.integral(time) for time in sorted(times)]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(reached))


def test_a_week_of_any_profile_of_week_and_day_adds_up_to_seven_days() -> None:
    clock = make_clock(Profile(weekdays=(5, 4, 3, 2, 1, 0, 0), day=(0, 3, 1)), MONDAY, 100)
    for week in range(12):
        assert clock.integral(7.0 * (week + 1)) - clock.integral(7.0 * week) == pytest.approx(7.0)


def test_a_profile_by_hand() -> None:
    clock = make_clock(Profile(weekdays=(2, 1, 1, 1, 1, 1, 0), day=(0, 1, 2, 1)), MONDAY, 14)
    assert clock.integral(0.25) == 0.0
    assert clock.integral(0.5) == pytest.approx(0.5)
    assert clock.integral(1.0) == pytest.approx(2.0)
    assert clock.integral(6.0) == clock.integral(7.0) == pytest.approx(7.0)
    assert clock.time(0.5) == pytest.approx(0.5)
    assert clock.time(7.5) == pytest.approx(7.5)


def test_no_profile_is_flat() -> None:
    assert make_clock(None, MONDAY, 10) is FLAT
    assert make_clock(Profile(), MONDAY, 10) is FLAT
    assert FLAT.integral(3.25) == FLAT.time(3.25) == 3.25


def test_days_are_24_hours_when_the_clocks_change() -> None:
    spring = make_clock(Profile(day=(1.0,) * 24), dt.date(2026, 3, 28), 5)
    assert [spring.integral(day) for day in range(5)] == pytest.approx([0, 1, 2, 3, 4])


def test_a_doubled_rate_brings_the_same_patients_at_half_the_time() -> None:
    slow, fast = ({"in": coming(rate), "out": OUT} for rate in (2.0, 4.0))
    one, other = play(draw(slow, ["in > out"]), 40), play(draw(fast, ["in > out"]), 20)
    arrive, again = one.event == Event.ARRIVE, other.event == Event.ARRIVE
    assert one.time[arrive] == pytest.approx(2 * other.time[again])
    assert list(one.patient[arrive]) == list(other.patient[again])


def test_a_rate_for_each_hour_is_a_rate_with_factors() -> None:
    """2 an hour for eight hours are 16 a day; months and weekdays divide days as they do for a rate."""
    hours = (0.0,) * 9 + (2.0,) * 8 + (0.0,) * 7
    week = Profile(weekdays=(2, 1, 1, 1, 1, 1, 0))
    plain = coming(16.0, day=hours).arrivals
    both = [
        plain.model_copy(update={"profile": week.model_copy(update={"day": hours})}),
        RandomArrivals(kind="random", hourly=hours, profile=week),
    ]
    entries = [EntryPoint(name="In", arrivals=each) for each in both]
    one, other = (play(draw({"in": each, "out": OUT}, ["in > out"]), 60) for each in entries)
    assert one.tobytes() == other.tobytes()
    came = other.time[other.event == Event.ARRIVE]
    assert ((came % 1 >= 9 / 24 - 1e-6) & (came % 1 <= 17 / 24)).all()
    assert abs(len(came) - 16 * 60) < 4 * (16 * 60) ** 0.5


def test_one_factor_over_several_entry_points_is_higher_rates_at_each() -> None:
    """Half as many again of 2 and 4 a day are 3 and 6 a day; the entry point it is not about stays."""
    arrows = ["in > out", "side > out", "other > out"]

    def at(*rates: float) -> dict[str, Any]:
        names = zip(("in", "side", "other"), rates, strict=True)
        return {**{name: coming(rate) for name, rate in names}, "out": OUT}

    change = DemandChange(name="More", change=0.5, entry_points=("in", "side"))
    more = draw(at(2.0, 4.0, 1.0), arrows, demand_changes={"more": change})
    assert play(more, 60).tobytes() == play(draw(at(3.0, 6.0, 1.0), arrows), 60).tobytes()
    everywhere = draw(
        at(2.0, 4.0, 1.0), arrows, demand_changes={"more": DemandChange(name="More", change=0.5)}
    )
    assert play(everywhere, 60).tobytes() == play(draw(at(3.0, 6.0, 1.5), arrows), 60).tobytes()


def test_a_change_of_demand_multiplies_rates_per_1000_of_people_who_live_or_stay() -> None:
    per_1000 = Rate(value=1, unit="per day")
    doubled = Rate(value=2, unit="per day")

    def of(rate: Rate, **maps: Any) -> Any:
        entry = EntryPoint(name="In", arrivals=RandomArrivals(kind="random", rate_per_1000=rate))
        where = {"need_tiers": TIERS, "footprints": PLACES}
        return draw({"in": entry, "out": OUT}, ["in > out"], **where, **maps)

    twice = {"demand_changes": {"more": DemandChange(name="More", change=1.0)}}
    up = Move.model_validate({"name": "Up", "from": "base", "to": "tip", "per_person": 0.5})
    for lives in ({}, {"moves": {"up": up}}):
        assert play(of(per_1000, **twice, **lives), 60).tobytes() == play(of(doubled, **lives), 60).tobytes()


def test_nobody_comes_in_parts_of_nothing() -> None:
    entry = coming(
        20.0,
        day=(0, 1, 0, 0),
        starts_after={"value": 2, "unit": "days"},
        ends_after={"value": 9, "unit": "days"},
    )
    times = play(draw({"in": entry, "out": OUT}, ["in > out"]), 20).time
    assert ((times % 1 >= 0.25) & (times % 1 <= 0.5)).all()
    assert times.min() > 2.25
    assert 8.25 < times.max() < 9


def test_gaps_begin_at_the_start_and_nobody_comes_at_the_end() -> None:
    told = story(play(draw({"in": every(1.0), "out": OUT}, ["in > out"]), 3))
    assert told == [
        "1 in/0 ARRIVE in",
        "1 in/0 EXIT out",
        "2 in/1 ARRIVE in",
        "2 in/1 EXIT out",
    ]


def test_booked_patients_come_every_week_and_late_if_so_given() -> None:
    entry = booked("tuesday 12:00 2", "monday 06:00 1", lateness=fixed(0.25))
    told = story(play(draw({"in": entry, "out": OUT}, ["in > out"]), 9))
    assert [line for line in told if "ARRIVE" in line] == [
        "0.5 in/0 ARRIVE in",
        "1.75 in/1 ARRIVE in",
        "1.75 in/2 ARRIVE in",
        "7.5 in/3 ARRIVE in",
        "8.75 in/4 ARRIVE in",
        "8.75 in/5 ARRIVE in",
    ]


def test_rates_per_1000_follow_the_people_of_each_tier_and_footprint() -> None:
    rate = ByGroup[Rate](
        by="need_tier",
        values={"tip": Rate(value=10, unit="per day")},
        otherwise=Rate(value=1, unit="per day"),
    )
    entry = coming(1.0)
    arrivals = entry.arrivals.model_copy(update={"rate": None, "rate_per_1000": rate})
    entry = entry.model_copy(update={"arrivals": arrivals})
    pathway = draw({"in": entry, "out": OUT}, ["in > out"], need_tiers=TIERS, footprints=PLACES)
    trace = play(pathway, 2000)
    came = trace.event == Event.ARRIVE
    tip, east = trace.need_tier[came] == 1, trace.footprint[came] == 0
    for count, expected in (
        ((tip & east).sum(), 2000),
        ((~tip & east).sum(), 600),
        ((~tip & ~east).sum(), 1000),
    ):
        assert abs(count - expected) < 4 * expected**0.5
