"""How many came, were seen, missed, gave up, were turned away, left; and how long it took them."""

from __future__ import annotations

import numpy as np

from pathway_modeller.analysis.measures.rows import Rows, by_cell, by_patient_group, totals
from pathway_modeller.analysis.measures.summary_statistics import spread
from pathway_modeller.analysis.observed.facts import Facts
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


def add_activity(rows: Rows, facts: Facts) -> None:
    """Adds counts of what happened at activities within the data collection period."""
    for measure, unit, event in AT_ACTIVITIES:
        for grouping in by_cell(facts):
            rows.add_groups(measure, unit, grouping, totals(grouping, facts.events.by_cell[event]))


def add_throughput(rows: Rows, facts: Facts) -> None:
    """Adds arrivals by entry point and exits by exit point, in all and a week."""
    pathway, weeks = facts.pathway, facts.period / 7
    for measure, event, among in (
        ("arrivals", Event.ARRIVE, tuple(pathway.entry_points)),
        ("exits", Event.EXIT, tuple(pathway.exit_points)),
    ):
        for grouping in by_cell(facts, among):
            number = totals(grouping, facts.events.by_cell[event])
            rows.add_groups(measure, "patients", grouping, number)
            if event == Event.EXIT:
                rows.add_groups(
                    "throughput",
                    "patients a week",
                    grouping,
                    number / weeks if weeks > 0 else number * np.nan,
                )


def add_inside(rows: Rows, facts: Facts) -> None:
    """Adds who is on the pathway: the mean over the period, and those inside at its end."""
    inside, period = facts.inside_time, facts.period if facts.period > 0 else np.nan
    for grouping in by_patient_group(facts):
        rows.add_groups("inside.mean", "patients", grouping, totals(grouping, inside.days) / period)
        rows.add_groups("inside.end", "patients", grouping, totals(grouping, inside.going_on))


def add_time_on_pathway(rows: Rows, facts: Facts) -> None:
    """Adds the time from arrival to exit of those who left by an exit point within the period."""
    for grouping in by_cell(facts, tuple(facts.pathway.exit_points)):
        figures = spread(grouping, facts.gone)
        rows.add_groups("pathway_time.patients", "patients", grouping, figures.count)
        rows.add_groups("pathway_time.mean", "days", grouping, figures.mean)
        rows.add_groups("pathway_time.median", "days", grouping, figures.median)
        rows.add_groups("pathway_time.p92", "days", grouping, figures.p92)
        rows.add_groups("pathway_time.longest", "days", grouping, figures.longest)
