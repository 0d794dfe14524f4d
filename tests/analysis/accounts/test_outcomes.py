"""Pounds per unit of outcome, and no ratio where none makes sense."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.outcomes import Figures, outcome_accounts
from pathway_modeller.scenario.money import Outcome
from tests.vectors_by_hand import measured

WAIT = Outcome(name="Waiting", measure="wait.mean", element="clinic", better="lower")
SEEN = Outcome(name="People seen", measure="contacts", better="higher")
SHARE = Outcome(name="Within 18 weeks", measure="standard.within.rtt", better="higher")


def figures(measure, values, cost=(0, 0), element="", unit="days"):
    labels = {"measure": measure, "element": element, "unit": unit}
    pounds = None if cost is None else np.array(cost, dtype=float) * 100
    return Figures(measured([(labels, values)]), pounds)


def waits(values, cost):
    return figures("wait.mean", values, cost, element="clinic")


def only(outcome, before, after, years=2.0):
    (found,) = outcome_accounts({"it": outcome}, before, after, years)
    return found


BEFORE = waits([10, 11], [50_000, 60_000])


@pytest.mark.parametrize(
    ("after", "cost", "verdict", "pence", "said"),
    [
        (-4, 2_000, "costs more", 50_000, "better and costs £500 over the period for each day gained."),
        (4, -2_000, "trade-off", 50_000, "worse; £500 over the period for each day given up is not spent."),
        (-4, -2_000, "dominates", None, "better and costs £1,000 a year less."),
        (4, 2_000, "dominated", None, "worse and costs £1,000 a year more."),
        (-4, 0, "dominates", None, "better, at a cost that differs by no more than chance."),
        (4, 0, "dominated", None, "worse, at a cost that differs by no more than chance."),
    ],
)
def test_each_way_that_cost_and_outcome_may_go(after, cost, verdict, pence, said):
    """The arithmetic stands at the head of the module; both replications differ by the same."""
    found = only(WAIT, BEFORE, waits([10 + after, 11 + after], [50_000 + cost, 60_000 + cost]))
    assert (found.verdict, found.pence_per_unit) == (verdict, pence)
    assert found.sentence == f'"Waiting" is 4 days {said}'
    assert found.gain == -after
    assert (found.before.mean, found.after.mean) == (10.5, 10.5 + after)


def test_higher_may_be_better():
    """20 more seen over two years for £400 more: £20 for each."""
    before = figures("contacts", [100, 110], [0, 0], unit="contacts")
    after = figures("contacts", [120, 130], [400, 400], unit="contacts")
    found = only(SEEN, before, after)
    assert found.pence_per_unit == 2_000
    assert found.sentence.startswith('"People seen" is 20 contacts better and costs £20 over the period')
    assert found.sentence.endswith("for each contact gained.")


def test_a_share_is_priced_by_the_percentage_point():
    """10 percentage points better for £1,000 over two years: £100 for each."""
    before = figures("standard.within.rtt", [0.8, 0.7], [0, 0], unit="share")
    after = figures("standard.within.rtt", [0.9, 0.8], [1_000, 1_000], unit="share")
    found = only(SHARE, before, after)
    assert found.pence_per_unit == pytest.approx(1_000_000)
    assert '"Within 18 weeks" is 10 percentage points better' in found.sentence
    assert found.sentence.endswith("costs £100 over the period for each percentage point gained.")


def test_an_outcome_that_may_be_chance_has_no_price():
    found = only(WAIT, BEFORE, waits([6, 16], [90_000, 99_000]))
    assert (found.verdict, found.pence_per_unit) == ("no difference", None)
    assert "no more than chance" in found.sentence


def test_what_is_missing_is_missing():
    unpriced = waits([6, 7], None)
    found = only(WAIT, BEFORE, unpriced)
    assert (found.verdict, found.pence_per_unit) == ("not known", None)
    assert found.sentence == '"Waiting" is 4 days better; what that costs is not known.'
    assert math.isnan(found.cost.mean)
    nowhere = only(WAIT.model_copy(update={"element": "gone"}), BEFORE, BEFORE)
    assert nowhere.sentence == '"Waiting" is not known: there is no such figure for baseline and option.'
    partly = only(WAIT, BEFORE, waits([math.nan, 7], [1, 1]))
    assert partly.change.n == 1


def test_no_ratio_is_ever_negative():
    for after in (-4, 0, 4):
        for cost in (-2_000, 0, 2_000):
            found = only(WAIT, BEFORE, waits([10 + after, 11 + after], [50_000 + cost, 60_000 + cost]))
            assert found.pence_per_unit is None or found.pence_per_unit > 0
            assert "−" not in found.sentence


def test_an_outcome_may_be_of_a_capacity_pool() -> None:
    beds = Outcome(name="Beds in use", measure="pool.occupancy", element="beds", better="lower")
    labels = {"measure": "pool.occupancy", "pool": "beds", "unit": "units"}
    before, after = (
        Figures(measured([(labels, [value, value])]), np.array([pence, pence], dtype=float))
        for value, pence in ((26.0, 0), (23.0, 3_000_000))
    )
    found = only(beds, before, after)
    assert found.change.mean == -3.0
    assert found.pence_per_unit == 1_000_000.0
