"""How cost grows: ten times the run length, the elements, the population; one worker and two."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.parts import Model
from tests.benchmarks.borough import borough
from tests.benchmarks.events import counted, nothing
from tests.benchmarks.ours import SEED
from tests.benchmarks.stations import Stations
from tests.benchmarks.tables import Table, seconds, times

RUNS = 3
COLUMNS = ("Work", "Events", "Seconds", "Per event", "Per event, against the first")

Say = Callable[[str], None]


def growth(quick: bool, say: Say) -> Table:
    """Measures how cost grows; the engine alone, but for the workers."""
    days = 40.0 if quick else 400.0
    years, part = (0.5, 0.02) if quick else (0.5, 0.1)
    groups = [
        [
            (f"Six stations, {days:,.0f} days", _stations(days)),
            (f"Six stations, {10 * days:,.0f} days", _stations(10 * days)),
        ],
        [
            ("6 elements, 1,000 patients a day", _stations(days, 1, 1000.0)),
            ("60 elements, as many patients in all", _stations(days, 10, 1000.0)),
        ],
        [
            (f"Borough, {years:g} years, {part:.0%} of the people", _borough(years, part)),
            (f"Borough, {years:g} years, {10 * part:.0%} of the people", _borough(years, 10 * part)),
        ],
    ]
    rows: list[tuple[str, ...]] = []
    for group in groups:
        rows += _compared(group, say)
    rows += _workers(borough(years, replications=4, people=part), say)
    notes = ("The engine alone, keeping nothing, median of three runs taken in turns.", WORKERS)
    return Table("growth", "How cost grows", notes, COLUMNS, tuple(rows))


WORKERS = "Workers: 8 replications with every figure, from order to results; against one worker."


def _stations(days: float, copies: int = 1, per_day: float = 100.0) -> Model:
    """Returns the six stations, or several copies that share the patients."""
    work = Stations(days, per_day=per_day, copies=copies)
    return compile_pathway(work.pathway(), work.run_settings())


def _borough(years: float, people: float) -> Model:
    """Returns the borough with more or fewer people."""
    scenario = borough(years, people=people)
    return compile_pathway(scenario.baseline, scenario.run)


def _compared(group: list[tuple[str, Model]], say: Say) -> list[tuple[str, ...]]:
    """Returns rows of works, compared with the first, timed in turns."""
    events = [counted(model).events for _, model in group]
    took: list[list[float]] = [[] for _ in group]
    for turn in range(RUNS):
        for place, (_, model) in enumerate(group):
            before = time.perf_counter()
            play(model, SEED, turn, nothing)
            took[place].append(time.perf_counter() - before)
    each = [statistics.median(some) / count for some, count in zip(took, events, strict=True)]
    rows = []
    for place, (name, _) in enumerate(group):
        middle = statistics.median(took[place])
        against = times(each[place] / each[0])
        rows.append((name, f"{events[place]:,}", seconds(middle), f"{1e9 * each[place]:,.0f} ns", against))
        say(" ".join(rows[-1]))
    return rows


def _workers(scenario: Scenario, say: Say) -> list[tuple[str, ...]]:
    """Returns rows of the same experiment on one worker and on two."""
    variants, took = ["baseline", *scenario.options], {}
    run_experiment(scenario, variants[:1], scenario.run.model_copy(update={"replications": 1}), workers=1)
    for workers in (1, 2):
        before = time.perf_counter()
        run_experiment(scenario, variants, workers=workers)
        took[workers] = time.perf_counter() - before
        say(f"{workers} workers: {took[workers]:.1f} s")
    return [
        ("One worker", "", seconds(took[1]), "", ""),
        ("Two workers", "", seconds(took[2]), "", f"{took[1] / took[2]:.2f} times as quick"),
    ]
