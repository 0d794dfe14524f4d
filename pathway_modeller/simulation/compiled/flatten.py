"""Laying a :class:`~pathway_modeller.simulation.model.parts.Model` out in flat arrays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pathway_modeller.scenario.elements import Harm
from pathway_modeller.simulation.chance.samplers import Sampler
from pathway_modeller.simulation.compiled import layout as lay
from pathway_modeller.simulation.compiled.draws import CHANGING, GUIDE
from pathway_modeller.simulation.compiled.queues import DEATH, EMERGENCY, NEED
from pathway_modeller.simulation.compiled.routes import (
    BY_ATTRIBUTE,
    BY_CALENDAR,
    BY_QUEUE,
    BY_TIME,
    BY_VISITS,
)
from pathway_modeller.simulation.model.demand import Clock
from pathway_modeller.simulation.model.living_parts import LanePart, PopulationPart
from pathway_modeller.simulation.model.parts import (
    ActivityPart,
    Arrow,
    ConditionKind,
    ConditionPart,
    DeteriorationPart,
    Draw,
    Model,
    PoolNeed,
    TodayPart,
)
from pathway_modeller.simulation.model.stopping import highest_from
from pathway_modeller.simulation.model.table import Changing, Values

_KINDS: Mapping[ConditionKind, int] = {
    "attribute": BY_ATTRIBUTE,
    "queue": BY_QUEUE,
    "visits": BY_VISITS,
    "time on pathway": BY_TIME,
    "calendar": BY_CALENDAR,
}
_HARM: Mapping[Harm, int] = {"emergency": EMERGENCY, "need": NEED, "death": DEATH}

_TYPES = {
    "elements": lay.ELEMENT,
    "tables": lay.TABLE,
    "samplers": lay.SAMPLER,
    "arrows": lay.ARROW,
    "conditions": lay.CONDITION,
    "profiles": lay.PROFILE,
    "streams": lay.STREAM,
    "draws": lay.DRAW,
    "lists": lay.LIST,
    "attributes": lay.ATTRIBUTE,
    "deteriorations": lay.DETERIORATION,
    "changes": lay.CHANGE,
    "by_waits": lay.BY_WAIT,
    "pressures": lay.PRESSURE,
    "reactions": lay.REACTION,
    "bodies": lay.BODY,
    "pool_sets": lay.POOL_SET,
    "needs": lay.NEED,
    "preventions": lay.PREVENTION,
    "channels": lay.CHANNEL,
    "lanes": lay.LANE,
    "places": lay.PLACE,
}


def flatten(model: Model) -> dict[str, Any]:
    """Returns the tables of a model by the names they have in :class:`layout.World`."""
    return _Flat(model).arrays()


def _ranks(model: Model) -> dict[int, int]:
    """Returns the place of each priority among all of them, since those of a file may be of any size."""
    tables = [activity.priority for activity in model.activities if activity is not None]
    given = {value for table in tables for value in (*table.values, table.otherwise)}
    return {value: rank for rank, value in enumerate(sorted(given))}


def _part_of(clock: Clock, share: float) -> int:
    """Returns the part of the day in which a share of the day's demand is reached."""
    return min(bisect_right(clock.parts, share) - 1, len(clock.parts) - 2)


class _Flat:
    """Collects records and the two pools of numbers."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.ix: list[int] = []
        self.fx: list[float] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TYPES}
        self._known: dict[tuple[str, int], int] = {}
        self._alive: list[object] = []
        self._ranks = _ranks(model)

    def arrays(self) -> dict[str, Any]:
        """Returns everything laid out."""
        model = self.model
        for element in range(len(model.names)):
            self._element(element)
        for stream in model.streams:
            self._stream(stream)
        for part in model.today:
            self._list(part)
        stays = [self._pools(stay.needs) for stay in model.stays]
        self._bodies()
        if model.population is not None:
            self._population(model.population)
        found: dict[str, Any] = {name: np.array(rows, dtype=_TYPES[name]) for name, rows in self.rows.items()}
        found["ix"] = np.array([*self.ix, 0], dtype=np.int64)
        found["fx"] = np.array([*self.fx, 0.0], dtype=np.float64)
        found["stays"] = np.array(stays, dtype=np.int64)
        found["defaults"] = np.array(model.default_groups, dtype=np.int64)
        return found

    # --- pools and records -------------------------------------------------------------------------

    def _ints(self, values: Iterable[int]) -> int:
        """Adds whole numbers to their pool; returns where they start."""
        start = len(self.ix)
        self.ix.extend(map(int, values))
        return start

    def _floats(self, values: Iterable[float]) -> int:
        """Adds numbers to their pool; returns where they start."""
        start = len(self.fx)
        self.fx.extend(map(float, values))
        return start

    def _add(self, table: str, /, **fields: float) -> int:
        """Adds a record; returns its index."""
        names = _TYPES[table].names or ()
        rows = self.rows[table]
        rows.append(tuple(fields[name] for name in names))
        return len(rows) - 1

    def _once(self, kind: str, thing: object, make: Callable[[], int]) -> int:
        """Returns the index of something that is laid out once only."""
        key = (kind, id(thing))
        if key not in self._known:
            self._known[key] = make()
            self._alive.append(thing)
        return self._known[key]

    def _sampler(self, sampler: Sampler | None) -> int:
        """Returns the index of a sampler, -1 for none."""
        if sampler is None:
            return -1
        return self._once("sampler", sampler, lambda: self._new_sampler(sampler))

    def _new_sampler(self, x: Sampler) -> int:
        """Adds a sampler."""
        table = self._once("values", x.table, lambda: self._floats(x.table))
        return self._add(
            "samplers", family=int(x.family), start=table, length=len(x.table), a=x.a, b=x.b, c=x.c
        )

    def _table(self, table: Values[Any] | None, turn: Callable[[Any], float] = float) -> int:
        """Adds a value by group, which may change at a date; -1 for none."""
        if table is None:
            return -1
        if isinstance(table, Changing):
            both = self._table(table.before, turn), self._table(table.after, turn)
            return self._add(
                "tables", by=CHANGING, start=self._ints((*both, table.steps)), otherwise=table.begins
            )
        start = self._floats([turn(value) for value in table.values])
        return self._add("tables", by=table.by, start=start, otherwise=turn(table.otherwise))

    def _times(self, table: Values[Any] | None) -> int:
        """Adds times by group; -1 for none."""
        return self._table(table, self._sampler)

    def _profile(self, clock: Clock) -> int:
        """Returns the index of a profile."""
        return self._once("clock", clock, lambda: self._new_profile(clock))

    def _new_profile(self, x: Clock) -> int:
        """Adds a profile."""
        return self._add(
            "profiles",
            days=self._floats(x.days),
            days_n=len(x.days),
            factors=self._floats(x.factors),
            factors_n=len(x.factors),
            parts=self._floats(x.parts),
            parts_n=len(x.parts),
            guide=self._ints(_part_of(x, share / GUIDE) for share in range(GUIDE + 1)),
        )

    def _draw(self, cumulative: Sequence[float], pairs: Sequence[tuple[int, int]] = ()) -> int:
        """Adds a draw of one of several."""
        places = self._ints([each for pair in pairs for each in pair])
        return self._add("draws", start=self._floats(cumulative), n=len(cumulative), pairs=places)

    def _groups(self, draw: Draw) -> int:
        """Adds a draw of need tier and footprint."""
        return self._draw(draw.cumulative, draw.pairs)

    def _pools(self, needs: Sequence[PoolNeed]) -> int:
        """Adds a set of pools."""
        start = len(self.rows["needs"])
        for need in needs:
            bodies = self._ints(need.bodies)
            self._add("needs", units=need.units, bodies=bodies, bodies_n=len(need.bodies))
        return self._add("pool_sets", start=start, end=len(self.rows["needs"]))

    # --- elements ----------------------------------------------------------------------------------

    def _element(self, index: int) -> None:
        """Adds an element of whatever kind."""
        model = self.model
        fields: dict[str, float] = dict.fromkeys(lay.ELEMENT.names or (), -1)
        fields |= {name: 0 for name in fields if name.endswith(("_start", "_end"))}
        fields |= {"key": model.keys[index], "kind": self._kind(index), "holds": 0, "room_split": 0}
        fields["cond_start"] = len(self.rows["arrows"])
        for arrow in model.routes[index].conditional:
            self._arrow(arrow)
        fields["cond_end"] = fields["share_start"] = len(self.rows["arrows"])
        for arrow in model.routes[index].shared:
            self._arrow(arrow)
        fields["share_end"] = len(self.rows["arrows"])
        activity, wait = model.activities[index], model.waits[index]
        if activity is not None:
            fields |= self._activity(activity)
        elif wait is not None:
            fields["service"] = self._times(wait.time)
            fields |= self._span("ends", wait.ends_at_start) | self._span("done", wait.ends_at_completion)
        fields |= self._others(index)
        self._add("elements", **fields)

    def _kind(self, index: int) -> int:
        """Returns the kind of an element."""
        model = self.model
        if model.activities[index] is not None:
            return lay.ACTIVITY
        if model.waits[index] is not None:
            return lay.WAIT
        if model.exits[index]:
            return lay.EXIT
        return lay.DECISION if model.decisions[index] else lay.ENTRY

    def _span(self, name: str, values: Sequence[int]) -> dict[str, float]:
        """Adds a list; returns the fields that say where it is."""
        start = self._ints(values)
        return {f"{name}_start": start, f"{name}_end": start + len(values)}

    def _others(self, index: int) -> dict[str, float]:
        """Adds what elements of several kinds have: attributes, need changes, prevention by contacts."""
        model = self.model
        fields: dict[str, float] = {"attr_start": len(self.rows["attributes"])}
        for each in model.entry_attributes[index]:
            table = self._table(each.cumulative, self._draw)
            self._add("attributes", key=each.key, group=each.group, table=table)
        fields["attr_end"] = len(self.rows["attributes"])
        fields["change_start"] = len(self.rows["changes"])
        for change in model.need_changes[index] if model.need_changes else ():
            share = self._table(change.share)
            self._add("changes", origin=change.origin, target=change.target, share=share, cause=change.cause)
        fields["change_end"] = len(self.rows["changes"])
        if model.population is not None:
            fields |= self._span("contact", model.population.reached_at[index])
        return fields

    def _activity(self, a: ActivityPart) -> dict[str, float]:
        """Adds the parts of an activity; returns its fields."""
        fields: dict[str, float] = {
            "needs": self._pools(a.needs),
            "plain_units": a.needs[0].units if len(a.needs) == 1 else 0,
            "service": self._times(a.service),
            "priority": self._table(a.priority, self._ranks.__getitem__),
            "discipline": a.discipline,
            "room": -1 if a.room is None else a.room,
            "room_split": int(a.room_per_footprint),
            "overflow": a.overflow_to,
            "patience": self._times(a.patience),
            "gives_up": a.gives_up_to,
            "holds": int(a.holds),
        }
        fields |= self._span("begins", a.begins)
        fields |= self._span("ends", a.ends_at_start) | self._span("done", a.ends_at_completion)
        fields |= self._misses(a) | self._span_of_harm("det", a.deterioration)
        fields["reacts"] = self._reaction(a)
        if a.caseload is not None:
            fields["caseload"] = self._pools((a.caseload.place,))
            fields |= {"interval": self._times(a.caseload.interval), "length": self._times(a.caseload.length)}
        if a.single_point is not None:
            advice = self._table(a.single_point.advice_only)
            fields |= {"advice": advice, "advice_to": a.single_point.advice_to}
        return fields

    def _reaction(self, a: ActivityPart) -> int:
        """Adds what may change how long a service lasts once it has begun; -1 for nothing, as with most."""
        if a.pressure is None and not a.dangers:
            return -1
        dangers = self._span_of_harm("danger", a.dangers)
        return self._add("reactions", quality=self._table(a.quality), **dangers, **self._pressure(a))

    def _pressure(self, a: ActivityPart) -> dict[str, float]:
        """Adds how a service time reacts to a pool that fills."""
        start = len(self.rows["pressures"])
        if a.pressure is not None:
            need = self.rows["pool_sets"][self._pools((a.pressure.pool,))][0]
            for full, factor in a.pressure.steps:
                self._add("pressures", need=need, full=full, factor=factor)
        return {"press_start": start, "press_end": len(self.rows["pressures"])}

    def _misses(self, a: ActivityPart) -> dict[str, float]:
        """Adds who does not attend."""
        if a.missed is None:
            return {}
        start = len(self.rows["by_waits"])
        for least, share in a.missed.by_wait:
            self._add("by_waits", least=least, share=self._table(share))
        return {
            "missed": self._table(a.missed.share),
            "by_wait_start": start,
            "by_wait_end": len(self.rows["by_waits"]),
            "rebook": self._table(a.missed.rebook),
            "missed_to": a.missed.others_go_to,
        }

    def _span_of_harm(self, name: str, several: Sequence[DeteriorationPart]) -> dict[str, float]:
        """Adds what may happen to patients; returns the fields that say where it is."""
        start = len(self.rows["deteriorations"])
        for x in several:
            self._add(
                "deteriorations",
                code=x.code,
                key=x.key,
                kind=_HARM[x.kind],
                time=self._times(x.time),
                to_tier=x.to_tier,
                goes_to=x.goes_to,
                if_good=x.if_good,
            )
        return {f"{name}_start": start, f"{name}_end": len(self.rows["deteriorations"])}

    def _arrow(self, x: Arrow) -> None:
        """Adds an arrow."""
        self._add(
            "arrows",
            key=x.key,
            target=x.target,
            share=self._table(x.share),
            condition=-1 if x.condition is None else self._condition(x.condition),
            time=self._times(x.time),
            keeps=int(x.keeps_units),
            **self._span("sets", [each for pair in x.sets for each in pair]),
        )

    def _condition(self, x: ConditionPart) -> int:
        """Adds a condition; what it holds for as a list of 0 and 1."""
        length = 1 + max([*x.indices, 6, *self._most_values(x.group)])
        return self._add(
            "conditions",
            kind=_KINDS[x.kind],
            group=x.group,
            start=self._ints(int(each in x.indices) for each in range(length)),
            element=x.element,
            at_least=x.at_least,
            opens=x.opens,
            closes=x.closes,
        )

    def _most_values(self, group: int) -> list[int]:
        """Returns the highest index that a patient may have of a group, or a number above it."""
        if group < 0:
            return []
        all_given = [given for each in self.model.entry_attributes for given in each]
        tables = [given.cumulative for given in all_given if given.group == group]
        drawn = [len(values) for table in tables for values in (*table.values, table.otherwise)]
        routes = [arrow for each in self.model.routes for arrow in (*each.conditional, *each.shared)]
        given = [index for arrow in routes for place, index in arrow.sets if place == group]
        default = self.model.default_groups[group - 2 : group - 1] if group >= 2 else ()
        names = (len(self.model.legend.need_tiers), len(self.model.legend.footprints))
        return [*drawn, *given, *default, *names]

    def _bodies(self) -> None:
        """Adds the bodies of capacity; a timetable that many share is laid out once."""
        laid: dict[tuple[int, float], dict[str, int]] = {}
        for changes, later in zip(self.model.capacity, self.model.open_later, strict=True):
            known = (id(changes), later)
            if known not in laid:
                times, highest = highest_from(changes, later)
                laid[known] = {
                    "changes": self._floats(times),
                    "changes_n": len(times),
                    "units": self._ints([count for _, count in changes]),
                    "highest": self._floats(highest),
                }
            self._add("bodies", **laid[known])

    # --- sources -----------------------------------------------------------------------------------

    def _stream(self, x: Any) -> None:
        """Adds a stream; its booked patients are worked out for each replication."""
        self._add(
            "streams",
            element=x.element,
            key=x.key,
            draw=self._groups(x.groups),
            gap=self._sampler(x.gap),
            clock=self._profile(x.clock),
            booked=-1,
            booked_n=0,
            follows=x.follows,
            rate=x.rate,
            begins=x.begins,
            ends=x.ends,
        )

    def _list(self, x: TodayPart) -> None:
        """Adds patients who are there at time 0."""
        self._add(
            "lists",
            activity=x.activity,
            key=x.key,
            patients=x.patients,
            draw=self._groups(x.groups),
            waited=self._sampler(x.waited),
            remaining=self._times(x.remaining),
        )

    # --- population --------------------------------------------------------------------------------

    def _population(self, x: PopulationPart) -> None:
        """Adds the living population."""
        for channel in x.channels:
            names = lay.CHANNEL.names or ()
            self._add("channels", **{name: getattr(channel, name) for name in names})
        for lane in x.lanes:
            self._lane(lane)
        for number, prevention in enumerate(x.preventions):
            self._add(
                "preventions",
                key=prevention.key,
                by_contact=int(prevention.by_contact),
                uptake=self._table(prevention.uptake),
                reach=self._floats(prevention.reach),
                steps=self._floats([each for step in prevention.steps for each in step]),
                steps_n=len(prevention.steps),
                **self._span("slows", x.slows[number]),
                begins=prevention.begins,
                ends=prevention.ends,
                lag=prevention.lag,
                life=prevention.life,
            )
        for place, lanes in enumerate(x.lanes_of):
            streams = [number for number, each in enumerate(self.model.streams) if each.follows == place]
            self._add("places", **self._span("lanes", lanes), **self._span("streams", streams))

    def _lane(self, x: LanePart) -> None:
        """Adds a lane."""
        plain = not x.slowed and x.weights == ((x.origin, 1.0),)
        self._add(
            "lanes",
            clock=self._profile(x.clock),
            places=self._ints([place for place, _ in x.weights]),
            weights=self._floats([weight for _, weight in x.weights]),
            n=len(x.weights),
            origin=x.origin,
            slowed=self._ints([prevention for prevention, _ in x.slowed]),
            reductions=self._floats([reduction for _, reduction in x.slowed]),
            slowed_n=len(x.slowed),
            protected=x.protected,
            channels=self._ints(x.channels),
            channels_n=len(x.channels),
            plain=x.origin if plain else -1,
        )
