"""The facts of the account of contacts, worked out from a trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_edges
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.tally.people_facts import AWAY, PRESENT, WAITING, AccountFacts
from pathway_modeller.simulation.trace import LEAVING, Event

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_EVENTS = {
    "joins": Event.JOIN,
    "starts": Event.START,
    "missed": Event.START_MISSED,
    "gave_up": Event.GAVE_UP,
    "turned_away": Event.TURNED_AWAY,
    "deteriorated": Event.DETERIORATED,
}

CHANGES_NOTHING = (
    Event.PRESENT,
    Event.ACQUIRE,
    Event.RELEASE,
    Event.BLOCKED,
    Event.NEED_CHANGED,
    Event.ON_CASELOAD,
    Event.REVIEW_DUE,
    Event.OFF_CASELOAD,
)
"""Events after which a patient is where they were before: waiting, present or gone."""


def account_from(traced: Traced) -> AccountFacts:
    """Returns who joined each queue and what became of them, by month, element and need tier."""
    trace, cells = traced.trace, _Cells(traced)
    counts = {name: cells.count(trace.event == event) for name, event in _EVENTS.items()}
    counts["returned"], counts["rejoined"] = map(cells.count, _returns(traced))
    spells = _spells(traced)
    changed = np.zeros(len(trace), dtype=bool)
    changed[spells.rows[spells.changed & (spells.state == WAITING)]] = True
    where = np.full(len(trace), -1, dtype=np.int64)
    where[spells.rows] = spells.element
    counts["changed_out"] = cells.count(changed, where, trace.need_tier)
    counts["changed_in"] = cells.count(changed, where, trace.units)
    return AccountFacts(counts, np.stack([cells.stock(spells, state) for state in (WAITING, PRESENT)]))


@dataclass(frozen=True, eq=False)
class _Spells:
    """What each patient's row leads to, from its time to the patient's next row.

    Attributes:
        rows: row numbers of the trace, in patient order.
        begin, finish: days; infinity where the run ended first.
        state: ``WAITING``, ``PRESENT`` or ``AWAY`` (left the pathway).
        element, need_tier: legend indices, -1 for no need tier.
        changed: whether the row is a change of need tier.
    """

    rows: Ints
    begin: npt.NDArray[np.float64]
    finish: npt.NDArray[np.float64]
    state: Ints
    element: Ints
    need_tier: Ints
    changed: Flags


def _spells(traced: Traced) -> _Spells:
    """Cuts the life of every patient on the pathway at each of its rows."""
    trace, rows = traced.trace, traced.patient_order
    patient, event = trace.patient[rows], trace.event[rows]
    first = np.append(True, patient[1:] != patient[:-1])[: len(rows)]
    decides = first | ~np.isin(event, CHANGES_NOTHING)
    source = np.maximum.accumulate(np.where(decides, np.arange(len(rows)), 0))
    state = np.where(event == Event.JOIN, WAITING, np.where(np.isin(event, LEAVING), AWAY, PRESENT))
    changed = event == Event.NEED_CHANGED
    time = trace.time[rows]
    return _Spells(
        rows=rows,
        begin=time,
        finish=np.where(np.append(first[1:], True)[: len(rows)], np.inf, np.append(time[1:], 0)[: len(rows)]),
        state=state[source].astype(np.int64),
        element=trace.element[rows][source].astype(np.int64),
        need_tier=np.where(changed, trace.units[rows], trace.need_tier[rows]).astype(np.int64),
        changed=changed,
    )


def _returns(traced: Traced) -> tuple[Flags, Flags]:
    """For each row: whether the patient comes back to the queue just left, and whether it is the joining.

    The two stand at the row that ends the first wait for good, and at the row that joins again.
    """
    trace = traced.trace
    rows = traced.having(Event.DID_NOT_ATTEND, Event.DETERIORATED, Event.JOIN)
    one, two = rows[:-1], rows[1:]
    again = (
        (trace.event[one] != Event.JOIN)
        & (trace.event[two] == Event.JOIN)
        & (trace.patient[one] == trace.patient[two])
        & (trace.element[one] == trace.element[two])
        & (trace.time[one] == trace.time[two])
    )
    returned, rejoined = np.zeros(len(trace), dtype=bool), np.zeros(len(trace), dtype=bool)
    returned[one[again]] = True
    rejoined[two[again]] = True
    return returned, rejoined


class _Cells:
    """Counts rows and spells by month, element and need tier, the last of which are none."""

    def __init__(self, traced: Traced) -> None:
        self.traced = traced
        self.edges = month_edges(traced.legend)
        self.places = len(traced.legend.elements) + 1, len(traced.legend.need_tiers) + 1

    def count(
        self,
        chosen: Flags,
        element: npt.NDArray[np.integer] | None = None,
        need_tier: npt.NDArray[np.integer] | None = None,
    ) -> Ints:
        """Counts the chosen rows of the trace within the period, shape (months, elements + 1, tiers + 1)."""
        trace = self.traced.trace
        rows = chosen & self.traced.counted
        month = np.searchsorted(self.edges, trace.time[rows], side="right") - 1
        place = (trace.element if element is None else element)[rows]
        tier = (trace.need_tier if need_tier is None else need_tier)[rows]
        table = np.zeros((len(self.edges) - 1, *self.places), dtype=np.int64)
        np.add.at(table, (month, place, tier), 1)
        return table

    def stock(self, spells: _Spells, state: int) -> Ints:
        """Counts who was in a state just before each edge, shape (months + 1, elements + 1, tiers + 1)."""
        mine = (spells.state == state) & (spells.finish > spells.begin)
        place, tier = spells.element[mine], spells.need_tier[mine]
        begins = np.searchsorted(self.edges, spells.begin[mine], side="right")
        ends = np.searchsorted(self.edges, spells.finish[mine], side="right")
        table = np.zeros((len(self.edges) + 1, *self.places), dtype=np.int64)
        np.add.at(table, (begins, place, tier), 1)
        np.add.at(table, (ends, place, tier), -1)
        return np.cumsum(table, axis=0)[:-1]
