"""Populations for which theory knows mean and variance."""

from __future__ import annotations

import math

import pytest

from pathway_modeller.scenario.population import Move, Prevention, Trend
from pathway_modeller.scenario.values import ByGroup, Duration
from tests.simulation.people import (
    YEAR,
    born,
    days,
    dying,
    ends,
    moving,
    must_have_mean,
    populated,
)

RUNS = 60


def test_pure_death_leaves_a_binomial_number() -> None:
    """Each of n people lives t years with probability exp(-rate t), independently (Bailey 1964, ch. 8)."""
    pathway = populated({"all": 400}, {"death": dying("all", 0.4)})
    alive = math.exp(-0.4)
    must_have_mean(ends(pathway, YEAR, RUNS)[:, 0, 0], 400 * alive, 400 * alive * (1 - alive))


def test_immigration_and_death_settle_at_a_poisson_number() -> None:
    """Immigration at rate b, each leaving at rate d: Poisson with mean b/d (M/M/infinity)."""
    pathway = populated({"all": 150}, {"birth": born("all", 300), "death": dying("all", 2.0)})
    must_have_mean(ends(pathway, 4 * YEAR, RUNS)[:, 0, 0], 150, 150)


def test_births_and_deaths_per_person() -> None:
    """The linear birth-death process (Kendall, Annals of Mathematical Statistics 19, 1948).

    Mean n e^((b-d)t), variance n (b+d)/(b-d) e^((b-d)t) (e^((b-d)t) - 1).
    """
    births = Move(name="Birth", kind="birth", target="all", per_person=0.5)
    pathway = populated({"all": 200}, {"birth": births, "death": dying("all", 0.2)})
    grown = math.exp(0.3)
    must_have_mean(ends(pathway, YEAR, RUNS)[:, 0, 0], 200 * grown, 200 * 0.7 / 0.3 * grown * (grown - 1))


def test_exchange_between_two_tiers() -> None:
    """Each person is a two-state Markov chain: in the base with pi + (1 - pi) e^-(a+b)t, pi = b/(a+b).

    So a number that began all in the base is binomial (Anderson and Kurtz, Stochastic Analysis of
    Biochemical Systems, 2015, ch. 1).
    """
    pathway = populated(
        {"base": 500, "tip": 0}, {"up": moving("base", "tip", 0.6), "down": moving("tip", "base", 0.9)}
    )
    share = 0.6 + 0.4 * math.exp(-1.5)
    found = ends(pathway, YEAR, RUNS)
    must_have_mean(found[:, 0, 0], 500 * share, 500 * share * (1 - share))
    assert (found.sum(axis=(1, 2)) == 500).all()


def test_births_per_person_count_everyone_in_the_footprint() -> None:
    """Births at b for each of n who stay as they are: Poisson with mean n b t, here by tier and place."""
    rates = ByGroup[float](by="need_tier", values={"tip": 1.0}, otherwise=0.25)
    births = Move(name="Birth", kind="birth", target="new", per_person=rates)
    places = {"a": {"base": 400, "tip": 50, "new": 0}, "b": {"base": 40, "tip": 0, "new": 0}}
    both = ByGroup[float](by="need_tier", values={"new": 0.0, "tip": 1.0}, otherwise=0.25)
    pathway = populated(places, {"birth": births.model_copy(update={"per_person": both})})
    found = ends(pathway, YEAR, RUNS)[:, 2, :]
    must_have_mean(found[:, 0], 150, 150)
    must_have_mean(found[:, 1], 10, 10)


def test_a_trend_multiplies_the_rate_of_its_year() -> None:
    pathway = populated({"all": 400}, {"death": dying("all", 0.2, trend=Trend(yearly_change=1.0))})
    alive = math.exp(-0.2 * 365 / YEAR - 0.4 * 365 / YEAR)
    must_have_mean(ends(pathway, 730, RUNS)[:, 0, 0], 400 * alive, 400 * alive * (1 - alive))


def test_people_a_year_are_shared_as_given_or_as_people_live() -> None:
    places = {"a": {"all": 300.0}, "b": {"all": 100.0}}
    as_they_live = ends(populated(places, {"birth": born("all", 200)}), YEAR, RUNS)[:, 0, :]
    must_have_mean(as_they_live[:, 0], 300 + 150, 150)
    must_have_mean(as_they_live[:, 1], 100 + 50, 50)
    given = born("all", 200, footprints={"a": 0.25, "b": 0.75})
    must_have_mean(ends(populated(places, {"birth": given}), YEAR, RUNS)[:, 0, 1], 100 + 150, 150)


@pytest.mark.parametrize(("length", "slowed"), [(90, 90), (180, 140), (300, 140)])
def test_coverage_slows_those_it_covers_until_it_ends(length: float, slowed: float) -> None:
    """From day 40 to day 180 half of the people, 0.8 of whom take it up, die at half the rate: factor 0.8."""
    programme = Prevention(
        name="Programme",
        slows={"death": 0.5},
        coverage=0.5,
        uptake=0.8,
        starts_after=days(30),
        lag=days(10),
        ends_after=days(170),
    )
    pathway = populated({"all": 400}, {"death": dying("all", 1.0)}, {"p": programme})
    under = max(min(length, 180) - 40, 0)
    alive = math.exp(-(length - 0.2 * under) / YEAR)
    assert under == min(slowed, under)
    must_have_mean(ends(pathway, length, RUNS)[:, 0, 0], 400 * alive, 400 * alive * (1 - alive))


def test_several_preventions_multiply() -> None:
    half = Prevention(name="Half", slows={"death": 0.5}, coverage=1.0)
    pathway = populated({"all": 400}, {"death": dying("all", 1.0)}, {"one": half, "other": half})
    alive = math.exp(-0.25)
    must_have_mean(ends(pathway, YEAR, RUNS)[:, 0, 0], 400 * alive, 400 * alive * (1 - alive))


def test_a_coverage_ramps_and_fades_month_by_month() -> None:
    """Three months of ramp: a third each; a half-life of one month: halves, to the value at a month's end."""
    month = Duration(value=1, unit="months")
    programme = Prevention(
        name="Programme",
        slows={"death": 1.0},
        coverage=1.0,
        ramp=Duration(value=3, unit="months"),
        ends_after=Duration(value=5, unit="months"),
        half_life=month,
    )
    pathway = populated({"all": 400}, {"death": dying("all", 2.0)}, {"p": programme})
    months = 1 - 1 / 3 + 1 - 2 / 3 + 0 + 0 + 0 + 0.5 + 0.75 + 0.875
    alive = math.exp(-2.0 * months / 12)
    must_have_mean(ends(pathway, 8 * month.days, RUNS)[:, 0, 0], 400 * alive, 400 * alive * (1 - alive))
