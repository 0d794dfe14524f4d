"""Missed slots, harm by waiting, advice only, and caseloads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathway_modeller.analysis.measures.rows import Rows, by_cell, totals
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.simulation.trace import Event


def add_missed_share(rows: Rows, facts: Facts) -> None:
    """Adds the share of slots to which nobody came, where patients may miss any."""
    among = _with(facts, lambda activity: activity.did_not_attend is not None)
    seen, missed = (facts.events.by_cell[event] for event in (Event.START, Event.START_MISSED))
    for grouping in by_cell(facts, among):
        number = totals(grouping, seen + missed)
        share = totals(grouping, missed) / np.where(number > 0, number, np.nan)
        rows.add_groups("missed.share", "share", grouping, share)


def add_deterioration(rows: Rows, facts: Facts) -> None:
    """Adds those to whom waiting did harm, in all and by what it was, and those who needed advice only."""
    pathway, events = facts.pathway, facts.events
    kinds: list[str] = [
        pathway.activities[name].deterioration[what].kind for name, what in facts.legend.deteriorations
    ]
    kind = np.array([*kinds, ""])
    waits = _with(facts, lambda activity: bool(activity.deterioration))
    for measure, number in (
        ("deteriorated", events.by_cell[Event.DETERIORATED]),
        ("left.deteriorated", events.by_cell[Event.LEFT_DETERIORATED]),
        *(
            (f"deteriorated.{name}", events.deteriorations[kind == name].sum(axis=0))
            for name in ("emergency", "need", "death")
        ),
    ):
        for grouping in by_cell(facts, waits):
            rows.add_groups(measure, "patients", grouping, totals(grouping, number))
    points = _with(facts, lambda activity: activity.single_point is not None)
    for measure, event in (("advised", Event.ADVISED), ("left.advised", Event.LEFT_ADVISED)):
        for grouping in by_cell(facts, points):
            rows.add_groups(measure, "patients", grouping, totals(grouping, events.by_cell[event]))


def add_caseloads(rows: Rows, facts: Facts) -> None:
    """Adds who came onto caseloads, the contacts that fell due, and who is on them."""
    among = _with(facts, lambda activity: activity.caseload is not None)
    for measure, unit, event in (
        ("caseload.came_on", "patients", Event.ON_CASELOAD),
        ("caseload.reviews", "contacts", Event.REVIEW_DUE),
    ):
        for grouping in by_cell(facts, among):
            rows.add_groups(measure, unit, grouping, totals(grouping, facts.events.by_cell[event]))
    on, period = facts.caseload_time, facts.period if facts.period > 0 else np.nan
    for grouping in by_cell(facts, among):
        rows.add_groups("caseload.mean", "patients", grouping, totals(grouping, on.days) / period)
        rows.add_groups("caseload.end", "patients", grouping, totals(grouping, on.going_on))


def _with(facts: Facts, has: Callable[[Activity], bool]) -> tuple[str, ...]:
    """Returns the ids of the activities that have something."""
    activities = facts.pathway.activities
    return tuple(name for name in facts.activities if has(activities[name]))
