"""Assumptions at the ends of their ranges: what is played, how often, and what is made of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.hangs_on.hangs_on import _where, hangs_on
from pathway_modeller.experiment.hangs_on.outcomes import margins
from pathway_modeller.experiment.hangs_on.value import HangsOn, OptionHangsOn, Range, Swing, Turn
from pathway_modeller.experiment.hangs_on.words import CELL, hangs_on_words, played_words, turn_words
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.varied import varied
from pathway_modeller.simulation.model.errors import Cancelled
from tests.small_scenario import SMALL

CLINIC = "/baseline/activities/clinic"
TWO = [BASELINE, "second"]


def ranged(**ranges: tuple[str, float, float, dict[str, Any]]) -> Scenario:
    """Returns the small scenario with an assumption for each place, low, high and reach."""
    document = json.loads(json.dumps(SMALL))
    document["assumptions"] = {
        key: {
            "name": f"{key.capitalize()}: as told",
            "places": [place],
            "low": low,
            "high": high,
            "reach": reach,
            "source": "Clinics",
            "quality": "judgement",
        }
        for key, (place, low, high, reach) in ranges.items()
    }
    return Scenario.model_validate_json(json.dumps(document))


REPLACES = {"kind": "replaces"}
DEMAND = ("/baseline/entry_points/referral/arrivals/rate/value", 7, 9, REPLACES)
PRICE = (f"{CLINIC}/variable_cost/value", 1, 4, REPLACES)
LENGTH = (f"{CLINIC}/service_time", 0.09, 0.11, {"kind": "time", "figures": ["mean"]})


def saved(results: Results, option: str, number: int) -> float:
    """Returns what an option saves over a period of some days in the first replications, by hand."""
    cash = results.cash[(results.cash["view"] == "cost") & (results.cash["replication"] < number)]
    pence = cash.groupby("variant", observed=True)["pence"].sum()
    return float(pence[BASELINE] - pence[option]) / 100 / number


def test_what_is_played_moves_as_runs_by_hand_do() -> None:
    scenario = ranged(demand=DEMAND, length=LENGTH, price=PRICE)
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replications": 8})})
    results = run_experiment(scenario, TWO)
    found = hangs_on(results, scenario)
    assert 1 <= found.replications < found.compared == scenario.run.replications
    assert not found.not_varied
    own = saved(results, "second", found.replications)
    for swing in found.of("second").swings["cash"]:
        assumption = scenario.assumptions[swing.assumption]
        for value, told in ((assumption.low, swing.low), (assumption.high, swing.high)):
            assert value is not None
            by_hand = varied(scenario, swing.assumption, value)
            hand = saved(run_experiment(by_hand, TWO), "second", found.replications)
            assert told - swing.central == pytest.approx(hand - own, abs=0.01)


def test_it_takes_less_than_two_and_a_half_times_the_comparison() -> None:
    scenario = ranged(demand=DEMAND, length=LENGTH, price=PRICE)
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replications": 12})})
    results = run_experiment(scenario, TWO)
    told: list[tuple[int, int]] = []
    found = hangs_on(results, scenario, progress=lambda done, every: told.append((done, every)))
    assert told[-1][0] == told[-1][1] <= 2.5 * 12 * len(TWO)
    assert found.replications > 1


def test_what_there_is_no_time_for_is_not_left_out() -> None:
    scenario = ranged(demand=DEMAND, length=LENGTH, price=PRICE)
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replications": 2})})
    found = hangs_on(run_experiment(scenario, TWO), scenario)
    told = {*found.ranges, *(each.assumption for each in found.not_varied)}
    assert told == {"demand", "length", "price"}
    assert "price" in found.ranges
    assert all("too few replications" in each.because for each in found.not_varied)


def test_an_option_that_an_assumption_does_not_touch_stays_as_it_is() -> None:
    scenario = ranged(units=("/options/second/patch/pools/clinicians/units", 1, 3, REPLACES))
    variants = [BASELINE, "second", "same"]
    found = hangs_on(run_experiment(scenario, variants), scenario)
    (swing,) = found.of("same").swings["cash"]
    assert swing.low == swing.central == swing.high == 0
    (swing,) = found.of("second").swings["cash"]
    assert swing.low == 0 > swing.central > swing.high


def test_what_cannot_be_run_at_an_end_says_why() -> None:
    scenario = ranged(units=("/baseline/pools/clinicians/units", 0, 2, REPLACES))
    found = hangs_on(run_experiment(scenario, TWO), scenario)
    assert not found.ranges
    assert "at 0 it cannot be run" in found.not_varied[0].because
    assert hangs_on_words(found, "second") == "no range can be played"


def test_it_can_be_cancelled() -> None:
    scenario = ranged(demand=DEMAND)
    results = run_experiment(scenario, TWO)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with pytest.raises(Cancelled):
        hangs_on(results, scenario, cancelled=cancelled)


def test_both_engines_find_the_same() -> None:
    scenario = ranged(demand=DEMAND, price=PRICE)
    results = run_experiment(scenario, TWO, engine="compiled")
    one = hangs_on(results, scenario, engine="compiled", workers=1)
    other = hangs_on(results, scenario, engine="simpy", workers=1)
    assert (one.ranges, one.not_varied, one.replications) == (
        other.ranges,
        other.not_varied,
        other.replications,
    )
    for mine, theirs in zip(one.options, other.options, strict=True):
        assert mine.turns == theirs.turns
        for outcome, swings in mine.swings.items():
            for each, same in zip(swings, theirs.swings[outcome], strict=True):
                assert each.assumption == same.assumption
                assert (each.low, each.high) == pytest.approx((same.low, same.high), rel=1e-9)


def test_a_comparison_is_needed() -> None:
    scenario = ranged(demand=DEMAND)
    with pytest.raises(KeyError):
        hangs_on(run_experiment(scenario, ["second"]), scenario)
    with pytest.raises(ValueError, match="no option is compared"):
        hangs_on(run_experiment(scenario, [BASELINE]), scenario)


@pytest.mark.parametrize(
    ("central", "before", "end", "after", "holds", "at"),
    [
        (0.0, (-100.0, 0.0), 30.0, (200.0, 300.0), True, 10.1),
        (20.0, (50.0, 80.0), 40.0, (-50.0, 20.0), False, 30.1),
        (20.0, (50.0, 80.0), 15.0, (-50.0, 20.0), False, 17.49),
        (20.0, (50.0, 80.0), 15.0, (40.0, 20.0), False, None),
    ],
)
def test_where_a_sentence_turns_is_interpolated_and_rounded_to_the_end(
    central: float,
    before: tuple[float, ...],
    end: float,
    after: tuple[float, ...],
    holds: bool,
    at: float | None,
) -> None:
    assert _where(central, before, end, after, holds=holds) == (None if at is None else pytest.approx(at))


def test_a_sentence_needs_what_matters_and_an_interval_on_one_side() -> None:
    figure = Interval(5.0, 1.0, 9.0, 10)
    assert margins("saves", figure, 2.0) == (3.0, 1.0)
    assert margins("costs", figure, 2.0) == (-7.0, -9.0)
    assert margins("longer", figure, 6.0) == (-1.0, 1.0)
    assert margins("saves", Interval(5.0, float("nan"), float("nan"), 1), 2.0) == (-1.0, -1.0)


def told(turns: tuple[Turn, ...] = (), swing: float = 3.0, name: str = "Length of a slot") -> HangsOn:
    """Returns something that was found out."""
    mine = OptionHangsOn("a", {"cash": (Swing("slot", 0.0, 1.0, swing),)}, turns)
    range_ = Range("slot", name, "minutes", 15, 20, 40, recounted=False)
    return HangsOn((mine,), {"slot": range_}, (), {"cash": ("System cash saved", "GBP a year")}, 2, 30)


def of_waits() -> HangsOn:
    """Returns something that moves waits, and no cash."""
    mine = OptionHangsOn("a", {"cash": (Swing("slot", 0, 0, 0),), "wait": (Swing("slot", 1, 2, 4),)}, ())
    return replace(told(), options=(mine,))


def turn(at: float | None, end: float, *, holds: bool = True, confirmed: bool = True) -> HangsOn:
    """Returns a saving that turns."""
    return told((Turn("slot", "saves", holds, at, end, confirmed),))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (turn(31.2, 40), "length of a slot: saves from 31.2 minutes up"),
        (turn(17, 15), "length of a slot: saves from 17 minutes down"),
        (turn(31.2, 40, holds=False), "length of a slot: no longer shown to save from 31.2 minutes up"),
        (turn(31.2, 40, confirmed=False), "length of a slot: saves from about 31.2 minutes up"),
        (turn(None, 40), "length of a slot: saves at 40 minutes"),
        (told(), "length of a slot: £0 to £3 less is paid, turns nothing"),
        (told(name="Length of a slot in the hospital clinics, near home and wherever else patients are seen"),
         "length of a slot in the hospital clinics, near home and…: £0 to £3 less is paid, turns nothing"),
        (of_waits(), "length of a slot moves waits most, turns nothing"),
    ],
)  # fmt: skip
def test_a_cell_names_the_assumption_and_where_it_turns(found: HangsOn, words: str) -> None:
    assert hangs_on_words(found, "a") == words
    assert len(words) <= CELL


def test_it_is_told_how_it_was_found_out() -> None:
    assert played_words(told()).startswith("Each end was played in the first 2 replications of the 30")
    assert turn_words(turn(31.2, 40).of("a").turns[0], told()) == "saves from 31.2 minutes up"
