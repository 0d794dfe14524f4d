"""The account of contacts: month by month, who joined each queue and what became of them.

For each month, activity and need tier, as long as the trace is sound:

    waiting_start + joins + changed_in
        = starts + missed + gave_up + turned_away + deteriorated + changed_out + waiting_end

Those who wait are counted by their own intervals, not as what is left over, so that the account can fail.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.columns import ACCOUNT, COMING, COUNTS, LEAVING_QUEUE
from pathway_modeller.analysis.months import month_starts
from pathway_modeller.analysis.observed import Observed, observe
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Event, Trace

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

KEYS = ACCOUNT
"""The columns that name a line of the account."""

_ENDS = (("start", "first"), ("end", "last"))

_EVENTS = {
    "joins": Event.JOIN,
    "starts": Event.START,
    "missed": Event.START_MISSED,
    "gave_up": Event.GAVE_UP,
    "turned_away": Event.TURNED_AWAY,
    "deteriorated": Event.DETERIORATED,
}

_GONE = (
    Event.EXIT,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.LEFT_DETERIORATED,
    Event.LEFT_ADVISED,
    Event.DIED,
)
_CHANGES_NOTHING = (
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

_WAITING, _PRESENT, _AWAY = 0, 1, 2


def account_frame(played: Trace | Tallied | Observed, pathway: Pathway) -> pd.DataFrame:
    """Returns the account of contacts of one replication over the data collection period.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.

    Returns:
        One row for each month ("2025-04"), drawn element at which patients can be (column ``element``) and
        need tier, in that order and with no row left out. The counts, in patients: ``joins``, ``starts``
        (attended), ``missed``, ``gave_up``, ``turned_away``, ``deteriorated``; ``rejoined``, those of the
        joins who had just left the same queue (a missed slot booked again, a need that changed), and
        ``returned``, the same people by the need tier in which they had left; ``changed_in`` and
        ``changed_out``, who changed need tier while waiting; ``waiting_start`` and ``waiting_end``, who
        waited when the month (or the period, if later) began and ended, today's lists included;
        ``present_start`` and ``present_end``, who was at the element otherwise: being seen, in a planned
        interval, moving away from it, or on its caseload between contacts. An event at the instant at
        which a month ends belongs to the next.
    """
    observed = observe(played, pathway)
    trace = observed.trace
    months = month_starts(observed.legend)
    cells = _Cells(observed, tuple(name for name, _ in months), np.array([begins for _, begins in months]))
    tables = {name: cells.count(trace.event == event) for name, event in _EVENTS.items()}
    tables["returned"], tables["rejoined"] = map(cells.count, _returns(observed))
    spells = _spells(observed)
    changed = np.zeros(len(trace), dtype=bool)
    changed[spells.rows[spells.changed & (spells.state == _WAITING)]] = True
    where = np.full(len(trace), -1, dtype=np.int64)
    where[spells.rows] = spells.element
    tables["changed_out"] = cells.count(changed, where, trace.need_tier)
    tables["changed_in"] = cells.count(changed, where, trace.units)
    for name, state in (("waiting", _WAITING), ("present", _PRESENT)):
        stock = cells.stock(spells, state)
        tables[f"{name}_start"], tables[f"{name}_end"] = stock[:-1], stock[1:]
    return cells.frame(tables)


def unclosed_lines(account: pd.DataFrame) -> pd.DataFrame:
    """Returns the lines of an account that do not close, with what is left over in column ``left_over``.

    Args:
        account: as :func:`account_frame` returns it, or means over replications of it.
    """
    left_over = account["waiting_start"] - account["waiting_end"]
    left_over = left_over + sum(account[name] for name in COMING)
    left_over = left_over - sum(account[name] for name in LEAVING_QUEUE)
    lines = account.assign(left_over=left_over)
    return lines[lines["left_over"].abs() > 1e-6]


def account_totals(account: pd.DataFrame) -> pd.DataFrame:
    """Returns an account over the whole period, by element and need tier.

    What happened is added up over the months; ``waiting_start`` and ``present_start`` are of the first
    month and ``waiting_end`` and ``present_end`` of the last.

    Args:
        account: as :func:`account_frame` returns it.
    """
    how = dict.fromkeys(COUNTS, "sum")
    how |= {f"{name}_{end[0]}": end[1] for name in ("waiting", "present") for end in _ENDS}
    return account.groupby(["element", "need_tier"], sort=False, observed=True).agg(how).reset_index()


@dataclass(frozen=True, eq=False)
class _Spells:
    """What each patient's row leads to, from its time to the patient's next row.

    Attributes:
        rows: row numbers of the trace, in patient order.
        begin, finish: days; infinity where the run ended first.
        state: ``_WAITING``, ``_PRESENT`` or ``_AWAY`` (left the pathway).
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


def _spells(observed: Observed) -> _Spells:
    """Cuts the life of every patient on the pathway at each of its rows."""
    trace, rows = observed.trace, observed.patient_order
    patient, event = trace.patient[rows], trace.event[rows]
    first = np.append(True, patient[1:] != patient[:-1])[: len(rows)]
    decides = first | ~np.isin(event, _CHANGES_NOTHING)
    source = np.maximum.accumulate(np.where(decides, np.arange(len(rows)), 0))
    state = np.where(event == Event.JOIN, _WAITING, np.where(np.isin(event, _GONE), _AWAY, _PRESENT))
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


def _returns(observed: Observed) -> tuple[Flags, Flags]:
    """For each row: whether the patient comes back to the queue just left, and whether it is the joining.

    The two stand at the row that ends the first wait for good, and at the row that joins again.
    """
    trace = observed.trace
    rows = observed.having(Event.DID_NOT_ATTEND, Event.DETERIORATED, Event.JOIN)
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
    """The lines of an account: months by elements by need tiers, the last of which is none."""

    def __init__(self, observed: Observed, months: tuple[str, ...], begins: npt.NDArray[np.float64]) -> None:
        self.observed = observed
        self.months = months
        self.edges = np.append(np.maximum(begins, observed.start), observed.end)
        legend, places = observed.legend, _places(observed.pathway)
        self.elements = tuple(name for name in legend.elements if name in places)
        self.tiers = (*legend.need_tiers, "")
        position = {name: place for place, name in enumerate(self.elements)}
        self._place = np.array([*(position.get(name, -1) for name in legend.elements), -1], dtype=np.int64)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Months, elements and need tiers."""
        return len(self.months), len(self.elements), len(self.tiers)

    def count(
        self,
        chosen: Flags,
        element: npt.NDArray[np.integer] | None = None,
        need_tier: npt.NDArray[np.integer] | None = None,
    ) -> Ints:
        """Counts the chosen rows of the trace within the period, shape (months, elements, tiers)."""
        trace = self.observed.trace
        place = self._place[trace.element if element is None else element]
        rows = chosen & self.observed.counted & (place >= 0)
        month = np.searchsorted(self.edges, trace.time[rows], side="right") - 1
        tier = (trace.need_tier if need_tier is None else need_tier)[rows]
        table = np.zeros(self.shape, dtype=np.int64)
        np.add.at(table, (month, place[rows], tier), 1)
        return table

    def stock(self, spells: _Spells, state: int) -> Ints:
        """Counts who was in a state just before each edge, shape (months + 1, elements, tiers)."""
        place = self._place[spells.element]
        mine = (spells.state == state) & (place >= 0) & (spells.finish > spells.begin)
        begins = np.searchsorted(self.edges, spells.begin[mine], side="right")
        ends = np.searchsorted(self.edges, spells.finish[mine], side="right")
        table = np.zeros((len(self.edges) + 1, *self.shape[1:]), dtype=np.int64)
        np.add.at(table, (begins, place[mine], spells.need_tier[mine]), 1)
        np.add.at(table, (ends, place[mine], spells.need_tier[mine]), -1)
        return np.cumsum(table, axis=0)[:-1]

    def frame(self, tables: dict[str, Ints]) -> pd.DataFrame:
        """Returns the tables as columns."""
        months, elements, tiers = self.shape
        return pd.DataFrame(
            {
                "month": np.repeat(np.array(self.months, dtype=object), elements * tiers),
                "element": np.tile(np.repeat(np.array(self.elements, dtype=object), tiers), months),
                "need_tier": np.tile(np.array(self.tiers, dtype=object), months * elements),
                **{name: tables[name].ravel() for name in COUNTS},
            }
        )


def _places(pathway: Pathway) -> frozenset[str]:
    """Returns the elements at which a patient can be for any time."""
    left = {arrow.origin for arrow in pathway.transitions.values() if arrow.time is not None}
    return frozenset((*pathway.activities, *pathway.waits, *left))
