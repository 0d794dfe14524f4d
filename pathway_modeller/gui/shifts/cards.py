"""What the boxes of pools say: units, what one costs a year, and pounds a year in all. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.dated_units import UNLIMITED, dated_units, units_at
from pathway_modeller.scenario.shifts.shifts import bodies_of, shift_moves, unit_cost_per_year
from pathway_modeller.scenario.values import Money, Setting

OUTSIDE = ""
"""Stands for what no pool holds: money found elsewhere, or taken out."""


@dataclass(frozen=True)
class Card:
    """One pool, as the option shown has it.

    Attributes:
        key: id of the pool; ``OUTSIDE`` for money that comes from elsewhere or goes there.
        name: what people call it.
        setting: where it is; None outside.
        setting_name: what people call that.
        units: on the start date, over all footprints; None if it has no number of units.
        after: units once every shift is complete; None if it has no number of units.
        unit_cost: pounds a year of one unit, in the pool's price year; None if nobody gave it.
        block: units that can only be closed together.
    """

    key: str
    name: str
    setting: Setting | None
    units: int | None = None
    after: int | None = None
    unit_cost: Money | None = None
    block: int = 1
    setting_name: str = ""

    @property
    def total(self) -> float | None:
        """Pounds a year of all units on the start date, in the pool's price year; None if not known."""
        if self.unit_cost is None or self.units is None:
            return None
        return self.units * self.unit_cost.value

    @property
    def lines(self) -> tuple[str, ...]:
        """What the box says under its name, a line each."""
        if not self.key:
            return ("Draw from here: money found elsewhere", "Draw to here: money taken out")
        if self.unit_cost is None:
            return (self.units_words, "Give what a unit costs")
        each = f"£{self.unit_cost.value:,.0f} a unit and year"
        if self.total is None:
            return (self.units_words, each)
        return (self.units_words, each, f"£{self.total:,.0f} a year in all")

    @property
    def units_words(self) -> str:
        """How many units there are, and how many once every shift is complete."""
        if self.units is None:
            return "No number of units"
        word = "unit" if self.units == 1 else "units"
        changed = f", {self.after:,} after shifts" if self.after != self.units else ""
        return f"{self.units:,} {word}{changed}"

    @property
    def spoken(self) -> str:
        """The box in a sentence, for those who cannot see it."""
        year = f" ({self.unit_cost.price_year} prices)" if self.unit_cost is not None else ""
        return f"{self.name}: {', '.join(self.lines)}{year}"


def cards(
    pathway: Pathway, shifts: Mapping[str, Shift], money: MoneySettings, run: RunSettings
) -> tuple[Card, ...]:
    """Returns a box for each pool, from hospital to home, and one for what lies outside them.

    Args:
        pathway: the option's pathway, without its shifts.
        shifts: of the option.
        money: price index.
        run: start date, and the calendar by which open hours are counted.
    """
    moves = shift_moves(pathway, shifts, money, run)
    found = []
    for key, pool in pathway.pools.items():
        units = units_on(pathway, pool, run, 0.0)
        moved = moves.of_pool(key)
        change = sum(len(each.dates) if each.opens else -len(each.dates) for each in moved)
        found.append(
            Card(
                key=key,
                name=pool.name,
                setting=pool.setting,
                units=units,
                after=None if units is None else units + change,
                unit_cost=_unit_cost(pool, run),
                block=pool.block or 1,
                setting_name=pathway.setting_name(pool.setting),
            )
        )
    order = {setting: place for place, setting in enumerate(reversed(pathway.setting_order()))}
    found.sort(key=lambda card: order.get(card.setting or "", len(order)))
    return (*found, Card(OUTSIDE, "Outside these pools", None))


def units_on(pathway: Pathway, pool: Pool, run: RunSettings, day: float) -> int | None:
    """Returns the units of a pool on a day of the run, over all footprints; None if it is unlimited."""
    each = [units_at(dated_units(pool, body, run.start_date), day) for body in bodies_of(pathway, pool)]
    return None if UNLIMITED in each else sum(each)


def _unit_cost(pool: Pool, run: RunSettings) -> Money | None:
    """Returns what a unit costs a year; None if nobody gave it, or if it says nothing."""
    cost = unit_cost_per_year(pool, run)
    return pool.cost.amount.model_copy(update={"value": cost}) if pool.cost and cost and cost > 0 else None
