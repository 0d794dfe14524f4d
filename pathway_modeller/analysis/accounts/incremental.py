"""Pounds for each unit of an outcome, against the next best option.

Options are put in order of what they cost, and each is compared with the next best: the one before it that
is left. An option that another one beats, being at least as good at no more cost, is *dominated*. One is
*extendedly dominated* if a unit gained by going to it costs more than a unit gained by going on to a better
one: a mix of its neighbours would give as much for less. Both drop out, and what is left has rising pounds
for each unit. M. F. Drummond and others, Methods for the Economic Evaluation of Health Care Programmes (4th
edition, 2015), chapter 4; the National Institute for Health and Care Excellence asks for the same in its
manual on technology appraisal (PMG36), section 4.

Each ratio has Fieller's interval over replications
(:func:`pathway_modeller.analysis.statistics.means.ratios`). Where the gain itself may be nothing there is
none, and no ratio is told.

*Worked by hand* (``tests/analysis/accounts/test_incremental.py``). Doing nothing costs £100 and reaches 10
units. A costs £120 for 20, B £150 for 22, C £160 for 40, D £170 for 30. D is dominated by C. From A to B a
unit costs 30 / 2 = £15, from B to C 10 / 18 = 56p: B is extendedly dominated. Left are A at 20 / 10 = £2 a
unit against doing nothing, and C at 40 / 20 = £2 against A.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.outcomes import Figures, one_unit, values_of
from pathway_modeller.analysis.accounts.wording import rounded_pounds
from pathway_modeller.analysis.statistics.intervals import Interval, PairedInterval
from pathway_modeller.analysis.statistics.means import interval, paired, ratios
from pathway_modeller.scenario.money import Outcome
from pathway_modeller.scenario.words.sentences import quoted

Floats = npt.NDArray[np.float64]

Place = Literal["first", "next", "dominated", "extendedly dominated", "not known"]
"""Where an option stands: the first of those that are left, one after it, or why it has dropped out."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Strategy:
    """One option, or doing nothing, among all.

    Attributes:
        variant: its id.
        name: what people call it.
        cost: pounds over the period.
        outcome: in its unit.
        place: where it stands.
        against: id of the next best, which it is compared with; "" for the first, and for those not known.
        by: ids of the option that dominates it, or of the two that do so together.
        dearer: pounds over the period more than the next best; None without one.
        gain: by how much better than the next best, in the outcome's unit.
        ratio: pounds over the period for each unit gained; bounds NaN where it cannot be told.
        sentence: the same in words.
    """

    variant: str
    name: str
    cost: Interval
    outcome: Interval
    place: Place
    against: str = ""
    by: tuple[str, ...] = ()
    dearer: PairedInterval | None = None
    gain: PairedInterval | None = None
    ratio: Interval | None = None
    sentence: str = ""

    @property
    def is_told(self) -> bool:
        """Whether pounds for each unit can be told from these replications."""
        return self.ratio is not None and self.ratio.low <= self.ratio.high


@dataclass(frozen=True)
class IncrementalTable:
    """All options by one outcome, in order of cost.

    Attributes:
        outcome: its id.
        record: name, aim, measure and which way is better.
        unit: of the outcome; a share's gains are told in percentage points.
        rows: the cheapest first.
    """

    outcome: str
    record: Outcome
    unit: str
    rows: tuple[Strategy, ...]

    def of(self, variant: str) -> Strategy | None:
        """Returns a variant's row."""
        return next((each for each in self.rows if each.variant == variant), None)


@dataclass(frozen=True, eq=False)
class _Known:
    """Cost and gain of one variant, one figure a replication; gains count from the first variant's mean."""

    variant: str
    cost: Floats
    gain: Floats

    @property
    def means(self) -> tuple[float, float]:
        """Mean cost and gain."""
        return float(np.mean(self.cost)), float(np.mean(self.gain))


def incremental_tables(
    outcomes: Mapping[str, Outcome],
    sides: Mapping[str, Figures],
    names: Mapping[str, str],
    over: str,
) -> tuple[IncrementalTable, ...]:
    """Returns for each outcome all options against the next best, in order of id.

    Args:
        outcomes: of the scenario.
        sides: the figures of doing nothing and of each option; costs in pence, replications in the same order
            on common random numbers.
        names: what people call each.
        over: the period in words, as "the 3 years".
    """
    return tuple(_table(name, outcome, sides, names, over) for name, outcome in sorted(outcomes.items()))


def _table(
    identifier: str, outcome: Outcome, sides: Mapping[str, Figures], names: Mapping[str, str], over: str
) -> IncrementalTable:
    """All options by one outcome."""
    found, units = {}, dict[str, None]()
    known: list[_Known] = []
    for variant, side in sides.items():
        values, unit = values_of(side.measured, outcome)
        if unit:
            units[unit] = None
        cost = np.full(len(values), np.nan) if side.cost is None else side.cost / 100
        number = min(len(values), len(cost))
        found[variant] = Strategy(
            variant, names[variant], interval(cost[:number]), interval(values[:number]), "not known"
        )
        both = ~(np.isnan(values[:number]) | np.isnan(cost[:number]))
        if number and both.all():
            known.append(_Known(variant, cost[:number], np.array([outcome.gain(each) for each in values])))
    unit = next(iter(units), "")
    if len(units) == 1 and len({len(each.cost) for each in known}) == 1:
        _put_in_order(found, known)
    order = sorted(found.values(), key=lambda each: (each.place == "not known", each.cost.mean))
    rows = tuple(replace(each, sentence=_sentence(each, outcome, unit, names, over)) for each in order)
    return IncrementalTable(identifier, outcome, unit, rows)


def _put_in_order(found: dict[str, Strategy], known: Sequence[_Known]) -> None:
    """Says of each variant where it stands."""
    order = sorted(known, key=lambda each: (each.means[0], -each.means[1]))
    left: list[_Known] = []
    for each in order:
        better = next((other for other in order if other is not each and _beats(other, each, order)), None)
        if better is None:
            left.append(each)
        else:
            found[each.variant] = replace(
                found[each.variant], place="dominated", by=(better.variant,), against=""
            )
    left = _rising(found, left)
    found[left[0].variant] = replace(found[left[0].variant], place="first")
    for before, after in itertools.pairwise(left):
        ratio = ratios((after.cost - before.cost)[None, :], (after.gain - before.gain)[None, :])
        found[after.variant] = replace(
            found[after.variant],
            place="next",
            against=before.variant,
            dearer=paired(after.cost, before.cost),
            gain=paired(after.gain, before.gain),
            ratio=Interval(float(ratio.mean[0]), float(ratio.low[0]), float(ratio.high[0]), int(ratio.n[0])),
        )


def _beats(one: _Known, other: _Known, order: Sequence[_Known]) -> bool:
    """Whether one is at least as good at no more cost; of two that are the same, the earlier stays."""
    (cost, gain), (others_cost, others_gain) = one.means, other.means
    size = _ROUNDING * max(abs(cost), abs(others_cost), 1e-9)
    worth = _ROUNDING * max(abs(gain), abs(others_gain), 1e-9)
    no_more, as_good = cost <= others_cost + size, gain >= others_gain - worth
    strictly = cost < others_cost - size or gain > others_gain + worth
    return no_more and as_good and (strictly or order.index(one) < order.index(other))


def _rising(found: dict[str, Strategy], left: list[_Known]) -> list[_Known]:
    """Takes out those that are extendedly dominated, until a unit costs more with every step."""
    place = 1
    while place < len(left) - 1:
        before, here, after = left[place - 1 : place + 2]
        if _per_unit(before, here) > _per_unit(here, after) * (1 + _ROUNDING):
            found[here.variant] = replace(
                found[here.variant], place="extendedly dominated", by=(before.variant, after.variant)
            )
            del left[place]
            place = max(place - 1, 1)
        else:
            place += 1
    return left


def _per_unit(before: _Known, after: _Known) -> float:
    """Mean pounds for each unit gained; those that are left gain with every step."""
    (cost, gain), (more, better) = before.means, after.means
    return (more - cost) / (better - gain)


def _sentence(each: Strategy, outcome: Outcome, unit: str, names: Mapping[str, str], over: str) -> str:
    """One option in words."""
    name, what = quoted(each.name), quoted(outcome.name)
    match each.place:
        case "not known":
            return f"{what}: {name} cannot be compared, for want of a figure or a price."
        case "first":
            return f"{what}: {name} costs least of the options that are left."
        case "dominated":
            return f"{what}: {name} is dominated by {quoted(names[each.by[0]])}, as good at no more cost."
        case "extendedly dominated":
            one, other = (quoted(names[by]) for by in each.by)
            return f"{what}: {name} is extendedly dominated: a unit gained costs less from {one} to {other}."
        case "next":
            best = quoted(names[each.against])
            if each.ratio is None or not each.is_told:
                untold = f"{what}: what {name} costs for each {each_unit(unit)} gained cannot be told"
                return f"{untold} against {best}, the next best: the gain may be nothing."
            said = ratio_words(each.ratio, unit)
            return f"{what}: {name} costs {said} over {over} against {best}, the next best."
        case _:
            assert_never(each.place)


def per_unit(ratio: Interval, unit: str) -> Interval:
    """Returns pounds for each unit as people count it: of a share for each percentage point."""
    scale = 0.01 if unit == "share" else 1.0
    return Interval(ratio.mean * scale, ratio.low * scale, ratio.high * scale, ratio.n)


def ratio_words(ratio: Interval, unit: str) -> str:
    """Returns pounds for each unit with their interval, rounded to what that allows."""
    return f"{rounded_pounds(per_unit(ratio, unit))} for each {each_unit(unit)} gained"


def each_unit(unit: str) -> str:
    """Returns what one unit is called: of a share a percentage point."""
    return "percentage point" if unit == "share" else one_unit(unit) or "unit"
