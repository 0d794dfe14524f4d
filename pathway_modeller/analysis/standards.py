"""Waiting-time standards: clocks that start and stop, counted as a stock or as a flow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.episodes import GOING_ON, LEAVING, Episodes
from pathway_modeller.analysis.months import month_ends, month_starts
from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.rows import EVERYTHING, Grouping, Key, Rows, counts, spread, totals
from pathway_modeller.analysis.wanted import SLACK
from pathway_modeller.scenario.people import Standard
from pathway_modeller.simulation.trace import Event

REACHING = (Event.ARRIVE, Event.JOIN, Event.WAIT_START, Event.DECIDE, Event.EXIT)
"""Events with which a patient reaches an element."""

MET = -2
"""The outcome of a clock that was stopped as the standard asks."""

Flags = npt.NDArray[np.bool_]


def clocks(observed: Observed, standard: Standard) -> Episodes:
    """Returns every patient's clocks for a standard, with outcome ``MET``, ``GOING_ON`` or a leaving event.

    A clock starts when a patient without a running clock reaches a ``starts_at`` element, and stops at the
    attended start of a ``stops_at`` activity or on reaching a ``stops_at`` exit. Reaching another
    ``starts_at`` element meanwhile changes nothing. Leaving the pathway otherwise removes the clock. A
    patient who was being seen at time 0 has no clock from before, since its start is not known.
    """
    trace, rows = observed.trace, observed.patient_order
    event, element = trace.event[rows], trace.element[rows]
    starts = observed.element_mask(frozenset(standard.starts_at))[element] & np.isin(event, REACHING)
    at_stop = observed.element_mask(frozenset(standard.stops_at))[element]
    stops = at_stop & np.isin(event, (Event.START, Event.EXIT))
    kept = starts | stops | np.isin(event, LEAVING)
    rows, starts, stops = rows[kept], starts[kept] & ~stops[kept], stops[kept]
    return _pair(observed, rows, starts, stops)


def _pair(observed: Observed, rows: npt.NDArray[np.int64], starts: Flags, stops: Flags) -> Episodes:
    """Pairs each patient's first start with the next stop or leaving, again and again."""
    trace = observed.trace
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
        need_tier=trace.need_tier[begins].astype(np.int64),
        footprint=trace.footprint[begins].astype(np.int64),
        element=trace.element[begins].astype(np.int64),
        begin=trace.time[begins],
        finish=np.where(closed, trace.time[rows[following]], observed.end)[starts],
        outcome=np.where(closed, outcome, GOING_ON)[starts],
    )


def add_standards(rows: Rows, observed: Observed) -> None:
    """Adds the figures of every standard of the pathway."""
    for identifier, standard in sorted(observed.pathway.standards.items()):
        found = clocks(observed, standard)
        if standard.counts == "flow":
            _add_flow(rows, observed, identifier, standard, found)
        else:
            _add_stock(rows, observed, identifier, standard, found)
        _add_numbers(rows, observed, identifier, standard, found)


def _add_flow(rows: Rows, observed: Observed, identifier: str, standard: Standard, found: Episodes) -> None:
    """Adds the share of clocks stopped in the period, with those already over the limit as outside."""
    limit = standard.limit.days + SLACK
    stopped = found.ended(observed.start, observed.end, MET)
    running = found.going_on()
    over = running.where(running.days > limit)
    for mine, late in zip(_groups(observed, stopped), _groups(observed, over), strict=True):
        within = totals(mine, (stopped.days <= limit).astype(np.float64))
        rows.add_groups(
            f"standard.within.{identifier}", "share", mine, _share(within, counts(mine) + counts(late))
        )
        rows.add_groups(f"standard.within_stopped.{identifier}", "share", mine, _share(within, counts(mine)))
    months = month_starts(observed.legend)
    place = np.searchsorted([begins for _, begins in months], stopped.finish, side="right") - 1
    by_month = Grouping(tuple(EVERYTHING for _ in months), place.astype(np.int64))
    shares = _share(totals(by_month, (stopped.days <= limit).astype(np.float64)), counts(by_month))
    for (month, _), share in zip(months, shares, strict=True):
        rows.add(f"standard.month.{identifier}.{month}", "share", EVERYTHING, float(share))
    _add_spread(rows, identifier, _groups(observed, stopped), stopped.days)


def _add_stock(rows: Rows, observed: Observed, identifier: str, standard: Standard, found: Episodes) -> None:
    """Adds the share within the limit of the clocks that run at month ends."""
    limit = standard.limit.days + SLACK
    shares, last, waited = [], found.where(np.zeros(len(found), dtype=bool)), np.empty(0)
    ends = month_ends(observed.legend)
    for month, instant in ends:
        last = found.where(_runs_at(found, instant))
        waited = instant - last.begin
        groups = _groups(observed, last)
        share = [_share(totals(each, (waited <= limit).astype(np.float64)), counts(each)) for each in groups]
        shares.append(share)
        rows.add(f"standard.month.{identifier}.{month}", "share", EVERYTHING, float(share[0][0]))
    groups = _groups(observed, last)
    for place, grouping in enumerate(groups):
        columns = np.array([share[place] for share in shares]).reshape(len(shares), len(grouping.keys))
        rows.add_groups(f"standard.within.{identifier}", "share", grouping, _mean_of_known(columns))
        final = columns[-1] if len(columns) else np.full(len(grouping.keys), np.nan)
        rows.add_groups(f"standard.within_last.{identifier}", "share", grouping, final)
    _add_spread(rows, identifier, groups, waited)


def _add_numbers(
    rows: Rows, observed: Observed, identifier: str, standard: Standard, found: Episodes
) -> None:
    """Adds how many clocks were stopped, still run, run beyond the limit, or were removed."""
    running = found.going_on()
    removed = found.ended(observed.start, observed.end, *(int(event) for event in LEAVING))
    late = running.where(running.days > standard.limit.days + SLACK)
    for name, chosen in (
        ("stopped", found.ended(observed.start, observed.end, MET)),
        ("running", running),
        ("running_over", late),
        ("removed", removed),
    ):
        for grouping in _groups(observed, chosen):
            rows.add_groups(f"standard.{name}.{identifier}", "patients", grouping, counts(grouping))


def _add_spread(
    rows: Rows, identifier: str, groups: tuple[Grouping, ...], days: npt.NDArray[np.float64]
) -> None:
    """Adds mean, median, 92nd percentile and longest time on the clock."""
    for grouping in groups:
        figures = spread(grouping, days)
        rows.add_groups(f"standard.mean.{identifier}", "days", grouping, figures.mean)
        rows.add_groups(f"standard.median.{identifier}", "days", grouping, figures.median)
        rows.add_groups(f"standard.p92.{identifier}", "days", grouping, figures.p92)
        rows.add_groups(f"standard.longest.{identifier}", "days", grouping, figures.longest)


def _runs_at(found: Episodes, instant: float) -> Flags:
    """Whether each clock runs at an instant: started before it and not stopped by then."""
    runs: Flags = (found.begin < instant) & ((found.finish >= instant) | (found.outcome == GOING_ON))
    return runs


def _groups(observed: Observed, chosen: Episodes) -> tuple[Grouping, ...]:
    """Divides clocks: all together, by need tier, by footprint."""
    legend = observed.legend
    parts = [Grouping((EVERYTHING,), np.zeros(len(chosen), dtype=np.int64))]
    if legend.need_tiers:
        parts.append(Grouping(tuple(Key(need_tier=name) for name in legend.need_tiers), chosen.need_tier))
    if legend.footprints:
        parts.append(Grouping(tuple(Key(footprint=name) for name in legend.footprints), chosen.footprint))
    return tuple(parts)


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Divides, NaN where there is nothing to divide by."""
    share: npt.NDArray[np.float64] = part / np.where(whole > 0, whole, np.nan)
    return share


def _mean_of_known(columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mean of each column over the months in which anybody waited, NaN if there were none."""
    known = ~np.isnan(columns)
    return _share(np.nansum(columns, axis=0), known.sum(axis=0).astype(np.float64))
