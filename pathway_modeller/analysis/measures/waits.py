"""Waiting times per activity, those who still wait at the end, and time blocked in another place."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.analysis.measures.groups import by_cell
from pathway_modeller.analysis.measures.measure import Block, Measure, among
from pathway_modeller.analysis.measures.summary_statistics import PERCENTILE, times
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.document import Pathway

_SEEN = (
    "Flow: patients who were started and attended in the data collection period, whenever they joined; "
    "starts in the warm-up period do not count. Those who held a bed or other units meanwhile were blocked "
    "and are apart."
)
_STILL = (
    "Stock: patients who wait in a queue when the run ends, however long they have waited, and hold no units."
)
_BLOCKED = (
    "Flow: patients started and attended in the data collection period who held a bed or other units, taken "
    "before, until then; a place on a caseload does not count."
)
_STILL_BLOCKED = (
    "Stock: patients who hold a bed or other units until this activity can take them, when the run ends."
)

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
        "From joining the queue of an activity to its start, at all hours, whether the activity is open or "
        "closed. A patient who missed a slot and was booked again counts from joining again; a slot nobody "
        "came to, a patient who gave up, and one who deteriorated while waiting do not count.",
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
    Measure(
        "blocked.patients", "Patients taken from another place", "patients", _BLOCKED, "neither",
        "How many the times blocked are worked out from, those kept for no time at all among them; they are "
        "in no queue and in no waiting time.",
        interval="count",
    ),
    Measure(
        "blocked.mean", "Mean time blocked in another place", "days", _BLOCKED, "lower",
        "From being ready for the activity to its start, spent in a bed or other units of another place.",
    ),
    Measure(
        "blocked.median", "Median time blocked in another place", "days", _BLOCKED, "lower",
        f"Half of those who came from another place were blocked for less. {PERCENTILE}",
        interval="percentile", percentile=0.5,
    ),
    Measure(
        "blocked.p92", "92nd percentile of time blocked in another place", "days", _BLOCKED, "lower",
        f"92 in 100 of those who came from another place were blocked for less. {PERCENTILE}",
        interval="percentile", percentile=0.92,
    ),
    Measure(
        "blocked.longest", "Longest time blocked in another place", "days", _BLOCKED, "lower",
        "The longest of all these times.",
    ),
    Measure(
        "still_blocked.patients", "Still blocked in another place at the end", "patients", _STILL_BLOCKED,
        "lower", "They are in a bed or other units of another place, and not among those who wait.",
        interval="count",
    ),
    Measure(
        "still_blocked.mean", "Mean time blocked so far", "days", _STILL_BLOCKED, "lower",
        "Time until the end of the run of those still blocked; their full times will be longer.",
    ),
    Measure(
        "still_blocked.longest", "Longest time blocked so far", "days", _STILL_BLOCKED, "lower",
        "The longest of these times.",
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


def blocked(scope: Scope) -> Iterator[Block]:
    """Yields the times in which patients were kept in another place, where the pathway can do that."""
    if not _can_block(scope.pathway):
        return
    groups = by_cell(scope)
    measures = among(WAITS, *(f"blocked.{each}" for each in ("patients", "mean", "median", "p92", "longest")))
    yield times(measures, groups, lambda facts: facts.days("blocked"))
    still = among(WAITS, *(f"still_blocked.{each}" for each in ("patients", "mean", "longest")))
    yield times(still, groups, lambda facts: facts.days("still_blocked"))


def _can_block(pathway: Pathway) -> bool:
    """Returns whether anybody can wait for an activity while holding units."""
    kept = any(each.release == "when next can take" for each in pathway.activities.values())
    return kept or bool(pathway.stays) or any(each.keeps_units for each in pathway.transitions.values())
