"""The whole units that shifts open and close, worked out from pounds, and what is wrong with a shift."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.apportionment import in_turn, people_of, spread
from pathway_modeller.scenario.shifts.dated_units import UNLIMITED, dated_units, units_at
from pathway_modeller.scenario.shifts.prices import in_prices, missing_years
from pathway_modeller.scenario.shifts.steps import Moved
from pathway_modeller.scenario.shifts.unit_costs import unit_cost_per_year
from pathway_modeller.scenario.values import MOST_UNITS, Money

_HAIR = 1e-9


@dataclass(frozen=True)
class ShiftProblem:
    """Why a shift cannot be played, or moves nothing.

    Attributes:
        shift: id of the shift.
        field: the field to mend: "origin", "target" or "amount".
        severity: whether the option can be run all the same.
        what: what is wrong.
        mend: what would mend it.
    """

    shift: str
    field: Literal["origin", "target", "amount"]
    severity: Literal["error", "warning"]
    what: str
    mend: str


@dataclass(frozen=True)
class ShiftMoves:
    """What shifts do to the pools of a pathway.

    Attributes:
        moved: by shift id, the units opened or closed.
        problems: why some cannot be played.
    """

    moved: Mapping[str, tuple[Moved, ...]]
    problems: tuple[ShiftProblem, ...] = ()

    def of_pool(self, pool: str) -> tuple[Moved, ...]:
        """Returns everything that is moved into or out of a pool, in order of shift id."""
        return tuple(each for moved in self.moved.values() for each in moved if each.pool == pool)


def bodies_of(pathway: Pathway, pool: Pool) -> tuple[str | None, ...]:
    """Returns who holds a pool: each footprint, or None alone where all share it."""
    return tuple(sorted(pathway.footprints)) if pool.per_footprint else (None,)


def shift_moves(
    pathway: Pathway, shifts: Mapping[str, Shift], money: MoneySettings, run: RunSettings
) -> ShiftMoves:
    """Returns the units that shifts open and close, and what is wrong with them.

    Opened are units first, then closed, each in order of shift id; no footprint loses more than it has.

    Args:
        pathway: the option's pathway, without its shifts.
        shifts: by id.
        money: the price index.
        run: start date, and the calendar by which a unit's open hours a year are counted.
    """
    work = _Work(pathway, money, run)
    for key in sorted(shifts):
        work.look_at(key, shifts[key])
    for side in ("target", "origin"):
        for key in sorted(shifts):
            work.move(key, shifts[key], side)
    moved = {key: tuple(work.moved.get(key, ())) for key in sorted(shifts)}
    return ShiftMoves(moved, tuple(work.problems))


Side = Literal["target", "origin"]


class _Work:
    """Goes through shifts one after another, remembering what is already taken from each pool."""

    def __init__(self, pathway: Pathway, money: MoneySettings, run: RunSettings) -> None:
        self.moved: dict[str, list[Moved]] = {}
        self.problems: list[ShiftProblem] = []
        self._pathway, self._money, self._run = pathway, money, run
        self._people = people_of(pathway)

    def look_at(self, key: str, shift: Shift) -> None:
        """Finds what is wrong with the two pools together."""
        if shift.origin is None and shift.target is None:
            what = "it names neither a pool that money is taken from nor one that it is put into"
            self._wrong(key, "origin", what, "Name one of them at least")
        elif shift.origin == shift.target:
            self._wrong(key, "target", "it puts money into the pool it takes it from", "Name another pool")

    def move(self, key: str, shift: Shift, side: Side) -> None:
        """Works out the units of one of a shift's pools."""
        name = shift.target if side == "target" else shift.origin
        if name is None or shift.origin == shift.target:
            return
        pool = self._pathway.pools.get(name)
        if pool is None:
            self._wrong(key, side, f'there is no pool "{name}"', "Name a pool of the option")
            return
        unit = self._unit_cost(key, side, pool)
        pounds = self._pounds(key, shift, pool)
        if unit is None or pounds is None:
            return
        paid = pounds / unit.value + _HAIR
        if paid > MOST_UNITS:
            what = f'the amount pays for more than {MOST_UNITS:,} units of "{pool.name}"'
            self._wrong(key, "amount", what, "Give what a unit costs in full, or move less")
            return
        count = math.floor(paid)
        if count == 0:
            what = f'the amount does not pay for one unit of "{pool.name}" ({unit.value:,.0f} pounds a year)'
            self._wrong(key, "amount", what, "Move more, or nothing moves", severity="warning")
            return
        footprints = self._footprints(key, shift, side, name, count)
        if footprints is not None:
            moved = _moved(key, shift, side, name, unit, pounds, footprints)
            self.moved.setdefault(key, []).append(moved)

    def _unit_cost(self, key: str, side: Side, pool: Pool) -> Money | None:
        """Returns a unit's cost a year, in the pool's price year; None if it says nothing about units."""
        cost = unit_cost_per_year(pool, self._run)
        if pool.cost is None or cost is None or cost <= 0:
            says = "has no cost" if pool.cost is None else "costs nothing while all of it is open"
            mend = "Give what a unit of the pool costs"
            if cost is not None and cost < 0:
                says, mend = "has opening hours that end before they begin", "Mend its opening hours"
            what = f'pool "{pool.name}" {says}, so pounds do not say how many units'
            self._wrong(key, side, what, mend)
            return None
        if any(
            dated_units(pool, body, self._run.start_date)[0][1] == UNLIMITED
            for body in bodies_of(self._pathway, pool)
        ):
            what = f'pool "{pool.name}" has no number of units, so none can be opened or closed'
            self._wrong(key, side, what, "Give its units")
            return None
        return pool.cost.amount.model_copy(update={"value": cost})  # a sum need not be a price that fits

    def _pounds(self, key: str, shift: Shift, pool: Pool) -> float | None:
        """Returns the pounds moved a year in the pool's prices."""
        if pool.cost is None:
            return None
        year = pool.cost.amount.price_year
        pounds = in_prices(shift.amount, year, self._money.index)
        if pounds is None:
            lacking = ", ".join(missing_years(shift.amount, year, self._money.index))
            what = f"its pounds of {shift.amount.price_year} cannot be compared with costs of {year}"
            self._wrong(key, "amount", what, f"Give the past inflation of {lacking}, or pounds of {year}")
        return pounds

    def _footprints(
        self, key: str, shift: Shift, side: Side, name: str, count: int
    ) -> tuple[str | None, ...] | None:
        """Returns the footprint of each unit in turn; None if there is no room for so many."""
        pool = self._pathway.pools[name]
        room = {
            body: self._room(pool, name, body, side, shift)
            for body in bodies_of(self._pathway, pool)
            if not shift.footprints or body is None or shift.footprints.get(body, 0.0) > 0
        }
        if count > sum(room.values()):
            does, limit = ("takes", "has to give") if side == "origin" else ("opens", "can open")
            most = f"{sum(room.values()):,}"
            what = f'it {does} {count:,} units of "{pool.name}", and the most that it {limit} is {most}'
            self._wrong(key, "amount", what, "Move less, or look at what a unit costs")
            return None
        if not pool.per_footprint:
            return (None,) * count
        whose = shift.footprints or self._people
        places = {body or "": number for body, number in room.items()}
        return in_turn(spread(count, {body: whose[body] for body in places}, places))

    def _room(self, pool: Pool, name: str, body: str | None, side: Side, shift: Shift) -> int:
        """Returns how many units of a body can be closed, or opened, from a shift's first day on."""
        levels = dated_units(pool, body, self._run.start_date)
        day = float((shift.starts - self._run.start_date).days)
        units = [units_at(levels, day), *(units for begins, units in levels if begins > day)]
        limit = min(units) if side == "origin" else MOST_UNITS - max(units)
        moved = (each for done in self.moved.values() for each in done if each.pool == name)
        taken = sum(each.footprints.count(body) for each in moved if each.opens == (side == "target"))
        return max(limit - taken, 0)

    def _wrong(
        self,
        key: str,
        field: Literal["origin", "target", "amount"],
        what: str,
        mend: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Notes a problem."""
        self.problems.append(ShiftProblem(key, field, severity, what, mend))


def _moved(
    key: str,
    shift: Shift,
    side: Side,
    pool: str,
    unit: Money,
    pounds: float,
    footprints: tuple[str | None, ...],
) -> Moved:
    """Returns the units of one side of a shift with the days on which they open or close."""
    late = shift.recruitment_lag if side == "target" else shift.double_running
    steps = [shift.ramp.days * number * unit.value / pounds for number in range(1, len(footprints) + 1)]
    return Moved(
        shift=key,
        pool=pool,
        opens=side == "target",
        unit_cost=unit,
        footprints=footprints,
        dates=tuple(_day(shift.starts, step + late.days) for step in steps),
        meant=tuple(_day(shift.starts, step) for step in steps),
    )


def _day(starts: dt.date, days: float) -> dt.date:
    """Returns the first day whose beginning is at least so many days after another."""
    room = (dt.date.max - starts).days
    return starts + dt.timedelta(days=min(math.ceil(days - _HAIR), room) if days < room else room)
