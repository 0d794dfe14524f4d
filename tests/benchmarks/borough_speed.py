"""The borough: what a replication costs, an event, and the whole experiment on two workers."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pathway_modeller.experiment.runs.replicate import Task, replicate
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.benchmarks.borough import borough
from tests.benchmarks.borough_simpy import PlainBorough
from tests.benchmarks.events import counted, nothing
from tests.benchmarks.ours import SEED, task
from tests.benchmarks.stations import Stations
from tests.benchmarks.tables import Table, seconds, times

WORKERS = 2
PLAYS = 20
"""Plays of the six stations for each of the borough: both take seconds and meet the same disturbances."""
CLOSE = 0.10
"""Relative difference of contacts within which plain SimPy agrees with us: its rules are simpler, and one
replication of many visits to few patients varies."""
ENOUGH = 10_000
"""Contacts from which an activity is compared."""

Say = Callable[[str], None]
Row = tuple[str, ...]
COUNTED = (
    "Events take place at a time of their own: arrivals, ends of services and waits, changes of capacity, "
    "moves of people. Plain SimPy leaves out the living population, prevention, harm while waiting and money."
)
COLUMNS = ("What", "Seconds", "Events", "Per event", "Compared")


@dataclass(frozen=True)
class Work:
    """How much is measured.

    Attributes:
        years: length of a replication.
        people: times the residents.
        replications: of each of the two variants.
    """

    years: float
    people: float
    replications: int


def borough_table(quick: bool, say: Say) -> Table:
    """Measures the borough."""
    work = Work(0.5, 0.1, 2) if quick else Work(5.0, 1.0, 20)
    scenario = borough(work.years, replications=work.replications, people=work.people)
    rows = [*_one(scenario, 5, say), *_simpy(work, say), *_all(work, say)]
    people = sum(sum(each.people.values()) for each in scenario.baseline.footprints.values())
    size = f"{people:,.0f} residents, {len(scenario.baseline.activities)} activities, {work.years:g} years"
    notes = (f"{size}; {work.replications} replications each of baseline and one option.", COUNTED)
    return Table("borough", "A borough of five need tiers and seven footprints", notes, COLUMNS, tuple(rows))


def _one(scenario: Scenario, runs: int, say: Say) -> list[Row]:
    """Returns what one replication costs, beside the six stations."""
    work = Stations()
    six = compile_pathway(work.pathway(), work.run_settings())
    whole = compile_pathway(scenario.baseline, scenario.run)
    events = {"six": counted(six).events, "borough": counted(whole).events}
    of_six = task(work.pathway(), work.run_settings(), 0)
    of_borough = Task("baseline", scenario, scenario.baseline, scenario.run, 0, "compiled", 28.0)
    alone = _by_turns(
        "engine alone", lambda: play(six, SEED, 0, nothing), lambda: play(whole, SEED, 0, nothing), runs, say
    )
    full = _by_turns("with every figure", lambda: replicate(of_six), lambda: replicate(of_borough), runs, say)
    return [
        row
        for what, measured in (("engine alone", alone), ("every figure", full))
        for row in _compared(what, measured, events)
    ]


def _compared(what: str, took: dict[str, float], events: dict[str, int]) -> list[Row]:
    """Returns what an event costs of the six stations, and of the borough beside it."""
    ratio = took["borough"] / events["borough"] / (took["six"] / events["six"])
    return [
        _row(f"Six stations, {what}", took["six"], events["six"], "1× per event"),
        _row(
            f"Borough, one replication, {what}",
            took["borough"],
            events["borough"],
            f"{times(ratio)} the six stations' per event",
        ),
    ]


def _by_turns(
    what: str, six: Callable[[], object], whole: Callable[[], object], runs: int, say: Say
) -> dict[str, float]:
    """Returns how long the six stations and the borough take, played by turns, medians in seconds."""
    took: dict[str, list[float]] = {"six": [], "borough": []}
    six()
    whole()
    for turn in range(runs):
        took["six"].append(_mean_of(six, PLAYS))
        took["borough"].append(_mean_of(whole, 1))
        say(f"{what}, turn {turn + 1} of {runs}: {took['six'][-1]:.2f} s, {took['borough'][-1]:.2f} s")
    return {name: statistics.median(each) for name, each in took.items()}


def _mean_of(work: Callable[[], object], plays: int) -> float:
    """Returns how long something takes, seconds: the mean of so many times."""
    before = time.perf_counter()
    for _ in range(plays):
        work()
    return (time.perf_counter() - before) / plays


def _row(what: str, took: float, events: int, compared: str) -> Row:
    """Returns a row."""
    return what, seconds(took), f"{events:,}", f"{1e9 * took / events:,.0f} ns", compared


def _simpy(work: Work, say: Say) -> list[Row]:
    """Returns what plain SimPy takes, of a shorter run, and whether it gives the same contacts."""
    part = 0.5
    scenario, years = borough(part, people=work.people), work.years
    days = scenario.run.warm_up.days + scenario.run.duration.days
    plain = PlainBorough(scenario, SEED)
    before = time.perf_counter()
    plain.env.run(until=days)
    took = time.perf_counter() - before
    say(f"plain SimPy, {part:g} years: {took:.1f} s")
    far = agreement(scenario, plain)
    name = f"Plain SimPy, simpler rules, {part:g} years"
    if far > CLOSE:
        return [(name, "", "", "", f"WRONG: contacts {far:.1%} from ours")]
    whole = took * years / part
    return [
        (name, seconds(took), "", "", f"contacts within {far:.1%} of ours"),
        (f"Plain SimPy, one replication ({years / part:g} times that)", seconds(whole), "", "", ""),
    ]


def agreement(scenario: Scenario, plain: PlainBorough) -> float:
    """Returns the largest relative difference of the contacts of any busy activity from ours."""
    model = compile_pathway(scenario.baseline, scenario.run)
    ours = dict(zip(model.legend.elements, counted(model).starts.tolist(), strict=True))
    return max(
        abs(len(waits) / ours[name] - 1.0) for name, waits in plain.waits.items() if ours[name] >= ENOUGH
    )


def _all(work: Work, say: Say) -> list[Row]:
    """Returns what the whole experiment takes, in threads and on a cluster."""
    rows, digests = [], []
    for where, name in (("threads", "on two threads"), ("dask", "on two Dask workers")):
        found = _job(work, where)
        if isinstance(found, str):
            rows.append((f"All replications {name}", "", "", "", found))
            continue
        digests.append(found["digest"])
        memory = found["memory"]
        peak = f"peak {max(memory.values()):,.0f} MB" if memory else "peak memory not known here"
        same = "; the same bytes" if digests[0] == found["digest"] else "; OTHER BYTES"
        compared = peak + (same if len(digests) > 1 else "")
        rows.append(
            (f"All {2 * work.replications} replications {name}", seconds(found["seconds"]), "", "", compared)
        )
        say(" ".join(rows[-1]))
    return rows


def _job(work: Work, where: str) -> dict[str, Any] | str:
    """Returns what a process of its own found, or why there is nothing."""
    command = [sys.executable, "-m", "tests.benchmarks.borough_job"]
    asked = [str(work.years), str(work.people), str(work.replications), str(WORKERS), where]
    done = subprocess.run([*command, *asked], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"not run: {(done.stderr.strip().splitlines() or ['it ended'])[-1]}"
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
