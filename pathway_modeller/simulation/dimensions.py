"""By what patients are divided: cells, groups of figures and their columns all follow from this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dimension:
    """Something by which patients are divided.

    Attributes:
        column: of a trace, which holds each patient's code, -1 for none; and of figures and ledger lines,
            which hold its label.
        labels: the field of a legend in whose order codes stand, and of a pathway, which names them.
    """

    column: str
    labels: str


DIMENSIONS = (Dimension("need_tier", "need_tiers"), Dimension("footprint", "footprints"))
"""In the order of a patient's groups in a model. Compiled functions, which tally rows, cannot look columns up
by name: :func:`pathway_modeller.simulation.tally.people_rows.combination_of` reads each of these as well."""

DIVIDED_BY = tuple(each.column for each in DIMENSIONS)
"""The columns."""
