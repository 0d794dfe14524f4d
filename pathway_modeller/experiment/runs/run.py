"""Running an experiment: some variants of a scenario, many replications of each, one set of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from pathway_modeller import __version__
from pathway_modeller.experiment.results.fingerprint import scenario_hash
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.engines import ENGINES, in_threads
from pathway_modeller.experiment.runs.pace import Pace
from pathway_modeller.experiment.runs.replicate import Replicate, replicate
from pathway_modeller.experiment.runs.work import ExperimentStopped, Order, Work
from pathway_modeller.experiment.runs.workers import pool, worker_count
from pathway_modeller.scenario.document import RunSettings, Scenario

__all__ = ["ExperimentStopped", "run_experiment"]


def run_experiment(
    scenario: Scenario,
    variants: Sequence[str],
    run: RunSettings | None = None,
    *,
    engine: str = ENGINES[0],
    workers: int = 0,
    progress: Callable[[int, int], None] | None = None,
    so_far: Callable[[int, Callable[[], Results]], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    executor: Executor | None = None,
    replication: Replicate = replicate,
    taken: Callable[[str, int, Vectors], object] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Results:
    """Runs variants of a scenario and returns what was found.

    The same scenario, settings and version give the same results to the last bit, whatever the number of
    workers and the order in which they finish. All variants are played on common random numbers.

    Args:
        scenario: checked beforehand; it must be runnable.
        variants: ``"baseline"`` and option ids, each once; differences need the baseline among them.
        run: settings other than the scenario's own.
        engine: one of :data:`pathway_modeller.experiment.runs.engines.ENGINES`.
        workers: threads for the compiled engine, processes for SimPy; 0 for as many as there are processors,
            1 for none besides this one.
        progress: told (finished, all) at the start and after each replication of a variant, in the calling
            thread.
        so_far: told after each replication how many of them all variants have finished, and what gives their
            results; in the calling thread, which hands out no work meanwhile.
        cancelled: asked often; once it is true the run stops within a moment.
        executor: takes the place of own threads or processes, for example one that leads to a cluster.
        replication: does one unit of work; must be a function of a module so that it can be sent away.
        taken: told variant, number and figures of each replication as it is taken in, in the calling thread
            and in the order in which they finish.
        meanwhile: done once in the calling thread while workers play, if any do: what would else come after.

    Returns:
        The results of the replications that all variants have finished; ``complete`` is False if they are
        fewer than asked for because the run was cancelled.

    Raises:
        KeyError: the scenario has no such option.
        ValueError: no variant, one named twice, no such engine, or a negative number of workers.
        ExperimentStopped: a replication could not be finished.
    """
    if not variants or len(set(variants)) != len(variants):
        raise ValueError("an experiment needs variants, each named once")
    if engine not in ENGINES:
        raise ValueError(f"There is no engine {engine!r}; there is {', '.join(ENGINES)}.")
    settings = scenario.run if run is None else run
    order = Order(scenario, tuple(variants), settings, engine, replication)
    told = progress or _silent

    def tell(finished: int, every: int) -> None:
        told(finished, every)
        if so_far is not None:
            so_far(work.collector.counted, lambda: _results(work, order))

    work = Work(order, tell, cancelled or _never, taken, meanwhile)
    count = worker_count(workers, order.size)
    if executor is not None:
        work.do_in(executor, in_flight=2 * count)
    elif workers == 1:
        work.do_here()
    else:
        with pool(engine, count) as own:
            work.do_in(own, in_flight=2 * count, pace=Pace() if in_threads(engine) else None)
    return _results(work, order)


def _results(work: Work, order: Order) -> Results:
    """Returns the results of the replications that all variants have finished."""
    return work.collector.results(_provenance(order, work.collector.counted))


def _provenance(order: Order, counted: int) -> Provenance:
    """Returns where the figures come from."""
    run = order.run
    return Provenance(
        scenario_hash=scenario_hash(order.scenario),
        scenario_name=order.scenario.name,
        seed=run.seed,
        engine=order.engine,
        version=__version__,
        warm_up_days=run.warm_up.days,
        collection_days=run.duration.days,
        replications=counted,
        start_date=run.start_date,
        finished=counted == run.replications,
        asked=run.replications,
    )


def _silent(_finished: int, _all: int) -> None:
    """Tells nobody."""


def _never() -> bool:
    """Is never true."""
    return False
