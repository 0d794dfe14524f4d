"""Patients and people, worked out from a trace: the reference of what is tallied while a replication runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_edges
from pathway_modeller.analysis.observed.delays import blocked, waiting
from pathway_modeller.analysis.observed.episodes import GOING_ON, Episodes
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.people_events import NOTED_EVENTS
from pathway_modeller.simulation.tally.people_facts import Events, PeopleMoves, Times, Values
from pathway_modeller.simulation.trace import Event

if TYPE_CHECKING:
    from pathway_modeller.simulation.tally.people_rows import ByCell

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NOWHERE = -1


def values_by_cell(codes: Ints, values: Floats, cells: int) -> Values:
    """Returns figures cell by cell in rising order.

    Args:
        codes: the cell of each figure.
        values: the figures.
        cells: how many cells there are.
    """
    first = np.concatenate(([0], np.cumsum(np.bincount(codes, minlength=cells))))
    return Values(values[np.lexsort((values, codes))], first.astype(np.int64))


def counted_by_cell(codes: Ints, cells: int) -> Ints:
    """Returns how many rows lie in each cell."""
    return np.bincount(codes, minlength=cells).astype(np.int64)


def events_from(traced: Traced) -> Events:
    """Returns what happened in the period."""
    trace, cells = traced.trace, Cells.of(traced.legend)
    rows = np.flatnonzero(traced.counted & np.isin(trace.event, NOTED_EVENTS))
    event, size = trace.event[rows].astype(np.int64), len(cells)
    code = cells.code(trace.element[rows], traced.groups(rows))
    harmed, started = np.isin(event, (Event.DETERIORATED, Event.HARMED)), event == Event.START
    kinds = len(traced.legend.deteriorations)
    what = trace.units[rows][harmed].astype(np.int64)
    what = np.where((what >= 0) & (what < kinds), what, kinds)
    edges = month_edges(traced.legend)
    month = np.searchsorted(edges, trace.time[rows][started], side="right") - 1
    return Events(
        by_cell=_table(event, code, len(Event), size),
        deteriorations=_table(what, code[harmed], kinds + 1, size),
        contacts=_table(month, code[started], len(edges) - 1, size),
    )


LISTS: Mapping[ByCell, Callable[[Traced], Episodes]] = {
    "waited": lambda traced: waiting(traced).ended(traced.start, traced.end, Event.START),
    "waiting": lambda traced: waiting(traced).going_on(),
    "blocked": lambda traced: traced.queueing.where(blocked(traced)).ended(
        traced.start, traced.end, Event.START
    ),
    "still_blocked": lambda traced: traced.queueing.where(blocked(traced)).going_on(),
    "gone": lambda traced: traced.inside.where(traced.arrival_known).ended(
        traced.start, traced.end, Event.EXIT
    ),
}
"""The intervals whose days are in each list; what the lists are:
:data:`pathway_modeller.simulation.tally.people_rows.BY_CELL`."""


def days_from(traced: Traced, name: ByCell) -> Values:
    """Returns a list of days by cell."""
    chosen, cells = LISTS[name](traced), Cells.of(traced.legend)
    return values_by_cell(cells.code(chosen.element, chosen.group), chosen.days, len(cells))


def caseloads_from(traced: Traced) -> Times:
    """Returns the time on caseloads."""
    on, cells = traced.on_caseload, Cells.of(traced.legend)
    return _times(traced, on, cells.code(on.element, on.group), len(cells))


def inside_from(traced: Traced) -> Times:
    """Returns the time on the pathway."""
    return _times(traced, traced.inside, traced.inside.group, len(traced.legend.groups))


def moves_from(traced: Traced) -> PeopleMoves:
    """Returns the changes of the number of people; none where the population does not live."""
    trace, legend = traced.trace, traced.legend
    if not legend.people:
        nothing = np.empty(0, dtype=np.int64)
        return PeopleMoves(np.empty(0), nothing, nothing, np.empty(0, dtype=bool))
    event = trace.event
    rows = np.isin(event, (Event.PERSON, Event.NEED_CHANGED, Event.DIED)) & (trace.footprint >= 0)
    before = trace.need_tier[rows].astype(np.int64)
    after = np.where(event[rows] == Event.DIED, _NOWHERE, trace.units[rows]).astype(np.int64)
    place, count = trace.footprint[rows].astype(np.int64), len(legend.footprints)
    return PeopleMoves(
        times=trace.time[rows],
        left=np.where(before >= 0, before * count + place, _NOWHERE),
        reached=np.where(after >= 0, after * count + place, _NOWHERE),
        by_patient=event[rows] != Event.PERSON,
    )


def _table(kind: Ints, code: Ints, kinds: int, cells: int) -> Ints:
    """Counts rows by kind and cell, shape (kinds, cells)."""
    return counted_by_cell(kind * cells + code, kinds * cells).reshape(kinds, cells)


def _times(traced: Traced, spent: Episodes, code: Ints, cells: int) -> Times:
    """Returns the days of intervals within the period, and those that go on, by cell."""
    days = np.clip(np.minimum(spent.finish, traced.end) - np.maximum(spent.begin, traced.start), 0, None)
    going_on = counted_by_cell(code[spent.outcome == GOING_ON], cells)
    return Times(np.bincount(code, weights=days, minlength=cells).astype(np.float64), going_on)
