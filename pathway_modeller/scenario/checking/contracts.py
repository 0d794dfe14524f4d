"""Contracts: figures that their kind needs or has no use for, and activities that they can pay for."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.contracts import Agreed, Contract
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.words.sentences import listed, member_name
from pathway_modeller.scenario.words.structure import Step


def find_contracts(pathway: Pathway) -> Iterator[Finding]:
    """Yields what is wrong with the contracts of providers."""
    first: dict[str, Agreed] = {}
    for agreed in pathway.agreed():
        here: tuple[Step, ...] = ("providers", agreed.provider, "contracts", agreed.key)
        yield from _needed(pathway, here, agreed)
        yield from _useless(here, agreed.contract)
        yield from _paid_for(pathway, here, agreed)
        for activity in agreed.activities:
            other = first.setdefault(activity, agreed)
            if other is not agreed and activity in pathway.activities:
                name = member_name(pathway, "activities", activity)
                what = f'{name} is paid for by "{other.contract.name}", too'
                mend = "List the activities of each, so that every one has one contract"
                yield error((*here, "activities"), what, mend)


def _needed(pathway: Pathway, here: tuple[Step, ...], agreed: Agreed) -> Iterator[Finding]:
    """Yields figures without which a contract cannot be reckoned."""
    contract = agreed.contract
    if contract.has_amount and contract.amount is None:
        what = f"it is of the kind {contract.kind} and has no amount"
        yield error((*here, "amount"), what, "Give the pounds a year")
    if contract.kind == "fixed and marginal":
        lacking = [each for each in agreed.activities if each not in contract.planned]
        names = [member_name(pathway, "activities", each) for each in lacking if each in pathway.activities]
        if names:
            what = f"no contacts are planned of {listed(names)}"
            mend = "Give the contacts a year that the amount pays for, or list the activities without it"
            yield error((*here, "planned"), what, mend)
        if not contract.rate_over and not contract.rate_under:
            what = "nothing is paid over the plan and nothing taken off under it, as under a block"
            yield warning((*here, "rate_over"), what, "Give a rate, or choose the kind block")
    if contract.kind == "capitation":
        if not contract.a_head:
            what = "it is a capitation and no need tier has an amount"
            yield error((*here, "a_head"), what, "Give the pounds a head and year of a need tier")
        elif not any(
            place.people.get(tier) for place in pathway.footprints.values() for tier in contract.a_head
        ):
            what = "nobody lives in a need tier for which it pays"
            yield warning((*here, "a_head"), what, "Give the people of each footprint, or another need tier")


def _useless(here: tuple[Step, ...], contract: Contract) -> Iterator[Finding]:
    """Yields figures that a contract of this kind has no use for."""
    marginal, heads = contract.kind == "fixed and marginal", contract.kind == "capitation"
    for key, word, given, used in (
        ("amount", "the amount", contract.amount is not None, contract.has_amount),
        ("planned", "what is planned", bool(contract.planned), marginal),
        ("rate_over", "the rate over plan", contract.rate_over > 0, marginal),
        ("rate_under", "the rate under plan", contract.rate_under > 0, marginal),
        ("a_head", "what is paid a head", bool(contract.a_head), heads),
    ):
        if given and not used:
            what = f"{word} has no effect, since its kind is {contract.kind}"
            yield warning((*here, key), what, "Choose another kind, or take it out")


def _paid_for(pathway: Pathway, here: tuple[Step, ...], agreed: Agreed) -> Iterator[Finding]:
    """Yields activities of another provider or payer, planned ones that it does not pay for, or none."""
    contract = agreed.contract
    for position, key in enumerate(contract.activities):
        activity = pathway.activities.get(key)
        if activity is None:
            continue  # named where ids are checked
        name = member_name(pathway, "activities", key)
        for word, has, wanted in (
            ("provider", activity.provider, agreed.provider),
            ("payer", activity.payer, contract.payer),
        ):
            if has != wanted:
                what = f"the {word} of {name} is another one than the contract's"
                mend = f"Choose the same {word} at both, or take the activity out"
                yield error((*here, "activities", position), what, mend)
    for key in contract.planned if contract.kind == "fixed and marginal" else ():
        if key in pathway.activities and key not in agreed.activities:
            what = f"it does not pay for {member_name(pathway, 'activities', key)}"
            yield error((*here, "planned", key), what, "Add the activity, or take the plan out")
    if not agreed.activities and contract.payer in pathway.payers:
        what = "its provider does nothing for its payer that is drawn"
        yield warning((*here, "activities"), what, "Name payer and provider at the activities it pays for")
