"""Pounds of different years brought to one price base, and the years of a run weighed against each other.

Prices are moved by an index of past inflation (such as the NHS cost inflation index of the Unit Costs of
Health and Social Care): pounds of one financial year are worth the pounds of the next times one plus the rise
in that next year. Future years are weighed as in the Green Book (HM Treasury): the first year of a run counts
in full, the one after it is divided by one plus the discount rate, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.values import Money, Varied
from pathway_modeller.scenario.words.sentences import listed


def in_prices(money: Money, year: str, index: Mapping[str, float]) -> float | None:
    """Returns pounds in the prices of a financial year; None if the index lacks a year in between.

    Args:
        money: pounds, with their own price year.
        year: the financial year wanted, as 2024/25.
        index: by how much prices rose in each financial year over the year before, as a share.
    """
    have, want = _first_year(money.price_year), _first_year(year)
    factor = 1.0
    for between in range(min(have, want) + 1, max(have, want) + 1):
        rise = index.get(_financial_year(between))
        if rise is None:
            return None
        factor *= 1.0 + rise
    return money.value * factor if want >= have else money.value / factor


def missing_years(money: Money, year: str, index: Mapping[str, float]) -> tuple[str, ...]:
    """Returns the financial years whose rise would have to be known, and is not, to get to another year."""
    have, want = sorted((_first_year(money.price_year), _first_year(year)))
    needed = (_financial_year(between) for between in range(have + 1, want + 1))
    return tuple(year for year in needed if year not in index)


@dataclass(frozen=True)
class PriceBase:
    """What pounds are counted in.

    Attributes:
        settings: price base, past inflation, inflation to come and discount rate.
        years: every price year that is used, in order.
    """

    settings: MoneySettings
    years: tuple[str, ...] = ()

    @property
    def year(self) -> str | None:
        """The financial year in whose prices pounds are shown; None if several are used, none chosen."""
        if self.settings.price_year is not None:
            return self.settings.price_year
        return self.years[0] if len(self.years) == 1 else None

    def pounds(self, money: Money) -> float | None:
        """Returns pounds in base prices; None if there is no base or no way to it."""
        year = self.year
        return None if year is None else in_prices(money, year, self.settings.index)

    def why_not(self, money: Money) -> str:
        """Returns why pounds cannot be brought to the base, in a few words; "" if they can."""
        year = self.year
        if year is None:
            return f"prices are of {listed(self.years or ('no year',))}, and no price base is chosen"
        lacking = missing_years(money, year, self.settings.index)
        if not lacking:
            return ""
        return f"{money.price_year} cannot be brought to {year} without the inflation of {listed(lacking)}"

    def nominal_factor(self, year: int) -> float:
        """Returns what a pound of base prices costs in a year of the run, 0 for the first: with inflation."""
        return (1.0 + self.settings.inflation) ** year

    def discount_factor(self, year: int) -> float:
        """Returns what a pound of a year of the run is worth today; the first year (0) counts in full."""
        return (1.0 + self.settings.discount_rate) ** -year


def price_base(
    settings: MoneySettings, pathways: Iterable[Pathway], shifts: Iterable[Shift] = ()
) -> PriceBase:
    """Returns the price base of pathways and shifts that are compared with each other."""
    years = {money.price_year for pathway in pathways for money in moneys(pathway)}
    years |= {money.price_year for shift in shifts for money in shift_moneys(shift)}
    return PriceBase(settings, tuple(sorted(years)))


def moneys(pathway: Pathway) -> Iterator[Money]:
    """Yields every amount of money of a pathway that a ledger adds up."""
    yield from unit_moneys(pathway)
    yield from (each.fixed_cost for each in pathway.providers.values() if each.fixed_cost is not None)
    yield from (cost.amount for tier in pathway.need_tiers.values() for cost in tier.spending.values())
    yield from (each for payer in pathway.payers.values() for each in payer.budget.values())
    for agreed in pathway.agreed():
        yield from (each for each in (agreed.contract.amount, *agreed.contract.a_head.values()) if each)


def unit_moneys(pathway: Pathway) -> Iterator[Money]:
    """Yields the prices and variable costs of activities and the costs of capacity."""
    for activity in pathway.activities.values():
        for varied in (activity.price, activity.variable_cost):
            yield from _values(varied)
    yield from (pool.cost.amount for pool in pathway.pools.values() if pool.cost is not None)


def shift_moneys(shift: Shift) -> Iterator[Money]:
    """Yields the amounts of money of an investment shift."""
    yield shift.amount
    yield from (money for money in (shift.set_up, shift.exit_cost) if money is not None)


def _values(varied: Varied[Money] | None) -> tuple[Money, ...]:
    """Returns each amount that a price may be."""
    return () if varied is None else every_value(varied)


def _first_year(year: str) -> int:
    """Returns the calendar year in which a financial year begins."""
    return int(year[:4])


def _financial_year(first: int) -> str:
    """Returns the financial year that begins in a calendar year, as 2024/25."""
    return f"{first}/{(first + 1) % 100:02d}"
