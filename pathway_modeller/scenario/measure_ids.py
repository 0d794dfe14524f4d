"""The ids of all measures, by which an outcome names one, and of what each has a figure.

What each is stands where it is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.document import DrawnMap

MeasureOf = Literal["standard", "month", "payer"]

_PLAIN = (
    "wait.patients wait.mean wait.median wait.p92 wait.longest wait.share_waiting still_waiting.patients "
    "still_waiting.mean still_waiting.longest blocked.patients blocked.mean blocked.median blocked.p92 "
    "blocked.longest still_blocked.patients still_blocked.mean still_blocked.longest queue.mean queue.peak "
    "pool.occupancy pool.peak pool.open pool.utilisation pool.overrun delay.unit_days delay.kept_days "
    "delay.patient_days contacts missed gave_up turned_away left.turned_away left.gave_up left.not_attended "
    "arrivals exits throughput inside.mean inside.end pathway_time.patients pathway_time.mean "
    "pathway_time.median pathway_time.p92 pathway_time.longest missed.share deteriorated "
    "deteriorated.emergency deteriorated.need deteriorated.death left.deteriorated harmed "
    "harmed.emergency harmed.need harmed.death left.harmed advised left.advised "
    "caseload.came_on caseload.reviews caseload.mean caseload.end people.end people.years_in_tier "
    "people.onsets bill bill.no_payer bill.unpriced pool_cost "
    "pool_cost.unpriced variable_cost variable_cost.unpriced system_cost other_spending"
)
_OF_DEPRIVATION = (
    "deprivation.wait_most deprivation.wait_least deprivation.wait_gap deprivation.contacts_most "
    "deprivation.contacts_least deprivation.contacts_gap"
)
_OF_STANDARDS = (
    "standard.within standard.within_stopped standard.within_running standard.within_last standard.mean "
    "standard.median standard.p92 standard.longest standard.incomplete.median standard.incomplete.p92 "
    "standard.incomplete.over_52 standard.incomplete.over_65 standard.km_median standard.stopped "
    "standard.running standard.running_over standard.removed"
)
_OF_MONTHS = "standard.month standard.month_stopped standard.month_running"

MEASURE_IDS: Mapping[str, tuple[MeasureOf, ...]] = {
    **dict.fromkeys(_PLAIN.split(), ()),
    **dict.fromkeys(_OF_DEPRIVATION.split(), ()),
    **dict.fromkeys(_OF_STANDARDS.split(), ("standard",)),
    **dict.fromkeys(_OF_MONTHS.split(), ("standard", "month")),
    "bill.payer": ("payer",),
}
"""Each id, and of what it is: the id is followed by a dot and a standard's or payer's id, or a month."""


@dataclass(frozen=True)
class Places:
    """Of what a measure has a figure.

    Attributes:
        members: the map of a pathway whose members have one each; None where none has.
        whole: whether the whole pathway has one.
        tiers: whether need tiers have.
    """

    members: DrawnMap | Literal["pools"] | None = "activities"
    whole: bool = True
    tiers: bool = True


_OF_POOLS = "pool.occupancy pool.peak pool.open pool.utilisation pool.overrun delay.unit_days"
_OF_EXITS = (
    "exits throughput pathway_time.patients pathway_time.mean pathway_time.median pathway_time.p92 "
    "pathway_time.longest"
)
_OF_THE_WHOLE = "system_cost bill.payer bill.no_payer bill.unpriced variable_cost.unpriced pool_cost.unpriced"
_PLACES: Mapping[str, Places] = {
    **dict.fromkeys(_OF_POOLS.split(), Places("pools", whole=False, tiers=False)),
    **dict.fromkeys(("queue.peak", "delay.kept_days"), Places(whole=False, tiers=False)),
    **dict.fromkeys(("bill", "variable_cost", *_OF_DEPRIVATION.split()), Places(tiers=False)),
    "pool_cost": Places("pools", tiers=False),
    "arrivals": Places("entry_points"),
    **dict.fromkeys(_OF_EXITS.split(), Places("exit_points")),
    **dict.fromkeys((*_OF_STANDARDS.split(), "inside.mean", "inside.end", "other_spending"), Places(None)),
    **dict.fromkeys(("people.end", "people.years_in_tier", "people.onsets"), Places(None)),
    **dict.fromkeys((*_OF_MONTHS.split(), *_OF_THE_WHOLE.split()), Places(None, tiers=False)),
}


def places_of(measure: str) -> Places:
    """Returns of what a measure has a figure, by its id."""
    return _PLACES.get(measure, Places())
