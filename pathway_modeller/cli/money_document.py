"""What ``compare --json`` says of money and people beside measures: rows of JSON values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from pathway_modeller.analysis.ledger.apportion import whole_numbers, whole_parts
from pathway_modeller.cli.effects_document import (
    budget_of,
    covered_of,
    equity_of,
    next_best_of,
    outcomes_of,
    providers_of,
    savings_of,
    settled_of,
)
from pathway_modeller.experiment.answers.answers import Answers, OptionAnswers
from pathway_modeller.experiment.answers.as_json import as_json
from pathway_modeller.experiment.answers.break_even import NOT_WITHIN
from pathway_modeller.experiment.answers.monthly import VIEWS
from pathway_modeller.experiment.answers.triangle import triangle
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.shifts.shifts import played

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.analysis.accounts.section75 import Position
    from pathway_modeller.analysis.statistics.pays_back import PaysBack
    from pathway_modeller.experiment.results.results import Results

_LINE = ["month", "view", "kind", "payer", "provider", "setting"]


def money_document(results: Results, scenario: Scenario, answers: Answers) -> dict[str, object]:
    """Returns the members that ``compare`` has beside those of ``run``.

    The lines of a view of which a price is missing are left out: their sum would look like the whole.
    """
    pathways = {variant: played(scenario, variant) for variant in results.variants}
    return {
        "prices_missing": list(_missing(results)),
        "ledger": list(_ledger(results)),
        "break_even": [row for option in answers.options for row in _views(option, answers.horizon)],
        "probabilities": [
            {"option": option.option, **_object(option.probabilities)} for option in answers.options
        ],
        "payers": [_payers(option) for option in answers.options],
        "payer_provider": [settled_of(option) for option in answers.options],
        "savings": [savings_of(option) for option in answers.options],
        "providers": [providers_of(option) for option in answers.options],
        "equity": [equity_of(option) for option in answers.options],
        "outcomes": [outcomes_of(option) for option in answers.options],
        "covered": covered_of(answers.covered),
        "budgets": [budget_of(each) for each in answers.budgets],
        "next_best": [next_best_of(table) for table in answers.next_best],
        "displacement": [_displacement(option) for option in answers.options],
        "triangle": as_json(triangle(results, pathways)),
    }


def _missing(results: Results) -> Iterator[dict[str, object]]:
    """The views that are not known, and why."""
    for variant in results.variants:
        for view in VIEWS:
            if prices := results.missing.get(variant, {}).get(view):
                yield {"variant": variant, "view": view, "prices": list(prices)}


def _ledger(results: Results) -> Iterator[dict[str, object]]:
    """The mean pounds of each month, view, kind, payer, provider and setting, in whole pence that add up."""
    for variant in results.variants:
        unknown = results.missing.get(variant, {})
        lines = results.rows("ledger", variant)
        sums = lines.groupby(_LINE, sort=True, observed=True)["pence"].sum().reset_index()
        sums["pence"] = whole_pence(sums)
        for row in sums.itertuples(index=False, name=None):
            labels = dict(zip(_LINE, map(str, row[:-1]), strict=True))
            if not unknown.get(labels["view"]):
                yield {"variant": variant, **labels, "pounds": row[-1] / 100}


def whole_pence(sums: pd.DataFrame) -> list[int]:
    """Returns means rounded to whole pence, so that the parts of a view sum to its rounded total.

    The months of a view are rounded together, and then the lines of each month.

    Args:
        sums: the lines of one variant, with ``month``, ``view`` and ``pence``.
    """
    cells: dict[str, dict[str, list[int]]] = {}
    for place, (month, view) in enumerate(zip(sums["month"], sums["view"], strict=True)):
        cells.setdefault(str(view), {}).setdefault(str(month), []).append(place)
    pence = [float(each) for each in sums["pence"]]
    found = [0] * len(pence)
    for months in cells.values():
        whole = {
            month: sum((Fraction(pence[place]) for place in places), Fraction(0))
            for month, places in months.items()
        }
        for month, total in whole_numbers(whole).items():
            parts = whole_parts([pence[place] for place in months[month]], total)
            for place, part in zip(months[month], parts, strict=True):
                found[place] = part
    return found


def _views(option: OptionAnswers, horizon: Sequence[str]) -> Iterator[dict[str, object]]:
    """When an option breaks even in each view, and how far into deficit it goes before."""
    for view in option.views.values():
        row = _object(view)
        row["pays_back"] = _pays_back(view.pays_back, horizon)
        row["pays_back_discounted"] = _pays_back(view.pays_back_discounted, horizon)
        found = row.pop("break_even")
        nothing = dict.fromkeys(
            ("counts", "median", "median_month", "within", "horizon", "changes", "tail_months", "tail")
        )
        yield {"option": option.option, **row, **(found if isinstance(found, dict) else nothing)}


def _pays_back(found: PaysBack | None, horizon: Sequence[str]) -> dict[str, object] | None:
    """The month from which an option has paid for itself, with its interval; None if that is not known."""
    if found is None:
        return None
    ends = {"month": found.month, "earliest": found.earliest, "latest": found.latest}
    return {name: _month(each, horizon) for name, each in ends.items()}


def _month(month: float, horizon: Sequence[str]) -> str | None:
    """A month of the horizon counted from 1 as 2025-04; None where it cannot be told."""
    if math.isnan(month):
        return None
    return NOT_WITHIN if math.isinf(month) else horizon[int(month) - 1]


def _payers(option: OptionAnswers) -> dict[str, object]:
    """Who pays now and after, in pounds over the horizon."""
    account = option.payers
    if account is None:
        missing = list(option.views["cost"].missing)
        nothing: dict[str, object] = {"positions": [], "side_payments": [], "shortfall": None, "notes": []}
        return {"option": option.option, "missing": missing, **nothing}
    payments = [
        {"from": each.gainer, "to": each.loser, "pounds": each.pence / 100} for each in account.side_payments
    ]
    return {
        "option": option.option,
        "missing": [],
        "positions": [_position(each) for each in account.positions],
        "side_payments": payments,
        "shortfall": account.shortfall / 100,
        "notes": list(account.notes),
    }


def _position(position: Position) -> dict[str, object]:
    """One payer's account."""
    return {
        "payer": position.payer,
        "name": position.name,
        "kind": position.kind,
        "arrangement": position.arrangement,
        "lines_now": position.lines_now / 100,
        "lines_after": position.lines_after / 100,
        "pays_now": position.now / 100,
        "pays_after": position.after / 100,
        "gain": position.gain / 100,
        "side_payments": position.paid / 100,
        "gain_after_side_payments": position.gain_after_side_payments / 100,
    }


def _displacement(option: OptionAnswers) -> dict[str, object]:
    """Where the contacts go that an option takes away."""
    found = option.displaced
    return {
        "option": option.option,
        "closes": found.closes,
        "accounts": [
            {
                "displacement": account.id,
                "activity": account.activity,
                "closes": account.closes,
                "taken_a_year": account.taken,
                "missing_a_year": dict(account.missing),
                "unmet_a_year": account.unmet,
                "avoided_a_year": account.avoided,
                "sentences": list(account.sentences),
            }
            for account in found.accounts
        ],
        "unaccounted": [
            {
                "activity": each.activity,
                "contacts_a_year": as_json(each.contacts),
                "low": as_json(each.low),
                "high": as_json(each.high),
                "sentence": each.sentence,
            }
            for each in found.unaccounted
        ],
    }


def _object(record: object) -> dict[str, object]:
    """A record as a JSON object."""
    found = as_json(record)
    if not isinstance(found, dict):  # pragma: no cover - records are objects
        raise TypeError(type(record).__name__)
    return found
