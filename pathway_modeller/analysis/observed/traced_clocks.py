"""The clocks of waiting-time standards, worked out from a trace."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_edges
from pathway_modeller.analysis.observed.clock_request import clock_wanted
from pathway_modeller.analysis.observed.episodes import GOING_ON, Episodes
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.analysis.observed.traced_people import counted_by_cell, values_by_cell
from pathway_modeller.scenario.people import Standard
from pathway_modeller.simulation.tally.people_facts import Clocks
from pathway_modeller.simulation.trace import LEAVING, Event

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

REACHING = (Event.ARRIVE, Event.JOIN, Event.WAIT_START, Event.DECIDE, Event.EXIT)
"""Events with which a patient reaches an element."""

MET = -2
"""The outcome of a clock that was stopped as the standard asks."""


def clocks(traced: Traced, standard: Standard) -> Episodes:
    """Returns every patient's clocks for a standard, with outcome ``MET``, ``GOING_ON`` or a leaving event.

    A clock starts when a patient without a running clock reaches a ``starts_at`` element, and stops at the
    attended start of a ``stops_at`` activity or on reaching a ``stops_at`` exit. Reaching another
    ``starts_at`` element meanwhile changes nothing. Leaving the pathway otherwise removes the clock. A
    patient who was being seen at time 0 has no clock from before, since its start is not known.
    """
    trace, rows = traced.trace, traced.patient_order
    event, element = trace.event[rows], trace.element[rows]
    starts = traced.element_mask(frozenset(standard.starts_at))[element] & np.isin(event, REACHING)
    at_stop = traced.element_mask(frozenset(standard.stops_at))[element]
    stops = at_stop & np.isin(event, (Event.START, Event.EXIT))
    kept = starts | stops | np.isin(event, LEAVING)
    rows, starts, stops = rows[kept], starts[kept] & ~stops[kept], stops[kept]
    return _pair(traced, rows, starts, stops)


def _pair(traced: Traced, rows: npt.NDArray[np.int64], starts: Flags, stops: Flags) -> Episodes:
    """Pairs each patient's first start with the next stop or leaving, again and again."""
    trace = traced.trace
    patient = trace.patient[rows]
    again = np.zeros(len(rows), dtype=bool)
    again[1:] = starts[1:] & starts[:-1] & (patient[1:] == patient[:-1])
    rows, patient, starts, stops = rows[~again], patient[~again], starts[~again], stops[~again]
    closed = np.zeros(len(rows), dtype=bool)
    closed[:-1] = ~starts[1:] & (patient[1:] == patient[:-1])
    following = np.append(np.arange(1, len(rows)), 0)[: len(rows)]
    outcome = np.where(stops[following], MET, trace.event[rows[following]].astype(np.int64))
    begins = rows[starts]
    return Episodes(
        patient=patient[starts],
        group=traced.groups(begins),
        element=trace.element[begins].astype(np.int64),
        begin=trace.time[begins],
        finish=np.where(closed, trace.time[rows[following]], traced.end)[starts],
        outcome=np.where(closed, outcome, GOING_ON)[starts],
    )


def clocks_from(traced: Traced, standard: Standard) -> Clocks:
    """Returns the facts of a standard's clocks."""
    found, asked = clocks(traced, standard), clock_wanted(traced.legend, standard)
    edges = month_edges(traced.legend)
    size, months = len(traced.legend.groups), len(edges) - 1
    stopped = found.ended(traced.start, traced.end, MET)
    within = stopped.where(stopped.days <= asked.limit)
    running = found.going_on()
    removed = found.ended(traced.start, traced.end, *(int(event) for event in LEAVING))
    looked = [(day, found.where(_runs_at(found, day))) for day in asked.instants.tolist()]
    day, last = looked[-1] if looked else (0.0, found.where(np.zeros(len(found), dtype=bool)))
    number = len(looked)
    return Clocks(
        stopped=values_by_cell(stopped.group, stopped.days, size),
        within=counted_by_cell(within.group, size),
        stopped_by_month=counted_by_cell(_month(edges, stopped), months),
        within_by_month=counted_by_cell(_month(edges, within), months),
        running=counted_by_cell(running.group, size),
        over=counted_by_cell(running.group[running.days > asked.limit], size),
        removed=counted_by_cell(removed.group, size),
        looked=np.array([counted_by_cell(each.group, size) for _, each in looked], dtype=np.int64).reshape(
            number, size
        ),
        looked_within=np.array(
            [counted_by_cell(each.group[day - each.begin <= asked.limit], size) for day, each in looked],
            dtype=np.int64,
        ).reshape(number, size),
        last=values_by_cell(last.group, day - last.begin, size),
    )


def _runs_at(found: Episodes, instant: float) -> Flags:
    """Whether each clock runs at an instant: started before it and not stopped by then."""
    runs: Flags = (found.begin < instant) & ((found.finish >= instant) | (found.outcome == GOING_ON))
    return runs


def _month(edges: npt.NDArray[np.float64], stopped: Episodes) -> Ints:
    """Returns the months in which clocks were stopped."""
    return np.searchsorted(edges, stopped.finish, side="right").astype(np.int64) - 1
