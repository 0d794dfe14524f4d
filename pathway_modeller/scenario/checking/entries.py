"""How patients come: arrivals, the people they come from, profiles and bookings."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import BookedArrivals, EntryPoint, Profile, RandomArrivals
from pathway_modeller.scenario.population import DemandChange
from pathway_modeller.scenario.values import MOST_PEOPLE, ByGroup
from pathway_modeller.scenario.words.sentences import duration_words, element_name, listed, plural
from pathway_modeller.scenario.words.structure import Step

_MINUTES, _HOURS = 1440, 24
"""Of a day."""
_WAYS = {
    "rate": "a rate",
    "hourly": "a rate for each hour",
    "rate_per_1000": "a rate per 1,000 people",
    "gap": "a gap between arrivals",
}


def find_entries(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields what is wrong with the arrivals of every entry point."""
    for identifier, entry in pathway.entry_points.items():
        here: tuple[Step, ...] = ("entry_points", identifier, "arrivals")
        match entry.arrivals:
            case None:
                what = "it has no arrivals, so it is not known how many patients come"
                yield error(
                    here, what, "Give a rate, by the hour or per 1,000 people, a gap, or weekly appointments"
                )
            case RandomArrivals():
                yield from _random(pathway, run, entry.arrivals, here)
            case BookedArrivals():
                yield from _booked(entry.arrivals, here)
    for identifier, change in pathway.demand_changes.items():
        yield from _demand_change(pathway, change, ("demand_changes", identifier))


def _demand_change(pathway: Pathway, change: DemandChange, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a change of demand that changes nobody's rate."""
    if change.change == 0:
        yield warning((*here, "change"), "it has no effect: it is 0%", "Give the change, or take it out")
    about = [key for key in pathway.entry_points if change.is_about(key)]
    without = [key for key in about if not _has_rate(pathway.entry_points[key])]
    if change.entry_points or without == about:
        for key in without:
            what = (
                f"it has no effect on {element_name(pathway, key)}, whose patients come by appointment or "
                "with given gaps, and not at a rate"
            )
            yield warning((*here, "entry_points"), what, "Change those themselves, or give a rate")


def _has_rate(entry: EntryPoint) -> bool:
    """Tells whether patients come at a rate, which a factor can change; or it is not said yet how."""
    return entry.arrivals is None or (
        isinstance(entry.arrivals, RandomArrivals) and entry.arrivals.gap is None
    )


def _random(
    pathway: Pathway, run: RunSettings, arrivals: RandomArrivals, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what is wrong with patients who come at random."""
    given = [words for key, words in _WAYS.items() if getattr(arrivals, key) is not None]
    if not given:
        yield error(
            here, "it does not say how many patients come", f"Give {listed(list(_WAYS.values()), 'or')}"
        )
    elif len(given) > 1:
        yield error(here, f"it gives {listed(given)}, of which only one can hold", "Keep one of them")
    if arrivals.rate_per_1000 is not None:
        yield from _per_1000(pathway, arrivals, here)
    if arrivals.hourly is not None:
        yield from _hourly(arrivals.hourly, arrivals.profile, here)
    yield from _profile(arrivals.profile, (*here, "profile"))
    starts, ends = arrivals.starts_after, arrivals.ends_after
    if ends is not None and ends.days <= (starts.days if starts is not None else 0.0):
        what = f"arrivals end after {duration_words(ends)}, before they begin, so nobody comes"
        yield error((*here, "ends_after"), what, "Let them end later")
    if starts is not None and starts.days >= run.warm_up.days + run.duration.days:
        what = f"arrivals begin after {duration_words(starts)}, when the run is over, so nobody comes"
        yield warning((*here, "starts_after"), what, "Let them begin earlier, or run for longer")


def _hourly(hourly: tuple[float, ...], profile: Profile | None, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields what is wrong with a rate for each hour."""
    if len(hourly) != _HOURS:
        what = f"it has {plural(len(hourly), 'rate')} and needs {_HOURS}, from midnight"
        yield error((*here, "hourly"), what, f"Give {_HOURS} rates, 0 for hours in which nobody comes")
    elif not any(hourly):
        yield error((*here, "hourly"), "every rate is 0, so nobody ever comes", "Give a rate above 0")
    elif math.fsum(hourly) > MOST_PEOPLE:
        what = f"together they are more than {MOST_PEOPLE:,} a day"
        yield error((*here, "hourly"), what, "Give lower rates")
    if profile is not None and profile.day is not None:
        what = "it divides the day by factors, and the rate in each hour is given as well"
        yield error((*here, "profile", "day"), what, "Keep one of them")


def _per_1000(pathway: Pathway, arrivals: RandomArrivals, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields what is wrong with a rate per 1,000 people."""
    steps = (*here, "rate_per_1000")
    if not any(count > 0 for footprint in pathway.footprints.values() for count in footprint.people.values()):
        yield error(
            steps,
            "it is a rate per 1,000 people, and no footprint has any people",
            "Give the footprints their people by need tier, or give a plain rate",
        )
    rate = arrivals.rate_per_1000
    if isinstance(rate, ByGroup) and rate.by in pathway.attributes:
        what = "a rate per 1,000 people can differ by need tier or footprint only"
        yield error((*steps, "by"), what, 'Use "need_tier" or "footprint"')
    for key in ("need_tiers", "footprints"):
        if getattr(arrivals, key):
            what = "the shares have no effect, since a rate per 1,000 people follows the people"
            yield warning((*here, key), what, "Take the shares out, or give a plain rate")


def _profile(profile: Profile | None, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields lists of factors that have the wrong length or are all zero."""
    if profile is None:
        return
    for key, length, words in (
        ("months", 12, "twelve, January first"),
        ("weekdays", 7, "seven, Monday first"),
    ):
        factors = getattr(profile, key)
        if factors is not None and len(factors) != length:
            what = f"it has {plural(len(factors), 'factor')} and needs {words}"
            yield error((*here, key), what, f"Give {length} factors")
    if profile.day is not None and (not profile.day or _MINUTES % len(profile.day)):
        what = f"it has {plural(len(profile.day), 'factor')}, which does not divide a day into whole minutes"
        yield error((*here, "day"), what, "Give 24 factors for hours, or 48 for half hours")
    elif profile.day is not None and not _fits_hours(len(profile.day)):
        parts, minutes = len(profile.day), _MINUTES // len(profile.day)
        what = (
            f"it has {plural(parts, 'factor')}, which divide the whole day into parts of {minutes} minutes, "
            "neither whole hours nor equal parts of an hour"
        )
        mend = "Give 24 factors for hours (0 for hours in which nobody comes), or 48 for half hours"
        yield warning((*here, "day"), what, mend)
    for key in ("months", "weekdays", "day"):
        factors = getattr(profile, key)
        if factors and not any(factors):
            yield error((*here, key), "every factor is 0, so nobody ever comes", "Give a factor above 0")


def _fits_hours(parts: int) -> bool:
    """Tells whether so many parts of a day are each some whole hours, or an equal part of an hour."""
    return _HOURS % parts == 0 or parts % _HOURS == 0


def _booked(arrivals: BookedArrivals, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields bookings at no time of the day."""
    for position, booking in enumerate(arrivals.bookings):
        if booking.time == "24:00":
            steps = (*here, "bookings", position, "time")
            yield error(
                steps,
                "24:00 is the end of the day, and no booking can begin then",
                "Use 00:00 of the next day",
            )
