"""What each payer is billed beside its budget, by variant and financial year."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.analysis.accounts.affordability import BudgetYear, budget_year
from pathway_modeller.analysis.ledger.context import books
from pathway_modeller.experiment.answers.monthly import months, prices_missing, spread_out
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import apply_option


def budget_years(results: Results, scenario: Scenario) -> tuple[BudgetYear, ...]:
    """Returns bill and budget of every variant, payer and financial year that has both.

    A variant of whose bill a price is missing has none, and neither has a budget that cannot be brought to
    the price base.
    """
    return tuple(each for variant in results.variants for each in _of(results, scenario, variant))


def _of(results: Results, scenario: Scenario, variant: str) -> Iterator[BudgetYear]:
    """Yields those of one variant."""
    pathway = apply_option(scenario, variant)
    payers = {key: payer for key, payer in sorted(pathway.payers.items()) if payer.budget}
    if not payers or prices_missing(results, (variant,), "bill"):
        return
    base = books(scenario, variant).prices
    cash = results.rows("cash", variant)
    bill = cash[cash["view"] == "bill"]
    counted = [(month.name, month.days) for month in months(results.provenance)]
    for key, payer in payers.items():
        billed = spread_out(bill[bill["payer"] == key], results.provenance) / 100
        for year, money in sorted(payer.budget.items()):
            pounds = base.pounds(money)
            if pounds is not None:
                found = budget_year(variant, (key, payer.name), year, counted, pounds, billed)
                if found is not None:
                    yield found
