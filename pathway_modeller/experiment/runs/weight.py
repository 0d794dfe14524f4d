"""What a run weighs before it begins: events, minutes and memory; and whether a person is asked first.

Events follow from the traffic equations (:mod:`pathway_modeller.scenario.network.volume`); what one takes was
measured with the bundled scenarios (``python -m tests.benchmarks.weight`` holds the estimate against runs).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathway_modeller.experiment.runs.engines import in_threads
from pathway_modeller.experiment.runs.free_memory import free_memory
from pathway_modeller.experiment.runs.workers import worker_count
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.elements import RandomArrivals
from pathway_modeller.scenario.network.volume import Volume, volume
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.words.sentences import element_name, later_rate_words, number, plural

LONG = 600.0
"""Seconds above which a person is asked before a run."""
LARGE = 0.5
"""Share of the free memory above which a person is asked before a run."""

CROWD = 1e6
"""Patients who wait for want of capacity above which a person is asked: most likely a unit was mistaken."""

_EVENTS_A_SECOND: Mapping[str, float] = {"compiled": 2.5e6, "simpy": 6e4}
"""Rows of a trace that one processor plays and counts in a second, by engine."""
_EACH = 0.01
"""Seconds that a replication takes besides, to work out its figures."""
_SHORT = 0.04
"""Seconds below which replications of the compiled engine do not go on side by side."""

_PROGRAM = 3.0e8
"""Bytes that the program takes, whatever it plays, and to tell what was found."""
_INSIDE: Mapping[str, float] = {"compiled": 400.0, "simpy": 4000.0}
"""Bytes of each patient on the pathway, by engine."""
_TRACED: Mapping[str, float] = {"compiled": 0.0, "simpy": 200.0}
"""Bytes of each event, by engine: the compiled engine keeps no trace."""
_COUNTED = 60.0
"""Bytes of each visit while a replication is counted."""
_KEPT = 16.0
"""Bytes of each visit, and of each patient in the longest queue, that are kept of every replication."""
_FIGURES = 5.0e4
"""Bytes of the figures that are kept of every replication."""


@dataclass(frozen=True)
class Weight:
    """What a run weighs.

    Attributes:
        replications: of each variant.
        events: rows of the traces of all replications of all variants.
        seconds: that it takes, without loading the program.
        memory: bytes that it takes at most.
        waiting: patients who wait at the end of a replication, since capacity is too small for all who come.
        free: bytes of memory that are free; None if that is not known.
        most: the entry point from which most patients come, in words: ``"Referral" brings 32 million
            patients a replication (400 per minute)``; "" if nobody comes.
    """

    replications: int
    events: float
    seconds: float
    memory: float
    waiting: float
    free: float | None
    most: str

    @property
    def is_heavy(self) -> bool:
        """Whether a person is asked before the run: it takes too long, too much memory, or nobody is seen."""
        too_large = self.free is not None and not self.memory <= LARGE * self.free
        return not self.seconds <= LONG or too_large or not self.waiting < CROWD

    @property
    def sentence(self) -> str:
        """What the run weighs, as a sentence."""
        said = f"This run plays {about(self.events)} events: {time_words(self.seconds)}"
        return f"{said} and {memory_words(self.memory)} of memory."

    @property
    def warning(self) -> str:
        """What is said of a heavy run, in one line: what it weighs, why, and what would make it lighter."""
        free = f" ({memory_words(self.free)} are free)" if self.free is not None else ""
        why = f" {self.most}: check the number and its unit." if self.most else ""
        return (
            f"{self.sentence[:-1]}{free}.{why} Fewer replications or a shorter data collection period "
            "make it lighter."
        )


def weigh(
    scenario: Scenario,
    variants: Sequence[str],
    run: RunSettings | None = None,
    *,
    engine: str = "compiled",
    workers: int = 0,
    times: float = 1.0,
) -> Weight:
    """Returns what a run of some variants weighs.

    Args:
        scenario: one in which the check finds no error.
        variants: ``"baseline"`` and option ids.
        run: settings other than the scenario's own.
        engine: its name.
        workers: threads or processes; 0 for as many as there are processors.
        times: how often all of it is played.
    """
    settings = scenario.run if run is None else run
    found = [(pathway, volume(pathway, settings)) for pathway in _played(scenario, variants, settings)]
    speed, replications = _EVENTS_A_SECOND[engine], settings.replications
    each = [_EACH + one.events / speed for _, one in found]
    at_once = worker_count(workers, replications * len(found))
    if in_threads(engine) and max(each) < _SHORT:
        at_once = 1
    largest = max(_playing(one, engine) for _, one in found)
    kept = math.fsum(_FIGURES + _KEPT * (one.visits + one.waiting) for _, one in found)
    return Weight(
        replications=replications,
        events=times * replications * math.fsum(one.events for _, one in found),
        seconds=times * replications * math.fsum(each) / at_once,
        memory=_PROGRAM + at_once * largest + replications * kept,
        waiting=max(one.waiting for _, one in found),
        free=free_memory(),
        most=_most(found),
    )


def _played(scenario: Scenario, variants: Sequence[str], run: RunSettings) -> list[Pathway]:
    """Returns the pathways that are played; the baseline's for an option whose shifts cannot be."""
    found = []
    for variant in variants:
        try:
            found.append(played(scenario, variant, run))
        except ShiftError:  # the run itself says so
            found.append(played(scenario, BASELINE, run))
    return found


def _playing(one: Volume, engine: str) -> float:
    """Returns the bytes that a replication takes while it is played."""
    return _INSIDE[engine] * one.inside + _COUNTED * one.visits + _TRACED[engine] * one.events


def _most(found: Sequence[tuple[Pathway, Volume]]) -> str:
    """Returns from which entry point most patients come, in words."""
    coming = [
        (patients, pathway, key)
        for pathway, one in found
        for key, patients in one.arrivals.items()
        if patients > 0
    ]
    if not coming:
        return ""
    patients, pathway, key = max(coming, key=lambda each: each[0])
    arrivals = pathway.entry_points[key].arrivals
    rate = ""
    if isinstance(arrivals, RandomArrivals) and arrivals.hourly is not None:
        rate = f" ({number(arrivals.rate_per_day or 0.0)} per day)"
    elif isinstance(arrivals, RandomArrivals) and arrivals.rate is not None:
        rate = f" ({later_rate_words(arrivals.rate)})"
    return f"{element_name(pathway, key)} brings {about(patients)} patients a replication{rate}"


def about(count: float) -> str:
    """Returns a large number in words, to two figures: ``about 32 million``."""
    if not count < _COUNTLESS:
        return "more than a million billion"
    return f"about {_two_figures(count)}"


_COUNTLESS = 1e15


def _two_figures(count: float) -> str:
    """Returns a number below a million billion to two figures, in words from a million on."""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if count >= size:
            return f"{number(float(f'{count / size:.2g}'))}{word}"
    return number(float(f"{count:.2g}"))


def time_words(seconds: float) -> str:
    """Returns a time in words, to two figures: ``about 3 minutes``."""
    for size, word in ((365.25 * 86400, "years"), (86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if not seconds < 1.5 * size:
            return f"{about(seconds / size)} {word}"
    return f"about {plural(max(1, round(seconds)), 'second')}"


def memory_words(size: float) -> str:
    """Returns an amount of memory in words, to two figures: ``3.2 GB``."""
    if not size < _COUNTLESS:
        return "more than a million GB"
    return f"{_two_figures(size / 1e9)} GB" if size >= 1e9 else f"{_two_figures(size / 1e6)} MB"
