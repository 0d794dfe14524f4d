"""The first page after a run: does it save, when, who pays, who waits, who loses; one row an option.

Each cell words a claim or an account that was worked out before, and names the chart that shows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, assert_never

from pathway_modeller.analysis.accounts.section75 import NOBODY, POUND
from pathway_modeller.experiment.hangs_on.words import every_turn_words
from pathway_modeller.report.drawing.scale import MISSING, is_fixed
from pathway_modeller.report.findings import BASELINE_NAME, Findings
from pathway_modeller.report.words.headlines import LONGEST, is_unsure
from pathway_modeller.report.words.pays_back import pays_back_words
from pathway_modeller.report.words.questions import CELL, COLUMNS, Cell, Column, FirstPage, Row, Tone
from pathway_modeller.report.words.rates import short_words
from pathway_modeller.report.words.saving import no_saving, saving_sentence
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.inputs import inputs_words
from pathway_modeller.scenario.words.sentences import duration_words, elided, listed, lower_first, plural

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import OptionAnswers
    from pathway_modeller.experiment.answers.claim import Claim, Verdict

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


def short_pounds(pounds: float, *, signed: bool = False) -> str:
    """Returns pounds in few characters: "£1.70m", "£344k", "£2,277"."""
    sign = "−" if pounds < 0 else "+" if signed and pounds > 0 else ""
    size = abs(pounds)
    if size >= 999_500:
        return f"{sign}£{size / 1e6:.2f}m"
    return f"{sign}£{size / 1e3:,.0f}k" if size >= 9_999.5 else f"{sign}£{size:,.0f}"


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
    payers = one.payers
    pays = [] if payers is None else [each.name for each in payers.positions if each.payer and each.now]
    cells: dict[Column, Cell] = dict.fromkeys(COLUMNS, Cell(MISSING))
    found = one.recurrent
    costs = "not known" if found is None else f"{short_pounds(found.level[0].mean)} {found.year.words}"
    cells["cash"] = Cell(costs if found is None else f"costs {costs}")
    cells["wait"] = Cell(_level(findings, one.wait, BASELINE))
    cells["payers"] = Cell(_few(pays) or MISSING)
    return Row(BASELINE, BASELINE_NAME, cells)


def _row(findings: Findings, option: OptionAnswers, hangs_on: Mapping[str, str] | None) -> Row:
    """What an option does."""
    found = findings.hangs_on
    hangs = "not tried" if hangs_on is None else hangs_on.get(option.option, "nothing that was varied")
    cells: dict[Column, Cell] = {
        "cash": _cash(option),
        "back": _back(findings, option),
        "wait": _wait(findings, option),
        "payers": _payers(findings, option),
        "losers": _losers(option),
        "hangs on": Cell(hangs, "" if found is None else every_turn_words(found, option.option)),
    }
    return Row(option.option, option.name, cells)


def _tone(verdict: Verdict) -> Tone:
    """Whether a verdict is good news."""
    match verdict:
        case "better":
            return "good"
        case "worse":
            return "bad"
        case "refused" | "avoids" | "small" | "unclear" | "same" | "unknown":
            return "plain"
        case _:
            assert_never(verdict)


def _cash(option: OptionAnswers) -> Cell:
    """Whether it saves cash."""
    claim, full = option.claim, saving_sentence(option)
    size = "" if option.recurrent is None else short_words(option.recurrent, short_pounds)
    match claim.verdict:
        case "better":
            words = f"yes, {size}{', if' if claim.conditions else ''}"
            words = f"{words} {claim.conditions[0]}" if claim.conditions else words
        case "worse":
            words = f"no, {size}"
        case "refused":
            words = f"no: {size}, but {no_saving(option)[:1].lower()}{no_saving(option)[1:]}"
        case "avoids":
            words = "no cash: growth is avoided"
        case "small":
            words = f"no, {size}: less than matters"
        case "unclear":
            words = f"not shown: {size}, may be none"
        case "same":
            words = "no change"
        case "unknown":
            words = "not known"
        case _:
            assert_never(claim.verdict)
    return Cell(elided(words, CELL), full, _tone(claim.verdict))


def _back(findings: Findings, option: OptionAnswers) -> Cell:
    """When it pays back."""
    words = pays_back_words(option, findings.answers.horizon, findings.span)
    claim = option.claim
    condition = f", if {'; '.join(claim.conditions)}" if claim.conditions and claim.claimed else ""
    short = words.removeprefix("does not pay back ").removeprefix("pays back ")
    if words.startswith("does not pay back"):
        short = f"not {short}"
    cost = option.views["cost"].break_even
    if cost is not None and not cost.changes:
        short = "no change"
    return Cell(elided(short, CELL), f"{words[:1].upper()}{words[1:]}{condition}.", "plain")


def _level(findings: Findings, claim: Claim, variant: str) -> str:
    """How long people wait under a variant, and how many are seen in time."""
    days = claim.baseline if variant == BASELINE else claim.baseline + claim.change.mean
    if math.isnan(days):
        return "nobody waits or comes"
    if days == claim.baseline == 0:
        return "nobody waits"
    said = findings.scale("days", (claim.baseline,), "wait.mean").text(days)
    standard = findings.scenario.baseline.standards.get(claim.of)
    if standard is None:
        return said
    # Asked of the one row: all figures of all variants take longer than the whole page.
    every = findings.results.summary(variant)
    whole = (every["footprint"] == "") & (every["need_tier"] == "")
    share = every["mean"][whole & (every["measure"] == f"standard.within.{claim.of}")]
    if len(share) != 1 or math.isnan(share.iloc[0]):
        return said
    return f"{said}, {_whole(share.iloc[0])} within {duration_words(standard.limit)}"


def _whole(share: float) -> str:
    """A share in whole per cent; never all or none that is not."""
    if 0.995 <= share < 1:
        return "over 99%"
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def _wait(findings: Findings, option: OptionAnswers) -> Cell:
    """Who waits longer or shorter."""
    claim = option.wait
    full = " ".join(
        (f"{claim.name}: {_wait_full(findings, claim)}", *(f"If {each}." for each in claim.conditions))
    )
    match claim.verdict:
        case "same":
            return Cell("no change", full)
        case "unknown":
            return Cell("not known", full)
        case "better" | "worse" | "refused" | "small" | "unclear" | "avoids":
            scale = findings.scale("days", (claim.baseline,), "wait.mean").finer(abs(claim.change.mean) / 4)
            way = {"better": "shorter", "worse": "longer", "small": "less than matters"}.get(
                claim.verdict, "no difference shown"
            )
            if claim.verdict == "refused":
                way = f"but {claim.reservations[0].rstrip('.')}"
            amount = scale.number(claim.change.mean, signed=True)  # in the unit of the wait before it
            level = _level(findings, claim, option.option)
            words = f"{level} ({amount}; {elided(way, CELL - len(level) - len(amount))})"
            return Cell(words, full, _tone(claim.verdict))
        case _:
            assert_never(claim.verdict)


def _wait_full(findings: Findings, claim: Claim) -> str:
    """A difference in waits with its interval and what speaks against it."""
    change = claim.change
    if math.isnan(change.mean):
        return "a figure is missing."
    scale = findings.scale("days", (claim.baseline,), "wait.mean").finer((change.high - change.low) / 4)
    said = f"{scale.text(change.mean, signed=True)} on average"
    if is_fixed(change.mean, change.low, change.high):
        said = f"{said}, the same in every replication"
    elif not math.isnan(change.low):
        said = f"{said} (95% interval {scale.interval(change.low, change.high, signed=True)})"
    beyond = claim.verdict == "unclear" and (change.low > 0 or change.high < 0)
    why = (f"Where {claim.among} outcomes are judged together, that is not shown.",) if beyond else ()
    return f"{said}. {' '.join((*why, *claim.reservations))}".strip()


def _payers(findings: Findings, option: OptionAnswers) -> Cell:
    """Who pays more or less."""
    if option.payers is None:
        return Cell("not known", "A price is missing.")
    told = sorted(
        (each for each in option.payers.positions if each.certain and abs(each.gain) >= POUND),
        key=lambda each: each.gain,
    )
    unnamed = not any(each.payer != NOBODY for each in option.payers.positions)
    if not told:
        return Cell("nobody more or less", "No payer is shown to pay more or less than under the baseline.")
    parts = [f"{each.name} {short_pounds(-each.gain / 100, signed=True)}" for each in told]
    tone: Tone = "bad" if told[0].gain < 0 else "good"
    if unnamed:
        amount = short_pounds(-told[0].gain / 100, signed=True)
        return Cell(f"{amount} over {findings.span}; no payer is named", "", tone)
    return Cell(f"{_few(parts)} over {findings.span}", f"Over {findings.span}: {'; '.join(parts)}.", tone)


def _losers(option: OptionAnswers) -> Cell:
    """Who loses: those who go without, and footprints that wait longer or have fewer contacts."""
    parts = [*option.served.words] if option.care.verdict == "worse" else []
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
    full = " ".join(each.sentence for each in losers)
    if parts:
        return Cell("; ".join(parts), f"{'; '.join(parts)}. {full}".strip(), "bad")
    if any(each.avoided for each in option.displaced.accounts):
        said = " ".join(option.displaced.avoided)
        return Cell("nobody, if contacts are truly not needed", said)
    return Cell("nobody is shown to lose")


def _few(names: list[str]) -> str:
    """The first of some names, and how many follow."""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{'; '.join(names[:_FEW])}{more}"


def _beside(findings: Findings) -> Iterator[str]:
    """Yields what a saving rests on or what speaks against it, a line an option."""
    for each in findings.answers.options:
        claim = each.claim
        said = [*(f"if {condition}" for condition in claim.conditions), *claim.reservations]
        if said and claim.verdict in ("better", "refused"):
            yield f"{findings.short_name(each.option)}: {'; '.join(part.rstrip('.') for part in said)}."
