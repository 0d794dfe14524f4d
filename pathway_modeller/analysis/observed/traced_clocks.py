"""The clocks of waiting-time standards, worked out from a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_edges
from pathway_modeller.analysis.observed.clock_request import clock_wanted, pausing
from pathway_modeller.analysis.observed.episodes import GOING_ON, Episodes
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.analysis.observed.traced_people import counted_by_cell, values_by_cell
from pathway_modeller.scenario.people import Standard
from pathway_modeller.simulation.tally.people_events import PAUSE_ENDS
from pathway_modeller.simulation.tally.people_facts import CARRY_RUNNING, CARRY_STOPPED, Clocks
from pathway_modeller.simulation.trace import LEAVING, Event

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

REACHING = (Event.ARRIVE, Event.JOIN, Event.WAIT_START, Event.DECIDE)
"""Events with which a patient reaches an element where a clock may start: not an exit, which ends all."""

MET = -2
"""The outcome of a clock that was stopped as the standard asks."""


def clocks(traced: Traced, standard: Standard) -> Episodes:
    """Returns every patient's clocks for a standard, with outcome ``MET``, ``GOING_ON`` or a leaving event.

    One referral has one clock: it starts when a patient first reaches a ``starts_at`` element, and stops at
    the attended start of a ``stops_at`` activity or on reaching a ``stops_at`` exit. From then on no start
    counts, until a ``new_referral_at`` element is reached. Leaving the pathway otherwise removes the clock.
    Of today's lists those who wait have the clock that
    :func:`pathway_modeller.scenario.network.clocks.carried` tells, from when they joined; those who are being
    seen where one would run have none, since its start is not known.
    """
    rows = _clock_rows(traced, standard)
    next_start, next_close, next_again = (rows.next(each) for each in (rows.starts, rows.closes, rows.again))
    new = np.append(True, rows.patient[1:] != rows.patient[:-1])[: len(rows.row)]
    stopped = np.isin(rows.patient, rows.patient[rows.over])
    ahead = np.concatenate((np.flatnonzero(new & ~stopped), next_again[rows.over]))
    begins, closes = list[Ints](), list[Ints]()
    while len(ahead):
        found = next_start[ahead[ahead >= 0]]
        found = found[found >= 0]
        close = next_close[found]
        begins.append(found)
        closes.append(close)
        ahead = next_again[close[close >= 0]]
    begin, close = (np.concatenate([np.zeros(0, dtype=np.int64), *each]) for each in (begins, closes))
    order = np.argsort(begin, kind="stable")
    return rows.episodes(traced, begin[order], close[order])


@dataclass(frozen=True, eq=False)
class _ClockRows:
    """The rows of patients that may start, stop or renew a standard's clock, in patient order.

    Attributes:
        row: in the trace; of those who carry a clock at time 0 that of their joining.
        patient: whose.
        starts: whether a clock starts there, if none is there yet.
        stops: whether it stops there as the standard asks.
        closes: whether a running clock ends there.
        again: whether it is a new referral.
        over: whether the patient's clock is found to be over there, at time 0.
    """

    row: Ints
    patient: Ints
    starts: Flags
    stops: Flags
    closes: Flags
    again: Flags
    over: Flags

    def next(self, chosen: Flags) -> Ints:
        """Returns for each row the patient's first chosen row from it on, -1 for none."""
        size = len(chosen)
        places = np.where(chosen, np.arange(size), size)
        following = np.minimum.accumulate(places[::-1])[::-1]
        inside = np.minimum(following, max(size - 1, 0))
        same = (following < size) & (self.patient[inside] == self.patient)
        return np.where(same, following, -1).astype(np.int64)

    def episodes(self, traced: Traced, begin: Ints, close: Ints) -> Episodes:
        """Returns the clocks that begin and close at some of the rows; -1 for those that go on."""
        trace, begins, closed = traced.trace, self.row[begin], close >= 0
        ends = self.row[close] if len(close) else begins
        outcome = (
            np.where(self.stops[close], MET, trace.event[ends].astype(np.int64)) if len(close) else close
        )
        return Episodes(
            patient=trace.patient[begins],
            group=traced.groups(begins),
            element=trace.element[begins].astype(np.int64),
            begin=trace.time[begins],
            finish=np.where(closed, trace.time[ends], traced.end),
            outcome=np.where(closed, outcome, GOING_ON),
        )


def _clock_rows(traced: Traced, standard: Standard) -> _ClockRows:
    """Returns the rows that matter to a standard."""
    trace, rows = traced.trace, traced.patient_order
    asked = clock_wanted(traced.legend, traced.pathway, standard)
    patient, event, element = trace.patient[rows], trace.event[rows], trace.element[rows]
    reaching = np.isin(event, REACHING)
    stops = asked.stops[element] & np.isin(event, (Event.START, Event.EXIT))
    starts, again = asked.starts[element] & reaching & ~stops, asked.again[element] & reaching & ~stops
    present, carries = event == Event.PRESENT, asked.carried[element]
    # Who waits has joined in the row before; what starts there is what is carried.
    waits = (
        present & np.append(False, (event[:-1] == Event.JOIN) & (patient[:-1] == patient[1:]))[: len(rows)]
    )
    over = present & ((carries == CARRY_STOPPED) | (~waits & (carries == CARRY_RUNNING)))
    runs = waits & (carries == CARRY_RUNNING)
    starts |= runs
    kept = starts | stops | again | np.isin(event, LEAVING) | over
    return _ClockRows(
        row=np.where(runs, np.append(rows[:1], rows[:-1]), rows)[kept],
        patient=patient[kept],
        starts=starts[kept],
        stops=stops[kept],
        closes=(stops | np.isin(event, LEAVING))[kept],
        again=again[kept],
        over=over[kept],
    )


def clocks_from(traced: Traced, standard: Standard) -> Clocks:
    """Returns the facts of a standard's clocks."""
    found, pauses = clocks(traced, standard), _Pauses.of(traced)
    asked, legend = clock_wanted(traced.legend, traced.pathway, standard), traced.legend
    edges, size, shown = month_edges(legend), len(legend.groups), pauses.on(found)
    took = shown.at(found.finish, resumed=True)
    inside = (found.finish >= traced.start) & (found.finish < traced.end)
    stopped, running = inside & (found.outcome == MET), found.outcome == GOING_ON
    removed = inside & ~(found.outcome == MET) & ~running
    within, unseen = stopped & (took <= asked.limit), removed | running
    late = (stopped | unseen) & (found.begin < traced.start)
    runs = [_runs_at(found, day) for day in asked.instants.tolist()]
    days = [shown.at(np.full(len(found), day)) for day in asked.instants.tolist()]
    last, so_far = (runs[-1], days[-1]) if runs else (np.zeros(len(found), dtype=bool), found.begin)
    looked = [counted_by_cell(found.group[each], size) for each in runs]
    good = [each & (day <= asked.limit) for each, day in zip(runs, days, strict=True)]
    looked_within = [counted_by_cell(found.group[each], size) for each in good]
    entered = shown.at(np.full(len(found), traced.start))
    return Clocks(
        stopped=values_by_cell(found.group[stopped], took[stopped], size),
        within=counted_by_cell(found.group[within], size),
        stopped_by_month=_by_month(edges, found.finish[stopped]),
        within_by_month=_by_month(edges, found.finish[within]),
        running=counted_by_cell(found.group[running], size),
        over=counted_by_cell(found.group[running & (took > asked.limit)], size),
        removed=counted_by_cell(found.group[removed], size),
        looked=np.array(looked, dtype=np.int64).reshape(len(runs), size),
        looked_within=np.array(looked_within, dtype=np.int64).reshape(len(runs), size),
        last=values_by_cell(found.group[last], so_far[last], size),
        censored=values_by_cell(found.group[unseen], took[unseen], size),
        entered=values_by_cell(found.group[late], entered[late], size),
    )


def _runs_at(found: Episodes, instant: float) -> Flags:
    """Whether each clock runs at an instant: started before it and not stopped by then."""
    runs: Flags = (found.begin < instant) & ((found.finish >= instant) | (found.outcome == GOING_ON))
    return runs


def _by_month(edges: Floats, finish: Floats) -> Ints:
    """Returns how many clocks were stopped in each month."""
    months = np.searchsorted(edges, finish, side="right").astype(np.int64) - 1
    return counted_by_cell(months, len(edges) - 1)


@dataclass(frozen=True, eq=False)
class _Pauses:
    """Intervals in which clocks stand still, in patient order; an end is infinite where none was seen."""

    patient: Ints
    begin: Floats
    end: Floats

    @classmethod
    def of(cls, traced: Traced) -> _Pauses:
        """Returns those of a trace: from reaching an element at which clocks stand still to its end."""
        trace, rows = traced.trace, traced.patient_order
        there = pausing(traced.legend, traced.pathway)[trace.element[rows]]
        reaches = np.isin(trace.event[rows], REACHING)
        rows = rows[there & (reaches | np.isin(trace.event[rows], PAUSE_ENDS))]
        begins = np.isin(trace.event[rows], REACHING)
        patient, time = trace.patient[rows], trace.time[rows]
        ended = np.append(~begins[1:] & (patient[1:] == patient[:-1]), False)[: len(rows)]
        end = np.where(ended, np.append(time[1:], np.inf)[: len(rows)], np.inf)
        return cls(patient[begins], time[begins], end[begins])

    def on(self, found: Episodes) -> _Shown:
        """Returns how clocks are read: with each its patient's pauses from its beginning on."""
        order = np.argsort(found.patient, kind="stable")
        first, last = (np.searchsorted(found.patient[order], self.patient, side) for side in _SIDES)
        number = last - first
        pause = np.repeat(np.arange(len(number)), number)
        clock = order[np.arange(len(pause)) - np.repeat(np.cumsum(number) - number, number) + first[pause]]
        mine = self.begin[pause] >= found.begin[clock]
        return _Shown(found, clock[mine], self.begin[pause[mine]], self.end[pause[mine]])


_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True, eq=False)
class _Shown:
    """What clocks show.

    Attributes:
        found: the clocks.
        clock: of which of them each pause is.
        begin, end: of each pause.
    """

    found: Episodes
    clock: Ints
    begin: Floats
    end: Floats

    def at(self, times: Floats, *, resumed: bool = False) -> Floats:
        """Returns the days that each clock shows at a time of its own.

        Args:
            times: one a clock.
            resumed: whether a pause that ends at this very time is over.
        """
        time = times[self.clock]
        over = self.end <= time if resumed else self.end < time
        still = (self.begin < time) & ~over
        begin, standing = self.found.begin.copy(), times.copy()
        np.add.at(begin, self.clock[over], (self.end - self.begin)[over])
        standing[self.clock[still]] = self.begin[still]
        days: Floats = standing - begin
        return days
