"""Who uses capacity: the share of each body of capacity and month that goes to each need tier, and to nobody.

How much of a body is used is what was simulated: units in use over units open, or all of it where there is
no limit. Among tiers it is divided by their starts and missed slots in the month, each counting as long as
a service of the tier lasts on average, times the units it takes. Where a stay or a caseload holds units, a
start counts one for every tier, since how long it holds them was not written down by tier; so it does where
the service time does not differ by tier alone. What nobody uses is no tier's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.answers.monthly import months
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.dated import in_the_end
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.values import ByGroup

Floats = npt.NDArray[np.float64]

UNUSED = "(unused)"
"""Stands in the place of a need tier for capacity that is open and that nobody uses; no id looks like it."""


@dataclass(frozen=True, eq=False)
class Use:
    """The use of capacity under one variant.

    Attributes:
        used: of each pool and footprint ("" where all share it) the share in use by month, shape (months,).
        tiers: of each pool the share of what is used that goes to each need tier, "" for patients without
            one, shape (months,).
    """

    used: Mapping[tuple[str, str], Floats]
    tiers: Mapping[str, Mapping[str, Floats]]

    def parts(self, pool: str, footprint: str) -> dict[str, Floats | float]:
        """Returns by month the share of capacity that goes to each need tier and to nobody; they sum to 1."""
        used = self.used.get((pool, footprint))
        tiers = self.tiers.get(pool)
        if used is None or tiers is None:
            return {"": 1.0}
        return {**{tier: used * each for tier, each in tiers.items()}, UNUSED: 1.0 - used}


def use_by_tier(results: Results, variant: str, pathway: Pathway) -> Use:
    """Returns who uses capacity under a variant: means over replications.

    Args:
        results: of the variant among others.
        variant: ``"baseline"`` or an option id.
        pathway: as it was run.
    """
    turns = _turns(results, variant)
    tiers = {pool: each for pool in pathway.pools if (each := _tiers(turns, pathway, pool))}
    return Use(_used(results, variant), tiers)


def _turns(results: Results, variant: str) -> dict[tuple[str, str], Floats]:
    """Starts and missed slots of each activity and need tier by month, shape (months,)."""
    account = results.rows("account", variant)
    place = {month.name: number for number, month in enumerate(months(results.provenance))}
    found: dict[tuple[str, str], Floats] = {}
    columns = (account[name] for name in ("month", "element", "need_tier", "starts", "missed"))
    for month, element, tier, starts, missed in zip(*columns, strict=True):
        each = found.setdefault((str(element), str(tier)), np.zeros(len(place)))
        each[place[str(month)]] += float(starts) + float(missed)
    return found


def _tiers(turns: Mapping[tuple[str, str], Floats], pathway: Pathway, pool: str) -> dict[str, Floats]:
    """The share of what is used of a pool by need tier; empty where nobody ever starts there."""
    found: dict[str, Floats] = {}
    taken = _units(pathway, pool)
    by_time = pool not in _held(pathway)
    for (element, tier), each in turns.items():
        if element in taken:
            days = _days(pathway, element, tier) if by_time else 1.0
            found[tier] = found.get(tier, np.zeros(len(each))) + each * taken[element] * days
    whole = np.sum(list(found.values()), axis=0) if found else np.zeros(0)
    if not whole.sum() > 0:
        return {}
    # A month in which nobody starts is divided as the whole period is: somebody may still be there.
    return {
        tier: np.where(whole > 0, weights / np.where(whole > 0, whole, 1.0), weights.sum() / whole.sum())
        for tier, weights in found.items()
    }


def _units(pathway: Pathway, pool: str) -> dict[str, int]:
    """The units of a pool that a start of each activity takes, those of stays and caseloads with it."""
    found: dict[str, int] = {}
    for name, activity in pathway.activities.items():
        units = activity.needs.get(pool, 0)
        units += sum(stay.needs.get(pool, 0) for stay in pathway.stays.values() if stay.begins_with == name)
        units += int(activity.caseload is not None and activity.caseload.pool == pool)
        if units:
            found[name] = units
    return found


def _held(pathway: Pathway) -> set[str]:
    """The pools of which units are held by stays or caseloads, beyond one service."""
    stays = {pool for stay in pathway.stays.values() for pool in stay.needs}
    return stays | {each.caseload.pool for each in pathway.activities.values() if each.caseload is not None}


def _days(pathway: Pathway, element: str, tier: str) -> float:
    """How long a service lasts on average for a need tier, in days; 1 where that is not known by tier."""
    time = pathway.activities[element].service_time
    if time is None:
        return 1.0
    varied = in_the_end(time)
    if not isinstance(varied, ByGroup):
        return mean_days(varied)
    if varied.by != "need_tier":
        return mean_days(varied.otherwise)
    return mean_days(varied.values.get(tier, varied.otherwise))


def _used(results: Results, variant: str) -> dict[tuple[str, str], Floats]:
    """The share of open units in use by pool, footprint and month; 1 where there is no limit."""
    series = results.rows("series", variant)
    steps: dict[bytes, Floats] = {}
    kinds = [_means(results, series[series["kind"] == kind], steps) for kind in ("occupancy", "capacity")]
    found = {}
    for key, occupancy in kinds[0].items():
        opened = kinds[1].get(key, np.full(len(occupancy), np.nan))
        share = occupancy / np.where(opened > 0, opened, 1.0)
        found[key] = np.where(np.isnan(opened), 1.0, np.clip(np.where(opened > 0, share, 0.0), 0.0, 1.0))
    return found


def _means(results: Results, rows: pd.DataFrame, steps: dict[bytes, Floats]) -> dict[tuple[str, str], Floats]:
    """The means of a series by pool, footprint and month; NaN where a month has a step without a limit.

    Most series have the same steps: ``steps`` keeps what they share.
    """
    found: dict[tuple[str, str], Floats] = {}
    times, values = (rows[name].to_numpy(dtype=np.float64) for name in ("time", "mean"))
    groups = rows.groupby(["pool", "footprint"], observed=True, sort=False).indices
    for key, at in groups.items():
        pool, footprint = cast("tuple[str, str]", key)
        own = times[at]
        weights = steps.get(own.tobytes())
        if weights is None:
            weights = steps.setdefault(own.tobytes(), _overlaps(results, own))
        days = weights.sum(axis=1)
        found[pool, footprint] = weights @ values[at] / np.where(days > 0, days, np.nan)
    return found


def _overlaps(results: Results, times: Floats) -> Floats:
    """How many days of each step of a series lie in each month, shape (months, steps)."""
    given = results.provenance
    end = given.warm_up_days + given.collection_days
    edges = given.warm_up_days + np.cumsum([0.0, *(month.days for month in months(given))])
    ends = np.append(times[1:], end)
    inside = np.minimum(edges[1:, None], ends[None, :]) - np.maximum(edges[:-1, None], times[None, :])
    overlaps: Floats = np.maximum(inside, 0.0)
    return overlaps
