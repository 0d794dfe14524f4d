"""Cash of every replication, divided as a chart divides it; and what to say where there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pathway_modeller.experiment.answers.monthly import prices_missing
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.scenario.options import BASELINE

Floats = npt.NDArray[np.float64]

MOST_PANELS = 4
"""Options that a chart draws; its table holds them all."""

_NAMED = 2
"""Missing prices that are named."""
_LEAST = 0.5
"""Pounds below which a bill does not change."""
_UNCHANGED = "what the system pays does not change"


def pounds_by(results: Results, variant: str, column: str) -> dict[str, Floats]:
    """Returns what the system pays under a variant, in pounds over the period.

    Args:
        results: what was found.
        variant: the variant.
        column: what divides it: a column of :data:`pathway_modeller.experiment.results.results.CASH`.

    Returns:
        For each value of the column one figure a replication.
    """
    cash = results.rows("cash", variant)
    rows = cash[cash["view"] == "cost"]
    names = rows[column].astype(str).to_numpy(dtype=object)
    pence = rows["pence"].to_numpy(dtype=np.int64)
    places = rows["replication"].to_numpy(dtype=np.int64)
    found: dict[str, Floats] = {}
    for name in dict.fromkeys(names):
        mine = names == name
        sums = np.zeros(results.provenance.replications, dtype=np.int64)
        np.add.at(sums, places[mine], pence[mine])
        found[str(name)] = sums / 100
    return found


def missing_words(results: Results, option: str) -> str:
    """Returns which prices are missing, for want of which an option's cost is not known; "" for none."""
    names = prices_missing(results, (BASELINE, option), "cost")
    if not names:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"System cost is not known: {'; '.join(names[:_NAMED])}{more}"


def panels_of(findings: Findings) -> tuple[tuple[str, ...], str]:
    """Returns the options that are drawn, and what a subtitle says of those that are not."""
    options = findings.options
    if len(options) <= MOST_PANELS:
        return options, ""
    return options[:MOST_PANELS], f"; the first {MOST_PANELS} of {len(options)} options, the table has all"


def unchanged_words(findings: Findings, options: Sequence[str]) -> str:
    """Returns what is said where the system pays as much as under the baseline, while the bill may change.

    Args:
        findings: what was simulated.
        options: those under which what the system pays does not change.
    """
    bills = [each for each in records(findings.changes("bill")) if each.variant in options]
    changed = [each for each in bills if abs(each.mean) >= _LEAST]
    if not changed:
        return _UNCHANGED
    ends = dict.fromkeys((min(each.mean for each in changed), max(each.mean for each in changed)))
    amounts = [scale_for(each, (end,)).text(end, signed=True) for end in ends for each in [changed[0].unit]]
    said = f"{_UNCHANGED}; the commissioner's bill changes by {' to '.join(amounts)} over {findings.span}"
    if len(changed) > 1 or math.isnan(changed[0].low):
        return said
    one = changed[0]
    shown = "" if one.low > 0 or one.high < 0 else ", which may be chance"
    scale = scale_for(one.unit, (one.mean,))
    return f"{said} (95% interval {scale.interval(one.low, one.high, signed=True)}{shown})"
