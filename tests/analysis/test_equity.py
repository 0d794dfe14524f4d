"""Footprints are compared by need, and one that loses is named first."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pathway_modeller.analysis.equity import UNDIVIDED, Side, equity
from pathway_modeller.analysis.need_weights import ALL, mean_people, need_weights
from pathway_modeller.scenario.people import Footprint, NeedTier

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
    return pd.DataFrame(
        [
            (number, measure, "", "", "", footprint, "", value)
            for (measure, footprint), figures in measures.items()
            for number, value in enumerate(figures)
        ],
        columns=["replication", "measure", "element", "pool", "need_tier", "footprint", "setting", "value"],
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


def test_more_heads_with_the_same_contacts_have_fewer_each():
    """West grows from 1,000 to 1,250 people: 50 contacts a year are 75 for 1,000 heads and then 60."""
    grown = {**PEOPLE, ("base", "west"): 1250.0}
    found = equity(FOOTPRINTS, weights(), BEFORE, Side(LINES, grown, BEFORE.values), 2)
    (west,) = found.losers
    assert west.contacts == pytest.approx((75, 60))


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
    side = Side(None, PEOPLE, BEFORE.values)
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
