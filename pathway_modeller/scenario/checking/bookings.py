"""Appointments on days on which everything that they lead to is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.bank_holidays import bank_holidays
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.checking.arrows import taken_through_decisions
from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import BookedArrivals
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.values import WEEKDAYS, Weekday
from pathway_modeller.scenario.words.sentences import element_name, listed, plural


def find_bookings(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields appointments at which nobody can be seen on the day."""
    for identifier, entry in pathway.entry_points.items():
        if isinstance(entry.arrivals, BookedArrivals):
            reached = _first_activities(pathway, identifier)
            if reached:
                yield from _of_entry(pathway, run, identifier, entry.arrivals, reached)


def _of_entry(
    pathway: Pathway, run: RunSettings, identifier: str, arrivals: BookedArrivals, reached: list[str]
) -> Iterator[Finding]:
    """Yields what is wrong with the appointments of one entry point."""
    steps = ("entry_points", identifier, "arrivals", "bookings")
    pools = {each: _pools(pathway, each) for each in reached}
    booked = {each.weekday for each in arrivals.bookings}
    names = listed([element_name(pathway, each) for each in reached], "or")
    shut = [day for day in WEEKDAYS if day in booked and all(_shut(each, day) for each in pools.values())]
    if shut:
        days = listed([f"{day.capitalize()}s" for day in shut])
        what = (
            f"patients are booked on {days}, when nothing is open for {names}, so they wait for another day"
        )
        yield warning(steps, what, "Book them for days with opening hours, or open the pools then")
    open_days = booked - set(shut)
    lost = _holidays_lost(run, open_days, pools)
    if lost and not arrivals.not_on_bank_holidays:
        what = (
            f"patients are booked on bank holidays too ({plural(lost, 'day')} of the run), when nothing is "
            f"open for {names}, so they wait for another day"
        )
        yield warning(steps, what, 'Turn on "Not on bank holidays", or open the pools on bank holidays')


def _first_activities(pathway: Pathway, entry: str) -> list[str]:
    """Returns the activities that patients reach at once; none if some may come on another day, or leave."""
    ways = taken_through_decisions(pathway, entry)
    if any(way.time is not None or way.target in pathway.waits for way in ways):
        return []
    return sorted({way.target for way in ways} & pathway.activities.keys())


def _pools(pathway: Pathway, activity: str) -> list[Pool]:
    """Returns the pools that an activity needs to start."""
    return [pathway.pools[each] for each in needs_to_start(pathway, activity) if each in pathway.pools]


def _shut(pools: list[Pool], weekday: Weekday) -> bool:
    """Tells whether some pool has no opening hours on a weekday."""
    open_hours = [pool.timetable.get(weekday, ()) for pool in pools if pool.timetable]
    return any(all(hours.units == 0 for hours in intervals) for intervals in open_hours)


def _holidays_lost(run: RunSettings, weekdays: set[Weekday], pools: Mapping[str, list[Pool]]) -> int:
    """Returns on how many bank holidays of a run, on these weekdays, every activity is closed for them."""
    if not weekdays or not all(any(pool.closed_on_bank_holidays for pool in each) for each in pools.values()):
        return 0
    room = (dt.date.max - run.start_date).days
    days = min(int(run.warm_up.days + run.duration.days), room)
    ends = run.start_date + dt.timedelta(days=days)
    return sum(
        run.start_date <= each < ends and WEEKDAYS[each.weekday()] in weekdays
        for each in bank_holidays(run.start_date, days)
    )
