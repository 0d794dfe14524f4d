"""What becomes on average of those in care to whom something may happen there, before any run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Deterioration
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.network.traffic import Groups, value_for
from pathway_modeller.scenario.network.waiting import qualities


@dataclass(frozen=True)
class InCare:
    """What becomes of those in care.

    Attributes:
        lasts: the share to whom nothing happens before the end.
        days: mean days in care, of all.
        taken: by the element to which they go, the share taken out of care; who leaves is in none.
    """

    lasts: float
    days: float
    taken: Mapping[str, float]


def in_care(pathway: Pathway, identifier: str, groups: Groups, mean: float, spread: float) -> InCare | None:
    """Returns what becomes of patients of some groups at an activity; None where nothing happens in care.

    With a constant hazard h the share to whom nothing happens in a time T is the Laplace transform of T at h,
    and the mean time in care is 1 less that, over h. T is taken as the gamma time of its mean and standard
    deviation, which is exact for fixed, exponential, Erlang and gamma times.

    Args:
        pathway: the pathway.
        identifier: the activity.
        groups: the groups.
        mean: mean time to the end of care, in days.
        spread: its standard deviation, in days.
    """
    harms = [
        harm
        for harm in pathway.activities[identifier].harm_during("service").values()
        if harm.kind != "need" or harm.to_tier != groups.get("need_tier")
    ]
    if not harms:
        return None
    lasts = days = 0.0
    taken: dict[str, float] = {}
    for share, is_good in _by_quality(pathway, identifier, groups):
        hazards = [_hazard(harm, groups, is_good=is_good) for harm in harms]
        total = math.fsum(hazards)
        staying = _staying(total, mean, spread)
        lasts += share * staying
        days += share * ((1.0 - staying) / total if total > 0 else mean)
        for harm, hazard in zip(harms, hazards, strict=True):
            target = identifier if harm.kind == "need" and harm.goes_to is None else harm.goes_to
            if target is not None and total > 0:
                taken[target] = taken.get(target, 0.0) + share * (1.0 - staying) * hazard / total
    return InCare(lasts, days, taken)


def _by_quality(pathway: Pathway, identifier: str, groups: Groups) -> list[tuple[float, bool]]:
    """Returns the shares of those whose unit is good and is not, in the end."""
    shares = [value_for(each.good, groups) for each in qualities(pathway, identifier).values()]
    return [(shares[0], True), (1.0 - shares[0], False)] if shares else [(1.0, False)]


def _hazard(harm: Deterioration, groups: Groups, *, is_good: bool) -> float:
    """Returns the hazard of one thing that may happen, a day; of a time to it, the inverse of its mean."""
    factor = harm.if_good if is_good and harm.if_good is not None else 1.0
    if harm.rate_per_1000 is not None:
        return factor * value_for(harm.rate_per_1000, groups).per_day / 1000
    mean = mean_days(value_for(harm.time, groups)) if harm.time is not None else 0.0
    return factor / mean if mean > 0 else 0.0


def _staying(hazard: float, mean: float, spread: float) -> float:
    """Returns the share to whom nothing happens in a gamma time, at a hazard a day."""
    if spread == 0 or mean == 0:
        return math.exp(-hazard * mean)
    shape = (mean / spread) ** 2
    return math.exp(-shape * math.log1p(hazard * mean / shape))
