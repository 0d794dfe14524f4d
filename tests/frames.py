"""The figures of one replication as tables, which tests read."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.account import AccountPlan
from pathway_modeller.analysis.columns import COUNTS
from pathway_modeller.analysis.ledger.context import Books, books_alone
from pathway_modeller.analysis.ledger.ledger import ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.distribution import distributions_of, level_shares
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.measures.series import SeriesPlan
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.analysis.observed.population import people_over_years, people_rows
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace


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
    facts = facts_of(played, pathway)
    plan = LedgerPlan(facts, kept or books_alone(pathway, facts.legend.start_date))
    measures, found = MeasurePlan(plan), ledger(facts, pathway, plan.kept, plan)
    return pd.DataFrame({**measures.rows.texts(), "value": measures.values(facts, found)})


def series_frame(played: Trace | Tallied | Facts, pathway: Pathway, step_days: float) -> pd.DataFrame:
    """Returns how the pathway filled and emptied, from time 0 (the warm-up period included) to the end.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.
        step_days: length of a step in days.

    Raises:
        ValueError: the step is not above zero.
    """
    facts = facts_of(played, pathway)
    plan = SeriesPlan.of(facts, step_days)
    return pd.DataFrame({**plan.rows.texts(), "value": plan.values(facts)}).astype({"time": float})


def distribution_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the share of the data collection period spent at each level.

    Returns:
        One row a level that occurred: kind ("queue" by element, "occupancy" by pool and footprint, "inside"
        for the whole pathway), element, pool, footprint, level (patients or units) and value: the share.
        The shares of each distribution sum to 1; a level without a row has share 0.
    """
    facts = facts_of(played, pathway)
    shares = level_shares(facts, facts.activities)
    held = [np.flatnonzero(each) for each in shares]
    of = np.repeat(np.arange(len(shares)), [len(each) for each in held])
    level = np.concatenate(held).astype(np.int64)
    value = np.concatenate([each[places] for each, places in zip(shares, held, strict=True)])
    return pd.DataFrame({**distributions_of(facts).take(of).texts(), "level": level, "value": value})


def population_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the people of a replication at every anniversary of the start date, and at its end.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: gives the people where the population does not live.

    Returns:
        The columns ``PEOPLE`` and ``people``.
    """
    facts = facts_of(played, pathway)
    return pd.DataFrame({**people_rows(facts.legend).texts(), "people": people_over_years(facts)})


def account_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the account of contacts of one replication over the data collection period.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.

    Returns:
        One row for each month ("2025-04"), drawn element at which patients can be (column ``element``) and
        need tier (all three are categories), in that order and with no row left out. The counts, in patients:
        ``joins``, ``starts`` (attended), ``missed``, ``gave_up``, ``turned_away``, ``deteriorated``;
        ``rejoined``, those of the joins who had just left the same queue (a missed slot booked again, a need
        that changed), and ``returned``, the same people by the need tier in which they had left;
        ``changed_in`` and ``changed_out``, who changed need tier while waiting; ``waiting_start`` and
        ``waiting_end``, who waited when the month (or the period, if later) began and ended, today's lists
        included; ``present_start`` and ``present_end``, who was at the element otherwise: being seen, in a
        planned interval, moving away from it, or on its caseload between contacts. An event at the instant at
        which a month ends belongs to the next.
    """
    facts = facts_of(played, pathway)
    plan = AccountPlan(facts)
    counts = dict(zip(COUNTS, plan.counts(facts), strict=True))
    return pd.DataFrame({**plan.rows.categories(), **counts})
