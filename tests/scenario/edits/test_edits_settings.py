"""Settings of a scenario's own: the order of lanes, what is hospital care, and what happens when one goes."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.edits.lanes import within_lane
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import SETTINGS, Position
from pathway_modeller.scenario.words.changes import option_changes
from tests.scenario.living_scenario import living, living_document

OWN = {
    "school": {"name": "Schools", "order": 2.5},
    "police": {"name": "Police"},
    "day_unit": {"name": "Day unit", "order": 6, "kind": "in hospital"},
}


def pathway(**elements: Any) -> Pathway:
    return Pathway.model_validate({"settings": OWN, **elements})


def test_own_lanes_lie_by_their_order_among_those_of_every_scenario() -> None:
    assert pathway().setting_order() == (
        *("home", "primary care", "school", "community", "social care", "police", "hospital", "day_unit"),
    )
    assert Pathway().setting_order() == SETTINGS
    assert pathway().hospital_settings() == {"hospital", "day_unit"}
    assert [pathway().setting_name(key) for key in ("police", "community")] == ["Police", "Community"]


@pytest.mark.parametrize(("gone", "takes"), [("school", "community"), ("day_unit", "hospital")])
def test_what_stood_in_a_setting_that_is_deleted_goes_where_the_same_is_hospital_care(
    gone: str, takes: str
) -> None:
    made = pathway(
        activities={"a": {"name": "A", "setting": gone, "position": {"x": 40, "y": 850 + 120}}},
        pools={"p": {"name": "P", "setting": gone}, "other": {"name": "O", "setting": "home"}},
    )
    left = edits.remove_record(made, "settings", gone)
    element = left.activities["a"]
    assert (element.setting, left.pools["p"].setting, left.pools["other"].setting) == (takes, takes, "home")
    assert within_lane(takes, element.position) == 120, "it keeps its place within the lane"


def test_a_change_of_order_moves_no_element_and_a_change_of_setting_keeps_the_place_in_the_lane() -> None:
    place = Position(x=40, y=850 + 60)
    made, key = edits.add_element(pathway(), "waits", name="W", setting="school", position=place)
    later = edits.set_value(made, "/settings/school/order", 7)
    assert later.waits[key].position == place
    moved = edits.set_value(later, f"/waits/{key}/setting", "police").waits[key]
    assert moved.position == place, "all own lanes begin at the same height of the file"
    assert edits.set_value(later, f"/waits/{key}/setting", "home").waits[key].position.y == 60


def test_a_setting_that_the_target_does_not_have_is_community_when_pasted() -> None:
    made, key = edits.add_element(pathway(), "decisions", name="D", setting="police")
    text = edits.copy_fragment(made, [key])
    there, (pasted,) = edits.paste_fragment(Pathway(), text)
    assert there.decisions[pasted].setting == "community"
    here, (pasted,) = edits.paste_fragment(made, text)
    assert here.decisions[pasted].setting == "police"


def test_changes_and_deleting_name_an_own_setting_by_its_name() -> None:
    document = living_document()
    document["options"] = {
        "one": {"name": "One", "patch": {"pools": {"coordinators": {"setting": "hospital"}}}}
    }
    scenario = Scenario.model_validate(document)
    assert [each.text for each in option_changes(scenario, "one")] == [
        'Capacity pool "Coordinators": setting changed from Schools to hospital'
    ]
    left = edits.remove_record(living().baseline, "settings", "school")
    assert check(edits.with_pathway(living(), BASELINE, left)) == ()
