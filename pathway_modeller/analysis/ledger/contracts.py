"""Lines for what contracts pay: an amount a year, an amount a head, and what is settled at the year's end.

The years of a contract are twelve calendar months each, from the month in which counting begins. A month
bears its days' part of the year's amount (or of the amount a head of those who live there), and the months of
a whole year come to the amount to the penny. Of an amount with a marginal rate the rest is settled in the
last month of the year that is counted, activity by activity: contacts less those planned for the days that
count, times the mean price of the year's contacts, times the rate over or under plan. A period that ends
within a year is settled at its end by the part of the plan that its days are.

*Worked by hand* (``tests/analysis/ledger/test_contracts.py``). £365,000 a year fixed and 730 contacts
planned, from 1 April 2025: £30,000 in April and £31,000 in May. Played for these two months, 61 of 365 days,
for which 122 contacts are planned. 142 come at £100: 20 over plan, and at 60% £1,200 more in May. If 112
come, 10 under plan, and at 20% £200 are taken off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.codes import BILL
from pathway_modeller.analysis.ledger.lines import Lines, Months
from pathway_modeller.analysis.ledger.scope import LedgerScope
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.population import person_days
from pathway_modeller.scenario.contracts import Agreed
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import ByGroup, Money
from pathway_modeller.simulation.tally.cells import Cells

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ContractYears:
    """The years of contracts in the months that count.

    Attributes:
        number: the year of each month, 0 for the first, shape (months,).
        shares: what part of its year the days of each month are that count, shape (months,).
        days: the days of the year of each month, shape (months,).
    """

    number: Ints
    shares: Floats
    days: Floats

    @staticmethod
    def of(months: Months) -> ContractYears:
        """Returns the years of contracts in some calendar months."""
        number = np.arange(len(months.names)) // 12
        begins = [dt.date.fromisoformat(f"{name}-01") for name in months.names[:1]]
        for _ in range(int(number.max(initial=-1)) + 1):
            begins.append(begins[-1].replace(year=begins[-1].year + 1))
        lengths = np.diff([each.toordinal() for each in begins]).astype(np.float64)
        days = lengths[number] if lengths.size else np.empty(0)
        return ContractYears(number, months.days / days if len(days) else np.empty(0), days)

    def whole_pence(self, pounds: Floats) -> Floats:
        """Returns pounds rounded to whole pence so that the months of each year come to its rounded sum.

        Args:
            pounds: by month, shape (months, ...).
        """
        found = np.empty_like(pounds)
        for year in np.unique(self.number):
            mine = self.number == year
            up_to = np.rint(np.cumsum(pounds[mine], axis=0) * 100)
            found[mine] = np.diff(up_to, axis=0, prepend=np.zeros_like(up_to[:1])) / 100
        return found

    def ends(self) -> dict[int, Ints]:
        """Returns for each year the places of its months that count."""
        return {int(year): np.flatnonzero(self.number == year) for year in np.unique(self.number)}


@dataclass(frozen=True, eq=False)
class Contracts:
    """What of contracts does not depend on what happens.

    Attributes:
        agreed: the contracts that pay otherwise than the price of each contact.
        years: of contracts.
        fixed: lines for amounts a year.
        joint: the activities ("element") and the settings ("setting") that a contract pays for together
            with others, so that none of them has a bill of its own.
    """

    agreed: tuple[Agreed, ...]
    years: ContractYears
    fixed: Lines

    @classmethod
    def of(cls, plan: LedgerScope) -> Contracts:
        """Returns the contracts of the pathway that is played."""
        pathway, lines = plan.scope.pathway, plan.no_lines()
        agreed = tuple(each for each in pathway.agreed() if each.contract.kind != "cost per case")
        years = ContractYears.of(plan.months)
        for each in agreed:
            amount, labels = each.contract.amount, _labels(pathway, each)
            if not each.contract.has_amount or amount is None:
                continue
            pounds = lines.pounds("contract", each.contract.name, amount, labels)
            if pounds is not None:
                lines.add_months(BILL, "contract", years.whole_pence(pounds * years.shares), labels)
        return cls(agreed, years, lines, _joint(pathway, agreed))

    joint: Mapping[str, frozenset[str]]


def add_contracts(lines: Lines, facts: Facts, contracts: Contracts, prices: Floats) -> None:
    """Adds what contracts pay.

    Args:
        lines: where to.
        facts: the replication.
        contracts: what is known of them beforehand.
        prices: of a contact by cell, where a contract settles by it.
    """
    lines.take_over(contracts.fixed)
    for each in contracts.agreed:
        if each.contract.kind == "capitation":
            _add_heads(lines, facts, contracts.years, each)
        elif each.contract.kind == "fixed and marginal":
            for activity in each.activities:
                _settle(lines, facts, (contracts.years, each, activity), prices)


def _add_heads(lines: Lines, facts: Facts, years: ContractYears, agreed: Agreed) -> None:
    """Adds an amount a head and year, by need tier and footprint."""
    legend, labels = facts.legend, _labels(facts.pathway, agreed)
    if not legend.footprints:
        return
    people = person_days(facts, facts.pathway, lines.months.edges) / years.days[:, np.newaxis, np.newaxis]
    for tier, name in enumerate(legend.need_tiers):
        amount = agreed.contract.a_head.get(name)
        if amount is None:
            continue
        mine = {**labels, "need_tier": name}
        pounds = lines.pounds("contract", agreed.contract.name, amount, mine)
        if pounds is not None:
            paid = years.whole_pence(pounds * people[:, tier, :])
            lines.add_each_of(BILL, "contract", paid, mine, ("footprint", legend.footprints))


def _settle(lines: Lines, facts: Facts, one: tuple[ContractYears, Agreed, str], prices: Floats) -> None:
    """Adds what is settled at the end of each year for one activity."""
    years, agreed, name = one
    if name not in facts.legend.elements:
        return
    shape = len(facts.legend.elements) + 1, len(facts.legend.groups)
    cells = np.arange(len(Cells.of(facts.legend))).reshape(shape)[facts.legend.elements.index(name)]
    contacts, price = facts.events.contacts[:, cells], prices[cells]
    contract, activity = agreed.contract, facts.pathway.activities[name]
    labels = {
        "payer": contract.payer,
        "provider": agreed.provider,
        "setting": activity.setting,
        "element": name,
    }
    for months in years.ends().values():
        came = contacts[months].sum(axis=0)
        known = came > 0
        if np.isnan(price[known]).any():
            continue  # what has no price is noted with the prices
        number = float(came.sum())
        over = number - contract.planned.get(name, 0.0) * float(years.shares[months].sum())
        mean = float((came[known] * price[known]).sum()) / number if number else _usual(lines, activity.price)
        if mean is None:
            continue
        rate = contract.rate_over if over > 0 else contract.rate_under
        lines.add(BILL, "settlement", int(months[-1]), rate * mean * over, labels)


def _usual(lines: Lines, price: Money | ByGroup[Money] | None) -> float | None:
    """Returns the price of an activity to which nobody came, of patients of no group that is listed."""
    if price is None:
        return None
    return lines.prices.pounds(price.otherwise if isinstance(price, ByGroup) else price)


def _labels(pathway: Pathway, agreed: Agreed) -> Mapping[str, str]:
    """Returns payer and provider of a contract, and activity and setting where it has only one."""
    settings = {pathway.activities[each].setting for each in agreed.activities if each in pathway.activities}
    return {
        "payer": agreed.contract.payer,
        "provider": agreed.provider,
        "setting": _only(sorted(settings)),
        "element": _only(agreed.activities),
    }


def _joint(pathway: Pathway, agreed: Sequence[Agreed]) -> Mapping[str, frozenset[str]]:
    """Returns the activities and the settings that a contract pays for together with others."""
    elements, settings = set[str](), set[str]()
    for each in agreed:
        mine = {name for name in each.activities if name in pathway.activities}
        where = {pathway.activities[name].setting for name in mine}
        elements |= mine if len(mine) > 1 else set()
        settings |= where if len(where) > 1 else set()
    return {"element": frozenset(elements), "setting": frozenset(settings)}


def _only(names: Sequence[str]) -> str:
    """Returns the only one of some names; "" if there are none, or several."""
    return names[0] if len(names) == 1 else ""
