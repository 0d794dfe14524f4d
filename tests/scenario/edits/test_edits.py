"""Edits: what each one does to a pathway, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.elements import Transition
from pathway_modeller.scenario.options import apply_option, from_document, to_document
from pathway_modeller.scenario.values import ByGroup, Position


@pytest.fixture
def clinic() -> Pathway:
    """A clinic with a queue limit, a stay, a waiting list and a standard."""
    minutes = {"kind": "fixed", "unit": "minutes", "value": 20}
    return from_document(
        {
            "entry_points": {"gp": {"name": "GP referral", "setting": "primary care"}},
            "activities": {
                "clinic": {
                    "name": "Clinic",
                    "service_time": minutes,
                    "needs": {"consultant": 1, "room": 1},
                    "overflow_to": "advice",
                    "payer": "nhs",
                },
                "advice": {"name": "Advice", "service_time": minutes, "setting": "home"},
            },
            "exit_points": {"home": {"name": "Home", "setting": "home"}},
            "transitions": {
                "a": {"from": "gp", "to": "clinic"},
                "b": {"from": "clinic", "to": "home", "share": 0.7},
                "c": {"from": "clinic", "to": "advice", "share": 0.3},
                "d": {
                    "from": "advice",
                    "to": "home",
                    "when": {"kind": "queue", "activity": "clinic", "at_least": 3},
                },
                "e": {"from": "advice", "to": "clinic"},
            },
            "pools": {
                "consultant": {"name": "Consultant", "units": 2, "units_by_footprint": {"north": 1}},
                "room": {"name": "Room", "units": 3},
            },
            "stays": {"s": {"name": "Stay", "needs": {"room": 1}, "begins_with": "clinic"}},
            "today": {"clinic": {"waiting": [{"patients": 5, "waited": minutes, "footprint": "north"}]}},
            "footprints": {"north": {"name": "North"}, "south": {"name": "South"}},
            "payers": {"nhs": {"name": "NHS"}},
            "standards": {
                "rtt": {
                    "name": "18 weeks",
                    "starts_at": ["gp"],
                    "stops_at": ["clinic"],
                    "limit": {"value": 18, "unit": "weeks"},
                    "target": 0.92,
                    "counts": "stock",
                }
            },
        }
    )


@pytest.fixture
def scenario(clinic: Pathway) -> Scenario:
    """The clinic, with an option and an assumption about the clinic's service time."""
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "Clinic",
            "baseline": clinic,
            "options": {
                "more": {
                    "name": "More",
                    "patch": {
                        "pools": {"consultant": {"units": 3}},
                        "activities": {"clinic": {"service_time": {"value": 10}}},
                    },
                }
            },
            "assumptions": {
                "time": {
                    "name": "Time",
                    "places": ["/baseline/activities/clinic/service_time"],
                    "source": "Clinic",
                    "quality": "judgement",
                }
            },
            "run": {"start_date": dt.date(2025, 4, 1), "duration": {"value": 1, "unit": "years"}},
        }
    )


def test_a_new_element_has_a_readable_fresh_id_and_no_invented_figures(clinic: Pathway) -> None:
    first, one = edits.add_element(clinic, "activities", name="Hospital clinic")
    second, two = edits.add_element(first, "activities", name="Hospital  clinic ")
    assert (one, two) == ("hospital-clinic", "hospital-clinic-2")
    assert second.activities[two].service_time is None
    assert second.activities[two].needs == {}
    assert second.activities["clinic"] is clinic.activities["clinic"]


def test_unnamed_elements_are_numbered(clinic: Pathway) -> None:
    first, _ = edits.add_element(clinic, "waits")
    second, new = edits.add_element(first, "waits")
    assert [wait.name for wait in second.waits.values()] == ["Wait", "Wait 2"]
    assert new == "wait-2"


def test_removing_an_element_takes_every_reference_with_it(clinic: Pathway) -> None:
    left = edits.remove_elements(clinic, ["clinic"])
    assert set(left.transitions) == {"d"}
    assert left.transitions["d"].when is None, "a queue that is gone cannot be a condition"
    assert left.transitions["d"].share == 1.0, "the only arrow that is left takes everyone"
    assert (left.stays, left.today, left.standards) == ({}, {}, {})
    assert from_document(to_document(left)) == left


def test_an_arrow_whose_condition_is_gone_is_taken_by_nobody(clinic: Pathway) -> None:
    more, wait = edits.add_element(clinic, "waits", name="Wait")
    arrows = {**more.transitions, "e": more.transitions["e"].model_copy(update={"target": wait})}
    left = edits.remove_elements(more.model_copy(update={"transitions": arrows}), ["clinic"])
    assert left.transitions["d"].share == 0.0
    assert left.transitions["e"].share == 1.0


def test_removing_the_overflow_target_empties_the_reference(clinic: Pathway) -> None:
    left = edits.remove_elements(clinic, ["advice"])
    assert left.activities["clinic"].overflow_to is None
    assert left.transitions["b"].share == 1.0, "the arrow that is left takes everyone"


def test_removing_nothing_known_is_no_edit(clinic: Pathway) -> None:
    assert edits.remove_elements(clinic, ["nobody"]) is clinic


@pytest.mark.parametrize(
    ("origin", "target", "words"),
    [
        ("clinic", "gp", "entry point"),
        ("home", "clinic", "exit point"),
        ("clinic", "clinic", "itself"),
        ("gp", "clinic", "already leads"),
    ],
)
def test_senseless_arrows_are_refused_in_a_sentence(
    clinic: Pathway, origin: str, target: str, words: str
) -> None:
    with pytest.raises(edits.ConnectionRefused, match=words):
        edits.connect(clinic, origin, target)


def test_arrows_share_out_evenly_and_back(clinic: Pathway) -> None:
    one, first = edits.connect(clinic, "gp", "advice")
    assert {one.transitions[key].share for key in ("a", first)} == {0.5}
    two, second = edits.connect(one, "gp", "home")
    shares = [two.transitions[key].share for key in ("a", first, second)]
    assert sum(shares) == pytest.approx(1.0, abs=1e-12)  # type: ignore[arg-type]
    assert shares[0] == 0.3333
    back = edits.disconnect(edits.disconnect(two, second), first)
    assert back.transitions["a"].share == 1.0


def test_uneven_shares_keep_their_proportion(clinic: Pathway) -> None:
    extra, wait = edits.add_element(clinic, "waits", name="Wait")
    three, arrow = edits.connect(extra, "clinic", wait)
    assert [three.transitions[key].share for key in ("b", "c", arrow)] == [0.4667, 0.2, 0.3333]
    two = edits.disconnect(three, arrow)
    assert two.transitions["b"].share == pytest.approx(0.7, abs=1e-4)


def test_an_arrow_beside_a_condition_takes_everyone_else(clinic: Pathway) -> None:
    alone = edits.disconnect(clinic, "e")
    again, arrow = edits.connect(alone, "advice", "clinic")
    assert again.transitions[arrow].share == 1.0


def test_shares_that_differ_by_group_are_left_alone(clinic: Pathway) -> None:
    varied = ByGroup(by="footprint", values={"north": 0.5}, otherwise=1.0)
    arrows = {**clinic.transitions, "a": Transition(origin="gp", target="clinic", share=varied)}
    connected, arrow = edits.connect(clinic.model_copy(update={"transitions": arrows}), "gp", "advice")
    assert connected.transitions["a"].share == varied
    assert connected.transitions[arrow].share == 0.0


def test_a_value_is_set_by_its_place_and_nothing_else_changes(clinic: Pathway) -> None:
    changed = edits.set_value(clinic, "/activities/clinic/service_time/value", 30)
    assert edits.get_value(changed, ("activities", "clinic", "service_time", "value")) == 30
    assert changed.activities["advice"] is clinic.activities["advice"]
    assert changed.pools is clinic.pools


def test_taking_a_value_away_brings_its_default_back(clinic: Pathway) -> None:
    changed = edits.set_value(clinic, "/activities/clinic/overflow_to", None)
    assert changed.activities["clinic"].overflow_to is None
    assert edits.set_value(changed, "/activities/clinic/overflow_to", None) is changed


def test_a_value_inside_something_not_given_yet_makes_it(clinic: Pathway) -> None:
    changed = edits.set_value(clinic, "/activities/clinic/did_not_attend/share", 0.1)
    assert changed.activities["clinic"].did_not_attend is not None


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (
            "/activities/clinic/service_time",
            {"kind": "fixed", "unit": "minutes"},
            "Service time.*needs value",
        ),
        ("/transitions/b/share", 1.5, "Share.*less than or equal to 1"),
        ("/pools/room/units", -1, "Units.*greater than or equal to 0"),
        ("/activities/clinic/name", None, "Name"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_a_sentence(
    clinic: Pathway, place: str, value: object, words: str
) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        edits.set_value(clinic, place, value)
    assert "pydantic" not in str(caught.value).lower()


def test_pasting_gives_fresh_ids_and_names_and_keeps_inner_arrows(clinic: Pathway) -> None:
    text = edits.copy_fragment(clinic, ["clinic", "advice"])
    assert edits.is_fragment(text)
    pasted, new = edits.paste_fragment(clinic, text, (20, 40))
    assert new == ("advice-2", "clinic-2")
    assert pasted.activities["clinic-2"].name == "Clinic (2)"
    assert pasted.activities["clinic-2"].overflow_to == "advice-2"
    assert pasted.activities["clinic-2"].position == Position(x=20, y=40)
    inner = [a for key, a in pasted.transitions.items() if key not in clinic.transitions]
    assert {(a.origin, a.target) for a in inner} == {("clinic-2", "advice-2"), ("advice-2", "clinic-2")}
    assert from_document(to_document(pasted)) == pasted


def test_pasting_elsewhere_leaves_out_what_is_not_there(clinic: Pathway) -> None:
    text = edits.copy_fragment(clinic, ["clinic"])
    pasted, new = edits.paste_fragment(Pathway(), text)
    activity = pasted.activities[new[0]]
    assert (activity.needs, activity.payer, activity.overflow_to) == ({}, None, None)


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"pathway-modeller-fragment": 3}', "[1]"])
def test_pasting_something_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="copy elements on the drawing"):
        edits.paste_fragment(Pathway(), text)


def test_removing_a_footprint_removes_its_figures(clinic: Pathway) -> None:
    left = edits.remove_record(clinic, "footprints", "north")
    assert left.pools["consultant"].units_by_footprint == {}
    assert left.today["clinic"].waiting[0].footprint is None
    assert left.activities["clinic"] is clinic.activities["clinic"]


def test_removing_a_pool_removes_the_needs_for_it(clinic: Pathway) -> None:
    left = edits.remove_record(clinic, "pools", "room")
    assert left.activities["clinic"].needs == {"consultant": 1}
    assert left.stays == {}, "a stay that holds nothing is no stay"


def test_a_reaction_to_a_pool_goes_with_it_and_is_pasted_where_the_pool_is(clinic: Pathway) -> None:
    pressure = {"pool": "room", "steps": [{"full": 1.0, "factor": 0.9}]}
    pressed = edits.set_value(clinic, "/activities/clinic/pressure", pressure)
    pasted, (new,) = edits.paste_fragment(pressed, edits.copy_fragment(pressed, ["clinic"]))
    assert pasted.activities[new].pressure == pressed.activities["clinic"].pressure
    left = edits.remove_record(pressed, "pools", "room")
    assert left.activities["clinic"].pressure is None
    pasted, (new,) = edits.paste_fragment(left, edits.copy_fragment(pressed, ["clinic"]))
    assert pasted.activities[new].pressure is None


def test_listed_records_are_added_and_renamed(clinic: Pathway) -> None:
    more, tier = edits.add_record(clinic, "need_tiers", "Complex")
    assert more.need_tiers[tier].level == 1
    renamed = edits.rename_record(more, "need_tiers", tier, "Very complex")
    assert renamed.need_tiers["complex"].name == "Very complex"
    with pytest.raises(ValueError, match="Holds"):
        edits.add_record(clinic, "stays", "Bed", {"begins_with": "clinic"})


def test_an_option_holds_only_what_was_drawn_differently(scenario: Scenario) -> None:
    drawn = edits.set_value(apply_option(scenario, "more"), "/pools/room/units", 9)
    changed = edits.with_pathway(scenario, "more", drawn)
    assert changed.options["more"].patch["pools"] == {"consultant": {"units": 3}, "room": {"units": 9}}
    assert changed.baseline is scenario.baseline
    assert apply_option(changed, "more") == drawn


def test_a_correction_to_the_baseline_reaches_the_option(scenario: Scenario) -> None:
    corrected = edits.set_value(scenario.baseline, "/pools/room/units", 7)
    changed = edits.with_pathway(scenario, "baseline", corrected)
    assert apply_option(changed, "more").pools["room"].units == 7
    assert apply_option(changed, "more").pools["consultant"].units == 3


def test_removing_from_the_baseline_what_an_option_changed_leaves_a_whole_option(scenario: Scenario) -> None:
    removed = edits.remove_elements(scenario.baseline, ["clinic"])
    changed = edits.with_pathway(scenario, "baseline", removed)
    assert changed.options["more"].patch == {"pools": {"consultant": {"units": 3}}}
    assert changed.assumptions == {}, "an assumption about nothing goes"


def test_an_option_keeps_its_figures_where_the_corrected_baseline_would_not_fit(scenario: Scenario) -> None:
    kinder = {"kind": "exponential", "unit": "hours", "mean": 1}
    corrected = edits.set_value(scenario.baseline, "/activities/clinic/service_time", kinder)
    changed = edits.with_pathway(scenario, "baseline", corrected)
    kept = apply_option(changed, "more").activities["clinic"].service_time
    assert kept == apply_option(scenario, "more").activities["clinic"].service_time


def test_options_are_added_copied_renamed_and_removed(scenario: Scenario) -> None:
    one, first = edits.add_option(scenario, "More")
    two, second = edits.add_option(one, "More", copy_of="more")
    assert (first, second) == ("more-2", "more-3")
    assert two.options[second].patch == scenario.options["more"].patch
    assert two.options[first].name == "More 2"
    assert edits.rename_option(two, first, "Fewer").options[first].name == "Fewer"
    assert set(edits.remove_option(two, "more").options) == {first, second}


def test_run_settings_are_set_and_refused_in_words(scenario: Scenario) -> None:
    assert edits.set_scenario_value(scenario, "run", {"replications": 50}).run.replications == 50
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        edits.set_scenario_value(scenario, "run", {"replications": 0})


def test_a_fragment_is_readable_json(clinic: Pathway) -> None:
    assert list(json.loads(edits.copy_fragment(clinic, ["gp"]))) == ["pathway-modeller-fragment"]
    assert edits.copy_fragment(clinic, ["a"]) == "", "an arrow alone is nothing to copy"
