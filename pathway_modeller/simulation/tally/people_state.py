"""What is kept of patients and people while a replication is played."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.people_facts import ACCOUNT_EVENTS, ACCOUNT_MOVES
from pathway_modeller.simulation.tally.wanted import Wanted
from pathway_modeller.simulation.trace import Event

SLOT = np.dtype(
    [
        ("patient", np.int64),
        ("begin", np.float64),
        ("joined", np.float64),
        ("listed", np.float64),
        ("left_queue", np.float64),
        ("joined_cell", np.int32),
        ("listed_cell", np.int32),
        ("first_cell", np.int32),
        ("element", np.int32),
        ("left_element", np.int32),
        ("tier", np.int16),
        ("left_tier", np.int16),
        ("state", np.int8),
        ("inside", np.int8),
        ("known", np.int8),
    ],
    align=True,
)
"""A patient's slot: who it is (-1 for nobody); when they came, joined a queue, came onto a caseload, left a
queue to which they may come back (NaN: not so), and where; where they are now."""

CLOCK = np.dtype([("begin", np.float64), ("cell", np.int64)], align=True)
"""A patient's clock of a standard; begin is NaN where none runs."""

MOVE = np.dtype(
    [
        ("time", np.float64),
        ("patient", np.int64),
        ("left", np.int32),
        ("reached", np.int32),
    ],
    align=True,
)
"""A change of the number of people."""

ENTRY = np.dtype([("value", np.float64), ("code", np.int32)])
"""A figure with its cell."""


class Book(NamedTuple):
    """Everything that rows are counted into; see :mod:`pathway_modeller.simulation.tally.people_facts`.

    ``edge`` holds the number of month edges passed; ``edges`` are the edges with infinity at the end.
    """

    start: float
    end: float
    limits: Any
    starts: Any
    stops: Any
    instants: Any
    instants_from: Any
    edges: Any
    edge: Any
    by_cell: Any
    deteriorations: Any
    contacts: Any
    counts: Any
    stock: Any
    listed_days: Any
    listed_on: Any
    inside_days: Any
    inside_on: Any
    within: Any
    stopped_by_month: Any
    within_by_month: Any
    running: Any
    over: Any
    removed: Any
    looked: Any
    looked_within: Any


def make_book(wanted: Wanted) -> Book:
    """Returns a book in which nothing is counted yet."""
    legend, clocks = wanted.legend, wanted.clocks
    elements, tiers, footprints = Cells.of(legend).shape
    cells, groups, months = len(Cells.of(legend)), tiers * footprints, len(wanted.edges) - 1
    looks = np.cumsum([0, *(len(clock.instants) for clock in clocks)]).astype(np.int64)

    def none(*shape: int) -> Any:
        return np.zeros(shape, dtype=np.int64)

    return Book(
        start=legend.warm_up,
        end=legend.until,
        limits=np.array([clock.limit for clock in clocks], dtype=np.float64),
        starts=_masks([clock.starts for clock in clocks], elements),
        stops=_masks([clock.stops for clock in clocks], elements),
        instants=np.concatenate([np.empty(0), *(clock.instants for clock in clocks)]),
        instants_from=looks,
        edges=np.append(wanted.edges, np.inf),
        edge=none(1),
        by_cell=none(len(Event), cells).reshape(len(Event), elements, groups),
        deteriorations=none(len(legend.deteriorations) + 1, elements, groups),
        contacts=none(months, elements, groups),
        counts=none(len(ACCOUNT_EVENTS) + len(ACCOUNT_MOVES), months, elements, tiers),
        stock=none(2, months + 2, elements, tiers),
        listed_days=np.zeros(cells),
        listed_on=none(cells),
        inside_days=np.zeros(groups),
        inside_on=none(groups),
        within=none(len(clocks), groups),
        stopped_by_month=none(len(clocks), months),
        within_by_month=none(len(clocks), months),
        running=none(len(clocks), groups),
        over=none(len(clocks), groups),
        removed=none(len(clocks), groups),
        looked=none(int(looks[-1]), groups),
        looked_within=none(int(looks[-1]), groups),
    )


def _masks(masks: list[Any], elements: int) -> Any:
    """Returns masks of elements one below the other; "none" is never in them."""
    found = np.zeros((len(masks), elements), dtype=bool)
    for place, mask in enumerate(masks):
        found[place, :-1] = mask
    return found
