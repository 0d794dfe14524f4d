"""The shape of the flat arrays: one record type for each kind of thing.

Whole numbers are int64 once they are read, however small they are kept.

Lists lie in two common pools, ``ix`` (int64) and ``fx`` (float64); a ``_start`` and a length or ``_end`` say
where. -1 stands for none.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pathway_modeller.simulation.record import ROW

ENTRY, ACTIVITY, WAIT, DECISION, EXIT = range(5)
"""Kinds of elements."""


def record(
    ints: str,
    floats: str = "",
    small: str = "",
    short: str = "",
    tiny: str = "",
    size: int | None = None,
) -> np.dtype[Any]:
    """Returns a record type with named fields; what thousands of patients have should be small.

    Args:
        ints: names of int64 fields.
        floats: names of float64 fields.
        small: names of int32 fields.
        short: names of int16 fields.
        tiny: names of int8 fields.
        size: bytes from one record to the next; at least what the fields take, in multiples of 8.
    """
    kinds = ((ints, np.int64), (floats, np.float64), (small, np.int32), (short, np.int16), (tiny, np.int8))
    fields = [(name, np.dtype(kind)) for names, kind in kinds for name in names.split()]
    ends = np.cumsum([kind.itemsize for _, kind in fields])
    starts = [int(end) - kind.itemsize for end, (_, kind) in zip(ends, fields, strict=True)]
    return np.dtype(
        {
            "names": [name for name, _ in fields],
            "formats": [kind for _, kind in fields],
            "offsets": starts,
            "itemsize": size or -(-int(ends[-1]) // 8) * 8,
        }
    )


ELEMENT = record(
    "key room",
    small="kind cond_start cond_end share_start share_end needs service priority discipline patience missed "
    "caseload change_start change_end advice holds begins_start begins_end ends_start ends_end done_start "
    "done_end contact_start contact_end det_start det_end room_split overflow gives_up by_wait_start "
    "by_wait_end rebook missed_to interval length advice_to attr_start attr_end plain_units reacts",
    size=192,
)
TABLE = record("", "otherwise", "by start")
SAMPLER = record("", "a b c", "family start length")
ARROW = record("key", small="target share condition time keeps sets_start sets_end")
CONDITION = record("kind group start element", "at_least opens closes")
PROFILE = record("days days_n factors factors_n parts parts_n guide")
STREAM = record("key", "rate begins ends", "element draw gap clock booked booked_n follows")
DRAW = record("", small="start n pairs")
LIST = record("activity key patients draw waited remaining")
ATTRIBUTE = record("key group table")
DETERIORATION = record("code key kind time to_tier goes_to", "if_good")
CHANGE = record("origin target share cause")
BY_WAIT = record("share", "least")
PRESSURE = record("need", "full factor")
REACTION = record("press_start press_end danger_start danger_end quality")
BODY = record("changes changes_n units highest")
POOL_SET = record("start end")
NEED = record("units bodies bodies_n")
PREVENTION = record("key by_contact uptake reach steps steps_n slows_start slows_end", "begins ends lag life")
CHANNEL = record("move key stream tier to_tier footprint origin target", "rate")
LANE = record("clock places weights n origin slowed reductions slowed_n protected channels channels_n plain")
PLACE = record("lanes_start lanes_end streams_start streams_end")

STATE = record(
    "weekday footprints places_needed living events seq rows patients free_patient waits "
    "free_wait held free_held lines line_units newcomers holders turning turned start_asked look phase part "
    "ordinal stop stop_at stuck candidates follower near soon box ahead latest latest_box told full",
    "now instant until moves_due follow_due until_ticks boxes_a_tick",
)
PATIENT = record(
    "identity",
    "entered instant until route",
    "held own_body",
    short="moves tier footprint own_footprint enrolled own drawn",
    size=64,
)
WAITING = record(
    "",
    "key joined drawn",
    "patient activity visit line child sibling holder room priority",
    tiny="restless left refs",
    size=64,
)
HELD = record("", small="pools footprint activity stay next")
LINE = record(
    "", "units", "activity needs needs_n gives gives_n plain body front last root next candidate", size=64
)
UNITS = record("units", small="body next line")
USE = record("nodes", "open used")
COMING = record("", "reached target gap since time least", "ordinal place known", size=64)
SPEED = record("", "speed reached since time")
HEAP = record("", "time", "event rank")
SOON = record("", "time", "event p")
BOX = record("", small="first second")
EVENT = record("identity seq", "time", small="rank next second p e v", tiny="kind x", size=64)


class World(NamedTuple):
    """Everything a replication reads and keeps: the tables of the model, then the state.

    Those that fill up are listed in :data:`pathway_modeller.simulation.compiled.allocation.GROWING`.
    """

    keys: Any
    ix: Any
    fx: Any
    elements: Any
    tables: Any
    samplers: Any
    arrows: Any
    conditions: Any
    profiles: Any
    streams: Any
    draws: Any
    lists: Any
    attributes: Any
    deteriorations: Any
    changes: Any
    by_waits: Any
    pressures: Any
    reactions: Any
    bodies: Any
    pool_sets: Any
    needs: Any
    stays: Any
    defaults: Any
    preventions: Any
    channels: Any
    lanes: Any
    places: Any
    state: Any
    patients: Any
    groups: Any
    visits: Any
    many_visits: Any
    waits: Any
    held: Any
    lines: Any
    line_of: Any
    line_units: Any
    candidates: Any
    waiting: Any
    taken: Any
    newcomers: Any
    turning: Any
    holders: Any
    use: Any
    scratch: Any
    coming: Any
    people: Any
    protected: Any
    covered: Any
    ordinals: Any
    targets: Any
    speeds: Any
    booked_times: Any
    booked_ordinals: Any
    heap: Any
    soon: Any
    box_times: Any
    box_events: Any
    events: Any
    free_events: Any
    boxes: Any
    rows: Any
    who: Any
    plain_lines: Any
    by_key: Any
    stream_contest: Any
    lane_contest: Any


class Shape(NamedTuple):
    """What a table looks like, and how it is used while the engine plays.

    Attributes:
        dtype: the type of its records or numbers.
        dimensions: 1 or 2.
        use: "fixed" if nobody writes it while the engine plays, "kept" if the engine does.
    """

    dtype: np.dtype[Any]
    dimensions: int = 1
    use: str = "kept"


_WHOLE, _SMALL, _TINY = np.dtype(np.int64), np.dtype(np.int32), np.dtype(np.int8)
_REAL = np.dtype(np.float64)

SHAPES = {
    "keys": Shape(_WHOLE, use="fixed"),
    "ix": Shape(_WHOLE, use="fixed"),
    "fx": Shape(_REAL, use="fixed"),
    "elements": Shape(ELEMENT, use="fixed"),
    "tables": Shape(TABLE, use="fixed"),
    "samplers": Shape(SAMPLER, use="fixed"),
    "arrows": Shape(ARROW, use="fixed"),
    "conditions": Shape(CONDITION, use="fixed"),
    "profiles": Shape(PROFILE, use="fixed"),
    "streams": Shape(STREAM, use="fixed"),
    "draws": Shape(DRAW, use="fixed"),
    "lists": Shape(LIST, use="fixed"),
    "attributes": Shape(ATTRIBUTE, use="fixed"),
    "deteriorations": Shape(DETERIORATION, use="fixed"),
    "changes": Shape(CHANGE, use="fixed"),
    "by_waits": Shape(BY_WAIT, use="fixed"),
    "pressures": Shape(PRESSURE, use="fixed"),
    "reactions": Shape(REACTION, use="fixed"),
    "bodies": Shape(BODY, use="fixed"),
    "pool_sets": Shape(POOL_SET, use="fixed"),
    "needs": Shape(NEED, use="fixed"),
    "stays": Shape(_WHOLE, use="fixed"),
    "defaults": Shape(_WHOLE, use="fixed"),
    "preventions": Shape(PREVENTION, use="fixed"),
    "channels": Shape(CHANNEL, use="fixed"),
    "lanes": Shape(LANE, use="fixed"),
    "places": Shape(PLACE, use="fixed"),
    "state": Shape(STATE),
    "patients": Shape(PATIENT),
    "groups": Shape(_SMALL, 2),
    "visits": Shape(_TINY, 2),
    "many_visits": Shape(_SMALL, 2),
    "waits": Shape(WAITING),
    "held": Shape(HELD),
    "lines": Shape(LINE),
    "line_of": Shape(_WHOLE),
    "line_units": Shape(UNITS),
    "candidates": Shape(_WHOLE),
    "waiting": Shape(_WHOLE),
    "taken": Shape(_WHOLE),
    "newcomers": Shape(_WHOLE),
    "turning": Shape(_WHOLE),
    "holders": Shape(_WHOLE),
    "use": Shape(USE),
    "scratch": Shape(_WHOLE, 2),
    "coming": Shape(COMING),
    "people": Shape(_REAL),
    "protected": Shape(_REAL, 2),
    "covered": Shape(_REAL),
    "ordinals": Shape(_WHOLE),
    "targets": Shape(_REAL),
    "speeds": Shape(SPEED),
    "booked_times": Shape(_REAL, use="fixed"),
    "booked_ordinals": Shape(_WHOLE, use="fixed"),
    "heap": Shape(HEAP),
    "soon": Shape(SOON),
    "box_times": Shape(_REAL),
    "box_events": Shape(_WHOLE),
    "events": Shape(EVENT),
    "free_events": Shape(_WHOLE),
    "boxes": Shape(BOX),
    "rows": Shape(ROW),
    "who": Shape(_WHOLE),
    "plain_lines": Shape(_WHOLE, 2),
    "by_key": Shape(_WHOLE, use="fixed"),
    "stream_contest": Shape(_WHOLE),
    "lane_contest": Shape(_WHOLE),
}
"""The tables of the world by name."""
