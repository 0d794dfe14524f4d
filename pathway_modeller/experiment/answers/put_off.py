"""Contacts that an option loses, and work that it puts off: neither a saving nor a shorter wait."""

from __future__ import annotations

from dataclasses import dataclass

from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.experiment.answers.sections import Compared, Displaced
from pathway_modeller.scenario.options import BASELINE


def loses_contacts(one: Compared, gone: Displaced) -> bool:
    """Returns whether as many contacts as matter become unmet need or are found nowhere."""
    return gone.lost * one.years >= max(_least(one), 1.0)


def _least(one: Compared) -> float:
    """The smallest difference in contacts that matters, over the period."""
    contacts = one.results.measures[BASELINE].of("contacts")
    return one.scenario.matters.least("contacts", float(contacts.mean()) if len(contacts) else 0.0)


@dataclass(frozen=True)
class PutOff:
    """Work that an option puts off beyond the period.

    Attributes:
        pounds: a year, at the baseline's mean cost of a contact.
        sentence: the same in words.
    """

    pounds: float
    sentence: str


def put_off_work(one: Compared, gone: Displaced) -> PutOff | None:
    """Returns the work that is put off beyond the period; None if it is less than what matters."""
    contacts = one.results.measures[BASELINE].of("contacts")
    seen = float(contacts.mean()) if len(contacts) else 0.0
    if gone.deferred <= _least(one) or not seen:
        return None
    yearly = gone.deferred * one.pathway_costs / seen
    said = f"{gone.deferred:,.0f} contacts are put off beyond the period, which at the baseline's mean cost"
    return PutOff(yearly, f"{said} of a contact are {pounds(yearly * one.years * 100)} over {one.over}.")
