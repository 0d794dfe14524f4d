"""Making activities ready to be run, with what may happen while patients wait for them and after."""

from __future__ import annotations

from collections.abc import Mapping

from pathway_modeller.scenario.elements import (
    Activity,
    Caseload,
    Deterioration,
    DidNotAttend,
    Discipline,
    During,
    Pressure,
    SinglePoint,
)
from pathway_modeller.scenario.network.waiting import qualities
from pathway_modeller.scenario.values import Rate
from pathway_modeller.simulation.chance.random_numbers import element_key
from pathway_modeller.simulation.chance.samplers import Sampler, exponential_sampler, make_sampler
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.model.lookup import Lookup
from pathway_modeller.simulation.model.parts import (
    ActivityPart,
    CaseloadPart,
    DeteriorationPart,
    MissedPart,
    PressurePart,
    SinglePointPart,
)
from pathway_modeller.simulation.model.table import Table, Values

_AS_GOOD_AS_NEVER = 1e9
"""Days; a longer mean makes no difference to any run, and its quantiles could not be told in milliseconds."""

_DISCIPLINES: Mapping[Discipline, int] = {"first come": 0, "last come": 1, "longest on pathway": 2}


class ActivityParts(Lookup):
    """Makes activities ready to be run."""

    def _ended(self, element: str, when: str) -> tuple[int, ...]:
        """Returns the stays that an element ends at its start or completion."""
        return tuple(
            index
            for index, identifier in enumerate(self.stay_ids)
            for end in self.pathway.stays[identifier].ends
            if end.element == element and end.when == when
        )

    def _activity(self, identifier: str, activity: Activity) -> ActivityPart:
        """Returns an activity."""
        if activity.service_time is None:
            raise ModelError(f'Activity "{activity.name}" has no service time.')
        missed, caseload = activity.did_not_attend, activity.caseload
        pools = [*activity.needs, *([] if caseload is None else [caseload.pool])]
        return ActivityPart(
            needs=self._needs(activity.needs),
            service=self._dated_times(activity.service_time),
            pressure=None if activity.pressure is None else self._pressure(activity.pressure),
            priority=self._table(activity.priority, int),
            discipline=_DISCIPLINES[activity.discipline],
            room=activity.room,
            room_per_footprint=any(self.pathway.pools[pool].per_footprint for pool in pools),
            overflow_to=self._element(activity.overflow_to),
            patience=None if activity.patience is None else self._dated_times(activity.patience),
            gives_up_to=self._element(activity.gives_up_to),
            missed=None if missed is None else self._missed(missed),
            deterioration=self._deteriorations(identifier, activity, "queue"),
            dangers=self._deteriorations(identifier, activity, "service"),
            quality=self._quality(identifier, activity),
            caseload=None if caseload is None else self._caseload(identifier, caseload),
            single_point=None if activity.single_point is None else self._single_point(activity.single_point),
            holds=activity.release == "when next can take",
            begins=tuple(
                index
                for index, stay in enumerate(self.stay_ids)
                if self.pathway.stays[stay].begins_with == identifier
            ),
            ends_at_start=self._ended(identifier, "start"),
            ends_at_completion=self._ended(identifier, "completion"),
        )

    def _pressure(self, pressure: Pressure) -> PressurePart:
        """Returns how a service time reacts to a pool that fills."""
        steps = tuple((step.full, step.factor) for step in pressure.steps)
        return PressurePart(self._needs({pressure.pool: 1})[0], steps)

    def _missed(self, missed: DidNotAttend) -> MissedPart:
        """Returns who does not attend, shares after longer waits in order of the wait."""
        by_wait = sorted(missed.by_wait, key=lambda step: step.waited.days)
        return MissedPart(
            self._table(missed.share, float),
            tuple((on_tick(step.waited.days), self._table(step.share, float)) for step in by_wait),
            self._table(missed.rebook, float),
            self._element(missed.others_go_to),
        )

    def _all_deteriorations(self) -> tuple[tuple[str, str], ...]:
        """Returns (activity, deterioration) of all that may happen to those who wait or are in care."""
        return tuple(
            (identifier, each)
            for identifier, activity in sorted(self.pathway.activities.items())
            for each in sorted(activity.deterioration)
        )

    def _deteriorations(
        self, identifier: str, activity: Activity, during: During
    ) -> tuple[DeteriorationPart, ...]:
        """Returns what may happen to patients of an activity who wait, or during care, in order of id."""
        return tuple(
            self._deterioration(identifier, name, what)
            for name, what in sorted(activity.deterioration.items())
            if what.during == during
        )

    def _deterioration(self, identifier: str, name: str, what: Deterioration) -> DeteriorationPart:
        """Returns one thing that may happen."""
        if (what.rate_per_1000 is None) == (what.time is None):
            raise ModelError(
                f'"{what.name}" of "{self.drawn[identifier].name}" needs either a rate or a time, not both.'
            )
        if what.time is not None:
            time: Table[Sampler | None] = self._table(what.time, make_sampler)
        else:
            time = self._table(what.rate_per_1000 or Rate(value=0, unit="per day"), _constant_hazard)
        return DeteriorationPart(
            code=self._all_deteriorations().index((identifier, name)),
            key=element_key(f"{identifier}/{name}"),
            kind=what.kind,
            time=time,
            to_tier=self._tier(what.to_tier),
            goes_to=self._element(what.goes_to),
            if_good=1.0 if what.if_good is None else what.if_good,
        )

    def _quality(self, identifier: str, activity: Activity) -> Values[float] | None:
        """Returns the share of good units, if something during care hangs on it.

        Raises:
            ModelError: none of the pools that it needs says how many of its units are good, or several do.
        """
        if all(what.if_good is None for what in activity.deterioration.values()):
            return None
        found = qualities(self.pathway, identifier)
        if len(found) != 1:
            raise ModelError(
                f'"{activity.name}" has a factor for good quality; one of its pools must have a quality.'
            )
        (quality,) = found.values()
        return self._values(quality.good, float)

    def _caseload(self, identifier: str, caseload: Caseload) -> CaseloadPart:
        """Returns the caseload of an activity."""
        begun = [stay.needs for stay in self.pathway.stays.values() if stay.begins_with == identifier]
        if any(caseload.pool in needs for needs in (self.pathway.activities[identifier].needs, *begun)):
            raise ModelError(
                f'"{self.drawn[identifier].name}" needs the pool of its own caseload places; '
                "give its caseload a pool of its own."
            )
        length = caseload.length
        return CaseloadPart(
            place=self._needs({caseload.pool: 1})[0],
            interval=self._times(caseload.interval),
            length=None if length is None else self._times(length),
        )

    def _single_point(self, point: SinglePoint) -> SinglePointPart:
        """Returns the single point of contact that an activity is."""
        return SinglePointPart(self._table(point.advice_only, float), self._element(point.advice_to))


def _constant_hazard(rate: Rate) -> Sampler | None:
    """Returns the time to what happens to so many of every 1,000; None if it never does."""
    if rate.per_day == 0:
        return None
    return exponential_sampler(min(1000 / rate.per_day, _AS_GOOD_AS_NEVER))
