"""Whether footprints are worse or better off, judged together within one measure of one option."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.analysis.accounts.equity import Equity, FootprintAccount
from pathway_modeller.experiment.answers.claim import Claim, Subject, Verdict, as_interval, judged

_WAIT, _CONTACTS = "waits longer", "fewer contacts"


def footprint_claims(option: str, equity: Equity) -> Iterator[Claim]:
    """Yields a claim on the wait and one on the contacts of every footprint, those that lose first."""
    number = len(equity.footprints)
    for account in equity.footprints:
        yield _claim(option, account, "footprint wait", number)
        yield _claim(option, account, "footprint contacts", number)


def _claim(option: str, account: FootprintAccount, subject: Subject, among: int) -> Claim:
    """One of the two; what the account calls worse is worse, and nothing else is."""
    is_wait = subject == "footprint wait"
    change = as_interval(account.wait_change if is_wait else account.contacts_change)
    least = account.least[0 if is_wait else 1]
    verdict: Verdict = judged(change, least, shown=change.low > 0 or change.high < 0, lower_is_better=is_wait)
    if verdict == "worse" and (_WAIT if is_wait else _CONTACTS) not in account.worse:
        verdict = "unclear"  # fewer contacts that are declared to be no longer needed are no loss
    return Claim(
        option=option,
        subject=subject,
        of=account.footprint,
        name=account.name,
        unit="days" if is_wait else "contacts a year for 1,000 need-weighted heads",
        baseline=account.wait[0] if is_wait else account.contacts[0],
        change=change,
        least=least,
        verdict=verdict,
        family="footprints",
        among=among,
        reservations=(account.sentence,) if account.sentence and verdict == "worse" else (),
    )
