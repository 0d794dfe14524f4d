"""A simple layout for elements that nobody has placed: columns by the longest way from the entry points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pathway_modeller.scenario.document import DrawnElement, Pathway
from pathway_modeller.scenario.edits.lanes import LANE_MIDDLE, is_unplaced, lane_top, within_lane
from pathway_modeller.scenario.network.graph import Graph, arrow_ways, pathway_graph
from pathway_modeller.scenario.values import Position, Setting

COLUMN = 210.0
"""From one column to the next, in canvas points."""

ROW = 130.0
"""From one row of a lane to the next, in canvas points."""

LEFT = 100.0
"""The middle of the first column."""


def positions_of(pathway: Pathway) -> dict[str, Position]:
    """Returns where every element stands: where it was placed, else where the layout puts it."""
    drawn = pathway.drawn()
    placed = {key: element.position for key, element in drawn.items() if not is_unplaced(element.position)}
    if len(placed) == len(drawn):
        return placed
    return {**laid_out(pathway, placed), **placed}


def laid_out(pathway: Pathway, placed: Mapping[str, Position] | None = None) -> dict[str, Position]:
    """Works out a place for every element that has none yet.

    An element stands in its setting's lane, in a column to the right of all that lead to it (arrows that
    loop back are left out), on the first row of the lane that is free there.

    Args:
        pathway: the elements and arrows.
        placed: the elements that stay where they are.

    Returns:
        The positions of the others.
    """
    fixed = dict(placed or {})
    columns, graph = columns_of(pathway), _arrow_graph(pathway)
    drawn = pathway.drawn()
    taken: dict[Setting, list[Position]] = defaultdict(list)
    for key, position in fixed.items():
        taken[drawn[key].setting].append(position)
    found: dict[str, Position] = {}
    for key in sorted(drawn.keys() - fixed.keys(), key=lambda name: (columns[name], name)):
        before = [place.x for name in graph.predecessors(key) if (place := fixed.get(name)) is not None]
        x = max(before) + COLUMN if before and placed else LEFT + COLUMN * columns[key]
        position = _free(drawn[key], x, taken[drawn[key].setting])
        taken[drawn[key].setting].append(position)
        found[key] = position
        fixed[key] = position
    return found


def _arrow_graph(pathway: Pathway) -> Graph:
    """Returns the graph of the arrows from one element to another."""
    return pathway_graph(pathway, (way for way in arrow_ways(pathway) if way.origin != way.target))


def columns_of(pathway: Pathway) -> dict[str, int]:
    """Returns each element's column: the longest way to it in arrows, those that loop back left out."""
    import networkx as nx

    graph = _arrow_graph(pathway)
    graph.remove_edges_from(_loops_back(graph, pathway.entry_points))
    columns = enumerate(nx.topological_generations(graph))
    return {key: number for number, generation in columns for key in generation}


def _loops_back(graph: Graph, entries: Iterable[str]) -> list[tuple[str, str]]:
    """Returns the arrows of loops that lead no further from the entry points than where they start."""
    import networkx as nx

    steps = {key: far for far, layer in enumerate(nx.bfs_layers(graph, list(entries))) for key in layer}
    loop_of = {
        key: number for number, loop in enumerate(nx.strongly_connected_components(graph)) for key in loop
    }
    rank = {key: (steps.get(key, len(graph)), key) for key in graph.nodes}
    return [
        (origin, target)
        for origin, target in graph.edges()
        if loop_of[origin] == loop_of[target] and rank[target] <= rank[origin]
    ]


def _free(element: DrawnElement, x: float, taken: list[Position]) -> Position:
    """Returns the first row of the element's lane on which nothing stands near ``x``."""
    down = LANE_MIDDLE
    while any(
        abs(other.x - x) < COLUMN - 30 and abs(within_lane(element.setting, other) - down) < ROW - 20
        for other in taken
    ):
        down += ROW
    return Position(x=x, y=lane_top(element.setting) + down)
