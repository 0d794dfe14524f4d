"""What an answer hangs on: the outpatient example's "no option saves" hangs on the cost of a contact."""

from __future__ import annotations

import json

import pytest

from pathway_modeller.analysis.accounts.wording import short_pounds
from pathway_modeller.experiment.answers.answers import answers
from pathway_modeller.experiment.hangs_on.hangs_on import hangs_on
from pathway_modeller.experiment.hangs_on.value import HangsOn, Turn
from pathway_modeller.experiment.hangs_on.words import CELL, every_turn_words, hangs_on_words, turn_words
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.varied import varied
from tests.claims.told import clinic

pytestmark = pytest.mark.xdist_group("what it hangs on")

PIFU = ("pifu_evidenced", "pifu_planned")
MONEY = ("variable_cost", "price", "rooms", "near_home_price")
"""Assumptions on which only money hangs."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Returns the outpatient example with its ranges of money, and two that say why they are not varied."""
    whole = load(shipped("scenarios") / "wigan-outpatient-follow-up.json")
    kept = {key: whole.assumptions[key] for key in (*MONEY, "interval", "priority")}
    run = whole.run.model_copy(update={"replications": 5})
    return whole.model_copy(update={"assumptions": kept, "run": run})


@pytest.fixture(scope="module")
def results(scenario: Scenario) -> Results:
    return run_experiment(scenario, [BASELINE, *PIFU])


@pytest.fixture(scope="module")
def found(scenario: Scenario, results: Results) -> HangsOn:
    return hangs_on(results, scenario)


def of_saving(found: HangsOn, option: str) -> Turn | None:
    """Returns what turns the claim of a saving."""
    return next((each for each in found.of(option).turns if each.sentence == "saves"), None)


def test_no_option_saves_hangs_on_the_variable_cost_of_a_contact(
    scenario: Scenario, results: Results, found: HangsOn
) -> None:
    assert not any(each.claim.claimed for each in answers(results, scenario).options)
    turn = of_saving(found, "pifu_planned")
    assert turn is not None
    assert (turn.assumption, turn.holds, turn.confirmed) == ("variable_cost", True, True)
    assert turn.at is not None
    assert 4 < turn.at < 7
    assert (
        hangs_on_words(found, "pifu_planned") == f"variable cost of a contact: saves from £{turn.at:.2f} up"
    )
    assert turn_words(turn, found).endswith(" a contact up")


def test_what_turns_the_claim_turns_it_in_a_run_by_hand(scenario: Scenario, found: HangsOn) -> None:
    turn = of_saving(found, "pifu_planned")
    assert turn is not None
    assert turn.at is not None
    for value, claimed in ((turn.at * 1.02, True), (turn.at * 0.9, False)):
        by_hand = varied(scenario, "variable_cost", value)
        run = run_experiment(by_hand, [BASELINE, "pifu_planned"])
        assert answers(run, by_hand).of("pifu_planned").claim.claimed == claimed


def test_a_saving_below_what_matters_turns_nothing(found: HangsOn) -> None:
    assert of_saving(found, "pifu_evidenced") is None
    swing = found.of("pifu_evidenced").swings["cash"][0]
    assert swing.assumption == "variable_cost"
    assert (swing.low, swing.central) == (0, 0)
    assert 1500 < swing.high < 2600
    said = hangs_on_words(found, "pifu_evidenced")
    rest = f"£0 to {short_pounds(swing.high)} a year less is paid, turns nothing"
    assert said == f"variable cost of a contact: {rest}"


def test_the_ends_are_those_of_runs_by_hand(scenario: Scenario, results: Results, found: HangsOn) -> None:
    assert found.replications == scenario.run.replications
    by_hand = varied(scenario, "variable_cost", 30)
    run = run_experiment(by_hand, [BASELINE, *PIFU])
    for option in PIFU:
        view = answers(run, by_hand).of(option).views["cost"]
        assert view.totals is not None
        years = 3  # of the calendar, as the page counts them
        swing = next(each for each in found.of(option).swings["cash"] if each.assumption == "variable_cost")
        assert swing.high == pytest.approx(view.totals.saved.real.mean / years, abs=0.01)


def test_cash_is_called_what_it_is_of(found: HangsOn) -> None:
    assert found.outcomes["cash"][0] == "System cash saved a year, mean of the 3 years"


def test_what_is_not_varied_says_why(found: HangsOn) -> None:
    unvaried = {each.assumption: each.because for each in found.not_varied}
    assert set(unvaried) == {"interval", "priority", "rooms", "near_home_price"}
    assert "worked out from it" in unvaried["interval"]
    assert unvaried["priority"] == "no low and high are given"
    assert "nothing that is compared" in unvaried["rooms"]


def test_money_is_counted_anew(found: HangsOn) -> None:
    assert {key: each.recounted for key, each in found.ranges.items()} == {
        "price": True,
        "variable_cost": True,
    }


def test_a_cell_has_room_for_it(found: HangsOn) -> None:
    assert all(len(hangs_on_words(found, option)) <= CELL for option in PIFU)


@pytest.fixture(scope="module")
def closing() -> tuple[Scenario, HangsOn]:
    """A clinic that closes one room of four: everybody waits longer, but not where few are referred."""
    demand = {
        "name": "Referrals",
        "places": ["/baseline/entry_points/in/arrivals/rate/value"],
        "low": 4,
        "high": 21,
        "reach": {"kind": "replaces"},
        "source": "Made up",
        "quality": "illustrative",
    }
    option = {"name": "One room closed", "patch": {"pools": {"rooms": {"units": 3}}}}
    plain = json.loads(clinic({"closed": option}).model_dump_json(by_alias=True, exclude_unset=True))
    given = Scenario.model_validate_json(json.dumps({**plain, "assumptions": {"demand": demand}}))
    return given, hangs_on(run_experiment(given, [BASELINE, "closed"]), given)


def test_who_loses_turns_where_a_footprint_no_longer_does(closing: tuple[Scenario, HangsOn]) -> None:
    given, found = closing
    turns = {each.sentence: each for each in found.of("closed").turns}
    assert (turns["loses"].holds, turns["loses"].end) == (False, 4)
    for value, loses in ((20, True), (4, False)):
        by_hand = varied(given, "demand", value)
        run = run_experiment(by_hand, [BASELINE, "closed"])
        assert bool(answers(run, by_hand).of("closed").equity.losers) == loses
    assert "no footprint is shown to lose any longer" in turn_words(turns["loses"], found)
    assert "no footprint is shown to lose any longer" in every_turn_words(found, "closed"), (
        "where the page is pointed at"
    )


@pytest.fixture(scope="module")
def sparing() -> tuple[Scenario, HangsOn]:
    """A clinic that half of those referred no longer come to, which nobody needs, or some need after all."""
    needed = {
        "name": "Truly not needed",
        "places": ["/options/fewer/displacements/gone/avoided"],
        "low": 0.4,
        "high": 1,
        "unit": "share of contacts",
        "reach": {"kind": "share"},
        "source": "Made up",
        "quality": "illustrative",
    }
    patch = {
        "transitions": {
            "a": {"share": 0.5},
            "away": {"from": "in", "to": "out", "share": 0.5},
        }
    }
    gone = {"gone": {"name": "Gone", "activity": "clinic", "avoided": 1}}
    option = {"name": "Fewer are seen", "patch": patch, "displacements": gone}
    plain = json.loads(clinic({"fewer": option}).model_dump_json(by_alias=True, exclude_unset=True))
    given = Scenario.model_validate_json(json.dumps({**plain, "assumptions": {"needed": needed}}))
    return given, hangs_on(run_experiment(given, [BASELINE, "fewer"]), given)


def test_who_loses_hangs_on_how_many_contacts_are_truly_not_needed(
    sparing: tuple[Scenario, HangsOn],
) -> None:
    given, found = sparing
    turns = {each.sentence: each for each in found.of("fewer").turns}
    assert (turns["loses"].holds, turns["loses"].end) == (True, 0.4)
    for value, loses in ((1, False), (0.4, True)):
        by_hand = varied(given, "needed", value)
        run = run_experiment(by_hand, [BASELINE, "fewer"])
        assert bool(answers(run, by_hand).of("fewer").equity.losers) == loses
    assert turn_words(turns["loses"], found).startswith("a footprint loses from ")
