"""Turning moves, prevention and need changes into the parts of a living population."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, ExitPoint
from pathway_modeller.scenario.population import Cause, Move, NeedChange, Prevention, Trend
from pathway_modeller.scenario.values import DAYS_PER, DAYS_PER_YEAR, ByGroup
from pathway_modeller.simulation.chance.random_numbers import element_key, stream_key
from pathway_modeller.simulation.model.demand import Clock, make_clock
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.model.living_parts import (
    NOBODY,
    ChannelPart,
    LanePart,
    NeedChangePart,
    PopulationPart,
    PreventionPart,
)
from pathway_modeller.simulation.model.table import Table
from pathway_modeller.simulation.trace import NeedCause

MONTH = DAYS_PER["months"]
"""Days between two steps of a coverage that grows or fades."""

Shares = Callable[[float | ByGroup[float]], Table[float]]
"""Turns a share that may differ by group into a table."""

_CAUSES: Mapping[Cause, NeedCause] = {
    "found": NeedCause.FOUND,
    "better": NeedCause.BETTER,
    "worse": NeedCause.WORSE,
}


def lives(pathway: Pathway) -> bool:
    """Tells whether the number of people in each need tier and footprint changes during a run.

    It does if there are need tiers and footprints, and anything that moves people: moves, prevention, need
    changed by what is done, or deterioration that kills or changes need.
    """
    if not pathway.need_tiers or not pathway.footprints:
        return False
    changing: list[Activity | ExitPoint] = [*pathway.activities.values(), *pathway.exit_points.values()]
    return bool(
        pathway.moves
        or pathway.preventions
        or any(element.changes_need for element in changing)
        or any(
            each.changes_people
            for activity in pathway.activities.values()
            for each in activity.deterioration.values()
        )
    )


def people_by_tier(
    pathway: Pathway, tiers: Sequence[str], footprints: Sequence[str]
) -> tuple[tuple[float, ...], ...]:
    """Returns the people of each need tier on the start date, by footprint."""
    return tuple(
        tuple(pathway.footprints[footprint].people.get(tier, 0.0) for footprint in footprints)
        for tier in tiers
    )


def make_need_changes(
    pathway: Pathway, elements: Sequence[str], tiers: Sequence[str], shares: Shares
) -> tuple[tuple[NeedChangePart, ...], ...]:
    """Returns how each element changes need, by element index; empty where nothing does anywhere."""
    found = []
    for identifier in elements:
        element = pathway.activities.get(identifier) or pathway.exit_points.get(identifier)
        changes = () if element is None else element.changes_need
        found.append(tuple(_need_change(change, tiers, shares) for change in changes))
    return tuple(found) if any(found) else ()


def _need_change(change: NeedChange, tiers: Sequence[str], shares: Shares) -> NeedChangePart:
    """Returns one change of need."""
    origin = NOBODY if change.origin is None else _tier(change.origin, tiers)
    return NeedChangePart(origin, _tier(change.target, tiers), shares(change.share), _CAUSES[change.cause])


def _tier(identifier: str, tiers: Sequence[str]) -> int:
    """Returns a need tier's index."""
    if identifier not in tiers:
        raise ModelError(f"The pathway has no need tier {identifier!r}.")
    return list(tiers).index(identifier)


def coverage_steps(prevention: Prevention, until: float) -> tuple[tuple[float, float], ...]:
    """Returns (day, part of the whole coverage that has an effect from then on), in order of days.

    From ``starts_after`` plus the lag it grows by equal parts, the first at once and one each month of the
    ramp begun. From ``ends_after`` plus the lag it halves in each half-life, lowered at once and then each
    month to what it will be at the end of that month; without a half-life it stops.

    Args:
        prevention: the prevention, with a coverage.
        until: end of the run in days; later steps are left out.
    """
    lag = prevention.lag.days
    begins = prevention.starts_after.days + lag
    ends = math.inf if prevention.ends_after is None else prevention.ends_after.days + lag
    months = math.ceil(prevention.ramp.days / MONTH) or 1
    found = [(begins + MONTH * number, (number + 1) / months) for number in range(months)]
    found = [(day, part) for day, part in found if day < min(ends, until)]
    if ends < until and found:
        whole, half = found[-1][1], prevention.half_life
        if half is None or half.days <= 0.0:
            return (*found, (ends, 0.0))
        steps = max(math.ceil((until - ends) / MONTH), 1)
        found += [
            (ends + MONTH * number, whole * 0.5 ** ((number + 1) * MONTH / half.days))
            for number in range(steps)
        ]
    return tuple(found)


def make_population(
    pathway: Pathway,
    run: RunSettings,
    until: float,
    tiers: Sequence[str],
    footprints: Sequence[str],
    elements: Mapping[str, int],
    shares: Shares,
) -> PopulationPart:
    """Returns the living population of a pathway.

    Args:
        pathway: the pathway.
        run: names the start date.
        until: end of the run in days.
        tiers: need tiers in order.
        footprints: footprints in order.
        elements: index of each element.
        shares: turns a share that may differ by group into a table.

    Raises:
        ModelError: a move or a prevention is not complete or names something that is not there.
    """
    return _Compiler(pathway, run, until, tiers, footprints, elements, shares).population()


@dataclass(frozen=True)
class _Lane:
    """What channels have in common that run on the same people's time."""

    trend: Trend | None
    weights: tuple[tuple[int, float], ...]
    origin: int
    slowed: tuple[tuple[int, float], ...]
    protected: int


class _Compiler:
    """Looks up indices while the population is put together."""

    def __init__(
        self,
        pathway: Pathway,
        run: RunSettings,
        until: float,
        tiers: Sequence[str],
        footprints: Sequence[str],
        elements: Mapping[str, int],
        shares: Shares,
    ) -> None:
        self._pathway, self._run, self._until = pathway, run, until
        self._tiers, self._footprints = list(tiers), list(footprints)
        self._elements, self._shares = elements, shares
        self._moves = sorted(pathway.moves)
        self._preventions = sorted(pathway.preventions)
        self._clocks: dict[Trend | None, Clock] = {}

    def population(self) -> PopulationPart:
        """Returns the finished population."""
        made = [each for number in range(len(self._moves)) for each in self._channels(number)]
        channels = tuple(channel for channel, _ in made)
        members: dict[_Lane, list[int]] = {}
        for number, (_, lane) in enumerate(made):
            members.setdefault(lane, []).append(number)
        lanes = tuple(self._lane(lane, numbers) for lane, numbers in members.items())
        size = len(self._tiers) * len(self._footprints)
        return PopulationPart(
            people=self._people(),
            footprints=len(self._footprints),
            channels=channels,
            lanes=lanes,
            lanes_of=tuple(
                tuple(number for number, lane in enumerate(lanes) if _depends(lane, place))
                for place in range(size)
            ),
            preventions=tuple(self._prevention(identifier) for identifier in self._preventions),
            slows=tuple(
                tuple(
                    number
                    for number, lane in enumerate(lanes)
                    if any(prevention == which for prevention, _ in lane.slowed)
                )
                for which in range(len(self._preventions))
            ),
            reached_at=tuple(self._reached_at(identifier) for identifier in self._elements),
        )

    def _people(self) -> tuple[float, ...]:
        """Returns the people of each compartment on the start date."""
        return tuple(itertools.chain(*people_by_tier(self._pathway, self._tiers, self._footprints)))

    def _place(self, tier: int, footprint: int) -> int:
        """Returns the index of a compartment."""
        return NOBODY if tier < 0 else tier * len(self._footprints) + footprint

    def _ends(self, move: Move) -> tuple[int, int]:
        """Returns the need tiers that a move leaves and reaches, -1 where it has none."""
        leaves, arrives = move.leaves, move.arrives
        if (leaves and move.origin is None) or (arrives and move.target is None):
            raise ModelError(f'The move "{move.name}" does not say which need tier it leaves or reaches.')
        return (
            _tier(move.origin, self._tiers) if leaves and move.origin is not None else NOBODY,
            _tier(move.target, self._tiers) if arrives and move.target is not None else NOBODY,
        )

    def _channels(self, number: int) -> Iterator[tuple[ChannelPart, _Lane]]:
        """Yields the channels of a move, each with its lane; those that never happen are left out."""
        identifier = self._moves[number]
        move = self._pathway.moves[identifier]
        if (move.per_person is None) == (move.people is None):
            raise ModelError(f'Give the move "{move.name}" either a rate per person or people a year.')
        tier, to_tier = self._ends(move)
        slowed = self._slowed(identifier)
        for footprint, name in enumerate(self._footprints):
            rate, weights = self._speed(move, tier, footprint)
            if rate <= 0.0:
                continue
            origin, target = self._place(tier, footprint), self._place(to_tier, footprint)
            yield (
                ChannelPart(
                    move=number,
                    key=element_key(identifier),
                    stream=stream_key(self._tiers[tier if tier >= 0 else to_tier], name),
                    rate=rate,
                    tier=tier,
                    to_tier=to_tier,
                    footprint=footprint,
                    origin=origin,
                    target=target,
                ),
                _Lane(move.trend, weights, origin, slowed, _protected(origin, target) if slowed else NOBODY),
            )

    def _speed(self, move: Move, tier: int, footprint: int) -> tuple[float, tuple[tuple[int, float], ...]]:
        """Returns a channel's rate a day and the weights of people that it is multiplied by."""
        if move.people is not None:
            return move.people * self._footprint_share(move, footprint) / DAYS_PER_YEAR, ()
        assert move.per_person is not None, "moves have a rate or a number"  # noqa: S101
        rates = self._shares(move.per_person)
        if tier >= 0:
            rate = _for(rates, tier, footprint) / DAYS_PER_YEAR
            return rate, ((self._place(tier, footprint), 1.0),)
        weights = tuple(
            (self._place(each, footprint), _for(rates, each, footprint) / DAYS_PER_YEAR)
            for each in range(len(self._tiers))
        )
        weights = tuple((place, weight) for place, weight in weights if weight > 0.0)
        return (1.0 if weights else 0.0), weights

    def _footprint_share(self, move: Move, footprint: int) -> float:
        """Returns a footprint's share of a move's people a year.

        As given; else as the people of the tier live on the start date; where nobody does, as all people
        live, or evenly if there are none.
        """
        if move.footprints:
            return move.footprints.get(self._footprints[footprint], 0.0)
        tier = move.origin if move.origin is not None else move.target
        for chosen in ([tier], self._tiers):
            living = [
                math.fsum(self._pathway.footprints[name].people.get(each or "", 0.0) for each in chosen)
                for name in self._footprints
            ]
            if math.fsum(living) > 0.0:
                return living[footprint] / math.fsum(living)
        return 1.0 / len(self._footprints)

    def _slowed(self, move: str) -> tuple[tuple[int, float], ...]:
        """Returns the preventions that slow a move, each with its reduction."""
        return tuple(
            (number, self._pathway.preventions[identifier].slows[move])
            for number, identifier in enumerate(self._preventions)
            if self._pathway.preventions[identifier].slows.get(move, 0.0) > 0.0
        )

    def _lane(self, lane: _Lane, channels: list[int]) -> LanePart:
        """Returns a lane."""
        if lane.trend not in self._clocks:
            self._clocks[lane.trend] = make_clock(None, self._run.start_date, self._until, lane.trend)
        clock = self._clocks[lane.trend]
        return LanePart(clock, lane.weights, lane.origin, lane.slowed, lane.protected, tuple(channels))

    def _prevention(self, identifier: str) -> PreventionPart:
        """Returns a prevention."""
        prevention = self._pathway.preventions[identifier]
        if (prevention.activity is None) == (prevention.coverage is None):
            raise ModelError(f'Give the prevention "{prevention.name}" either an activity or a coverage.')
        unknown = sorted(set(prevention.slows) - set(self._moves))
        if unknown:
            raise ModelError(f'The prevention "{prevention.name}" slows {unknown[0]!r}, which is no move.')
        uptake, half = self._shares(prevention.uptake), prevention.half_life
        covered = prevention.coverage
        return PreventionPart(
            key=element_key(identifier),
            by_contact=covered is None,
            uptake=uptake,
            begins=prevention.starts_after.days,
            ends=math.inf if prevention.ends_after is None else prevention.ends_after.days,
            lag=prevention.lag.days,
            life=math.inf if half is None else half.days / math.log(2.0),
            reach=tuple(
                (covered or 0.0) * _for(uptake, tier, footprint)
                for tier in range(len(self._tiers))
                for footprint in range(len(self._footprints))
            ),
            steps=() if covered is None else coverage_steps(prevention, self._until),
        )

    def _reached_at(self, element: str) -> tuple[int, ...]:
        """Returns the preventions that contacts at an element bring."""
        return tuple(
            number
            for number, identifier in enumerate(self._preventions)
            if self._pathway.preventions[identifier].activity == element
        )


def _protected(origin: int, target: int) -> int:
    """Returns the compartment whose people prevention protects: the one left, else the one reached."""
    return target if origin == NOBODY else origin


def _for(table: Table[float], tier: int, footprint: int) -> float:
    """Returns a value for the people of a compartment; they have no declared attributes."""
    return table.of([tier, footprint]) if table.by < 2 else table.otherwise


def _depends(lane: LanePart, place: int) -> bool:
    """Tells whether a lane's speed changes with the people of a compartment, or those protected in it."""
    return place in (lane.origin, lane.protected) or any(place == each for each, _ in lane.weights)
