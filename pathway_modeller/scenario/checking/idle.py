"""Settings that stand where they can do nothing: whoever gave them believes that they do something."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.checking.arrows import groups_of
from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.checking.population import has_people
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    CalendarCondition,
    Condition,
    Deterioration,
    QueueCondition,
    RandomArrivals,
    TimeCondition,
    Transition,
    VisitsCondition,
)
from pathway_modeller.scenario.network.graph import all_connected, arrows_out
from pathway_modeller.scenario.network.holding import Holding, holdings_on_coming, taken_from
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.population import Prevention, Trend
from pathway_modeller.scenario.values import WEEKDAYS, ByGroup
from pathway_modeller.scenario.words.sentences import (
    attribute_words,
    date_words,
    duration_words,
    element_name,
    group_name,
    listed,
    member_name,
    number,
)
from pathway_modeller.scenario.words.structure import Placed, Step
from pathway_modeller.scenario.years import anniversary_day

_OUT = "Take it out"


def find_idle(pathway: Pathway, run: RunSettings, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields settings of a pathway that can have no effect.

    Args:
        pathway: the pathway.
        run: how it is run.
        records: every record within it, with its place.
    """
    coming = holdings_on_coming(pathway) if all_connected(pathway) else {}
    for key, activity in pathway.activities.items():
        here: tuple[Step, ...] = ("activities", key)
        yield from _of_queue(pathway, key, activity, coming.get(key, frozenset()))
        yield from _of_contacts(activity, here)
        for name, harm in activity.deterioration.items():
            yield from _of_harm(harm, (*here, "deterioration", name))
    for origin, arrows in arrows_out(pathway).items():
        yield from _of_arrows(pathway, origin, arrows)
    for key, pool in pathway.pools.items():
        yield from _of_pool(pathway, run, pool, ("pools", key))
    for key, prevention in pathway.preventions.items():
        yield from _of_prevention(run, prevention, ("preventions", key))
    yield from _of_arrivals(pathway, run)
    yield from _unused(pathway, records)
    yield from _groups_of_nobody(pathway, records)
    for steps, record in records:
        if isinstance(record, Trend):
            yield from _of_trend(run, record, steps)
    if pathway.today and run.start == "empty":
        what = "the run starts empty, so today's lists change nothing"
        yield warning(("today",), what, "Let it start from today, or take the lists out")


# --- queues ----------------------------------------------------------------------------------------


def _of_queue(
    pathway: Pathway, key: str, activity: Activity, coming: frozenset[Holding]
) -> Iterator[Finding]:
    """Yields settings of a queue in which nobody stands, or nobody to whom they apply."""
    here: tuple[Step, ...] = ("activities", key)
    if starts_at_once(pathway, key):
        for field, words in _set_for_waiting(activity):
            what = (
                f"the {words} has no effect, since nobody ever waits for it: no pool that it needs has units"
            )
            yield warning((*here, field), what, f"{_OUT}, or give the pools their units")
        return
    if coming and all(each.is_in_a_place for each in coming):
        yield from _behind_places(pathway, key, activity)
    if activity.priority != 5 and not isinstance(activity.priority, ByGroup) and not _rivals(pathway, key):
        what = (
            "its priority has no effect, since it is the same for all and nobody else waits for this capacity"
        )
        yield warning((*here, "priority"), what, "Give others a priority too, or take this out")


def starts_at_once(pathway: Pathway, activity: str) -> bool:
    """Tells whether nobody ever waits for an activity although it needs pools: none of them has a limit."""
    needs = needs_to_start(pathway, activity)
    pools = [pathway.pools[pool] for pool in needs if pool in pathway.pools]
    return bool(needs) and len(pools) == len(needs) and all(_is_unlimited(pool) for pool in pools)


def _is_unlimited(pool: Pool) -> bool:
    """Tells whether a pool never has a limit and never closes."""
    limits = (pool.units, *pool.units_by_footprint.values(), *(step.units for step in pool.steps))
    return all(each is None for each in limits) and not pool.timetable and not pool.closed_on_bank_holidays


def _set_for_waiting(activity: Activity) -> list[tuple[str, str]]:
    """Returns the fields, with their words, that say what happens to those who wait, if set."""
    missed = activity.did_not_attend
    fields = [
        ("room", "room in the queue", activity.room is not None),
        ("patience", "patience", activity.patience is not None),
        ("deterioration", "deterioration", bool(activity.harm_during("queue"))),
        ("discipline", "queue order", activity.discipline != "first come"),
        ("priority", "priority", activity.priority != 5),
        ("did_not_attend", "share after longer waits", bool(missed is not None and missed.by_wait)),
    ]
    return [(field, words) for field, words, is_set in fields if is_set]


def _behind_places(pathway: Pathway, key: str, activity: Activity) -> Iterator[Finding]:
    """Yields settings for those who come from home, where everybody waits in a place held already."""
    here: tuple[Step, ...] = ("activities", key)
    why = f"everybody who comes holds capacity meanwhile ({_which(pathway, key)}) and waits there"
    if activity.room is not None:
        places = f"{number(activity.room)} places" if activity.room != 1 else "1 place"
        what = f"the room in the queue has no effect: {why}, so that nobody is turned away"
        mend = f"{_OUT}, or let the step before release on completion"
        if activity.room > 0:
            mend += (
                f"; for {places} between the two, draw an activity there that takes no time, needs one of "
                f"{places} and releases when the next can take"
            )
        yield warning((*here, "room"), what, mend)
    if activity.did_not_attend is not None:
        what = f"did not attend has no effect: {why}, and attends"
        yield warning((*here, "did_not_attend"), what, f"{_OUT}, or end the stay before")


def _which(pathway: Pathway, key: str) -> str:
    """Returns what those who come to an activity hold, in words."""
    keeping = [
        each
        for each, activity in sorted(pathway.activities.items())
        if activity.release == "when next can take" and key in taken_from(pathway, each)
    ]
    if keeping:
        names = listed([element_name(pathway, each) for each in keeping])
        return f"{names} {'releases' if len(keeping) == 1 else 'release'} only when the next can take"
    return "a stay goes on"


def _rivals(pathway: Pathway, key: str) -> bool:
    """Tells whether another activity waits for some of the same capacity."""
    mine = needs_to_start(pathway, key).keys()
    return any(mine & needs_to_start(pathway, other).keys() for other in pathway.activities if other != key)


# --- contacts --------------------------------------------------------------------------------------


def _of_contacts(activity: Activity, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields settings of a contact that another of its settings leaves nothing to do."""
    missed = activity.did_not_attend
    if missed is not None:
        shares = [missed.share, *(each.share for each in missed.by_wait)]
        if all(value == 0 for share in shares for value in every_value(share)):
            what = "nobody misses a contact: every share is 0"
            yield warning((*here, "did_not_attend"), what, f"{_OUT}, or give the share")
        elif missed.others_go_to is not None and min(every_value(missed.rebook)) >= 1:
            what = "it has no effect, since all who miss a contact are booked again"
            steps = (*here, "did_not_attend", "others_go_to")
            yield warning(steps, what, "Lower the share booked again, or take this out")
    if activity.patience is None and activity.give_up_cause != "gave up waiting":
        what = "the cause has no effect, since nobody gives up: there is no patience"
        yield warning((*here, "give_up_cause"), what, "Give the patience, or take this out")
    if activity.release == "when next can take":
        if activity.caseload is not None:
            what = "it has no effect, since each contact of a caseload releases its units on completion"
            yield warning((*here, "release"), what, "Let it release on completion")
        elif not activity.needs:
            what = "it has no effect, since the activity itself needs no capacity that could be kept"
            yield warning((*here, "release"), what, "Let it release on completion, or give what it needs")
    point = activity.single_point
    if point is not None and not point.team and max(every_value(point.advice_only)) <= 0:
        what = "it has no effect, since nobody needs only advice and it has no team of its own"
        yield warning((*here, "single_point"), what, f"{_OUT}, or give the share or the team")
    for position, change in enumerate(activity.changes_need):
        if max(every_value(change.share)) <= 0:
            what = "it changes nobody: every share is 0"
            yield warning((*here, "changes_need", position, "share"), what, f"{_OUT}, or give the share")


def _of_harm(harm: Deterioration, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a kind of deterioration that never happens."""
    if harm.rate_per_1000 is not None and all(each.value == 0 for each in every_value(harm.rate_per_1000)):
        yield warning(
            (*here, "rate_per_1000"), "it never happens: every rate is 0", f"{_OUT}, or give the rate"
        )


# --- arrows ----------------------------------------------------------------------------------------


def _of_arrows(pathway: Pathway, origin: str, arrows: Sequence[tuple[str, Transition]]) -> Iterator[Finding]:
    """Yields settings of the arrows out of an element that play no part in where patients go."""
    asked = [(key, arrow) for key, arrow in arrows if arrow.when is not None]
    for key, arrow in arrows:
        if arrow.when is not None and arrow.share != 1.0:
            what = "the share has no effect, since the arrow is taken by whoever meets its condition"
            yield warning(("transitions", key, "share"), what, f"{_OUT}, or take the condition out")
        if arrow.order != 0 and arrow.when is None:
            what = "the order has no effect, since only arrows with a condition are tried in order"
            yield warning(("transitions", key, "order"), what, _OUT)
        if arrow.keeps_units and _keeps_nothing(pathway, arrow):
            what = "keeping the place has no effect, since no capacity of the activity is held any more"
            yield warning(("transitions", key, "keeps_units"), what, _OUT)
    asked.sort(key=lambda each: (each[1].order, each[0]))
    for place, (_, arrow) in enumerate(asked):
        if arrow.when is not None and _always(pathway, origin, arrow.when):
            rest = [key for key, _ in asked[place + 1 :]] + [key for key, each in arrows if each.when is None]
            for key in rest:
                what = "nobody takes it, since the condition of an arrow tried before it always holds"
                yield warning(("transitions", key), what, "Change that condition, or take this arrow out")
            return


def _keeps_nothing(pathway: Pathway, arrow: Transition) -> bool:
    """Tells whether an arrow that takes time from an activity finds nothing that could be kept."""
    origin = pathway.activities.get(arrow.origin)
    if origin is None or arrow.time is None:
        return False  # named with what is wrong of an arrow itself
    point = origin.single_point
    to_team = point is not None and arrow.target in point.team
    return origin.caseload is not None or not origin.needs or to_team


def _always(pathway: Pathway, origin: str, condition: Condition) -> bool:
    """Tells whether a condition holds for every patient who leaves an element."""
    match condition:
        case AttributeCondition():
            groups = groups_of(pathway, condition.attribute)
            return condition.attribute in pathway.attributes and set(groups or ()) <= set(condition.values)
        case QueueCondition():
            return condition.at_least == 0
        case VisitsCondition():
            return condition.at_least == 1 and condition.element == origin
        case TimeCondition():
            return condition.at_least.value == 0
        case CalendarCondition():
            whole = condition.opens == "00:00" and condition.closes == "24:00"
            return whole and set(condition.weekdays) == set(WEEKDAYS)


# --- capacity --------------------------------------------------------------------------------------


def _of_pool(pathway: Pathway, run: RunSettings, pool: Pool, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields settings of a pool that say how something is opened, closed or paid that is not there."""
    for field, words in (("block", "block"), ("notice", "notice")):
        if getattr(pool, field) is not None and pool.cost is None:
            what = f"the {words} has no effect, since it says when cost leaves, and the pool has no cost"
            yield warning((*here, field), what, f"Give what a unit costs, or take the {words} out")
    bodies = set(pathway.footprints)
    if pool.per_footprint and pool.units is not None and bodies and bodies <= set(pool.units_by_footprint):
        what = "the units have no effect, since every footprint has its own"
        yield warning((*here, "units"), what, f"{_OUT}, or take out those of a footprint")
    ends = _end(run)
    for position, step in enumerate(pool.steps):
        if ends is not None and step.date >= ends:
            what = f"the change on {date_words(step.date)} has no effect, since the run is over by then"
            yield warning((*here, "steps", position, "date"), what, "Take it out, or run for longer")


def _end(run: RunSettings) -> dt.date | None:
    """Returns the first day after a run; None where calendars end before."""
    days = math.ceil(run.warm_up.days + run.duration.days)
    room = (dt.date.max - run.start_date).days
    return None if days > room else run.start_date + dt.timedelta(days=days)


# --- people ----------------------------------------------------------------------------------------


def _of_arrivals(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields ends of arrivals that a run does not reach."""
    length = run.warm_up.days + run.duration.days
    for key, entry in pathway.entry_points.items():
        arrivals = entry.arrivals
        ends = arrivals.ends_after if isinstance(arrivals, RandomArrivals) else None
        if ends is not None and ends.days >= length:
            what = f"the end after {duration_words(ends)} has no effect, since the run is over by then"
            steps = ("entry_points", key, "arrivals", "ends_after")
            yield warning(steps, what, "Take it out, or run for longer")


def _of_prevention(run: RunSettings, prevention: Prevention, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields parts of a prevention that change nothing."""
    ends = prevention.ends_after
    if ends is not None and ends.days >= run.warm_up.days + run.duration.days:
        what = f"its end after {duration_words(ends)} has no effect, since the run is over by then"
        yield warning((*here, "ends_after"), what, "Take it out, or run for longer")
    for move, reduction in prevention.slows.items():
        if reduction == 0:
            yield warning(
                (*here, "slows", move), "it slows nothing: the reduction is 0", f"{_OUT}, or give it"
            )
    if prevention.coverage == 0:
        yield warning((*here, "coverage"), "it reaches nobody: the coverage is 0", f"{_OUT}, or give it")
    if max(every_value(prevention.uptake)) <= 0:
        yield warning((*here, "uptake"), "nobody takes it up: every share is 0", f"{_OUT}, or give it")


def _of_trend(run: RunSettings, trend: Trend, steps: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields changes from year to year that a run does not live to see."""
    length = run.warm_up.days + run.duration.days - 1  # a year of 365.25 days is a whole one
    if trend.yearly_change != 0 and _begins(run, max(len(trend.by_year), 1)) >= length:
        what = "the change a year has no effect, since the run is over before the first year that it changes"
        yield warning((*steps, "yearly_change"), what, f"{_OUT}, or run for longer")


def _begins(run: RunSettings, year: int) -> float:
    """Returns the day on which a year of the run begins; infinity where calendars end before."""
    if run.start_date.year + year >= dt.date.max.year:
        return math.inf
    return anniversary_day(run.start_date, year)


def _unused(pathway: Pathway, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields what is declared and used by nothing."""
    used = {record.by for _, record in records if isinstance(record, ByGroup)}
    used |= {record.attribute for _, record in records if isinstance(record, AttributeCondition)}
    misspelt = used - {"need_tier", "footprint", *pathway.attributes}
    for key in pathway.attributes:
        if key not in used and not misspelt:
            what = "it has no effect, since nothing differs by it and no condition asks for it"
            yield warning(("attributes", key), what, "Let something differ by it, or delete it")
    bands = {tier.age_band for tier in pathway.need_tiers.values()}
    for key in pathway.age_bands:
        if key not in bands:
            yield warning(
                ("age_bands", key), "no need tier is of this age band", "Choose it at a tier, or delete it"
            )
    kinds = {payer.kind for payer in pathway.payers.values()}
    for key in pathway.payer_kinds:
        if key not in kinds:
            what = "no payer is of this kind"
            yield warning(("payer_kinds", key), what, "Choose it at a payer, or delete it")
    for key, provider in pathway.providers.items():
        if provider.payer is not None and provider.fixed_cost is None:
            name = member_name(pathway, "payers", provider.payer)
            what = f"that {name} pays has no effect, since there is no fixed cost to pay"
            yield warning(("providers", key, "payer"), what, "Give the fixed cost, or take this out")


def _groups_of_nobody(pathway: Pathway, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields values and conditions for groups of patients of which nobody can ever be."""
    known = {by: _can_be(pathway, by) for by in ("need_tier", "footprint", *pathway.attributes)}
    for steps, record in records:
        if isinstance(record, ByGroup) and record.values and steps[:1] not in (("moves",), ("preventions",)):
            by, groups, what_is = record.by, tuple(record.values), "the values"
        elif isinstance(record, AttributeCondition):
            by, groups, what_is = record.attribute, record.values, "the condition"
        else:
            continue
        can_be = known.get(by)
        declared = groups_of(pathway, by) or ()
        if can_be is None or not set(groups) <= set(declared) or set(groups) & can_be:
            continue
        nobody = listed([group_name(pathway, by, each) for each in groups], "or")
        what = f"{what_is} can have no effect, since no patient is ever of {nobody}"
        mend = f"Give patients their {attribute_words(pathway, by)}, or take this out"
        yield warning((*steps, "values"), what, mend)


def _can_be(pathway: Pathway, by: str) -> set[str] | None:
    """Returns the groups of an attribute that patients may be of; None where that is not looked into."""
    if by in pathway.attributes:
        return _values_given(pathway, by)
    arrivals = [entry.arrivals for entry in pathway.entry_points.values() if entry.arrivals is not None]
    given = [getattr(each, "need_tiers" if by == "need_tier" else "footprints") for each in arrivals]
    follows = any(isinstance(each, RandomArrivals) and each.rate_per_1000 is not None for each in arrivals)
    anywhere = pathway.today or has_people(pathway) or follows or any(given)
    changed = [each.changes_need for each in pathway.activities.values()]
    changed += [each.changes_need for each in pathway.exit_points.values()]
    return None if anywhere or any(changed) or _harmed_to_a_tier(pathway) else set()


def _values_given(pathway: Pathway, attribute: str) -> set[str]:
    """Returns the values of a declared attribute that patients may have."""
    found = {pathway.attributes[attribute].default}
    found |= {arrow.sets[attribute] for arrow in pathway.transitions.values() if attribute in arrow.sets}
    for entry in pathway.entry_points.values():
        for shares in every_value(entry.attributes[attribute]) if attribute in entry.attributes else ():
            found |= {value for value, share in shares.items() if share > 0}
    return found


def _harmed_to_a_tier(pathway: Pathway) -> bool:
    """Tells whether what happens to those who wait, or in care, may move a patient to a need tier."""
    return any(
        harm.to_tier is not None
        for activity in pathway.activities.values()
        for harm in activity.deterioration.values()
    )
