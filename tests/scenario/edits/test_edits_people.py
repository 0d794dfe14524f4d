"""Edits of the living population, shifts, displacements and outcomes leave no reference to what is gone."""

from __future__ import annotations

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.options import BASELINE, apply_option
from tests.scenario.living_scenario import living

LISTED = [(kind, key) for kind in edits.RECORD_TYPES for key in getattr(living().baseline, kind)]
DRAWN = sorted({*living().baseline.drawn()})


def dangling(scenario: Scenario) -> list[str]:
    """Returns what a scenario says of ids that name nothing."""
    return [str(each) for each in check(scenario) if "does not exist" in each.what or "no pool" in each.what]


@pytest.mark.parametrize(("kind", "key"), LISTED)
@pytest.mark.parametrize("variant", [BASELINE, "nearer"])
def test_deleting_a_listed_record_takes_every_reference_with_it(
    variant: str, kind: edits.ListedMap, key: str
) -> None:
    scenario = living()
    pathway = edits.remove_record(apply_option(scenario, variant), kind, key)
    assert dangling(edits.with_pathway(scenario, variant, pathway)) == []


@pytest.mark.parametrize("key", DRAWN)
@pytest.mark.parametrize("variant", [BASELINE, "nearer"])
def test_deleting_an_element_takes_every_reference_with_it(variant: str, key: str) -> None:
    scenario = living()
    pathway = edits.remove_elements(apply_option(scenario, variant), [key])
    assert dangling(edits.with_pathway(scenario, variant, pathway)) == []


def test_a_move_goes_with_its_need_tier_and_prevention_with_its_last_move() -> None:
    pathway = edits.remove_record(living().baseline, "need_tiers", "high")
    assert sorted(pathway.moves) == ["born", "come"]
    assert pathway.preventions == {}
    assert pathway.activities["follow_up"].changes_need == ()
    assert sorted(pathway.activities["follow_up"].deterioration) == ["admitted", "dies"]


def test_a_tag_that_is_deleted_leaves_activities_pools_and_options() -> None:
    scenario = living()
    pathway = edits.remove_record(edits.remove_record(scenario.baseline, "tags", "near"), "tags", "early")
    left = edits.with_pathway(scenario, BASELINE, pathway)
    assert left.baseline.activities["follow_up"].tags == left.baseline.pools["matrons"].tags == ()
    assert left.options["nearer"].tags == ()


def test_a_payer_of_a_kind_that_is_deleted_is_of_the_other_kind() -> None:
    pathway = edits.remove_record(living().baseline, "payer_kinds", "schools")
    assert pathway.payers["schools"].kind == "police and other"
    assert pathway.payers["council"].kind == "council adult care"


def test_a_contract_goes_with_its_payer_or_the_last_activity_that_it_pays_for() -> None:
    """One without activities would pay for all that the provider does."""
    deal = {
        "name": "Deal",
        "kind": "fixed and marginal",
        "payer": "nhs",
        "activities": ["follow_up", "ward"],
        "planned": {"follow_up": 10, "ward": 20},
        "a_head": {"high": {"value": 1, "price_year": "2024/25"}},
    }
    baseline = edits.set_value(living().baseline, ("providers", "trust", "contracts"), {"deal": deal})
    (kept,) = edits.remove_elements(baseline, ["ward"]).providers["trust"].contracts.values()
    assert (kept.activities, dict(kept.planned)) == (("follow_up",), {"follow_up": 10})
    assert edits.remove_elements(baseline, ["ward", "follow_up"]).providers["trust"].contracts == {}
    assert edits.remove_record(baseline, "payers", "nhs").providers["trust"].contracts == {}
    assert (
        edits.remove_record(baseline, "need_tiers", "high").providers["trust"].contracts["deal"].a_head == {}
    )


def test_lines_arranged_otherwise_go_with_their_provider() -> None:
    lines = {"a": {"name": "A", "provider": "trust"}, "b": {"name": "B", "setting": "home"}}
    baseline = edits.set_value(living().baseline, ("payers", "nhs", "lines"), lines)
    assert sorted(edits.remove_record(baseline, "providers", "trust").payers["nhs"].lines) == ["b"]


def test_a_shift_goes_with_its_pool_and_does_not_become_money_from_nowhere() -> None:
    scenario = living()
    pathway = edits.remove_record(apply_option(scenario, "nearer"), "pools", "consultants")
    assert edits.with_pathway(scenario, "nearer", pathway).options["nearer"].shifts == {}


def test_a_shift_stays_when_another_pool_goes() -> None:
    scenario = living()
    pathway, other = edits.add_record(apply_option(scenario, "nearer"), "pools", "Another pool")
    scenario = edits.with_pathway(scenario, "nearer", pathway)
    pathway = edits.remove_record(apply_option(scenario, "nearer"), "pools", other)
    changed = edits.with_pathway(scenario, "nearer", pathway)
    assert changed.options["nearer"].shifts == scenario.options["nearer"].shifts != {}


def test_an_option_that_closes_an_activity_still_says_where_its_contacts_go() -> None:
    scenario = living()
    pathway = edits.remove_elements(apply_option(scenario, "nearer"), ["follow_up"])
    option = edits.with_pathway(scenario, "nearer", pathway).options["nearer"]
    assert sorted(option.displacements) == ["follow_ups"]


def test_deleting_where_contacts_are_found_leaves_an_account_that_does_not_close() -> None:
    scenario = living()
    pathway = edits.remove_elements(apply_option(scenario, "nearer"), ["matron"])
    changed = edits.with_pathway(scenario, "nearer", pathway)
    assert changed.options["nearer"].displacements["follow_ups"].to == {}
    (problem,) = [each for each in check(changed) if "accounts for" in each.what]
    assert problem.place == "/options/nearer/displacements/follow_ups"


def test_an_outcome_goes_with_what_it_is_about() -> None:
    scenario = living()
    pathway = edits.remove_elements(scenario.baseline, ["follow_up"])
    assert edits.with_pathway(scenario, BASELINE, pathway).outcomes == {}


def test_a_record_of_an_option_is_added_renamed_and_removed() -> None:
    scenario = living()
    fields = {
        "from": "consultants",
        "to": "matrons",
        "amount": {"value": 60000, "price_year": "2024/25"},
        "starts": "2026-04-01",
    }
    changed, key = edits.add_decided(scenario, "shifts", fields=fields, option="nearer")
    assert changed.options["nearer"].shifts[key].name == "Investment shift"
    changed = edits.rename_decided(changed, "shifts", key, "Second wave", "nearer")
    assert changed.options["nearer"].shifts[key].name == "Second wave"
    assert edits.remove_decided(changed, "shifts", key, "nearer") == scenario
    with pytest.raises(ValueError, match="Pounds a year"):
        edits.add_decided(scenario, "shifts", fields={"starts": "2026-04-01"}, option="nearer")


def test_places_of_assumptions_go_with_a_shift() -> None:
    scenario = living()
    places = ("/options/nearer/shifts/to_matrons/amount",)
    assumption = {"name": "Amount", "places": places, "source": "Plan", "quality": "judgement"}
    scenario = Scenario.model_validate(
        {**scenario.model_dump(by_alias=True), "assumptions": {"a": assumption}}
    )
    assert edits.remove_decided(scenario, "shifts", "to_matrons", "nearer").assumptions == {}
    pathway = edits.remove_record(apply_option(scenario, "nearer"), "pools", "consultants")
    assert edits.with_pathway(scenario, "nearer", pathway).assumptions == {}


def test_a_copied_option_has_the_shifts_and_displacements_of_the_other() -> None:
    scenario, key = edits.add_option(living(), "Copy", copy_of="nearer")
    assert scenario.options[key].shifts == scenario.options["nearer"].shifts
    assert scenario.options[key].displacements == scenario.options["nearer"].displacements


def test_money_settings_are_set_and_refused_in_words() -> None:
    scenario = edits.set_scenario_value(living(), "money", {"discount_rate": 0.015})
    assert scenario.money.discount_rate == 0.015
    assert scenario.money.inflation == 0.02
    with pytest.raises(ValueError, match="discount rate"):
        edits.set_scenario_value(scenario, "money", {"discount_rate": -1})


def test_pasting_keeps_deterioration_and_the_team_among_what_is_pasted() -> None:
    pathway = living().baseline
    text = edits.copy_fragment(pathway, ["front_door", "follow_up", "ward", "matron"])
    pasted, ids = edits.paste_fragment(pathway, text)
    by_name = {pasted.activities[key].name: key for key in ids}
    door = pasted.activities[by_name["Front door (2)"]]
    assert door.single_point is not None
    assert door.single_point.team == (by_name["Hospital follow-up (2)"],)
    assert door.single_point.advice_to is None
    harm = pasted.activities[by_name["Hospital follow-up (2)"]].deterioration
    assert harm["admitted"].goes_to == by_name["Ward (2)"]
    assert (
        pasted.activities[by_name["Community matron (2)"]].caseload == pathway.activities["matron"].caseload
    )


def moving(**fields: object) -> Scenario:
    """Returns the scenario whose option moves contacts from follow-up to the matron."""
    given = {"from": "follow_up", "to": "matron", "uptake": 0.5, **fields}
    return edits.add_decided(living(), "activity_shifts", "Nearer", given, "nearer")[0]


def test_a_shift_of_activity_goes_with_either_of_its_activities() -> None:
    for key in ("follow_up", "matron"):
        scenario = moving()
        pathway = edits.remove_elements(apply_option(scenario, "nearer"), [key])
        assert edits.with_pathway(scenario, "nearer", pathway).options["nearer"].activity_shifts == {}


def test_a_shift_of_activity_loses_groups_that_are_gone_and_goes_with_its_last_footprint() -> None:
    by_tier = {"by": "need_tier", "values": {"high": 0.9}, "otherwise": 0.1}
    scenario = moving(uptake=by_tier, footprints=["north"])
    for kind, key, left in (("need_tiers", "high", 0.1), ("footprints", "north", None)):
        pathway = edits.remove_record(apply_option(scenario, "nearer"), kind, key)  # type: ignore[arg-type]
        shifts = edits.with_pathway(scenario, "nearer", pathway).options["nearer"].activity_shifts
        assert [each.uptake for each in shifts.values()] == ([] if left is None else [left])


def test_a_shift_of_activity_that_is_taken_away_leaves_the_file_as_it_was() -> None:
    scenario = moving()
    assert check(scenario) != ()
    assert edits.remove_decided(scenario, "activity_shifts", "nearer", "nearer") == living()
