"""What all charts are put together from: points of figures, tables, words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import Point, Row
from pathway_modeller.report.drawing.scale import FIXED_SHORT, MISSING, Scale, is_fixed
from pathway_modeller.report.drawing.style import Style
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.report.words.cash import missing_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 12
"""Rows that a chart shows; its table holds them all."""

Build = Callable[[Findings, Style], Chart]


@dataclass(frozen=True)
class ChartKind:
    """A chart that can be asked for.

    Attributes:
        id: for file names and the command line.
        title: what people call it in a list.
        build: makes it; takes a fraction of a second.
        is_plain: whether it shows figures and intervals without judging them, so that it may be shown of
            fewer replications than planned.
        is_offered: whether the scenario has what it shows; asked before anything is worked out for it.
    """

    id: str
    title: str
    build: Build
    is_plain: bool = True
    is_offered: Callable[[Findings], bool] = lambda _: True


def key_of(findings: Findings, variants: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Returns the key for the variants drawn."""
    return tuple((findings.place(variant), findings.variant_name(variant)) for variant in variants)


def words_of(scale: Scale, mean: float, low: float, high: float, *, signed: bool = False) -> str:
    """Returns a figure with its interval: ``12.1 weeks (11.8 to 12.4)``."""
    if math.isnan(mean):
        return MISSING
    own = scale.legible((mean, low, high))
    scale = scale if own is scale else own.finer((high - low) / 4)
    said = scale.text(mean, signed=signed)
    if math.isnan(low) or math.isnan(high):
        return f"{said} (no interval)"
    if is_fixed(mean, low, high):
        return f"{said} ({FIXED_SHORT})"
    return f"{said} ({scale.number(low, signed=signed)} to {scale.number(high, signed=signed)})"


def rows_of(
    findings: Findings,
    figures: pd.DataFrame,
    keys: Sequence[str],
    by: str,
    scale: Scale,
    *,
    missing: Callable[[str, str], str] | None = None,
    signed: bool = False,
) -> list[Row]:
    """Returns the rows of a chart.

    Args:
        findings: for the names.
        figures: as :meth:`Findings.figures` gives them.
        keys: which rows, from the top.
        by: the column that the keys are of.
        scale: how figures are written.
        missing: says why a figure of (variant, key) is missing; else a dash is written.
        signed: whether figures are differences.
    """
    rows = []
    for key in keys:
        mine = records(figures[figures["key"] == key])
        times = any(each.unit == "days" for each in mine)
        own = scale.beside([each.mean for each in mine]) if times else scale
        points = []
        for each in mine:
            text = words_of(own, each.mean, each.low, each.high, signed=signed)
            if math.isnan(each.mean) and missing is not None:
                text = missing(each.variant, key)
            points.append(Point(findings.place(each.variant), each.mean, each.low, each.high, text))
        if points:
            rows.append(Row(findings.key_name(by, key) if by else key, tuple(points)))
    return rows


def table_of(findings: Findings, figures: pd.DataFrame, by: str, measure: str) -> pd.DataFrame:
    """Returns the figures of a chart with the names people know."""
    table = pd.DataFrame(
        {
            "measure": measure,
            "of": [findings.key_name(by, key) if by and key else key for key in figures["key"]],
            "variant": [findings.variant_name(variant) for variant in figures["variant"]],
            "unit": figures["unit"].to_numpy(),
            "mean": figures["mean"].to_numpy(),
            "low": figures["low"].to_numpy(),
            "high": figures["high"].to_numpy(),
            "replications": figures["replications"].to_numpy(),
        }
    )
    if "variance_reduction" in figures:
        table["variance_reduction"] = figures["variance_reduction"].to_numpy()
    return table


def chart_of(
    heading: Heading,
    figure: Figure,
    table: pd.DataFrame,
    said: Sequence[str],
    read: pd.DataFrame | None = None,
) -> Chart:
    """Returns the finished chart.

    Args:
        heading: its words.
        figure: drawn.
        table: its figures.
        said: its figures in words, for the text alternative.
        read: the table as it stands under the chart, if it differs: times in the chart's unit.
    """
    words = f"{heading.headline}. {heading.subtitle}. {'; '.join(said)}"
    under = table if read is None else read
    return Chart(figure, table, heading.headline, heading.subtitle, heading.source, _sentence(words), under)


def said_of(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """Returns rows in words: what, then each variant with its figure."""
    names = {findings.place(variant): findings.variant_name(variant) for variant in findings.variants}
    return [
        f"{row.label}: {', '.join(f'{names[point.place]} {point.text}' for point in row.points)}"
        for row in rows
    ]


def nothing_to_show(findings: Findings, style: Style, headline: str, subtitle: str) -> Chart:
    """Returns a chart that says in words why there is nothing to draw, and what would mend it."""
    from pathway_modeller.report.drawing.layout import Margins, lay_out
    from pathway_modeller.report.drawing.style import chart_settings

    heading = Heading(headline, subtitle, findings.source)
    with chart_settings():
        figure, axes = lay_out(style, heading, Margins(0.4, 0.4), 1.0, "dot")
        axes.set_axis_off()
    return chart_of(heading, figure, pd.DataFrame({"measure": [], "mean": [], "low": [], "high": []}), [])


def why_no_money(findings: Findings) -> str:
    """Returns why an option's money cannot be shown, and what would mend it; "" if it can."""
    if not findings.options:
        return ": nothing is compared; run the baseline together with an option"
    unknown = [missing_words(findings.results, option) for option in findings.options]
    if all(unknown):
        return f". {unknown[0]}; enter every price and cost, 0 where nothing is paid"
    if not (findings.results.cash["view"] == "cost").any():
        return ": nothing costs anything; give capacity pools a cost, and activities a variable cost"
    return ""


def cannot_show(findings: Findings, style: Style, what: str, title: str) -> Chart | None:
    """Returns a chart that says why an option's money cannot be shown; None if it can.

    Args:
        findings: what was simulated.
        style: sizes.
        what: what cannot be shown, as the subject of a sentence.
        title: the subtitle.
    """
    why = why_no_money(findings)
    return nothing_to_show(findings, style, f"{what} cannot be shown{why}", title) if why else None


def _sentence(text: str) -> str:
    """Returns text that ends as a sentence does."""
    text = text.strip().rstrip(";").strip()
    return text if text.endswith(".") else f"{text}."
