"""An experiment under way: handing out replications, taking them in, stopping."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.pace import Pace
from pathway_modeller.experiment.runs.replicate import Replicate, Shared, Task, narrowed
from pathway_modeller.experiment.runs.workers import StopFlag, end_tasks, interrupts_held_back, stop_flag
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.simulation.model.errors import Cancelled, ModelError, SimulationStopped
from pathway_modeller.simulation.tally.buffer_pool import Memory

MOST_POINTS = 400
"""A time series has at most about so many points."""

_STEPS = (1 / 48, 1 / 24, 1 / 12, 1 / 8, 1 / 4, 1 / 2, 1.0, 7.0, 14.0, 28.0)
"""Steps of time series, days: parts of a day, or whole weeks, so that points fall on equal weekdays."""

_PATIENCE = 0.05
"""Seconds between two looks at whether to stop."""


_AHEAD = 4
"""Results that wait for their turn, at most, for each task that may be under way."""


class ExperimentStopped(Exception):  # noqa: N818 - the name says what happened
    """A replication could not be finished; the message is one sentence for the person who asked."""


@dataclass(frozen=True)
class Order:
    """What was ordered.

    Attributes:
        scenario: the scenario, runnable.
        variants: ``"baseline"`` and option ids.
        run: the settings in force.
        engine: name of the engine.
        replication: does one unit of work.
    """

    scenario: Scenario
    variants: tuple[str, ...]
    run: RunSettings
    engine: str
    replication: Replicate

    @property
    def size(self) -> int:
        """How many units of work there are."""
        return len(self.variants) * self.run.replications

    def tasks(self) -> Iterator[Task]:
        """Returns the units of work, replication by replication, so that variants keep step.

        Raises:
            ExperimentStopped: a shift of an option cannot be played.
        """
        sent = {variant: self._sent(variant) for variant in self.variants}
        memory = Memory()
        shared = {variant: Shared(memory) for variant in self.variants}
        step = series_step(self.run)
        for number, variant in itertools.product(range(self.run.replications), self.variants):
            yield Task(*sent[variant], self.run, number, self.engine, step, shared[variant])

    def _sent(self, variant: str) -> tuple[str, Scenario, Pathway]:
        """Returns what every task of a variant holds."""
        try:
            pathway = played(self.scenario, variant, self.run)
        except ShiftError as error:
            raise ExperimentStopped(str(error)) from error
        return variant, narrowed(self.scenario, variant), pathway

    def stopped(self, task: Task, error: Exception) -> ExperimentStopped:
        """Returns the sentence for a replication that could not be finished."""
        option = self.scenario.options.get(task.variant)
        name = "the baseline" if task.variant == BASELINE or option is None else f'option "{option.name}"'
        return ExperimentStopped(f"Replication {task.replication + 1} of {name} stopped: {error}")


class Work:
    """One experiment under way."""

    def __init__(
        self,
        order: Order,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        taken: Callable[[str, int, Vectors], object] | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Begins with nothing done.

        Args:
            order: what was ordered.
            progress: told (finished, all) in the calling thread.
            cancelled: asked often.
            taken: told variant, number and figures of each replication, in the calling thread.
            meanwhile: done in the calling thread while others work.
        """
        self.collector = Collector(order.variants)
        self._order = order
        self._progress = progress
        self._cancelled = cancelled
        self._taken = taken
        self._meanwhile = meanwhile
        self._finished = 0
        self._failures: list[tuple[Task, Exception]] = []

    def do_here(self) -> None:
        """Does the work in this process."""
        self._report()
        for task in self._order.tasks():
            if self._cancelled():
                return
            try:
                reduced = self._order.replication(task, self._cancelled)
            except Cancelled:
                return
            except (ModelError, SimulationStopped) as error:
                raise self._order.stopped(task, error) from error
            self._take(task, reduced)

    def do_in(self, executor: Executor, in_flight: int, pace: Pace | None = None) -> None:
        """Does the work through an executor.

        Args:
            executor: does the tasks.
            in_flight: how many are handed out at a time, at most.
            pace: says whether fewer at a time are quicker, as may be in threads of this process.
        """
        self._report()
        do = _do_one if pace is None else pace.timed(_do_one)
        tasks = self._order.tasks()
        under_way: dict[Future[Vectors], Task] = {}
        with stop_flag(executor) as flag:
            try:
                while not self._cancelled():
                    if not self._failures:
                        width = in_flight if pace is None else pace.width(in_flight)
                        with interrupts_held_back():
                            for task in itertools.islice(tasks, self._room(len(under_way), width)):
                                future = executor.submit(do, self._order.replication, task, flag)
                                under_way[future] = task
                    if not under_way:
                        break
                    self._use_the_time()
                    self._gather(under_way)
            except BrokenProcessPool as error:
                raise ExperimentStopped(
                    "A process that ran replications was ended from outside, perhaps because memory "
                    "ran out; run again with fewer workers."
                ) from error
            finally:
                flag.raise_it()
                end_tasks(under_way, executor)
        self._raise_failure()

    def _use_the_time(self) -> None:
        """Loads what is needed afterwards while workers play: this thread would only wait."""
        _load_what_sums_up()
        if self._meanwhile is not None:
            self._meanwhile()
            self._meanwhile = None

    def _room(self, under_way: int, in_flight: int) -> int:
        """Returns how many tasks may be handed out now.

        What finished out of order is held until its turn comes. Were it not counted, nearly all results would
        be held while a single replication is late, perhaps because its worker died.
        """
        most = len(self._order.variants) + _AHEAD * in_flight
        return max(0, min(in_flight, most - self.collector.waiting) - under_way)

    def _gather(self, under_way: dict[Future[Vectors], Task]) -> None:
        """Waits a moment for tasks to finish, and takes in those that have."""
        for future in wait(under_way, timeout=_PATIENCE, return_when=FIRST_COMPLETED).done:
            task = under_way.pop(future)
            try:
                reduced = future.result()
            except (BrokenProcessPool, ExperimentStopped):
                raise
            except Exception as error:
                self._failures.append((task, error))
            else:
                self._take(task, reduced)

    def _raise_failure(self) -> None:
        """Raises the earliest failure; tasks are handed out in order, so it is always the same one."""
        if not self._failures:
            return
        places = self._order.variants
        task, error = min(
            self._failures, key=lambda each: (each[0].replication, places.index(each[0].variant))
        )
        if isinstance(error, ModelError | SimulationStopped):
            raise self._order.stopped(task, error) from error
        raise error

    def _take(self, task: Task, found: Vectors) -> None:
        """Takes in one finished unit of work."""
        if isinstance(found.plan, str):  # it comes from another process or computer
            found = found.of(task.shared.of(task).plan)
        self.collector.add(task.variant, task.replication, found)
        if self._taken is not None:
            self._taken(task.variant, task.replication, found)
        self._finished += 1
        self._report()

    def _report(self) -> None:
        """Tells how far the work is."""
        self._progress(self._finished, self._order.size)


def _load_what_sums_up() -> None:
    """Loads the libraries that results are put together with, if they are not there yet."""
    import pandas as pd  # noqa: F401
    import scipy.special  # noqa: F401


def series_step(run: RunSettings) -> float:
    """Returns the distance between points of a time series, days, so that there are not too many."""
    days = run.warm_up.days + run.duration.days
    return next((step for step in _STEPS if days / step <= MOST_POINTS), _STEPS[-1])


def _do_one(replication: Replicate, task: Task, flag: StopFlag) -> Vectors:
    """Does one unit of work in a worker, unless the run was stopped while it was on its way."""
    if flag.raised():
        raise Cancelled
    return replication(task, flag.raised)
