"""Comparing what replications gave with what is known exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate as reference
from tests.engines.drawing import settings
from tests.verification.window import Ratio, Window

SEED = 1
"""The seed of every experiment; chosen once and never again."""
LIMIT = 4.0
"""Standard errors by which a simulated figure may differ from the exact one."""
RARE = 50.0
"""A share is too rare to be tested when fewer than so many patients (or days) are expected to show it."""
ROUNDING = 1e-8
"""Relative difference allowed where nothing is random; some cases give seven digits."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure of a case.

    Attributes:
        case: id of the case.
        quantity: which figure.
        exact: as known.
        simulated: as found.
        error: standard error of what was found; 0 where nothing is random.
        distance: difference in standard errors.
        result: "pass", "FAIL", or "too rare" where the run is too short to say.
    """

    case: str
    quantity: str
    exact: float
    simulated: float
    error: float
    distance: float
    result: str


@dataclass(frozen=True)
class Experiment:
    """Replications of a pathway, and the figures whose exact values are known.

    Attributes:
        label: what is run, beside the case's id.
        pathway: the pathway.
        window: first and last day counted.
        until: last day played; long enough after the window for everyone to finish.
        replications: how many.
        measure: the figures of one replication.
        exact: what they should be.
        start: "empty" or "today".
    """

    label: str
    pathway: Pathway
    window: tuple[float, float]
    until: float
    replications: int
    measure: Callable[[Window], Mapping[str, Ratio]]
    exact: Mapping[str, float]
    start: str = "empty"


def carry_out(case: str, experiment: Experiment, times: int = 1) -> list[Row]:
    """Runs the replications of an experiment and compares every figure.

    The compiled engine plays them, the first also the reference: where that is the same, the others are.

    Args:
        case: id of the case.
        experiment: what to run.
        times: how many times the usual number of replications.
    """
    run = settings(experiment.until, start=experiment.start)
    model = compile_pathway(experiment.pathway, run)
    count = experiment.replications * (times if experiment.replications > 1 else 1)
    found = []
    for replication in range(count):
        trace = simulate(model, SEED, replication)
        assert replication or trace.tobytes() == reference(model, SEED, replication).tobytes()
        found.append(experiment.measure(Window(trace, *experiment.window)))
    return [
        compare(case, f"{experiment.label}{quantity}", exact, [figures[quantity] for figures in found])
        for quantity, exact in experiment.exact.items()
    ]


def compare(case: str, quantity: str, exact: float, found: Sequence[Ratio]) -> Row:
    """Returns a line of the table for a figure found in several replications.

    The estimate is the ratio of sums. Under the exact value each replication's numerator less exact times
    denominator has mean zero, so the distance is that of their mean, in its standard errors.
    """
    count = len(found)
    top, bottom = math.fsum(pair[0] for pair in found), math.fsum(pair[1] for pair in found)
    simulated = top / bottom
    if count == 1:
        close = math.isclose(simulated, exact, rel_tol=ROUNDING, abs_tol=ROUNDING)
        return Row(case, quantity, exact, simulated, 0.0, 0.0, "pass" if close else "FAIL")
    residuals = [pair[0] - exact * pair[1] for pair in found]
    mean = math.fsum(residuals) / count
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in residuals) / (count - 1) / count)
    error = spread / (bottom / count)
    if _is_tail(quantity) and exact * bottom < RARE:
        return Row(case, quantity, exact, simulated, error, math.nan, "too rare")
    distance = abs(simulated - exact) / error if error > 0 else math.inf * abs(simulated - exact)
    distance = 0.0 if math.isnan(distance) else distance
    return Row(case, quantity, exact, simulated, error, distance, "pass" if distance <= LIMIT else "FAIL")


def _is_tail(quantity: str) -> bool:
    """Returns whether a figure is a share that may be tiny: of those who wait very long, or of idle days."""
    return "wait_tail" in quantity or quantity == "p0"
