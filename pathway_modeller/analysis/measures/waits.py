"""Waiting times per activity, and those who still wait at the end."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.analysis.measures.groups import by_cell
from pathway_modeller.analysis.measures.measure import Block, Measure, among
from pathway_modeller.analysis.measures.summary_statistics import PERCENTILE, times
from pathway_modeller.analysis.observed.scope import Scope

_SEEN = "Patients whose wait ended in the data collection period because they were started and attended."
_STILL = "Patients who wait in a queue when the run ends, however long they have waited."

# The records below stand as in a table, several fields to a line.
# fmt: off
WAITS = (
    Measure(
        "wait.patients", "Patients started", "patients", _SEEN, "higher",
        "How many waits the other waiting times are worked out from.",
        interval="count",
    ),
    Measure(
        "wait.mean", "Mean waiting time", "days", _SEEN, "lower",
        "From joining the queue of an activity to its start. A patient who missed a slot and was "
        "booked again counts from joining again; a slot nobody came to, a patient who gave up, and one "
        "who deteriorated while waiting do not count.",
    ),
    Measure(
        "wait.median", "Median waiting time", "days", _SEEN, "lower",
        f"Half of the patients started waited less. {PERCENTILE}",
        interval="percentile", percentile=0.5,
    ),
    Measure(
        "wait.p92", "92nd percentile of waiting time", "days", _SEEN, "lower",
        f"92 in 100 of the patients started waited less. {PERCENTILE}",
        interval="percentile", percentile=0.92,
    ),
    Measure(
        "wait.longest", "Longest waiting time", "days", _SEEN, "lower", "The longest of all these waits.",
    ),
    Measure(
        "wait.share_waiting", "Share who had to wait", "share", _SEEN, "lower",
        "The share who were not started at the moment they joined.",
        interval="share",
    ),
    Measure(
        "still_waiting.patients", "Still waiting at the end", "patients", _STILL, "lower",
        "Their waits are not over (censored), so that they are in no waiting time above: where this "
        "is large, the waiting times of those seen understate what patients would face.",
        interval="count",
    ),
    Measure(
        "still_waiting.mean", "Mean time waited so far", "days", _STILL, "lower",
        "Time waited until the end of the run by those who still wait; their full waits will be longer.",
    ),
    Measure(
        "still_waiting.longest", "Longest time waited so far", "days", _STILL, "lower",
        "The longest time waited until the end of the run by a patient who still waits.",
    ),
)
# fmt: on


def waits(scope: Scope) -> Iterator[Block]:
    """Yields the waiting times that ended with an attended start within the data collection period.

    A patient who missed a slot and was booked again counts by the wait since joining again. Who gave up, or
    whose wait ended by what it did to them, is in none of these waiting times.
    """
    groups = by_cell(scope)
    ids = ("patients", "mean", "median", "p92", "longest", "share_waiting")
    measures = among(WAITS, *(f"wait.{each}" for each in ids))
    yield times(measures, groups, lambda facts: facts.days("waited"))


def still_waiting(scope: Scope) -> Iterator[Block]:
    """Yields the patients whose wait had not ended when the run did: how many, and how long so far."""
    groups = by_cell(scope)
    measures = among(WAITS, *(f"still_waiting.{each}" for each in ("patients", "mean", "longest")))
    yield times(measures, groups, lambda facts: facts.days("waiting"))
