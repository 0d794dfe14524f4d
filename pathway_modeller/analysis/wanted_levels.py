"""What a pathway's figures need to know of levels while it is played."""

from __future__ import annotations

from pathway_modeller.analysis.series import edges_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.wanted import LevelsWanted
from pathway_modeller.simulation.trace import Legend


def levels_wanted(legend: Legend, pathway: Pathway, step_days: float) -> LevelsWanted:
    """Returns what is to be followed of a pathway's levels.

    Args:
        legend: of the model that is played.
        pathway: the pathway that is played out.
        step_days: distance between two points of the time series, days.
    """
    return LevelsWanted(edges=edges_of(legend.until, step_days))
