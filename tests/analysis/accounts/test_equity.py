"""Footprints are compared by need, and one that loses is named first."""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd
import pytest

from pathway_modeller.analysis.accounts.equity import UNDIVIDED, Terms, equity
from pathway_modeller.analysis.accounts.equity import Side as Books
from pathway_modeller.analysis.accounts.like_for_like import Beside, likes
from pathway_modeller.analysis.accounts.need_weights import ALL, mean_people, need_weights
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.money import DisplacedTo, Displacement
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.values import Duration
from tests.vectors_by_hand import measured

DAYS = 2 * 365.25
TIERS = {
    "base": NeedTier(name="Base", level=1, need_weight=1),
    "tip": NeedTier(name="Tip", level=2, need_weight=11),
}
FOOTPRINTS = {"east": Footprint(name="East"), "west": Footprint(name="West")}
PEOPLE = {("base", "east"): 900.0, ("tip", "east"): 100.0, ("base", "west"): 1000.0}


def lines(*rows):
    """Ledger lines as (footprint, need tier, pounds), all of system cost."""
    return pd.DataFrame(
        [("cost", footprint, tier, pounds * 100) for footprint, tier, pounds in rows],
        columns=["view", "footprint", "need_tier", "pence"],
    )


LINES = lines(("east", "tip", 3000), ("west", "base", 1000), ("", "", 2000))


class Side(NamedTuple):
    """One variant: its ledger lines, its people and its measures."""

    lines: pd.DataFrame | None
    people: dict
    measured: Measured

    @property
    def books(self):
        return Books(self.lines, self.people)


def values(measures):
    """Figures as {(measure, footprint) or (measure, footprint, element): figures of each replication}."""
    labels = ("measure", "footprint", "element")
    return measured([(dict(zip(labels, key, strict=False)), figures) for key, figures in measures.items()])


def contacts(east, west):
    return {
        ("contacts", "east"): east,
        ("contacts", "west"): west,
        ("contacts", ""): [sum(pair) for pair in zip(east, west, strict=True)],
    }


def waits(east, west, patients=100):
    """Figures by which a footprint's patients have waited so many days each at the clinic."""
    found = {}
    for place, days in (("east", east), ("west", west)):
        found["wait.patients", place, "clinic"] = [patients] * len(days)
        found["queue.mean", place, "clinic"] = [each * patients / DAYS for each in days]
    return found


BEFORE = Side(LINES, PEOPLE, values(contacts([400, 404], [100, 100]) | waits([10, 11], [10, 10])))


def weights(tiers=TIERS, money=LINES):
    return need_weights(tiers, PEOPLE, money, years=2)


def compared(side, *, before=None, matters=None, declared=None, activities=("clinic", "review")):
    """Baseline and an option over two years."""
    before = before or BEFORE
    care = Beside(before.measured, side.measured, likes(activities, declared or {}), DAYS)
    terms = Terms(weights(), care, matters or SmallestDifferences(), DAYS / 365.25)
    return equity(FOOTPRINTS, terms, before.books, side.books)


def test_cost_for_each_head_weighted_by_need():
    """The arithmetic stands at the head of the module; two years, so that £3 become £1.50 a year.

    East's 402 contacts in two years are 201 a year for 1,333 heads: 150.75 for each 1,000.
    """
    found = compared(BEFORE)
    east, west = found.footprints
    assert east.heads[0] == pytest.approx(4000 / 3)
    assert west.heads[0] == pytest.approx(2000 / 3)
    assert (east.cost[0], west.cost[0], found.together.cost[0]) == pytest.approx((150, 150, 150))
    assert east.contacts[0] == pytest.approx(150.75)
    assert east.wait == (10.5, 10.5)
    assert found.losers == ()
    assert found.notes == (UNDIVIDED,)


def test_the_footprint_that_loses_comes_first():
    """West's wait rises by 2 and 3 days: 2.5 with interval 2.5 ± 12.7 x 0.5, which holds 0: may be chance.

    With 2.4 and 2.6 days the interval is 2.5 ± 25.5 x 0.1 = -0.05 to 5.05 for two footprints at once, which
    holds 0; with 2.45 and 2.55 it is 1.2 to 3.8, and West is worse off. East's
    contacts fall by 40 of 400 in both: 20 a year, 15 for each 1,000 heads, but its people wait less.
    """
    chance = values(contacts([400, 404], [100, 100]) | waits([10, 11], [12, 13]))
    assert compared(Side(LINES, PEOPLE, chance)).losers == ()
    after = values(contacts([400, 404], [100, 100]) | waits([9, 10], [12.45, 12.55]))
    found = compared(Side(LINES, PEOPLE, after))
    assert [each.footprint for each in found.footprints] == ["west", "east"]
    assert found.losers[0].worse == ("waits longer",)
    assert found.losers[0].sentence == (
        '"West" is worse off: its people wait 2.5 days longer on average (1.2 to 3.8).'
    )
    fewer = values(contacts([360, 364], [100, 100]) | waits([9, 10], [10, 10]))
    found = compared(Side(LINES, PEOPLE, fewer))
    (east,) = found.losers
    assert east.worse == ("fewer contacts",)
    assert "15 contacts a year fewer for each 1,000 need-weighted heads" in east.sentence


@pytest.mark.parametrize(
    "people", [{("tip", "west"): 300.0, ("base", "west"): 700.0}, {("base", "west"): 400.0}]
)
def test_need_that_is_found_and_deaths_change_no_figure_for_each_head(people):
    """West's people are found to be in need, or die: 50 contacts a year are 75 for 1,000 heads as before."""
    other = {key: many for key, many in PEOPLE.items() if key[1] == "east"} | people
    found = compared(Side(LINES, other, BEFORE.measured))
    assert found.losers == ()
    east, west = found.footprints
    assert west.contacts == pytest.approx((75, 75))
    assert (east.cost, west.cost) == (pytest.approx((150, 150)), pytest.approx((150, 150)))
    assert west.heads[0] == pytest.approx(2000 / 3)
    assert west.heads[1] != pytest.approx(west.heads[0])


def test_people_who_die_waiting_lose_their_contacts():
    """Of 100 contacts in West 40 are left: 20 a year for the baseline's 667 heads, 30 for each 1,000."""
    gone = Side(LINES, {**PEOPLE, ("base", "west"): 400.0}, values(contacts([400, 404], [40, 40])))
    (west,) = compared(gone).losers
    assert west.contacts == pytest.approx((75, 30))
    assert west.sentence == (
        '"West" is worse off: its people have 45 contacts a year fewer for each 1,000 need-weighted heads '
        "(45 to 45)."
    )


def test_weights_that_nobody_gave_follow_spending_and_are_said():
    """Lines give the tip £3,000 for 100 people (£30) and the base £1,900 for 1,900 (£1): 30 to 1."""
    plain = {name: tier.model_copy(update={"need_weight": None}) for name, tier in TIERS.items()}
    money = lines(("east", "tip", 3000), ("west", "base", 1900), ("", "", 70))
    found = weights(plain, money)
    assert found.weights["tip"] / found.weights["base"] == pytest.approx(30)
    assert found.heads(PEOPLE)[ALL] == pytest.approx(2000)
    assert found.notes == ('Need of "Base" and "Tip" is weighed by what the baseline spends on each person.',)
    nothing = weights(plain, lines(("east", "", 3000)))
    assert nothing.weights == {"base": 1, "tip": 1}
    assert nothing.notes == ('No need weight and no spending is known for "Base" and "Tip": it counts as 1.',)


def test_cost_that_is_not_known_is_missing():
    side = Side(None, PEOPLE, BEFORE.measured)
    found = compared(side)
    assert all(math.isnan(each.cost[1]) for each in (*found.footprints, found.together))


def test_people_are_averaged_over_the_period_alone():
    """100 people at the start, 200 after a year, 200 after one and a half; counted from half a year on.

    150 to 200 in half a year (mean 175), then 200 for half a year: 187.5.
    """
    frame = pd.DataFrame([(0.0, 100.0), (1.0, 200.0), (1.5, 200.0)], columns=["year", "mean"]).assign(
        need_tier="base", footprint="east"
    )
    assert mean_people(frame, 0.5, 1.5) == {("base", "east"): pytest.approx(187.5)}


def test_less_than_what_matters_is_no_loss():
    """West waits 0.9 days longer and has half of 100 contacts fewer: less than a day, and less than 1%."""
    after = Side(LINES, PEOPLE, values(contacts([400, 404], [99.5, 99.5]) | waits([10, 11], [10.9, 10.901])))
    day = SmallestDifferences(wait=Duration(value=1, unit="days"))
    assert compared(after, matters=day).losers == ()
    (west,) = compared(after, matters=SmallestDifferences(contacts_percent=0.1)).losers
    assert west.worse == ("waits longer", "fewer contacts")


def test_a_short_contact_that_an_option_adds_does_not_dilute_a_wait():
    """A review that only the option has, without any wait, is not compared: the clinic's wait is longer."""
    new = {("wait.patients", "west", "review"): [900, 900], ("queue.mean", "west", "review"): [0, 0]}
    after = Side(LINES, PEOPLE, values(contacts([400, 404], [100, 100]) | waits([10, 11], [12, 12]) | new))
    (west,) = compared(after).losers
    assert west.wait == (10, pytest.approx(12))


def test_contacts_that_move_are_waited_for_where_they_go():
    """The clinic closes; its contacts are declared to be found at the review, where people wait 30 days."""
    moved = {
        ("wait.patients", "west", "review"): [100, 100],
        ("queue.mean", "west", "review"): [3000 / DAYS] * 2,
    }
    side = Side(LINES, PEOPLE, values(contacts([400, 404], [100, 100]) | moved))
    assert compared(side).losers == ()
    declared = {"d": Displacement(name="D", activity="clinic", to={"review": DisplacedTo(share=1)})}
    (west,) = compared(side, declared=declared).losers
    assert west.wait == (10, pytest.approx(30))


def test_contacts_declared_to_be_no_longer_needed_are_no_loss():
    """West's clinic has 60 of 100 contacts fewer, all of them declared to be no longer needed, or half."""
    before = {("contacts", "west", "clinic"): [100, 100]}
    after = {("contacts", "west", "clinic"): [40, 40]}
    sides = [
        Side(LINES, PEOPLE, values(contacts([400, 404], [seen, seen]) | waits([10, 11], [10, 10]) | at))
        for seen, at in ((100, before), (40, after))
    ]
    declared = [{"d": Displacement(name="D", activity="clinic", avoided=share)} for share in (1.0, 0.5)]
    assert compared(sides[1], before=sides[0], declared=declared[0]).losers == ()
    (west,) = compared(sides[1], before=sides[0], declared=declared[1]).losers
    assert west.worse == ("fewer contacts",)
    assert west.spared == pytest.approx(22.5)
