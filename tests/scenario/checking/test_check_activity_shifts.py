"""Shifts of activity are judged as they are played: by the ways that lead through them."""

from __future__ import annotations

from typing import Any

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.problems import Problem
from tests.gui.window_scenarios import small_scenario

PATCH = {
    "activities": {
        "near": {
            "name": "Near home",
            "needs": {"nurse": 1},
            "service_time": {"kind": "fixed", "value": 10, "unit": "minutes"},
        }
    },
    "transitions": {"n": {"from": "near", "to": "home"}},
}


def checked(patch: dict[str, Any], shift: dict[str, Any]) -> tuple[Problem, ...]:
    """Returns what is found of the small scenario with an option of a patch and one shift."""
    given = {"name": "Nearer", "from": "clinic", "to": "near", "uptake": 0.5, **shift}
    option = Option.model_validate({"name": "O", "patch": patch, "activity_shifts": {"s": given}})
    return check(small_scenario().model_copy(update={"options": {"o": option}}))


def test_an_activity_to_which_only_a_shift_leads_is_reached() -> None:
    assert checked(PATCH, {}) == ()
    assert checked(PATCH, {"uptake": 1.0}) == ()
    assert [each.what for each in checked(PATCH, {"uptake": 0.0})] == [
        "no patient can reach it: no arrow leads to it from an entry point",
        "it moves no contact, since its uptake is 0",
    ]


def test_a_loop_through_the_decision_is_named_at_the_shift() -> None:
    """Contacts that go at once from the new place through a decision to the old one never stop."""
    patch = {
        "activities": {"near": {**PATCH["activities"]["near"], "room": 0, "overflow_to": "d"}},
        "decisions": {"d": {"name": "Else?"}},
        "transitions": {**PATCH["transitions"], "m": {"from": "d", "to": "clinic"}},
    }
    found = checked(patch, {"uptake": 1.0})
    assert all("shift-" not in each.place for each in found), [str(each) for each in found]


def test_load_counts_the_contacts_moved() -> None:
    """At 60 hours each 3 a day at the new place need 7.5 nurses of 3, and 0.6 a day need 1.5."""
    long = {"kind": "fixed", "value": 60, "unit": "hours"}
    patch = {
        **PATCH,
        "activities": {"near": {**PATCH["activities"]["near"], "service_time": long}},
    }
    assert any("nurse" in each.place.lower() for each in checked(patch, {}))
    assert checked(patch, {"uptake": 0.1}) == ()


def test_a_standard_that_stops_at_the_place_left_asks_for_the_new_one() -> None:
    patch = {
        **PATCH,
        "standards": {
            "s": {
                "name": "18 weeks",
                "starts_at": ["referral"],
                "stops_at": ["clinic"],
                "limit": {"value": 18, "unit": "weeks"},
                "target": 0.9,
                "counts": "flow",
            }
        },
    }
    (found,) = checked(patch, {})
    assert found.what == 'for contacts that move, the clock of "18 weeks" does not stop'
    patch["standards"]["s"]["stops_at"].append("near")
    assert checked(patch, {}) == ()


def test_a_scenario_without_shifts_is_checked_as_before() -> None:
    scenario: Scenario = small_scenario()
    assert check(scenario.model_copy(update={"options": {"o": Option(name="O")}})) == check(scenario)
