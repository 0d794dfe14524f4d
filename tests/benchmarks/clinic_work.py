"""The figures of the timetabled, prioritised clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAFF = 15
OPENS, CLOSES = 9, 17
CLASSES: Mapping[str, float] = {"urgent": 0.2, "routine": 0.8}
"""Share of each class, the first to be served first."""
GROUPS = tuple(f"{activity} {name}" for activity in ("assess", "treat") for name in CLASSES)


@dataclass(frozen=True)
class Clinic:
    """The work.

    Attributes:
        days: length of the run, from a Monday at 00:00.
        per_day: patients a day.
        assess, treat: mean times of the two activities, days.
        treated: share of those assessed who are treated.
    """

    days: float
    per_day: float = 100.0
    assess: float = 20 / 1440
    treat: float = 40 / 1440
    treated: float = 0.6

    @property
    def throughputs(self) -> dict[str, float]:
        """Services a day by activity and class, as the figures of an outcome."""
        shares = {"assess": 1.0, "treat": self.treated}
        return {
            f"throughput {activity} {name}": self.per_day * share * part
            for activity, part in shares.items()
            for name, share in CLASSES.items()
        }
