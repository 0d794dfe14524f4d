"""Headlines that state figures and judge nothing: a level, or the levels under baseline and option."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pathway_modeller.report.build import words_of
from pathway_modeller.report.drawing.scale import Scale, is_fixed
from pathway_modeller.report.findings import Figured, Findings
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import elided

_LEAST = 18
"""Characters of what a headline is of that are kept, whatever else has to go."""


def level_message(
    findings: Findings, what: str, figures: Sequence[Figured], end: str = "", *, measure: str
) -> str:
    """Returns a figure under the baseline and under the option in which it differs most.

    Args:
        findings: for the names.
        what: what the figure is of, in a few words.
        figures: one a variant, of one unit.
        end: put behind the figures, such as " a year".
        measure: which it is.
    """
    known = [each for each in figures if not math.isnan(each.mean)]
    if not known:
        return elided(f"{what}: no figure is known", LONGEST)
    scale = findings.scale(known[0].unit, [each.mean for each in known], measure).finer(_narrowest(known) / 4)
    before = next((each for each in known if each.variant == BASELINE), None)
    options = [each for each in known if each.variant in findings.options]
    if not options:
        return _fitted("", f"{what}:", f"{_words(scale, known[0])}{end}")
    if before is None:
        most = max(options, key=lambda each: abs(each.mean))
        said = f"{_words(scale, most)}{end}, only in the option"
    else:
        most = max(options, key=lambda each: abs(each.mean - before.mean))
        said = f"{_bare(scale, before)} → {_words(scale, most)}{end}"
    return _fitted(f"{findings.short_name(most.variant)}: ", what, said)


def _narrowest(figures: Sequence[Figured]) -> float:
    """The width of the narrowest interval that has any; 0 where none has."""
    widths = [each.high - each.low for each in figures if each.high > each.low]
    return min(widths, default=0.0)


def _words(scale: Scale, each: Figured) -> str:
    """A figure with its unit and its interval, which is left out where every replication has the same."""
    if is_fixed(each.mean, each.low, each.high):
        return scale.text(each.mean) if each.mean or scale.before else f"0{scale.after}"
    return words_of(scale, each.mean, each.low, each.high)


def _bare(scale: Scale, each: Figured) -> str:
    """A figure with its interval; a unit that is a word follows with the next."""
    said = _words(scale, each)
    return said.replace(scale.after, "", 1) if scale.after.startswith(" ") else said


def _fitted(option: str, what: str, said: str) -> str:
    """Returns a headline that fits: what it is of is cut, and figures never."""
    room = LONGEST - len(option) - len(said)
    return f"{option}{elided(what, max(_LEAST, room - 1))} {said}"
