"""One factor over the rates of many entry points: what of it does nothing, and the load that follows."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.words.changes import option_changes
from tests.scenario.checking.test_check import fixed, scenario

PLACE = "/baseline/demand_changes/more"
GAPS = {"/baseline/entry_points/in/arrivals": {"kind": "random", "gap": fixed(0.2)}}
SIDE = {
    "/baseline/entry_points/side": {
        "name": "Side",
        "arrivals": {"kind": "random", "rate": {"value": 0.1, "unit": "per day"}},
    },
    "/baseline/transitions/t3": {"from": "side", "to": "a"},
}


def more(change: float, *entry_points: str) -> dict[str, Any]:
    return {PLACE: {"name": "More", "change": change, "entry_points": list(entry_points)}}


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        (more(0.0), "/change", "it has no effect: it is 0%"),
        ({**more(0.05), **GAPS}, "/entry_points", 'no effect on "In", whose patients come by'),
        ({**more(0.05, "in", "side"), **GAPS, **SIDE}, "/entry_points", 'no effect on "In"'),
        (more(0.05, "inn"), "/entry_points/0", '"inn"'),
    ],
    ids=["nothing", "gaps", "gaps among others", "no such"],
)
def test_what_does_nothing_is_named(changes: dict[str, Any], place: str, says: str) -> None:
    (problem,) = check(scenario(changes))
    assert problem.place == PLACE + place
    assert says in problem.what


def test_all_may_be_meant_where_some_come_at_a_rate() -> None:
    assert check(scenario({**more(0.05), **GAPS, **SIDE})) == ()


def test_load_follows_the_factor() -> None:
    """Five a day for half a day are 2.5 units of 3; with 40% more 3.5."""
    assert check(scenario(more(0.1))) == ()
    (problem,) = check(scenario(more(0.4)))
    assert "it needs 3.5 units on average but 3 are open" in problem.what


def test_an_option_says_it_in_words() -> None:
    patch = {"demand_changes": {"more": {"name": "Growth", "change": 0.05, "entry_points": ["in"]}}}
    found = option_changes(scenario({"/options/o": {"name": "O", "patch": patch}}), "o")
    assert [each.text for each in found] == [
        'Change of demand "Growth" is added: change 5%; entry points "In"'
    ]


def test_it_goes_with_the_last_entry_point_that_it_is_about() -> None:
    pathway = scenario({**more(0.1, "in", "side"), **SIDE}).baseline
    one = edits.remove_elements(pathway, ["side"])
    assert one.demand_changes["more"].entry_points == ("in",)
    assert edits.remove_elements(one, ["in"]).demand_changes == {}
    everywhere = scenario({**more(0.1), **SIDE}).baseline
    assert edits.remove_elements(everywhere, ["side"]).demand_changes == everywhere.demand_changes
