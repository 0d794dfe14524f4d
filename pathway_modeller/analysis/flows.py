"""How many came, were seen, missed, gave up, were turned away, left; and how long it took them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.episodes import Episodes
from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.rows import EVERYTHING, Grouping, Key, Rows, counts, groupings, spread, totals
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
    legend = observed.legend
    parts = [Grouping((EVERYTHING,), np.zeros(len(inside), dtype=np.int64))]
    if legend.need_tiers:
        parts.append(Grouping(tuple(Key(need_tier=name) for name in legend.need_tiers), inside.need_tier))
    if legend.footprints:
        parts.append(Grouping(tuple(Key(footprint=name) for name in legend.footprints), inside.footprint))
    return tuple(parts)
