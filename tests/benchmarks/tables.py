"""Tables and charts of what was measured, and the files in which they are kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pathway_modeller.report.drawing.style import COLOURS, GRID, INK, PAGE, QUIET, chart_settings
from pathway_modeller.scenario.words.sentences import date_words

_SECTION = re.compile(r"^<!-- (\S+) -->$", re.MULTILINE)
"""The line of a page before a table, with its name."""
BEGINS, ENDS = "<!-- results begin -->", "<!-- results end -->"
"""Between these lines of a page the results belong."""


@dataclass(frozen=True)
class Bar:
    """A bar of the chart: seconds, and whether it is the project's own."""

    name: str
    seconds: float
    ours: bool


@dataclass(frozen=True)
class Table:
    """What one benchmark found.

    Attributes:
        name: by which it is asked for on the command line.
        title: what was measured.
        notes: under which conditions, in sentences.
        columns: headings.
        rows: cells as text; an empty cell for nothing.
        bars: what is drawn; no chart where there are none.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...] = field(default=())

    def text(self) -> str:
        """Returns the table as plain text."""
        lines = [self.columns, *self.rows]
        widths = [max(len(row[place]) for row in lines) for place in range(len(self.columns))]
        right = self._numbers()
        shown = [
            "  ".join(
                cell.rjust(width) if number else cell.ljust(width)
                for cell, width, number in zip(row, widths, right, strict=True)
            ).rstrip()
            for row in lines
        ]
        shown.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([self.title, "", *shown, "", *self.notes])

    def markdown(self) -> str:
        """Returns the table as a section of a page."""
        rule = ["---:" if number else "---" for number in self._numbers()]
        cells = [f"| {' | '.join(each)} |" for each in (self.columns, rule, *self.rows)]
        return "\n".join([f"### {self.title}", "", *cells, "", " ".join(self.notes)])

    def _numbers(self) -> list[bool]:
        """Tells for each column whether it holds figures only."""
        return [all(cell[:1].isdigit() for cell in cells if cell) for cells in zip(*self.rows, strict=True)]


def seconds(value: float | None) -> str:
    """Returns a time for a table."""
    if value is None:
        return ""
    return (
        f"{value:,.0f} s" if value >= 100 else f"{value:.3g} s" if value >= 0.1 else f"{1000 * value:.3g} ms"
    )


def times(value: float) -> str:
    """Returns a ratio for a table."""
    return f"{value:,.0f}×" if value >= 10 else f"{value:.2g}×"


def machine() -> str:
    """Returns on what it was measured."""
    import numba
    import numpy as np

    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {sys.platform}; {versions}."


def keep(tables: Sequence[Table], folder: Path) -> list[Path]:
    """Writes the tables (JSON and Markdown) and a chart of each that has bars; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "speed.json", folder / "speed.md"]
    found = {each.name: asdict(each) for each in tables}
    written[0].write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    charts = _charts(tables, folder)
    written[1].write_text("\n\n".join(_section(each, charts) for each in tables) + "\n", encoding="utf-8")
    return written + charts


def put_on(tables: Sequence[Table], page: Path) -> list[Path]:
    """Writes the tables between the marks of a page, and their charts beside it; returns the files.

    Each takes the place of the table of the same name, or comes last; the page's other tables stay.

    Raises:
        ValueError: the page has no marks.
    """
    text = page.read_text(encoding="utf-8")
    before, begins, rest = text.partition(BEGINS)
    there, ends, after = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError(f"{page} has no lines {BEGINS!r} and {ENDS!r} between which results belong")
    charts = _charts(tables, page.parent)
    head, *others = _SECTION.split(there)
    sections = dict(zip(others[::2], others[1::2], strict=True))
    sections |= {table.name: _section(table, charts) for table in tables}
    named = [f"<!-- {name} -->\n\n{section.strip()}" for name, section in sections.items()]
    whole = "\n\n".join([f"{before}{BEGINS}", *filter(None, [head.strip()]), *named, f"{ENDS}{after}"])
    page.write_text(whole, encoding="utf-8")
    return [page, *charts]


def _section(table: Table, charts: Sequence[Path]) -> str:
    """Returns a table as a section of a page, with its chart if it was drawn, and where it was measured."""
    parts = [table.markdown(), f"Measured on {date_words(dt.date.today())}, {machine()}"]
    chart = _chart_name(table)
    if chart in [each.name for each in charts]:
        parts.append(f"![{table.title}: seconds of each implementation]({chart})")
    return "\n\n".join(parts)


def _chart_name(table: Table) -> str:
    """Returns the name of a table's chart."""
    return f"speed-{table.name}.png"


def _charts(tables: Sequence[Table], folder: Path) -> list[Path]:
    """Draws the charts of tables that have bars; returns the files."""
    drawn = [table for table in tables if table.bars]
    for table in drawn:
        draw(table, folder / _chart_name(table))
    return [folder / _chart_name(table) for table in drawn]


def draw(table: Table, path: Path) -> None:
    """Draws horizontal bars on a logarithmic axis, shortest first."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    bars = sorted(table.bars, key=lambda bar: bar.seconds, reverse=True)
    with chart_settings():
        figure = Figure(figsize=(PAGE.width, 1.5 + 0.36 * len(bars)), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        drawn = axes.barh(
            [bar.name for bar in bars],
            [bar.seconds for bar in bars],
            color=[COLOURS[0] if bar.ours else QUIET for bar in bars],
            hatch=["" if bar.ours else "///" for bar in bars],
            edgecolor="white",
            height=0.68,
        )
        axes.bar_label(
            drawn, [seconds(bar.seconds) for bar in bars], padding=4, color=INK, fontsize=PAGE.text
        )
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        least, most = bars[-1].seconds, bars[0].seconds
        axes.set_xlim(least / 3, most * (most / least) ** 0.12 * 2)
        axes.set_xlabel("Seconds, median of a run; each step of the axis is ten times as long", color=QUIET)
        axes.tick_params(axis="y", length=0, labelsize=PAGE.text)
        axes.grid(axis="x", color=GRID, linewidth=0.8)
        axes.set_axisbelow(True)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        figure.suptitle(table.title, x=0.01, ha="left", color=INK, fontsize=PAGE.headline, fontweight="bold")
        figure.savefig(path, dpi=PAGE.dots_per_inch)
