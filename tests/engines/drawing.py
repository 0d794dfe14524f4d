"""Short ways of writing pathways, playing them and reading traces in tests."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import (
    Activity,
    BookedArrivals,
    Booking,
    Decision,
    Element,
    EntryPoint,
    ExitPoint,
    Profile,
    RandomArrivals,
    Transition,
    Wait,
)
from pathway_modeller.scenario.values import ByGroup, Duration, Rate
from pathway_modeller.simulation.chance.random_numbers import stream_key
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, Trace

MONDAY = dt.date(2026, 1, 5)
"""The start date of most tests."""

Time = Distribution | ByGroup[Distribution] | float


def fixed(days: float) -> Distribution:
    """Returns a time that is always the same, in days."""
    return Distribution(kind="fixed", unit="days", value=days)


def exponential(mean: float) -> Distribution:
    """Returns an exponential time, in days."""
    return Distribution(kind="exponential", unit="days", mean=mean)


def lognormal(mean: float, sd: float) -> Distribution:
    """Returns a lognormal time, in days."""
    return Distribution(kind="lognormal", unit="days", mean=mean, sd=sd)


def _time(time: Time) -> Distribution | ByGroup[Distribution]:
    """Returns a plain number as a fixed time in days."""
    return fixed(time) if isinstance(time, (int, float)) else time


def coming(per_day: float, *, day: Iterable[float] | None = None, **more: Any) -> EntryPoint:
    """Returns an entry point to which patients come at random; ``more`` are fields of the arrivals."""
    profile = None if day is None else Profile(day=tuple(day))
    attributes = more.pop("attributes", {})
    rate = Rate(value=per_day, unit="per day")
    arrivals = RandomArrivals(kind="random", rate=rate, profile=profile, **more)
    return EntryPoint(name="In", arrivals=arrivals, attributes=attributes)


def every(days: float, **more: Any) -> EntryPoint:
    """Returns an entry point to which one patient comes after each gap of so many days."""
    attributes = more.pop("attributes", {})
    arrivals = RandomArrivals(kind="random", gap=fixed(days), **more)
    return EntryPoint(name="In", arrivals=arrivals, attributes=attributes)


def booked(*bookings: str, **more: Any) -> EntryPoint:
    """Returns an entry point with weekly appointments, each as 'monday 09:00 3'."""
    attributes = more.pop("attributes", {})
    parts = [booking.split() for booking in bookings]
    made = tuple(Booking(weekday=day, time=time, patients=int(count)) for day, time, count in parts)
    return EntryPoint(
        name="In", arrivals=BookedArrivals(kind="booked", bookings=made, **more), attributes=attributes
    )


def does(needs: Mapping[str, int], time: Time, **more: Any) -> Activity:
    """Returns an activity."""
    return Activity(name="Activity", needs=needs, service_time=_time(time), **more)


def waits(time: Time) -> Wait:
    """Returns a planned interval."""
    return Wait(name="Wait", time=_time(time))


DECISION = Decision(name="Decision")
OUT = ExitPoint(name="Out")

_MAPS: Mapping[type[Element], str] = {
    EntryPoint: "entry_points",
    Activity: "activities",
    Wait: "waits",
    Decision: "decisions",
    ExitPoint: "exit_points",
}


def draw(
    elements: Mapping[str, Element],
    arrows: Iterable[str | Transition],
    pools: Mapping[str, int | Pool | None] | None = None,
    **maps: Any,
) -> Pathway:
    """Returns a pathway.

    Args:
        elements: drawn elements by id.
        arrows: each as 'a > b', 'a > b 0.25' (share), 'a > b > c' (a chain), or a transition.
        pools: units, None for no limit, or a whole pool.
        maps: further maps of the pathway.
    """
    drawn: dict[str, dict[str, Element]] = {name: {} for name in _MAPS.values()}
    for identifier, element in elements.items():
        drawn[_MAPS[type(element)]][identifier] = element.model_copy(update={"name": identifier})
    made = {
        name: pool if isinstance(pool, Pool) else Pool(name=name, units=pool)
        for name, pool in (pools or {}).items()
    }
    return Pathway.model_validate({**drawn, "transitions": _arrows(arrows), "pools": made, **maps})


def _arrows(arrows: Iterable[str | Transition]) -> dict[str, Transition]:
    """Returns transitions by id; ids name both ends."""
    found: dict[str, Transition] = {}
    for arrow in arrows:
        if isinstance(arrow, Transition):
            found[f"{arrow.origin}-{arrow.target}-{len(found)}"] = arrow
            continue
        *chain, last = arrow.split(" > ")
        target, *share = last.split()
        for origin, to in zip(chain, [*chain[1:], target], strict=True):
            value = float(share[0]) if share else 1.0
            found[f"{origin}-{to}"] = Transition(origin=origin, target=to, share=value)
    return found


def settings(days: float, warm_up: float = 0.0, **more: Any) -> RunSettings:
    """Returns run settings from Monday 5 January 2026; ``days`` are counted after ``warm_up`` days."""
    return RunSettings(
        **{
            "start_date": MONDAY,
            "duration": Duration(value=days, unit="days"),
            "warm_up": Duration(value=warm_up, unit="days"),
            **more,
        }
    )


def play(
    pathway: Pathway, days: float, *, seed: int = 1, replication: int = 0, start: str = "empty"
) -> Trace:
    """Returns the trace of a pathway played from Monday 5 January 2026."""
    return simulate(compile_pathway(pathway, settings(days, start=start)), seed, replication)


def story(trace: Trace, *, units: bool = False) -> list[str]:
    """Returns a trace in words, such as '1.5 in/0 JOIN clinic'.

    Patients go by stream and ordinal: 'in/0' is the first of entry point 'in' (without need tier and
    footprint), 'clinic waiting/0' the first of those who wait there today.

    Args:
        trace: what to tell.
        units: whether to tell of units taken and released and of capacity too.
    """
    streams = _stream_names(trace)
    told = []
    for index in range(len(trace)):
        event = Event(trace.event[index])
        if event in (Event.ACQUIRE, Event.RELEASE, Event.CAPACITY) and not units:
            continue
        words = [f"{trace.time[index]:g}"]
        if event is not Event.CAPACITY:
            identity = int(trace.patient[index])
            words += [f"{streams[identity >> 32]}/{identity & 0xFFFFFFFF}"]
        words.append(event.name)
        if event is not Event.CAPACITY:
            words.append(trace.legend.elements[trace.element[index]])
        if event in (Event.ACQUIRE, Event.RELEASE, Event.CAPACITY):
            body = trace.legend.pools[trace.pool[index]]
            words.append(body.pool if body.footprint is None else f"{body.pool}@{body.footprint}")
            words.append(str(trace.units[index]))
        told.append(" ".join(words))
    return told


def _stream_names(trace: Trace) -> dict[int, str]:
    """Returns the names of streams by key."""
    names = {}
    tiers, places = ("", *trace.legend.need_tiers), ("", *trace.legend.footprints)
    for element in trace.legend.elements:
        names[stream_key(element)] = element
        for kind, tier, place, number in itertools.product(
            ("waiting", "in progress"), tiers, places, range(1, 10)
        ):
            names[stream_key("today", element, kind, tier, place, str(number))] = f"{element} {kind}"
        for tier in tiers:
            for place in places:
                label = "@".join(part for part in (element, tier, place) if part)
                names[stream_key(element, tier, place)] = label
    return names
