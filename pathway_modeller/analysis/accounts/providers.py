"""Each provider's income against its cost, before and after; and activities below their minimum volume.

Income is what commissioners are billed for the provider's activities. Set against it are the costs that
follow what the provider does and holds (variable, step, stranded, double running, set-up, exit and other);
what income is left after them covers its fixed cost, or leaves some of it uncovered.

*Worked by hand* (``tests/analysis/accounts/test_providers.py``).
A trust is billed £1,000; its variable and
step costs are £300 and £500, its fixed cost £150: £200 are left, which cover the fixed cost, with £50 over.
Under the option it is billed £600, its costs are £100 and £450, of which £50 stranded: £50 are left, and £100
of fixed cost is covered by nobody.

Nothing is said of a difference whose 95% interval over replications holds 0, or that is below £1.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.wording import pounds, rounded
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.people import Provider
from pathway_modeller.scenario.words.sentences import quoted

NO_PROVIDER = "no provider named"

NOTHING = 100.0
"""Pence below which a difference is none."""

Sums = Mapping[tuple[str, str], float]
"""Pence by view and kind of line."""


@dataclass(frozen=True)
class ProviderSums:
    """A provider's money under one variant over the period, in pence; NaN where a price or cost is not known.

    Attributes:
        income: what commissioners are billed for its activities.
        costs: pence by kind of line, fixed cost left out.
        fixed: its fixed cost.
    """

    income: float
    costs: Mapping[str, float]
    fixed: float

    @property
    def left(self) -> float:
        """What income leaves after all but the fixed cost; negative if it does not cover even those."""
        return self.income - math.fsum(self.costs.values())

    @property
    def result(self) -> float:
        """What is left after all costs; negative is a deficit."""
        return self.left - self.fixed

    @property
    def uncovered(self) -> float:
        """How much of the fixed cost no income covers, between nothing and all of it."""
        if math.isnan(self.left):
            return math.nan
        return min(max(self.fixed - max(self.left, 0.0), 0.0), self.fixed)


@dataclass(frozen=True)
class ProviderAccount:
    """A provider before and after.

    Attributes:
        provider: id; "" for lines without one.
        name: what people call it.
        before, after: under baseline and option.
        sentences: what changes for it; empty if nothing does.
    """

    provider: str
    name: str
    before: ProviderSums
    after: ProviderSums
    sentences: tuple[str, ...]


def provider_accounts(
    providers: Mapping[str, Provider],
    lines: tuple[pd.DataFrame, pd.DataFrame],
    over: str,
    unknown: Collection[str] = (),
    cash: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> tuple[ProviderAccount, ...]:
    """Returns every provider's account, in order of id, and last that of lines without one.

    Args:
        providers: the providers of the scenario.
        lines: ledger lines (one replication, or means) of baseline and option, with ``view``, ``kind``,
            ``provider`` and ``pence``.
        over: the period in words, as "the 3 years".
        unknown: views that are not known ("bill", "cost"): their figures are missing, and never 0.
        cash: the same lines of every replication, with ``replication``, to tell change from chance; None
            takes the figures as they are.
    """
    each = None if cash is None else (_by_replication(cash[0]), _by_replication(cash[1]))
    named = {str(name) for frame in lines for name in frame["provider"].unique()}
    order = [*sorted({*providers, *named} - {""}), *([""] if "" in named else [])]
    found = []
    for name in order:
        called = providers[name].name if name in providers else (name or NO_PROVIDER)
        before, after = (_of_lines(frame[frame["provider"] == name], unknown) for frame in lines)
        changes = _Changes.of((before, after), _each_of(each, name, unknown))
        said = () if name == "" else _sentences((called, over), before, after, changes)
        found.append(ProviderAccount(name, called, before, after, said))
    return tuple(found)


def _of_lines(mine: pd.DataFrame, unknown: Collection[str]) -> ProviderSums:
    """Returns a provider's money from its lines."""
    summed = mine.groupby(["view", "kind"], observed=True)["pence"].sum().reset_index()
    rows = zip(summed["view"], summed["kind"], summed["pence"], strict=True)
    return _summed({(str(view), str(kind)): float(pence) for view, kind, pence in rows}, unknown)


def _by_replication(cash: pd.DataFrame) -> dict[tuple[int, str], Sums]:
    """Returns pence by view and kind for each replication and provider."""
    columns = ["replication", "provider", "view", "kind"]
    summed = cash.groupby(columns, observed=True)["pence"].sum().reset_index()
    found: dict[tuple[int, str], dict[tuple[str, str], float]] = {}
    for replication, provider, view, kind, pence in summed.itertuples(index=False, name=None):
        mine = found.setdefault((int(replication), str(provider)), {})
        mine[str(view), str(kind)] = float(pence)
    return dict(found)


Pair = tuple[Mapping[tuple[int, str], Sums], Mapping[tuple[int, str], Sums]]


def _each_of(
    each: Pair | None, name: str, unknown: Collection[str]
) -> list[tuple[ProviderSums, ProviderSums]]:
    """Returns a provider's money before and after in every replication in which anything was spent."""
    if each is None:
        return []
    numbers = sorted({number for side in each for number, _ in side})
    return [
        (
            _summed(each[0].get((number, name), {}), unknown),
            _summed(each[1].get((number, name), {}), unknown),
        )
        for number in numbers
    ]


@dataclass(frozen=True)
class _Changes:
    """What changes for a provider in pence; 0 where it may be chance."""

    income: float
    costs: float
    uncovered: float

    @staticmethod
    def of(
        means: tuple[ProviderSums, ProviderSums], each: Sequence[tuple[ProviderSums, ProviderSums]]
    ) -> _Changes:
        """Returns what changes by the means, beyond chance by each replication."""
        mean = _differences(*means)
        if len(each) < _TWO:
            return _Changes(*mean)
        columns = zip(*(_differences(*pair) for pair in each), strict=True)
        chances = [interval(np.array(column)) for column in columns]
        sure = [
            0.0 if chance.low <= 0 <= chance.high else value
            for value, chance in zip(mean, chances, strict=True)
        ]
        return _Changes(*sure)


_TWO = 2
"""The fewest replications that tell change from chance."""


def _differences(before: ProviderSums, after: ProviderSums) -> tuple[float, float, float]:
    """Returns by how much income, costs and uncovered fixed cost differ."""
    return (
        after.income - before.income,
        math.fsum(after.costs.values()) - math.fsum(before.costs.values()),
        after.uncovered - before.uncovered,
    )


def _summed(sums: Sums, unknown: Collection[str]) -> ProviderSums:
    """Returns a provider's money from its pence by view and kind."""
    costs = {kind: pence for (view, kind), pence in sums.items() if view == "cost" and kind != "fixed"}
    income = math.fsum(pence for (view, _), pence in sums.items() if view == "bill")
    if "cost" in unknown:
        costs = {**costs, "not known": math.nan}
    return ProviderSums(math.nan if "bill" in unknown else income, costs, sums.get(("cost", "fixed"), 0.0))


def _sentences(
    named: tuple[str, str], before: ProviderSums, after: ProviderSums, changes: _Changes
) -> tuple[str, ...]:
    """Returns what an option does to a provider, given its name and the period in words."""
    said, (name, over) = [], named
    change, more = changes.income, changes.uncovered
    if abs(change) > NOTHING:
        saved = -changes.costs
        way, costs = ("less", "fall") if change < 0 else ("more", "rise")
        said.append(
            f"{quoted(name)} is billed for {pounds(abs(change))} {way} over {over}{_costs(saved, costs)}."
        )
    if more > NOTHING:
        said.append(
            f"{pounds(after.uncovered)} of the fixed cost of {quoted(name)} is covered by no income"
            + (f", {pounds(more)} more than under the baseline." if before.uncovered > NOTHING else ".")
        )
    return tuple(said)


def _costs(saved: float, expected: str) -> str:
    """Returns the second half of a sentence: what its costs do meanwhile."""
    if math.isnan(saved) or abs(saved) <= NOTHING:
        return "" if math.isnan(saved) else "; its costs stay as they are"
    way = "fall" if saved > 0 else "rise"
    return f"{'; its costs' if way == expected else ', while its costs'} {way} by {pounds(abs(saved))}"


@dataclass(frozen=True)
class LowVolume:
    """An activity with fewer contacts than its minimum volume.

    Attributes:
        activity: id.
        minimum: contacts a year.
        before, after: contacts a year under baseline and option; NaN where the variant has no such activity.
        sentence: the same in words.
    """

    activity: str
    minimum: float
    before: float
    after: float
    sentence: str


def low_volumes(
    pathway: Pathway, before: Mapping[str, float], after: Mapping[str, float], years: float
) -> tuple[LowVolume, ...]:
    """Returns the activities of an option that stay below their minimum volume.

    Args:
        pathway: the option as it was run.
        before: attended contacts over the period by activity under the baseline.
        after: the same under the option.
        years: length of the period in years.
    """
    found = []
    for name, activity in sorted(pathway.activities.items()):
        if activity.minimum_volume is None:
            continue
        had, has = (contacts.get(name, math.nan) / years for contacts in (before, after))
        if has < activity.minimum_volume:
            said = (
                f"{quoted(activity.name)} has {rounded(has)} contacts a year, below its minimum volume of "
                f"{rounded(activity.minimum_volume)}{_had(had, activity.minimum_volume)}."
            )
            found.append(LowVolume(name, activity.minimum_volume, had, has, said))
    return tuple(found)


def _had(had: float, minimum: float) -> str:
    """Returns how it stood before."""
    if math.isnan(had):
        return ""
    already = "already " if had < minimum else ""
    return f"; the baseline {already}has {rounded(had)}"
