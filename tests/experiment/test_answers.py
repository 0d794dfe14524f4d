"""The answers of results put together by hand: when it pays, for whom, and when no saving may be claimed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pathway_modeller.experiment.answers import OptionAnswers, answers
from pathway_modeller.experiment.as_json import as_json
from pathway_modeller.experiment.results import Results
from pathway_modeller.experiment.triangle import triangle
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.people import Payer
from tests.report.results_by_hand import DAYS, figure, line, make_results, make_scenario, whole, with_money

SCENARIO = make_scenario({"near": "Near home"})
RESULTS = make_results({"baseline": whole(20, 100_000), "near": whole(19, 90_000)})

# A month costs £1,000. The option costs £300 a month more for three months, then £200 less for ten.
NOW = [line(1000, payer="nhs")]
AFTER = [line([1300] * 3 + [800] * 10, payer="nhs")]


def found(results: Results, scenario: Scenario = SCENARIO) -> OptionAnswers:
    return answers(results, scenario).of("near")


def saving(**more: Any) -> Results:
    return with_money(RESULTS, {"baseline": NOW, "near": AFTER}, **more)


def with_footprint(now: float, after: float) -> Results:
    """Results in which Leigh waits so many days."""
    waits = {"baseline": now, "near": after}
    return make_results(
        {
            variant: [*whole(days, 90_000), figure("wait.mean", "days", days, 1.0, footprint="leigh")]
            for variant, days in waits.items()
        }
    )


def test_break_even_gap_and_totals_worked_by_hand() -> None:
    settings = MoneySettings(inflation=0.02, discount_rate=0.035)
    cost = found(saving(), SCENARIO.model_copy(update={"money": settings})).views["cost"]
    assert cost.break_even is not None
    assert cost.funding_gap is not None
    assert cost.totals is not None
    # -300 -600 -900, then -700 -500 -300 -100 +100: at or above 0 from the eighth month, November.
    assert (cost.break_even.median, cost.break_even.median_month) == ("2025-11", 8)
    assert cost.break_even.horizon == 13
    assert (cost.funding_gap.pounds.mean, cost.funding_gap.when) == (900, "2025-06")
    # Twelve months lie in the first year; April 2026 begins the second.
    assert cost.totals.saved.real.mean == pytest.approx(-900 + 2000)
    assert cost.totals.saved.nominal.mean == pytest.approx(-900 + 1800 + 200 * 1.02)
    assert cost.totals.saved.discounted.mean == pytest.approx(-900 + 1800 + 200 / 1.035)
    assert cost.totals.price_year == "2024/25"


def test_cash_that_leaves_may_be_called_a_saving() -> None:
    each_day = [[line([pounds * days for days in DAYS])] for pounds in (10, 8)]
    claim = found(with_money(RESULTS, {"baseline": each_day[0], "near": each_day[1]})).claim
    assert claim.claimed
    # £2 a day in a year of 365.25 days, the same in every replication.
    assert claim.sentence == "Saves £730 a year in cash (the same in every replication)."


def test_a_price_that_is_missing_leaves_the_view_unknown() -> None:
    one = found(saving(missing={"near": {"cost": ("Hub: no cost",)}}))
    assert one.views["cost"].missing == ("Hub: no cost",)
    assert one.views["cost"].totals is None
    assert one.views["bill"].totals is not None
    assert one.probabilities.saves_cash is None
    assert one.payers is None
    assert not one.claim.claimed
    assert "System cash is not known" in one.claim.sentence
    assert "Hub: no cost" in one.claim.sentence


def test_no_saving_is_claimed_while_contacts_are_found_nowhere() -> None:
    contacts = {"baseline": {"clinic": 100.0, "follow_up": 10.0}, "near": {"clinic": 40.0, "follow_up": 10.0}}
    one = found(saving(contacts=contacts))
    assert not one.displaced.closes
    assert not one.claim.claimed
    # 60 a month for 13 months, in 364 days, is 783 a year.
    assert one.claim.sentence.startswith("No saving can be claimed: 783 contacts a year fewer at")
    same = {"baseline": {"clinic": 100.0}, "near": {"clinic": 100.0}}
    assert found(saving(contacts=same)).claim.claimed


def test_an_option_that_costs_more_saves_nothing() -> None:
    results = with_money(RESULTS, {"baseline": NOW, "near": [*NOW, line(50, spread=5)]})
    one = found(results)
    assert one.claim.sentence.startswith("No saving: the system pays £652 a year more")
    assert one.views["cost"].break_even is not None
    assert one.views["cost"].break_even.median == "not within the horizon"
    assert one.probabilities.saves_cash is not None
    assert (one.probabilities.saves_cash.count, one.probabilities.saves_cash.replications) == (0, 10)


def test_stranded_capacity_is_no_cash() -> None:
    after = [line(900, payer="nhs"), line(100, kind="stranded", payer="nhs")]
    one = found(with_money(RESULTS, {"baseline": NOW, "near": after}))
    assert one.claim.sentence == "No saving: the system pays as much as under the baseline."
    assert one.freed is not None
    assert one.freed.yearly["cash_releasing"].mean == 0
    assert one.freed.yearly["capacity_releasing"].mean == pytest.approx(1300 * 365.25 / 364)


def test_the_chance_that_nobody_is_worse_off_needs_all_in_the_same_replication() -> None:
    # Five replications save: those whose luck is below the middle.
    after = [line(1000, spread=10)]
    shorter = with_footprint(20, 19)
    one = found(with_money(shorter, {"baseline": [line(1000)], "near": after})).probabilities
    assert one.saves_cash is not None
    assert one.saves_and_none_worse is not None
    assert one.saves_cash.share == 0.5
    assert [each.what for each in one.standards] == ["rtt"]
    assert one.no_standard_worse.share == 1
    assert {(each.what, each.why): each.worse.count for each in one.footprints}["leigh", "wait"] == 0
    assert one.saves_and_none_worse.share == 0.5
    both = found(with_money(with_footprint(20, 21), {"baseline": [line(1000)], "near": after})).probabilities
    assert both.no_standard_worse.share == 0
    assert both.no_footprint_worse.share == 0
    assert both.saves_and_none_worse is not None
    assert both.saves_and_none_worse.share == 0


def test_payers_sum_to_the_total() -> None:
    payers = {"nhs": Payer(name="NHS"), "council": Payer(name="Council", kind="council adult care")}
    scenario = SCENARIO.model_copy(
        update={"baseline": SCENARIO.baseline.model_copy(update={"payers": payers})}
    )
    lines = {
        "baseline": [line(1000, payer="nhs"), line(0.07, payer="council", spread=0.03), line(5)],
        "near": [line(700, payer="nhs"), line(200, payer="council", spread=11), line(5)],
    }
    account = found(with_money(RESULTS, lines), scenario).payers
    assert account is not None
    assert [position.payer for position in account.positions] == ["council", "nhs", ""]
    assert account.total_now == round(13 * 100 * (1000 + 0.07 + 5))
    assert account.total_after == 13 * 100 * (700 + 200 + 5)
    gains = {position.payer: position.gain_after_side_payments for position in account.positions}
    assert gains["council"] == 0
    assert gains["nhs"] > 0


def test_the_triangle_shows_people_and_money_in_total_and_per_head() -> None:
    lines = {"baseline": [line(100, kind="other", need_tier="tip"), line(50)]}
    alone = make_results({"baseline": whole(20, 100_000)})
    table = triangle(with_money(alone, lines, people={("tip", "leigh"): 30.0, ("tip", "hindley"): 10.0}))
    cost = table[table["view"] == "cost"].set_index(["year", "need_tier"])
    tip = cost.loc[(0, "tip")]
    # 28 days of warm-up: 337 days of the first year are counted, in twelve months of £100, for 40 people.
    assert (tip["days"], tip["people"], tip["pounds"]) == (337, 40, 1200)
    assert tip["pounds_per_head"] == pytest.approx(1200 / 40 / (337 / 365.25))
    assert (cost.loc[(1, "tip")]["days"], cost.loc[(1, "tip")]["pounds"]) == (27, 100)
    undivided = cost.loc[(0, "")]
    assert undivided["pounds"] == 600
    assert undivided[["people", "pounds_per_head"]].isna().all()
    unknown = with_money(alone, lines, missing={"baseline": {"cost": ("Hub: no cost",)}})
    assert triangle(unknown).query("view == 'cost'")["pounds"].isna().all()


def test_answers_can_be_written_down() -> None:
    results = saving(contacts={"baseline": {"clinic": 100.0}, "near": {"clinic": 40.0}})
    text = json.dumps(as_json(answers(results, SCENARIO)), allow_nan=False)
    assert text == json.dumps(as_json(answers(results, SCENARIO)), allow_nan=False)
    with pytest.raises(TypeError, match="cannot be written"):
        as_json(object())


def test_without_a_baseline_there_is_nothing_to_compare() -> None:
    with pytest.raises(KeyError):
        answers(make_results({"near": whole(19, 90_000)}), SCENARIO)


def test_a_figure_that_an_option_loses_is_worse_and_a_new_one_is_not() -> None:
    standard = [figure("standard.within.new", "share", 0.9, 0.0)]
    for lost, share in (("near", 0), ("baseline", 1)):
        figures = {
            name: [*whole(20, 1.0), *([] if name == lost else standard)] for name in ("baseline", "near")
        }
        one = found(with_money(make_results(figures), {"baseline": NOW, "near": NOW})).probabilities
        assert one.no_standard_worse.share == share
