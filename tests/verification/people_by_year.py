"""Mean people by need tier over replications of a run, beside what planning mode expects."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.planning.planning import plan
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.frames import population_frame


@dataclass(frozen=True)
class Compared:
    """One need tier at one anniversary.

    Attributes:
        mean: of the replications.
        error: standard error of that mean.
        expected: by planning mode.
    """

    need_tier: str
    year: int
    mean: float
    error: float
    expected: float

    @property
    def errors_away(self) -> float:
        """How many standard errors the mean is away from what is expected."""
        return abs(self.mean - self.expected) / self.error


def compared(pathway: Pathway, run: RunSettings, years: int, replications: int) -> list[Compared]:
    """Runs a pathway and compares its people, footprints together, with planning mode."""
    expected = plan(pathway, run, years).frame.groupby(["year", "need_tier"])["people"].sum()
    model = compile_pathway(pathway, run)
    runs = [
        population_frame(simulate(model, run.seed, number), pathway)
        .groupby(["year", "need_tier"])["people"]
        .sum()
        for number in range(replications)
    ]
    found = []
    for (year, tier), wanted in expected.items():
        if year == 0:
            continue
        values = np.array([each[(float(year), tier)] for each in runs])
        error = float(values.std(ddof=1)) / math.sqrt(replications)
        found.append(Compared(tier, int(year), float(values.mean()), error, float(wanted)))
    return found


def smaller(pathway: Pathway, factor: float) -> Pathway:
    """Returns a pathway with a part of the people and of every fixed flow; rates stay as they are."""
    places = {
        key: place.model_copy(update={"people": {tier: n * factor for tier, n in place.people.items()}})
        for key, place in pathway.footprints.items()
    }
    moves = {
        key: move if move.people is None else move.model_copy(update={"people": move.people * factor})
        for key, move in pathway.moves.items()
    }
    return pathway.model_copy(update={"footprints": places, "moves": moves})
