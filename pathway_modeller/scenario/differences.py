"""The smallest differences that matter: below them nothing is called better or worse."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from pathway_modeller.scenario.values import Duration, PerCent, Record

Percent = Annotated[float, Field(ge=0, le=100), PerCent()]
Points = Annotated[float, Field(ge=0, le=100)]


class SmallestDifferences(Record):
    """What a difference must reach before it is called one: whoever decides says it before the run."""

    wait: Duration = Field(
        default=Duration(value=1, unit="hours"),
        title="Waits",
        description="A wait that changes by less is the same, whatever its percentage.",
    )
    wait_percent: Percent = Field(
        default=1.0,
        title="Waits, percent",
        description="Of the baseline's wait; a change must reach both.",
    )
    contacts_percent: Percent = Field(
        default=1.0,
        title="Contacts and people, percent",
        description="Of the baseline's number: fewer contacts, more people who go without.",
    )
    share_points: Points = Field(
        default=1.0,
        title="Shares, percentage points",
        description="Such as the share within a waiting-time standard.",
    )
    cost_percent: Percent = Field(
        default=0.1,
        title="Cost, percent",
        description="Of what the baseline's pathway costs, without other spending on its people.",
    )

    def least(self, unit: str, baseline: float) -> float:
        """Returns the smallest difference of a figure that matters, in its own unit.

        Args:
            unit: of the figure, as a measure has it.
            baseline: the figure under the baseline; NaN or 0 where there is none.
        """
        fixed, share = self.terms(unit)
        return fixed if math.isnan(baseline) else max(fixed, share * abs(baseline))

    def terms(self, unit: str) -> tuple[float, float]:
        """Returns what a difference must reach at least, in its own unit, and as a share of the baseline."""
        if unit == "days":
            return self.wait.days, self.wait_percent / 100
        if unit == "share":
            return self.share_points / 100, 0.0
        if unit.startswith("GBP"):
            return 0.0, self.cost_percent / 100
        return 0.0, self.contacts_percent / 100
