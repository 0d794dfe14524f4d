"""Counting what happens in a run, so that the cost of an event can be compared between pieces of work."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.trace import Event
from tests.benchmarks.ours import SEED

ON_THE_CLOCK = (
    Event.ARRIVE,
    Event.COMPLETE,
    Event.DID_NOT_ATTEND,
    Event.GAVE_UP,
    Event.WAIT_END,
    Event.MOVE_END,
    Event.REVIEW_DUE,
    Event.DETERIORATED,
    Event.HARMED,
    Event.CAPACITY,
    Event.PERSON,
)
"""What takes place at a time of its own: an event. Joining, starting and taking units follow from these."""


class Counted:
    """Takes rows and counts them."""

    def __init__(self, model: Model) -> None:
        self.happened = np.zeros(len(Event), dtype=np.int64)
        self.starts = np.zeros(len(model.legend.elements), dtype=np.int64)

    def take(self, rows: Any, _who: Any) -> None:
        """Counts some rows."""
        self.happened += np.bincount(rows["event"], minlength=len(Event))
        begun = np.isin(rows["event"], (Event.START, Event.START_MISSED))
        self.starts += np.bincount(rows["element"][begun], minlength=len(self.starts))

    @property
    def events(self) -> int:
        """How many events there were."""
        return int(self.happened[list(ON_THE_CLOCK)].sum())


def counted(model: Model) -> Counted:
    """Returns the counts of one replication."""
    found = Counted(model)
    play(model, SEED, 0, found.take)
    return found


def nothing(_rows: Any, _who: Any) -> None:
    """Takes rows and keeps nothing."""
