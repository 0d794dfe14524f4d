"""The project's own engines at a piece of work, keeping waits, all figures, or the whole trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.experiment.results.vectors import Plan, Vectors
from pathway_modeller.experiment.runs.replicate import Task, replicate
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.simpy.engine import simulate as reference
from pathway_modeller.simulation.trace import Event, Legend, Trace
from tests.benchmarks.keeping import GROUPS, WaitsKept
from tests.benchmarks.outcome import Outcome, Wrong
from tests.benchmarks.peer import Peer

SEED = 1
ROOM = 1_000_000
"""Waits for which there is room from the beginning."""

Groups = Mapping[str, Sequence[str]]


def engines(pathway: Pathway, run: RunSettings, groups: Groups) -> list[Peer]:
    """Returns the compiled engine, keeping more and more, and the reference engine.

    Args:
        pathway: the work.
        run: its settings.
        groups: name of each activity with the need tiers told apart, or none.
    """
    model = compile_pathway(pathway, run)

    def keep(number: int) -> WaitsKept:
        kept = WaitsKept(ROOM)
        play(model, SEED, number, kept.take, told=(Event.JOIN, Event.START))
        return kept

    def read(trace: Trace) -> Outcome:
        return waits_of(trace, groups)

    return [
        Peer("Ours, compiled", "keeps every wait", keep, lambda kept: _kept(kept, model.legend, groups)),
        _figures(pathway, run, model, groups),
        Peer(
            "Ours, compiled: whole trace",
            "keeps every event in order",
            lambda number: compiled(model, SEED, number),
            read,
        ),
        Peer(
            "Ours, SimPy: whole trace",
            "the reference: keeps every event in order",
            lambda number: reference(model, SEED, number),
            read,
        ),
    ]


def task(pathway: Pathway, run: RunSettings, number: int) -> Task:
    """Returns one replication as a worker gets it."""
    settings = run.model_copy(update={"seed": SEED})
    scenario = Scenario(format=1, name="Work", baseline=pathway, run=settings)
    return Task("baseline", scenario, pathway, settings, number, "compiled", 28.0)


def _figures(pathway: Pathway, run: RunSettings, model: Model, groups: Groups) -> Peer:
    """Returns what the application does in a run: compile the pathway, play it, and work out every figure."""

    def judge(found: Vectors) -> tuple[int, str]:
        assert isinstance(found.plan, Plan)
        measured = Measured(found.plan.measures, found.measures.reshape(-1, 1))
        exact = waits_of(compiled(model, SEED, 0), groups)
        for group in exact.waits:
            activity, _, tier = group.partition(" ")
            value = float(measured.of("wait.mean", element=activity, need_tier=tier)[0, 0])
            if not np.isclose(value, exact.waits[group].mean(), rtol=1e-9):
                raise Wrong(f"mean wait of {group} is {value}, and {exact.waits[group].mean()} by the trace")
        return exact.services, "mean waits as of the trace"

    return Peer(
        "Ours, compiled: every figure",
        "all figures that the application shows",
        lambda number: replicate(task(pathway, run, number)),
        lambda _: Outcome(0.0, {}, {}),
        judge=judge,
    )


def _kept(kept: WaitsKept, legend: Legend, groups: Groups) -> Outcome:
    """Returns the outcome of waits that were kept."""
    starts, waits = {}, {}
    for activity, tiers in groups.items():
        element = legend.elements.index(activity) * GROUPS
        for tier in tiers or ("",):
            index = legend.need_tiers.index(tier) if tier else -1
            here = kept.where[: kept.found] == element + index + 1
            name = f"{activity} {tier}".strip()
            starts[name], waits[name] = kept.starts[: kept.found][here], kept.waits[: kept.found][here]
    return Outcome(legend.until, starts, waits)


def waits_of(trace: Trace, groups: Groups) -> Outcome:
    """Returns the waits from joining to starting, by activity and need tier."""
    starts, waits = {}, {}
    for activity, tiers in groups.items():
        element = trace.legend.elements.index(activity)
        here = (trace.element == element) & np.isin(trace.event, (Event.JOIN, Event.START))
        rows = np.flatnonzero(here)
        rows = rows[np.lexsort((rows, trace.patient[rows]))]
        begun = np.flatnonzero(trace.event[rows] == Event.START)
        started = rows[begun]
        waited = trace.time[started] - trace.time[rows[begun - 1]]
        for tier in tiers or ("",):
            mine = slice(None)
            if tier:
                mine = trace.need_tier[started] == trace.legend.need_tiers.index(tier)
            name = f"{activity} {tier}".strip()
            starts[name], waits[name] = trace.time[started][mine], waited[mine]
    return Outcome(trace.legend.until, starts, waits)
