"""How many came, were seen, missed, gave up, were turned away, left; and how long it took them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed import Episodes, Observed
from pathway_modeller.analysis.rows import EVERYTHING, Grouping, Key, Rows, counts, groupings, spread, totals
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.simulation.trace import Event

AT_ACTIVITIES = (
    ("contacts", "contacts", Event.START),
    ("missed", "slots", Event.START_MISSED),
    ("gave_up", "patients", Event.GAVE_UP),
    ("turned_away", "patients", Event.TURNED_AWAY),
    ("left.turned_away", "patients", Event.LEFT_TURNED_AWAY),
    ("left.gave_up", "patients", Event.LEFT_GAVE_UP),
    ("left.not_attended", "patients", Event.LEFT_NOT_ATTENDED),
)
"""Measures that count one kind of event at activities, with their unit."""


def event_groupings(
    observed: Observed, chosen: npt.NDArray[np.bool_], among: tuple[str, ...] | None = None
) -> tuple[Grouping, ...]:
    """Divides the chosen rows of the trace as :func:`groupings` does."""
    trace = observed.trace
    return groupings(
        observed,
        trace.element[chosen].astype(np.int64),
        trace.need_tier[chosen].astype(np.int64),
        trace.footprint[chosen].astype(np.int64),
        among,
    )


def add_activity(rows: Rows, observed: Observed) -> None:
    """Adds counts of what happened at activities within the data collection period."""
    for measure, unit, event in AT_ACTIVITIES:
        chosen = observed.counted & (observed.trace.event == event)
        for grouping in event_groupings(observed, chosen):
            rows.add_groups(measure, unit, grouping, counts(grouping))


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


def add_throughput(rows: Rows, observed: Observed) -> None:
    """Adds arrivals by entry point and exits by exit point, in all and a week."""
    pathway, weeks = observed.pathway, observed.period / 7
    for measure, event, among in (
        ("arrivals", Event.ARRIVE, tuple(pathway.entry_points)),
        ("exits", Event.EXIT, tuple(pathway.exit_points)),
    ):
        chosen = observed.counted & (observed.trace.event == event)
        for grouping in event_groupings(observed, chosen, among):
            number = counts(grouping)
            rows.add_groups(measure, "patients", grouping, number)
            if event == Event.EXIT:
                rows.add_groups(
                    "throughput",
                    "patients a week",
                    grouping,
                    number / weeks if weeks > 0 else number * np.nan,
                )


def add_inside(rows: Rows, observed: Observed) -> None:
    """Adds who is on the pathway: the mean over the period, and those inside at its end."""
    inside = observed.inside
    days = np.clip(
        np.minimum(inside.finish, observed.end) - np.maximum(inside.begin, observed.start), 0, None
    )
    present = inside.outcome < 0
    for grouping in _by_patient_group(observed, inside):
        mean = (
            totals(grouping, days) / observed.period
            if observed.period > 0
            else totals(grouping, days) * np.nan
        )
        rows.add_groups("inside.mean", "patients", grouping, mean)
        at_end = Grouping(grouping.keys, np.where(present, grouping.codes, -1))
        rows.add_groups("inside.end", "patients", grouping, counts(at_end))


def add_time_on_pathway(rows: Rows, observed: Observed) -> None:
    """Adds the time from arrival to exit of those who left by an exit point within the period."""
    known = observed.inside.where(observed.arrival_known)
    gone = known.ended(observed.start, observed.end, Event.EXIT)
    among = tuple(observed.pathway.exit_points)
    for grouping in groupings(observed, gone.element, gone.need_tier, gone.footprint, among):
        figures = spread(grouping, gone.days)
        rows.add_groups("pathway_time.patients", "patients", grouping, figures.count)
        rows.add_groups("pathway_time.mean", "days", grouping, figures.mean)
        rows.add_groups("pathway_time.median", "days", grouping, figures.median)
        rows.add_groups("pathway_time.p92", "days", grouping, figures.p92)
        rows.add_groups("pathway_time.longest", "days", grouping, figures.longest)


def _by_patient_group(observed: Observed, inside: Episodes) -> tuple[Grouping, ...]:
    """Divides patients: all together, by need tier, by footprint."""
    legend = observed.trace.legend
    parts = [Grouping((EVERYTHING,), np.zeros(len(inside), dtype=np.int64))]
    if legend.need_tiers:
        parts.append(Grouping(tuple(Key(need_tier=name) for name in legend.need_tiers), inside.need_tier))
    if legend.footprints:
        parts.append(Grouping(tuple(Key(footprint=name) for name in legend.footprints), inside.footprint))
    return tuple(parts)
