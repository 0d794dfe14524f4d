"""What ``compare --json`` says of savings, providers, footprints and outcomes: rows of JSON values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pathway_modeller.analysis.accounts.payer_provider import settled_sentence
from pathway_modeller.experiment.answers.as_json import as_json
from pathway_modeller.report.words.saving import saving_sentence

if TYPE_CHECKING:
    from pathway_modeller.analysis.accounts.affordability import BudgetYear
    from pathway_modeller.analysis.accounts.coverage import Coverage
    from pathway_modeller.analysis.accounts.equity import FootprintAccount
    from pathway_modeller.analysis.accounts.incremental import IncrementalTable
    from pathway_modeller.analysis.accounts.outcomes import OutcomeAccount
    from pathway_modeller.analysis.accounts.providers import ProviderAccount, ProviderSums
    from pathway_modeller.analysis.statistics.intervals import PairedInterval
    from pathway_modeller.experiment.answers.answers import OptionAnswers


def savings_of(option: OptionAnswers) -> dict[str, object]:
    """What an option frees, in pounds, and whether it may be called a saving."""
    claim, found = option.claim, option.freed
    rate = option.recurrent
    split = [] if found is None else found.split.lines.to_dict(orient="records")
    return {
        "option": option.option,
        "claimed": claim.claimed,
        "sentence": saving_sentence(option),
        "reasons": list(claim.reservations),
        "yearly": as_json(rate.freed) if rate is not None and rate.year.is_year else None,
        "run_rate": run_rate_of(option),
        "months": [
            {str(name): each if name == "month" else each / 100 for name, each in row.items()}
            for row in split
        ],
    }


def run_rate_of(option: OptionAnswers) -> dict[str, object] | None:
    """What recurs and what is paid once, in pounds, option less baseline; None if cash is not known."""
    found = option.recurrent
    if found is None:
        return None
    return {
        "span": found.year.words,
        "is_year": found.year.is_year,
        "first": found.year.first.isoformat(),
        "last": found.year.last.isoformat(),
        "freed": as_json(found.freed),
        "whole": as_json(found.whole),
        "level": as_json(found.level),
        "total": as_json(found.total),
        "kinds": as_json(found.kinds),
    }


def settled_of(option: OptionAnswers) -> dict[str, object]:
    """The table of payers and providers, in pounds, and last all together."""
    found = option.settled
    lines = (*found.lines, *found.payers, *found.providers, *([found.total] if found.total else []))
    return {
        "option": option.option,
        "missing": list(found.missing),
        "lines": [as_json(line) for line in lines],
        "sentence": settled_sentence(found),
    }


def providers_of(option: OptionAnswers) -> dict[str, object]:
    """Providers' income against cost over the period, in pounds; activities below their minimum volume."""
    found = option.provided
    return {
        "option": option.option,
        "accounts": [_provider(account) for account in found.accounts],
        "low_volumes": as_json(found.low_volumes),
    }


def equity_of(option: OptionAnswers) -> dict[str, object]:
    """Cost, contacts and waits by footprint, those that lose first, and last all together."""
    found = option.equity
    return {
        "option": option.option,
        "footprints": [_footprint(each) for each in (*found.footprints, found.together)],
        "notes": list(found.notes),
    }


def covered_of(found: Coverage | None) -> dict[str, object] | None:
    """What the system's cost covers; None if a price is missing."""
    if found is None:
        return None
    return {
        "entered": list(found.entered),
        "share": as_json(found.share),
        "sentence": found.sentence,
    }


def budget_of(found: BudgetYear) -> dict[str, object]:
    """What a payer is billed beside its budget in one financial year."""
    return {
        "variant": found.variant,
        "payer": found.payer,
        "name": found.name,
        "year": found.year,
        "counted_days": found.counted,
        "days": found.days,
        "budget": found.budget,
        "bill": as_json(found.bill),
        "above": as_json(found.above),
        "runs_above": found.runs_above,
        "runs": found.runs,
        "sentence": found.sentence,
    }


def next_best_of(table: IncrementalTable) -> dict[str, object]:
    """Every option by one outcome, against the next best, in pounds over the period."""
    return {
        "outcome": table.outcome,
        "name": table.record.name,
        "unit": table.unit,
        "options": [
            {
                "variant": each.variant,
                "cost": as_json(each.cost),
                "outcome": as_json(each.outcome),
                "place": each.place,
                "against": each.against,
                "by": list(each.by),
                "dearer": as_json(each.dearer),
                "gain": as_json(each.gain),
                "pounds_per_unit": as_json(each.ratio),
                "sentence": each.sentence,
            }
            for each in table.rows
        ],
    }


def outcomes_of(option: OptionAnswers) -> dict[str, object]:
    """The outcomes that the scenario is judged by, and what a unit of each costs."""
    return {"option": option.option, "outcomes": [_outcome(each) for each in option.outcomes]}


def _provider(account: ProviderAccount) -> dict[str, object]:
    """One provider before and after."""
    return {
        "provider": account.provider,
        "name": account.name,
        "before": _provider_sums(account.before),
        "after": _provider_sums(account.after),
        "sentences": list(account.sentences),
    }


def _provider_sums(sums: ProviderSums) -> dict[str, object]:
    """A provider's money under one variant."""
    figures = {
        "income": sums.income,
        "costs": sums.income - sums.left,
        "fixed": sums.fixed,
        "uncovered": sums.uncovered,
    }
    return {name: as_json(pence / 100) for name, pence in figures.items()}


def _footprint(account: FootprintAccount) -> dict[str, object]:
    """One footprint before and after."""
    return {
        "footprint": account.footprint,
        "name": account.name,
        "heads": as_json(account.heads),
        "cost_per_head": [as_json(pence / 100) for pence in account.cost],
        "contacts_per_1000_heads": as_json(account.contacts),
        "spared_per_1000_heads": as_json(account.spared),
        "wait_days": as_json(account.wait),
        "contacts_change": as_json(account.contacts_change),
        "wait_change": as_json(account.wait_change),
        "worse": list(account.worse),
        "sentence": account.sentence,
    }


def _outcome(account: OutcomeAccount) -> dict[str, object]:
    """One outcome under baseline and option."""
    return {
        "outcome": account.outcome,
        "name": account.record.name,
        "measure": account.record.measure,
        "better": account.record.better,
        "unit": account.unit,
        "before": as_json(account.before),
        "after": as_json(account.after),
        "change": as_json(account.change),
        "verdict": account.verdict,
        "cost": as_json(_pounds(account.cost)),
        "sentence": account.sentence,
    }


def _pounds(pence: PairedInterval) -> PairedInterval:
    """The same interval in pounds."""
    return replace(pence, mean=pence.mean / 100, low=pence.low / 100, high=pence.high / 100)
