"""What a scenario is ready for: waits, money, payers, contacts, people, standards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.readiness.care import find_people, find_standards, find_waits
from pathway_modeller.scenario.readiness.contacts import find_contacts
from pathway_modeller.scenario.readiness.missing import PARTS, Missing, Part, Pathways, pathways_of
from pathway_modeller.scenario.readiness.pounds import find_money, find_payers
from pathway_modeller.scenario.words.sentences import listed

_FINDERS: Mapping[Part, Callable[[Scenario, Pathways], Iterator[Missing]]] = {
    "waits": find_waits,
    "money": find_money,
    "payers": find_payers,
    "contacts": find_contacts,
    "people": find_people,
    "standards": find_standards,
}


@dataclass(frozen=True)
class Readiness:
    """Whether a scenario is ready for one kind of answer.

    Attributes:
        part: the kind of answer.
        missing: what it lacks; nothing if it is ready.
    """

    part: Part
    missing: tuple[Missing, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def readiness(scenario: Scenario) -> tuple[Readiness, ...]:
    """Returns what a scenario is ready for, in the order of ``PARTS``.

    Args:
        scenario: one in which the check finds no error.
    """
    pathways = pathways_of(scenario)
    return tuple(Readiness(part, tuple(_FINDERS[part](scenario, pathways))) for part in PARTS)


def readiness_line(found: tuple[Readiness, ...]) -> str:
    """Returns what a scenario is ready for in one line, with how much is missing for the rest."""
    ready = [each.part for each in found if each.is_ready]
    lacking = [f"{each.part} ({len(each.missing)})" for each in found if not each.is_ready]
    parts = [f"ready for {listed(ready)}"] if ready else []
    if lacking:
        parts.append(f"not yet {'ready ' if not ready else ''}for {listed(lacking)}")
    line = "; ".join(parts)
    return f"{line[:1].upper()}{line[1:]}."
