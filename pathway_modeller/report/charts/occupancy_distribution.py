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
        f"{findings.variant_name(variant)} had {_middle(line)} units in use or fewer for half of the time"
        for variant, line in zip(variants, lines, strict=True)
    ]
    heading = Heading(
        headline=_message(findings, f"{name}{where}", variants, lines),
        subtitle=f"{name}{where}: {subtitle[0].lower()}{subtitle[1:]}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, variants),
    )
    figure = lines_figure(style, heading, lines, "Share of time (%)", "Units in use")
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
    # The levels beyond the ends have no share; with them the first and last step are drawn whole.
    across = np.arange(level.min() - 1, level.max() + 2)
    columns: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    for name in ("mean", "low", "high"):
        filled = np.zeros(len(across))
        filled[level - across[0]] = rows[name].to_numpy(dtype=np.float64) * 100
        columns.append(np.maximum(filled, 0.0))
    mean, low, high = columns
    return Line(findings.place(variant), across.astype(np.float64), mean, low, high, steps=True)


def _middle(line: Line) -> str:
    """The level at or below which half of the time is spent."""
    reached = np.cumsum(line.mean) >= 50 - 1e-9
    return f"{int(line.across[int(np.argmax(reached))]):,}"


def _message(findings: Findings, name: str, variants: list[str], lines: list[Line]) -> str:
    """What the chart says: how much is in use for half of the time, and at most."""
    parts = []
    for variant, line in zip(variants, lines, strict=True):
        most = int(line.across[line.mean > 0].max())
        middle = _middle(line)
        parts.append((findings.variant_name(variant), middle, most))
    if len({part[1:] for part in parts}) == 1:
        _, middle, most = parts[0]
        under = " in every variant" if len(parts) > 1 else ""
        return f"For half of the time {name} has {middle} units in use or fewer, at most {most:,}{under}"
    middles = ", ".join(f"{middle} ({variant})" for variant, middle, _ in parts)
    return f"For half of the time {name} has at most this many units in use: {middles}"
