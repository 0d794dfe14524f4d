"""What an option does to one view of money: totals, break-even, funding gap; or which prices are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.statistics.pays_back import PaysBack, pays_back
from pathway_modeller.experiment.answers.break_even import BreakEven, FundingGap, break_even, funding_gap
from pathway_modeller.experiment.answers.chance import Chance, chance
from pathway_modeller.experiment.answers.monthly import View, months, prices_missing, spent
from pathway_modeller.experiment.answers.totals import Totals, totals
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.prices import PriceBase


@dataclass(frozen=True)
class ViewAnswers:
    """One view of an option's money against the baseline's, over the horizon.

    Attributes:
        view: ``"bill"`` (price x attended contacts) or ``"cost"`` (what the system pays out: system cash).
        missing: prices that nobody entered; where there are any the view is not known and all else is None.
        totals: what is spent, and saved.
        break_even: when it has paid for itself.
        funding_gap: how far into deficit it goes before.
        saves: the share of replications in which less is spent over the horizon.
        pays_back: the month from which the mean saving has paid for itself, with its interval; the months
            of the horizon counted from 1.
        pays_back_discounted: the same of discounted pounds.
    """

    view: View
    missing: tuple[str, ...]
    totals: Totals | None = None
    break_even: BreakEven | None = None
    funding_gap: FundingGap | None = None
    saves: Chance | None = None
    pays_back: PaysBack | None = None
    pays_back_discounted: PaysBack | None = None


def view_answers(results: Results, option: str, view: View, base: PriceBase) -> ViewAnswers:
    """Returns what an option does to one view of money."""
    missing = prices_missing(results, (BASELINE, option), view)
    if missing:
        return ViewAnswers(view, missing)
    horizon = months(results.provenance)
    before, after = (spent(results, variant, view) for variant in (BASELINE, option))
    saved = before - after
    less = np.array([base.discount_factor(month.counted_year) for month in horizon])
    return ViewAnswers(
        view=view,
        missing=(),
        totals=totals(before, after, horizon, base),
        break_even=break_even(saved, horizon),
        funding_gap=funding_gap(saved, horizon),
        saves=chance(int((saved.sum(axis=1) > 0).sum()), len(saved)),
        pays_back=pays_back(np.cumsum(saved, axis=1) / 100),
        pays_back_discounted=pays_back(np.cumsum(saved * less, axis=1) / 100),
    )
