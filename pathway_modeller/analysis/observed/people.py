"""The living population as a trace tells it: people by need tier and footprint, over time.

People are counted from those of the start date by what the trace records: moves of the population, patients
whose need changed, patients who died of waiting. As in a run, a patient's change counts only where the
compartment left has a person to lose.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        return cls(start, moves.times[made], moves.left[made], moves.reached[made])

    def at(self, days: Floats) -> Floats:
        """Returns the people on each of some rising days, what happens at that moment included.

        Returns:
            (days, tiers, footprints).
        """
        shape = len(days) + 1, self.start.size
        since = np.searchsorted(days, self.times, side="left") * self.start.size
        net = np.zeros(shape[0] * shape[1], dtype=np.int64)
        for places, sign in ((self.left, -1), (self.reached, 1)):
            some = places >= 0
            net += sign * np.bincount(since[some] + places[some], minlength=len(net))
        moved = np.cumsum(net.reshape(shape), axis=0)[:-1].reshape(len(days), *self.start.shape)
        return np.asarray(self.start + moved, dtype=np.float64)

    def person_days(self, edges: Floats) -> Floats:
        """Returns the number of people times days between each two neighbouring edges.

        Returns:
            (len(edges) - 1, tiers, footprints).
        """
        size, spans = self.start.size, len(edges) - 1
        whole = self.at(edges[:-1]) * np.diff(edges)[:, None, None]
        span = np.searchsorted(edges, self.times, side="left") - 1
        inside = (span >= 0) & (span < spans)
        rest = edges[span[inside] + 1] - self.times[inside]
        for places, sign in ((self.left[inside], -1.0), (self.reached[inside], 1.0)):
            some = places >= 0
            code = span[inside][some] * size + places[some]
            added = np.bincount(code, weights=sign * rest[some], minlength=spans * size)
            whole += added.reshape(whole.shape)
        return whole


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
