"""All measures of one replication, in one frame."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.analysis.ledger.ledger import Ledger, books_alone, ledger
from pathway_modeller.analysis.measures.care import add_caseloads, add_deterioration, add_missed_share
from pathway_modeller.analysis.measures.flows import (
    add_activity,
    add_inside,
    add_throughput,
    add_time_on_pathway,
)
from pathway_modeller.analysis.measures.money import add_money
from pathway_modeller.analysis.measures.occupancy import add_delays, add_pools, add_queues
from pathway_modeller.analysis.measures.rows import Rows
from pathway_modeller.analysis.measures.standards import add_standards
from pathway_modeller.analysis.measures.waits import add_still_waiting, add_waits
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace


def measure_frame(
    played: Trace | Tallied | Facts, pathway: Pathway, found: Ledger | None = None
) -> pd.DataFrame:
    """Returns every measure of one replication.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out; gives settings, standards, prices and costs.
        found: the replication's ledger; by default that of a pathway which is compared with nothing.

    Returns:
        One row a figure: measure, element, pool, need_tier, footprint, setting, unit ("" where it does not
        apply) and value (NaN where missing). The measures are described in
        :mod:`pathway_modeller.analysis.measures.catalogue`. Rows stand in the same order for every
        replication.
    """
    facts = facts_of(played, pathway)
    rows = Rows()
    for add in (
        add_waits,
        add_still_waiting,
        add_standards,
        add_queues,
        add_pools,
        add_delays,
        add_activity,
        add_missed_share,
        add_deterioration,
        add_caseloads,
        add_throughput,
        add_inside,
        add_time_on_pathway,
    ):
        add(rows, facts)
    kept = found or ledger(facts, pathway, books_alone(pathway, facts.legend.start_date))
    add_money(rows, facts, kept)
    return rows.frame()
