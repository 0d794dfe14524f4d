"""What becomes of a damaged file: opened and checked within bounds, then played on both engines."""

from __future__ import annotations

import os
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pathway_modeller.experiment.runs.weight import weigh
from pathway_modeller.experiment.verify.verify import both_engines, verify
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import RunSettings, Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.network.volume import volume
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import FileProblems, errors
from pathway_modeller.scenario.readiness.readiness import readiness
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration

SECONDS = 5.0
"""Processor time for opening and checking, at most."""
BYTES = 500e6
"""Memory for it, at most."""
EVENTS = 2_500.0
"""Events of a shortened replication by the traffic equations, unless it is a day or less."""
MOST_EVENTS = 40_000.0
"""And of one of a day or less, in which today's lists are worked off."""
SHORTEST = 1e-4
"""Days below which a run is not shortened any more."""

Fate = Literal["not opened", "not run", "too heavy", "played", "fault"]


@dataclass(frozen=True)
class Verdict:
    """What became of a file.

    Attributes:
        fate: how far it came; ``"fault"`` if the program did something that it must not.
        said: what was at fault, else "".
        seconds: processor time for opening and checking.
        memory: bytes that were taken for it beyond those before.
    """

    fate: Fate
    said: str = ""
    seconds: float = 0.0
    memory: float = 0.0


def judged(file: Path) -> Verdict:
    """Returns what becomes of a file."""
    before, started = _forget_peak(), time.process_time()
    scenario: Scenario | None = None
    fate: Fate = "not opened"
    try:
        try:
            scenario = load(file)
            fate = "not run" if errors(check(scenario)) else "played"
        except FileProblems as found:
            _ = str(found)
        seconds, memory = time.process_time() - started, _peak() - before
        if seconds > SECONDS or memory > BYTES:
            said = f"opening and checking took {seconds:.1f} s and {memory / 1e6:.0f} MB"
            return Verdict("fault", said, seconds, memory)
        if scenario is None or fate != "played":
            return Verdict(fate, "", seconds, memory)
        readiness(scenario)
        fate, said = _played(scenario)
    except Exception:
        return Verdict("fault", traceback.format_exc(), time.process_time() - started, _peak() - before)
    return Verdict(fate, said, seconds, memory)


def _played(scenario: Scenario) -> tuple[Fate, str]:
    """Plays the baseline and every option for a short time on both engines."""
    fate: Fate = "played"
    lists_worked_off = False
    for variant in (BASELINE, *scenario.options):
        weigh(scenario, [variant])
        run = _shortened(scenario, variant)
        if run is None:
            fate = "too heavy"
            continue
        # Today's lists are much the same in every option: working them off once says as much as five times.
        if volume(played(scenario, variant, run), run).events > EVENTS:
            if lists_worked_off:
                continue
            lists_worked_off = True
        if errors(check(scenario.model_copy(update={"run": run}))):
            continue
        found = verify(scenario, variant, run, engines=both_engines())
        if not found.identical:
            return "fault", f"{variant}: the engines differ: {found.difference}"
    return fate, ""


def _shortened(scenario: Scenario, variant: str) -> RunSettings | None:
    """Returns run settings under which a replication is short; None where none is."""
    run = scenario.run.model_copy(update={"replications": 1})
    pathway = played(scenario, variant, run)
    while (events := volume(pathway, run).events) > EVENTS:
        whole = run.warm_up.days + run.duration.days
        if whole <= 1 and events <= MOST_EVENTS:
            break
        days = whole / 3
        if days < SHORTEST:
            return None
        shorter = {"warm_up": Duration(value=0, unit="days"), "duration": Duration(value=days, unit="days")}
        run = run.model_copy(update=shorter)
    return run


def _forget_peak() -> float:
    """Begins to note the most memory anew, where the system can; returns what is held now."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return _peak()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _peak() -> float:
    """Returns the most memory held since; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0.0)
