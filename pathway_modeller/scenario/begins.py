"""Options that begin at a date: the pathway that is the baseline until then, and the option from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pathway_modeller.scenario.capacity import CapacityStep, Pool
from pathway_modeller.scenario.dated import AtDate, Change, PlainChange
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import DRAWN, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.elements import EntryPoint, RandomArrivals, Transition
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.shifted_activities import CannotMove, with_activity_shifts
from pathway_modeller.scenario.values import Duration, Rate, Record

R = TypeVar("R", bound=Record)

_NEVER_PLAYED = frozenset({"name", "description", "position", "tags"})
"""Fields that change no row and no pound."""
_ADDED_ALONE = frozenset({"attributes", "payers", "payer_kinds", "providers", "settings", "tags"})
"""Maps to which an option may add; what has been there stays as it is."""
_READ_ONLY = frozenset({"standards"})
"""Maps that an engine never looks into: the option's hold all the time."""


_OWN_DATE = "it changes at a date of its own already"


class CannotBegin(Exception):  # noqa: N818 - the name says what happened
    """An option begins at a date and changes what cannot change at one; the message is one sentence."""


@dataclass(frozen=True)
class Kept:
    """Something that an option cannot change at a date.

    Attributes:
        steps: the keys that lead to it from the pathway.
        why: what cannot be, as a clause.
        mend: what would mend it, as a sentence.
    """

    steps: tuple[str, ...]
    why: str
    mend: str = ""


def in_force(scenario: Scenario, variant: str, run: RunSettings | None = None) -> Pathway:
    """Returns the pathway of a variant: what an option changes is changed on the day on which it begins.

    Its shifts of activity are in it, as decisions.

    Args:
        scenario: the scenario.
        variant: ``baseline`` or an option id.
        run: the run settings in force, if not the scenario's.

    Raises:
        KeyError: the scenario has no such option.
        CannotBegin: the option changes what cannot change at a date, or shifts an activity that is not there.
        pydantic.ValidationError: the patch does not fit the baseline.
    """
    pathway = apply_option(scenario, variant)
    if variant == BASELINE:
        return pathway
    option = scenario.options[variant]
    if option.begins is not None:
        start = (run or scenario.run).start_date
        pathway, kept = begun(scenario.baseline, pathway, option.begins, start)
        if kept:
            raise CannotBegin(f'Option "{option.name}" begins at a date: {kept[0].why}.')
    try:
        return with_activity_shifts(pathway, option.activity_shifts, option.begins)
    except CannotMove as error:
        raise CannotBegin(str(error)) from error


def begun(
    baseline: Pathway, option: Pathway, begins: dt.date, start: dt.date
) -> tuple[Pathway, tuple[Kept, ...]]:
    """Returns the pathway that is the baseline until a day and an option from then on, and what hinders it.

    What the option takes away stays, so that whoever is there can go on; no arrow leads there any more.

    Args:
        baseline: the pathway until then.
        option: the pathway from then on.
        begins: the day, at 00:00 of which the option begins.
        start: the start date of the run; an option that begins by then is there from the start.
    """
    if begins <= start:
        return option, ()
    made = _Begun(baseline, option, begins, start)
    return made.pathway(), tuple(made.kept)


class _Begun:
    """Lays an option over a baseline from a day on."""

    def __init__(self, baseline: Pathway, option: Pathway, begins: dt.date, start: dt.date) -> None:
        self._baseline, self._option, self._begins, self._start = baseline, option, begins, start
        self._old, self._new = set(baseline.drawn()), set(option.drawn())
        self.kept: list[Kept] = []

    def pathway(self) -> Pathway:
        """Returns the pathway; ``kept`` then says what could not be taken over."""
        maps = {kind: self._members(kind) for kind in Pathway.model_fields}
        return self._baseline.model_copy(update=maps)

    def _members(self, kind: str) -> Mapping[str, Record]:
        """Returns the members of one map."""
        before, after = getattr(self._baseline, kind), getattr(self._option, kind)
        if before is after or before == after or kind in _READ_ONLY:
            return dict(after)
        if kind == "transitions":
            return self._arrows(before, after)
        found: dict[str, Record] = {}
        for key in [*before, *(key for key in after if key not in before)]:
            old, new = before.get(key), after.get(key)
            if new is None:
                found[key] = self._gone(kind, key, old)
            elif old is None:
                found[key] = self._added(kind, key, new)
            else:
                found[key] = old if old == new else self._changed(kind, key, old, new)
        return found

    # --- what comes, and what goes -------------------------------------------------------------------

    def _added(self, kind: str, key: str, new: Any) -> Record:
        """Returns something that the baseline does not have; nobody comes to it before the option begins."""
        if isinstance(new, Pool):
            return self._opened(key, new)
        if isinstance(new, EntryPoint):
            return self._opens_to_patients(key, new)
        begins_new = kind == "stays" and new.begins_with not in self._old
        paid_all_along = kind == "providers" and bool(new.fixed_cost is not None or new.contracts)
        if kind in DRAWN or begins_new or (kind in _ADDED_ALONE and not paid_all_along):
            return new  # type: ignore[no-any-return]
        self._keep((kind, key), "it cannot be added at a date")
        return new  # type: ignore[no-any-return]

    def _opened(self, key: str, pool: Pool) -> Pool:
        """Returns a new pool, which has no units before the option begins; one without a limit is there."""
        return pool if pool.units is None else self._with_units(key, pool, Pool(name=pool.name, units=0))

    def _opens_to_patients(self, key: str, entry: EntryPoint) -> EntryPoint:
        """Returns a new entry point, to which nobody comes before the option begins."""
        arrivals = entry.arrivals
        if not isinstance(arrivals, RandomArrivals):
            if arrivals is not None:
                self._keep(("entry_points", key, "arrivals"), "appointments cannot begin at a date")
            return entry
        days = float((self._begins - self._start).days)
        if arrivals.starts_after is not None:
            days = max(days, arrivals.starts_after.days)
        starts = Duration(value=days, unit="days")
        return entry.model_copy(update={"arrivals": arrivals.model_copy(update={"starts_after": starts})})

    def _gone(self, kind: str, key: str, old: Any) -> Record:
        """Returns something that the option takes away, as it stays for those who are there."""
        if kind == "entry_points":
            return self._closes_to_patients(key, old)
        if kind == "pools":
            mend = "Leave the pool in the option, and give it no units instead"
            self._keep((kind, key), "a pool cannot be taken away at a date", mend)
        elif kind not in DRAWN and kind not in _ADDED_ALONE:
            self._keep((kind, key), "it cannot be taken away at a date")
        return old  # type: ignore[no-any-return]

    def _closes_to_patients(self, key: str, entry: EntryPoint) -> EntryPoint:
        """Returns an entry point to which nobody comes once the option has begun."""
        arrivals = entry.arrivals
        if not isinstance(arrivals, RandomArrivals):
            if arrivals is not None:
                self._keep(("entry_points", key), "appointments cannot end at a date")
            return entry
        days = float((self._begins - self._start).days)
        if arrivals.ends_after is not None:
            days = min(days, arrivals.ends_after.days)
        ends = Duration(value=days, unit="days")
        return entry.model_copy(update={"arrivals": arrivals.model_copy(update={"ends_after": ends})})

    # --- what is another -----------------------------------------------------------------------------

    def _changed(self, kind: str, key: str, old: Any, new: Any) -> Record:
        """Returns something that is another once the option has begun."""
        if isinstance(old, Pool):
            return self._with_units(key, new, old)
        update: dict[str, object] = {}
        for name, alias in _differing(old, new):
            before, after = getattr(old, name), getattr(new, name)
            if name in _NEVER_PLAYED or (name == "order" and new.when is None):
                update[name] = after
            elif kind == "entry_points" and name == "arrivals":
                update[name] = self._arrivals(key, before, after)
            elif isinstance(before, AtDate) or isinstance(after, AtDate):
                self._keep((kind, key, alias), _OWN_DATE)
            elif before is not None and after is not None and (make := _CHANGING.get((kind, name))):
                update[name] = make(before, after, self._begins)
            else:
                self._keep((kind, key, alias), "it cannot change at a date")
        return old.model_copy(update=update)  # type: ignore[no-any-return]

    def _arrivals(self, key: str, before: Any, after: Any) -> Any:
        """Returns arrivals whose rate is another once the option has begun."""
        place = ("entry_points", key, "arrivals")
        if not isinstance(before, RandomArrivals) or not isinstance(after, RandomArrivals):
            self._keep(place, "it cannot change at a date")
            return before
        update = {}
        for name, alias in _differing(before, after):
            old, new = getattr(before, name), getattr(after, name)
            make = _CHANGING.get(("arrivals", name))
            if isinstance(old, AtDate) or isinstance(new, AtDate):
                self._keep((*place, alias), _OWN_DATE)
            elif make is None or old is None or new is None:
                self._keep((*place, alias), "it cannot change at a date")
            else:
                update[name] = make(old, new, self._begins)
        return before.model_copy(update=update)

    def _with_units(self, key: str, pool: Pool, before: Pool) -> Pool:
        """Returns a pool that has other units once the option has begun."""
        known = {*_NEVER_PLAYED, "units", "units_by_footprint", "steps"}
        if key in self._baseline.pools:
            for name, alias in _differing(before, pool):
                if name not in known:
                    self._keep(("pools", key, alias), "it cannot change at a date")
        units = {"units", "units_by_footprint", "steps"}
        if not units.intersection(name for name, _ in _differing(before, pool)):
            return pool
        if before.units is None or pool.units is None:
            self._keep(("pools", key, "units"), "a limit cannot come or go at a date")
            return pool
        if any(step.date <= self._begins for step in pool.steps):
            self._keep(("pools", key, "steps"), "its units change by then already")
            return pool
        here = [CapacityStep(date=self._begins, units=pool.units)]
        for place, held in sorted(pool.units_by_footprint.items()):
            here.append(CapacityStep(date=self._begins, units=held, footprint=place))
        earlier = [step for step in before.steps if step.date < self._begins]
        update = {
            "units": before.units,
            "units_by_footprint": before.units_by_footprint,
            "steps": (*earlier, *here, *pool.steps),
        }
        return pool.model_copy(update=update)

    # --- arrows --------------------------------------------------------------------------------------

    def _arrows(
        self, before: Mapping[str, Transition], after: Mapping[str, Transition]
    ) -> dict[str, Transition]:
        """Returns the arrows: one that comes has no share before, one that goes none afterwards."""
        found: dict[str, Transition] = {}
        for key, old in before.items():
            new = after.get(key)
            if new == old or (new is None and old.origin not in self._new):
                found[key] = old
            elif new is not None and _goes_the_same_way(old, new):
                changed = self._changed("transitions", key, old, new)
                assert isinstance(changed, Transition), "an arrow stays one"  # noqa: S101
                found[key] = changed
            else:
                found[key] = self._shared(key, old, old.share, 0.0)
                if new is not None:
                    found[f"{key}-from-{self._begins}"] = self._shared(key, new, 0.0, new.share)
        for key, new in after.items():
            if key not in before:
                drawn_anew = new.origin not in self._old
                found[key] = new if drawn_anew else self._shared(key, new, 0.0, new.share)
        return found

    def _shared(self, key: str, arrow: Transition, before: Any, after: Any) -> Transition:
        """Returns an arrow with one share before the option begins, and another afterwards."""
        if arrow.when is not None:
            self._keep(("transitions", key), "an arrow with a condition cannot come or go at a date")
            return arrow
        if isinstance(before, AtDate) or isinstance(after, AtDate):
            self._keep(("transitions", key, "share"), _OWN_DATE)
            return arrow
        return arrow.model_copy(update={"share": _later_share(before, after, self._begins)})

    def _keep(self, steps: tuple[str, ...], why: str, mend: str = "") -> None:
        """Notes what cannot change at a date."""
        self.kept.append(Kept(steps, why, mend))


def _differing(old: Record, new: Record) -> list[tuple[str, str]]:
    """Returns the names of the fields in which two records of a kind differ, and their keys in the file."""
    return [
        (name, field.alias or name)
        for name, field in type(old).model_fields.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _goes_the_same_way(old: Transition, new: Transition) -> bool:
    """Tells whether two arrows differ in nothing but their shares and times."""
    told = {"share", "time", "order"}
    timed = (old.time is None) == (new.time is None)
    return timed and all(name in told for name, _ in _differing(old, new))


def _later_share(before: Any, after: Any, begins: dt.date) -> Change[float]:
    """Returns a share that changes on a day."""
    return Change[float](before=before, after=after, starts=begins)


def _later_time(before: Any, after: Any, begins: dt.date) -> Change[Distribution]:
    """Returns a time that changes on a day."""
    return Change[Distribution](before=before, after=after, starts=begins)


def _later_rate(before: Any, after: Any, begins: dt.date) -> PlainChange[Rate]:
    """Returns a rate that changes on a day."""
    return PlainChange[Rate](before=before, after=after, starts=begins)


def _later_rate_per_1000(before: Any, after: Any, begins: dt.date) -> Change[Rate]:
    """Returns a rate per 1,000 people that changes on a day."""
    return Change[Rate](before=before, after=after, starts=begins)


_CHANGING: Mapping[tuple[str, str], Callable[[Any, Any, dt.date], Record]] = {
    ("activities", "service_time"): _later_time,
    ("activities", "patience"): _later_time,
    ("waits", "time"): _later_time,
    ("transitions", "time"): _later_time,
    ("transitions", "share"): _later_share,
    ("arrivals", "rate"): _later_rate,
    ("arrivals", "rate_per_1000"): _later_rate_per_1000,
}
"""Fields whose value may change at a date, and what makes such a value."""
