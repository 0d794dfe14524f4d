"""Varying an assumption: what moves, what stays, and what cannot be played."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.problems import errors
from pathway_modeller.scenario.varied import CannotVary, central_of, ends, varied
from pathway_modeller.scenario.words.ranges import range_name, value_words
from tests.small_scenario import SMALL

SCENARIOS = {path.stem: load(path) for path in sorted(shipped("scenarios").glob("*.json"))}
OUTPATIENTS = SCENARIOS["wigan-outpatient-follow-up"]
CLINIC = "/baseline/activities/clinic"


def played(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Returns the low and high of every assumption that can be varied."""
    found = {}
    for key, assumption in scenario.assumptions.items():
        try:
            found[key] = ends(assumption)
        except CannotVary:
            continue
    return found


PLAYED = [(name, key) for name, scenario in SCENARIOS.items() for key in played(scenario)]


def with_range(
    places: list[str], reach: Mapping[str, Any], central: float | None = None, **changes: Any
) -> Scenario:
    """Returns the small scenario with one assumption, "range"."""
    document = json.loads(json.dumps(SMALL))
    document.update(changes)
    fields = {"name": "A range", "places": places, "source": "Clinics", "quality": "judgement"}
    document["assumptions"] = {"range": {**fields, "central": central, "reach": reach}}
    return Scenario.model_validate_json(json.dumps(document))


@pytest.mark.parametrize(("name", "key"), PLAYED)
def test_central_value_gives_back_the_same_scenario(name: str, key: str) -> None:
    scenario = SCENARIOS[name]
    assert varied(scenario, key, central_of(scenario, key)) == scenario


@pytest.mark.parametrize(("name", "key"), PLAYED)
def test_every_bundled_range_can_be_played_at_both_ends(name: str, key: str) -> None:
    scenario = SCENARIOS[name]
    for value in ends(scenario.assumptions[key]):
        changed = varied(scenario, key, value)
        assert not errors(check(changed.model_copy(update={"assumptions": {}})))
        assert (changed == scenario) == (value == central_of(scenario, key))
        assert changed.assumptions == scenario.assumptions


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(PLAYED), st.floats(0, 1))
def test_there_and_back_is_the_same_within_rounding(which: tuple[str, str], where: float) -> None:
    scenario, key = SCENARIOS[which[0]], which[1]
    assumption = scenario.assumptions[key]
    low, high = ends(assumption)
    value = low + where * (high - low)
    try:
        there = varied(scenario, key, value)
    except CannotVary as reason:
        assert "whole number" in str(reason)  # noqa: PT017 - the only reason that there may be
        return
    central = central_of(scenario, key)
    if value == 0 or central == 0:
        return
    moved = assumption.model_copy(update={"central": value})
    back = varied(there.model_copy(update={"assumptions": {key: moved}}), key, central)
    assert flat(back.model_dump(mode="json", exclude={"assumptions"})) == pytest.approx(
        flat(scenario.model_dump(mode="json", exclude={"assumptions"})), rel=1e-9, abs=1e-9
    )


def flat(value: Any, place: str = "") -> dict[str, Any]:
    """Returns every figure of a document by its place."""
    if isinstance(value, dict):
        return {k: v for key, each in value.items() for k, v in flat(each, f"{place}/{key}").items()}
    if isinstance(value, list):
        return {k: v for key, each in enumerate(value) for k, v in flat(each, f"{place}/{key}").items()}
    return {place: float(value)} if isinstance(value, int | float) else {}


def test_a_figure_is_replaced_in_the_baseline_and_in_options() -> None:
    dearer = varied(OUTPATIENTS, "variable_cost", 30)
    for variant in (BASELINE, *OUTPATIENTS.options):
        costs = {
            each.variable_cost.value for each in apply_option(dearer, variant).activities.values()
        }  # fmt: skip
        assert costs == {30}


def test_what_is_in_proportion_is_multiplied_in_all_groups() -> None:
    rates = OUTPATIENTS.baseline.entry_points["gp_referral"].arrivals.rate_per_1000
    busier = varied(OUTPATIENTS, "specialties", 0.12)
    more = busier.baseline.entry_points["gp_referral"].arrivals.rate_per_1000
    ratios = [more.values[tier].value / rates.values[tier].value for tier in rates.values]
    assert [*ratios, more.otherwise.value / rates.otherwise.value] == pytest.approx([1.8] * 6, rel=1e-5)


def test_a_share_moves_with_what_stands_beside_it_group_by_group() -> None:
    for option in ("near_home", "near_home_closing"):
        arrows = apply_option(varied(OUTPATIENTS, "near_home_share", 0.8), option).transitions
        near, hospital = arrows["due_near_home"].share, arrows["due_in_hospital"].share
        assert near.values["tier1"] == pytest.approx(0.96)
        assert near.otherwise == 0.8
        for tier, share in near.values.items():
            assert share + hospital.values[tier] == pytest.approx(1)


def test_a_time_by_mu_and_sigma_moves_in_proportion() -> None:
    baseline = json.loads(json.dumps(SMALL["baseline"]))
    baseline["activities"]["clinic"]["service_time"] = {
        "kind": "lognormal",
        "unit": "minutes",
        "mu": 3,
        "sigma": 0.5,
    }
    scenario = with_range([f"{CLINIC}/service_time"], {"kind": "multiplies"}, central=10, baseline=baseline)
    longer = varied(scenario, "range", 20).baseline.activities["clinic"].service_time
    assert (longer.mu, longer.sigma) == (pytest.approx(3 + math.log(2)), 0.5)
    assert varied(scenario, "range", 10) == scenario


def test_only_the_figures_of_a_time_that_are_named_move() -> None:
    ward = SCENARIOS["wigan-virtual-ward"]
    time = varied(ward, "freed", 3.9).baseline.waits["last_days"].time
    assert (time.mean, time.sd) == (3.9, ward.baseline.waits["last_days"].time.sd)


def test_what_one_share_loses_several_take_up_in_proportion() -> None:
    arrows = {
        "referral_clinic": {"from": "referral", "to": "clinic"},
        "a": {"from": "clinic", "to": "home", "share": 0.5},
        "b": {"from": "clinic", "to": "home", "share": 0.3},
        "c": {"from": "clinic", "to": "home", "share": 0.2},
    }
    baseline = {**SMALL["baseline"], "transitions": arrows}  # type: ignore[dict-item]
    scenario = with_range(["/baseline/transitions/a/share"], {"kind": "share"}, baseline=baseline)
    moved = varied(scenario, "range", 0.25).baseline.transitions
    assert [moved[key].share for key in "abc"] == pytest.approx([0.25, 0.45, 0.3])


def test_a_share_that_is_no_longer_needed_moves_with_what_is_found_elsewhere_and_unmet() -> None:
    place = "/options/fewer/displacements/gone"
    gone = {
        "name": "Gone",
        "activity": "clinic",
        "to": {"call": {"share": 0.2}},
        "avoided": 0.5,
        "unmet": 0.3,
    }
    options = {"fewer": {"name": "Fewer", "patch": {}, "displacements": {"gone": gone}}}
    scenario = with_range([f"{place}/avoided"], {"kind": "share"}, options=options)
    moved = varied(scenario, "range", 0.25).options["fewer"].displacements["gone"]
    assert (moved.avoided, moved.unmet, moved.to["call"].share) == pytest.approx((0.25, 0.45, 0.3))
    of_contacts = with_range([f"{place}/to/call/contacts"], {"kind": "share"}, options=options)
    with pytest.raises(CannotVary, match="no shares stand beside"):
        varied(of_contacts, "range", 0.5)


def test_records_that_do_not_move_are_the_very_same() -> None:
    scenario = with_range([f"{CLINIC}/price/value"], {"kind": "replaces"})
    changed = varied(scenario, "range", 60)
    assert changed.baseline.pools["clinicians"] is scenario.baseline.pools["clinicians"]
    assert changed.options["second"] is scenario.options["second"]


@pytest.mark.parametrize(
    ("places", "reach", "central", "value", "why"),
    [
        ([f"{CLINIC}/price/value"], {"kind": "replaces"}, 40, 60, "its central value 40"),
        ([f"{CLINIC}/price"], {"kind": "replaces"}, 50, 60, "no single figure"),
        ([f"{CLINIC}/price/value"], {"kind": "multiplies"}, None, 60, "no central value"),
        ([f"{CLINIC}/price/value"], {"kind": "multiplies"}, 0, 60, "central value of 0"),
        ([f"{CLINIC}/room"], {"kind": "multiplies"}, 1, 2, "nothing at"),
        (["/baseline/pools/clinicians/units"], {"kind": "multiplies"}, 1, 1.5, "whole number of units"),
        ([f"{CLINIC}/service_time"], {"kind": "time", "figures": ["median"]}, 0.1, 0.2, "no time"),
        ([f"{CLINIC}/price/value"], {"kind": "share"}, 50, 60, "no shares stand beside"),
        ([f"{CLINIC}/price/value"], {"kind": "not varied", "because": "law"}, 50, 60, "law"),
        ([f"{CLINIC}/price/value"], {"kind": "replaces"}, 50, -1, "below 0"),
        (["clinic"], {"kind": "replaces"}, 50, 60, "no JSON pointer"),
        (["/baseline"], {"kind": "multiplies"}, 1, 2, "above 1"),
        (["/run/seed"], {"kind": "share"}, 3, 4, "no shares stand beside"),
    ],
)  # fmt: skip
def test_what_cannot_be_played_says_why(
    places: list[str], reach: dict[str, Any], central: float | None, value: float, why: str
) -> None:
    with pytest.raises(CannotVary, match=why):
        varied(with_range(places, reach, central), "range", value)


def test_a_range_that_says_nothing_is_not_varied() -> None:
    fields = {"name": "A range", "places": ["/run"], "source": "Clinics", "quality": "judgement"}
    with pytest.raises(CannotVary, match="no low and high are given"):
        ends(Assumption.model_validate(fields))
    with pytest.raises(CannotVary, match="does not say how it reaches"):
        ends(Assumption.model_validate({**fields, "low": 1, "high": 2}))


def test_every_bundled_range_is_played_or_says_why_not() -> None:
    for scenario in SCENARIOS.values():
        for assumption in scenario.assumptions.values():
            assert (assumption.low is None) == (assumption.high is None)
            if assumption.low is not None:
                assert assumption.reach is not None, assumption.name
                if assumption.reach.kind != "not varied":
                    assert assumption.central is not None
                    assert assumption.unit


def test_follow_ups_for_each_first_are_the_published_range() -> None:
    """Attended follow-ups a first: 0.668 a / (1 - a s), a the share attended in the end, s who come again."""
    attended = (1 - 0.074) / (1 - 0.074 * 0.7)
    range_ = OUTPATIENTS.assumptions["follow_ups_per_first"]
    published = [0.668 * attended / (1 - attended * s) for s in (range_.low, range_.central, range_.high)]  # type: ignore[operator]
    assert published == pytest.approx([1.0, 1.61, 2.5], abs=0.01)


def test_list_today_is_the_published_range() -> None:
    range_ = OUTPATIENTS.assumptions["list_today"]
    shares = [18 / weeks for weeks in (range_.high, range_.central, range_.low)]  # type: ignore[operator]
    assert shares == pytest.approx([0.6, 0.92, 0.95], abs=0.005)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12.5, "£ a contact", "£12.50 a contact"),
        (30, "£ a contact", "£30 a contact"),
        (0.074, "share of slots", "7.4% of slots"),
        (0.5, "share", "50%"),
        (20, "minutes", "20 minutes"),
        (3, "", "3"),
    ],
)
def test_values_are_written_with_their_unit(value: float, unit: str, words: str) -> None:
    assert value_words(value, unit) == words


def test_an_assumption_is_named_by_what_it_is_about() -> None:
    assert range_name(OUTPATIENTS.assumptions["variable_cost"]) == "Variable cost of a contact"
