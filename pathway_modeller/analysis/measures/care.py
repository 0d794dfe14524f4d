"""Missed slots, harm by waiting, advice only, and caseloads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathway_modeller.analysis.measures.rows import Rows, by_cell, totals
from pathway_modeller.analysis.observed.observed import Observed
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.simulation.trace import Event


def add_missed_share(rows: Rows, observed: Observed) -> None:
    """Adds the share of slots to which nobody came, where patients may miss any."""
    among = _with(observed, lambda activity: activity.did_not_attend is not None)
    seen, missed = (observed.events.by_cell[event] for event in (Event.START, Event.START_MISSED))
    for grouping in by_cell(observed, among):
        number = totals(grouping, seen + missed)
        share = totals(grouping, missed) / np.where(number > 0, number, np.nan)
        rows.add_groups("missed.share", "share", grouping, share)


def add_deterioration(rows: Rows, observed: Observed) -> None:
    """Adds those to whom waiting did harm, in all and by what it was, and those who needed advice only."""
    pathway, events = observed.pathway, observed.events
    kinds: list[str] = [
        pathway.activities[name].deterioration[what].kind for name, what in observed.legend.deteriorations
    ]
    kind = np.array([*kinds, ""])
    waits = _with(observed, lambda activity: bool(activity.deterioration))
    for measure, number in (
        ("deteriorated", events.by_cell[Event.DETERIORATED]),
        ("left.deteriorated", events.by_cell[Event.LEFT_DETERIORATED]),
        *(
            (f"deteriorated.{name}", events.deteriorations[kind == name].sum(axis=0))
            for name in ("emergency", "need", "death")
        ),
    ):
        for grouping in by_cell(observed, waits):
            rows.add_groups(measure, "patients", grouping, totals(grouping, number))
    points = _with(observed, lambda activity: activity.single_point is not None)
    for measure, event in (("advised", Event.ADVISED), ("left.advised", Event.LEFT_ADVISED)):
        for grouping in by_cell(observed, points):
            rows.add_groups(measure, "patients", grouping, totals(grouping, events.by_cell[event]))


def add_caseloads(rows: Rows, observed: Observed) -> None:
    """Adds who came onto caseloads, the contacts that fell due, and who is on them."""
    among = _with(observed, lambda activity: activity.caseload is not None)
    for measure, unit, event in (
        ("caseload.came_on", "patients", Event.ON_CASELOAD),
        ("caseload.reviews", "contacts", Event.REVIEW_DUE),
    ):
        for grouping in by_cell(observed, among):
            rows.add_groups(measure, unit, grouping, totals(grouping, observed.events.by_cell[event]))
    on, period = observed.caseload_time, observed.period if observed.period > 0 else np.nan
    for grouping in by_cell(observed, among):
        rows.add_groups("caseload.mean", "patients", grouping, totals(grouping, on.days) / period)
        rows.add_groups("caseload.end", "patients", grouping, totals(grouping, on.going_on))


def _with(observed: Observed, has: Callable[[Activity], bool]) -> tuple[str, ...]:
    """Returns the ids of the activities that have something."""
    activities = observed.pathway.activities
    return tuple(name for name in observed.activities if has(activities[name]))
