"""What a new tier, pool or standard begins with, and why one cannot be made yet."""

from __future__ import annotations

from pathway_modeller.gui.inspector.kinds import Json
from pathway_modeller.gui.inspector.price_year import proposed_price_year
from pathway_modeller.gui.inspector.references import ListMap, groups_of
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import DecidedMap
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
    if kind == "demand_changes":
        return {"change": 0}
    if kind == "age_bands":
        return {"from_age": 0}
    if kind == "moves":
        return _first_move(pathway)
    if kind == "preventions":
        return {"slows": {_slowed(pathway): 0}}
    if kind == "stays":
        pool = _first(pathway.pools, "Make a capacity pool first: a stay holds units of one.")
        begin = _first(pathway.activities, "Draw an activity first: a stay begins with one.")
        return {"needs": {pool: 1}, "begins_with": begin}
    return {}


def _first_move(pathway: Pathway) -> dict[str, Json]:
    """Returns the ends of a new move: from the lowest need tier to the next.

    Raises:
        ValueError: there are not two need tiers.
    """
    tiers = [key for key, _ in groups_of(pathway, "need_tier")]
    if len(tiers) < 2:
        raise ValueError("Make two need tiers first: people move from one to another.")
    return {"from": tiers[0], "to": tiers[1]}


def _slowed(pathway: Pathway) -> str:
    """Returns the move that a new prevention slows: the first up the triangle, else between tiers.

    Raises:
        ValueError: there is none that leaves a need tier.
    """
    levels = {key: tier.level for key, tier in pathway.need_tiers.items()}
    between = {key: move for key, move in pathway.moves.items() if move.kind == "move"}
    up = [
        key
        for key, move in between.items()
        if levels.get(move.target or "", 0) > levels.get(move.origin or "", 0)
    ]
    leaving = [key for key, move in pathway.moves.items() if move.origin is not None]
    return _first(up or between or leaving, "Make a move first: prevention slows moves between need tiers.")


def first_decided(scenario: Scenario, pathway: Pathway, kind: DecidedMap) -> dict[str, Json]:
    """Returns the fields that a new shift, displacement or outcome needs.

    Args:
        scenario: where it will stand.
        pathway: the pathway that is shown.
        kind: what it is.

    Raises:
        ValueError: something else has to be there first; the message is a sentence saying what.
    """
    if kind == "outcomes":
        return {"measure": "wait.mean", "better": "lower"}
    if kind == "displacements":
        sentence = "Draw an activity first: contacts are taken from one."
        return {"activity": _first({**scenario.baseline.activities, **pathway.activities}, sentence)}
    if kind == "activity_shifts":
        sentence = "Draw two activities first: contacts move from one to another."
        origin = _first(pathway.activities, sentence)
        target = _first([each for each in pathway.activities if each != origin], sentence)
        return {"from": origin, "to": target, "uptake": 0}
    _first(pathway.pools, "Make a capacity pool first: money moves between pools.")
    year = proposed_price_year(scenario, pathway)
    return {"amount": {"value": 0, "price_year": year}, "starts": scenario.run.start_date.isoformat()}


def _first(things: object, sentence: str) -> str:
    """Returns the first id of a map.

    Raises:
        ValueError: the map is empty.
    """
    keys = list(things) if hasattr(things, "__iter__") else []
    if not keys:
        raise ValueError(sentence)
    return str(keys[0])
