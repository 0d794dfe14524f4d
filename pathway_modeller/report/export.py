"""Charts and their tables as files, the same bytes for the same chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pathway_modeller.report.chart import Chart
from pathway_modeller.report.drawing.style import chart_settings
from pathway_modeller.report.spreadsheet import write_csv

FORMATS = (".png", ".svg", ".pdf")
"""Endings of chart files."""


def export_chart(chart: Chart, path: Path) -> None:
    """Writes a chart as PNG, SVG or PDF, by the ending of the file's name, with its text alternative inside.

    Raises:
        ValueError: the ending is none of ``FORMATS``; the message is a sentence for the person who chose it.
        OSError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ValueError(
            f"A chart is saved as PNG, SVG or PDF; end the name {path.name!r} with one of these."
        )
    with chart_settings():
        chart.figure.savefig(
            path, format=suffix[1:], dpi=chart.figure.get_dpi(), metadata=_metadata(chart, suffix)
        )


def export_table(chart: Chart, path: Path) -> None:
    """Writes a chart's table as CSV for a spreadsheet; missing figures are empty.

    Raises:
        OSError: the file cannot be written.
    """
    write_csv(chart.table, path)


def _metadata(chart: Chart, suffix: str) -> dict[str, Any]:
    """Title and description, without the time of day, which would change the bytes."""
    if suffix == ".svg":
        return {"Title": chart.headline, "Description": chart.alternative, "Date": None}
    if suffix == ".pdf":
        return {
            "Title": chart.headline,
            "Subject": chart.alternative,
            "CreationDate": None,
            "Creator": "Pathway Modeller",
        }
    return {"Title": chart.headline, "Description": chart.alternative, "Software": "Pathway Modeller"}
