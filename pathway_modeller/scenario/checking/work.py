"""What is done for patients: times, needs, queues, release, and the moves between elements."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, CalendarCondition, DidNotAttend
from pathway_modeller.scenario.moments import mean_days, parameters, sd_days
from pathway_modeller.scenario.network.graph import Way, field_ways
from pathway_modeller.scenario.network.holding import taken_from
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.scenario.words.sentences import attribute_words
from pathway_modeller.scenario.words.structure import Placed, Step


def find_work(pathway: Pathway, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields what is wrong with activities, waits and arrows.

    Args:
        pathway: the pathway.
        records: every record within it, with its place.
    """
    for identifier, activity in pathway.activities.items():
        yield from _activity(pathway, identifier, activity)
    for identifier, wait in pathway.waits.items():
        if wait.time is None:
            here = ("waits", identifier, "time")
            yield error(here, "it has no time, so it is not known how long patients wait", "Give its time")
    for way in field_ways(pathway):
        yield from _idle_field(pathway, way)
    for identifier, arrow in pathway.transitions.items():
        if arrow.keeps_units and (arrow.time is None or arrow.origin not in pathway.activities):
            what = "keeping the place has no effect, since the move takes no time or begins at no activity"
            yield warning(
                ("transitions", identifier, "keeps_units"), what, "Give the move a time, or take this out"
            )
    for steps, record in records:
        if isinstance(record, Distribution):
            yield from _impossible(steps, record)
        if isinstance(record, CalendarCondition) and record.closes <= record.opens:
            what = f"it ends at {record.closes}, not after its beginning at {record.opens}, so it never holds"
            yield error((*steps, "closes"), what, "Let it end later, or use two arrows for a night")


def _activity(pathway: Pathway, identifier: str, activity: Activity) -> Iterator[Finding]:
    """Yields what is wrong with one activity."""
    here = ("activities", identifier)
    if activity.service_time is None:
        what = "it has no service time, so it is not known how long it takes"
        yield error((*here, "service_time"), what, "Give its service time")
    held = any(stay.begins_with == identifier for stay in pathway.stays.values())
    if not activity.needs and not held and activity.caseload is None:
        what = "it needs no capacity, so nobody ever waits for it"
        yield warning((*here, "needs"), what, "Give the capacity pools that it needs, or make it a wait")
    yield from _money(pathway, identifier, activity)
    missed = activity.did_not_attend
    if missed is not None and _most_missed(missed) >= 1 and max(every_value(missed.rebook)) >= 1:
        what = "some patients never attend and are always booked again, so they are never seen"
        yield error((*here, "did_not_attend"), what, "Lower the share, or the share booked again")
    if activity.release == "when next can take" and not taken_from(pathway, identifier):
        what = "releasing when the next can take has no effect, since no activity follows it while it is kept"
        yield warning(
            (*here, "release"), what, "Let it release on completion, or draw an arrow to an activity"
        )


def _most_missed(missed: DidNotAttend) -> float:
    """Returns the largest share of starts to which nobody comes, after whatever wait."""
    shares = (missed.share, *(each.share for each in missed.by_wait))
    return max(value for share in shares for value in every_value(share))


def _money(pathway: Pathway, identifier: str, activity: Activity) -> Iterator[Finding]:
    """Yields money that differs by an attribute by which results are not counted."""
    for key, words in (("price", "price"), ("variable_cost", "variable cost")):
        varied = getattr(activity, key)
        if isinstance(varied, ByGroup) and varied.by in pathway.attributes:
            by = attribute_words(pathway, varied.by)
            what = (
                f"the {words} differs by {by}, by which results are not counted, so what it comes to would "
                "be missing from the results"
            )
            yield warning(
                ("activities", identifier, key, "by"), what, "Let it differ by need tier or footprint"
            )


def _idle_field(pathway: Pathway, way: Way) -> Iterator[Finding]:
    """Yields a way for overflow or for those who give up that nobody can take."""
    activity = pathway.activities[way.origin]
    if way.kind == "overflow" and activity.room is None:
        what = "it has no effect, since the queue has no limit"
        yield warning(way.steps, what, "Give the room in the queue, or take this out")
    if way.kind == "gives up" and activity.patience is None:
        what = "it has no effect, since nobody gives up: there is no patience"
        yield warning(way.steps, what, "Give the patience, or take this out")


def _impossible(steps: tuple[Step, ...], distribution: Distribution) -> Iterator[Finding]:
    """Yields figures that no distribution of their kind has, and gaps between arrivals that are nothing."""
    try:
        parameters(distribution)
        mean, spread = mean_days(distribution), sd_days(distribution)
    except (ValueError, OverflowError) as failure:
        said = (
            str(failure)
            if isinstance(failure, ValueError)
            else "the spread is too wide to be calculated with"
        )
        what, _, mend = said.partition("; ")
        yield error(steps, what, mend[:1].upper() + mend[1:] if mend else "Bring the figures nearer together")
        return
    if not (math.isfinite(mean) and math.isfinite(spread)):
        what = "the figures are so far apart that no mean or spread can be worked out"
        yield error(steps, what, "Bring the figures nearer together")
    if steps[-1] == "gap" and mean <= 0:
        yield error(
            steps, "the gap is always 0, so infinitely many patients come at once", "Give a gap above 0"
        )
