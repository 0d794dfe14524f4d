"""Trends of demand: the factor of each year of the run, integrated exactly."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from pathway_modeller.scenario.elements import Profile
from pathway_modeller.scenario.population import Trend
from pathway_modeller.simulation.model.demand import FLAT, make_clock
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import MONDAY, OUT, coming, draw, every, play, story

DOUBLING = Trend(yearly_change=1.0)


def test_a_flat_profile_grows_from_anniversary_to_anniversary() -> None:
    clock = make_clock(None, MONDAY, 1200, DOUBLING)
    assert clock.integral(365.0) == 365.0
    assert clock.integral(365.0 + 10.25) == 365.0 + 20.5
    assert clock.integral(730.0 + 1.5) == 365.0 + 730.0 + 6.0
    assert clock.time(365.0 + 20.5) == 365.0 + 10.25


def test_listed_years_come_before_the_yearly_change() -> None:
    clock = make_clock(None, MONDAY, 1500, Trend(by_year=(2.0, 0.0), yearly_change=0.5))
    assert clock.integral(365.0) == 730.0
    assert clock.integral(730.0) == 730.0
    assert clock.time(730.0 + 1.0) == math.inf  # nothing of nothing is nothing for ever
    still = make_clock(None, MONDAY, 1500, Trend(by_year=(1.0, 3.0), yearly_change=0.5))
    assert still.integral(730.0 + 2.0) - still.integral(730.0) == 9.0  # 3 x 1.5 a day


def test_a_leap_day_has_its_anniversary_on_1_march() -> None:
    clock = make_clock(None, dt.date(2024, 2, 29), 800, DOUBLING)
    assert clock.integral(366.0) == 366.0
    assert clock.integral(367.0) == 368.0
    assert dt.date(2024, 2, 29) + dt.timedelta(days=366) == dt.date(2025, 3, 1)


def test_a_trend_multiplies_a_profile() -> None:
    profile = Profile(weekdays=(2, 1, 1, 1, 1, 1, 0), day=(0, 1, 2, 1))
    plain, grown = make_clock(profile, MONDAY, 800), make_clock(profile, MONDAY, 800, DOUBLING)
    assert grown.integral(300.3) == plain.integral(300.3)
    first = plain.integral(365.0)
    assert grown.integral(400.7) == pytest.approx(first + 2 * (plain.integral(400.7) - first))


def test_no_trend_leaves_the_clock_as_it_is() -> None:
    profile = Profile(months=(1,) * 11 + (2,), weekdays=(2, 1, 1, 1, 1, 1, 0))
    assert make_clock(None, MONDAY, 10, None) is FLAT
    assert make_clock(profile, MONDAY, 500, Trend()) == make_clock(profile, MONDAY, 500)


def test_a_doubled_year_brings_the_same_patients_in_half_the_time() -> None:
    flat = draw({"in": coming(0.1), "out": OUT}, ["in > out"])
    grown = draw({"in": coming(0.1, trend=DOUBLING), "out": OUT}, ["in > out"])
    one, other = play(flat, 1095), play(grown, 730)
    came = one.time[one.event == Event.ARRIVE], other.time[other.event == Event.ARRIVE]
    late = came[0][came[0] > 365.0]
    assert list(came[1][came[1] < 365.0]) == list(came[0][came[0] < 365.0])
    assert list(came[1][came[1] > 365.0]) == pytest.approx(list(365.0 + (late - 365.0) / 2), abs=1e-7)


def test_given_gaps_shorten_with_the_trend() -> None:
    pathway = draw({"in": every(100.0, trend=DOUBLING), "out": OUT}, ["in > out"])
    arrivals = [line for line in story(play(pathway, 500)) if "ARRIVE" in line]
    assert [float(line.split()[0]) for line in arrivals] == [100, 200, 300, 382.5, 432.5, 482.5]
