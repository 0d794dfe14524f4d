"""Cost, contacts and waits by footprint for each need-weighted head; a footprint that loses comes first."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from pathway_modeller.analysis.accounts.equity import HEADS, FootprintAccount
from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.report.build import MOST_ROWS, chart_of, key_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.scale import Scale, scale_for
from pathway_modeller.report.drawing.side_by_side import Across, Dot, draw_side_by_side
from pathway_modeller.report.drawing.style import PAGE, Style, chart_settings
from pathway_modeller.report.findings import BASELINE_NAME, Findings
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.report.words.reading import read_in
from pathway_modeller.scenario.words.sentences import listed, lower_first, typeset

_TITLE = "Cost, contacts and waits by footprint, by need-weighted head"
_LOSES = " *"
_MOST_TOLD = 2
"""Losers whose losses a headline tells."""

_NONE = PairedInterval(math.nan, math.nan, math.nan, 0, math.nan)

Accounts = dict[str, dict[str, FootprintAccount]]
"""For each option the account of each footprint."""


def equity(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns cost, contacts and waits by footprint for each need-weighted head, losers first."""
    if not findings.options:
        said = "Footprints cannot be compared: run the baseline together with an option"
        return nothing_to_show(findings, style, said, _TITLE)
    every = {option: findings.answers.of(option).equity for option in findings.options}
    accounts: Accounts = {
        option: {account.footprint: account for account in found.footprints}
        for option, found in every.items()
    }
    order = _order(accounts)
    if not order:
        said = "Footprints cannot be compared: there are none; add footprints and the people who live there"
        return nothing_to_show(findings, style, said, _TITLE)
    shown = order[:MOST_ROWS]
    together = {option: found.together for option, found in every.items()}
    scales = _scales(
        findings, [*(each for found in accounts.values() for each in found.values()), *together.values()]
    )
    cut = f"; {len(shown)} of {len(order)} footprints, the table has all" if len(shown) < len(order) else ""
    notes = dict.fromkeys(
        lower_first(typeset(note).rstrip(".")) for found in every.values() for note in found.notes
    )
    heading = Heading(
        headline=_message(findings, accounts),
        subtitle="; ".join((f"{_TITLE}; {findings.period}", _basis(findings) + cut, *notes)),
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = [_row(findings, {option: accounts[option][each] for option in accounts}, scales) for each in shown]
    rows.append(_row(findings, together, scales, whole=True))
    titles = (
        f"Cost a year for each head ({scales[0].unit})",
        f"Contacts a year for {HEADS:,.0f} heads",
        f"Mean wait ({scales[2].unit})",
    )
    with chart_settings():
        board = draw_side_by_side(style, heading, titles, rows)
    table = _table(findings, accounts, together)
    return chart_of(heading, board.figure, table, _said(findings, accounts, order), read_in(table, scales[2]))


def _basis(findings: Findings) -> str:
    """How sure the figures are, and what the mark means."""
    number = findings.results.provenance.replications
    if number < 2:
        return findings.basis
    sure = "contacts and waits of an option with the 95% interval of the difference from the baseline"
    worse = f"{_LOSES.strip()} worse off, beyond chance and by more than matters"
    return f"means of {number:,} replications, {sure}; {worse}"


def _order(accounts: Accounts) -> list[str]:
    """Footprints that lose under any option first, then by id."""
    found = sorted({name for mine in accounts.values() for name in mine})
    losers = {name for mine in accounts.values() for name, account in mine.items() if account.worse}
    return sorted(found, key=lambda name: name not in losers)


def _scales(findings: Findings, accounts: Sequence[FootprintAccount]) -> tuple[Scale, Scale, Scale]:
    """How cost, contacts and waits are written."""
    cost = [pence / 100 for each in accounts for pence in each.cost]
    contacts = [value for each in accounts for value in each.contacts]
    waits = [value for each in accounts for value in each.wait]
    plain = scale_for("", contacts)
    return scale_for(findings.price_unit, cost), plain, findings.scale("days", waits, "wait.mean")


def _row(
    findings: Findings,
    mine: dict[str, FootprintAccount],
    scales: tuple[Scale, Scale, Scale],
    *,
    whole: bool = False,
) -> Across:
    """One footprint with the dots of every variant."""
    first = next(iter(mine.values()))
    baseline = findings.place(findings.variants[0])
    before = ((first.cost[0] / 100), first.contacts[0], first.wait[0])
    columns: list[list[Dot]] = [
        [_dot(baseline, value, _NONE, scale)] for value, scale in zip(before, scales, strict=True)
    ]
    for option, account in mine.items():
        place = findings.place(option)
        after = (account.cost[1] / 100, account.contacts[1], account.wait[1])
        changes = (_NONE, account.contacts_change, account.wait_change)
        flags = (False, "fewer contacts" in account.worse, "waits longer" in account.worse)
        for number, dots in enumerate(columns):
            change = _around(before[number], changes[number])
            dots.append(
                _dot(place, after[number], change, scales[number], flagged=flags[number] and not whole)
            )
    return Across(first.name, tuple(tuple(dots) for dots in columns), whole)


def _around(before: float, change: PairedInterval) -> PairedInterval:
    """The interval of a difference, drawn from where the baseline stands."""
    return PairedInterval(before + change.mean, before + change.low, before + change.high, change.n, math.nan)


def _dot(place: int, mean: float, ends: PairedInterval, scale: Scale, *, flagged: bool = False) -> Dot:
    """One dot in the units of its column."""
    text = f"{scale.number(mean)}{_LOSES if flagged else ''}"
    return Dot(place, mean * scale.factor, ends.low * scale.factor, ends.high * scale.factor, text, flagged)


def _message(findings: Findings, accounts: Accounts) -> str:
    """What the chart says: who loses, under which option."""
    if findings.results.provenance.replications < 2:
        return "Nothing can be shown about footprints: one replication has no interval; run more"
    losers = [
        (option, account) for option, mine in accounts.items() for account in mine.values() if account.worse
    ]
    every = [account for mine in accounts.values() for account in mine.values()]
    if all(math.isnan(each.contacts_change.low) and math.isnan(each.wait_change.low) for each in every):
        return "Nobody waits for or has a contact in any footprint; only cost can be compared"
    if not losers:
        under = "any option" if len(accounts) > 1 else findings.short_name(next(iter(accounts)))
        return f"No footprint is shown to wait longer or to have fewer contacts under {under}"
    told = []
    for option, mine in accounts.items():
        names = [f"“{account.name}”" for account in mine.values() if account.worse]
        if names:
            few = len(names) <= _MOST_TOLD
            who = listed(names) if few else f"{len(names)} of {len(mine)} footprints"
            told.append(f"{who} under {findings.short_name(option)}")
    return joined([f"Worse off: {told[0]}", *told[1:]], ", ")


def _said(findings: Findings, accounts: Accounts, order: Sequence[str]) -> list[str]:
    """Who is worse off, in sentences."""
    return [
        f"{findings.variant_name(option)}: {typeset(account.sentence).rstrip('.')}"
        for name in order
        for option, mine in accounts.items()
        if (account := mine.get(name)) is not None and account.sentence
    ]


def _table(findings: Findings, accounts: Accounts, together: dict[str, FootprintAccount]) -> pd.DataFrame:
    """Every figure of the chart; changes are option less baseline."""
    rows: list[tuple[str, str, str, str, float, float, float, int]] = []
    number = findings.results.provenance.replications
    for option, mine in accounts.items():
        for account in (*mine.values(), together[option]):
            for side, variant in enumerate((BASELINE_NAME, findings.variant_name(option))):
                if side or option == next(iter(accounts)):
                    rows += [
                        (*row, math.nan, math.nan, number)
                        for row in _figures(findings, account, side, variant)
                    ]
            changes = (
                ("contacts", _CONTACTS, account.contacts_change),
                ("wait", "days", account.wait_change),
            )
            name = findings.variant_name(option)
            rows += [
                (f"equity.{what}.change", account.name, name, unit, each.mean, each.low, each.high, each.n)
                for what, unit, each in changes
            ]
    columns = ["measure", "of", "variant", "unit", "mean", "low", "high", "replications"]
    return pd.DataFrame(rows, columns=columns)


_CONTACTS = f"contacts a year for {HEADS:,.0f} need-weighted heads"


def _figures(
    findings: Findings, account: FootprintAccount, side: int, variant: str
) -> list[tuple[str, str, str, str, float]]:
    """The figures of a footprint under baseline (side 0) or option (1)."""
    cost = f"{findings.price_unit} a year for each need-weighted head"
    return [
        ("equity.heads", account.name, variant, "need-weighted heads", account.heads[side]),
        ("equity.cost", account.name, variant, cost, account.cost[side] / 100),
        ("equity.contacts", account.name, variant, _CONTACTS, account.contacts[side]),
        ("equity.wait", account.name, variant, "days", account.wait[side]),
        *([("equity.spared", account.name, variant, _CONTACTS, account.spared)] if side else []),
    ]
