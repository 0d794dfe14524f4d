"""The ids of all measures, by which an outcome names one; what each is stands where it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

MeasureOf = Literal["standard", "month", "payer"]

_PLAIN = (
    "wait.patients wait.mean wait.median wait.p92 wait.longest wait.share_waiting still_waiting.patients "
    "still_waiting.mean still_waiting.longest blocked.patients blocked.mean blocked.median blocked.p92 "
    "blocked.longest still_blocked.patients still_blocked.mean still_blocked.longest queue.mean queue.peak "
    "pool.occupancy pool.peak pool.open pool.utilisation pool.overrun delay.unit_days delay.kept_days "
    "delay.patient_days contacts missed gave_up turned_away left.turned_away left.gave_up left.not_attended "
    "arrivals exits throughput inside.mean inside.end pathway_time.patients pathway_time.mean "
    "pathway_time.median pathway_time.p92 pathway_time.longest missed.share deteriorated "
    "deteriorated.emergency deteriorated.need deteriorated.death left.deteriorated advised left.advised "
    "caseload.came_on caseload.reviews caseload.mean caseload.end bill bill.no_payer bill.unpriced pool_cost "
    "pool_cost.unpriced variable_cost variable_cost.unpriced system_cost other_spending"
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
    **dict.fromkeys(_OF_STANDARDS.split(), ("standard",)),
    **dict.fromkeys(_OF_MONTHS.split(), ("standard", "month")),
    "bill.payer": ("payer",),
}
"""Each id, and of what it is: the id is followed by a dot and a standard's or payer's id, or a month."""
