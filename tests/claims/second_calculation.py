"""What an option does, worked out once more from traces, with nothing of the program's own analysis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.experiment.verify.trace_table import trace_of
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.simulation.trace import LEAVING, Event, Trace

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """Figures of one replication of one variant.

    Attributes:
        wait: mean days from coming to the first attended contact, of all who came while days were counted;
            whoever still waits at the end has waited until then, and whoever left unseen is left out.
        contacts: attended contacts begun while days were counted.
        unseen: those who came while days were counted and left without a contact.
        waiting: those who came while days were counted and are there at the end without a contact.
        pays: pounds for capacity over the days that are counted.
    """

    wait: float
    contacts: float
    unseen: float
    waiting: float
    pays: float


def told_again(scenario: Scenario, option: str) -> Told:
    """Returns option minus baseline of each figure, means over all replications."""
    both = zip(_figures(scenario, BASELINE), _figures(scenario, option), strict=True)
    rows = np.array([_row(after) - _row(before) for before, after in both])
    return Told(*(float(each) for each in rows.mean(axis=0)))


def _row(told: Told) -> Floats:
    """A replication's figures in order."""
    return np.array([told.wait, told.contacts, told.unseen, told.waiting, told.pays])


def _figures(scenario: Scenario, variant: str) -> Iterator[Told]:
    """Yields the figures of every replication of a variant."""
    pathway = apply_option(scenario, variant)
    for replication in range(scenario.run.replications):
        yield _of(trace_of(pathway, scenario.run, replication), pathway, scenario)


def _of(trace: Trace, pathway: Pathway, scenario: Scenario) -> Told:
    """The figures of one trace."""
    begins, ends = trace.legend.warm_up, trace.legend.until
    came: dict[int, float] = {}
    seen: dict[int, float] = {}
    left: set[int] = set()
    contacts = 0
    rows = zip(trace.event.tolist(), trace.patient.tolist(), trace.time.tolist(), strict=True)
    for event, patient, time in rows:
        if event == Event.ARRIVE:
            came[patient] = time
        elif event == Event.START:
            seen.setdefault(patient, time)
            contacts += time >= begins
        elif event in LEAVING:
            left.add(patient)
    counted = {patient: time for patient, time in came.items() if time >= begins}
    waits = [
        seen.get(patient, ends) - time
        for patient, time in counted.items()
        if patient in seen or patient not in left
    ]
    unseen = sum(patient in left and patient not in seen for patient in counted)
    waiting = sum(patient not in left and patient not in seen for patient in counted)
    days = scenario.run.duration.days
    pays = sum(
        (each.units or 0) * each.cost.amount.value * days for each in pathway.pools.values() if each.cost
    )
    return Told(float(np.mean(waits)), contacts, unseen, waiting, pays)
