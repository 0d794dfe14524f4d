"""Units that a shift opens or closes, put together with a pool's own dated changes and ramps."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool
from pathway_modeller.scenario.shifts.dated_units import dated_units, units_at
from pathway_modeller.scenario.shifts.unit_costs import opens_all
from pathway_modeller.scenario.values import Duration, Money, Weekday


@dataclass(frozen=True)
class Moved:
    """The whole units that a shift opens or closes in one pool, one after another.

    Attributes:
        shift: id of the shift.
        pool: id of the pool.
        opens: whether they are opened; else closed.
        unit_cost: pounds a year of one unit, in the pool's price year.
        footprints: which footprint's unit each is; None where all share the pool.
        dates: the day on which each opens or closes.
        meant: the day on which the pounds moved suffice for each: without recruitment lag or double running.
    """

    shift: str
    pool: str
    opens: bool
    unit_cost: Money
    footprints: tuple[str | None, ...]
    dates: tuple[dt.date, ...]
    meant: tuple[dt.date, ...]

    def days(self, start: dt.date, footprint: str | None) -> tuple[float, ...]:
        """Returns the days from the start date on which a body's units open or close, in order."""
        return self._days(self.dates, start, footprint)

    def meant_days(self, start: dt.date, footprint: str | None) -> tuple[float, ...]:
        """Returns the days from the start date on which the pounds suffice for a body's units, in order."""
        return self._days(self.meant, start, footprint)

    def _days(self, dates: Sequence[dt.date], start: dt.date, footprint: str | None) -> tuple[float, ...]:
        """Returns some dates of a body's units as days."""
        pairs = zip(dates, self.footprints, strict=True)
        return tuple(float((date - start).days) for date, body in pairs if body == footprint)


def with_units_moved(
    pool: Pool, bodies: Sequence[str | None], moved: Sequence[Moved], start: dt.date
) -> Pool:
    """Returns a pool whose dated changes are its own and those of shifts together.

    Hours of its timetable that name all units it has by itself open the units of a shift too.

    Args:
        pool: the pool.
        bodies: the footprints that hold it, or None alone where all share it.
        moved: what shifts open and close in it.
        start: day 0.
    """
    touched = {body for each in moved for body in each.footprints}
    steps = [
        step
        for body in bodies
        for step in (shift_steps(pool, body, moved, start) if body in touched else _own(pool, body))
    ]
    ordered = tuple(sorted(steps, key=lambda each: each.date))
    return pool.model_copy(update={"steps": ordered, "timetable": _timetable(pool)})


def _timetable(pool: Pool) -> Mapping[Weekday, tuple[OpenHours, ...]]:
    """Returns the timetable; hours that name all units there are open those of a shift too."""
    return {
        day: tuple(
            each.model_copy(update={"units": None}) if opens_all(pool, each) else each for each in hours
        )
        for day, hours in pool.timetable.items()
    }


def _own(pool: Pool, footprint: str | None) -> Iterator[CapacityStep]:
    """Yields the changes of a body that no shift touches, as its own."""
    for step in pool.steps:
        if step.footprint in (None, footprint):
            yield step.model_copy(update={"footprint": footprint})


def shift_steps(
    pool: Pool, footprint: str | None, moved: Sequence[Moved], start: dt.date
) -> tuple[CapacityStep, ...]:
    """Returns the dated changes of one body: its own, and the units that shifts open and close.

    A change within a day (of a ramp) keeps its time unless another falls on that day; then both are made at
    the day's beginning.
    """
    levels = dated_units(pool, footprint, start)
    changes = sorted((day, 1 if each.opens else -1) for each in moved for day in each.days(start, footprint))
    times = sorted({begins for begins, _ in levels[1:]} | {day for day, _ in changes})
    found, before, place, added = [], levels[0][1], 0, 0
    for day, inside in itertools.groupby(times, key=math.floor):
        within = list(inside)
        while place < len(changes) and changes[place][0] <= within[-1]:
            added += changes[place][1]
            place += 1
        units = units_at(levels, within[-1]) + added
        if units != before:
            found.append(_step(start, day, within, units, footprint))
        before = units
    return tuple(found)


def _step(
    start: dt.date, day: int, within: Sequence[float], units: int, footprint: str | None
) -> CapacityStep:
    """Returns the dated change that gives a body its units on a day."""
    late = within[0] - day if len(within) == 1 else 0.0
    ramp = Duration(value=late, unit="days") if late > 0 else None
    return CapacityStep(date=start + dt.timedelta(days=day), units=units, footprint=footprint, ramp=ramp)
