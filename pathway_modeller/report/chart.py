"""A chart with all that belongs to it: message, measure, source, table, and the chart in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart.

    Attributes:
        figure: drawn, with its own Agg canvas.
        table: the figures that are drawn, each with its interval and unit.
        headline: the message, worked out from the figures.
        subtitle: measure, unit, period, replications.
        source: where the figures come from.
        alternative: the chart in words.
        read: the table as it stands under the chart: times in the chart's unit, where ``table`` has days.
    """

    figure: Figure
    table: pd.DataFrame
    headline: str
    subtitle: str
    source: str
    alternative: str
    read: pd.DataFrame


@dataclass(frozen=True)
class Heading:
    """The words of a chart.

    Attributes:
        headline, subtitle, source: see :class:`Chart`.
        key: the place and the name of each variant drawn; empty if there is only one and it needs none.
    """

    headline: str
    subtitle: str
    source: str
    key: tuple[tuple[int, str], ...] = ()
