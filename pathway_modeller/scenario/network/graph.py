"""A pathway as one graph: its elements, its arrows, and the fields that send patients elsewhere.

Whatever follows from how elements hang together is asked of this graph: what patients can reach, where they
are stuck, which loops there are, how many steps it is to an element. networkx takes a tenth of a second to
be loaded, so it is imported where it is used and not before.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from pathway_modeller.scenario.dated import Change, Dated
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.elements import Activity, Transition
from pathway_modeller.scenario.problems import pointer
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.scenario.words.sentences import MAP_WORDS, lower_first
from pathway_modeller.scenario.words.structure import Step

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"
WayKind = Literal["arrow", "overflow", "gives up", "did not attend", "deterioration", "advice"]


@dataclass(frozen=True)
class Way:
    """A way from one element to the next: an arrow, or a field of an activity that sends patients elsewhere.

    Attributes:
        kind: what sends patients along it.
        origin: the id of the element left.
        target: the id of the element reached; there may be none of that id while people draw.
        steps: the keys that lead from the pathway to the arrow or the field.
        share: of those who go on by arrows without a condition, or of those who are seen (advice); None where
            a condition, the queue or chance in time decides.
        time: how long the way takes, if not at once.
    """

    kind: WayKind
    origin: str
    target: str
    steps: tuple[Step, ...]
    share: Dated[float] | None = None
    time: Dated[Distribution] | None = None


def arrow_ways(pathway: Pathway) -> Iterator[Way]:
    """Yields the way that each drawn arrow is."""
    for key, arrow in pathway.transitions.items():
        share = arrow.share if arrow.when is None else None
        yield Way("arrow", arrow.origin, arrow.target, ("transitions", key), share, arrow.time)


def field_ways(pathway: Pathway) -> Iterator[Way]:
    """Yields every way out of an activity that is a field and not a drawn arrow."""
    for key, activity in pathway.activities.items():
        for kind, target, steps, share in _sent_elsewhere(activity):
            if target is not None:
                yield Way(kind, key, target, ("activities", key, *steps), share)


def _sent_elsewhere(
    activity: Activity,
) -> Iterator[tuple[WayKind, str | None, tuple[Step, ...], float | ByGroup[float] | None]]:
    """Yields the kind, target, place and share of each field that may send patients elsewhere."""
    yield "overflow", activity.overflow_to, ("overflow_to",), None
    yield "gives up", activity.gives_up_to, ("gives_up_to",), None
    if activity.did_not_attend is not None:
        # Its share is of starts, may rise with the wait, and some are booked again: no share of patients.
        yield "did not attend", activity.did_not_attend.others_go_to, ("did_not_attend", "others_go_to"), None
    for key, harm in activity.deterioration.items():
        yield "deterioration", harm.goes_to, ("deterioration", key, "goes_to"), None
    if activity.single_point is not None:
        point = activity.single_point
        yield "advice", point.advice_to, ("single_point", "advice_to"), point.advice_only


def ways(pathway: Pathway) -> Iterator[Way]:
    """Yields every way: arrows, then fields."""
    yield from arrow_ways(pathway)
    yield from field_ways(pathway)


def arrows_out(pathway: Pathway) -> dict[str, list[tuple[str, Transition]]]:
    """Returns the arrows out of each element, by id; in the order in which conditions are tried."""
    found: dict[str, list[tuple[str, Transition]]] = {}
    for identifier, arrow in sorted(pathway.transitions.items(), key=lambda item: (item[1].order, item[0])):
        found.setdefault(arrow.origin, []).append((identifier, arrow))
    return found


def all_connected(pathway: Pathway) -> bool:
    """Tells whether every way has both its ends; if not, who reaches what cannot be judged."""
    drawn = pathway.drawn()
    return all(way.origin in drawn and way.target in drawn for way in ways(pathway))


def pathway_graph(pathway: Pathway, among: Iterable[Way] | None = None) -> Graph:
    """Returns the graph of a pathway, or of some of its ways; every element is in it.

    Nodes have ``kind``, ``name`` and ``setting``. Edges have ``kind`` and ``place`` (a JSON pointer within
    the pathway); ``share`` where it is the same for everybody, ``shares`` (as in the file) where it differs
    by group. A way that lacks an end is left out: see :func:`all_connected`.

    Args:
        pathway: the pathway.
        among: the ways that count; all of them if not given.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for map_name in DRAWN:
        kind = lower_first(MAP_WORDS[map_name])
        for key, element in getattr(pathway, map_name).items():
            graph.add_node(key, kind=kind, name=element.name, setting=element.setting)
    for number, way in enumerate(ways(pathway) if among is None else among):
        if way.origin in graph and way.target in graph:
            place = pointer(*way.steps)
            graph.add_edge(way.origin, way.target, number, kind=way.kind, place=place, **_shares(way))
    return graph


def _shares(way: Way) -> dict[str, float | str]:
    """Returns the share of a way as attributes that every reader of graphs knows."""
    if way.share is None:
        return {}
    if isinstance(way.share, ByGroup | Change):
        return {"shares": way.share.model_dump_json(by_alias=True)}
    return {"share": way.share}


def reached(graph: Graph, starts: Iterable[str]) -> frozenset[str]:
    """Returns everything that can be reached from some elements, themselves included."""
    import networkx as nx

    layers = nx.bfs_layers(graph, [each for each in starts if each in graph])
    return frozenset(each for layer in layers for each in layer)


def reachable(pathway: Pathway) -> frozenset[str]:
    """Returns the ids of elements to which patients can come, whatever the shares."""
    return reached(pathway_graph(pathway), (*pathway.entry_points, *pathway.today))


def loops(graph: Graph) -> Iterator[set[str]]:
    """Yields each largest set of elements all of which can be reached from one another."""
    import networkx as nx

    for loop in nx.strongly_connected_components(graph):
        if len(loop) > 1 or any(graph.has_edge(each, each) for each in loop):
            yield loop


def graphml(pathway: Pathway) -> bytes:
    """Returns the graph of a pathway as a GraphML file, in UTF-8."""
    import networkx as nx

    found = io.BytesIO()
    # Not write_graphml, whose bytes depend on whether lxml is installed.
    nx.write_graphml_xml(pathway_graph(pathway), found)
    return found.getvalue()
