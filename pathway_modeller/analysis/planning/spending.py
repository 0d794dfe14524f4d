"""What is spent on a planned population outside the pathway that is drawn, by need tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import Money

if TYPE_CHECKING:
    import pandas as pd

SPENDING_COLUMNS = (
    "year",
    "need_tier",
    "footprint",
    "line",
    "setting",
    "payer",
    "provider",
    "price_year",
    "pounds",
)


def spending(pathway: Pathway, frame: pd.DataFrame) -> pd.DataFrame:
    """Returns what is spent a year on the people of a frame, outside the pathway that is drawn.

    Args:
        pathway: holds the spending per head of each need tier.
        frame: year, need_tier, footprint and people.

    Returns:
        ``SPENDING_COLUMNS``: pounds a year at that moment, people times what is spent on each a year, in real
        pounds of the price year entered; ``line`` is the name of what it is spent on, and texts are empty
        where nobody is named. No rows where no spending per head is entered.
    """
    import pandas as pd

    parts = [frame.iloc[:0].assign(line="", setting="", payer="", provider="", price_year="", pounds=0.0)]
    for tier, need in sorted(pathway.need_tiers.items()):
        mine = frame[frame["need_tier"] == tier]
        for _, cost in sorted(need.spending.items()):
            parts.append(
                mine.assign(
                    line=cost.name,
                    setting=cost.setting,
                    payer=cost.payer or "",
                    provider=cost.provider or "",
                    price_year=cost.amount.price_year,
                    pounds=mine["people"] * cost.amount.value,
                )
            )
    filled = [part for part in parts if len(part)] or parts
    found = pd.concat(filled, ignore_index=True)[list(SPENDING_COLUMNS)]
    return found.sort_values("year", kind="stable", ignore_index=True)


def priced(spent: pd.DataFrame, base: PriceBase) -> pd.DataFrame:
    """Returns spending in the prices of one year; NaN where it cannot be brought to that year.

    Args:
        spent: as :func:`spending` gives it.
        base: the price base; without one, the column ``price_year`` is empty.
    """
    factors = {
        year: base.pounds(Money(value=1.0, price_year=year)) for year in spent["price_year"].unique().tolist()
    }
    known = {year: float("nan") if factor is None else factor for year, factor in factors.items()}
    return spent.assign(
        pounds=spent["pounds"] * spent["price_year"].map(known).astype(float), price_year=base.year or ""
    )
