"""What a new tier, pool or standard begins with, and why one cannot be made yet."""

from __future__ import annotations

from pathway_modeller.gui.inspector.kinds import Json
from pathway_modeller.gui.inspector.references import ListMap
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.values import Record


def first_fields(pathway: Pathway, kind: ListMap, asker: Record | None = None) -> dict[str, Json]:
    """Returns the fields that a new record of a list needs.

    Args:
        pathway: where it will stand.
        kind: the list.
        asker: the record in whose form it was asked for; a new pool stands where its activity does.

    Raises:
        ValueError: something else has to be there first; the message is a sentence saying what.
    """
    if kind == "pools" and isinstance(asker, Activity):
        return {"setting": asker.setting}
    if kind == "attributes":
        return {"values": {"no": {"name": "No"}, "yes": {"name": "Yes"}}, "default": "no"}
    if kind == "standards":
        start = _first(pathway.entry_points, "Draw an entry point first: the clock starts there.")
        stop = _first(pathway.activities, "Draw an activity first: the clock stops there.")
        return {
            "starts_at": [start],
            "stops_at": [stop],
            "limit": {"value": 18, "unit": "weeks"},
            "target": 0.92,
            "counts": "flow",
        }
    if kind == "stays":
        pool = _first(pathway.pools, "Make a capacity pool first: a stay holds units of one.")
        begin = _first(pathway.activities, "Draw an activity first: a stay begins with one.")
        return {"needs": {pool: 1}, "begins_with": begin}
    return {}


def _first(things: object, sentence: str) -> str:
    """Returns the first id of a map.

    Raises:
        ValueError: the map is empty.
    """
    keys = list(things) if hasattr(things, "__iter__") else []
    if not keys:
        raise ValueError(sentence)
    return str(keys[0])
