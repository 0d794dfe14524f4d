"""Payer by provider: what is billed, what it costs and what margin is left; it nets to the system.

What a payer is billed is a provider's income; what the provider's contacts and capacity cost is paid by the
provider; its margin is the one less the other. So an option moves money between the two without the system
paying a pound less, and what payers gain (a smaller bill) and providers gain (a larger margin) together is
what the system pays less:

    bill falls by B, margin changes by M = C - B where the cost falls by C, and B + M = C.

Spending on people outside the pathway is no part of it: the system cost leaves it out, too. Lines are
divided by the payer and the provider of activities and pools. Where an activity names a provider and the
pool that it uses does not, income and cost stand in two lines: nothing is guessed.

*Worked by hand* (``tests/analysis/accounts/test_payer_provider.py``). A commissioner is billed £400 by a
trust and £100 by a community provider, whose costs are £450 and £60. Under the option it is billed £300 and
£150 for costs of £430 and £100. Its bill falls from £500 to £450: it gains £50. The trust's margin falls
from -£50 to -£130: it loses £80. The community provider's rises from £40 to £50: it gains £10. 50 - 80 + 10
= -£20: the system pays £20 more, £530 instead of £510.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.accounts.run_rate import LastYear, MoneyChange, Monthly, money_changes
from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.scenario.words.sentences import quoted

NO_PAYER, NO_PROVIDER = "no payer named", "no provider named"

Key = tuple[str, str, str]
"""Payer, provider and view ("bill" or "cost")."""


@dataclass(frozen=True)
class SettledLine:
    """What one payer and one provider have to do with each other, or the sum of several such lines.

    Attributes:
        payer, provider: ids; "" where none is named. None for all of them together.
        name: the two, as people call them.
        bill: what the payer is billed for the provider's contacts.
        cost: what contacts and capacity cost that are charged to the two.
        margin: the bill less the cost: what the provider is left with.
    """

    payer: str | None
    provider: str | None
    name: str
    bill: MoneyChange
    cost: MoneyChange
    margin: MoneyChange


@dataclass(frozen=True)
class Settled:
    """The table of payers and providers under one option.

    Attributes:
        lines: one for each payer and provider that have to do with each other, in order of ids.
        payers: the same for each payer, over all providers.
        providers: the same for each provider, over all payers.
        total: all together; the bill is what payers pay, the cost what the system pays.
        missing: prices for want of which the table is not known; there are no lines then.
        over: the period in words, as "the 3 years".
    """

    lines: tuple[SettledLine, ...]
    payers: tuple[SettledLine, ...]
    providers: tuple[SettledLine, ...]
    total: SettledLine | None
    missing: tuple[str, ...] = ()
    over: str = "the period"


def settled(
    before: Mapping[Key, Monthly],
    after: Mapping[Key, Monthly],
    names: tuple[Mapping[str, str], Mapping[str, str]],
    year: LastYear,
) -> Settled:
    """Returns the table of payers and providers.

    Args:
        before: pounds by payer, provider and view under the baseline.
        after: the same under the option, of the same replications and months.
        names: what people call payers, and providers, by id.
        year: of what recurrent money is said.
    """
    keys = sorted({key[:2] for side in (before, after) for key in side}, key=_last_if_unnamed)
    if not keys:
        return Settled((), (), (), None)
    payers = dict.fromkeys(payer for payer, _ in keys)
    providers = sorted({provider for _, provider in keys}, key=lambda each: (each == "", each))
    wanted: list[_Wanted] = [([key], *key) for key in keys]
    wanted += [([key for key in keys if key[0] == each], each, None) for each in payers]
    wanted += [([key for key in keys if key[1] == each], None, each) for each in providers]
    made = _lines([*wanted, (keys, None, None)], (before, after), names, year)
    ends = len(keys), len(keys) + len(payers), len(keys) + len(payers) + len(providers)
    return Settled(
        tuple(made[: ends[0]]), tuple(made[ends[0] : ends[1]]), tuple(made[ends[1] : ends[2]]), made[ends[2]]
    )


_Wanted = tuple[Sequence[tuple[str, str]], str | None, str | None]
"""Of which payers and providers a line is the sum, and its own payer and provider."""


def _last_if_unnamed(key: tuple[str, ...]) -> tuple[tuple[bool, str], ...]:
    """By id, those without a name last."""
    return tuple((each == "", each) for each in key)


def _lines(
    wanted: Sequence[_Wanted],
    sides: tuple[Mapping[Key, Monthly], Mapping[Key, Monthly]],
    names: tuple[Mapping[str, str], Mapping[str, str]],
    year: LastYear,
) -> list[SettledLine]:
    """Makes lines of sums, all at once."""
    pairs: list[tuple[Monthly, Monthly]] = []
    shape = next(iter((sides[0] or sides[1]).values())).pounds.shape
    for keys, _, _ in wanted:
        bill, cost = ([_sum(side, keys, view, shape) for side in sides] for view in ("bill", "cost"))
        margin = [income.plus(spent, -1.0) for income, spent in zip(bill, cost, strict=True)]
        pairs += [(before, after) for before, after in (bill, cost, margin)]
    changes = money_changes(pairs, year)
    return [
        SettledLine(payer, provider, _name(names, payer, provider), *changes[3 * place : 3 * place + 3])
        for place, (_, payer, provider) in enumerate(wanted)
    ]


def _sum(
    side: Mapping[Key, Monthly], keys: Sequence[tuple[str, str]], view: str, shape: tuple[int, ...]
) -> Monthly:
    """Pounds of one view over some payers and providers; nothing where there are no lines."""
    found = [each for key in keys if (each := side.get((*key, view))) is not None]
    if not found:
        return Monthly(np.zeros(shape), np.zeros(shape))
    whole = found[0]
    for each in found[1:]:
        whole = whole.plus(each)
    return whole


def _name(names: tuple[Mapping[str, str], Mapping[str, str]], payer: str | None, provider: str | None) -> str:
    """What a line is called."""
    payers, providers = names
    parts = []
    if payer is not None:
        parts.append(payers.get(payer, payer) or NO_PAYER)
    if provider is not None:
        parts.append(providers.get(provider, provider) or NO_PROVIDER)
    return " to ".join(parts) or "All payers and providers"


def settled_sentence(found: Settled) -> str:
    """Returns who gains what the other loses; "" where no bill changes, or no provider is named."""
    if found.total is None or not any(each.provider for each in found.providers):
        return ""
    bill, cost = found.total.bill.change, found.total.cost.change
    if not beyond_chance(bill):
        return ""
    pays = _one_or_all([each.name for each in found.payers if _changes(each.bill)], "payers")
    gets = _one_or_all([each.name for each in found.providers if _changes(each.margin)], "providers")
    margin = found.total.margin.change
    said = f"{pays[:1].upper()}{pays[1:]} {_of(pays, 'is', 'are')} billed {_size(bill)} {_way(bill)}"
    has = _of(gets, "has", "have")
    left = f"{gets} {has} {_size(margin)} {_way(margin)} left"
    if not beyond_chance(margin):
        left = f"what {gets} {has} left changes by no more than chance"
    system = "the system pays as much as before"
    if beyond_chance(cost):
        system = f"the system pays {_size(cost)} {_way(cost)}"
    elif cost.mean:
        system = "what the system pays changes by no more than chance"
    return f"{said} over {found.over}; {left}; {system}."


def _changes(each: MoneyChange) -> bool:
    """Whether a sum changes by a pound or more in the mean."""
    return abs(each.change.mean) >= 1


def _one_or_all(names: list[str], every: str) -> str:
    """The only name, or a word for all of them."""
    return quoted(names[0]) if len(names) == 1 else every


def _of(names: str, one: str, several: str) -> str:
    """The verb that goes with one name, or with all."""
    return one if names.startswith('"') else several


def beyond_chance(change: PairedInterval) -> bool:
    """Whether an interval leaves out 0; with one replication, whether there is a difference at all."""
    if not change.low <= change.high:
        return abs(change.mean) >= 1
    return change.low > 0 or change.high < 0


def _size(change: PairedInterval) -> str:
    """The size of a change in pounds, with its interval."""
    ends = sorted(abs(end) for end in (change.low, change.high))
    said = pounds(abs(change.mean) * 100)
    if not change.low <= change.high or pounds(ends[0] * 100) == pounds(ends[1] * 100):
        return said
    return f"{said} (95% interval {pounds(ends[0] * 100)} to {pounds(ends[1] * 100)})"


def _way(change: PairedInterval) -> str:
    """Whether it is more or less."""
    return "more" if change.mean > 0 else "less"
