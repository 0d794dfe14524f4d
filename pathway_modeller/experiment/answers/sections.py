"""The accounts behind an option's answers: who pays, who provides, and where contacts go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.accounts.charged import DIVIDED, Charged, charged, is_pooled, pence_by_payer
from pathway_modeller.analysis.accounts.contact_change import Change, change_between
from pathway_modeller.analysis.accounts.displacement import DisplacementAccount, displacement_accounts
from pathway_modeller.analysis.accounts.providers import (
    LowVolume,
    ProviderAccount,
    low_volumes,
    provider_accounts,
)
from pathway_modeller.analysis.accounts.section75 import PayerAccount, payer_account
from pathway_modeller.analysis.accounts.unaccounted import Unaccounted, unaccounted
from pathway_modeller.analysis.columns import ACCOUNT, COUNTS
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import VIEWS, first_counted, prices_missing, spent
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.shifts.cheaper import lowered
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.words.sentences import listed, payer_kind_words, quoted
from pathway_modeller.scenario.words.spans import span_words
from pathway_modeller.scenario.years import years_in

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Compared:
    """An option beside the baseline.

    Attributes:
        results: what was found.
        scenario: what was run.
        option: its id.
        pathways: the baseline, and the option as it was run.
        prices: the price base in which the two are compared.
    """

    results: Results
    scenario: Scenario
    option: str
    pathways: tuple[Pathway, Pathway]
    prices: PriceBase

    @property
    def years(self) -> float:
        """The length of the data collection period in years, by the calendar."""
        given = self.results.provenance
        return years_in(first_counted(given), given.collection_days)

    @property
    def over(self) -> str:
        """The data collection period in words, as "the 3 years"."""
        given = self.results.provenance
        return span_words(first_counted(given), given.collection_days)

    @cached_property
    def pathway_costs(self) -> float:
        """What the baseline's pathway costs, pounds a year, without other spending on its people."""
        every, other = (spent(self.results, BASELINE, "cost", kind).sum(axis=1) for kind in (None, "other"))
        return float((every - other).mean()) / self.years / 100

    @property
    def cost_missing(self) -> tuple[str, ...]:
        """The prices for want of which the system's cost is not known."""
        return prices_missing(self.results, (BASELINE, self.option), "cost")

    @property
    def has_other_spending(self) -> bool:
        """Whether spending on people outside the pathway is in the system's cash."""
        cash = self.results.cash
        return bool((cash["variant"].isin((BASELINE, self.option)) & (cash["kind"] == "other")).any())

    @property
    def spending(self) -> str:
        """What the system's cash is called: "all spending" where spending on people is in it."""
        return "all spending" if self.has_other_spending else "the system cost"

    def ledger(self, variant: str) -> pd.DataFrame:
        """Returns the mean ledger lines of a variant, labels as plain text."""
        return self.results.plain_rows("ledger", variant).drop(columns="variant")

    def both_ledgers(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Returns the mean ledger lines of baseline and option."""
        return self._ledgers

    @cached_property
    def _ledgers(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The mean ledger lines of baseline and option, which several accounts read."""
        return self.ledger(BASELINE), self.ledger(self.option)


def compared(results: Results, scenario: Scenario, option: str) -> Compared:
    """Returns an option beside the baseline.

    Raises:
        KeyError: the scenario has no such option.
    """
    pathways = (scenario.baseline, played(scenario, option))
    prices = price_base(scenario.money, pathways, scenario.options[option].shifts.values())
    return Compared(results, scenario, option, pathways, prices)


def payers(one: Compared) -> PayerAccount | None:
    """Returns who pays now and after, over the horizon; None if the system's cost is not known."""
    if one.cost_missing:
        return None
    has = [pathway.payers for pathway in one.pathways]
    now, after = map(pence_by_payer, one.both_ledgers(), has)
    sides = [
        _each_pays(one.results, variant, mine)
        for variant, mine in zip((BASELINE, one.option), has, strict=True)
    ]
    account = payer_account(
        _with_kinds_named(one.pathways[0]),
        now,
        after,
        one.prices.pounds,
        one.years,
        changed=_with_kinds_named(one.pathways[1]),
        replications=tuple(zip(*sides, strict=True)),
        least=one.scenario.matters.cost_percent / 100,
    )
    return replace(account, notes=(*account.notes, *_paid_before(one), *_prices_changed(one)))


def _with_kinds_named(pathway: Pathway) -> dict[str, Payer]:
    """Returns the payers of a pathway, a kind of the scenario's own by its name."""
    return {
        key: payer.model_copy(update={"kind": payer_kind_words(pathway, payer.kind)})
        for key, payer in pathway.payers.items()
    }


def _prices_changed(one: Compared) -> Iterator[str]:
    """Yields what an option saves by lower prices alone, and fixed cost that it cannot take away."""
    found = list(lowered(*one.pathways, one.scenario.money.index))
    prices = [each.name for each in found if not each.fixed and each.steps[-1] != "price"]
    if prices:
        yield f"The option lowers {listed(prices)}: what that saves is a change of price, not of the pathway."
    fixed = [each.name for each in found if each.fixed]
    if fixed:
        yield f"No option takes fixed cost away: {listed(fixed)} is charged as under the baseline."


def _paid_before(one: Compared) -> Iterator[str]:
    """Yields the shifts whose costs paid once fall before the data collection period."""
    given = one.results.provenance
    begins = first_counted(given)
    for shift in one.scenario.options[one.option].shifts.values():
        if shift.set_up is not None and shift.starts < begins:
            yield (
                f"The set-up cost of {quoted(shift.name)} falls before the data collection period and is "
                "counted in its first month."
            )


def _each_pays(results: Results, variant: str, payers: Mapping[str, Payer]) -> list[Charged]:
    """Pence of system cost by payer in every replication of a variant, and what of them is pooled."""
    cash = results.rows("cash", variant)
    rows = cash[cash["view"] == "cost"]
    if any(payer.lines for payer in payers.values()):
        return _each_divided(rows, results.provenance.replications, payers)
    sums = rows.groupby(["replication", "payer"], observed=True)["pence"].sum().reset_index()
    found: list[dict[str, int]] = [{} for _ in range(results.provenance.replications)]
    for replication, payer, pence in sums.itertuples(index=False, name=None):
        found[int(replication)][str(payer)] = int(pence)
    return [Charged(each) for each in found]


def _each_divided(rows: pd.DataFrame, replications: int, payers: Mapping[str, Payer]) -> list[Charged]:
    """The same where payers have lines arranged otherwise than their others."""
    sums = rows.groupby(["replication", *DIVIDED], observed=True)["pence"].sum().reset_index()
    found: list[dict[tuple[str, bool], int]] = [{} for _ in range(replications)]
    for replication, payer, provider, setting, pence in sums.itertuples(index=False, name=None):
        mine = found[int(replication)]
        key = str(payer), is_pooled(payers, str(payer), str(provider), str(setting))
        mine[key] = mine.get(key, 0) + int(pence)
    return [charged(each) for each in found]


@dataclass(frozen=True)
class Displaced:
    """Where the contacts go that an option takes away.

    Attributes:
        accounts: one for each displacement that the option declares.
        unaccounted: activities that lose contacts of which the option declares nothing.
    """

    accounts: tuple[DisplacementAccount, ...]
    unaccounted: tuple[Unaccounted, ...]

    @property
    def closes(self) -> bool:
        """Whether every contact taken is found, declared no longer needed, or shown as unmet."""
        return not self.unaccounted and all(account.closes for account in self.accounts)

    @property
    def missing(self) -> tuple[str, ...]:
        """The contacts that are found nowhere, in sentences."""
        lost = [account.sentences[: len(account.missing)] for account in self.accounts if not account.closes]
        return tuple(said for each in lost for said in each) + tuple(
            each.sentence for each in self.unaccounted
        )

    @property
    def unmet(self) -> tuple[str, ...]:
        """The contacts that become unmet need, declared or found, in sentences."""
        said = (said for each in self.accounts if each.unmet for said in each.sentences)
        return tuple(sentence for sentence in said if "become unmet need" in sentence)

    @property
    def avoided(self) -> tuple[str, ...]:
        """The contacts that nobody needs any longer because the option says so, in sentences."""
        said = (said for each in self.accounts if each.avoided for said in each.sentences)
        return tuple(sentence for sentence in said if "no longer needed" in sentence)

    @property
    def deferred(self) -> float:
        """Contacts taken that are due after the period: work that is put off, not saved."""
        return sum(max(each.total("carried_forward"), 0.0) for each in self.accounts)

    @property
    def lost(self) -> float:
        """Contacts a year that become unmet need or are found nowhere; endless where nothing is said."""
        if self.unaccounted:
            return math.inf
        return sum(each.unmet + sum(each.missing.values()) for each in self.accounts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What becomes of the contacts taken: found, unmet, avoided, missing."""
        told = (said for each in self.accounts for said in each.sentences)
        return (*told, *(each.sentence for each in self.unaccounted))


def displaced(one: Compared) -> Displaced:
    """Returns where the contacts go that an option takes away."""
    change = _change(one)
    if change is None:
        return Displaced((), ())
    declared = one.scenario.options[one.option].declared()
    return Displaced(
        displacement_accounts(change, declared, one.pathways, one.years),
        unaccounted(change, declared, one.pathways, one.years),
    )


Place = tuple[str, str, str]
"""Displacement, line of its account, and element ("" where the line has none)."""


def displaced_lines(one: Compared, found: Displaced) -> dict[Place, Interval]:
    """Returns each line of each account over the whole period, in contacts, with its interval.

    The account is worked out anew for each replication; how far these stray is laid about the line of the
    account itself, which is of the means. Contacts found are bounded by those due, so that the mean of the
    replications is not quite the same.
    """
    each = _each_replication(one)
    return {
        (account.id, line, element): _about(
            account.total(line, element), each.get((account.id, line, element))
        )
        for account in found.accounts
        for line, element in account.lines[["line", "element"]].drop_duplicates().to_numpy().tolist()
    }


def _each_replication(one: Compared) -> dict[Place, Floats]:
    """Returns each line over the whole period in every replication.

    An account treats need tiers apart: here each tier of each replication stands as a tier of its own, so
    that all replications are worked out together.
    """
    if one.results.account_totals.empty:
        return {}
    before, after = (_tiers_apart(one.results, variant) for variant in (BASELINE, one.option))
    declared = one.scenario.options[one.option].declared()
    accounts = displacement_accounts(change_between(before, after), declared, one.pathways, one.years)
    number = one.results.provenance.replications
    found: dict[Place, Floats] = {}
    for account in accounts:
        for (line, element), rows in account.lines.groupby(["line", "element"], observed=True):
            of = [int(tier.split(" ", 1)[0]) for tier in rows["need_tier"]]
            sums = np.bincount(of, weights=rows["contacts"].to_numpy(dtype=np.float64), minlength=number)
            found[account.id, str(line), str(element)] = np.asarray(sums, dtype=np.float64)
    return found


def _tiers_apart(results: Results, variant: str) -> pd.DataFrame:
    """Returns an account over the whole period in which each tier of each replication is a tier."""
    totals = results.plain_rows("account_totals", variant)
    tiers = totals["replication"].astype(int).astype(str) + " " + totals["need_tier"]
    return totals.assign(month="period", need_tier=tiers)[[*ACCOUNT, *COUNTS]]


def _about(total: float, each: Floats | None) -> Interval:
    """Returns a figure with the interval of replications laid about it; without one where none is known."""
    found = Interval(math.nan, math.nan, math.nan, 0) if each is None else interval(each)
    return Interval(total, total + found.low - found.mean, total + found.high - found.mean, found.n)


@dataclass(frozen=True)
class Provided:
    """What an option does to those who provide.

    Attributes:
        accounts: each provider's income against its cost, in pence over the period.
        low_volumes: activities with fewer contacts than their minimum volume.
    """

    accounts: tuple[ProviderAccount, ...]
    low_volumes: tuple[LowVolume, ...]


def provided(one: Compared) -> Provided:
    """Returns what an option does to those who provide."""
    known = {**one.pathways[0].providers, **one.pathways[1].providers}
    unknown = [view for view in VIEWS if prices_missing(one.results, (BASELINE, one.option), view)]
    contacts = [contacts_by_activity(one.results, variant) for variant in (BASELINE, one.option)]
    cash = [one.results.rows("cash", variant) for variant in (BASELINE, one.option)]
    return Provided(
        provider_accounts(known, one.both_ledgers(), one.over, unknown, (cash[0], cash[1])),
        low_volumes(one.pathways[1], contacts[0], contacts[1], one.years),
    )


def contacts_by_activity(results: Results, variant: str) -> dict[str, float]:
    """Returns the mean number of attended contacts of each activity over the period."""
    table = results.summary(variant)
    chosen = table[(table["measure"] == "contacts") & (table["element"] != "")]
    whole = chosen[(chosen["need_tier"] == "") & (chosen["footprint"] == "")]
    rows = whole[["element", "mean"]].itertuples(index=False, name=None)
    return {str(element): float(mean) for element, mean in rows}


def _change(one: Compared) -> Change | None:
    """How the option's account of contacts differs from the baseline's; None if none was kept."""
    results = one.results
    before, after = (results.plain_rows("account", variant) for variant in (BASELINE, one.option))
    if before.empty or after.empty:
        return None
    each = tuple(results.plain_rows("account_totals", variant) for variant in (BASELINE, one.option))
    columns = [*ACCOUNT, *COUNTS]
    return change_between(before[columns], after[columns], (each[0], each[1]))
