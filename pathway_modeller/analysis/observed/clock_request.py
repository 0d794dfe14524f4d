"""What the clocks of standards need to be counted while a pathway is played."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_ends
from pathway_modeller.scenario.people import Standard
from pathway_modeller.simulation.tally.tally_request import ClockWanted
from pathway_modeller.simulation.trace import Legend

SLACK = 1e-9
"""Days by which a limit may be passed through rounding alone (less than a thousandth of a second)."""


def clock_wanted(legend: Legend, standard: Standard) -> ClockWanted:
    """Returns what is to be counted of a standard."""
    stock = standard.counts != "flow"
    ends = [day for _, day in month_ends(legend)] if stock else []
    return ClockWanted(
        starts=_among(legend, standard.starts_at),
        stops=_among(legend, standard.stops_at),
        limit=standard.limit.days + SLACK,
        instants=np.array(ends, dtype=np.float64),
    )


def _among(legend: Legend, ids: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Returns, for each element of the legend, whether it is one of these."""
    return np.array([name in ids for name in legend.elements], dtype=bool)
