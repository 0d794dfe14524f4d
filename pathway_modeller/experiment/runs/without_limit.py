"""Runs in which one pool alone has no limit: its occupancy tells the chance of delay by number of beds.

Each variant is played as ever, with the same seed, periods and replications: only the number of units of the
pool is taken away, with its dated changes. See :mod:`pathway_modeller.analysis.measures.chance_of_delay`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.chance_of_delay import ChanceOfDelay, chance_of_delay
from pathway_modeller.experiment.results.fingerprint import scenario_hash
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.dated_units import UNLIMITED, dated_units, units_at
from pathway_modeller.scenario.shifts.shifts import bodies_of, played

Floats = npt.NDArray[np.float64]
_Kept = dict[int, dict[str, Floats]]
"""Of each replication the share of time at each level, by the footprint that holds the units."""


class NoChanceOfDelay(Exception):  # noqa: N818 - the name says what happened
    """A pool's chance of delay cannot be worked out; the message is one sentence that says what to do."""


@dataclass(frozen=True, eq=False)
class Occupancy:
    """How many units of one body of capacity are in use without a limit.

    Attributes:
        variant: ``"baseline"`` or an option id.
        footprint: the one that holds it; "" where all share it.
        shares: of the time in which 0, 1, 2, ... were in use, shape (replications, levels).
        taken: units that a patient takes at once; the most of any activity.
        limit: units that there are with the limit, over all of the data collection period; None where they
            change, or there is no limit.
    """

    variant: str
    footprint: str
    shares: Floats
    taken: int
    limit: int | None

    @cached_property
    def chance(self) -> ChanceOfDelay:
        """The chance of delay by number of units."""
        return chance_of_delay(self.shares, self.taken)


@dataclass(frozen=True, eq=False)
class WithoutLimit:
    """What was found of a pool without a limit.

    Attributes:
        pool: its id.
        occupancies: of each variant, then each footprint that holds it.
        results: all figures of these runs, under the variants' own names. They are of a pathway without the
            limit, and answer no other question.
    """

    pool: str
    occupancies: tuple[Occupancy, ...]
    results: Results


def run_without_limit(
    scenario: Scenario,
    pool: str,
    variants: Sequence[str] = (BASELINE,),
    run: RunSettings | None = None,
    *,
    engine: str = ENGINES[0],
    workers: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    executor: Executor | None = None,
) -> WithoutLimit:
    """Plays variants of a scenario in which one pool alone has no limit, on common random numbers.

    Args:
        scenario: checked beforehand; it must be runnable.
        pool: id of the pool.
        variants: ``"baseline"`` and option ids, each once; those that have no such pool are left out.
        run: settings other than the scenario's own.
        engine: as for :func:`pathway_modeller.experiment.runs.run.run_experiment`.
        workers: likewise.
        progress: told (finished, all) over all variants.
        cancelled: as for ``run_experiment``.
        executor: likewise.

    Returns:
        What was found in the replications that all variants have finished.

    Raises:
        NoChanceOfDelay: no variant has the pool, or it closes at times.
        ExperimentStopped: a replication could not be finished.
    """
    settings = scenario.run if run is None else run
    pathways = {variant: played(scenario, variant, settings) for variant in variants}
    having = {variant: pathway for variant, pathway in pathways.items() if pool in pathway.pools}
    require_always_open(pathways, pool)
    gathered: dict[str, _Kept] = {variant: {} for variant in having}
    found: dict[str, Results] = {}
    for number, (variant, pathway) in enumerate(having.items()):

        def tell(done: int, every: int, before: int = number) -> None:
            if progress is not None:
                progress(before * every + done, len(having) * every)

        found[variant] = run_experiment(
            alone(scenario, pathway, pool),
            [BASELINE],
            settings,
            engine=engine,
            workers=workers,
            progress=tell,
            cancelled=cancelled,
            executor=executor,
            taken=partial(_keep, gathered[variant], pool),
        )
    return WithoutLimit(pool, *_together(scenario, pool, having, gathered, found))


def _keep(kept: _Kept, pool: str, _variant: str, replication: int, vectors: Vectors) -> None:
    """Keeps the share of time at each level of a pool, by the footprint that holds it."""
    plan = vectors.plan
    if isinstance(plan, str):
        raise TypeError("vectors that have travelled are given their plan when they are taken in")
    places = plan.distributions.where(kind="occupancy", pool=pool).tolist()
    kept[replication] = {plan.distributions.tuples[place][-1]: vectors.levels[place] for place in places}


def require_always_open(pathways: dict[str, Pathway], pool: str) -> None:
    """Makes sure that the chance of delay of a pool can be worked out.

    Raises:
        NoChanceOfDelay: it cannot.
    """
    records = [pathway.pools[pool] for pathway in pathways.values() if pool in pathway.pools]
    if not records:
        raise NoChanceOfDelay(f"No variant that is run has a pool {pool!r}; name one that has it.")
    if any(record.timetable or record.closed_on_bank_holidays for record in records):
        raise NoChanceOfDelay(
            f"{records[0].name} closes at times, when patients wait however many units there are: the chance "
            "of delay by number of units is that of a pool that is always open, such as beds."
        )


def alone(scenario: Scenario, pathway: Pathway, pool: str) -> Scenario:
    """Returns a scenario whose baseline is a pathway in which one pool alone has no limit."""
    record = pathway.pools[pool]
    free: Pool = record.model_copy(update={"units": None, "units_by_footprint": {}, "steps": ()})
    lifted = pathway.model_copy(update={"pools": {**pathway.pools, pool: free}})
    return scenario.model_copy(update={"baseline": lifted, "options": {}})


def _together(
    scenario: Scenario,
    pool: str,
    pathways: dict[str, Pathway],
    gathered: dict[str, _Kept],
    found: dict[str, Results],
) -> tuple[tuple[Occupancy, ...], Results]:
    """Returns occupancies, and results under the names of variants."""
    counted = min(each.provenance.replications for each in found.values())
    first = next(iter(found.values())).provenance
    given = replace(
        first,
        scenario_hash=scenario_hash(scenario),
        replications=counted,
        finished=counted == first.asked,
    )
    if not counted:
        return (), Results(provenance=given, measures={})
    occupancies = []
    for variant, pathway in pathways.items():
        for body in bodies_of(pathway, pathway.pools[pool]):
            shares = _shares([gathered[variant][number][body or ""] for number in range(counted)])
            limit = _limit(pathway.pools[pool], body, given)
            occupancies.append(Occupancy(variant, body or "", shares, _taken(pathway, pool), limit))
    measures = {variant: each.measures[BASELINE] for variant, each in found.items()}
    return tuple(occupancies), Results(provenance=given, measures=measures)


def _shares(levels: Sequence[Floats]) -> Floats:
    """Returns the share of time at each level, one row a replication."""
    shares = np.zeros((len(levels), max(len(each) for each in levels)))
    for row, each in zip(shares, levels, strict=True):
        row[: len(each)] = each
    return shares


def _taken(pathway: Pathway, pool: str) -> int:
    """Returns the most units of a pool that any activity takes at once."""
    return max((needs_to_start(pathway, each).get(pool, 0) for each in pathway.activities), default=0) or 1


def _limit(record: Pool, footprint: str | None, given: Provenance) -> int | None:
    """Returns the units that there are in all of the period; None if there is no one number."""
    levels = dated_units(record, footprint, given.start_date)
    begin, end = given.warm_up_days, given.warm_up_days + given.collection_days
    there = {units_at(levels, begin), *(units for begins, units in levels if begin < begins < end)}
    units = there.pop()
    return None if there or units == UNLIMITED else units
