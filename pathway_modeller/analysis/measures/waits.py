"""Waiting times per activity, and those who still wait at the end."""

from __future__ import annotations

from pathway_modeller.analysis.measures.rows import Rows, by_cell
from pathway_modeller.analysis.measures.summary_statistics import spread
from pathway_modeller.analysis.observed.facts import Facts


def add_waits(rows: Rows, facts: Facts) -> None:
    """Adds the waiting times that ended with an attended start within the data collection period.

    A patient who missed a slot and was booked again counts by the wait since joining again. Who gave up, or
    whose wait ended by what it did to them, is in none of these waiting times.
    """
    for grouping in by_cell(facts):
        figures = spread(grouping, facts.waited)
        rows.add_groups("wait.patients", "patients", grouping, figures.count)
        rows.add_groups("wait.mean", "days", grouping, figures.mean)
        rows.add_groups("wait.median", "days", grouping, figures.median)
        rows.add_groups("wait.p92", "days", grouping, figures.p92)
        rows.add_groups("wait.longest", "days", grouping, figures.longest)
        rows.add_groups("wait.share_waiting", "share", grouping, figures.share_positive)


def add_still_waiting(rows: Rows, facts: Facts) -> None:
    """Adds the patients whose wait had not ended when the run did: how many, and how long so far."""
    for grouping in by_cell(facts):
        figures = spread(grouping, facts.waiting)
        rows.add_groups("still_waiting.patients", "patients", grouping, figures.count)
        rows.add_groups("still_waiting.mean", "days", grouping, figures.mean)
        rows.add_groups("still_waiting.longest", "days", grouping, figures.longest)
