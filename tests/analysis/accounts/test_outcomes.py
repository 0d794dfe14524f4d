"""What an option does to outcomes, and what that costs."""

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


def only(outcome, before, after):
    (found,) = outcome_accounts({"it": outcome}, before, after, "the 2 years")
    return found


BEFORE = waits([10, 11], [50_000, 60_000])


@pytest.mark.parametrize(
    ("after", "cost", "verdict", "said"),
    [
        (-4, 2_000, "costs more", "better and costs £2,000 more over the 2 years."),
        (4, -2_000, "trade-off", "worse and costs £2,000 less over the 2 years."),
        (-4, -2_000, "dominates", "better and costs £2,000 less over the 2 years."),
        (4, 2_000, "dominated", "worse and costs £2,000 more over the 2 years."),
        (-4, 0, "dominates", "better, at the same cost."),
        (4, 0, "dominated", "worse, at the same cost."),
    ],
)
def test_each_way_that_cost_and_outcome_may_go(after, cost, verdict, said):
    """Both replications differ by the same."""
    found = only(WAIT, BEFORE, waits([10 + after, 11 + after], [50_000 + cost, 60_000 + cost]))
    assert found.verdict == verdict
    assert found.sentence == f'"Waiting" is 4 days {said}'
    assert found.gain == -after
    assert (found.before.mean, found.after.mean) == (10.5, 10.5 + after)


def test_higher_may_be_better():
    before = figures("contacts", [100, 110], [0, 0], unit="contacts")
    after = figures("contacts", [120, 130], [400, 400], unit="contacts")
    found = only(SEEN, before, after)
    assert found.sentence == '"People seen" is 20 contacts better and costs £400 more over the 2 years.'


def test_a_share_is_told_in_percentage_points():
    before = figures("standard.within.rtt", [0.8, 0.7], [0, 0], unit="share")
    after = figures("standard.within.rtt", [0.9, 0.8], [1_000, 1_000], unit="share")
    assert '"Within 18 weeks" is 10 percentage points better' in only(SHARE, before, after).sentence


def test_an_outcome_that_may_be_chance_has_no_price():
    found = only(WAIT, BEFORE, waits([6, 16], [90_000, 99_000]))
    assert found.verdict == "no difference"
    assert "no more than chance" in found.sentence


def test_what_is_missing_is_missing():
    unpriced = waits([6, 7], None)
    found = only(WAIT, BEFORE, unpriced)
    assert found.verdict == "not known"
    assert found.sentence == '"Waiting" is 4 days better; what that costs is not known.'
    assert math.isnan(found.cost.mean)
    nowhere = only(WAIT.model_copy(update={"element": "gone"}), BEFORE, BEFORE)
    assert nowhere.sentence == '"Waiting" is not known: there is no such figure for baseline and option.'
    partly = only(WAIT, BEFORE, waits([math.nan, 7], [1, 1]))
    assert partly.change.n == 1


def test_an_outcome_may_be_of_a_capacity_pool() -> None:
    beds = Outcome(name="Beds in use", measure="pool.occupancy", element="beds", better="lower")
    labels = {"measure": "pool.occupancy", "pool": "beds", "unit": "units"}
    before, after = (
        Figures(measured([(labels, [value, value])]), np.array([pence, pence], dtype=float))
        for value, pence in ((26.0, 0), (23.0, 3_000_000))
    )
    found = only(beds, before, after)
    assert found.change.mean == -3.0
    assert found.sentence == '"Beds in use" is 3 units better and costs £30,000 more over the 2 years.'
