"""The outcomes that a scenario is judged by, and what a unit of each costs.

Pounds per unit of outcome are the difference in what the system costs over the whole period divided by the
difference in the outcome, option against baseline. Which way the two go decides what can be said, and a ratio
that would be negative is never given:

- better and cheaper: the option *dominates*; better at no more cost beyond chance likewise.
- worse and dearer (or no cheaper): it is *dominated*.
- better and dearer: pounds for each unit gained.
- worse and cheaper: pounds for each unit given up, a *trade-off*.
- an outcome that differs by no more than chance (its 95% interval holds 0) has no price.

*Worked by hand* (``tests/analysis/accounts/test_outcomes.py``).
The mean wait falls from 10 to 6 days and the system
costs £2,000 more over two years: £500 over the period for each day less. If instead it costs £2,000 less and
the wait rises by 4 days, £500 over the period are not spent for each day given up.
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
        pence_per_unit: over the period; above zero, for "costs more" and "trade-off"; else None.
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
    pence_per_unit: float | None
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
    outcomes: Mapping[str, Outcome], before: Figures, after: Figures, years: float
) -> tuple[OutcomeAccount, ...]:
    """Returns every outcome of a scenario under baseline and option, in order of id.

    Args:
        outcomes: the outcomes of the scenario.
        before: the baseline's figures.
        after: the option's; both hold the same replications, those of equal number on common random numbers.
        years: length of the period in years.
    """
    cost = _cost(before, after)
    return tuple(
        _account(name, outcome, (before, after), cost, years) for name, outcome in sorted(outcomes.items())
    )


def _cost(before: Figures, after: Figures) -> PairedInterval:
    """Returns the paired difference of cost in pence; NaN where one is not known."""
    if before.cost is None or after.cost is None:
        return PairedInterval(math.nan, math.nan, math.nan, 0, math.nan)
    number = min(len(before.cost), len(after.cost))
    return paired(after.cost[:number], before.cost[:number])


def _account(
    name: str, outcome: Outcome, sides: tuple[Figures, Figures], cost: PairedInterval, years: float
) -> OutcomeAccount:
    """Returns one outcome and what it costs."""
    (had, unit), (has, other_unit) = (values_of(side.measured, outcome) for side in sides)
    number = min(len(had), len(has))
    change = paired(has[:number], had[:number])
    verdict = _verdict(outcome, change, cost)
    priced = verdict in ("costs more", "trade-off")
    ratio = abs(cost.mean) / abs(change.mean) if priced else None
    unit = unit or other_unit
    sentence = _sentence(outcome, unit, change, (verdict, ratio, cost.mean / years, _beyond_chance(cost)))
    return OutcomeAccount(
        name, outcome, unit, interval(had), interval(has), change, cost, verdict, ratio, sentence
    )


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
    outcome: Outcome,
    unit: str,
    change: PairedInterval,
    money: tuple[Verdict, float | None, float, bool],
) -> str:
    """Returns a verdict in words; money is verdict, pence per unit, pence a year, whether beyond chance."""
    name, (verdict, ratio, yearly, beyond_chance) = quoted(outcome.name), money
    if math.isnan(change.mean):
        return f"{name} is not known: there is no such figure for baseline and option."
    if verdict == "no difference":
        return f"{name} differs by no more than chance, so that no price can be put on it."
    better = outcome.gain(change.mean) > 0
    what = f"{name} is {_size(abs(change.mean), unit)} {'better' if better else 'worse'}"
    if verdict == "not known":
        return f"{what}; what that costs is not known."
    if ratio is not None:
        each = f"{_each(ratio, unit)} {'gained' if better else 'given up'}"
        return f"{what} and costs {each}." if better else f"{what}; {each} is not spent."
    if not beyond_chance:
        return f"{what}, at a cost that differs by no more than chance."
    return f"{what} and costs {pounds(abs(yearly))} a year {'less' if better else 'more'}."


def _each(pence: float, unit: str) -> str:
    """Returns the price of a unit over the period; of a share, for each point of a hundred."""
    if unit == "share":
        return f"{pounds(pence / 100)} over the period for each percentage point"
    return f"{pounds(pence)} over the period for each {one_unit(unit)}"


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
