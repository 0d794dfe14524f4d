"""What is kept of patients and people while a replication is played."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.compiled.numba_inside.table_types import shown
from pathway_modeller.simulation.compiled.numba_inside.tally_tables import pointed
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.patient_state import CLOCK, REST, SLOT, free_patients
from pathway_modeller.simulation.tally.people_book import Book
from pathway_modeller.simulation.tally.people_events import (
    ENDS_PAUSE,
    REACHES,
    STOPS,
    counted_as,
    leads_to,
    meanings,
)
from pathway_modeller.simulation.tally.people_facts import ACCOUNT_EVENTS, ACCOUNT_MOVES
from pathway_modeller.simulation.tally.people_rows import BY_CELL, BY_CLOCK, LISTS
from pathway_modeller.simulation.tally.tally_request import Wanted
from pathway_modeller.simulation.trace import Event

_REAL, _WHOLE, _SMALL, _FLAG = (np.dtype(kind) for kind in ("<f8", "<i8", "<i4", "<i1"))

NUMBERS = np.dtype(
    [(name, _REAL) for name in ("start", "end", "month_end")]
    + [
        (name, _WHOLE)
        for name in (
            "nowhere",
            "tiers",
            "footprints",
            "groups",
            "months",
            "clocks",
            "deteriorations",
            "edge",
            "moved",
            "refused",
        )
    ]
)
"""Single numbers: the period; the end of the month of the row at hand; how many elements there are, need
tiers and footprints with "none", patient groups, months, standards and deteriorations; how many month edges
have passed; how many changes of people were noted; which combination was met that cannot occur, -1 for
none."""

MOVE = np.dtype([("time", _REAL), ("patient", _WHOLE), ("left", _SMALL), ("reached", _SMALL)])
"""A change of the number of people; the compartments left and reached are -1 for none."""

SHAPES = {
    "numbers": Shape(NUMBERS),
    "means": Shape(_WHOLE),
    "counted_as": Shape(_WHOLE),
    "leads_to": Shape(_FLAG),
    "groups": Shape(_SMALL),
    "places": Shape(_SMALL),
    "slots": Shape(SLOT),
    "rest": Shape(REST),
    "clocks": Shape(CLOCK, 2),
    "timed": Shape(_FLAG, 2),
    "limits": Shape(_REAL),
    "starts": Shape(_FLAG, 2),
    "stops": Shape(_FLAG, 2),
    "again": Shape(_FLAG, 2),
    "carried": Shape(_FLAG, 2),
    "pauses": Shape(_FLAG),
    "instants": Shape(_REAL),
    "instants_from": Shape(_WHOLE),
    "passed": Shape(_WHOLE),
    "edges": Shape(_REAL),
    "now": Shape(_SMALL, 2),
    "by_cell": Shape(_WHOLE, 2),
    "deteriorations": Shape(_WHOLE, 2),
    "contacts": Shape(_WHOLE, 2),
    "counts": Shape(_WHOLE, 2),
    "stock": Shape(_WHOLE, 2),
    "listed_days": Shape(_REAL),
    "listed_on": Shape(_WHOLE),
    "inside_days": Shape(_REAL),
    "inside_on": Shape(_WHOLE),
    "within": Shape(_WHOLE, 2),
    "stopped_by_month": Shape(_WHOLE, 2),
    "within_by_month": Shape(_WHOLE, 2),
    "running": Shape(_WHOLE, 2),
    "over": Shape(_WHOLE, 2),
    "removed": Shape(_WHOLE, 2),
    "looked": Shape(_WHOLE, 2),
    "looked_within": Shape(_WHOLE, 2),
    "moves": Shape(MOVE),
    "each": Shape(_WHOLE),
    "used": Shape(_WHOLE),
    "room": Shape(_WHOLE),
    "zeros": Shape(_WHOLE, 2),
    **{f"{name}_codes": Shape(_SMALL) for name in LISTS},
    **{f"{name}_values": Shape(_REAL) for name in LISTS},
}
"""What each table of a book looks like."""

_named: Any = namedtuple  # names that are worked out are no matter for the type checker
_WholeBook = _named("_WholeBook", SHAPES)
"""A :class:`Book` with the tables of the lists."""

people_at: Any = pointed(_WholeBook, SHAPES)
"""Turns the address of a book's tables into the book; where nothing is compiled, takes the book itself."""

_FEW = 64


def make_book(wanted: Wanted, patients: int) -> Book:
    """Returns a book in which nothing is counted yet, for some patients; there is no room in its lists."""
    legend, clocks = wanted.legend, wanted.clocks
    labels = legend.elements, legend.need_tiers, legend.footprints
    elements, tiers, footprints = (len(each) + 1 for each in labels)
    cells, groups, months = len(Cells.of(legend)), len(legend.groups), len(wanted.edges) - 1
    places, number = elements * tiers, len(clocks)
    element, group = Cells.of(legend).columns()
    tier = legend.groups.codes["need_tier"][group]
    looks = np.cumsum([0, *(len(clock.instants) for clock in clocks)]).astype(np.int64)
    numbers = np.zeros(1, dtype=NUMBERS)
    sizes = elements - 1, tiers, footprints, groups, months, number, len(legend.deteriorations)
    numbers[0] = (legend.warm_up, legend.until, wanted.edges[0], *sizes, 0, 0, -1)

    def none(*shape: int) -> Any:
        return np.zeros(shape, dtype=np.int64)

    starts = _masks([clock.starts for clock in clocks], elements)
    stops = _masks([clock.stops for clock in clocks], elements)
    again = _masks([clock.again for clock in clocks], elements)
    (pauses,) = _masks([wanted.pauses], elements)
    kinds = len(ACCOUNT_EVENTS) + len(ACCOUNT_MOVES)
    whole: Book = _WholeBook(
        numbers=shown(numbers),
        means=meanings(),
        counted_as=counted_as(),
        leads_to=leads_to(),
        groups=legend.groups.numbers.astype(np.int32),
        places=(element % elements * tiers + tier % tiers).astype(np.int32),
        timed=_timed((starts | again).max(axis=0, initial=0), stops.max(axis=0, initial=0), pauses),
        limits=np.array([clock.limit for clock in clocks], dtype=np.float64),
        starts=starts,
        stops=stops,
        again=again,
        carried=_masks([clock.carried for clock in clocks], elements),
        pauses=pauses,
        instants=np.concatenate([np.empty(0), *(clock.instants for clock in clocks)]),
        instants_from=looks,
        passed=looks[:-1].copy(),
        edges=np.append(wanted.edges, np.inf),
        now=np.zeros((len(Event), cells), dtype=np.int32),
        by_cell=none(len(Event), cells),
        deteriorations=none(len(legend.deteriorations) + 1, cells),
        contacts=none(months, cells),
        counts=none(kinds * months, places),
        stock=none(2 * (months + 1), places),
        listed_days=np.zeros(cells),
        listed_on=none(cells),
        inside_days=np.zeros(groups),
        inside_on=none(groups),
        within=none(number, groups),
        stopped_by_month=none(number, months),
        within_by_month=none(number, months),
        running=none(number, groups),
        over=none(number, groups),
        removed=none(number, groups),
        looked=none(int(looks[-1]), groups),
        looked_within=none(int(looks[-1]), groups),
        moves=shown(np.zeros(_FEW if legend.people else 0, dtype=MOVE)),
        each=np.array([*BY_CELL.values(), *(most * number for most in BY_CLOCK.values())]),
        used=none(len(LISTS)),
        room=none(len(LISTS)),
        zeros=none(len(LISTS), max(cells, number * groups)),
        **free_patients(max(patients, _FEW), number),
        **{f"{name}_codes": np.zeros(0, dtype=np.int32) for name in LISTS},
        **{f"{name}_values": np.zeros(0) for name in LISTS},
    )
    return whole


def _masks(masks: list[Any], elements: int) -> Any:
    """Returns masks of elements one below the other; "none" is never in them."""
    found = np.zeros((len(masks), elements), dtype=np.int8)
    for place, mask in enumerate(masks):
        found[place, :-1] = mask
    return found


def _timed(starts: Any, stops: Any, pauses: Any) -> Any:
    """Returns for each event and element whether it may start or stop clocks, or let them stand still."""
    means = meanings()[:, np.newaxis]
    reaches, ends = means & REACHES > 0, means & ENDS_PAUSE > 0
    found = (reaches & (starts > 0)) | ((means & STOPS > 0) & (stops > 0)) | ((reaches | ends) & (pauses > 0))
    return found.astype(np.int8)
