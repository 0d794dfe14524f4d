"""Who pays now and after, and the side payments, to the penny."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway_modeller.analysis.accounts import section75
from pathway_modeller.analysis.accounts.charged import Charged, pence_by_payer
from pathway_modeller.analysis.accounts.section75 import (
    NOBODY,
    PayerAccount,
    payer_sentences,
    side_payments,
)
from pathway_modeller.analysis.ledger.apportion import apportion, whole_numbers
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.values import Money


def money(pounds):
    return Money(value=pounds, price_year="2024/25")


def base_pounds(amount):
    return amount.value


def pooled(name, contribution=None, share=None):
    put_in = None if contribution is None else money(contribution)
    return Payer(name=name, arrangement="pooled", contribution=put_in, risk_share=share)


PAYERS = {
    "nhs": pooled("NHS", 600, 0.6),
    "council": pooled("Council", 400, 0.4),
    "housing": Payer(name="Housing", kind="housing"),
}
NOW = {"nhs": 100_000, "council": 10_000, "housing": 5_000}
AFTER = {"nhs": 60_000, "council": 30_000, "housing": 9_000}


def payer_account(payers, now, after, *terms, replications=(), **more) -> PayerAccount:
    """The account of payers whose lines are all arranged as they are."""
    each = [(Charged(before), Charged(later)) for before, later in replications]
    return section75.payer_account(payers, Charged(now), Charged(after), *terms, replications=each, **more)


def by_payer(account: PayerAccount):
    return {position.payer: position for position in account.positions}


def test_risk_shared_sixty_to_forty_and_housing_made_whole():
    """The arithmetic stands at the head of the module; the horizon is one year."""
    account = payer_account(PAYERS, NOW, AFTER, base_pounds, years=1)
    found = by_payer(account)
    assert {name: (each.now, each.after) for name, each in found.items()} == {
        "nhs": (66_000, 54_000),
        "council": (44_000, 36_000),
        "housing": (5_000, 9_000),
    }
    assert {(each.gainer, each.loser): each.pence for each in account.side_payments} == {
        ("council", "housing"): 1_600,
        ("nhs", "housing"): 2_400,
    }
    assert {name: each.gain_after_side_payments for name, each in found.items()} == {
        "nhs": 9_600,
        "council": 6_400,
        "housing": 0,
    }
    assert account.shortfall == 0
    assert payer_sentences(account, "the year") == (
        '"Council" pays £80 less over the year.',
        '"Housing" pays £40 more over the year.',
        '"NHS" pays £120 less over the year.',
        "Side payments of £40 would leave no partner worse off.",
    )


def test_where_all_together_lose_the_shortfall_is_said():
    """NHS gains £20, housing loses £60: £20 can be handed over and £40 are lost for good."""
    payers = {"nhs": Payer(name="NHS"), "housing": Payer(name="Housing")}
    account = payer_account(
        payers, {"nhs": 4_000, "housing": 0}, {"nhs": 2_000, "housing": 6_000}, base_pounds, years=2
    )
    assert [(each.gainer, each.loser, each.pence) for each in account.side_payments] == [
        ("nhs", "housing", 2_000)
    ]
    assert account.shortfall == 4_000
    assert by_payer(account)["housing"].gain_after_side_payments == -4_000
    said = payer_sentences(account, "the year")[-1]
    assert said.startswith("No side payment can leave every partner as well off")
    assert said.endswith("they lose £40 more than is gained.")


def test_contributions_are_a_year_and_left_empty_as_the_lines_now():
    """Two years: the NHS puts in 2 x £300 = £600; the council, with none given, its lines now, £200.

    Risk shares left empty follow contributions, 3 to 1. Pooled lines rise from £800 to £1,000: the £200 over
    are shared £150 and £50.
    """
    payers = {"nhs": pooled("NHS", 300), "council": pooled("Council")}
    now, after = {"nhs": 60_000, "council": 20_000}, {"nhs": 20_000, "council": 80_000}
    account = payer_account(payers, now, after, base_pounds, years=2)
    assert {name: (each.now, each.after) for name, each in by_payer(account).items()} == {
        "nhs": (60_000, 75_000),
        "council": (20_000, 25_000),
    }
    (said,) = account.notes
    assert said.startswith(
        'No contribution to the pooled budget is known for "Council"; what the lines charged'
    )


def test_shares_that_do_not_sum_to_1_are_scaled_and_said():
    payers = {"a": pooled("A", 0, 0.3), "b": pooled("B", 0, 0.1)}
    account = payer_account(payers, {"a": 400}, {"a": 800}, base_pounds, 1)
    assert [each.after for each in account.positions] == [600, 200]
    assert account.notes == ("The risk shares of the pooled budget sum to 0.4; they are scaled to 1.",)


def test_lines_without_a_payer_stand_apart_and_neither_pay_nor_receive():
    account = payer_account(
        {"nhs": Payer(name="NHS")}, {NOBODY: 500}, {NOBODY: 900, "nhs": 3}, base_pounds, 1
    )
    last = account.positions[-1]
    assert (last.name, last.now, last.after, last.paid) == ("no payer named", 500, 900, 0)
    assert account.side_payments == ()
    assert account.shortfall == 3
    assert "Lines with no payer named cost £4 more over the year." in payer_sentences(account, "the year")


def test_only_system_cost_is_paid_and_means_are_rounded_together():
    lines = pd.DataFrame(
        [("cost", "a", 10.5), ("cost", "b", 10.5), ("cost", "", 0.25), ("bill", "a", 1000.0)],
        columns=["view", "payer", "pence"],
    )
    assert pence_by_payer(lines, PAYERS) == Charged({"": 0, "a": 11, "b": 10})


SPLIT = {
    "nhs": Payer.model_validate(
        {
            "name": "NHS",
            "arrangement": "pooled",
            "contribution": {"value": 600, "price_year": "2024/25"},
            "risk_share": 0.6,
            "lines": {
                "beds": {"name": "Beds", "setting": "hospital", "arrangement": "aligned"},
                "trust": {
                    "name": "Trust's beds",
                    "provider": "trust",
                    "setting": "hospital",
                    "arrangement": "pooled",
                },
            },
        }
    ),
    "council": pooled("Council", 400, 0.4),
    "housing": Payer.model_validate(
        {
            "name": "Housing",
            "kind": "housing",
            "lines": {"a": {"name": "A", "provider": "council", "arrangement": "pooled"}},
        }
    ),
}
"""The NHS pools all but beds, of those the trust's; housing pools what the council provides."""


def test_each_line_is_pooled_or_not_by_provider_and_setting():
    """£300 of beds elsewhere stay the NHS's own; £210 of others and £50 of the trust's beds are pooled."""
    rows = [
        ("cost", "nhs", "trust", "hospital", 5_000.0),
        ("cost", "nhs", "other", "hospital", 30_000.0),
        ("cost", "nhs", "other", "community", 20_000.0),
        ("cost", "nhs", "", "", 1_000.0),
        ("cost", "housing", "council", "home", 700.0),
        ("cost", "housing", "", "home", 40.0),
        ("cost", "", "council", "home", 9.0),
        ("bill", "nhs", "trust", "hospital", 77.0),
    ]
    lines = pd.DataFrame(rows, columns=["view", "payer", "provider", "setting", "pence"])
    found = pence_by_payer(lines, SPLIT)
    assert found.lines == {"nhs": 56_000, "housing": 740, "": 9}
    assert found.pooled == {"nhs": 26_000, "housing": 700}


def test_only_lines_that_are_pooled_are_shared():
    """Contributions of £600 and £400; housing, which gave none, puts in the £100 that it pools now.

    Pooled now £1,200: £100 over £1,100, of which the NHS bears 60 and the council 40. Beds of £300, and £50
    of housing, each pays alone. Under the option £900 are pooled: £200 under, £120 and £80.
    """
    payers = {**SPLIT, "housing": SPLIT["housing"].model_copy(update={"risk_share": 0.0})}
    now = Charged(
        {"nhs": 100_000, "council": 40_000, "housing": 15_000},
        {"nhs": 70_000, "council": 40_000, "housing": 10_000},
    )
    after = Charged(
        {"nhs": 70_000, "council": 40_000, "housing": 15_000},
        {"nhs": 40_000, "council": 40_000, "housing": 10_000},
    )
    account = section75.payer_account(payers, now, after, base_pounds, 1, replications=[(now, after)] * 3)
    assert {name: (each.now, each.after) for name, each in by_payer(account).items()} == {
        "nhs": (60_000 + 6_000 + 30_000, 60_000 - 12_000 + 30_000),
        "council": (40_000 + 4_000, 40_000 - 8_000),
        "housing": (10_000 + 5_000, 10_000 + 5_000),
    }
    assert account.total_now == sum(now.lines.values())
    assert account.total_after == sum(after.lines.values())
    assert by_payer(account)["nhs"].chance.mean == 18_000
    assert '"Beds" of "NHS" is aligned, and its other lines are pooled.' in account.notes


def test_a_penny_that_cannot_be_halved_goes_to_one_of_them():
    assert apportion(1, [1, 1]) == [1, 0]
    assert apportion(-100, [1, 1, 1]) == [-34, -33, -33]
    with pytest.raises(ValueError, match="cannot be divided"):
        apportion(5, [0, 0])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e9, 1e9), min_size=1))
def test_rounded_figures_sum_to_the_rounded_sum(values):
    import math

    rounded = whole_numbers(values)
    assert abs(sum(rounded.values()) - math.fsum(values.values())) <= 0.5 + 1e-6
    assert all(abs(rounded[name] - value) <= 1 for name, value in values.items())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_payers_always_sum_to_the_lines_and_side_payments_to_nothing(data):
    names = ["a", "b", "c", "d", NOBODY]
    amounts = st.dictionaries(st.sampled_from(names), st.integers(0, 10**9))
    now, after = data.draw(amounts), data.draw(amounts)
    shares = data.draw(st.sampled_from([(0.6, 0.4), (1 / 3, 2 / 3), (None, 0.25), (None, None)]))
    put_in = data.draw(st.floats(0, 1e6))
    payers = {
        "a": pooled("A", put_in, shares[0]),
        "b": pooled("B", 1000, shares[1]),
        "c": Payer(name="C", arrangement="aligned"),
    }
    account = payer_account(payers, now, after, base_pounds, data.draw(st.floats(0.5, 10)))
    assert account.total_now == sum(now.values())
    assert account.total_after == sum(after.values())
    assert sum(each.paid for each in account.positions) == 0
    partners = [each for each in account.positions if each.payer != NOBODY]
    worse = sum(-each.gain_after_side_payments for each in partners if each.gain_after_side_payments < 0)
    assert worse == account.shortfall
    assert all(each.gain_after_side_payments >= 0 for each in partners if each.gain > 0)


def test_nobody_pays_where_nobody_loses():
    assert side_payments({"a": 5, "b": 0}) == ((), 0)


def test_each_side_pays_by_its_own_arrangement():
    """Aligned now, pooled under the option over 365 days.

    500,000 and 900,000 a year are £499,657.77 and £899,383.98 of 365 days; the lines of £1,284,776.67 are
    £114,265.08 below them, of which each keeps half.
    """
    lines = {"nhs": 110_227_667, "council": 18_250_000}
    before = {
        "nhs": Payer(name="NHS", arrangement="aligned"),
        "council": Payer(name="Council", arrangement="aligned"),
    }
    later = {"nhs": pooled("NHS", 500_000, 0.5), "council": pooled("Council", 900_000, 0.5)}
    account = payer_account(before, lines, lines, base_pounds, 365 / 365.25, changed=later)
    found = by_payer(account)
    assert (found["nhs"].now, found["nhs"].gain) == (110_227_667, 65_975_144)
    assert (found["council"].now, found["council"].after) == (18_250_000, 84_225_144)
    assert account.total_now == account.total_after
    said = payer_sentences(account, "the year")
    assert said[:3] == (
        '"Council" pays £659,751 more over the year.',
        '"NHS" pays £659,751 less over the year.',
        "Side payments of £659,751 would leave no partner worse off.",
    )
    assert said[3].startswith('The option changes on what terms "Council" and "NHS" pay')


def test_contributions_of_each_side_and_a_third_that_cannot_be_typed():
    """Lines of £300 and contributions of £200 and £100; the option asks £100 and £200: £100 change hands."""
    before = {"a": pooled("A", 200, 1 / 3), "b": pooled("B", 100, 2 / 3)}
    later = {"a": pooled("A", 100, 1 / 3), "b": pooled("B", 200, 2 / 3)}
    account = payer_account(before, {"a": 30_000}, {"a": 33_000}, base_pounds, 1, changed=later)
    assert {name: (each.now, each.after) for name, each in by_payer(account).items()} == {
        "a": (20_000, 11_000),
        "b": (10_000, 22_000),
    }
    assert len(account.notes) == 1
    assert "terms" in account.notes[0]


def test_noise_neither_pays_nor_is_paid():
    """Over ten replications the NHS pays £1 less or more by luck; the council £50 more in each."""
    payers = {"nhs": Payer(name="NHS"), "council": Payer(name="Council")}
    each = [({"nhs": 10_000}, {"nhs": 9_900 + 100 * (n % 3), "council": 5_000}) for n in range(10)]
    now, after = {"nhs": 10_000}, {"nhs": 9_990, "council": 5_000}
    account = payer_account(payers, now, after, base_pounds, 1, replications=each)
    assert not by_payer(account)["nhs"].certain
    assert account.side_payments == ()
    assert account.shortfall == 5_000
    said = payer_sentences(account, "the year")
    assert said[:2] == (
        '"Council" pays £50 more over the year.',
        'What "NHS" pays changes by no more than chance.',
    )
    assert said[2].endswith("together they lose £50 more than is gained.")


def test_gains_that_no_payer_has_are_named():
    payers = {"nhs": Payer(name="NHS")}
    account = payer_account(payers, {NOBODY: 90_000}, {NOBODY: 10_000, "nhs": 20_000}, base_pounds, 1)
    assert payer_sentences(account, "the year")[-1].endswith(
        "£200 more than is gained; £800 is gained on lines with no payer named, which nobody can hand on."
    )


def test_less_than_a_pound_is_not_dwelt_on():
    account = payer_account({"nhs": Payer(name="NHS")}, {"nhs": 1_083}, {"nhs": 1_000}, base_pounds, 1)
    assert payer_sentences(account, "the year") == ('What "NHS" pays changes by less than £1.',)
