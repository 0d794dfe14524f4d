"""Small valid pathways made up at random, over all elements and rules, for testing engines.

Times are mostly whole and half days, so that things often happen at the same instant and every rule about
order is put to the test. Shares are quarters, so that they sum to 1 exactly. Arrows only lead onwards, but
for one loop with a share of at most a half, so that everybody can leave.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool, Quality
from pathway_modeller.scenario.dated import Change, PlainChange
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    BookedArrivals,
    Booking,
    CalendarCondition,
    Caseload,
    Condition,
    Decision,
    Deterioration,
    DidNotAttend,
    During,
    EntryPoint,
    ExitPoint,
    InProgressToday,
    MissedByWait,
    Pressure,
    PressureStep,
    Profile,
    QueueCondition,
    RandomArrivals,
    SinglePoint,
    Stay,
    StayEnd,
    TimeCondition,
    Today,
    Transition,
    VisitsCondition,
    Wait,
    WaitingToday,
)
from pathway_modeller.scenario.people import AttributeValue, Footprint, NeedTier, PatientAttribute
from pathway_modeller.scenario.population import DemandChange
from pathway_modeller.scenario.values import WEEKDAYS, ByGroup, Duration, Rate
from tests.engines.drawing import MONDAY, exponential, fixed, lognormal

Draw = st.DrawFn

QUARTERS: Sequence[Sequence[float]] = ((1.0,), (0.5, 0.5), (0.25, 0.75), (0.5, 0.25, 0.25))
CLOCK_TIMES = ("00:00", "06:00", "12:00", "18:00")
TIERS = {"base": NeedTier(name="Base", level=1), "tip": NeedTier(name="Tip", level=2)}
PLACES = {
    "east": Footprint(name="East", people={"base": 300.0, "tip": 100.0}),
    "west": Footprint(name="West", people={"base": 500.0, "tip": 100.0}),
}
COLOURS = PatientAttribute(
    name="Colour",
    values={"blue": AttributeValue(name="Blue"), "red": AttributeValue(name="Red")},
    default="blue",
)


@dataclass(frozen=True)
class Playable:
    """A pathway and how it is run."""

    pathway: Pathway
    run: RunSettings


@dataclass(frozen=True)
class World:
    """What the parts of a pathway may refer to."""

    groups: Mapping[str, Sequence[str]]
    activities: Sequence[str]
    pools: Mapping[str, Pool]
    blocking: bool


def times(*, zero: bool = True) -> st.SearchStrategy[Distribution]:
    """Returns times: half days, whole days, now and then random ones, and (if allowed) none at all."""
    steps = [0.5, 1.0, 1.5, 2.0, 3.0]
    common = st.sampled_from([*steps, *([0.0] if zero else [])]).map(fixed)
    rare = st.sampled_from(
        [
            exponential(0.7),
            lognormal(1.0, 0.6),
            Distribution(kind="uniform", unit="hours", low=0, high=24),
            Distribution(kind="erlang", unit="days", mean=1, shape=3),
            Distribution(kind="empirical", unit="days", values=(0.5, 0.5, 1, 2)),
            Distribution(kind="empirical", unit="days", values=(2, 0.5, 1), weights=(1, 3, 2)),
            Distribution(kind="normal", unit="days", mean=1, sd=0.6),
            Distribution(kind="lognormal", unit="hours", mu=2.5, sigma=0.7),
        ]
    )
    return st.one_of(common, common, common, rare)


@st.composite
def varied(draw: Draw, values: st.SearchStrategy[Any], world: World, kind: Any) -> Any:
    """Returns a value that may differ by a group."""
    plain = draw(values)
    if not world.groups or draw(st.integers(0, 3)) > 0:
        return plain
    by = draw(st.sampled_from(sorted(world.groups)))
    group = draw(st.sampled_from(world.groups[by]))
    return ByGroup[kind](by=by, values={group: draw(values)}, otherwise=plain)


@st.composite
def dated(draw: Draw, values: st.SearchStrategy[Any], world: World, kind: Any) -> Any:
    """Returns a value that may differ by a group and change at a date: at once, or over a few days."""
    before = draw(varied(values, world, kind))
    if draw(st.integers(0, 7)) > 0:
        return before
    return Change[kind](
        before=before,
        after=draw(varied(values, world, kind)),
        starts=MONDAY + dt.timedelta(days=draw(st.integers(-1, 9))),
        ramp=draw(st.sampled_from([None, None, Duration(value=3, unit="days")])),
    )


@st.composite
def pools(draw: Draw, places: bool) -> Pool:
    """Returns a capacity pool: timetabled, stepped, ramped, unlimited or plain."""
    units = draw(st.sampled_from([1, 1, 2, 2, 3, None]))
    more: dict[str, Any] = {"per_footprint": places and draw(st.booleans())}
    if more["per_footprint"] and draw(st.booleans()):
        more["units_by_footprint"] = {"east": draw(st.integers(1, 3))}
    shape = draw(st.sampled_from(["plain", "plain", "timetable", "steps"]))
    if shape == "timetable":
        more["timetable"] = draw(timetables(units is not None))
        more["closed_on_bank_holidays"] = draw(st.booleans())
    elif shape == "steps":
        more["steps"] = draw(steps(more["per_footprint"]))
    return Pool(name="Pool", units=units, **more)


@st.composite
def _qualities(draw: Draw, world: World) -> Quality:
    """Returns how many units are good: all or none, too; it may differ by group and change at a date."""
    return Quality(good=draw(dated(st.sampled_from([0.0, 0.5, 1.0]), world, float)))


@st.composite
def timetables(draw: Draw, limited: bool) -> dict[str, tuple[OpenHours, ...]]:
    """Returns opening hours on some weekdays, Mondays always among them."""
    days = {"monday", *draw(st.sets(st.sampled_from(WEEKDAYS), min_size=2))}
    hours = draw(
        st.sampled_from(
            [
                [("00:00", "24:00")],
                [("06:00", "18:00")],
                [("00:00", "12:00"), ("12:00", "18:00")],
                [("00:00", "06:00"), ("12:00", "24:00")],
            ]
        )
    )
    units = draw(st.sampled_from([None, 2])) if limited else None
    made = tuple(OpenHours(opens=opens, closes=closes, units=units) for opens, closes in hours)
    return {day: made for day in WEEKDAYS if day in days}


@st.composite
def steps(draw: Draw, by_place: bool) -> tuple[CapacityStep, ...]:
    """Returns one or two dated changes, the last never to nothing."""
    days = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=2)))
    found = []
    for number, day in enumerate(days):
        least = 1 if number == len(days) - 1 else 0
        ramp = draw(st.sampled_from([None, Duration(value=2, unit="days")]))
        found.append(
            CapacityStep(
                date=MONDAY + dt.timedelta(days=day),
                units=draw(st.integers(least, 3)),
                footprint=draw(st.sampled_from([None, "east"])) if by_place else None,
                ramp=ramp,
            )
        )
    return tuple(found)


@st.composite
def entries(draw: Draw, world: World) -> EntryPoint:
    """Returns an entry point: at random, by gaps, or booked."""
    kind = draw(st.sampled_from(["rate", "gap", "booked", "per 1000"]))
    arrivals: RandomArrivals | BookedArrivals
    shares = _shares(draw, world)
    if kind == "booked":
        bookings = draw(
            st.lists(
                st.builds(
                    Booking,
                    weekday=st.sampled_from(WEEKDAYS),
                    time=st.sampled_from(CLOCK_TIMES),
                    patients=st.integers(1, 3),
                ),
                min_size=2,
                max_size=5,
            )
        )
        lateness = draw(st.sampled_from([None, None, fixed(0.5), exponential(0.1)]))
        arrivals = BookedArrivals(kind="booked", bookings=tuple(bookings), lateness=lateness, **shares)
    elif kind == "gap":
        gap = draw(st.sampled_from([fixed(0.5), fixed(1.0), exponential(0.6)]))
        arrivals = RandomArrivals(kind="random", gap=gap, **shares, **_limits(draw))
    elif kind == "rate" or "footprint" not in world.groups:
        rate = Rate(value=draw(st.sampled_from([0.5, 1.0, 2.0])), unit="per day")
        rate = draw(_later_rate(PlainChange[Rate], rate))
        given: dict[str, Any] = {"rate": rate, "profile": _profile(draw)}
        if draw(st.integers(0, 3)) == 0:
            given = {"hourly": (0.0,) * 9 + (0.25,) * 6 + (0.0,) * 9}
        arrivals = RandomArrivals(kind="random", **given, **shares, **_limits(draw))
    else:
        rates = ByGroup[Rate](
            by="need_tier",
            values={"tip": Rate(value=20, unit="per week")},
            otherwise=Rate(value=1, unit="per day"),
        )
        rates = draw(_later_rate(Change[Rate], rates))
        arrivals = RandomArrivals(kind="random", rate_per_1000=rates, profile=_profile(draw))
    colours = {"colour": {"blue": 0.75, "red": 0.25}} if draw(st.booleans()) else {}
    return EntryPoint(name="Entry", arrivals=arrivals, attributes=colours)


@st.composite
def _later_rate(draw: Draw, change: Any, rate: Any) -> Any:
    """Returns a rate that may become another at a date, or one that was another until then."""
    if draw(st.integers(0, 2)) > 0:
        return rate
    other = Rate(value=draw(st.sampled_from([0.0, 1.5, 3.0])), unit="per day")
    starts = MONDAY + dt.timedelta(days=draw(st.integers(-1, 9)))
    ramp = draw(st.sampled_from([None, Duration(value=4, unit="days")]))
    before, after = draw(st.permutations([rate, other]))
    return change(before=before, after=after, starts=starts, ramp=ramp)


def _shares(draw: Draw, world: World) -> dict[str, Mapping[str, float]]:
    """Returns shares of need tiers, in places that have people."""
    if "need_tier" in world.groups and draw(st.booleans()):
        return {"need_tiers": {"base": 0.25, "tip": 0.75}}
    return {}


def _limits(draw: Draw) -> dict[str, Duration]:
    """Returns when arrivals start and end."""
    found = {}
    if draw(st.integers(0, 3)) == 0:
        found["starts_after"] = Duration(value=1, unit="days")
    if draw(st.integers(0, 3)) == 0:
        found["ends_after"] = Duration(value=8, unit="days")
    return found


def _profile(draw: Draw) -> Profile | None:
    """Returns a profile of demand, with hours and days of none."""
    if draw(st.booleans()):
        return None
    return Profile(weekdays=(2, 1, 1, 1, 1, 0.5, 0), day=(0, 1, 2, 1))


@st.composite
def activities(draw: Draw, world: World, later: Sequence[str]) -> Activity:
    """Returns an activity; ``later`` are elements to which it may send patients."""
    names = sorted(world.pools)
    least = 1 if world.blocking else draw(st.sampled_from([0, 1, 1]))
    chosen = draw(st.sets(st.sampled_from(names), min_size=least, max_size=2))
    more: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        more["priority"] = draw(varied(st.integers(1, 4), world, int))
    more["discipline"] = draw(
        st.sampled_from(["first come", "first come", "last come", "longest on pathway"])
    )
    onward = st.sampled_from([None, *later])
    if draw(st.integers(0, 3)) == 0:
        more |= {"room": draw(st.integers(0, 2)), "overflow_to": draw(onward)}
    if draw(st.integers(0, 9 if world.blocking else 3)) == 0:
        more |= {
            "patience": draw(dated(times(), world, Distribution)),
            "gives_up_to": draw(onward),
            "give_up_cause": "went elsewhere",
        }
    if draw(st.integers(0, 3)) == 0:
        share = draw(varied(st.sampled_from([0.25, 0.5]), world, float))
        more["did_not_attend"] = DidNotAttend(
            share=share,
            by_wait=draw(missed_by_wait(world)),
            rebook=draw(st.sampled_from([0.0, 0.5, 1.0])),
            others_go_to=draw(onward),
        )
    if draw(st.integers(0, 9 if world.blocking else 2)) == 0:
        more["deterioration"] = draw(deteriorations(world, onward, "queue"))
    if draw(st.integers(0, 3)) == 0:
        has_quality = any(world.pools[pool].quality is not None for pool in chosen)
        harm = draw(deteriorations(world, onward, "service", has_quality=has_quality))
        more["deterioration"] = {**harm, **more.get("deterioration", {})}
    free = sorted(set(world.pools) - chosen)
    if free and draw(st.integers(0, 9 if world.blocking else 4)) == 0:
        more["caseload"] = Caseload(
            pool=draw(st.sampled_from(free)),
            interval=draw(varied(times(zero=False), world, Distribution)),
            length=draw(st.one_of(st.none(), varied(times(), world, Distribution))),
        )
    if draw(st.integers(0, 4)) == 0:
        more["single_point"] = SinglePoint(
            advice_only=draw(varied(st.sampled_from([0.0, 0.5, 1.0]), world, float)),
            advice_to=draw(onward),
            team=tuple(name for name in later if name.startswith("a-"))[:2],
        )
    if draw(st.integers(0, 3)) == 0:
        more["pressure"] = draw(pressures(names))
    if world.blocking or draw(st.integers(0, 2)) == 0:
        more["release"] = "when next can take"
    needs = {name: _units(draw, world.pools[name]) for name in sorted(chosen)}
    time = draw(dated(times(), world, Distribution))
    return Activity(name="Activity", needs=needs, service_time=time, **more)


@st.composite
def pressures(draw: Draw, pools: Sequence[str]) -> Pressure:
    """Returns how a service time reacts to a pool, needed by the activity or not."""
    shares = sorted(draw(st.sets(st.sampled_from([0.0, 0.3, 0.5, 1.0]), min_size=1, max_size=2)))
    factors = st.sampled_from([0.5, 1.0, 2.0])
    steps = tuple(PressureStep(full=share, factor=draw(factors)) for share in shares)
    return Pressure(pool=draw(st.sampled_from(pools)), steps=steps)


@st.composite
def missed_by_wait(draw: Draw, world: World) -> tuple[MissedByWait, ...]:
    """Returns shares of missed slots after longer waits, not in order, all or nobody among them."""
    waited = draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), max_size=2, unique=True))
    shares = varied(st.sampled_from([0.0, 0.5, 1.0]), world, float)
    return tuple(
        MissedByWait(waited=Duration(value=days, unit="days"), share=draw(shares)) for days in waited
    )


@st.composite
def deteriorations(
    draw: Draw,
    world: World,
    onward: st.SearchStrategy[str | None],
    during: During,
    *,
    has_quality: bool = False,
) -> dict[str, Deterioration]:
    """Returns one or two things that waiting, or care, may do, each by a rate or by a time."""
    found = {}
    tiered = "need_tier" in world.groups
    for name in draw(st.sampled_from([("worse",), ("worse", "dies"), ("fall", "worse")])):
        kind = (
            "death"
            if name == "dies"
            else draw(st.sampled_from(["emergency", "need"] if tiered else ["emergency"]))
        )
        clock: dict[str, Any] = {"time": draw(varied(times(zero=kind != "need"), world, Distribution))}
        if has_quality or draw(st.booleans()):
            rates = st.sampled_from([Rate(value=200, unit="per day"), Rate(value=3000, unit="per week")])
            clock = {"rate_per_1000": draw(varied(rates, world, Rate))}
            if has_quality:
                clock["if_good"] = draw(st.sampled_from([0.0, 0.5, 2.0]))
        to_tier = (
            "tip" if kind == "need" or (kind == "emergency" and tiered and draw(st.booleans())) else None
        )
        goes_to = None if kind == "death" else draw(onward)
        key = name if during == "queue" else f"{name}-in-care"
        clock["during"] = during
        found[key] = Deterioration(name=name, kind=kind, to_tier=to_tier, goes_to=goes_to, **clock)
    return found


def _units(draw: Draw, pool: Pool) -> int:
    """Returns units that a pool can give at some time."""
    levels = [*pool.units_by_footprint.values(), *(step.units or 1 for step in pool.steps)]
    most = min(pool.units or 2, *levels, 2)
    return draw(st.integers(1, most)) if draw(st.integers(0, 3)) == 0 else 1


@st.composite
def conditions(draw: Draw, world: World, here: str) -> Condition:
    """Returns a condition of an arrow."""
    kinds = ["queue", "visits", "time", "calendar"] + (["attribute"] if world.groups else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "attribute":
        by = draw(st.sampled_from(sorted(world.groups)))
        values = draw(st.sampled_from([(each,) for each in world.groups[by]]))
        return AttributeCondition(kind="attribute", attribute=by, values=values)
    if kind == "queue":
        activity = draw(st.sampled_from(sorted(world.activities)))
        return QueueCondition(kind="queue", activity=activity, at_least=draw(st.integers(0, 3)))
    if kind == "visits":
        return VisitsCondition(kind="visits", element=here, at_least=draw(st.integers(1, 2)))
    if kind == "time":
        return TimeCondition(kind="time on pathway", at_least=Duration(value=1.5, unit="days"))
    days = draw(st.sampled_from([WEEKDAYS[:5], WEEKDAYS[5:], ("monday", "wednesday")]))
    return CalendarCondition(kind="calendar", weekdays=days, opens="06:00", closes="18:00")


@st.composite
def routes(draw: Draw, world: World, here: str, later: Sequence[str], again: str | None) -> list[Transition]:
    """Returns the arrows out of an element.

    Args:
        draw: Hypothesis's.
        world: what may be referred to.
        here: the element left.
        later: elements further on, never empty.
        again: an activity before it, to which a share may go back.
    """
    shares = draw(st.sampled_from(QUARTERS))
    targets = [draw(st.sampled_from(later)) for _ in shares]
    if again is not None and len(shares) > 1:
        targets[0] = again
    given = _later_shares(draw, shares)
    found = [_arrow(draw, world, here, to, share=share) for to, share in zip(targets, given, strict=True)]
    if draw(st.integers(0, 3)) == 0:
        when = draw(conditions(world, here))
        to = draw(st.sampled_from(later))
        found.append(_arrow(draw, world, here, to, when=when, order=draw(st.integers(-1, 1))))
    return found


def _later_shares(draw: Draw, shares: Sequence[float]) -> Sequence[float | Change[float]]:
    """Returns shares that may change at a date; the first, of those who may go back, becomes a quarter."""
    if len(shares) < 2 or draw(st.integers(0, 2)) > 0:
        return shares
    starts = MONDAY + dt.timedelta(days=draw(st.integers(-1, 9)))
    ramp = draw(st.sampled_from([None, Duration(value=4, unit="days")]))
    after = [0.25, *shares[1:-1], 1.0 - 0.25 - math.fsum(shares[1:-1])]
    return [
        Change[float](before=one, after=other, starts=starts, ramp=ramp)
        for one, other in zip(shares, after, strict=True)
    ]


def _arrow(draw: Draw, world: World, here: str, to: str, **more: Any) -> Transition:
    """Returns an arrow that may take time, keep the place, and set an attribute."""
    if draw(st.integers(0, 3)) == 0:
        more["time"] = draw(dated(times(zero=False), world, Distribution))
        more["keeps_units"] = draw(st.booleans())
    if draw(st.integers(0, 5)) == 0:
        more["sets"] = {"colour": draw(st.sampled_from(["blue", "red"]))}
    return Transition(origin=here, target=to, **more)


@st.composite
def stays(draw: Draw, world: World, drawn: Mapping[str, Activity], waits: Sequence[str]) -> Stay | None:
    """Returns a stay of a bed, of a pool that its first activity does not itself need."""
    begins = draw(st.sampled_from(sorted(drawn)))
    caseload = drawn[begins].caseload
    free = sorted(set(world.pools) - set(drawn[begins].needs) - ({caseload.pool} if caseload else set()))
    if not free:
        return None
    places = [*sorted(drawn), *waits]
    moments = st.sampled_from(["start", "completion"])
    ends = draw(st.lists(st.builds(StayEnd, element=st.sampled_from(places), when=moments), max_size=2))
    return Stay(name="Bed", needs={draw(st.sampled_from(free)): 1}, begins_with=begins, ends=tuple(ends))


@st.composite
def todays(draw: Draw, drawn: Mapping[str, Activity]) -> dict[str, Today]:
    """Returns who waits and who is being seen on the start date, never more than is open."""
    name = draw(st.sampled_from(sorted(drawn)))
    waiting = WaitingToday(
        patients=draw(st.integers(1, 3)), waited=draw(st.sampled_from([fixed(1.0), exponential(2.0)]))
    )
    busy = InProgressToday(patients=1, remaining=draw(st.sampled_from([None, fixed(0.5)])))
    progress = (busy,) if draw(st.booleans()) else ()
    return {name: Today(waiting=(waiting,), in_progress=progress)}


@st.composite
def playable(draw: Draw, *, blocking: bool = False) -> Playable:
    """Returns a small pathway with its run settings: about two weeks, a few dozen patients.

    Args:
        draw: Hypothesis's.
        blocking: whether every activity keeps its units until the next can take the patient.
    """
    places = draw(st.booleans())
    groups: dict[str, Sequence[str]] = {"colour": ("blue", "red")}
    if places:
        groups |= {"need_tier": tuple(TIERS), "footprint": tuple(PLACES)}
    pool_names = [f"pool-{number}" for number in range(draw(st.integers(1, 3)))]
    inner = [f"a-{number}" for number in range(draw(st.integers(1, 4)))]
    world = World(groups, inner, {name: draw(pools(places)) for name in pool_names}, blocking)
    if draw(st.booleans()):
        good = world.pools["pool-0"].model_copy(update={"quality": draw(_qualities(world))})
        world = replace(world, pools={**world.pools, "pool-0": good})
    line = _order_of_elements(draw, inner)
    elements: dict[str, dict[str, Any]] = {"activities": {}, "waits": {}, "decisions": {}}
    arrows: list[Transition] = []
    for place, here in enumerate(line):
        later = [*line[place + 1 :], "out"]
        before = [name for name in line[: place + 1] if name in inner]
        again = draw(st.sampled_from(before)) if before and draw(st.integers(0, 4)) == 0 else None
        _add(draw, elements, world, here, later)
        arrows += draw(routes(world, here, later, again))
    entry_points = {f"in-{number}": draw(entries(world)) for number in range(draw(st.integers(1, 2)))}
    arrows += [Transition(origin=name, target=draw(st.sampled_from(line))) for name in entry_points]
    maps: dict[str, Any] = {"attributes": {"colour": COLOURS}}
    if draw(st.integers(0, 3)) == 0:
        about = draw(st.sampled_from([(), ("in-0",)]))
        maps["demand_changes"] = {"more": DemandChange(name="More", change=0.5, entry_points=about)}
    if places:
        maps |= {"need_tiers": TIERS, "footprints": PLACES}
    stay = draw(stays(world, elements["activities"], list(elements["waits"])))
    if stay is not None and (blocking or draw(st.booleans())):
        maps["stays"] = {"bed": stay}
    start = draw(st.sampled_from(["empty", "today"]))
    maps["today"] = draw(todays(elements["activities"])) if start == "today" else {}
    pathway = Pathway.model_validate(
        {
            **elements,
            **maps,
            "entry_points": entry_points,
            "exit_points": {"out": ExitPoint(name="Out")},
            "transitions": {f"t-{number}": arrow for number, arrow in enumerate(arrows)},
            "pools": world.pools,
        }
    )
    days = Duration(value=draw(st.sampled_from([10, 14])), unit="days")
    return Playable(pathway, RunSettings(start_date=MONDAY, start=start, duration=days))


def _order_of_elements(draw: Draw, inner: Sequence[str]) -> list[str]:
    """Returns activities with waits and decisions among them, in an order along which arrows lead."""
    others = [f"w-{number}" for number in range(draw(st.integers(0, 2)))]
    others += [f"d-{number}" for number in range(draw(st.integers(0, 2)))]
    return draw(st.permutations([*inner, *others]))


def _add(
    draw: Draw, elements: dict[str, dict[str, Any]], world: World, here: str, later: Sequence[str]
) -> None:
    """Adds the element of an id."""
    if here.startswith("a-"):
        elements["activities"][here] = draw(activities(world, later))
    elif here.startswith("w-"):
        elements["waits"][here] = Wait(name="Wait", time=draw(dated(times(), world, Distribution)))
    else:
        elements["decisions"][here] = Decision(name="Decision")
