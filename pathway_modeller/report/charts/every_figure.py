"""Every figure of the measures: those of the whole pathway in words, and in the table those of each place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import chart_of, nothing_to_show, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.layout import Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.scale import Scale, scale_for
from pathway_modeller.report.drawing.style import GRID, PAGE, QUIET, Style, chart_settings
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import MOST_PANELS
from pathway_modeller.report.words.reading import read_measures_in
from pathway_modeller.scenario.words.sentences import plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TITLE = "Figures of the whole pathway; the table has those of each activity and pool, too"
_NAMES = 0.32
"""Share of the width for the names of measures."""
_GAP = 0.08
"""Inches between rows, and between columns."""

_Line = tuple[str, list[str]]
"""What a measure is called, and its figure under each variant."""


def every_figure(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns every figure of the whole pathway under each variant with its interval, in words."""
    drawn = findings.variants[: MOST_PANELS + 1]
    table = _table(findings)
    times = _times(findings, table)
    lines = _lines(findings, table, times, drawn)
    if not lines:
        return nothing_to_show(findings, style, "No figure is known", f"{_TITLE}; {findings.period}")
    left = len(findings.variants) - len(drawn)
    cut = f"; the first {len(drawn) - 1} of {len(findings.options)} options" if left else ""
    counted = plural(len(set(table["measure"])), "measure")
    heading = Heading(
        headline=findings.message(lambda: f"{counted}, with {plural(len(table), 'figure')} in the table"),
        subtitle=f"{_TITLE}{cut}; {findings.period}; {findings.basis}",
        source=findings.source,
    )
    with chart_settings():
        figure = _draw(style, heading, [findings.variant_name(each) for each in drawn], lines)
    said = [f"{name}: {', '.join(figures)}" for name, figures in lines]
    return chart_of(heading, figure, table, said, read_measures_in(table, times))


def _table(findings: Findings) -> pd.DataFrame:
    """The figures of the whole pathway, of each element and of each pool, under every variant."""
    parts = []
    for variant in findings.variants:
        found = findings.results.summary(variant)
        text = {name: found[name].astype(str).to_numpy(dtype=object) for name in ("element", "pool")}
        divided = [found[name].astype(str) != "" for name in ("need_tier", "footprint", "setting")]
        chosen = ~(divided[0] | divided[1] | divided[2]).to_numpy()
        places = [
            findings.key_name("element", element)
            if element
            else findings.key_name("pool", pool)
            if pool
            else ""
            for element, pool in zip(text["element"][chosen], text["pool"][chosen], strict=True)
        ]
        mine = found[chosen]
        parts.append(
            pd.DataFrame(
                {
                    "measure": mine["measure"].astype(str).to_numpy(dtype=object),
                    "of": [place or "Whole pathway" for place in places],
                    "variant": findings.variant_name(variant),
                    "unit": mine["unit"].astype(str).to_numpy(dtype=object),
                    **{name: mine[name].to_numpy() for name in ("mean", "low", "high", "replications")},
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _times(findings: Findings, table: pd.DataFrame) -> dict[str, Scale]:
    """The unit of each measure of times, one for all places and variants."""
    days = table[table["unit"] == "days"]
    return {
        str(measure): findings.scale("days", mine["mean"], str(measure))
        for measure, mine in days.groupby("measure")
    }


def _lines(
    findings: Findings, table: pd.DataFrame, times: Mapping[str, Scale], drawn: tuple[str, ...]
) -> list[_Line]:
    """The figures of the whole pathway that are known and not nothing under every variant."""
    names = [findings.variant_name(each) for each in drawn]
    whole = table[table["of"] == "Whole pathway"]
    found: dict[tuple[str, str], dict[str, tuple[float, float, float]]] = {}
    columns = (whole[name].tolist() for name in ("measure", "unit", "variant", "mean", "low", "high"))
    for measure, unit, variant, *figure in zip(*columns, strict=True):
        found.setdefault((measure, unit), {})[variant] = (figure[0], figure[1], figure[2])
    lines = []
    for (measure, unit), by_variant in found.items():
        named = find(measure)
        if "month" in named.of or all(math.isnan(each[0]) or each[0] == 0 for each in by_variant.values()):
            continue
        scale = times.get(measure) or scale_for(unit, [each[0] for each in by_variant.values()])
        nothing = (math.nan, math.nan, math.nan)
        said = [words_of(scale, *by_variant.get(name, nothing)) for name in names]
        lines.append((_name(findings, measure), said))
    return lines


def _name(findings: Findings, measure: str) -> str:
    """What a measure is called, with the standard or payer that it is of."""
    named = find(measure)
    key = named.of.get("standard") or named.of.get("payer")
    if key is None:
        return findings.with_causes(measure, named.measure.title)
    held = "standards" if "standard" in named.of else "payers"
    called = next(
        (getattr(way, held)[key].name for way in findings.pathways.values() if key in getattr(way, held)), key
    )
    return f"{named.measure.title}: {called}"


def _draw(style: Style, heading: Heading, variants: list[str], lines: list[_Line]) -> Figure:
    """Writes the figures in columns, a rule above each row."""
    ruler, size = Ruler(), style.small
    step = line_height(size)
    whole = style.width - 0.4
    wide = (whole * (1 - _NAMES)) / len(variants)
    rows = [
        [
            ruler.wrap(name, size, whole * _NAMES - _GAP),
            *(ruler.wrap(each, size, wide - _GAP, bold=not number) for each in said),
        ]
        for number, (name, said) in enumerate([("", variants), *lines])
    ]
    heights = [max(len(cell) for cell in row) * step + _GAP for row in rows]
    board = Board(style, heading, sum(heights))
    top = 0.0
    for number, (row, high) in enumerate(zip(rows, heights, strict=True)):
        if number:
            board.page.plot((0, board.width), (top, top), color=QUIET if number == 1 else GRID, linewidth=0.6)
        for place, cell in enumerate(row):
            left = 0.0 if not place else whole * _NAMES + (place - 1) * wide
            board.write("\n".join(cell), left, top + _GAP / 2, size=size, bold=not number, upright="top")
        top += high
    return board.figure
