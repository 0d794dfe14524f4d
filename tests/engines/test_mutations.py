"""Deliberate mistakes in one engine are seen, since the traces then differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba")

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.chance import samplers
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.capacity import Queues, Visit
from pathway_modeller.simulation.simpy.engine import Replication
from pathway_modeller.simulation.simpy.engine import simulate as reference
from pathway_modeller.simulation.trace import Legend, Trace


def _one_unit_opens(patch: pytest.MonkeyPatch) -> None:
    """Opens one unit in place of all."""

    def set_open(self: Queues, body: int, units: int) -> None:
        self.open[body] = math.inf if units < 0 else min(units, 1)

    patch.setattr(Queues, "set_open", set_open)


def _rate_for_mean(patch: pytest.MonkeyPatch) -> None:
    """Takes the mean of an exponential time for its rate."""
    right = samplers.Sampler.quantile

    def quantile(self: samplers.Sampler, u: float) -> float:
        exponential = self.family is samplers.Family.EXPONENTIAL
        return -math.log(1.0 - u) / self.a if exponential else right(self, u) * 1.01

    patch.setattr(samplers.Sampler, "quantile", quantile)


def _ties_reversed(patch: pytest.MonkeyPatch) -> None:
    """Has the last of a queue go first."""
    place = property(lambda self: (0, -self.joined, -self.patient.identity))
    patch.setattr(Visit, "place", place)


def _units_in_use_count_as_free(patch: pytest.MonkeyPatch) -> None:
    """Starts patients on units that others still keep."""

    def fits(self: Queues, needs: Any, gives: Any) -> bool:
        return all(self.open[body] >= units for body, units in needs)

    patch.setattr(Queues, "fits", fits)


def _warm_up_not_removed(patch: pytest.MonkeyPatch) -> None:
    """Counts from the beginning of the run."""
    right = Replication.run

    def run(self: Replication, *given: Any) -> Trace:
        trace = right(self, *given)
        return replace(trace, legend=replace(trace.legend, warm_up=0.0))

    patch.setattr(Replication, "run", run)


def _seen(trace: Trace) -> tuple[bytes, Legend]:
    """Returns all that an engine gives: what happened, and from when on it counts."""
    return trace.tobytes(), trace.legend


@pytest.mark.parametrize(
    "mistake",
    [_one_unit_opens, _rate_for_mean, _ties_reversed, _units_in_use_count_as_free, _warm_up_not_removed],
)
def test_a_mistake_in_one_engine_is_seen(
    mistake: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load(Path(shipped("scenarios")) / "first-steps.json")
    weeks = Duration(value=2, unit="weeks")
    run = scenario.run.model_copy(update={"warm_up": weeks, "duration": weeks})
    model = compile_pathway(scenario.baseline, run)
    right = _seen(compiled(model, run.seed, 0))
    assert _seen(reference(model, run.seed, 0)) == right
    mistake(monkeypatch)
    assert _seen(reference(model, run.seed, 0)) != right
