"""Writing results to files: charts, tables, the JSON object, the trace."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.report.result_folder import clear_earlier, holds_unlisted_result, list_files
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.words.sentences import plural

if TYPE_CHECKING:
    from pathway_modeller.report.chart_files import Chosen
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
        raise Mistake(unwritable(folder, error)) from None
    if holds_unlisted_result(folder):
        raise Mistake(
            f"{str(folder)!r} holds an earlier result, and what is of it cannot be told; empty it, or "
            "name another folder."
        )


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


def write_outputs(
    findings: Findings, document: Callable[[], str], folder: Path, workers: int, chosen: Chosen
) -> list[Path]:
    """Writes charts (PNG and SVG) and tables (CSV) into a folder, and returns what was written.

    Args:
        findings: what was found.
        document: gives the JSON object as text.
        folder: to write to.
        chosen: which pools and queues are drawn.
        workers: processes that draw, this one among them; 0 for as many as there are processors.

    Raises:
        Mistake: a file cannot be written, or a process was ended from outside.
    """
    from pathway_modeller.report.chart_files import ChartFiles, drawing_beside

    try:
        with drawing_beside(workers) as beside:
            make_way(folder)
            charts = ChartFiles(findings, folder, beside, chosen)
            written = [*_write_tables(findings, document, folder), *charts.finish()]
        return [*written, list_files(folder, written)]
    except OSError as error:
        raise Mistake(unwritable(folder, error)) from None
    except BrokenProcessPool:
        raise Mistake(
            "A process that drew charts was ended from outside, perhaps because memory ran out; run again "
            "with --workers 1."
        ) from None


def make_way(folder: Path) -> None:
    """Removes an earlier result from a folder, and says so: a folder holds one result.

    Raises:
        OSError: it cannot be removed.
    """
    number = clear_earlier(folder)
    if number:
        files = plural(number, "file")
        click.echo(f"The earlier result in {str(folder)!r} is replaced: {files} of it removed.", err=True)


def write_trace(scenario: Scenario, variant: str, run: RunSettings, engine: str, file: Path) -> Path:
    """Writes all that happened in a variant's first replication, and returns the file.

    Raises:
        Mistake: the file cannot be written.
    """
    from pathway_modeller.experiment.verify.trace_table import trace_of, trace_table
    from pathway_modeller.report.spreadsheet import write_csv

    try:
        write_csv(trace_table(trace_of(played(scenario, variant, run), run, engine=engine)), file)
    except OSError as error:
        raise Mistake(unwritable(file, error)) from None
    return file


def _write_tables(findings: Findings, document: Callable[[], str], folder: Path) -> list[Path]:
    """Writes the JSON object, each variant's figures, each option's differences, and every queue and pool."""
    from pathway_modeller.cli.levels import levels_table, over_time_table
    from pathway_modeller.report.spreadsheet import write_csv

    results = findings.results
    whole = folder / "results.json"
    whole.write_text(document(), encoding="utf-8", newline="\n")
    tables = {f"figures-{variant}.csv": results.summary(variant) for variant in results.variants}
    tables |= {f"differences-{option}.csv": results.differences(option) for option in findings.options}
    tables |= {"over-time.csv": over_time_table(findings), "levels.csv": levels_table(findings)}
    return [whole, *(write_csv(table, folder / name) for name, table in tables.items())]


def unwritable(place: Path, error: OSError) -> str:
    """Returns the sentence about a place that cannot be written to."""
    return f"{str(place)!r} cannot be written to ({error.strerror or error}); name another place."
