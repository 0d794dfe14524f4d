"""Footprints are compared by need, and one that loses is named first."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pathway_modeller.analysis.accounts.equity import UNDIVIDED, Side, equity
from pathway_modeller.analysis.accounts.need_weights import ALL, mean_people, need_weights
from pathway_modeller.scenario.people import Footprint, NeedTier
from tests.vectors_by_hand import measured

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


def values(measures):
    """Figures as {(measure, footprint): figures of each replication}."""
    return measured(
        [({"measure": name, "footprint": place}, figures) for (name, place), figures in measures.items()]
    )


def contacts(east, west):
    return {
        ("contacts", "east"): east,
        ("contacts", "west"): west,
        ("contacts", ""): [sum(pair) for pair in zip(east, west, strict=True)],
    }


def waits(east, west):
    return {("wait.mean", "east"): east, ("wait.mean", "west"): west}


BEFORE = Side(LINES, PEOPLE, values(contacts([400, 404], [100, 100]) | waits([10, 11], [10, 10])))


def weights(tiers=TIERS, money=LINES):
    return need_weights(tiers, PEOPLE, money, years=2)


def test_cost_for_each_head_weighted_by_need():
    """The arithmetic stands at the head of the module; two years, so that £3 become £1.50 a year.

    East's 402 contacts in two years are 201 a year for 1,333 heads: 150.75 for each 1,000.
    """
    found = equity(FOOTPRINTS, weights(), BEFORE, BEFORE, years=2)
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

    With 2.4 and 2.6 days the interval is 2.5 ± 12.7 x 0.1 = 1.2 to 3.8, and West is worse off. East's
    contacts fall by 40 of 400 in both: 20 a year, 15 for each 1,000 heads, but its people wait less.
    """
    chance = values(contacts([400, 404], [100, 100]) | waits([10, 11], [12, 13]))
    assert equity(FOOTPRINTS, weights(), BEFORE, Side(LINES, PEOPLE, chance), 2).losers == ()
    after = values(contacts([400, 404], [100, 100]) | waits([9, 10], [12.4, 12.6]))
    found = equity(FOOTPRINTS, weights(), BEFORE, Side(LINES, PEOPLE, after), 2)
    assert [each.footprint for each in found.footprints] == ["west", "east"]
    assert found.losers[0].worse == ("waits longer",)
    assert found.losers[0].sentence == (
        '"West" is worse off: its people wait 2.5 days longer on average (1.2 to 3.8).'
    )
    fewer = values(contacts([360, 364], [100, 100]) | waits([9, 10], [10, 10]))
    found = equity(FOOTPRINTS, weights(), BEFORE, Side(LINES, PEOPLE, fewer), 2)
    (east,) = found.losers
    assert east.worse == ("fewer contacts",)
    assert "15 contacts a year fewer for each 1,000 need-weighted heads" in east.sentence


@pytest.mark.parametrize(
    "people", [{("tip", "west"): 300.0, ("base", "west"): 700.0}, {("base", "west"): 400.0}]
)
def test_need_that_is_found_and_deaths_change_no_figure_for_each_head(people):
    """West's people are found to be in need, or die: 50 contacts a year are 75 for 1,000 heads as before."""
    other = {key: many for key, many in PEOPLE.items() if key[1] == "east"} | people
    found = equity(FOOTPRINTS, weights(), BEFORE, Side(LINES, other, BEFORE.measured), 2)
    assert found.losers == ()
    east, west = found.footprints
    assert west.contacts == pytest.approx((75, 75))
    assert (east.cost, west.cost) == (pytest.approx((150, 150)), pytest.approx((150, 150)))
    assert west.heads[0] == pytest.approx(2000 / 3)
    assert west.heads[1] != pytest.approx(west.heads[0])


def test_people_who_die_waiting_lose_their_contacts():
    """Of 100 contacts in West 40 are left: 20 a year for the baseline's 667 heads, 30 for each 1,000."""
    gone = Side(LINES, {**PEOPLE, ("base", "west"): 400.0}, values(contacts([400, 404], [40, 40])))
    (west,) = equity(FOOTPRINTS, weights(), BEFORE, gone, 2).losers
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
    found = equity(FOOTPRINTS, weights(), side, side, 2)
    assert all(math.isnan(each.cost[1]) for each in (*found.footprints, found.together))


def test_people_are_averaged_over_the_period_alone():
    """100 people at the start, 200 after a year, 200 after one and a half; counted from half a year on.

    150 to 200 in half a year (mean 175), then 200 for half a year: 187.5.
    """
    frame = pd.DataFrame([(0.0, 100.0), (1.0, 200.0), (1.5, 200.0)], columns=["year", "mean"]).assign(
        need_tier="base", footprint="east"
    )
    assert mean_people(frame, 0.5, 1.5) == {("base", "east"): pytest.approx(187.5)}
