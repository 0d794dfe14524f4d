"""What the drawing shows after a run: on each activity its queue, its wait and its busiest pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.waiting import needs_to_start

if TYPE_CHECKING:
    import pandas as pd

NOTHING = Interval(float("nan"), float("nan"), float("nan"), 0)


@dataclass(frozen=True)
class ActivityOverlay:
    """Figures of one activity, each with its interval over replications; NaN where missing.

    Attributes:
        queue: mean number waiting, in patients.
        wait: mean waiting time, in days.
        blocked: mean time for which those who come from another place are blocked there, in days.
        utilisation: share of open time in use, of the pool below.
        pool: id of the busiest pool that the activity needs, "" if it needs none that is limited.
    """

    queue: Interval
    wait: Interval
    blocked: Interval
    utilisation: Interval
    pool: str


def overlay(summary: pd.DataFrame, pathway: Pathway) -> dict[str, ActivityOverlay]:
    """Returns what to show on each activity of a pathway.

    Args:
        summary: figures over replications: the columns that name a figure, mean, low, high, replications.
        pathway: the variant that the summary is of.
    """
    plain = summary[(summary["need_tier"] == "") & (summary["footprint"] == "") & (summary["setting"] == "")]
    queues = _intervals(plain, "queue.mean", "element")
    waits = _intervals(plain, "wait.mean", "element")
    kept = _intervals(plain, "blocked.mean", "element")
    uses = _intervals(plain, "pool.utilisation", "pool")
    shown = {}
    for name in pathway.activities:
        pool, use = _busiest(sorted(needs_to_start(pathway, name)), uses)
        queue, wait, blocked = (each.get(name, NOTHING) for each in (queues, waits, kept))
        shown[name] = ActivityOverlay(queue, wait, blocked, use, pool)
    return shown


def _busiest(pools: list[str], uses: dict[str, Interval]) -> tuple[str, Interval]:
    """The pool with the highest mean utilisation, the first by id among equals."""
    known = [pool for pool in pools if pool in uses and uses[pool].mean == uses[pool].mean]
    if not known:
        return "", NOTHING
    pool = max(known, key=lambda each: uses[each].mean)
    return pool, uses[pool]


def _intervals(plain: pd.DataFrame, measure: str, by: str) -> dict[str, Interval]:
    """The intervals of a measure by element or pool."""
    rows = plain[(plain["measure"] == measure) & (plain[by] != "")]
    columns = (rows[name] for name in (by, "mean", "low", "high", "replications"))
    return {
        str(name): Interval(float(mean), float(low), float(high), int(n))
        for name, mean, low, high, n in zip(*columns, strict=True)
    }
