"""Whether payers pay more or less, judged together within one option."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.analysis.accounts.section75 import PayerAccount
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.claim import Claim, judged


def payer_claims(option: str, account: PayerAccount | None) -> Iterator[Claim]:
    """Yields a claim on what every payer pays over the period; none where the system's cost is not known."""
    partners = () if account is None else tuple(each for each in account.positions if each.payer)
    for each in partners:
        gain = each.chance
        change = Interval(-each.gain / 100, math.nan, math.nan, 1)
        if gain is not None:
            change = Interval((0 - gain.mean) / 100, (0 - gain.high) / 100, (0 - gain.low) / 100, gain.n)
        yield Claim(
            option=option,
            subject="payer",
            of=each.payer,
            name=each.name,
            unit="GBP",
            baseline=each.now / 100,
            change=change,
            least=each.least / 100,
            verdict=judged(change, each.least / 100, shown=change.low > 0 or change.high < 0),
            family="payers",
            among=len(partners),
        )
