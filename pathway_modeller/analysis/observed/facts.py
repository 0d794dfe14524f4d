"""The facts of one replication, from which every figure is worked out.

There are two ways to them: a trace can be read afterwards, or rows are tallied while they are played and none
is kept. Figures ask for facts and not for a trace, so that what only a trace could tell cannot be asked.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathway_modeller.analysis.observed.levels import Levels
from pathway_modeller.analysis.observed.people import People
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.observed.tallied_levels import TalliedLevels
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.analysis.observed.traced_account import account_from
from pathway_modeller.analysis.observed.traced_clocks import clocks_from
from pathway_modeller.analysis.observed.traced_levels import levels_from
from pathway_modeller.analysis.observed.traced_people import (
    caseloads_from,
    days_from,
    events_from,
    inside_from,
    moves_from,
)
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.tally.people_facts import (
    AccountFacts,
    Clocks,
    Events,
    PeopleMoves,
    Times,
    Values,
)
from pathway_modeller.simulation.trace import Trace

if TYPE_CHECKING:
    from pathway_modeller.simulation.tally.people_rows import ByCell


class Facts(Scope, ABC):
    """What is known of one replication."""

    @property
    @abstractmethod
    def events(self) -> Events:
        """What happened in the period."""

    @abstractmethod
    def days(self, name: ByCell) -> Values:
        """Returns a list of days by cell."""

    @property
    @abstractmethod
    def caseload_time(self) -> Times:
        """Time on caseloads."""

    @property
    @abstractmethod
    def inside_time(self) -> Times:
        """Time on the pathway."""

    @property
    @abstractmethod
    def account(self) -> AccountFacts:
        """Who joined each queue and what became of them."""

    @property
    @abstractmethod
    def moves(self) -> PeopleMoves:
        """Changes of the number of people."""

    @cached_property
    def people(self) -> People:
        """People by need tier and footprint, over time."""
        return People.of(self, self.moves)

    @property
    @abstractmethod
    def clocks(self) -> tuple[Clocks, ...]:
        """The clocks of each standard, in order of id."""

    @property
    @abstractmethod
    def levels(self) -> Levels:
        """Queues, units and the number inside over time."""


@dataclass(frozen=True, eq=False)
class TalliedFacts(Facts):
    """The facts of a replication that was tallied while it was played.

    Attributes:
        tallied: what was counted.
    """

    tallied: Tallied

    @property
    def events(self) -> Events:
        """What happened in the period."""
        return self.tallied.people.events

    def days(self, name: ByCell) -> Values:
        """Returns a list of days by cell."""
        return self.tallied.people.lists[name]

    @property
    def caseload_time(self) -> Times:
        """Time on caseloads."""
        return self.tallied.people.caseload_time

    @property
    def inside_time(self) -> Times:
        """Time on the pathway."""
        return self.tallied.people.inside_time

    @property
    def account(self) -> AccountFacts:
        """Who joined each queue and what became of them."""
        return self.tallied.people.account

    @property
    def moves(self) -> PeopleMoves:
        """Changes of the number of people."""
        return self.tallied.people.moves

    @property
    def clocks(self) -> tuple[Clocks, ...]:
        """The clocks of each standard, in order of id."""
        return self.tallied.people.clocks

    @cached_property
    def levels(self) -> Levels:
        """Queues, units and the number inside over time."""
        return TalliedLevels(self.tallied)


@dataclass(frozen=True, eq=False)
class TracedFacts(Facts):
    """The facts of a replication of which the trace was kept; each is worked out when it is first asked for.

    Attributes:
        traced: the trace made ready for reading.
    """

    traced: Traced

    @cached_property
    def events(self) -> Events:
        """What happened in the period."""
        return events_from(self.traced)

    @cached_property
    def _days(self) -> dict[ByCell, Values]:
        """The lists of days that were asked for."""
        return {}

    def days(self, name: ByCell) -> Values:
        """Returns a list of days by cell."""
        if name not in self._days:
            self._days[name] = days_from(self.traced, name)
        return self._days[name]

    @cached_property
    def caseload_time(self) -> Times:
        """Time on caseloads."""
        return caseloads_from(self.traced)

    @cached_property
    def inside_time(self) -> Times:
        """Time on the pathway."""
        return inside_from(self.traced)

    @cached_property
    def account(self) -> AccountFacts:
        """Who joined each queue and what became of them."""
        return account_from(self.traced)

    @cached_property
    def moves(self) -> PeopleMoves:
        """Changes of the number of people."""
        return moves_from(self.traced)

    @cached_property
    def clocks(self) -> tuple[Clocks, ...]:
        """The clocks of each standard, in order of id."""
        return tuple(clocks_from(self.traced, each) for _, each in sorted(self.pathway.standards.items()))

    @cached_property
    def levels(self) -> Levels:
        """Queues, units and the number inside over time."""
        return levels_from(self.traced)


def facts_of_trace(trace: Trace, pathway: Pathway) -> TracedFacts:
    """Returns the facts of a pathway that was played out, read from its trace."""
    return TracedFacts(trace.legend, pathway, Traced.of(trace, pathway))


def facts_of(played: Trace | Tallied | Facts, pathway: Pathway) -> Facts:
    """Returns the facts of a replication; facts come back as they are, with all that they have worked out."""
    if isinstance(played, Facts):
        return played
    if isinstance(played, Trace):
        return facts_of_trace(played, pathway)
    return TalliedFacts(played.legend, pathway, played)
