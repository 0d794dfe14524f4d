"""The answers of results put together by hand: when it pays, for whom, and when no saving may be claimed."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from pathway_modeller.experiment.answers.answers import OptionAnswers, answers
from pathway_modeller.experiment.answers.as_json import as_json
from pathway_modeller.experiment.answers.triangle import triangle
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.report.words.saving import saving_sentence
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.money import Displacement, MoneySettings
from pathway_modeller.scenario.people import Payer, PayerKind
from tests.report.results_by_hand import (
    DAYS,
    figure,
    line,
    make_results,
    make_scenario,
    waited,
    whole,
    with_money,
)
from tests.vectors_by_hand import measured_of

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
        {variant: [*whole(days, 90_000), *waited(days, 1.0, "leigh")] for variant, days in waits.items()}
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
    # All 364 days lie in the first year that counts: neither inflation nor discounting has begun.
    saved = cost.totals.saved
    assert saved.real.mean == saved.discounted.mean == pytest.approx(-900 + 2000)
    assert cost.totals.price_year == "2024/25"


def test_cash_that_leaves_may_be_called_a_saving() -> None:
    each_day = [[line([pounds * days for days in DAYS])] for pounds in (10, 8)]
    one = found(with_money(RESULTS, {"baseline": each_day[0], "near": each_day[1]}))
    assert one.claim.verdict == "better"
    assert one.claim.claimed
    assert (one.claim.change.mean, one.claim.baseline) == pytest.approx((-2 * 364, 10 * 364))
    # £2 a day over the 364 days, the same in every replication.
    assert saving_sentence(one) == "Saves £728 over the 364 days in cash (the same in every replication)."


def test_a_price_that_is_missing_leaves_the_view_unknown() -> None:
    one = found(saving(missing={"near": {"cost": ("Hub: no cost",)}}))
    assert one.views["cost"].missing == ("Hub: no cost",)
    assert one.views["cost"].totals is None
    assert one.views["bill"].totals is not None
    assert one.probabilities.saves_cash is None
    assert one.payers is None
    assert not one.claim.claimed
    assert "System cash is not known" in saving_sentence(one)
    assert "Hub: no cost" in saving_sentence(one)


def test_no_saving_is_claimed_while_contacts_are_found_nowhere() -> None:
    contacts = {"baseline": {"clinic": 100.0, "follow_up": 10.0}, "near": {"clinic": 40.0, "follow_up": 10.0}}
    one = found(saving(contacts=contacts))
    assert not one.displaced.closes
    assert not one.claim.claimed
    # 60 a month for 13 months, in 364 days of 365, is 782 a year.
    assert saving_sentence(one).startswith("No saving can be claimed: 782 contacts a year fewer at")
    same = {"baseline": {"clinic": 100.0}, "near": {"clinic": 100.0}}
    assert found(saving(contacts=same)).claim.claimed


def test_an_option_that_costs_more_saves_nothing() -> None:
    results = with_money(RESULTS, {"baseline": NOW, "near": [*NOW, line(50, spread=5)]})
    one = found(results)
    assert saving_sentence(one).startswith("No saving: the system pays £650 more over the 364 days")
    assert one.views["cost"].break_even is not None
    assert one.views["cost"].break_even.median == "not within the horizon"
    assert one.probabilities.saves_cash is not None
    assert (one.probabilities.saves_cash.count, one.probabilities.saves_cash.replications) == (0, 10)


def test_stranded_capacity_is_no_cash() -> None:
    after = [line(900, payer="nhs"), line(100, kind="stranded", payer="nhs")]
    one = found(with_money(RESULTS, {"baseline": NOW, "near": after}))
    assert saving_sentence(one) == "No saving: the system pays as much as under the baseline."
    assert one.freed is not None
    assert one.freed.yearly["cash_releasing"].mean == 0
    assert one.freed.yearly["capacity_releasing"].mean == pytest.approx(1300 * 365 / 364)


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
    both = found(with_money(with_footprint(20, 25), {"baseline": [line(1000)], "near": after})).probabilities
    assert both.no_standard_worse.share == 0
    assert both.no_footprint_worse.share == 0
    assert both.saves_and_none_worse is not None
    assert both.saves_and_none_worse.share == 0


def test_payers_sum_to_the_total() -> None:
    payers = {"nhs": Payer(name="NHS"), "council": Payer(name="Council", kind="schools")}
    kinds = {"schools": PayerKind(name="Schools and colleges")}
    baseline = SCENARIO.baseline.model_copy(update={"payers": payers, "payer_kinds": kinds})
    scenario = SCENARIO.model_copy(update={"baseline": baseline})
    lines = {
        "baseline": [line(1000, payer="nhs"), line(0.07, payer="council", spread=0.03), line(5)],
        "near": [line(700, payer="nhs"), line(200, payer="council", spread=11), line(5)],
    }
    account = found(with_money(RESULTS, lines), scenario).payers
    assert account is not None
    assert [position.payer for position in account.positions] == ["council", "nhs", ""]
    assert [position.kind for position in account.positions] == ["Schools and colleges", "NHS", ""]
    assert account.total_now == round(13 * 100 * (1000 + 0.07 + 5))
    assert account.total_after == 13 * 100 * (700 + 200 + 5)
    gains = {position.payer: position.gain_after_side_payments for position in account.positions}
    assert gains["council"] == 0
    assert gains["nhs"] > 0


def test_the_triangle_shows_people_and_money_in_total_and_per_head() -> None:
    lines = {"baseline": [line(100, kind="other", need_tier="tip"), line(50)]}
    alone = make_results({"baseline": whole(20, 100_000)})
    people = {("tip", "leigh"): 30.0, ("tip", "hindley"): 10.0}
    table = triangle(with_money(alone, lines, people=people), {"baseline": SCENARIO.baseline})
    cost = table[table["view"] == "cost"].set_index(["year", "need_tier"])
    tip = cost.loc[(0, "tip")]
    # 364 days are counted, 13 months of £100, for 40 people: no whole year, so that all of them are told.
    assert (tip["days"], tip["people"], tip["pounds"]) == (364, 40, 1300)
    assert tip["pounds_per_head"] == pytest.approx(1300 / 40)
    assert set(table["year"]) == {0}
    undivided = cost.loc[(0, "")]
    assert undivided["pounds"] == 650
    assert undivided[["people", "pounds_per_head"]].isna().all()
    unknown = with_money(alone, lines, missing={"baseline": {"cost": ("Hub: no cost",)}})
    found = triangle(unknown, {"baseline": SCENARIO.baseline})
    assert found.query("view == 'cost'")["pounds"].isna().all()


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


def each_day(now: float, after: float) -> dict[str, Any]:
    """Lines of so many pounds a day under baseline and option."""
    pair = {"baseline": now, "near": after}
    return {name: [line([pounds * days for days in DAYS])] for name, pounds in pair.items()}


def with_counts(**after: float) -> Results:
    """Results in which the option saves £2 a day, and some counts differ from the baseline's 100."""
    names = {name.replace("__", "."): number for name, number in after.items()}
    before = [figure(name, "patients", 100, 3) for name in names if name != "contacts"]
    more = [figure(name, "patients", number, 3) for name, number in names.items() if name != "contacts"]
    seen = {"baseline": 900.0, "near": names.get("contacts", 900.0)}
    figures = {"baseline": before, "near": more}
    made = {name: [*whole(20, 90_000, hospital=seen[name]), *figures[name]] for name in figures}
    return with_money(make_results(made), each_day(10, 8))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"deteriorated__death": 140, "left__gave_up": 130}, "40 more patients die while waiting; 30 more"),
        ({"deteriorated__emergency": 140}, "40 more patients become emergencies while waiting"),
        ({"left__gave_up": 3146}, "3,046 more patients give up and leave unseen"),
        ({"left__turned_away": 140}, "40 more patients find a queue full and leave unseen"),
        ({"left__not_attended": 140}, "40 more patients miss their slot and leave unseen"),
        ({"still_waiting__patients": 2212, "contacts": 500}, "2,112 more patients are left waiting"),
        ({"gave_up": 140, "contacts": 860}, "40 more patients give up waiting or find a queue full"),
    ],
)
def test_no_saving_is_claimed_where_people_go_without(counts: dict[str, float], words: str) -> None:
    one = found(with_counts(**counts))
    assert one.claim.verdict == "refused"
    assert not one.claim.claimed
    assert saving_sentence(one).startswith(f"No saving can be claimed: {words}")
    because = ", because fewer are seen" if "contacts" in counts else ""
    assert saving_sentence(one).endswith(
        f"costs £728 less over the 364 days (the same in every replication){because}."
    )
    assert one.claim.reservations[0].startswith(words.partition(";")[0])


@pytest.mark.parametrize(
    "counts",
    [
        {"deteriorated__death": 100, "left__gave_up": 60},
        # They find a full queue and are seen elsewhere; as many contacts are attended.
        {"turned_away": 140},
        {"still_waiting__patients": 110},
        {"still_waiting__patients": 60, "contacts": 860},
    ],
)
def test_a_saving_is_claimed_where_nobody_goes_without(counts: dict[str, float]) -> None:
    assert found(with_counts(**counts)).claim.claimed


def displacing(**shares: float) -> Scenario:
    """The scenario with an option that declares what becomes of contacts taken from the clinic."""
    taken = Displacement.model_validate({"name": "Taken", "activity": "clinic", **shares})
    near = SCENARIO.options["near"].model_copy(update={"displacements": {"taken": taken}})
    return SCENARIO.model_copy(update={"options": {"near": near}})


def test_unmet_need_refuses_a_saving_and_need_that_is_said_to_go_is_said() -> None:
    contacts = {"baseline": {"clinic": 100.0}, "near": {"clinic": 40.0}}
    results = with_money(RESULTS, each_day(10, 8), contacts=contacts)
    unmet = found(results, displacing(unmet=1.0))
    assert not unmet.claim.claimed
    assert saving_sentence(unmet).startswith(
        'No saving can be claimed: 782 contacts a year taken from "Clinic" become unmet need; costs £728 '
        "less over the 364 days"
    )
    gone = found(results, displacing(avoided=1.0))
    assert gone.claim.claimed
    condition = '782 contacts a year taken from "Clinic" are no longer needed, as declared'
    assert gone.claim.conditions == (condition,)
    assert saving_sentence(gone).endswith(f"if {condition}.")


def test_less_than_a_pound_a_year_is_no_saving() -> None:
    one = found(with_money(RESULTS, {"baseline": [line(1000)], "near": [line(999.97)]}))
    assert one.claim.verdict == "same"
    assert saving_sentence(one) == "No saving: the difference is less than £1 a year."


def test_growth_that_does_not_come_saves_no_cash() -> None:
    """Two years at £1,000 a month and then £1,500, which the option keeps at £1,000."""
    results = with_money(RESULTS, {"baseline": [line([1000] * 12 + [1500])], "near": [line(1000)]})
    one = found(dataclasses.replace(results, provenance=longer(results.provenance)))
    assert one.freed is not None
    assert one.freed.yearly["cash_releasing"].mean == pytest.approx(0)
    assert saving_sentence(one).startswith("No cash leaves: growth of £")
    assert one.probabilities.saves_cash is not None
    assert one.probabilities.saves_cash.count == 0
    assert one.views["cost"].saves is not None
    assert one.views["cost"].saves.share == 1


def longer(provenance: Provenance) -> Provenance:
    """The whole of the months from April 2025 to April 2026: more than a year."""
    return dataclasses.replace(provenance, warm_up_days=0, collection_days=395)


def test_an_option_that_loses_in_the_end_is_said_to() -> None:
    """£500 a month less for eight months and £200 more for five: broken even, and losing."""
    after = [line([500] * 8 + [1200] * 5)]
    even = found(with_money(RESULTS, {"baseline": [line(1000)], "near": after})).views["cost"].break_even
    assert even is not None
    assert (even.median, even.tail_months) == ("from the start", 4)
    assert even.tail.mean == -800
    assert even.loses_at_last


def test_without_standards_nothing_is_said_of_one() -> None:
    kept = RESULTS.values[~RESULTS.values["measure"].astype(str).str.startswith("standard")]
    results = dataclasses.replace(saving(), measures=measured_of(kept))
    assert found(results).probabilities.no_standard_worse is None


@pytest.mark.parametrize(
    ("now", "after", "worse"), [(20, 20.19, 0), (20, 20.21, 10), (0.1, 0.14, 0), (0.1, 0.15, 10)]
)
def test_a_wait_is_worse_by_an_hour_and_a_hundredth(now: float, after: float, worse: int) -> None:
    one = found(with_money(with_footprint(now, after), {"baseline": NOW, "near": NOW})).probabilities
    flags = {(each.what, each.why): each.worse.count for each in one.footprints}
    assert flags["leigh", "wait"] == worse


def test_all_spending_is_not_called_system_cost() -> None:
    lines = {"baseline": [line(100, kind="other"), line(50)], "near": [line(90, kind="other"), line(50)]}
    assert found(with_money(RESULTS, lines)).spending == "all spending"
    assert found(saving()).spending == "the system cost"
