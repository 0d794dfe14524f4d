"""Who pays: pooled budgets with their contributions and risk shares, and minimum volumes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.checking.shares import TOLERANCE
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.words.sentences import listed, member_name, percentage
from pathway_modeller.scenario.words.structure import Step


def find_payers(pathway: Pathway) -> Iterator[Finding]:
    """Yields what is wrong with payers and their pooled budget."""
    pooled = {key: payer for key, payer in pathway.payers.items() if payer.shares_any}
    for identifier, payer in pathway.payers.items():
        here: tuple[Step, ...] = ("payers", identifier)
        yield from _lines(identifier, payer)
        if identifier in pooled:
            if payer.contribution is None:
                what = "it is in the pooled budget and puts nothing into it"
                mend = "Give its contribution, 0 if it makes none, or choose another arrangement"
                yield warning((*here, "contribution"), what, mend)
            continue
        for key, word in (("contribution", "contribution"), ("risk_share", "risk share")):
            if getattr(payer, key) is not None:
                what = f"the {word} has no effect, since its budget is not pooled"
                yield warning((*here, key), what, "Choose the arrangement pooled, or take it out")
    if len(pooled) == 1:
        (only,) = pooled
        what = "it is the only payer in the pooled budget, so it shares with nobody"
        yield warning(
            ("payers", only, "arrangement"), what, "Pool another payer too, or choose another arrangement"
        )
    yield from _risk_shares(pathway, pooled)


def find_budgets(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields budgets for financial years of which no day is counted."""
    first = run.start_date + dt.timedelta(days=int(run.warm_up.days))
    try:
        last = run.start_date + dt.timedelta(days=max(math.ceil(run.warm_up.days + run.duration.days) - 1, 0))
    except OverflowError:
        last = dt.date.max
    for identifier, payer in pathway.payers.items():
        for year in payer.budget:
            begins = dt.date(int(year[:4]), 4, 1)
            if begins > last or begins.replace(year=begins.year + 1) <= first:
                what = f"the budget of {year} has no effect, since no day of that year is counted"
                mend = "Choose a year that is run, or run longer"
                yield warning(("payers", identifier, "budget", year), what, mend)


def _lines(identifier: str, payer: Payer) -> Iterator[Finding]:
    """Yields lines arranged otherwise that are no part of a payer's lines, or that stand twice."""
    seen: dict[tuple[str | None, str | None], str] = {}
    for key, line in payer.lines.items():
        here: tuple[Step, ...] = ("payers", identifier, "lines", key)
        if line.provider is None and line.setting is None:
            what = "it names neither provider nor setting, and would be all lines of the payer"
            yield error(here, what, "Name one of them, or choose the payer's own arrangement")
            continue
        other = seen.setdefault((line.provider, line.setting), key)
        if other != key:
            what = f'"{payer.lines[other].name}" is of the same provider and setting'
            yield error(here, what, "Take one of the two out")
        elif line.arrangement == payer.arrangement and len(payer.lines) == 1:
            what = f"it has no effect, since all lines of the payer are {line.arrangement}"
            yield warning((*here, "arrangement"), what, "Choose another arrangement, or take it out")


def _risk_shares(pathway: Pathway, pooled: dict[str, Payer]) -> Iterator[Finding]:
    """Yields risk shares that are given for some pooled payers only, or that do not sum to 1."""
    given = {key: payer.risk_share for key, payer in pooled.items() if payer.risk_share is not None}
    lacking = [key for key in pooled if key not in given]
    if not given:
        return
    if lacking:
        names = listed([member_name(pathway, "payers", key) for key in lacking])
        verb = "have" if len(lacking) > 1 else "has"
        what = f"it has a risk share and {names} in the same pooled budget {verb} none"
        yield error(("payers", min(given), "risk_share"), what, "Give all of them a risk share, or none")
        return
    total = math.fsum(given.values())
    if abs(total - 1) > TOLERANCE:
        names = listed([member_name(pathway, "payers", key) for key in sorted(given)])
        what = f"the risk shares of {names} sum to {percentage(total)}, not 100%"
        yield error(("payers", min(given), "risk_share"), what, "Bring them to 100% in all")
