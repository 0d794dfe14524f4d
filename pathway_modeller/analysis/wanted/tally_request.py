"""What a pathway's figures need to be counted while it is played."""

from __future__ import annotations

from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.months import month_edges
from pathway_modeller.analysis.observed.clock_request import clock_wanted, pausing
from pathway_modeller.analysis.wanted.level_request import levels_wanted
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.tally_request import Wanted
from pathway_modeller.simulation.trace import Legend


def wanted(legend: Legend, pathway: Pathway, step_days: float, kept: Books) -> Wanted:
    """Returns what is to be counted of a pathway.

    Args:
        legend: of the model that is played.
        pathway: the pathway that is played out.
        step_days: distance between two points of the time series, days.
        kept: what its ledger is kept against.
    """
    return Wanted(
        legend=legend,
        edges=month_edges(legend),
        clocks=tuple(
            clock_wanted(legend, pathway, standard) for _, standard in sorted(pathway.standards.items())
        ),
        pauses=pausing(legend, pathway),
        levels=levels_wanted(legend, pathway, step_days, kept),
    )
