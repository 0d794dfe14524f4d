"""A trace handed over in chunks, as an engine does that keeps none."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.record import ROW
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import LEAVING, Trace

Rows = npt.NDArray[np.void]
Who = npt.NDArray[np.int64]


def chunks(trace: Trace, size: int | None = None, mixed: int | None = None) -> Iterator[tuple[Rows, Who]]:
    """Yields the rows of a trace with the small numbers of their patients.

    Args:
        trace: the trace.
        size: rows of a chunk; all at once by default.
        mixed: by which random order patients take turns within an instant (and before time 0), if not by
            identity; each patient's own rows keep their order.
    """
    rows = np.empty(len(trace), dtype=ROW)
    for name in Trace.COLUMNS:
        rows[name] = getattr(trace, name)
    if mixed is not None:
        _, patient = np.unique(rows["patient"], return_inverse=True)
        turn = np.random.default_rng(mixed).permutation(len(rows))[patient.ravel()]
        rows = rows[np.lexsort((turn, np.maximum(rows["time"], 0.0)))]
    who, step = _small_numbers(rows), size or max(len(rows), 1)
    for first in range(0, len(rows), step):
        yield rows[first : first + step], who[first : first + step]


def _small_numbers(rows: Rows) -> Who:
    """Numbers patients; a number is used again once the patient who had it has left the pathway."""
    numbers, free = {-1: -1}, list[int]()
    fresh = itertools.count()
    found = np.empty(len(rows), dtype=np.int64)
    leaves = np.isin(rows["event"], LEAVING).tolist()
    for row, patient in enumerate(rows["patient"].tolist()):
        if patient not in numbers:
            numbers[patient] = heapq.heappop(free) if free else next(fresh)
        found[row] = numbers[patient]
        if leaves[row]:
            heapq.heappush(free, numbers[patient])
    return found


def fed(tally: Tally, trace: Trace, size: int | None = None, mixed: int | None = None) -> Tallied:
    """Returns what a tally has found once the rows that it counts were handed over; see :func:`chunks`."""
    for rows, who in chunks(trace, size, mixed):
        here = np.isin(rows["event"], list(tally.counted))
        tally.take(rows[here], who[here])
    return tally.finished()
