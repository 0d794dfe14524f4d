"""What a pathway's figures need to know of levels while it is played."""

from __future__ import annotations

import numpy as np

from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.ledger.lines import Months
from pathway_modeller.analysis.ledger.stranded import looked_at
from pathway_modeller.analysis.measures.series import edges_of
from pathway_modeller.analysis.observed.delays import caseload_places
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.level_request import LevelsWanted
from pathway_modeller.simulation.trace import Legend


def levels_wanted(legend: Legend, pathway: Pathway, step_days: float, kept: Books) -> LevelsWanted:
    """Returns what is to be followed of a pathway's levels.

    Args:
        legend: of the model that is played.
        pathway: the pathway that is played out.
        step_days: distance between two points of the time series, days.
        kept: what its ledger is kept against.
    """
    asked, pools = looked_at(legend, pathway, kept)
    edges = edges_of(legend.until, step_days)
    knots = np.concatenate((edges, [legend.warm_up], Months.of(legend).edges, asked))
    together = [
        tuple(index for index, body in enumerate(legend.pools) if body.pool == name) for name in sorted(pools)
    ]
    return LevelsWanted(
        knots=np.unique(knots[(knots >= 0) & (knots <= legend.until)]),
        places=caseload_places(pathway, legend),
        together=tuple(bodies for bodies in together if len(bodies) > 1),
    )
