"""What happens around contacts: deterioration, quality, caseloads, single points of contact, trends."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.checking.arrows import takes_no_time
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import Dated, every_value
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, Caseload, Deterioration, SinglePoint
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.network.graph import arrows_out
from pathway_modeller.scenario.network.waiting import qualities
from pathway_modeller.scenario.population import Trend
from pathway_modeller.scenario.values import DAYS_PER_YEAR, MOST_TIMES
from pathway_modeller.scenario.words.sentences import (
    duration_words,
    element_name,
    listed,
    member_name,
    percentage,
)
from pathway_modeller.scenario.words.structure import Placed, Step


def find_contacts(pathway: Pathway, run: RunSettings, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields what is wrong with waiting, reviews and advice at every activity, and with trends.

    Args:
        pathway: the pathway.
        run: how it is run.
        records: every record within it, with its place.
    """
    years = math.ceil((run.warm_up.days + run.duration.days) / DAYS_PER_YEAR)
    for identifier, activity in pathway.activities.items():
        here: tuple[Step, ...] = ("activities", identifier)
        for key, harm in activity.deterioration.items():
            yield from _deterioration(harm, (*here, "deterioration", key))
            yield from _in_care(pathway, identifier, harm, (*here, "deterioration", key))
        yield from _missed_by_wait(activity, here)
        if activity.caseload is not None:
            yield from _caseload(pathway, identifier, activity.caseload, (*here, "caseload"))
        if activity.single_point is not None:
            yield from _single_point(pathway, identifier, activity.single_point, (*here, "single_point"))
    yield from _unused_quality(pathway)
    for steps, record in records:
        if isinstance(record, Trend) and record.by_year and not any(record.by_year):
            yield error(
                (*steps, "by_year"), "every factor is 0, so nothing ever happens", "Give a factor above 0"
            )
        elif isinstance(record, Trend) and not record.factor(years) <= MOST_TIMES:
            what = f"by the end of the run it has grown to more than {MOST_TIMES:,} times what it was"
            yield error((*steps, "yearly_change"), what, "Lower the change a year, or run for less time")


def _deterioration(harm: Deterioration, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields what is wrong with one thing that may happen to those who wait."""
    given = (harm.rate_per_1000 is not None) + (harm.time is not None)
    if given == 0:
        what = "it does not say how often it happens"
        who = "who wait" if harm.during == "queue" else "in care"
        yield error(here, what, f"Give a rate per 1,000 people {who}, or the time to it")
    elif given == 2:
        what = "it gives a rate and a time to it, of which only one can hold"
        yield error(here, what, "Keep one of them")
    if harm.kind == "need" and harm.to_tier is None:
        what = "it moves a patient to another need tier, and none is given"
        yield error((*here, "to_tier"), what, "Choose the need tier after, or make it an emergency")
    if harm.kind == "death":
        for key, word in (("to_tier", "need tier after"), ("goes_to", "element to go to")):
            if getattr(harm, key) is not None:
                yield error((*here, key), f"death has no {word}, and one is given", "Leave it empty")
    if harm.time is not None and takes_no_time(harm.time):
        never = "never wait" if harm.during == "queue" else "are never cared for"
        what = f"the time to it is always 0 for some patients, so they {never}"
        yield error((*here, "time"), what, "Give a time above 0")


def _in_care(
    pathway: Pathway, identifier: str, harm: Deterioration, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what may happen during a service that there is not, and a factor that means nothing."""
    activity = pathway.activities[identifier]
    time = activity.service_time
    if harm.during == "service" and activity.caseload is None and time is not None and _is_nothing(time):
        what = "it never happens, since the service takes no time"
        yield error((*here, "during"), what, "Give the service time, or let it happen while patients wait")
    if harm.if_good is None:
        return
    place, known = (*here, "if_good"), sorted(qualities(pathway, identifier))
    if harm.during == "queue":
        what = "the factor has no effect, since quality is that of care, and this happens while patients wait"
        yield error(place, what, "Let it happen during the service, or take the factor out")
    elif harm.rate_per_1000 is None and harm.time is not None:
        what = "the factor multiplies a rate, and the time to it is given"
        yield error(place, what, "Give a rate per 1,000 people in care instead, or take the factor out")
    elif not known:
        what = "none of the pools that the activity needs says how many of its units are good"
        yield error(place, what, "Give one of them its quality, or take the factor out")
    elif len(known) > 1:
        names = listed([member_name(pathway, "pools", pool) for pool in known])
        what = f"it is not clear whose quality counts: the activity needs {names}, and each has one"
        yield error(place, what, "Keep the quality of one pool")
    elif harm.if_good == 1:
        yield warning(place, "it has no effect, since the factor is 1", "Give the factor, or take it out")


def _is_nothing(time: Dated[Distribution]) -> bool:
    """Tells whether a time is 0 for all; one whose figures do not fit together is named with the time."""
    try:
        return all(mean_days(each) == 0 for each in every_value(time))
    except ValueError:
        return False


def _unused_quality(pathway: Pathway) -> Iterator[Finding]:
    """Yields the quality of pools on which nothing hangs."""
    asked: set[str] = set()
    for identifier, activity in pathway.activities.items():
        if any(harm.if_good is not None for harm in activity.deterioration.values()):
            asked.update(qualities(pathway, identifier))
    for key, pool in pathway.pools.items():
        if pool.quality is not None and key not in asked:
            what = (
                "the quality has no effect, since nothing that happens where it is needed has a factor for it"
            )
            mend = (
                "Give a deterioration during the service its factor where quality is good, or take this out"
            )
            yield warning(("pools", key, "quality"), what, mend)


def _missed_by_wait(activity: Activity, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields shares after longer waits whose waits do not rise."""
    missed = activity.did_not_attend
    for position, (before, after) in enumerate(itertools.pairwise(missed.by_wait if missed else ()), 1):
        if after.waited.days <= before.waited.days:
            longer, shorter = duration_words(after.waited), duration_words(before.waited)
            what = f"{longer} is not longer than the {shorter} before it"
            steps = (*here, "did_not_attend", "by_wait", position, "waited")
            yield error(steps, what, "Put the waits in rising order, each once")


def _caseload(
    pathway: Pathway, identifier: str, caseload: Caseload, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what is wrong with one caseload."""
    activity, pool = pathway.activities[identifier], caseload.pool
    name = member_name(pathway, "pools", pool)
    if pool in activity.needs:
        what = f"a place in {name} is held for the whole time, and the activity needs units of it as well"
        yield error((*here, "pool"), what, "Take the pool out of the activity's needs, or choose another")
    for stay_id, stay in pathway.stays.items():
        if pool in stay.needs and stay.begins_with == identifier:
            stay_name = member_name(pathway, "stays", stay_id)
            what = f"the stay {stay_name} begins with the same activity and holds units of {name} as well"
            yield error((*here, "pool"), what, "Choose another pool, or take it out of the stay")
    if takes_no_time(caseload.interval):
        what = "the review interval is 0 for some patients, so their contacts never leave the instant"
        yield error((*here, "interval"), what, "Give an interval above 0")
    if caseload.length is None and arrows_out(pathway).get(identifier):
        what = "nobody goes on along the arrows out of it, since patients stay on the caseload to the end"
        yield warning((*here, "length"), what, "Give the time on the caseload, or delete the arrows")


def _single_point(
    pathway: Pathway, identifier: str, point: SinglePoint, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what is wrong with one single point of contact."""
    targets = {arrow.target for _, arrow in arrows_out(pathway).get(identifier, ())}
    for position, member in enumerate(point.team):
        if member in pathway.activities and member not in targets:
            what = f"no arrow leads from it to {element_name(pathway, member)}, so it sends nobody there"
            yield error((*here, "team", position), what, "Draw the arrow, or take it out of its own team")
    if min(every_value(point.advice_only)) >= 1 and targets:
        what = f"{percentage(1)} need only advice, so nobody goes on along the arrows out of it"
        yield warning((*here, "advice_only"), what, "Lower the share, or delete the arrows")
    if point.advice_to is not None and max(every_value(point.advice_only)) <= 0:
        what = "it has no effect, since nobody needs only advice"
        yield warning((*here, "advice_to"), what, "Give the share that needs only advice, or take this out")
