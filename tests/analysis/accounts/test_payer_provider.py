"""The table of payers and providers, by hand: whatever moves between them, it nets to the system."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.payer_provider import Settled, settled, settled_sentence
from pathway_modeller.analysis.accounts.run_rate import Monthly, last_year

YEAR = last_year(dt.date(2025, 4, 1), [30.0, 31.0])
NAMES = ({"icb": "ICB"}, {"trust": "Trust", "near": "Near home"})


def monthly(*replications: float) -> Monthly:
    """Pounds of two months, all in the first."""
    pounds = np.array([[each, 0.0] for each in replications])
    return Monthly(pounds, np.zeros_like(pounds))


def example() -> Settled:
    """The example of the module, the same in two replications."""
    before = {
        ("icb", "trust", "bill"): monthly(400, 400),
        ("icb", "near", "bill"): monthly(100, 100),
        ("icb", "trust", "cost"): monthly(450, 450),
        ("icb", "near", "cost"): monthly(60, 60),
    }
    after = {
        ("icb", "trust", "bill"): monthly(300, 300),
        ("icb", "near", "bill"): monthly(150, 150),
        ("icb", "trust", "cost"): monthly(430, 430),
        ("icb", "near", "cost"): monthly(100, 100),
    }
    return settled(before, after, NAMES, YEAR)


def test_what_payers_and_providers_gain_is_what_the_system_pays_less() -> None:
    found = example()
    (payer,) = found.payers
    gains = {each.name: each.margin.change.mean for each in found.providers}
    assert payer.bill.change.mean == -50
    assert gains == {"Near home": 10, "Trust": -80}
    assert found.total is not None
    assert found.total.cost.change.mean == 20
    assert -payer.bill.change.mean + sum(gains.values()) == -found.total.cost.change.mean
    assert [each.name for each in found.lines] == ["ICB to Near home", "ICB to Trust"]
    (trust,) = (each for each in found.lines if each.provider == "trust")
    assert (trust.margin.before.mean, trust.margin.after.mean) == (-50, -130)


def test_lines_without_a_provider_stand_last_and_count() -> None:
    before = {("icb", "trust", "bill"): monthly(100), ("icb", "", "cost"): monthly(70)}
    found = settled(before, {}, NAMES, YEAR)
    assert [each.name for each in found.lines] == ["ICB to Trust", "ICB to no provider named"]
    assert found.total is not None
    assert (found.total.bill.before.mean, found.total.cost.before.mean) == (100, 70)
    assert found.total.margin.before.mean == 30


def test_each_line_has_its_interval_over_replications() -> None:
    """Bills fall by 10 and by 30: 20 less, with t (12.706) x 10 to either side."""
    before = {("icb", "trust", "bill"): monthly(100, 100)}
    after = {("icb", "trust", "bill"): monthly(90, 70)}
    (line,) = settled(before, after, NAMES, YEAR).lines
    assert line.bill.change.mean == -20
    assert line.bill.change.low == pytest.approx(-20 - 127.06, abs=0.01)
    assert line.margin.change == line.bill.change


def test_the_sentence_says_who_gains_what_the_other_loses() -> None:
    assert settled_sentence(example()) == (
        '"ICB" is billed £50 less over the period; providers have £70 less left; the system pays £20 more.'
    )
    before = {("icb", "trust", "bill"): monthly(100, 100), ("icb", "trust", "cost"): monthly(80, 80)}
    after = {**before, ("icb", "trust", "bill"): monthly(60, 60)}
    assert settled_sentence(settled(before, after, NAMES, YEAR)) == (
        '"ICB" is billed £40 less over the period; "Trust" has £40 less left; '
        "the system pays as much as before."
    )
    assert settled_sentence(settled(before, before, NAMES, YEAR)) == ""
    assert settled(dict[tuple[str, str, str], Monthly](), {}, NAMES, YEAR).total is None
