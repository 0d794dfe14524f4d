"""A trace made ready for reading: patients in order, their time in queues and on the pathway, units held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.episodes import GOING_ON, Episodes, Holdings
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.trace import LEAVING, QUEUE_ENDS, Event, Trace

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Traced(Scope):
    """What happened in one replication, row by row.

    Attributes:
        trace: the rows.
    """

    trace: Trace

    @classmethod
    def of(cls, trace: Trace, pathway: Pathway) -> Traced:
        """Returns the trace of a pathway that was played out."""
        return cls(trace.legend, pathway, trace)

    @cached_property
    def patient_order(self) -> Ints:
        """Row numbers of patients' rows: patient by patient, each in the order of time."""
        rows = np.flatnonzero(self.trace.patient >= 0)
        return rows[np.argsort(self.trace.patient[rows], kind="stable")].astype(np.int64)

    @cached_property
    def counted(self) -> Flags:
        """For each row of the trace, whether it lies within the data collection period."""
        return (self.trace.time >= self.start) & (self.trace.time < self.end)

    def having(self, *events: Event) -> Ints:
        """Returns the numbers of rows with one of the events, in patient order."""
        kinds = self.trace.event[self.patient_order]
        return self.patient_order[np.isin(kinds, events)]

    def groups(self, rows: Ints) -> Ints:
        """Returns the numbers of the patient groups of rows."""
        known = self.legend.groups
        return known.number({column: getattr(self.trace, column)[rows] for column in known.labels})

    @cached_property
    def queueing(self) -> Episodes:
        """Time in queues: from joining until started (attended or not), given up, turned away, or now.

        What waiting does to a patient (an emergency, another need tier, death) ends the time in the queue.
        """
        return self._episodes((Event.JOIN,), QUEUE_ENDS)

    @cached_property
    def on_caseload(self) -> Episodes:
        """Time on caseloads: from the first attended start until coming off, or now."""
        return self._episodes((Event.ON_CASELOAD,), (Event.OFF_CASELOAD,))

    @cached_property
    def inside(self) -> Episodes:
        """Time on the pathway, one interval a patient; ``element`` is where the patient left, -1 if inside.

        It begins with the patient's first row: the arrival, the joining of a list before time 0, or
        (for patients who were being seen at time 0, whose arrival is not known) time 0.
        """
        trace, rows = self.trace, self.patient_order
        patient = trace.patient[rows]
        first = np.flatnonzero(np.append(True, patient[1:] != patient[:-1])[: len(rows)])
        last = rows[np.append(first[1:], len(rows)) - 1] if len(first) else rows[:0]
        begins = rows[first]
        left = np.isin(trace.event[last], LEAVING)
        return Episodes(
            patient=trace.patient[begins],
            group=self.groups(begins),
            element=np.where(left, trace.element[last], -1).astype(np.int64),
            begin=trace.time[begins],
            finish=np.where(left, trace.time[last], self.end),
            outcome=np.where(left, trace.event[last], GOING_ON).astype(np.int64),
        )

    @cached_property
    def arrival_known(self) -> Flags:
        """For each interval of ``inside``, whether the trace shows when the patient came."""
        trace, rows = self.trace, self.patient_order
        patient = trace.patient[rows]
        first = np.append(True, patient[1:] != patient[:-1])[: len(rows)]
        known: Flags = trace.event[rows[first]] != Event.PRESENT
        return known

    @cached_property
    def holdings(self) -> Holdings:
        """Units held: each taking of units with its giving back.

        The two agree in patient, activity, body of capacity and number of units; where several do (a stay
        and the service it begins with take as many of one pool), what was taken last is given back first,
        as the service ends before the stay.
        """
        trace = self.trace
        place = np.flatnonzero(np.isin(trace.event[self.patient_order], (Event.ACQUIRE, Event.RELEASE)))
        rows = self.patient_order[place]
        columns = (trace.units[rows], trace.pool[rows], trace.element[rows], trace.patient[rows])
        order = np.lexsort((place, *columns))
        place, rows = place[order], rows[order]
        taken = trace.event[rows] == Event.ACQUIRE
        back = _match_nested(_group_numbers(*(column[order] for column in columns)), taken)
        got = np.flatnonzero(taken)
        back = back[got]
        finished = back >= 0
        return Holdings(
            patient=trace.patient[rows[got]],
            element=trace.element[rows[got]].astype(np.int64),
            body=trace.pool[rows[got]].astype(np.int64),
            units=trace.units[rows[got]].astype(np.int64),
            begin=trace.time[rows[got]],
            finish=np.where(finished, trace.time[rows[back]] if len(rows) else 0.0, self.end),
            first_row=place[got].astype(np.int64),
            last_row=np.where(finished, place[back] if len(rows) else 0, len(self.patient_order)),
        )

    def _episodes(self, openers: tuple[Event, ...], closers: tuple[Event, ...]) -> Episodes:
        """Pairs each opening row with the patient's next closing row."""
        trace, rows = self.trace, self.having(*openers, *closers)
        opens = np.isin(trace.event[rows], openers)
        following = np.append(rows[1:], -1)[: len(rows)]
        closed = np.append(~opens[1:], False)[: len(rows)] & (trace.patient[following] == trace.patient[rows])
        begins, ends, closed = rows[opens], following[opens], closed[opens]
        return Episodes(
            patient=trace.patient[begins],
            group=self.groups(begins),
            element=trace.element[begins].astype(np.int64),
            begin=trace.time[begins],
            finish=np.where(closed, trace.time[ends], self.end),
            outcome=np.where(closed, trace.event[ends], GOING_ON).astype(np.int64),
        )


def _group_numbers(*columns: npt.NDArray[np.generic]) -> Ints:
    """Numbers runs of rows that agree in all columns; the rows must be sorted by them."""
    changed = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.cumsum(changed)


def _match_nested(group: Ints, taken: Flags) -> Ints:
    """For each taking returns the row that gives it back, as brackets match; -1 if none does.

    Args:
        group: the number of each row's group; rows of a group stand together in the order of time.
        taken: whether the row takes; else it gives back.
    """
    found = np.full(len(group), -1, dtype=np.int64)
    if not len(group):
        return found
    running = np.cumsum(np.where(taken, 1, -1))
    first = np.searchsorted(group, group)
    before = np.where(first > 0, running[first - 1], 0)
    depth = running - before + ~taken  # how deep the pair lies, the same at both of its ends
    order = np.lexsort((np.arange(len(group)), depth, group))
    one, two = order[:-1], order[1:]
    pair = (group[one] == group[two]) & (depth[one] == depth[two]) & taken[one] & ~taken[two]
    found[one[pair]] = two[pair]
    return found
