"""Missed slots, harm by waiting and during care, advice only, and caseloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import Groups, by_cell
from pathway_modeller.analysis.measures.measure import Block, Floats, Measure, Work, among, block
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.elements import Activity, During, Harm
from pathway_modeller.simulation.trace import Event

_PERIOD = (
    "All hours of the data collection period, nights and weekends included; the warm-up period is left out."
)
_HAPPENED = "Flow: what happened in the data collection period; the warm-up period is left out."

# The records below stand as in a table, several fields to a line.
# fmt: off
CARE = (
    Measure(
        "missed.share", "Share of slots missed", "share",
        "Flow: starts in the data collection period, attended or not.", "lower",
        "Starts to which nobody came over all starts, where patients may miss any. Where the share who "
        "do not attend rises with the wait, it is what the waits of the period made of it.",
        interval="share",
    ),
    Measure(
        "deteriorated", "Deteriorated while waiting", "patients", _HAPPENED, "lower",
        "Waits that ended because of what waiting did: an emergency, another need tier, or death. They "
        "are in no waiting time.",
        interval="count",
    ),
    Measure(
        "deteriorated.emergency", "Emergencies while waiting", "patients", _HAPPENED, "lower",
        "Of those who deteriorated, the emergencies.",
        interval="count",
    ),
    Measure(
        "deteriorated.need", "Moved need tier while waiting", "patients", _HAPPENED, "lower",
        "Of those who deteriorated, those who moved to another need tier.",
        interval="count",
    ),
    Measure(
        "deteriorated.death", "Died while waiting", "patients", _HAPPENED, "lower",
        "Of those who deteriorated, the deaths.",
        interval="count",
    ),
    Measure(
        "left.deteriorated", "Left after deteriorating", "patients", _HAPPENED, "lower",
        "Left the pathway because of what waiting did, other than by death; they are among those who "
        "deteriorated.",
        interval="count",
    ),
    Measure(
        "harmed", "Deteriorated during care", "patients", _HAPPENED, "lower",
        "Services, stays and times on a caseload that ended because of what happened there: an emergency, "
        "another need tier, or death. A contact that was started is among the attended contacts.",
        interval="count",
    ),
    Measure(
        "harmed.emergency", "Emergencies during care", "patients", _HAPPENED, "lower",
        "Of those who deteriorated during care, the emergencies.",
        interval="count",
    ),
    Measure(
        "harmed.need", "Moved need tier during care", "patients", _HAPPENED, "lower",
        "Of those who deteriorated during care, those who moved to another need tier.",
        interval="count",
    ),
    Measure(
        "harmed.death", "Died during care", "patients", _HAPPENED, "lower",
        "Of those who deteriorated during care, the deaths.",
        interval="count",
    ),
    Measure(
        "left.harmed", "Left after deteriorating during care", "patients", _HAPPENED, "lower",
        "Left the pathway because of what happened during care, other than by death; they are among those "
        "who deteriorated during care.",
        interval="count",
    ),
    Measure(
        "advised", "Needed advice only", "patients", _HAPPENED, "neither",
        "Were done at a single point of contact, their need met; those who go on are not in it.",
        interval="count",
    ),
    Measure(
        "left.advised", "Left with advice only", "patients", _HAPPENED, "neither",
        "Left the pathway after advice by a single point of contact.",
        interval="count",
    ),
    Measure(
        "caseload.came_on", "Came onto the caseload", "patients", _HAPPENED, "neither",
        "First attended contacts of a caseload.",
        interval="count",
    ),
    Measure(
        "caseload.reviews", "Reviews due", "contacts", _HAPPENED, "neither",
        "Contacts after the first that fell due, started or not; those attended are among the attended "
        "contacts.",
        interval="count",
    ),
    Measure(
        "caseload.mean", "Mean number on the caseload", "patients", _PERIOD, "neither",
        "Time-weighted mean of the patients on a caseload, between contacts or waiting for one.",
    ),
    Measure(
        "caseload.end", "On the caseload at the end", "patients",
        "Stock: patients on a caseload when the run ends.", "neither",
        "The contacts they still need are not in the counts of contacts or in any bill.",
        interval="count",
    ),
)
# fmt: on


def missed_share(scope: Scope) -> Iterator[Block]:
    """Yields the share of slots to which nobody came, where patients may miss any."""
    groups = by_cell(scope, _with(scope, lambda activity: activity.did_not_attend is not None))

    def slots(facts: Facts, _: Ledger) -> list[Floats]:
        seen, missed = (facts.events.by_cell[event] for event in (Event.START, Event.START_MISSED))
        return [groups.totals(seen + missed)]

    def share(facts: Facts, found: Ledger) -> list[Floats]:
        (number,) = slots(facts, found)
        missed = groups.totals(facts.events.by_cell[Event.START_MISSED])
        return [missed / np.where(number > 0, number, np.nan)]

    yield block(
        among(CARE, "missed.share"), groups, _of_some(groups, share), patients=_of_some(groups, slots)
    )


def deterioration(scope: Scope) -> Iterator[Block]:
    """Yields those who came to harm, waiting and in care, in all and by what it was; and advice only."""
    yield _harm(scope, "queue", "deteriorated", (Event.DETERIORATED, Event.LEFT_DETERIORATED))
    if any(activity.harm_during("service") for activity in scope.pathway.activities.values()):
        yield _harm(scope, "service", "harmed", (Event.HARMED, Event.LEFT_HARMED))
    points = by_cell(scope, _with(scope, lambda activity: activity.single_point is not None))

    def advised(facts: Facts, _: Ledger) -> list[Floats]:
        return [points.totals(facts.events.by_cell[event]) for event in (Event.ADVISED, Event.LEFT_ADVISED)]

    yield block(among(CARE, "advised", "left.advised"), points, _of_some(points, advised), by_measure=True)


def _harm(scope: Scope, during: During, name: str, every: tuple[Event, Event]) -> Block:
    """Returns those who came to harm while waiting or during care, who left after it, and each kind of it."""
    activities, deteriorations = scope.pathway.activities, scope.legend.deteriorations
    each = [activities[activity].deterioration[what] for activity, what in deteriorations]
    kind = np.array([*(str(what.kind) if what.during == during else "" for what in each), ""])
    groups = by_cell(scope, _with(scope, lambda activity: bool(activity.harm_during(during))))
    kinds: tuple[Harm, ...] = ("emergency", "need", "death")

    def harmed(facts: Facts, _: Ledger) -> list[Floats]:
        events = facts.events
        return [
            *(groups.totals(events.by_cell[event]) for event in every),
            *(groups.totals(events.deteriorations[kind == name].sum(axis=0)) for name in kinds),
        ]

    ids = (name, f"left.{name}", *(f"{name}.{each}" for each in kinds))
    return block(among(CARE, *ids), groups, _of_some(groups, harmed), by_measure=True)


def caseloads(scope: Scope) -> Iterator[Block]:
    """Yields who came onto caseloads, the contacts that fell due, and who is on them."""
    groups = by_cell(scope, _with(scope, lambda activity: activity.caseload is not None))
    period = scope.period

    def came(facts: Facts, _: Ledger) -> list[Floats]:
        return [groups.totals(facts.events.by_cell[each]) for each in (Event.ON_CASELOAD, Event.REVIEW_DUE)]

    def there(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.caseload_time
        return [groups.totals(found.days) / period, groups.totals(found.going_on)]

    yield block(
        among(CARE, "caseload.came_on", "caseload.reviews"), groups, _of_some(groups, came), by_measure=True
    )
    yield block(among(CARE, "caseload.mean", "caseload.end"), groups, _of_some(groups, there))


def _with(scope: Scope, has: Callable[[Activity], bool]) -> tuple[str, ...]:
    """Returns the ids of the activities that have something."""
    activities = scope.pathway.activities
    return tuple(name for name in scope.activities if has(activities[name]))


def _of_some(groups: Groups, work: Work) -> Work:
    """Returns how figures are worked out; where no activity has such a thing, once for all replications."""
    if len(groups.cells):
        return work
    found: list[npt.ArrayLike] = []

    def the_same(facts: Facts, kept: Ledger) -> npt.ArrayLike:
        if not found:
            found.append(work(facts, kept))
        return found[0]

    return the_same
