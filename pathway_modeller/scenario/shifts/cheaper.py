"""Prices and costs that an option lowers: what is saved so is a change of price, not of the pathway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.shifts.prices import in_prices
from pathway_modeller.scenario.values import ByGroup, Money
from pathway_modeller.scenario.words.sentences import quoted
from pathway_modeller.scenario.words.structure import Step

_OF_ACTIVITIES = (("price", "price"), ("variable_cost", "variable cost"))


@dataclass(frozen=True)
class Lowered:
    """A price or cost that is lower under an option than under the baseline.

    Attributes:
        steps: its place in the pathway.
        name: of what it is, such as: the cost of a unit of "Beds".
        fixed: whether it is a provider's fixed cost, which no option takes away.
    """

    steps: tuple[Step, ...]
    name: str
    fixed: bool = False


def lowered(baseline: Pathway, option: Pathway, index: Mapping[str, float]) -> Iterator[Lowered]:
    """Yields the prices and costs that an option lowers; those of other years only if the index has them.

    Args:
        baseline: the pathway as it is.
        option: the pathway of the option.
        index: past inflation by financial year.
    """
    yield from _fixed(baseline, option, index)
    for key, activity in sorted(option.activities.items()):
        before = baseline.activities.get(key)
        for field, word in _OF_ACTIVITIES if before is not None else ():
            if _less(getattr(before, field), getattr(activity, field), index):
                yield Lowered(("activities", key, field), f"the {word} of {quoted(activity.name)}")
    for key, pool in sorted(option.pools.items()):
        had, has = (side.cost if side else None for side in (baseline.pools.get(key), pool))
        if had and has and had.per == has.per and _less(had.amount, has.amount, index):
            yield Lowered(("pools", key, "cost"), f"the cost of a unit of {quoted(pool.name)}")
    for key, tier in sorted(option.need_tiers.items()):
        spent = baseline.need_tiers[key].spending if key in baseline.need_tiers else {}
        for what, cost in sorted(tier.spending.items()):
            if what in spent and _less(spent[what].amount, cost.amount, index):
                name = f"the spending on {quoted(cost.name)} for each person of {quoted(tier.name)}"
                yield Lowered(("need_tiers", key, "spending", what, "amount"), name)


def _fixed(baseline: Pathway, option: Pathway, index: Mapping[str, float]) -> Iterator[Lowered]:
    """Yields fixed costs that an option lowers or leaves out."""
    for key, provider in sorted(baseline.providers.items()):
        had = provider.fixed_cost
        has = option.providers[key].fixed_cost if key in option.providers else None
        if had is not None and had.value > 0 and (has is None or _less(had, has, index)):
            steps = ("providers", key, "fixed_cost") if key in option.providers else ("providers", key)
            yield Lowered(steps, f"the fixed cost of {quoted(provider.name)}", fixed=True)


def _less(
    had: Money | ByGroup[Money] | None, has: Money | ByGroup[Money] | None, index: Mapping[str, float]
) -> bool:
    """Tells whether an amount is lower than it was, for any group."""
    if had is None or has is None:
        return False
    groups = {key for each in (had, has) if isinstance(each, ByGroup) for key in each.values}
    pairs = [(_of(had, group), _of(has, group)) for group in (*sorted(groups), None)]
    return any(_below(one, other, index) for one, other in pairs)


def _of(amount: Money | ByGroup[Money], group: str | None) -> Money:
    """Returns the amount of a group; of all others for None."""
    if isinstance(amount, Money):
        return amount
    return amount.otherwise if group is None else amount.values.get(group, amount.otherwise)


def _below(had: Money, has: Money, index: Mapping[str, float]) -> bool:
    """Tells whether an amount is lower, in the prices that it had."""
    now = in_prices(has, had.price_year, index)
    return now is not None and now < had.value * (1 - 1e-9)
