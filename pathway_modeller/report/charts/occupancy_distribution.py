"""The time-weighted distribution of the units in use of a pool."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.report.build import chart_of, key_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.over_time import busiest_pool
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.lines import Line, lines_figure
from pathway_modeller.report.style import PAGE, Style
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.sentences import plural


def occupancy_distribution(
    findings: Findings, style: Style = PAGE, pool: str = "", footprint: str = ""
) -> Chart:
    """Returns which share of the time how many units of a pool were in use.

    Args:
        findings: what was simulated.
        style: sizes.
        pool: the pool; by default the one with the highest utilisation.
        footprint: the footprint that holds it, if each has its own.
    """
    chosen = busiest_pool(findings) if not pool else (pool, footprint)
    subtitle = f"Share of time by units in use, nights and weekends included; {findings.period}"
    if chosen is None:
        return nothing_to_show(
            findings, style, "No occupancy can be shown: there is no capacity pool", subtitle
        )
    found = findings.distribution("occupancy", pool=chosen[0], footprint=chosen[1])
    variants = [variant for variant in findings.variants if (found["variant"] == variant).any()]
    lines = [_line(findings, variant, found[found["variant"] == variant]) for variant in variants]
    name = findings.key_name("pool", chosen[0])
    where = f" in {findings.key_name('footprint', chosen[1])}" if chosen[1] else ""
    said = [
        f"{findings.variant_name(variant)}: at most {plural(_level_for(line, 50), 'unit')} in use "
        "half of the time, "
        f"at most {_level_for(line, 95)} for 95% of it"
        for variant, line in zip(variants, lines, strict=True)
    ]
    heading = Heading(
        headline=_message(findings, f"{name}{where}", variants, lines),
        subtitle=f"{name}{where}: {subtitle[0].lower()}{subtitle[1:]}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, variants),
    )
    figure = lines_figure(style, heading, lines, "Share of time (%)", "Units in use", whole=True)
    table = pd.DataFrame(
        {
            "measure": "occupancy",
            "of": name,
            "footprint": findings.key_name("footprint", chosen[1]) if chosen[1] else "",
            "variant": [findings.variant_name(variant) for variant in found["variant"]],
            "level": found["level"].to_numpy(),
            "unit": "share",
            "mean": found["mean"].to_numpy(),
            "low": found["low"].to_numpy(),
            "high": found["high"].to_numpy(),
        }
    )
    return chart_of(heading, figure, table, said)


def _line(findings: Findings, variant: str, rows: pd.DataFrame) -> Line:
    """The distribution of one variant, in per cent, with levels that never occurred at zero."""
    level = rows["level"].to_numpy(dtype=np.int64)
    across = np.arange(level.min(), level.max() + 1)
    columns: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    for name in ("mean", "low", "high"):
        filled = np.zeros(len(across))
        filled[level - across[0]] = rows[name].to_numpy(dtype=np.float64) * 100
        columns.append(np.maximum(filled, 0.0))
    mean, low, high = columns
    return Line(findings.place(variant), across.astype(np.float64), mean, low, high, steps=True)


def _level_for(line: Line, share: float) -> int:
    """The level at or below which this percentage of the time is spent."""
    reached = np.cumsum(line.mean) >= share - 1e-9
    return int(line.across[int(np.argmax(reached))])


def _message(findings: Findings, name: str, variants: list[str], lines: list[Line]) -> str:
    """What the chart says: how many units cover all but one in twenty parts of the time.

    Of several options, the one that differs most from the first variant, the baseline, is told.
    """
    first, *others = (_level_for(line, 95) for line in lines)
    verb = "is" if first == 1 else "are"
    used = f"For 95% of the time at most {plural(first, 'unit')} of {name} {verb} in use"
    if not others:
        return used
    place = max(range(len(others)), key=lambda each: abs(others[each] - first))
    if others[place] == first:
        return f"{used}, whichever variant"
    base, option = (_placed(findings, variant) for variant in (variants[0], variants[1 + place]))
    return f"{used} {base}, and at most {others[place]} {option}"


def _placed(findings: Findings, variant: str) -> str:
    """A variant as the place of what is said of it."""
    return "in the baseline" if variant == BASELINE else f"under “{findings.variant_name(variant)}”"
