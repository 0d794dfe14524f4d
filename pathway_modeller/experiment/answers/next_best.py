"""Every option by every outcome, against the next best."""

from __future__ import annotations

import numpy as np

from pathway_modeller.analysis.accounts.incremental import IncrementalTable, incremental_tables
from pathway_modeller.analysis.accounts.outcomes import Figures
from pathway_modeller.experiment.answers.monthly import first_counted, prices_missing, spent
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.spans import span_words

DO_NOTHING = "Do nothing"


def next_best(results: Results, scenario: Scenario) -> tuple[IncrementalTable, ...]:
    """Returns for each outcome of a scenario all variants that were run, each against the next best."""
    if not scenario.outcomes:
        return ()
    options = {option: scenario.options[option].name for option in results.options}
    names = {BASELINE: DO_NOTHING, **options}
    sides = {variant: _figures(results, variant) for variant in results.variants}
    given = results.provenance
    over = span_words(first_counted(given), given.collection_days)
    return incremental_tables(scenario.outcomes, sides, names, over)


def _figures(results: Results, variant: str) -> Figures:
    """The figures of every replication of a variant, and what it costs; None where a price is missing."""
    missing = prices_missing(results, (variant,), "cost")
    cost = None if missing else spent(results, variant, "cost").sum(axis=1).astype(np.float64)
    return Figures(results.measures[variant], cost)
