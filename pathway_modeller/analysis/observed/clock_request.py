"""What the clocks of standards need to be counted while a pathway is played."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.months import month_ends
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.clocks import Carried, carried
from pathway_modeller.scenario.people import Standard
from pathway_modeller.simulation.tally.people_facts import CARRY_RUNNING, CARRY_STOPPED
from pathway_modeller.simulation.tally.tally_request import ClockWanted
from pathway_modeller.simulation.trace import Legend

SLACK = 1e-9
"""Days by which a limit may be passed through rounding alone (less than a thousandth of a second)."""


_CODES: Mapping[Carried, int] = {"running": CARRY_RUNNING, "stopped": CARRY_STOPPED}


def clock_wanted(legend: Legend, pathway: Pathway, standard: Standard) -> ClockWanted:
    """Returns what is to be counted of a standard of a pathway."""
    found = carried(pathway, standard)
    return ClockWanted(
        starts=_among(legend, standard.starts_at),
        stops=_among(legend, standard.stops_at),
        again=_among(legend, standard.new_referral_at),
        carried=np.array(
            [_CODES[found[name]] if name in found else 0 for name in legend.elements], dtype=np.int8
        ),
        limit=standard.limit.days + SLACK,
        instants=np.array([day for _, day in month_ends(legend)], dtype=np.float64),
    )


def pausing(legend: Legend, pathway: Pathway) -> npt.NDArray[np.bool_]:
    """Returns, for each element of the legend, whether clocks stand still there."""
    return _among(legend, pathway.pausing())


def _among(legend: Legend, ids: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Returns, for each element of the legend, whether it is one of these."""
    return np.array([name in ids for name in legend.elements], dtype=bool)
