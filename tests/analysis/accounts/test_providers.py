"""A provider that loses income keeps its fixed cost; an activity may become too small."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pathway_modeller.analysis.accounts.providers import low_volumes, provider_accounts
from pathway_modeller.scenario.people import Provider
from tests.analysis.hand_made import make_pathway

PROVIDERS = {"trust": Provider(name="Trust"), "charity": Provider(name="Charity")}


def lines(*rows):
    """Lines as (provider, view, kind, pounds)."""
    return pd.DataFrame(
        [(provider, view, kind, pounds * 100) for provider, view, kind, pounds in rows],
        columns=["provider", "view", "kind", "pence"],
    )


BEFORE = lines(
    ("trust", "bill", "bill", 1_200),
    ("trust", "bill", "bill", 800),
    ("trust", "cost", "variable", 600),
    ("trust", "cost", "step", 1_000),
    ("trust", "cost", "fixed", 300),
    ("", "cost", "step", 10),
)
AFTER = lines(
    ("trust", "bill", "bill", 1_200),
    ("trust", "cost", "variable", 200),
    ("trust", "cost", "step", 800),
    ("trust", "cost", "stranded", 100),
    ("trust", "cost", "fixed", 300),
    ("charity", "bill", "bill", 500),
    ("charity", "cost", "step", 400),
    ("", "cost", "step", 10),
)


def test_income_that_leaves_strands_fixed_cost():
    """The arithmetic stands at the head of the module; all pounds doubled."""
    charity, trust, nobody = provider_accounts(PROVIDERS, (BEFORE, AFTER), over="the 2 years")
    assert (trust.before.income, trust.before.left, trust.before.result) == (200_000, 40_000, 10_000)
    assert (trust.after.income, trust.after.left, trust.after.result) == (120_000, 10_000, -20_000)
    assert (trust.before.uncovered, trust.after.uncovered) == (0, 20_000)
    assert trust.sentences == (
        '"Trust" is billed for £800 less over the 2 years; its costs fall by £500.',
        '£200 of the fixed cost of "Trust" is covered by no income.',
    )
    assert charity.sentences == (
        '"Charity" is billed for £500 more over the 2 years; its costs rise by £400.',
    )
    assert (nobody.name, nobody.sentences) == ("no provider named", ())


def test_a_loss_before_fixed_cost_leaves_all_of_it_uncovered_and_no_more():
    before = lines(
        ("trust", "bill", "bill", 100), ("trust", "cost", "step", 150), ("trust", "cost", "fixed", 40)
    )
    (_, trust) = provider_accounts(PROVIDERS, (before, before), "the year")
    assert trust.before.uncovered == 4_000
    assert trust.before.result == -9_000
    assert trust.sentences == ()


@pytest.mark.parametrize("view", ["bill", "cost"])
def test_where_a_price_is_missing_nothing_is_said_to_be_covered(view):
    (_, trust, _) = provider_accounts(PROVIDERS, (BEFORE, AFTER), over="the 2 years", unknown=(view,))
    assert math.isnan(trust.after.left)
    assert math.isnan(trust.after.uncovered)
    assert not any("fixed cost" in sentence for sentence in trust.sentences)


def test_an_activity_below_its_minimum_volume_is_named():
    """Two years: 1,800 contacts fall to 840, 420 a year, below 500 a year. The scan, new, has 90 of 100."""
    pathway = make_pathway(
        activities={
            "clinic": {"name": "Clinic", "minimum_volume": 500},
            "scan": {"name": "Scan", "minimum_volume": 100},
            "ward": {"name": "Ward", "minimum_volume": 100},
            "theatre": {"name": "Theatre", "minimum_volume": 10},
            "free": {"name": "Free"},
        }
    )
    before = {"clinic": 1_800, "ward": 190, "theatre": 100, "free": 5}
    after = {"clinic": 840, "scan": 180, "ward": 180, "theatre": 20, "free": 0}
    found = low_volumes(pathway, before, after, years=2)
    assert [each.sentence for each in found] == [
        '"Clinic" has 420 contacts a year, below its minimum volume of 500; the baseline has 900.',
        '"Scan" has 90 contacts a year, below its minimum volume of 100.',
        '"Ward" has 90 contacts a year, below its minimum volume of 100; the baseline already has 95.',
    ]


def test_a_change_that_may_be_chance_is_not_spoken_of():
    """Billed £1 more or less by luck; with £200 less in every replication it is told, and its costs are."""

    def each(bill, cost):
        rows = [
            (number, "trust", view, kind, (pounds + (number % 3 - 1)) * 100)
            for number in range(9)
            for view, kind, pounds in (("bill", "bill", bill), ("cost", "step", cost))
        ]
        return pd.DataFrame(rows, columns=["replication", "provider", "view", "kind", "pence"])

    def figures(bill, cost):
        return lines(("trust", "bill", "bill", bill), ("trust", "cost", "step", cost))

    calm = each(1_000, 500).assign(
        pence=lambda frame: frame["pence"].groupby(frame["kind"]).transform("mean")
    )
    both = figures(1_000, 500), figures(1_003, 500)
    (_, trust) = provider_accounts(PROVIDERS, both, "the year", cash=(calm, each(1_000, 500)))
    assert trust.sentences == ()
    both = figures(1_000, 500), figures(800, 500.5)
    (_, trust) = provider_accounts(PROVIDERS, both, "the year", cash=(calm, each(800, 500)))
    assert trust.sentences == ('"Trust" is billed for £200 less over the year; its costs stay as they are.',)
