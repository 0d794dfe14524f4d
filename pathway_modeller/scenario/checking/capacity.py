"""Capacity pools: whether they are used, open, large enough, and whether timetables and dates make sense."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import Dated, at_first, every_value
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.moments import mean_days, sd_days
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.values import DAYS_PER, WEEKDAYS
from pathway_modeller.scenario.words.sentences import (
    date_words,
    element_name,
    listed,
    member_name,
    number,
    plural,
)
from pathway_modeller.scenario.words.structure import Step


def find_capacity(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields what is wrong with the pools of a pathway, and needs that they can never meet."""
    needs = _largest_needs(pathway)
    for identifier, pool in pathway.pools.items():
        here: tuple[Step, ...] = ("pools", identifier)
        if identifier not in needs and needs.keys() <= pathway.pools.keys():
            what = "nothing uses it, so it only costs"
            yield warning(here, what, "Let an activity need it, or delete it")
        elif all(most_units(pool, body) is None for body in bodies(pathway, pool)):
            what = "it has no number of units, so it is unlimited and nobody ever waits for it"
            yield warning(here, what, "Give its units, or leave it so if only its occupancy is asked")
        yield from _timetable(pool, here)
        yield from _beyond(pathway, pool, here)
        yield from _changes(pool, here)
        yield from _held_by_footprints(pathway, pool, here)
        if identifier in needs:
            yield from _enough(pathway, identifier, needs[identifier])
    if run.start == "today":
        yield from _occupied(pathway)
        yield from _remaining(pathway)


def most_units(pool: Pool, footprint: str | None) -> int | None:
    """Returns the most units that a body of capacity ever has open, or None if it is unlimited."""
    base = pool.units_by_footprint.get(footprint, pool.units) if footprint is not None else pool.units
    if base is None and not pool.steps:
        levels: list[int | None] = [None]
    else:
        levels = [base, *(step.units for step in pool.steps if step.footprint in (None, footprint))]
    most = _most(levels)
    if not pool.timetable:
        return most
    intervals = [each.units for hours in pool.timetable.values() for each in hours]
    return _most([_fewer(units, most) for units in intervals]) if intervals else 0


def _fewer(one: int | None, other: int | None) -> int | None:
    """Returns the smaller number of units; None stands for no limit."""
    limited = [units for units in (one, other) if units is not None]
    return min(limited, default=None)


def _most(levels: list[int | None]) -> int | None:
    """Returns the largest number of units; None stands for no limit."""
    limited = [units for units in levels if units is not None]
    return max(limited) if len(limited) == len(levels) else None


def bodies(pathway: Pathway, pool: Pool) -> tuple[str | None, ...]:
    """Returns the footprints that each hold a body of a pool, or (None,) for one shared by all."""
    return tuple(sorted(pathway.footprints)) if pool.per_footprint else (None,)


def _largest_needs(pathway: Pathway) -> dict[str, tuple[int, tuple[Step, ...]]]:
    """Returns, for each pool in use, the most units needed at once and the place that needs them."""
    found: dict[str, tuple[int, tuple[Step, ...]]] = {}

    def note(pool: str, units: int, steps: tuple[Step, ...]) -> None:
        if units > found.get(pool, (0, ()))[0]:
            found[pool] = (units, steps)

    for identifier, activity in pathway.activities.items():
        begun = [stay.needs for stay in pathway.stays.values() if stay.begins_with == identifier]
        if activity.caseload is not None:
            note(activity.caseload.pool, 1, ("activities", identifier, "caseload", "pool"))
        for pool in {*activity.needs, *(pool for needs in begun for pool in needs)}:
            units = activity.needs.get(pool, 0) + sum(needs.get(pool, 0) for needs in begun)
            note(pool, units, ("activities", identifier, "needs", pool))
    for identifier, stay in pathway.stays.items():
        for pool, units in stay.needs.items():
            note(pool, units, ("stays", identifier, "needs", pool))
    return found


def _enough(pathway: Pathway, identifier: str, need: tuple[int, tuple[Step, ...]]) -> Iterator[Finding]:
    """Yields a pool that is never open, or never large enough for what needs it."""
    pool, (units, steps) = pathway.pools[identifier], need
    most = {footprint: most_units(pool, footprint) for footprint in bodies(pathway, pool)}
    shut = [footprint for footprint, units_there in most.items() if units_there == 0]
    if shut:
        what = f"it is never open{_in(pathway, shut)}"
        users = _users(pathway, identifier)
        kept = [each for each in users if not _sends_all_on(pathway, each)]
        if kept or not users:
            what += ", so whoever needs it waits for ever"
            mend = "Give it units, and opening hours on some weekday, or room 0 or patience to those queues"
            yield error(("pools", identifier), what, mend)
        else:
            names = listed([element_name(pathway, each) for each in users])
            what += f", so nobody is ever seen at {names}: all are turned away or give up"
            yield warning(("pools", identifier), what, "Leave it so if that is meant, or give it units")
    for footprint, there in most.items():
        if there and there < units:
            name = member_name(pathway, "pools", identifier)
            what = f"it needs {plural(units, 'unit')} of {name} at once, which never has more than {there}"
            what += _in(pathway, [footprint])
            activity = str(steps[1])
            if steps[0] == "activities" and _sends_all_on(pathway, activity):
                what += ", so nobody is ever seen there: all are turned away or give up"
                yield warning(steps, what, "Leave it so if that is meant, or raise the units of the pool")
            else:
                yield error(steps, what, "Lower the need, or raise the units of the pool")


def _in(pathway: Pathway, footprints: Sequence[str | None]) -> str:
    """Returns where footprints hold a pool, in words; nothing where all share it."""
    names = [member_name(pathway, "footprints", each) for each in footprints if each is not None]
    return f" in {listed(names)}" if names else ""


def _users(pathway: Pathway, pool: str) -> list[str]:
    """Returns the activities that need a pool to start."""
    return [each for each in pathway.activities if pool in needs_to_start(pathway, each)]


def _sends_all_on(pathway: Pathway, activity: str) -> bool:
    """Tells whether nobody waits for ever at an activity that never starts: there is no room, or patience."""
    return pathway.activities[activity].room == 0 or pathway.activities[activity].patience is not None


def _timetable(pool: Pool, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields opening hours that end before they begin, or that overlap."""
    for weekday in WEEKDAYS:
        steps = (*here, "timetable", weekday)
        intervals = pool.timetable.get(weekday, ())
        for position, hours in enumerate(intervals):
            if hours.closes <= hours.opens:
                what = f"it closes at {hours.closes}, not after it opens at {hours.opens}"
                mend = "Let it close later; for a night, use 24:00 and go on from 00:00 the next day"
                yield error((*steps, position, "closes"), what, mend)
        ordered = sorted(enumerate(intervals), key=lambda item: (item[1].opens, item[1].closes))
        for (_, before), (position, after) in itertools.pairwise(ordered):
            if after.opens < before.closes:
                what = f"{after.opens} to {after.closes} overlaps {before.opens} to {before.closes}"
                yield error((*steps, position), what, "Let one end before the other begins, or join them")


def _beyond(pathway: Pathway, pool: Pool, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields opening intervals that name more units than the pool ever has."""
    always = pool.model_copy(update={"timetable": {}})
    most = [most_units(always, footprint) for footprint in bodies(pathway, pool)]
    if not most or None in most:
        return
    has = max(units for units in most if units is not None)
    for weekday in WEEKDAYS:
        for position, hours in enumerate(pool.timetable.get(weekday, ())):
            if hours.units is not None and hours.units > has:
                named = plural(hours.units, "unit")
                what = f"it names {named}, but the pool has {number(has)}, and no more can open"
                steps = (*here, "timetable", weekday, position, "units")
                yield warning(
                    steps, what, "Lower it, leave it empty for all units, or raise the pool's units"
                )


def _changes(pool: Pool, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields dated changes out of order, twice on one day, or for a footprint that holds none."""
    last: dict[str | None, int] = {}
    for position, step in enumerate(pool.steps):
        steps = (*here, "steps", position)
        for other in {step.footprint, None} if step.footprint is not None else set(last) | {None}:
            before = last.get(other)
            if before is not None and step.date <= pool.steps[before].date:
                what = f"{date_words(step.date)} does not come after {date_words(pool.steps[before].date)}"
                yield error((*steps, "date"), what, "Put the changes in order of date, one for each day")
                break
        last[step.footprint] = position
        if step.footprint is not None and not pool.per_footprint:
            what = "it changes the units of one footprint, but the pool is shared by all"
            yield error((*steps, "footprint"), what, "Take the footprint out, or hold the pool by footprint")


def _held_by_footprints(pathway: Pathway, pool: Pool, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields pools held by footprints where there are none, and units by footprint that have no effect."""
    if pool.per_footprint and not pathway.footprints:
        what = "it is held by each footprint, and the pathway has none"
        yield error((*here, "per_footprint"), what, "Add the footprints, or let all share it")
    if pool.units_by_footprint and not pool.per_footprint:
        what = "units by footprint have no effect, since the pool is shared by all"
        yield warning((*here, "units_by_footprint"), what, "Hold the pool by footprint, or take them out")


def _occupied(pathway: Pathway) -> Iterator[Finding]:
    """Yields today's patients in progress who need more units than there are, in all or in one footprint."""
    used: dict[tuple[str, str | None], int] = {}
    first: dict[tuple[str, str | None], str] = {}
    for identifier, today in pathway.today.items():
        for pool, units in needs_to_start(pathway, identifier).items():
            for each in today.in_progress:
                for place in {None, each.footprint}:
                    used[pool, place] = used.get((pool, place), 0) + units * each.patients
                    first.setdefault((pool, place), identifier)
    for (identifier, place), units in sorted(used.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        held = _held_today(pathway, identifier, place)
        if held is not None and units > held:
            name = member_name(pathway, "pools", identifier)
            there = "" if place is None else f" in {member_name(pathway, 'footprints', place)}"
            what = (
                f"patients in progress{there} use {plural(units, 'unit')} of {name}, which has {number(held)}"
            )
            yield warning(
                ("today", first[identifier, place], "in_progress"),
                what,
                "Lower the patients, or raise the pool's units",
            )


def _remaining(pathway: Pathway) -> Iterator[Finding]:
    """Yields those in progress of whom it is assumed, and not said, how long they still stay."""
    for identifier, today in pathway.today.items():
        service = pathway.activities[identifier].service_time if identifier in pathway.activities else None
        for position, each in enumerate(today.in_progress):
            if each.remaining is not None or service is None:
                continue
            who = plural(each.patients, "patient")
            what = (
                f"how long the {who} in progress still {'stays' if each.patients == 1 else 'stay'} is not "
                f"given, and is assumed: as in the middle of a long-running service{_means(service)}"
            )
            mend = "Give the time remaining; for patients who have only just begun, that is the service time"
            yield warning(("today", identifier, "in_progress", position, "remaining"), what, mend)


def _means(service: Dated[Distribution]) -> str:
    """Returns the mean time that is assumed to remain, against that of a new patient; nothing if unknown."""
    times = every_value(at_first(service))
    if len(set(times)) > 1:
        return ""
    try:
        mean, spread = mean_days(times[0]), sd_days(times[0])
    except ValueError:
        return ""
    if mean <= 0:
        return ""
    # The equilibrium residual life has mean E[S^2] / 2 E[S] (Cox, Renewal Theory, 1962).
    left = (mean * mean + spread * spread) / (2.0 * mean)
    unit = times[0].unit
    said, new = (number(float(f"{days / DAYS_PER[unit]:.3g}")) for days in (left, mean))
    return f", {said} {unit} on average, against {new} for a new patient"


def _held_today(pathway: Pathway, identifier: str, place: str | None) -> int | None:
    """Returns the units of a pool for a footprint, or in all; None if unlimited, unknown or not so held."""
    pool = pathway.pools.get(identifier)
    if pool is None or (place is not None and not pool.per_footprint):
        return None
    places = bodies(pathway, pool) if place is None else (place,)
    held = [pool.units_by_footprint.get(each or "", pool.units) for each in places]
    return None if None in held else sum(units for units in held if units is not None)
