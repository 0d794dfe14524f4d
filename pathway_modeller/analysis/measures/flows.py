"""How many came, were seen, missed, gave up, were turned away, left; and how long it took them."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import by_cell, by_patient_group
from pathway_modeller.analysis.measures.measure import Block, Floats, Measure, among, block
from pathway_modeller.analysis.measures.summary_statistics import PERCENTILE, times
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.simulation.trace import Event

_PERIOD = (
    "All hours of the data collection period, nights and weekends included; the warm-up period is left out."
)
_EXITED = (
    "Flow: patients who reached an exit point in the data collection period, whenever they came, and whose "
    "arrival is known."
)
_HAPPENED = "Flow: what happened in the data collection period; the warm-up period is left out."

# The records below stand as in a table, several fields to a line.
# fmt: off
FLOWS = (
    Measure(
        "contacts", "Attended contacts", "contacts",
        "Flow: contacts started and attended in the data collection period; the warm-up period is left out.",
        "neither",
        "A contact counts when it starts, completed or not; one that was under way before the period does "
        "not.",
        interval="count",
    ),
    Measure(
        "missed", "Missed slots", "slots", _HAPPENED, "lower",
        "Starts to which nobody came; the slot was used.",
        interval="count",
    ),
    Measure(
        "gave_up", "Gave up waiting", "patients", _HAPPENED, "lower",
        "Left a queue because patience ran out.",
        interval="count",
    ),
    Measure(
        "turned_away", "Found the queue full", "patients", _HAPPENED, "lower", "Went elsewhere, or left.",
        interval="count",
    ),
    Measure(
        "left.turned_away", "Left because the queue was full", "patients", _HAPPENED, "lower",
        "Left the pathway after finding a queue full.",
        interval="count",
    ),
    Measure(
        "left.gave_up", "Left after giving up", "patients", _HAPPENED, "lower",
        "Left the pathway because patience ran out.",
        interval="count",
    ),
    Measure(
        "left.not_attended", "Left after not attending", "patients", _HAPPENED, "lower",
        "Left the pathway after a missed slot.",
        interval="count",
    ),
    Measure(
        "arrivals", "Arrivals", "patients", _HAPPENED, "neither", "Came to an entry point.",
        interval="count",
    ),
    Measure(
        "exits", "Exits", "patients", _HAPPENED, "higher", "Reached an exit point.",
        interval="count",
    ),
    Measure(
        "throughput", "Throughput", "patients a week", _HAPPENED, "higher",
        "Exits over the weeks of the period.",
    ),
    Measure(
        "inside.mean", "Mean number on the pathway", "patients", _PERIOD, "neither",
        "Time-weighted mean of the patients on the pathway, waiting, being seen or in between.",
    ),
    Measure(
        "inside.end", "On the pathway at the end", "patients", "Stock: patients inside when the run ends.",
        "neither", "What they still need is not in the counts of contacts or in any bill.",
        interval="count",
    ),
    Measure(
        "pathway_time.patients", "Patients who exited", "patients", _EXITED, "higher",
        "How many the times on the pathway are worked out from.",
        interval="count",
    ),
    Measure(
        "pathway_time.mean", "Mean time on the pathway", "days", _EXITED, "lower",
        "From arrival (or joining a list before time 0) to the exit point.",
    ),
    Measure(
        "pathway_time.median", "Median time on the pathway", "days", _EXITED, "lower",
        f"Half took less. {PERCENTILE}", interval="percentile", percentile=0.5,
    ),
    Measure(
        "pathway_time.p92", "92nd percentile of time on the pathway", "days", _EXITED, "lower",
        f"92 in 100 took less. {PERCENTILE}", interval="percentile", percentile=0.92,
    ),
    Measure(
        "pathway_time.longest", "Longest time on the pathway", "days", _EXITED, "lower",
        "The longest of them.",
    ),
)
# fmt: on


AT_ACTIVITIES = {
    "contacts": Event.START,
    "missed": Event.START_MISSED,
    "gave_up": Event.GAVE_UP,
    "turned_away": Event.TURNED_AWAY,
    "left.turned_away": Event.LEFT_TURNED_AWAY,
    "left.gave_up": Event.LEFT_GAVE_UP,
    "left.not_attended": Event.LEFT_NOT_ATTENDED,
}
"""Measures that count one kind of event at activities."""


def activity(scope: Scope) -> Iterator[Block]:
    """Yields counts of what happened at activities within the data collection period."""
    groups = by_cell(scope)

    def counts(facts: Facts, _: Ledger) -> list[Floats]:
        return [groups.totals(facts.events.by_cell[event]) for event in AT_ACTIVITIES.values()]

    yield block(among(FLOWS, *AT_ACTIVITIES), groups, counts, by_measure=True)


def throughput(scope: Scope) -> Iterator[Block]:
    """Yields arrivals by entry point and exits by exit point, in all and a week."""
    weeks = scope.period / 7
    entries = by_cell(scope, tuple(scope.pathway.entry_points))
    exits = by_cell(scope, tuple(scope.pathway.exit_points))

    def came(facts: Facts, _: Ledger) -> list[Floats]:
        return [entries.totals(facts.events.by_cell[Event.ARRIVE])]

    def left(facts: Facts, _: Ledger) -> list[Floats]:
        number = exits.totals(facts.events.by_cell[Event.EXIT])
        return [number, number / weeks]

    yield block(among(FLOWS, "arrivals"), entries, came)
    yield block(among(FLOWS, "exits", "throughput"), exits, left)


def inside(scope: Scope) -> Iterator[Block]:
    """Yields who is on the pathway: the mean over the period, and those inside at its end."""
    groups, period = by_patient_group(scope), scope.period

    def there(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.inside_time
        return [groups.totals(found.days) / period, groups.totals(found.going_on)]

    yield block(among(FLOWS, "inside.mean", "inside.end"), groups, there)


def time_on_pathway(scope: Scope) -> Iterator[Block]:
    """Yields the time from arrival to exit of those who left by an exit point within the period."""
    groups = by_cell(scope, tuple(scope.pathway.exit_points))
    ids = ("patients", "mean", "median", "p92", "longest")
    measures = among(FLOWS, *(f"pathway_time.{each}" for each in ids))
    yield times(measures, groups, lambda facts: facts.days("gone"))
