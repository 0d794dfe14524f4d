"""Writing results to files: charts, tables, the JSON object, the trace."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pathway_modeller.cli.document import results_text
from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.scenario.document import RunSettings, Scenario


def require_folder(folder: Path) -> None:
    """Makes a folder, before anything is run for it.

    Raises:
        Mistake: nothing can be written there.
    """
    if folder.is_file():
        raise Mistake(f"{str(folder)!r} is a file; name a folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Mistake(_unwritable(folder, error)) from None


def require_place(file: Path, scenario: Path) -> None:
    """Makes sure that a file can be written, before anything is run for it.

    Args:
        file: to be written.
        scenario: the file that is read, which must not be lost.

    Raises:
        Mistake: it cannot.
    """
    if file.is_dir():
        raise Mistake(f"{str(file)!r} is a folder; name a file in it.")
    if file.exists() and file.samefile(scenario):
        raise Mistake(f"{str(file)!r} is the scenario itself; name another file.")
    if not file.parent.is_dir():
        raise Mistake(f"There is no folder {str(file.parent)!r} to write {file.name!r} to.")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise Mistake(f"{str(file)!r} cannot be written to; name another place.")


def write_outputs(results: Results, scenario: Scenario, folder: Path) -> list[Path]:
    """Writes charts (PNG and SVG) and tables (CSV) into a folder, and returns what was written.

    Raises:
        Mistake: a file cannot be written.
    """
    from pathway_modeller.report.findings import Findings

    findings = Findings(results, scenario)
    try:
        return [*_write_tables(findings, folder), *_write_charts(findings, folder)]
    except OSError as error:
        raise Mistake(_unwritable(folder, error)) from None


def write_trace(scenario: Scenario, variant: str, run: RunSettings, engine: str, file: Path) -> Path:
    """Writes all that happened in a variant's first replication, and returns the file.

    Raises:
        Mistake: the file cannot be written.
    """
    from pathway_modeller.experiment.verify.trace_table import trace_of, trace_table

    try:
        _write_csv(trace_table(trace_of(played(scenario, variant, run), run, engine=engine)), file)
    except OSError as error:
        raise Mistake(_unwritable(file, error)) from None
    return file


def _write_tables(findings: Findings, folder: Path) -> list[Path]:
    """Writes the JSON object, each variant's figures and each option's differences."""
    results = findings.results
    comparison = BASELINE in results.variants and bool(results.options)
    found = findings.answers if comparison else None
    whole = folder / "results.json"
    text = results_text(results, findings.scenario, differences=comparison, found=found)
    whole.write_text(text, encoding="utf-8", newline="\n")
    tables = {f"figures-{variant}.csv": results.summary(variant) for variant in results.variants}
    if comparison:
        tables |= {f"differences-{option}.csv": results.differences(option) for option in results.options}
    return [whole, *(_write_csv(table, folder / name) for name, table in tables.items())]


def _write_charts(findings: Findings, folder: Path) -> list[Path]:
    """Writes every chart, with the table of what it draws."""
    from pathway_modeller.report.catalogue import CHARTS
    from pathway_modeller.report.drawing.style import PAGE
    from pathway_modeller.report.export import export_chart, export_table

    written = []
    for kind in CHARTS:
        chart = kind.build(findings, PAGE)
        files = [folder / f"{kind.id}{suffix}" for suffix in (".png", ".svg", ".csv")]
        for file in files[:2]:
            export_chart(chart, file)
        export_table(chart, files[2])
        written += files
    return written


def _write_csv(table: pd.DataFrame, file: Path) -> Path:
    """Writes a table, the same bytes on every system; missing figures are empty."""
    table.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")
    return file


def _unwritable(place: Path, error: OSError) -> str:
    """Returns the sentence about a place that cannot be written to."""
    return f"{str(place)!r} cannot be written to ({error.strerror or error}); name another place."
