"""All measures of one replication, in one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.analysis.ledger.ledger import Books, books_alone, ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

if TYPE_CHECKING:
    import pandas as pd


def measure_frame(
    played: Trace | Tallied | Facts, pathway: Pathway, kept: Books | None = None
) -> pd.DataFrame:
    """Returns every measure of one replication.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out; gives settings, standards, prices and costs.
        kept: what its ledger is kept against; by default it is compared with nothing.

    Returns:
        One row a figure: measure, element, pool, need_tier, footprint, setting, unit ("" where it does not
        apply) and value (NaN where missing). The measures are described in
        :mod:`pathway_modeller.analysis.measures.catalogue`.
    """
    import pandas as pd

    facts = facts_of(played, pathway)
    plan = LedgerPlan(facts, kept or books_alone(pathway, facts.legend.start_date))
    measures, found = MeasurePlan(plan), ledger(facts, pathway, plan.kept, plan)
    return pd.DataFrame({**measures.rows.texts(), "value": measures.values(facts, found)})
