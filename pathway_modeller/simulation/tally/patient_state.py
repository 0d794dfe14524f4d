"""What is known of each patient who is on the pathway while a replication is played."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.numba_inside.table_types import on_lines, shown

_REAL, _WHOLE, _SMALL, _FLAG = (np.dtype(kind) for kind in ("<f8", "<i8", "<i4", "<i1"))

SLOT = np.dtype(
    [
        ("patient", _WHOLE),  # -1 for nobody
        ("begin", _REAL),  # when they came
        ("joined", _REAL),  # when they joined a queue; NaN for those in none
        ("joined_cell", _SMALL),  # and where
        ("queue", _SMALL),  # the activity waited for
        ("first_group", _SMALL),  # their patient group when they came
        ("cell", _SMALL),  # element and patient group now, in one number
        ("held", _SMALL),  # the units taken last beside the first, -1 for none
        ("first_element", _SMALL),  # the activity that took the units that are held first
        ("first_body", _SMALL),  # of which body, -1 where nothing is held
        ("first_units", _SMALL),  # and how many
        ("running", np.dtype("<i2")),  # how many standards' clocks run for them
        ("state", _FLAG),  # in a queue, elsewhere on the pathway, or gone
        ("stage", _FLAG),  # waiting, moving, or neither; units may be kept in both
        ("inside", _FLAG),  # whether they are on the pathway
        ("known", _FLAG),  # whether they were seen to come
        ("kept", _FLAG),  # whether the units held first are kept in the present wait or move
        ("noted", _FLAG),  # what their record of REST tells, as bits
    ],
    align=True,
)
"""A patient's slot: what nearly every row needs. It is one line of the processor's cache."""

LISTED, RETURNS, BLOCKED, KEEPS, PAUSED, RESUMED = 1, 2, 4, 8, 16, 32
"""What the record of ``REST`` tells of: a time on a caseload; a queue to which the patient may come back; who
blocks the patient; a wait or move that began while units were held; clocks that stand still; clocks that have
stood still."""

REST = np.dtype(
    [
        ("listed", _REAL),  # when they came onto a caseload
        ("left_queue", _REAL),  # when they left a queue to which they may come back
        ("since", _REAL),  # when the wait or move began
        ("longest", _REAL),  # the most days for which any units were kept in it so far
        ("paused", _REAL),  # since when the patient's clocks stand still
        ("resumed", _REAL),  # when they last went on again
        ("listed_cell", _SMALL),
        ("left_place", _SMALL),  # and its place in the account
        ("blocked", _SMALL),  # the activity that blocks the patient, as the last row said
        ("group", _SMALL),  # patient group of the row that began the wait or move
    ],
    align=True,
)
"""What few rows need of a patient."""

CLOCK = np.dtype([("begin", _REAL), ("group", _WHOLE)])
"""A patient's clock of a standard; begin is NaN where none has started, infinite where it was stopped, and
moved on by the time for which the clock has stood still."""


def free_patients(number: int, standards: int) -> dict[str, Any]:
    """Returns the slots of nobody, their records of ``REST``, and their clocks, of which none runs.

    They lie in one piece, for which systems have large pages sooner: their places are then found at once.
    """
    parts = {"slots": (SLOT, 1), "rest": (REST, 1), "clocks": (CLOCK, standards)}
    sizes = [number * each * dtype.itemsize for dtype, each in parts.values()]
    memory, made, first = on_lines(sum(sizes), np.dtype(np.int8)), dict[str, Any](), 0
    for (name, (dtype, _)), size in zip(parts.items(), sizes, strict=True):
        made[name] = memory[first : first + size].view(dtype)
        first += size
    made["clocks"] = made["clocks"].reshape(number, standards)
    for name in ("patient", "held", "first_body"):
        made["slots"][name] = -1
    made["slots"]["joined"] = made["clocks"]["begin"] = np.nan
    return {name: shown(array) for name, array in made.items()}
