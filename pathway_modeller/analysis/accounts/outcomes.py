"""The outcomes that a scenario is judged by, and what an option that changes them costs.

Both are differences over the whole period, option against baseline. Which way the two go decides what is
said:

- better and cheaper: the option *dominates*; better at no more cost beyond chance likewise.
- worse and dearer (or no cheaper): it is *dominated*.
- better and dearer: it costs more; worse and cheaper: a *trade-off*.
- an outcome that differs by no more than chance (its 95% interval holds 0) has no price.

What a unit costs is told against the next best option, which may be another one than doing nothing:
:mod:`pathway_modeller.analysis.accounts.incremental`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.statistics.intervals import Interval, PairedInterval
from pathway_modeller.analysis.statistics.means import interval, paired
from pathway_modeller.scenario.money import Outcome
from pathway_modeller.scenario.words.sentences import quoted

Verdict = Literal["dominates", "dominated", "costs more", "trade-off", "no difference", "not known"]


@dataclass(frozen=True)
class OutcomeAccount:
    """One outcome under baseline and option, and what it costs.

    Attributes:
        outcome: its id.
        record: name, aim, measure and which way is better.
        unit: of the figures; "" where there are none.
        before, after: means over replications with their intervals.
        change: paired difference option minus baseline.
        cost: paired difference of the system's cost over the period, option minus baseline, in pence.
        verdict: what the two together say.
        sentence: the same in words.
    """

    outcome: str
    record: Outcome
    unit: str
    before: Interval
    after: Interval
    change: PairedInterval
    cost: PairedInterval
    verdict: Verdict
    sentence: str

    @property
    def gain(self) -> float:
        """By how much the outcome gets better, in its unit; negative if it gets worse."""
        return self.record.gain(self.change.mean)


@dataclass(frozen=True, eq=False)
class Figures:
    """What outcomes are read from, of one variant.

    Attributes:
        measured: its measures.
        cost: the system's cost over the period in pence, one a replication; None if it is not known.
    """

    measured: Measured
    cost: npt.NDArray[np.float64] | None


def outcome_accounts(
    outcomes: Mapping[str, Outcome], before: Figures, after: Figures, over: str
) -> tuple[OutcomeAccount, ...]:
    """Returns every outcome of a scenario under baseline and option, in order of id.

    Args:
        outcomes: the outcomes of the scenario.
        before: the baseline's figures.
        after: the option's; both hold the same replications, those of equal number on common random numbers.
        over: the period in words, as "the 3 years".
    """
    cost = _cost(before, after)
    return tuple(
        _account(name, outcome, (before, after), cost, over) for name, outcome in sorted(outcomes.items())
    )


def _cost(before: Figures, after: Figures) -> PairedInterval:
    """Returns the paired difference of cost in pence; NaN where one is not known."""
    if before.cost is None or after.cost is None:
        return PairedInterval(math.nan, math.nan, math.nan, 0, math.nan)
    number = min(len(before.cost), len(after.cost))
    return paired(after.cost[:number], before.cost[:number])


def _account(
    name: str, outcome: Outcome, sides: tuple[Figures, Figures], cost: PairedInterval, over: str
) -> OutcomeAccount:
    """Returns one outcome and what it costs."""
    (had, unit), (has, other_unit) = (values_of(side.measured, outcome) for side in sides)
    number = min(len(had), len(has))
    change = paired(has[:number], had[:number])
    verdict = _verdict(outcome, change, cost)
    unit = unit or other_unit
    sentence = _sentence(outcome, unit, change, (verdict, cost, over))
    return OutcomeAccount(name, outcome, unit, interval(had), interval(has), change, cost, verdict, sentence)


def values_of(measured: Measured, outcome: Outcome) -> tuple[npt.NDArray[np.float64], str]:
    """Returns an outcome's figure of each replication (NaN where missing) and its unit; "" for none."""
    place, missing = outcome.element or "", np.full(measured.values.shape[1], np.nan)
    tier = outcome.need_tier or ""
    rows = measured.rows.where(measure=outcome.measure, need_tier=tier, footprint="", setting="")
    labels = measured.rows.take(rows).texts()
    mine = ((labels["element"] == place) & (labels["pool"] == "")) | (
        (labels["pool"] == place) & (labels["element"] == "")
    )
    found = measured.values[rows[mine]]
    known = ~np.isnan(found).all(axis=1)
    units = dict.fromkeys(labels["unit"][mine][known].tolist())
    if len(units) > 1:  # money of several price years, which cannot be added
        return missing, ""
    return (found[known][0], str(next(iter(units)))) if known.any() else (missing, "")


def _verdict(outcome: Outcome, change: PairedInterval, cost: PairedInterval) -> Verdict:
    """Returns what the changes of outcome and cost say together."""
    if math.isnan(change.mean):
        return "not known"
    if not _beyond_chance(change):
        return "no difference"
    if math.isnan(cost.mean):
        return "not known"
    better = outcome.gain(change.mean) > 0
    dearer, cheaper = (_beyond_chance(cost) and cost.mean > 0), (_beyond_chance(cost) and cost.mean < 0)
    if better:
        return "costs more" if dearer else "dominates"
    return "trade-off" if cheaper else "dominated"


def _beyond_chance(difference: PairedInterval) -> bool:
    """Whether the interval leaves out 0; with one replication, whether there is a difference at all."""
    if math.isnan(difference.low):
        return difference.mean != 0
    return difference.low > 0 or difference.high < 0


def _sentence(
    outcome: Outcome, unit: str, change: PairedInterval, money: tuple[Verdict, PairedInterval, str]
) -> str:
    """Returns a verdict in words; money is verdict, cost in pence, and the period in words."""
    name, (verdict, cost, over) = quoted(outcome.name), money
    if math.isnan(change.mean):
        return f"{name} is not known: there is no such figure for baseline and option."
    if verdict == "no difference":
        return f"{name} differs by no more than chance, so that no price can be put on it."
    better = outcome.gain(change.mean) > 0
    what = f"{name} is {_size(abs(change.mean), unit)} {'better' if better else 'worse'}"
    if verdict == "not known":
        return f"{what}; what that costs is not known."
    if cost.mean == cost.low == cost.high == 0:
        return f"{what}, at the same cost."
    if not _beyond_chance(cost):
        return f"{what}, at a cost that differs by no more than chance."
    return f"{what} and costs {pounds(abs(cost.mean))} {'less' if cost.mean < 0 else 'more'} over {over}."


def _size(value: float, unit: str) -> str:
    """Returns a figure with its unit; a share as points of a hundred."""
    if unit == "share":
        return f"{value * 100:.3g} percentage points"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def one_unit(unit: str) -> str:
    """Returns what one unit is called."""
    first, _, rest = unit.partition(" ")
    singular = first.removesuffix("s") if first in _PLURALS else first
    return f"{singular} {rest}".strip()


_PLURALS = frozenset({"days", "patients", "contacts", "slots", "units", "activities", "pools"})
