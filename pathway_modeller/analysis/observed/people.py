"""The living population as a trace tells it: people by need tier and footprint, over time.

People are counted from those of the start date by what the trace records: moves of the population, patients
whose need changed, patients who died of waiting. As in a run, a patient's change counts only where the
compartment left has a person to lose.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.simulation.tally.people_facts import PeopleMoves

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class People:
    """People by compartment: need tier times number of footprints plus footprint.

    Attributes:
        start: people at time 0, shape (tiers, footprints).
        times: rising times at which a person moved, came or went, in days, shape (n,).
        left, reached: compartment left and reached, -1 for none, shape (n,).
    """

    start: Floats
    times: Floats
    left: Ints
    reached: Ints

    @classmethod
    def of(cls, scope: Scope, moves: PeopleMoves) -> People:
        """Returns the people of a replication; their number stays the same where nothing moves them."""
        start = _start(scope)
        if not len(moves.times) or not start.size:
            nothing = np.empty(0, dtype=np.int64)
            return cls(start, np.empty(0), nothing, nothing)
        made = _made(start.reshape(-1), moves.left, moves.reached, moves.by_patient)
        if made.all():
            return cls(start, moves.times, moves.left, moves.reached)
        return cls(start, moves.times[made], moves.left[made], moves.reached[made])

    def at(self, days: Floats) -> Floats:
        """Returns the people on each of some rising days, what happens at that moment included.

        Returns:
            (days, tiers, footprints).
        """
        found = np.empty((len(days), *self.start.shape))
        moved = np.zeros(self.start.size, dtype=np.int64)
        for place, part in enumerate(self._between(days, -np.inf)):
            for places, sign in ((self._left, -1), (self._reached, 1)):
                moved += sign * np.bincount(places[part], minlength=len(moved) + 1)[1:]
            found[place] = self.start + moved.reshape(self.start.shape)
        return found

    def person_days(self, edges: Floats) -> Floats:
        """Returns the number of people times days between each two neighbouring edges.

        Returns:
            (len(edges) - 1, tiers, footprints).
        """
        whole = self.at(edges[:-1]) * np.diff(edges)[:, None, None]
        for place, part in enumerate(self._between(edges[1:], edges[0])):
            rest = edges[place + 1] - self.times[part]
            for places, sign in ((self._left, -1.0), (self._reached, 1.0)):
                added = np.bincount(places[part], weights=sign * rest, minlength=self.start.size + 1)[1:]
                whole[place] += added.reshape(self.start.shape)
        return whole

    @cached_property
    def _left(self) -> Ints:
        """Compartments left, counted from 1; 0 for none."""
        return self.left + 1

    @cached_property
    def _reached(self) -> Ints:
        """Compartments reached, counted from 1; 0 for none."""
        return self.reached + 1

    def _between(self, days: Floats, after: float) -> Iterator[slice]:
        """Yields which changes come after one of some rising days, the first time given, up to the next."""
        ends = np.searchsorted(self.times, (after, *days), side="right").tolist()
        return itertools.starmap(slice, itertools.pairwise(ends))


def _start(scope: Scope) -> Floats:
    """Returns the people at time 0, (tiers, footprints)."""
    legend, pathway = scope.legend, scope.pathway
    if legend.people:
        return np.array(legend.people, dtype=np.float64)
    held = [
        [pathway.footprints[place].people.get(tier, 0.0) for place in legend.footprints]
        for tier in legend.need_tiers
    ]
    return np.array(held, dtype=np.float64).reshape(len(legend.need_tiers), len(legend.footprints))


def _made(
    start: Floats, left: Ints, reached: Ints, by_patient: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Returns which changes were made: a patient's only where the compartment left has a person.

    Those of the population are made anyway: the run has seen to it. Compartments that could not run short
    even if all who leave left first need no second look.
    """
    made = ~(by_patient & (left < 0))
    leaving = np.bincount(left[left >= 0], minlength=len(start))
    if np.all(start - leaving >= 0):
        return made
    people = start.tolist()
    for row, (origin, target, patient) in enumerate(
        zip(left.tolist(), reached.tolist(), by_patient.tolist(), strict=True)
    ):
        if patient and (origin < 0 or people[origin] < 1.0):
            made[row] = False
            continue
        if origin >= 0:
            people[origin] -= 1.0
        if target >= 0:
            people[target] += 1.0
    return made
