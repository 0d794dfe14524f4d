"""The graph of a pathway has every way in it, and says of it what a search by hand says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Transition
from pathway_modeller.scenario.network.graph import (
    Way,
    WayKind,
    all_connected,
    arrow_ways,
    loops,
    pathway_graph,
    reachable,
    reached,
    ways,
)
from pathway_modeller.scenario.options import from_document
from pathway_modeller.scenario.words.structure import child, every_record, file_fields
from tests.engines.pathways import Playable, playable
from tests.scenario.generated import pathways

SLOW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def pathway() -> Pathway:
    """Returns a pathway with every kind of way out of one clinic, each to a place of its own."""
    weekly = {"kind": "fixed", "value": 1, "unit": "weeks"}
    targets = ("seen", "full", "tired", "missed", "ward", "advised")
    return from_document(
        {
            "entry_points": {"in": {"name": "In", "setting": "home"}},
            "activities": {
                "clinic": {
                    "name": "Clinic",
                    "setting": "hospital",
                    "room": 1,
                    "overflow_to": "full",
                    "patience": weekly,
                    "gives_up_to": "tired",
                    "did_not_attend": {"share": 0.1, "others_go_to": "missed"},
                    "deterioration": {"fall": {"name": "Fall", "kind": "emergency", "goes_to": "ward"}},
                    "single_point": {"advice_only": 0.25, "advice_to": "advised"},
                }
            },
            "exit_points": {target: {"name": target} for target in targets},
            "transitions": {
                "to_clinic": {"from": "in", "to": "clinic"},
                "late": {
                    "from": "in",
                    "to": "seen",
                    "when": {"kind": "queue", "activity": "clinic", "at_least": 3},
                },
                "to_seen": {
                    "from": "clinic",
                    "to": "seen",
                    "share": {"by": "need_tier", "values": {"tip": 0.5}, "otherwise": 1.0},
                },
            },
            "need_tiers": {"tip": {"name": "Tip", "level": 1}},
        }
    )


def test_elements_have_kind_name_and_setting() -> None:
    nodes = pathway_graph(pathway()).nodes
    assert nodes["in"] == {"kind": "entry point", "name": "In", "setting": "home"}
    assert nodes["clinic"] == {"kind": "activity", "name": "Clinic", "setting": "hospital"}


def test_every_kind_of_way_has_an_edge_with_its_place_and_share() -> None:
    edges = {(origin, target): data for origin, target, data in pathway_graph(pathway()).edges(data=True)}
    clinic = "/activities/clinic"
    assert edges == {
        ("in", "clinic"): {"kind": "arrow", "place": "/transitions/to_clinic", "share": 1.0},
        ("in", "seen"): {"kind": "arrow", "place": "/transitions/late"},
        ("clinic", "seen"): {
            "kind": "arrow",
            "place": "/transitions/to_seen",
            "shares": '{"by":"need_tier","values":{"tip":0.5},"otherwise":1.0}',
        },
        ("clinic", "full"): {"kind": "overflow", "place": f"{clinic}/overflow_to"},
        ("clinic", "tired"): {"kind": "gives up", "place": f"{clinic}/gives_up_to"},
        ("clinic", "missed"): {"kind": "did not attend", "place": f"{clinic}/did_not_attend/others_go_to"},
        ("clinic", "ward"): {"kind": "deterioration", "place": f"{clinic}/deterioration/fall/goes_to"},
        ("clinic", "advised"): {"kind": "advice", "place": f"{clinic}/single_point/advice_to", "share": 0.25},
    }
    assert {data["kind"] for data in edges.values()} == set(get_args(WayKind))


def test_no_field_that_sends_patients_is_forgotten() -> None:
    # Fields are told by their names, so that one added to the file without a way is found here.
    named = {
        (*steps, key)
        for steps, record in every_record(pathway())
        if not isinstance(record, Transition)
        for key in file_fields(type(record))
        if key.endswith("_to") and child(type(record), key)[0] == str | None
    }
    assert named == {way.steps for way in ways(pathway()) if way.kind != "arrow"}


def test_a_way_without_an_end_is_left_out() -> None:
    loose = pathway().model_copy(update={"exit_points": {}})
    assert all_connected(pathway())
    assert not all_connected(loose)
    assert set(pathway_graph(loose).nodes) == {"in", "clinic"}
    assert pathway_graph(loose).number_of_edges() == 1


def test_two_arrows_between_the_same_elements_are_two_edges() -> None:
    drawn = pathway()
    twice = {**drawn.transitions, "again": drawn.transitions["to_clinic"]}
    graph = pathway_graph(drawn.model_copy(update={"transitions": twice}))
    assert graph.number_of_edges("in", "clinic") == 2


def naively(among: Iterable[Way], start: str, drawn: Iterable[str]) -> set[str]:
    """Returns what can be reached from an element, found by going on until nothing is new."""
    pairs, known = {(way.origin, way.target) for way in among}, set(drawn)
    found: set[str] = {start} & known
    while more := {target for origin, target in pairs if origin in found and target in known} - found:
        found |= more
    return found


def agrees(drawn: Pathway) -> None:
    """Asserts that reachability and loops are those of a naive search."""
    elements = drawn.drawn()
    for among in (list(ways(drawn)), list(arrow_ways(drawn))):
        graph = pathway_graph(drawn, among)
        after = {each: naively(among, each, elements) for each in elements}
        assert {each: reached(graph, [each]) for each in elements} == after
        together = {each: {other for other in after[each] if each in after[other]} for each in elements}
        alone = {way.origin for way in among if way.origin == way.target}
        expected = {frozenset(loop) for each, loop in together.items() if len(loop) > 1 or each in alone}
        assert {frozenset(loop) for loop in loops(graph)} == expected
    starts = [*drawn.entry_points, *drawn.today]
    everywhere: list[set[str]] = [naively(ways(drawn), each, elements) for each in starts]
    assert reachable(drawn) == set().union(*everywhere)


@SLOW
@given(playable())
def test_sound_pathways_are_searched_as_by_hand(drawn: Playable) -> None:
    agrees(drawn.pathway)


@SLOW
@given(pathways())
def test_pathways_with_loose_ends_are_searched_as_by_hand(drawn: Any) -> None:
    agrees(drawn)
