"""Who waits, for the first page: how long, how many in time, how that differs, and which wait it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, assert_never

from pathway_modeller.report.drawing.scale import is_fixed
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.questions import CELL, Cell, tone_of
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import duration_words, elided

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import OptionAnswers
    from pathway_modeller.experiment.answers.claim import Claim


def wait_level(findings: Findings, claim: Claim, variant: str) -> str:
    """Returns how long people wait under a variant, and how many are seen in time."""
    days = claim.baseline if variant == BASELINE else claim.baseline + claim.change.mean
    if math.isnan(days):
        return "nobody waits or comes"
    if days == claim.baseline == 0:
        return "nobody waits"
    said = findings.scale("days", (claim.baseline,), "wait.mean").legible((days,)).text(days)
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


def wait_cell(findings: Findings, option: OptionAnswers) -> Cell:
    """Returns who waits longer or shorter."""
    claim = option.wait
    full = " ".join(
        (f"{claim.name}: {_in_full(findings, claim)}", *(f"If {each}." for each in claim.conditions))
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
            own = scale.legible((claim.change.mean,))
            # Without a unit it is in that of the wait before it.
            amount = (scale.number if own is scale else own.text)(claim.change.mean, signed=True)
            level = wait_level(findings, claim, option.option)
            words = f"{level} ({amount}; {elided(way, CELL - len(level) - len(amount))})"
            return Cell(words, full, tone_of(claim.verdict))
        case _:
            assert_never(claim.verdict)


def _in_full(findings: Findings, claim: Claim) -> str:
    """A difference in waits with its interval and what speaks against it."""
    change = claim.change
    if math.isnan(change.mean):
        return "a figure is missing."
    if claim.baseline == change.mean == change.low == change.high == 0:
        return "nobody waits."
    scale = findings.scale("days", (claim.baseline,), "wait.mean")
    scale = scale.legible((change.mean, change.low, change.high)).finer((change.high - change.low) / 4)
    said = f"{scale.text(change.mean, signed=True)} on average"
    if is_fixed(change.mean, change.low, change.high):
        said = f"{said}, the same in every replication"
    elif not math.isnan(change.low):
        said = f"{said} (95% interval {scale.interval(change.low, change.high, signed=True)})"
    beyond = claim.verdict == "unclear" and (change.low > 0 or change.high < 0)
    why = (f"Where {claim.among} outcomes are judged together, that is not shown.",) if beyond else ()
    return f"{said}. {' '.join((*why, *claim.reservations))}".strip()


def which_wait(findings: Findings) -> str:
    """Returns which wait the page tells, of whom, and what its share counts; "" where nobody waits."""
    claims = [each.wait for each in findings.answers.options]
    if not any(each.baseline > 0 or abs(each.change.mean) > 0 for each in claims):
        return ""
    standard = findings.scenario.baseline.standards.get(claims[0].of)
    if standard is None:
        return "Who waits: the mean wait for a contact, of activities that stand in the baseline, too."
    match standard.counts:
        case "flow":
            return (
                f"Who waits: the mean time on “{standard.name}” of those seen; "
                "the share counts those over the limit who still wait, too."
            )
        case "stock":
            return (
                f"Who waits: the mean time so far on “{standard.name}” of those waiting at the last "
                "month end; the share is a mean over month ends."
            )
        case _:
            assert_never(standard.counts)
