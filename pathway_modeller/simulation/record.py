"""A trace as engines write it: rows in the order in which they happen, then columns in canonical order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Legend, Trace

ROW = np.dtype(
    [
        ("time", "<f8"),
        ("patient", "<i8"),
        ("need_tier", "<i2"),
        ("footprint", "<i2"),
        ("element", "<i4"),
        ("event", "<i1"),
        ("pool", "<i4"),
        ("units", "<i4"),
    ]
)
"""A row of a trace, as engines write it."""


def in_order(rows: npt.NDArray[np.void], legend: Legend) -> Trace:
    """Returns the trace of rows in the order of happening: by time, then patient, then that order.

    Args:
        rows: of the type ``ROW``.
        legend: what the indices stand for.
    """
    columns = {name: np.ascontiguousarray(rows[name]) for name in Trace.COLUMNS}
    places, come = _to_move(columns["time"], columns["patient"])
    if len(places):
        for column in columns.values():
            column[places] = column[come]
    return Trace(**columns, legend=legend)


_Places = npt.NDArray[np.intp]


def _to_move(time: npt.NDArray[np.float64], patient: npt.NDArray[np.int64]) -> tuple[_Places, _Places]:
    """Returns the places whose rows are not those of the final order, and where their rows come from.

    Rows happen in order of time, but for the joins before time 0 of today's lists, which stand at the
    beginning. So only those, and instants with several patients, need sorting.
    """
    later, same = time[1:] > time[:-1], time[1:] == time[:-1]
    wrong = ~later & ~(same & (patient[1:] >= patient[:-1]))
    back = np.flatnonzero(~later & ~same)
    if len(back):
        # All up to the last step back in time is one stretch, with what happens at its latest instant.
        first = int(back[-1]) + 2
        first += int(np.searchsorted(time[first:], time[:first].max(), side="right"))
        later[: first - 1] = False
    stretch = np.concatenate([[0], np.cumsum(later)])[: len(time)]
    unsorted = np.zeros(len(time) and int(stretch[-1]) + 1, dtype=bool)
    unsorted[stretch[1:][wrong]] = True
    places = np.flatnonzero(unsorted[stretch])
    order = np.lexsort((patient[places], time[places]))
    return places, places[order]
