"""Missed slots, harm by waiting, advice only, and caseloads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathway_modeller.analysis.flows import event_groupings
from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.rows import Grouping, Rows, counts, groupings, totals
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.simulation.trace import Event


def add_missed_share(rows: Rows, observed: Observed) -> None:
    """Adds the share of slots to which nobody came, where patients may miss any."""
    among = _with(observed, lambda activity: activity.did_not_attend is not None)
    slots = observed.counted & np.isin(observed.trace.event, (Event.START, Event.START_MISSED))
    missed = (observed.trace.event[slots] == Event.START_MISSED).astype(np.float64)
    for grouping in event_groupings(observed, slots, among):
        number = counts(grouping)
        share = totals(grouping, missed) / np.where(number > 0, number, np.nan)
        rows.add_groups("missed.share", "share", grouping, share)


def add_deterioration(rows: Rows, observed: Observed) -> None:
    """Adds those to whom waiting did harm, in all and by what it was, and those who needed advice only."""
    trace, pathway = observed.trace, observed.pathway
    happened = observed.counted & (trace.event == Event.DETERIORATED)
    kinds: list[str] = [
        pathway.activities[name].deterioration[what].kind for name, what in trace.legend.deteriorations
    ]
    kind = np.array([*kinds, ""])[np.where(happened, trace.units, -1)]
    waits = _with(observed, lambda activity: bool(activity.deterioration))
    for measure, chosen in (
        ("deteriorated", happened),
        ("left.deteriorated", observed.counted & (trace.event == Event.LEFT_DETERIORATED)),
        *((f"deteriorated.{name}", happened & (kind == name)) for name in ("emergency", "need", "death")),
    ):
        for grouping in event_groupings(observed, chosen, waits):
            rows.add_groups(measure, "patients", grouping, counts(grouping))
    points = _with(observed, lambda activity: activity.single_point is not None)
    for measure, event in (("advised", Event.ADVISED), ("left.advised", Event.LEFT_ADVISED)):
        for grouping in event_groupings(observed, observed.counted & (trace.event == event), points):
            rows.add_groups(measure, "patients", grouping, counts(grouping))


def add_caseloads(rows: Rows, observed: Observed) -> None:
    """Adds who came onto caseloads, the contacts that fell due, and who is on them."""
    among = _with(observed, lambda activity: activity.caseload is not None)
    for measure, unit, event in (
        ("caseload.came_on", "patients", Event.ON_CASELOAD),
        ("caseload.reviews", "contacts", Event.REVIEW_DUE),
    ):
        chosen = observed.counted & (observed.trace.event == event)
        for grouping in event_groupings(observed, chosen, among):
            rows.add_groups(measure, unit, grouping, counts(grouping))
    on = observed.on_caseload
    days = np.clip(np.minimum(on.finish, observed.end) - np.maximum(on.begin, observed.start), 0, None)
    period = observed.period if observed.period > 0 else np.nan
    for grouping in groupings(observed, on.element, on.need_tier, on.footprint, among):
        rows.add_groups("caseload.mean", "patients", grouping, totals(grouping, days) / period)
        at_end = Grouping(grouping.keys, np.where(on.outcome < 0, grouping.codes, -1))
        rows.add_groups("caseload.end", "patients", grouping, counts(at_end))


def _with(observed: Observed, has: Callable[[Activity], bool]) -> tuple[str, ...]:
    """Returns the ids of the activities that have something."""
    activities = observed.pathway.activities
    return tuple(name for name in observed.activities if has(activities[name]))
