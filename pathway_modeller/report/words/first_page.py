"""The first page after a run: does it save, when, who pays, who waits, who loses; one row an option.

Each cell words a claim or an account that was worked out before, and names the chart that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pathway_modeller.analysis.accounts.payer_provider import beyond_chance, settled_sentence
from pathway_modeller.analysis.accounts.section75 import NOBODY, POUND
from pathway_modeller.analysis.accounts.wording import short_pounds
from pathway_modeller.experiment.hangs_on.words import every_turn_words, losing_words
from pathway_modeller.report.drawing.scale import MISSING
from pathway_modeller.report.findings import BASELINE_NAME, Findings
from pathway_modeller.report.words.headlines import LONGEST, is_unsure
from pathway_modeller.report.words.money_cells import back_cell, cash_cell, costs_cell
from pathway_modeller.report.words.questions import COLUMNS, Cell, Column, FirstPage, Row, Tone
from pathway_modeller.report.words.who_waits import wait_cell, wait_level, which_wait
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.inputs import inputs_words
from pathway_modeller.scenario.words.sentences import elided, listed, lower_first, plural, typeset

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import OptionAnswers

_FEW = 2
"""Names in a cell, at most."""


def first_page(findings: Findings, hangs_on: Mapping[str, str] | None = None) -> FirstPage:
    """Returns the page; there must be an option beside the baseline.

    Args:
        findings: what was simulated.
        hangs_on: for each option what its answers hang on, in a few words; None if nobody has tried.
    """
    answers = findings.answers.options
    number = plural(findings.results.provenance.replications, "replication")
    return FirstPage(
        title=findings.scenario.name,
        headline=_headline(findings),
        basis=f"{findings.period} · {number} · {inputs_words(findings.scenario)}",
        rows=(_baseline(findings), *(_row(findings, each, hangs_on) for each in answers)),
        beside=tuple(_beside(findings)),
        source=findings.source,
    )


# The headline -------------------------------------------------------------------------------------------


def _headline(findings: Findings) -> str:
    """What it all comes to: cash, then who goes without, so that room never lacks for them, then waits."""
    every = findings.answers.options
    saving = [each for each in every if each.claim.claimed]
    said = _cash_part(findings, saving)
    shorter = _by_wait([each for each in every if each.wait.verdict == "better"])
    longer = _by_wait([each for each in every if each.wait.verdict == "worse"])
    without = [each for each in every if each.care.verdict == "worse"]
    for ways in (
        [f"More go without care under {lower_first(each)}" for each, _ in _subjects(findings, without, "")],
        [f"{names} {verb} waits" for names, verb in _subjects(findings, longer, "lengthen")],
        [f"{names} {verb} waits" for names, verb in _subjects(findings, shorter, "shorten")],
    ):
        fits = (f"{said}. {way}" for way in ways if len(said) + len(way) + 2 <= LONGEST)
        said = next(fits, said)
    return elided(said, LONGEST)


def _by_wait(options: list[OptionAnswers]) -> list[OptionAnswers]:
    """Options by how much their waits change, the largest change first."""
    return sorted(options, key=lambda each: -abs(each.wait.change.mean))


def _subjects(findings: Findings, options: list[OptionAnswers], verb: str) -> Iterator[tuple[str, str]]:
    """Yields names of options with a verb: all of them, then ever fewer; nothing without any."""
    if options:
        yield _names(findings, options), _verb(findings, options, verb)
    for few in range(len(options) - 1, 0, -1):
        names = [findings.short_name(each.option) for each in options[:few]]
        yield f"{', '.join(names)} and {len(options) - few} more", verb


def _cash_part(findings: Findings, saving: list[OptionAnswers]) -> str:
    """Which options save cash."""
    every = findings.answers.options
    if saving:
        one = findings.short_name(saving[0].option)
        who = one if len(every) == 1 else _names(findings, saving)
        return f"{who} {_verb(findings, saving, 'save')} cash over {findings.span}"
    if all(each.freed is None for each in every):
        who = findings.short_name(every[0].option) if len(every) == 1 else "an option"
        return f"Whether {who} saves cash is not known"
    unsure = is_unsure(every)
    if len(every) == 1 and every[0].claim.verdict == "avoids":
        return f"{findings.short_name(every[0].option)} avoids growth, and saves no cash over {findings.span}"
    if len(every) == 1:
        says = "is not shown to save" if unsure else "saves no"
        return f"{findings.short_name(every[0].option)} {says} cash over {findings.span}"
    return f"No option {'is shown to save' if unsure else 'saves'} cash over {findings.span}"


def _names(findings: Findings, options: list[OptionAnswers]) -> str:
    """The short names of options; all of them as "every option", where there are several."""
    if len(options) == len(findings.options) > 1:
        return "Every option"
    if len(findings.options) == 1:
        return "It"
    return listed([findings.short_name(each.option) for each in options])


def _verb(findings: Findings, options: list[OptionAnswers], verb: str) -> str:
    """A verb for one option or several; "every option" is one."""
    return verb if 1 < len(options) < len(findings.options) else f"{verb}s"


# Rows ---------------------------------------------------------------------------------------------------


def _baseline(findings: Findings) -> Row:
    """What the baseline pays, and how long people wait under it."""
    one = findings.answers.options[0]
    cells: dict[Column, Cell] = dict.fromkeys(COLUMNS, Cell(MISSING))
    cells["cash"] = costs_cell(one)
    cells["wait"] = Cell(wait_level(findings, one.wait, BASELINE))
    positions = () if one.payers is None else one.payers.positions
    pays = sorted((each for each in positions if each.payer and each.now), key=lambda each: -each.now)
    amounts = "; ".join(f"{each.name} {short_pounds(each.now / 100)}" for each in pays)
    cells["payers"] = Cell(
        _few([each.name for each in pays]) or MISSING, amounts and f"Over {findings.span}: {amounts}."
    )
    return Row(BASELINE, BASELINE_NAME, cells)


def _row(findings: Findings, option: OptionAnswers, hangs_on: Mapping[str, str] | None) -> Row:
    """What an option does."""
    found = findings.hangs_on
    hangs = "not tried" if hangs_on is None else hangs_on.get(option.option, "nothing that was varied")
    cells: dict[Column, Cell] = {
        "cash": cash_cell(option),
        "back": back_cell(findings, option),
        "wait": wait_cell(findings, option),
        "payers": _payers(findings, option),
        "losers": _losers(findings, option),
        "hangs on": Cell(hangs, "" if found is None else every_turn_words(found, option.option)),
    }
    return Row(option.option, option.name, cells)


def _payers(findings: Findings, option: OptionAnswers) -> Cell:
    """Who pays more or less."""
    if option.payers is None:
        return Cell("not known", "A price is missing.")
    told = sorted(
        (each for each in option.payers.positions if each.certain and abs(each.gain) >= POUND),
        key=lambda each: each.gain,
    )
    unnamed = not any(each.payer != NOBODY for each in option.payers.positions)
    settled = settled_sentence(option.settled)
    if not told:
        said = "No payer is shown to pay more or less than under the baseline."
        return Cell(f"nobody more or less{_billed(findings, option)}", f"{said} {settled}".strip())
    parts = [f"{each.name} {short_pounds(-each.gain / 100, signed=True)}" for each in told]
    tone: Tone = "bad" if told[0].gain < 0 else "plain" if option.claim.verdict == "avoids" else "good"
    if unnamed:
        amount = short_pounds(-told[0].gain / 100, signed=True)
        return Cell(f"{amount} over {findings.span}; no payer is named", "", tone)
    full = f"Over {findings.span}: {'; '.join(parts)}. {settled}".strip()
    return Cell(f"{_few(parts)} over {findings.span}", full, tone)


def _billed(findings: Findings, option: OptionAnswers) -> str:
    """What payers are billed and providers are left with, where that changes though nobody pays otherwise."""
    total = option.settled.total
    if total is None or not settled_sentence(option.settled):
        return ""
    parts = [("bills", total.bill.change), ("providers' margins", total.margin.change)]
    amounts = {name: short_pounds(each.mean, signed=True) for name, each in parts if beyond_chance(each)}
    known = [f"{name} {amount}" for name, amount in amounts.items()]
    if len(amounts) == len(parts) and len(set(amounts.values())) == 1:
        known = [f"bills and margins {amounts['bills']}"]  # what payers gain is what providers lose
    return f"; {', '.join(known)} over {findings.span}"


def _losers(findings: Findings, option: OptionAnswers) -> Cell:
    """Who loses: those who go without, and footprints, or patients anywhere, that have it worse."""
    parts = []
    if option.care.verdict == "worse":
        over = f" over {findings.span}"
        parts = [f"{each.words}{'' if each.kind == 'waiting' else over}" for each in option.served.without]
    footprints, losers = option.equity.footprints, option.equity.losers
    if losers:
        few = len(losers) <= _FEW
        who = (
            listed([each.name for each in losers])
            if few
            else f"{len(losers)} of {len(footprints)} footprints"
        )
        ways = sorted({way for each in losers for way in each.worse})
        parts.append(f"{who}: {listed([way.replace('waits', 'wait') for way in ways])}")
    elif option.wait.verdict == "worse":
        parts.append("patients, who wait longer")
    full = " ".join(each.sentence for each in losers)
    if parts:
        return Cell("; ".join(parts), f"{'; '.join(parts)}. {full}".strip(), "bad")
    if any(each.avoided for each in option.displaced.accounts):
        said = " ".join(option.displaced.avoided)
        return Cell("nobody, if contacts are truly not needed", f"{said} {_looked_at(option)}")
    return Cell("nobody is shown to lose", _looked_at(option))


def _looked_at(option: OptionAnswers) -> str:
    """At whom was looked to find who loses."""
    number = len(option.equity.footprints)
    if not number:
        return "No footprint is entered: looked at was only who goes without care."
    return f"Looked at: who goes without care; contacts and waits of {plural(number, 'footprint')}."


def _few(names: list[str]) -> str:
    """The first of some names, and how many follow."""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{'; '.join(names[:_FEW])}{more}"


def _beside(findings: Findings) -> Iterator[str]:
    """Yields which wait the page tells, then what stands beside the answers about each option."""
    if wait := which_wait(findings):
        yield wait
    for each in findings.answers.options:
        claim, said = each.claim, list[str]()
        if claim.verdict in ("better", "refused"):
            said = [*(f"if {condition}" for condition in claim.conditions), *claim.reservations]
        if each.wait.verdict == "better":
            known = {part.removeprefix("if ") for part in said}
            said += [f"waits are shorter if {one}" for one in each.wait.conditions if one not in known]
        said += [f"{one}, and go on elsewhere" for one in each.served.elsewhere if one not in said]
        if findings.hangs_on is not None:
            said += losing_words(findings.hangs_on, each.option)
        if said:
            beside = "; ".join(part.rstrip(".") for part in said)
            yield f"{findings.short_name(each.option)}: {typeset(beside)}."
