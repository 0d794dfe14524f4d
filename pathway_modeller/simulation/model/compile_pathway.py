"""Turning a pathway into a :class:`Model`: ids to indices, groups to tables, units to days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from pathway_modeller.scenario.document import DrawnElement, Pathway, RunSettings
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    CalendarCondition,
    Condition,
    Decision,
    EntryPoint,
    ExitPoint,
    QueueCondition,
    TimeCondition,
    Transition,
    VisitsCondition,
    Wait,
)
from pathway_modeller.scenario.network.graph import arrows_out, ways
from pathway_modeller.scenario.values import WEEKDAYS
from pathway_modeller.simulation.chance.random_numbers import element_key
from pathway_modeller.simulation.model.activity_parts import ActivityParts
from pathway_modeller.simulation.model.dates import Calendar, clock_days
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.model.living_model import (
    lives,
    make_need_changes,
    make_population,
    people_by_tier,
)
from pathway_modeller.simulation.model.living_parts import PopulationPart
from pathway_modeller.simulation.model.occurring import combinations
from pathway_modeller.simulation.model.parts import (
    ActivityPart,
    Arrow,
    AttributeDraw,
    ConditionPart,
    Model,
    Routes,
    StayPart,
    Stream,
    TodayPart,
    WaitPart,
)
from pathway_modeller.simulation.model.sources import make_streams, make_today, people_draw
from pathway_modeller.simulation.trace import Legend, PoolKey


def compile_pathway(pathway: Pathway, run: RunSettings) -> Model:
    """Returns the model of a pathway under run settings.

    Raises:
        ModelError: the pathway is not complete or names something that is not there.
    """
    model = _Compiler(pathway, run).model()
    return replace(model, legend=replace(model.legend, combinations=combinations(model)))


class _Compiler(ActivityParts):
    """Puts the parts of a model together."""

    def model(self) -> Model:
        """Returns the finished model."""
        self._refuse_colliding_keys()
        drawn = self.drawn.values()
        living = lives(self.pathway)
        streams = make_streams(
            self.pathway, self.run, self.until, self.elements, self.tiers, self.footprints, living
        )
        draw = people_draw(self.pathway, self.tiers, self.footprints, {}, {})
        run, out = self.run, arrows_out(self.pathway)
        calendar = Calendar(run.start_date, self.until)
        today: tuple[TodayPart, ...] = ()
        if run.start == "today":
            today = make_today(
                self.pathway, self.elements, self.tiers, self.footprints, draw, self._residuals
            )
        keys = [stream.key for stream in streams] + [part.key for part in today]
        if len(set(keys)) < len(keys):
            raise ModelError("Two streams of patients would share random numbers; rename an entry point.")
        self._refuse_people_from_nowhere((*streams, *today))
        passed = self.pathway.passed_at_once()
        parts = [self._part(identifier, element) for identifier, element in self.drawn.items()]
        return Model(
            legend=self._legend(),
            keys=tuple(element_key(identifier) for identifier in self.drawn),
            names=tuple(element.name for element in drawn),
            pool_names=tuple(self._pool_name(key) for key in self.pools),
            activities=tuple(part if isinstance(part, ActivityPart) else None for part in parts),
            waits=tuple(part if isinstance(part, WaitPart) else None for part in parts),
            decisions=tuple(identifier in passed for identifier in self.drawn),
            exits=tuple(identifier in self.pathway.exit_points for identifier in self.drawn),
            routes=tuple(self._routes(identifier, out.get(identifier, ())) for identifier in self.drawn),
            entry_attributes=tuple(self._entry_attributes(identifier) for identifier in self.drawn),
            default_groups=tuple(self._default_value(attribute) for attribute in self.attributes),
            capacity=tuple(
                calendar.changes(self.pathway.pools[key.pool], key.footprint) for key in self.pools
            ),
            open_later=tuple(
                calendar.most_after(self.pathway.pools[key.pool], key.footprint) for key in self.pools
            ),
            stays=tuple(self._stay(identifier) for identifier in self.stay_ids),
            streams=streams,
            today=today,
            start_date=run.start_date,
            until=self.until,
            need_changes=make_need_changes(self.pathway, tuple(self.drawn), self.tiers, self._shares),
            population=self._population() if living else None,
        )

    def _population(self) -> PopulationPart:
        """Returns the living population."""
        return make_population(
            self.pathway, self.run, self.until, self.tiers, self.footprints, self.elements, self._shares
        )

    def _legend(self) -> Legend:
        """Returns what the indices stand for."""
        living = lives(self.pathway)
        if self.pathway.moves and not living:
            raise ModelError("People move between need tiers, but no footprint says how many live there.")
        return Legend(
            elements=tuple(self.drawn),
            pools=tuple(self.pools),
            need_tiers=tuple(self.tiers),
            footprints=tuple(self.footprints),
            start_date=self.run.start_date,
            warm_up=self.run.warm_up.days,
            until=self.until,
            moves=tuple(sorted(self.pathway.moves)) if living else (),
            people=people_by_tier(self.pathway, self.tiers, self.footprints) if living else (),
            deteriorations=self._all_deteriorations(),
        )

    def _pool_name(self, key: PoolKey) -> str:
        """Returns the name of a body of capacity."""
        name = self.pathway.pools[key.pool].name
        return name if key.footprint is None else f"{name} ({self.pathway.footprints[key.footprint].name})"

    def _refuse_colliding_keys(self) -> None:
        """Requires that no two ids share a random-number key (about 1 in 30,000 at 500 elements)."""
        seen: dict[int, str] = {}
        dangers = [f"{activity}/{what}" for activity, what in self._all_deteriorations()]
        pathway = self.pathway
        given = (*pathway.transitions, *pathway.attributes, *pathway.moves, *pathway.preventions)
        for identifier in (*self.drawn, *given, *dangers):
            other = seen.setdefault(element_key(identifier), identifier)
            if other != identifier:
                raise ModelError(
                    f"The ids {other!r} and {identifier!r} would share random numbers; rename one of them."
                )

    def _refuse_people_from_nowhere(self, sources: Sequence[Stream | TodayPart]) -> None:
        """Requires that patients have a footprint where capacity is held by several footprints."""
        split = [pool for key, pool in sorted(self.pathway.pools.items()) if pool.per_footprint]
        if not split or len(self.footprints) < 2:
            return
        for source in sources:
            if any(place < 0 for _, place in source.groups.pairs):
                element = source.element if isinstance(source, Stream) else source.activity
                raise ModelError(
                    f'Patients of "{self.drawn[list(self.drawn)[element]].name}" have no footprint, but pool '
                    f'"{split[0].name}" is held by footprints; say how many people live in each footprint, '
                    "or give the entry point shares of footprints."
                )

    def _stay(self, identifier: str) -> StayPart:
        """Returns a stay."""
        stay = self.pathway.stays[identifier]
        return StayPart(self._needs(stay.needs), self._element(stay.begins_with))

    def _part(self, identifier: str, element: DrawnElement) -> ActivityPart | WaitPart | None:
        """Returns what takes patients for a time at an element, where something does."""
        match element:
            case Activity():
                return self._activity(identifier, element)
            case Wait():
                return self._wait(identifier, element)
            case EntryPoint() | Decision() | ExitPoint():
                return None
            case _:
                assert_never(element)

    def _wait(self, identifier: str, wait: Wait) -> WaitPart:
        """Returns a planned interval."""
        if wait.time is None:
            raise ModelError(f'Wait "{wait.name}" has no time.')
        return WaitPart(
            self._dated_times(wait.time),
            self._ended(identifier, "start"),
            self._ended(identifier, "completion"),
        )

    def _routes(self, identifier: str, out: Sequence[tuple[str, Transition]]) -> Routes:
        """Returns the arrows out of an element."""
        if not out and identifier not in self.pathway.exit_points and not self._stands_alone(identifier):
            raise ModelError(f'"{self.drawn[identifier].name}" leads nowhere; draw an arrow from it.')
        arrows = [self._arrow(key, transition) for key, transition in out]
        return Routes(
            tuple(arrow for arrow in arrows if arrow.condition is not None),
            tuple(arrow for arrow in arrows if arrow.condition is None),
        )

    def _stands_alone(self, identifier: str) -> bool:
        """Tells whether nothing leads to an element, so that no patient is ever in it."""
        led_to = {way.target for way in ways(self.pathway)}
        return identifier not in (*led_to, *self.pathway.entry_points, *self.pathway.today)

    def _arrow(self, identifier: str, transition: Transition) -> Arrow:
        """Returns an arrow."""
        own_team = self._to_own_team(transition)
        sets = []
        for attribute, value in sorted(transition.sets.items()):
            place, names = self._group(attribute)
            sets.append((place, names.index(value)))
        return Arrow(
            key=element_key(identifier),
            target=self._element(transition.target),
            share=self._values(transition.share, float),
            condition=None if transition.when is None else self._condition(transition.when),
            time=None if transition.time is None or own_team else self._dated_times(transition.time),
            keeps_units=transition.keeps_units,
            sets=tuple(sets),
        )

    def _to_own_team(self, transition: Transition) -> bool:
        """Tells whether an arrow leads from a single point of contact to its own team."""
        activity = self.pathway.activities.get(transition.origin)
        point = None if activity is None else activity.single_point
        return point is not None and transition.target in point.team

    def _condition(self, condition: Condition) -> ConditionPart:
        """Returns a condition."""
        match condition:
            case AttributeCondition():
                place, names = self._group(condition.attribute)
                indices = frozenset(names.index(value) for value in condition.values)
                return ConditionPart(condition.kind, group=place, indices=indices)
            case QueueCondition():
                element = self._element(condition.activity)
                return ConditionPart(condition.kind, element=element, at_least=condition.at_least)
            case VisitsCondition():
                element = self._element(condition.element)
                return ConditionPart(condition.kind, element=element, at_least=condition.at_least)
            case TimeCondition():
                return ConditionPart(condition.kind, at_least=condition.at_least.days)
            case CalendarCondition():
                return ConditionPart(
                    condition.kind,
                    indices=frozenset(WEEKDAYS.index(day) for day in condition.weekdays),
                    opens=clock_days(condition.opens),
                    closes=clock_days(condition.closes),
                )

    def _default_value(self, attribute: str) -> int:
        """Returns the index of an attribute's default value."""
        declared = self.pathway.attributes[attribute]
        return sorted(declared.values).index(declared.default)

    def _entry_attributes(self, identifier: str) -> tuple[AttributeDraw, ...]:
        """Returns the attributes that an entry point gives."""
        entry = self.pathway.entry_points.get(identifier)
        found = []
        for attribute, shares in sorted((entry.attributes if entry else {}).items()):
            place, names = self._group(attribute)

            def cumulate(values: Mapping[str, float], names: list[str] = names) -> tuple[float, ...]:
                total, sums = 0.0, []
                for name in names:
                    total += values.get(name, 0.0)
                    sums.append(total)
                return tuple(sums)

            found.append(AttributeDraw(element_key(attribute), place, self._table(shares, cumulate)))
        return tuple(found)
