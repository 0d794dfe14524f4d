"""Looking up what a pathway names: indices of elements, groups, pools and need tiers, and values by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from pathway_modeller.scenario.dated import Change, Dated, at_first, in_the_end
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.values import ByGroup, Varied
from pathway_modeller.simulation.chance.samplers import Sampler, make_sampler, residual_sampler
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, NOWHERE, PoolNeed
from pathway_modeller.simulation.model.table import Changing, Table, Values
from pathway_modeller.simulation.trace import PoolKey

S = TypeVar("S")
R = TypeVar("R")


class Lookup:
    """A pathway with the index of everything that it names.

    Args:
        pathway: the pathway.
        run: the run settings.
    """

    def __init__(self, pathway: Pathway, run: RunSettings) -> None:
        self.pathway = pathway
        self.run = run
        self.until = run.warm_up.days + run.duration.days
        self.drawn = dict(sorted(pathway.drawn().items()))
        self.elements = {identifier: index for index, identifier in enumerate(self.drawn)}
        self.tiers = sorted(pathway.need_tiers, key=lambda tier: (pathway.need_tiers[tier].level, tier))
        self.footprints = sorted(pathway.footprints)
        self.attributes = sorted(pathway.attributes)
        self.pools = self._pool_keys()
        self.stay_ids = sorted(pathway.stays)

    def _pool_keys(self) -> dict[PoolKey, int]:
        """Returns each body of capacity with its index."""
        keys: list[PoolKey] = []
        for identifier in sorted(self.pathway.pools):
            if self.pathway.pools[identifier].per_footprint:
                keys.extend(PoolKey(identifier, footprint) for footprint in self.footprints)
            else:
                keys.append(PoolKey(identifier, None))
        return {key: index for index, key in enumerate(keys)}

    def _element(self, identifier: str | None) -> int:
        """Returns an element's index, NOWHERE for None."""
        if identifier is None:
            return NOWHERE
        if identifier not in self.elements:
            raise ModelError(f"The pathway has no element {identifier!r}.")
        return self.elements[identifier]

    def _tier(self, identifier: str | None) -> int:
        """Returns a need tier's index, NOWHERE for None."""
        if identifier is None:
            return NOWHERE
        if identifier not in self.tiers:
            raise ModelError(f"The pathway has no need tier {identifier!r}.")
        return self.tiers.index(identifier)

    def _group(self, by: str) -> tuple[int, list[str]]:
        """Returns the place of a group among a patient's groups, and its values."""
        if by == "need_tier":
            return NEED_TIER, list(self.tiers)
        if by == "footprint":
            return FOOTPRINT, list(self.footprints)
        if by not in self.attributes:
            raise ModelError(f"The pathway has no patient attribute {by!r}.")
        return 2 + self.attributes.index(by), sorted(self.pathway.attributes[by].values)

    def _table(self, value: Varied[S], turn: Callable[[S], R]) -> Table[R]:
        """Returns a value that may differ by group as a table."""
        if not isinstance(value, ByGroup):
            return Table(-1, (), turn(value))
        place, names = self._group(value.by)
        otherwise = turn(value.otherwise)
        values = tuple(turn(value.values[name]) if name in value.values else otherwise for name in names)
        return Table(place, values, otherwise)

    def _values(self, value: Dated[S], turn: Callable[[S], R]) -> Values[R]:
        """Returns a value that may change at a date; one table where the run sees no change of it."""
        if not isinstance(value, Change):
            return self._table(value, turn)
        begins = float((value.starts - self.run.start_date).days)
        if begins >= self.until:
            return self._table(value.before, turn)
        if value.done <= self.run.start_date:
            return self._table(value.after, turn)
        before, after = self._table(value.before, turn), self._table(value.after, turn)
        return Changing(before, after, begins, value.days)

    def _shares(self, value: Varied[float]) -> Table[float]:
        """Returns shares or rates by group."""
        return self._table(value, float)

    def _times(self, value: Varied[Distribution]) -> Table[Sampler]:
        """Returns times by group."""
        return self._table(value, make_sampler)

    def _dated_times(self, value: Dated[Distribution]) -> Values[Sampler]:
        """Returns times by group that may change at a date."""
        return self._values(value, make_sampler)

    def _residuals(self, value: Dated[Distribution]) -> Table[Sampler]:
        """Returns the equilibrium residual of times by group, as they were unless wholly changed on day 0."""
        changed = isinstance(value, Change) and value.done <= self.run.start_date
        return self._table(
            in_the_end(value) if changed else at_first(value),
            lambda time: residual_sampler(make_sampler(time)),
        )

    def _needs(self, needs: Mapping[str, int]) -> tuple[PoolNeed, ...]:
        """Returns the units needed of each pool."""
        found = []
        for pool, units in sorted(needs.items()):
            if pool not in self.pathway.pools:
                raise ModelError(f"The pathway has no capacity pool {pool!r}.")
            if self.pathway.pools[pool].per_footprint:
                bodies = tuple(self.pools[PoolKey(pool, footprint)] for footprint in self.footprints)
            else:
                bodies = (self.pools[PoolKey(pool, None)],)
            if not bodies:
                raise ModelError(f"Pool {pool!r} is held by footprints, but the pathway has none.")
            found.append(PoolNeed(bodies, units))
        return tuple(found)
