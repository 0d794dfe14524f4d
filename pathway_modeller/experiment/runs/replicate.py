"""One replication of one variant: the unit of work, done wherever an executor puts it.

A worker keeps only what the figures need. With the compiled engine no trace is ever there: its rows are
counted as they come. Of other engines the trace never leaves the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.simulation.tally.buffer_pool import Memory

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.analysis.ledger.context import Books
    from pathway_modeller.analysis.ledger.ledger import Ledger
    from pathway_modeller.simulation.model.parts import Model
    from pathway_modeller.simulation.tally.facts import Tallied
    from pathway_modeller.simulation.trace import Trace

Cancelled = Callable[[], bool]

TALLYING = "compiled"
"""The engine whose replications are reduced while they are played."""


class SharedModel:
    """The model of a variant, which the first replication compiles and the others play too, and their memory.

    Nothing in a model changes when it is played. Two threads that ask at once may both compile it: the same.

    Attributes:
        memory: what replications use one after another, of other variants as well.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        """Starts with no model, and with memory of its own if none is given."""
        self._made: tuple[Pathway, RunSettings, Model] | None = None
        self._flat: tuple[Model, dict[str, Any]] | None = None
        self.memory = memory or Memory()

    def of(self, pathway: Pathway, run: RunSettings) -> Model:
        """Returns the model of a pathway under run settings; the one made before if these are the same.

        Raises:
            ModelError: the pathway cannot be run.
        """
        from pathway_modeller.simulation.model.compile_pathway import compile_pathway

        made = self._made
        if made is None or made[0] is not pathway or made[1] is not run:
            made = self._made = pathway, run, compile_pathway(pathway, run)
        return made[2]

    def tables(self, model: Model) -> dict[str, Any]:
        """Returns a model as the compiled engine reads it; as it was made before if it is the same model."""
        from pathway_modeller.simulation.compiled.flatten import flatten

        flat = self._flat
        if flat is None or flat[0] is not model:
            flat = self._flat = model, flatten(model)
        return flat[1]


@dataclass(frozen=True)
class Task:
    """Everything a worker needs for one replication of one variant.

    Attributes:
        variant: ``"baseline"`` or an option id.
        scenario: gives the baseline and the option's shifts, by which the books are kept; it need hold no
            other option.
        pathway: the variant's pathway as it is run.
        run: run settings; the seed is the same for all variants, so that a patient has the same luck.
        replication: 0, 1, 2, ...
        engine: name of the engine.
        step_days: distance between two points of the time series, days.
        model: shared by the replications of a variant in one process; it does not travel.
    """

    variant: str
    scenario: Scenario
    pathway: Pathway
    run: RunSettings
    replication: int
    engine: str
    step_days: float
    model: SharedModel = field(default_factory=SharedModel, repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[..., Task], tuple[object, ...]]:
        """Travels as JSON text, the file's own form, since records made for a type cannot be pickled.

        The pathway follows from the scenario, and is worked out again on arrival.
        """
        scenario = self.scenario.model_dump_json(by_alias=True, exclude_defaults=True)
        rest = (self.replication, self.engine, self.step_days)
        return _unpacked, (self.variant, scenario, self.run.model_dump_json(), *rest)


def _unpacked(variant: str, text: str, run: str, replication: int, engine: str, step_days: float) -> Task:
    """Returns the task that has travelled."""
    scenario = Scenario.model_validate_json(text, strict=True)
    settings = RunSettings.model_validate_json(run, strict=True)
    pathway = played(scenario, variant, settings)
    return Task(variant, scenario, pathway, settings, replication, engine, step_days)


def narrowed(scenario: Scenario, variant: str) -> Scenario:
    """Returns a scenario with no more options than a variant needs, which is quicker to send."""
    options = {key: option for key, option in scenario.options.items() if key == variant}
    return scenario.model_copy(update={"options": options})


@dataclass(frozen=True, eq=False)
class Reduced:
    """What is kept of one replication.

    Attributes:
        measures: see :func:`pathway_modeller.analysis.measures.measures.measure_frame`.
        series: time series.
        distributions: shares of time spent at each level.
        ledger: every line of money; None if nobody kept the books.
        population: year, need_tier, footprint, people; None if nobody counted them.
        account: what became of those who came, by month, element and need tier; None if nobody counted.
    """

    measures: pd.DataFrame
    series: pd.DataFrame
    distributions: pd.DataFrame
    ledger: Ledger | None = None
    population: pd.DataFrame | None = None
    account: pd.DataFrame | None = None


Replicate = Callable[[Task, Cancelled | None], Reduced]


def replicate(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Simulates one replication and reduces it.

    Raises:
        ModelError: the pathway cannot be run.
        SimulationStopped: the run met something it cannot go on from.
        Cancelled: the person asked to stop.
    """
    from pathway_modeller.analysis.ledger.ledger import books

    kept = books(task.scenario, task.variant, task.run)
    if task.engine == TALLYING:
        return _tallied(task, kept, cancelled)
    from pathway_modeller.experiment.runs.engines import engine_named

    simulate, model = engine_named(task.engine), task.model.of(task.pathway, task.run)
    return reduced(task, simulate(model, task.run.seed, task.replication, cancelled, None), kept, cancelled)


def reduced(task: Task, played: Trace | Tallied, kept: Books, cancelled: Cancelled | None = None) -> Reduced:
    """Returns what is kept of a replication.

    Args:
        task: what was played.
        played: the replication: its trace, or what was tallied of it.
        kept: what its ledger is kept against.
        cancelled: asked between two of the tables.

    Raises:
        Cancelled: the person asked to stop.
    """
    from pathway_modeller.analysis.accounts.account import account_frame
    from pathway_modeller.analysis.ledger.ledger import ledger
    from pathway_modeller.analysis.measures.distribution import distribution_frame
    from pathway_modeller.analysis.measures.measures import measure_frame
    from pathway_modeller.analysis.measures.series import series_frame
    from pathway_modeller.analysis.observed.facts import facts_of
    from pathway_modeller.analysis.observed.population import population_frame
    from pathway_modeller.simulation.model.errors import Cancelled as Stopped

    def unless_cancelled(table: pd.DataFrame) -> pd.DataFrame:
        if cancelled is not None and cancelled():
            raise Stopped
        return table

    facts = facts_of(played, task.pathway)
    found = ledger(facts, task.pathway, kept)
    unless_cancelled(found.lines)
    return Reduced(
        measures=unless_cancelled(measure_frame(facts, task.pathway, found)),
        series=unless_cancelled(series_frame(facts, task.pathway, task.step_days)),
        distributions=unless_cancelled(distribution_frame(facts, task.pathway)),
        ledger=found,
        population=unless_cancelled(population_frame(facts, task.pathway)),
        account=account_frame(facts, task.pathway),
    )


def _tallied(task: Task, kept: Books, cancelled: Cancelled | None) -> Reduced:
    """Plays and reduces a replication with the engine that hands its rows on as they come."""
    from pathway_modeller.analysis.wanted.tally_request import wanted
    from pathway_modeller.simulation.compiled.simulate import play
    from pathway_modeller.simulation.tally.tally import Tally

    model = task.model.of(task.pathway, task.run)
    tally = Tally(wanted(model.legend, task.pathway, task.step_days, kept), task.model.memory)
    tables = task.model.tables(model)
    play(model, task.run.seed, task.replication, tally.take, cancelled, tally.counted, tables)
    found = reduced(task, tally.finished(), kept, cancelled)
    tally.hand_back()
    return found
