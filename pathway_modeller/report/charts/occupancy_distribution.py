"""The time-weighted distribution of the units in use of a pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.report.build import chart_of, key_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.over_time import busiest_pool
from pathway_modeller.report.drawing.lines import Line, lines_figure
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.report.words.opening_hours_use import always_open_units, closes
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import plural

_SELDOM = 0.5
"""Per cent of the time below which a pool is never called full."""


def occupancy_distribution(
    findings: Findings, style: Style = PAGE, pool: str = "", footprint: str = ""
) -> Chart:
    """Returns which share of the time how many units of a pool were in use.

    Args:
        findings: what was simulated.
        style: sizes.
        pool: the pool; by default the one of the baseline with the highest utilisation.
        footprint: the footprint that holds it, if each has its own.
    """
    chosen = busiest_pool(findings) if not pool else (pool, footprint)
    subtitle = f"Share of time by units in use, day and night, open or closed; {findings.period}"
    if chosen is None:
        return nothing_to_show(
            findings, style, "No occupancy can be shown: there is no capacity pool", subtitle
        )
    found = findings.distribution("occupancy", pool=chosen[0], footprint=chosen[1])
    variants = [variant for variant in findings.variants if (found["variant"] == variant).any()]
    lines = [_line(findings, variant, found[found["variant"] == variant]) for variant in variants]
    name = findings.key_name("pool", chosen[0])
    where = f" in {findings.key_name('footprint', chosen[1])}" if chosen[1] else ""
    lacking = findings.lacking("pool", chosen[0])
    only = f" ({lacking})" if lacking else ""
    said = [
        f"{findings.variant_name(variant)}: at most {plural(_level_for(line, 50), 'unit')} in use "
        "half of the time, "
        f"at most {_level_for(line, 95)} for 95% of it"
        for variant, line in zip(variants, lines, strict=True)
    ]
    heading = Heading(
        headline=findings.message(
            lambda: _message(findings, chosen, f"{name}{where}", dict(zip(variants, lines, strict=True)))
        ),
        subtitle=f"{name}{where}{only}: {subtitle[0].lower()}{subtitle[1:]}; {findings.basis_of_bands}",
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
        no_band = name != "mean" and not findings.has_bands
        columns.append(np.full(len(across), np.nan) if no_band else np.maximum(filled, 0.0))
    mean, low, high = columns
    return Line(findings.place(variant), across.astype(np.float64), mean, low, high, steps=True)


def _level_for(line: Line, share: float) -> int:
    """The level at or below which this percentage of the time is spent."""
    reached = np.cumsum(line.mean) >= share - 1e-9
    return int(line.across[int(np.argmax(reached))])


@dataclass(frozen=True)
class _Told:
    """What is told of each variant, and how.

    Attributes:
        values: one a variant in words; the baseline first.
        sizes: the same as numbers, to find the variant that differs most.
        first: the sentence, for a value and its place.
        more: what follows for another variant.
    """

    values: list[str]
    sizes: list[float]
    first: str
    more: str


def _message(findings: Findings, pool: tuple[str, str], name: str, lines: dict[str, Line]) -> str:
    """What the chart says: how often all units are in use, or which share of those that are open.

    Of several options, the one that differs most from the first variant, the baseline, is told.
    """
    same = {each: line for each, line in lines.items() if _units(findings, each, pool) is not None}
    told = None
    if next(iter(lines)) in same and (len(same) > 1 or len(lines) == 1):
        told = _full(findings, pool, name, same)
    variants = list(lines if told is None else same)
    told = told or _open(findings, pool, name) or _most(name, lines)
    if len(variants) == 1:
        return told.first.format(told.values[0], "")
    sizes = [abs(size - told.sizes[0]) for size in told.sizes[1:]]
    place = 1 + max(range(len(sizes)), key=sizes.__getitem__)
    if told.values[place] == told.values[0]:
        return joined([told.first.format(told.values[0], ""), "whichever variant"], ", ")
    base, option = (_placed(findings, variant) for variant in (variants[0], variants[place]))
    first = told.first.format(told.values[0], f" {base}")
    return joined([first, told.more.format(told.values[place], option).removeprefix(", ")], ", ")


def _units(findings: Findings, variant: str, pool: tuple[str, str]) -> int | None:
    """The units of a pool; None where they close or change, when levels do not tell how often it is full."""
    return always_open_units(findings.pathways[variant].pools[pool[0]], pool[1])


def _full(findings: Findings, pool: tuple[str, str], name: str, lines: dict[str, Line]) -> _Told | None:
    """How often all units are in use; None where they hardly ever are."""
    sizes, units = [], []
    for variant, line in lines.items():
        there = _units(findings, variant, pool) or 0
        units.append(there)
        sizes.append(float(line.mean[line.across >= there].sum()))
    if max(sizes) < _SELDOM:
        return None
    said = [f"{size:.0f}%" for size in sizes]
    if len(set(units)) > 1:
        said = [f"{words} of the time (of {each:,})" for words, each in zip(said, units, strict=True)]
        return _Told(said, sizes, f"All units of {name} are in use {{}}{{}}", ", and {} {}")
    every = f"All {units[0]:,} units of {name} are" if units[0] != 1 else f"The one unit of {name} is"
    return _Told(said, sizes, f"{every} in use {{}} of the time{{}}", ", and {} {}")


def _open(findings: Findings, pool: tuple[str, str], name: str) -> _Told | None:
    """Which share of the units that are open is in use; None where there is no limit."""
    by, fixed = ("footprint", {"pool": pool[0]}) if pool[1] else ("pool", {})
    figures = findings.figures("pool.utilisation", by, **fixed)
    mine = figures[figures["key"] == (pool[1] or pool[0])]
    if mine.empty or mine["mean"].isna().any() or not closes(findings, pool[0]):
        return None
    sizes = [100 * float(each) for each in mine["mean"]]
    return _Told([f"{x:.0f}%" for x in sizes], sizes, f"{name}: {{}} in use while open{{}}", ", and {} {}")


def _most(name: str, lines: dict[str, Line]) -> _Told:
    """How many units cover all but one in twenty parts of the time."""
    levels = [_level_for(line, 95) for line in lines.values()]
    said = [plural(level, "unit") for level in levels]
    verb = "is" if levels[0] == 1 else "are"
    first = f"For 95% of the time at most {{}} of {name} {verb} in use{{}}"
    return _Told(said, [float(x) for x in levels], first, ", and at most {} {}")


def _placed(findings: Findings, variant: str) -> str:
    """A variant as the place of what is said of it."""
    return "in the baseline" if variant == BASELINE else f"under {findings.short_name(variant)}"
