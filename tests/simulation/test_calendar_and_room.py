"""Bookings on bank holidays, months of unequal length, and room judged over a whole instant."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway_modeller.scenario.elements import Profile
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.model.demand import make_clock
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, booked, does, draw, every, fixed, play, story


@pytest.mark.parametrize(("off", "patients"), [(False, 14), (True, 13)])
def test_nobody_is_booked_on_easter_monday_if_bookings_know_of_it(off: bool, patients: int) -> None:
    """The 98 days from 5 January 2026 hold fourteen Mondays; the last, 6 April, is Easter Monday."""
    entry = booked("monday 00:00 1", not_on_bank_holidays=off)
    pathway = draw({"in": entry, "clinic": does({}, 0.5), "out": OUT}, ["in > clinic > out"])
    assert (play(pathway, 98).event == Event.ARRIVE).sum() == patients


def test_a_year_s_demand_in_one_month_is_a_year_s_demand() -> None:
    """All in February: 28 days at 365.25 / 28.25 times the rate, not at twelve times."""
    profile = Profile(months=(0, 1, *(0,) * 10))
    clock = make_clock(profile, dt.date(2026, 1, 1), 365)
    assert clock.integral(365) == pytest.approx(28 * 365.25 / 28.25)


def test_equal_months_leave_the_rate_as_it_is() -> None:
    clock = make_clock(Profile(months=(2,) * 12), dt.date(2026, 1, 1), 365)
    assert clock.integral(365) == pytest.approx(365)


def test_an_urgent_patient_who_comes_later_in_the_same_instant_has_the_place() -> None:
    """The doctor is busy to day 3 and one may wait. Both come on day 1, the urgent one by way of triage."""
    priority = ByGroup[int](by="need_tier", values={"top": 1}, otherwise=5)
    pathway = draw(
        {
            "in": booked("monday 00:00 1", "tuesday 00:00 1", need_tiers={"base": 1.0}),
            "urgent": booked("tuesday 00:00 1", need_tiers={"top": 1.0}),
            "triage": does({}, 0.0).model_copy(update={"service_time": fixed(0.0)}),
            "clinic": does({"doctor": 1}, 3.0, room=1, priority=priority),
            "out": OUT,
        },
        ["in > clinic > out", "urgent > triage > clinic"],
        {"doctor": 1},
        need_tiers={"base": NeedTier(name="base", level=1), "top": NeedTier(name="top", level=2)},
    )
    told = story(play(pathway, 5))
    turned_away = [row for row in told if " TURNED_AWAY " in row]
    assert turned_away == ["1 in/1 TURNED_AWAY clinic"]
    assert "3 urgent/0 START clinic" in told


def test_places_between_two_steps_let_the_first_go_on_until_they_are_taken() -> None:
    """One comes a day, and the second step takes three: the place is taken from day 2, the first from day 3.

    Room in the second step's own queue would not help: whoever is blocked waits where they are.
    """
    keep = "when next can take"
    pathway = draw(
        {
            "in": every(1.0),
            "first": does({"machine": 1}, 0.0, release=keep),
            "between": does({"place": 1}, 0.0, release=keep),
            "second": does({"oven": 1}, 3.0),
            "out": OUT,
        },
        ["in > first > between > second > out"],
        {"machine": 1, "place": 1, "oven": 1},
    )
    told = story(play(pathway, 4.5))
    assert [line for line in told if "START first" in line] == [
        "1 in/0 START first",
        "2 in/1 START first",
        "3 in/2 START first",
        "4 in/3 START first",
    ]
    assert "4 in/1 START second" in told
    assert "4 in/2 START between" in told
