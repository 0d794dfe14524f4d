"""The year of prices of pounds that are typed without one. Knows no Qt."""

from __future__ import annotations

from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base


def usual_price_year(scenario: Scenario, pathway: Pathway) -> str | None:
    """Returns the price base, else the only year of prices in use; where there is none, that of the start.

    Args:
        scenario: what is edited.
        pathway: of the variant shown.

    Returns:
        A financial year, such as 2024/25; ``None`` if several are used and none is chosen as the base.
    """
    base = _base(scenario, pathway)
    return base.year or (None if base.years else _year_of_start(scenario))


def proposed_price_year(scenario: Scenario, pathway: Pathway) -> str:
    """Returns the usual year of prices; the latest in use, if several are."""
    base = _base(scenario, pathway)
    return base.year or (base.years[-1] if base.years else _year_of_start(scenario))


def _base(scenario: Scenario, pathway: Pathway) -> PriceBase:
    """Returns the years of prices in use."""
    shifts = [shift for option in scenario.options.values() for shift in option.shifts.values()]
    return price_base(scenario.money, (scenario.baseline, pathway), shifts)


def _year_of_start(scenario: Scenario) -> str:
    """Returns the financial year of the start date."""
    start = scenario.run.start_date
    first = start.year if (start.month, start.day) >= (4, 1) else start.year - 1
    return f"{first}/{(first + 1) % 100:02d}"
