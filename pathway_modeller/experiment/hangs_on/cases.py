"""The ends of ranges as scenarios to be played, or only to be counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pathway_modeller.experiment.hangs_on.value import Range, Unvaried
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import errors
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.varied import CannotVary, central_of, ends, varied
from pathway_modeller.scenario.words.ranges import range_name, value_words


@dataclass(frozen=True, eq=False)
class Case:
    """One assumption at one value.

    Attributes:
        assumption: its id.
        value: of its range.
        scenario: with the assumption at this value.
        options: those compared on which it has a bearing.
        pathways: of the baseline and of these, as they are run.
        recounted: whether they are played as they were, so that money alone need be counted anew.
    """

    assumption: str
    value: float
    scenario: Scenario
    options: tuple[str, ...]
    pathways: dict[str, Pathway]
    recounted: bool

    def of(self, options: tuple[str, ...]) -> Case:
        """Returns the case for some of its options only."""
        pathways = {each: way for each, way in self.pathways.items() if each in (BASELINE, *options)}
        return replace(self, options=options, pathways=pathways)


@dataclass(frozen=True, eq=False)
class Plain:
    """The scenario as it is, to which cases are held.

    Attributes:
        scenario: as it was run.
        run: the run settings in force.
        options: those compared.
        pathways: of the baseline and of each, as they are run.
    """

    scenario: Scenario
    run: RunSettings
    options: tuple[str, ...]
    pathways: dict[str, Pathway]

    @classmethod
    def of(cls, scenario: Scenario, run: RunSettings, options: tuple[str, ...]) -> Plain:
        """Returns the scenario as it was run."""
        pathways = {each: played(scenario, each, run) for each in (BASELINE, *options)}
        return cls(scenario, run, options, pathways)

    def case(self, assumption: str, value: float) -> Case:
        """Returns an assumption at a value.

        Raises:
            CannotVary: it cannot be run so.
        """
        changed = varied(self.scenario, assumption, value)
        unit = self.scenario.assumptions[assumption].unit
        if found := errors(check(changed.model_copy(update={"assumptions": {}, "run": self.run}))):
            what = found[0]
            raise CannotVary(f"at {value_words(value, unit)} it cannot be run: {what.where}: {what.what}")
        touched = tuple(each for each in self.options if self._is_touched(changed, each))
        try:
            pathways = {each: played(changed, each, self.run) for each in (BASELINE, *touched)}
        except ShiftError as error:
            raise CannotVary(f"at {value_words(value, unit)} it cannot be run: {error}") from error
        same = all(_as_played(way) == _as_played(self.pathways[each]) for each, way in pathways.items())
        return Case(assumption, value, changed, touched, pathways, same)

    def _is_touched(self, changed: Scenario, option: str) -> bool:
        """Tells whether a change has a bearing on the comparison of an option with the baseline."""
        mine = self.scenario
        beside = changed.baseline is not mine.baseline or changed.money != mine.money
        return beside or changed.options[option] is not mine.options[option]


def _as_played(pathway: Pathway) -> Pathway:
    """Returns a pathway without all that only its ledger reads."""
    free = {"price": None, "variable_cost": None}
    return pathway.model_copy(
        update={
            "activities": {key: each.model_copy(update=free) for key, each in pathway.activities.items()},
            "pools": {key: each.model_copy(update={"cost": None}) for key, each in pathway.pools.items()},
            "need_tiers": {
                key: each.model_copy(update={"spending": {}}) for key, each in pathway.need_tiers.items()
            },
            "standards": {
                key: each.model_copy(update={"target": 0.0}) for key, each in pathway.standards.items()
            },
            "payers": {},
            "providers": {},
        }
    )


def every_case(plain: Plain) -> Iterator[tuple[Range, tuple[Case, ...]] | Unvaried]:
    """Yields each assumption with its low and its high, the central value left out; or why it has none."""
    for key, assumption in sorted(plain.scenario.assumptions.items()):
        name = range_name(assumption)
        try:
            low, high = ends(assumption)
            central = central_of(plain.scenario, key)
            cases = tuple(plain.case(key, value) for value in (low, high) if value != central)
            if not any(each.options for each in cases):
                raise CannotVary("nothing that is compared hangs on it" if cases else "its range is a point")
        except CannotVary as reason:
            yield Unvaried(key, name, str(reason))
            continue
        recounted = all(each.recounted for each in cases)
        yield Range(key, name, assumption.unit, low, central, high, recounted), cases
