"""The arrays in which levels are followed while a replication is played, and making them larger."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.compiled.numba_inside.table_types import on_lines, shown
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.event_effects import what_events_do
from pathway_modeller.simulation.tally.level_request import LevelsWanted
from pathway_modeller.simulation.tally.tally_request import Wanted
from pathway_modeller.simulation.trace import Event

TRACK = np.dtype(
    [
        ("last", "<f8"),  # up to when it is counted; infinity after the end
        ("area", "<f8"),  # value times days so far within this span
        ("opened", "<f8"),  # units now open, infinity for no limit, if not known, or where it has none
        ("beyond", "<f8"),  # over the period: units in use above those open, times days
        ("free", "<f8"),  # of the area, while the open units were unlimited or not known
        ("settled", "<f8"),  # the area up to which that is worked out
        ("value", "<i4"),
        ("whole", "<i4"),  # the track of all bodies together of which this is part, -1 for none
        ("first", "<i4"),  # where its days at level 0 stand
        ("room", "<i4"),  # how many levels it has room for
    ],
    align=True,
)
"""One level: who waits for an activity, who is inside, which units of a body are in use. It is one line of
the processor's cache."""

HELD = np.dtype(
    [
        ("element", "<i4"),
        ("body", "<i4"),
        ("units", "<i4"),
        ("below", "<i4"),  # what was taken before by the same patient, -1 for nothing
        ("kept", "<i4"),  # whether they are kept in the present wait or move
    ],
    align=True,
)

OPENED = np.dtype([("time", "<f8"), ("body", "<i8"), ("units", "<i8")], align=True)

NUMBERS = np.dtype(
    [
        ("free_held", "<i8"),
        ("held", "<i8"),
        ("opened", "<i8"),
        ("span", "<i8"),  # the number of the span between two knots
        ("span_end", "<f8"),
        ("counted", "<i8"),  # the first span that counts
        ("inside", "<i8"),  # the track of the number inside; bodies follow
        ("start", "<f8"),
        ("end", "<f8"),
        ("groups", "<i8"),  # patient groups
    ],
    align=True,
)


class LevelBook(NamedTuple):
    """Everything that is followed.

    Attributes:
        numbers: one record of ``NUMBERS``.
        does: what each event does.
        knots: rising days at which spans begin, and the end.
        tracks: ``TRACK`` of every element, the number inside, every body, and bodies taken together.
        areas: value times days of every track and span.
        peaks: the highest values that held.
        free: of every body and span, units in use times days while open units were unlimited or not known.
        days: days of the period at each level, one track after another.
        days_before: the same when the span began.
        held: ``HELD``, linked by patient: units that were not taken first.
        places: for each element and body, whether what is taken is a place on a caseload.
        waiting: days waited by cell, by patients who hold no units.
        kept_patients: patient-days by cell of the activity waited for or the element moved to.
        kept_units: unit-days by body.
        kept_elements: unit-days by the activity that took them.
        opened: changes of open units.
    """

    numbers: Any
    does: Any
    knots: Any
    tracks: Any
    areas: Any
    peaks: Any
    free: Any
    days: Any
    days_before: Any
    held: Any
    places: Any
    waiting: Any
    kept_patients: Any
    kept_units: Any
    kept_elements: Any
    opened: Any


_REAL, _WHOLE = np.dtype("<f8"), np.dtype("<i4")

SHAPES = {
    "numbers": Shape(NUMBERS),
    "does": Shape(np.dtype("<i1")),
    "knots": Shape(_REAL),
    "tracks": Shape(TRACK),
    "areas": Shape(_REAL, 2),
    "peaks": Shape(_WHOLE, 2),
    "free": Shape(_REAL, 2),
    "days": Shape(_REAL),
    "days_before": Shape(_REAL),
    "held": Shape(HELD),
    "places": Shape(np.dtype("<i1"), 2),
    "waiting": Shape(_REAL),
    "kept_patients": Shape(_REAL),
    "kept_units": Shape(_REAL),
    "kept_elements": Shape(_REAL),
    "opened": Shape(OPENED),
}
"""What each table of a book looks like."""

_FEW = 64
_LEVELS = 256
"""Levels for which a track has room at first."""


def make_level_book(wanted: Wanted) -> LevelBook:
    """Returns the book at the beginning of a replication."""
    legend, levels = wanted.legend, wanted.levels
    cells, bodies = Cells.of(legend), len(legend.pools)
    number = cells.elements + 1 + bodies + len(levels.together)
    spans = len(levels.knots) - 1
    numbers = np.zeros(1, dtype=NUMBERS)
    numbers["free_held"] = -1
    numbers["span_end"] = levels.knots[1] if spans else math.inf
    numbers["counted"] = np.searchsorted(levels.knots, legend.warm_up)
    numbers["inside"] = cells.elements
    numbers["start"], numbers["end"] = legend.warm_up, legend.until
    numbers["groups"] = cells.groups
    return LevelBook(
        numbers=shown(numbers),
        does=what_events_do(),
        knots=levels.knots,
        tracks=shown(_tracks(number, cells.elements + 1, levels)),
        areas=np.zeros((number, spans)),
        peaks=np.zeros((number, spans), dtype=np.int32),
        free=np.zeros((bodies, spans)),
        days=np.zeros(_LEVELS * number),
        days_before=np.zeros(_LEVELS * number),
        held=shown(np.zeros(_FEW, dtype=HELD)),
        places=np.ascontiguousarray(levels.places, dtype=np.int8),
        waiting=np.zeros(len(cells)),
        kept_patients=np.zeros(len(cells)),
        kept_units=np.zeros(bodies),
        kept_elements=np.zeros(cells.elements + 1),
        opened=shown(np.zeros(_FEW, dtype=OPENED)),
    )


def _tracks(number: int, first: int, levels: LevelsWanted) -> Any:
    """Returns all levels at the beginning: nothing anywhere, open units not known.

    Args:
        number: how many there are.
        first: the place of the first body's.
        levels: says which bodies are taken together; what is followed of these comes last.
    """
    tracks = on_lines(number, TRACK)
    tracks["opened"], tracks["whole"] = math.inf, -1
    for place, together in enumerate(levels.together):
        tracks["whole"][[first + body for body in together]] = number - len(levels.together) + place
    tracks["first"], tracks["room"] = np.arange(number) * _LEVELS, _LEVELS
    return tracks


def with_more_room(book: LevelBook, row: Any) -> LevelBook:
    """Returns the book with more room in all that is nearly full, or is when levels rise as a row says."""
    tracks, numbers = book.tracks, book.numbers[0]
    need = tracks["value"] + 2
    if row["event"] == Event.ACQUIRE:  # of other events, units say other things
        body = numbers["inside"] + 1 + row["pool"]
        for number in {body, int(tracks["whole"][body])} - {-1}:
            need[number] += row["units"]
    if (2 * need > tracks["room"]).any():
        book = _with_more_levels(book, np.where(2 * need > tracks["room"], 4 * need, tracks["room"]))
    return book._replace(
        held=_grown(book.held, int(numbers["held"])),
        opened=_grown(book.opened, int(numbers["opened"])),
    )


def _with_more_levels(book: LevelBook, room: Any) -> LevelBook:
    """Returns the book with room for so many levels in each track."""
    tracks, first = on_lines(len(book.tracks), TRACK), np.concatenate(([0], np.cumsum(room)))
    tracks[:] = book.tracks
    days, days_before = np.zeros(first[-1]), np.zeros(first[-1])
    moved = zip(first.tolist(), tracks["first"].tolist(), tracks["room"].tolist(), strict=False)
    for new, old, size in moved:
        days[new : new + size] = book.days[old : old + size]
        days_before[new : new + size] = book.days_before[old : old + size]
    tracks["first"], tracks["room"] = first[:-1], room
    return book._replace(tracks=shown(tracks), days=days, days_before=days_before)


def _grown(array: Any, used: int) -> Any:
    """Returns an array with twice the room if it is full."""
    if used < len(array):
        return array
    more = np.zeros(2 * len(array), dtype=array.dtype)
    more[: len(array)] = array
    return shown(more)
