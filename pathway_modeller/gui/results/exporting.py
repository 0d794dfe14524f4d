"""Handing charts over: as files, as a picture on the clipboard, all of them into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from pathway_modeller.gui.dialogs import REPLACE, ask, may_replace
from pathway_modeller.gui.plain import file_name
from pathway_modeller.scenario.file.writing import replace_file

if TYPE_CHECKING:
    from pathway_modeller.report.chart import Chart

Make = Callable[[], "Chart"]

CHART_FILTERS = ("PNG picture (*.png)", "SVG drawing (*.svg)", "PDF page (*.pdf)")
ENDINGS = (".png", ".svg", ".csv")
"""Of the files into which a chart is written with all the others."""

TABLE_FILTER = "Table for a spreadsheet (*.csv)"


def ask_file(parent: QWidget, title: str, folder: Path, name: str, filters: Sequence[str]) -> Path | None:
    """Asks for a file to write; one without a suffix gets that of the filter chosen.

    Returns:
        The file, or None if nobody wants one.
    """
    proposal = str(folder / f"{name}{_suffix(filters[0])}")
    chosen, chosen_filter = QFileDialog.getSaveFileName(parent, title, proposal, ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    known = {_suffix(each) for each in filters}
    if path.suffix.lower() in known:
        return path
    ended = path.with_name(path.name + _suffix(chosen_filter or filters[0]))
    return ended if may_replace(parent, ended, path) else None


def ask_folder(parent: QWidget, title: str, folder: Path, names: Sequence[str]) -> Path | None:
    """Asks for a folder to write charts into, or None if nobody wants one, or wants to keep what is there.

    Args:
        parent: over what is asked.
        title: of the dialog.
        folder: to begin with.
        names: of the charts, in order.
    """
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder))
    if not chosen:
        return None
    stems = [_stem(place, name) for place, name in enumerate(names, start=1)]
    there = [stem for stem in stems if any((Path(chosen) / f"{stem}{end}").exists() for end in ENDINGS)]
    number = f"Files of {len(there)} charts are" if len(there) > 1 else "Files of one chart are"
    sentence = f"{number} in “{Path(chosen).name}” already."
    title = "Replace the files?"
    if there and ask(parent, "replace", title, sentence, "Replace them?", REPLACE, "no") == "no":
        return None
    return Path(chosen)


def write_chart(make: Make, path: Path) -> Path:
    """Writes a chart, or its table where the file is a table's, and returns the file.

    Raises:
        OSError: the file cannot be written; what was in it is untouched.
    """
    from pathway_modeller.report.export import export_chart, export_table

    with TemporaryDirectory() as folder:
        made = Path(folder) / f"chart{path.suffix}"
        (export_table if path.suffix.lower() == ".csv" else export_chart)(make(), made)
        replace_file(path, made.read_bytes())
    return path


def write_all(charts: Sequence[tuple[str, Make]], folder: Path) -> int:
    """Writes every chart as PNG and SVG and its table as CSV; returns how many files there are then.

    Charts that have nothing to show are left out. What an earlier export left in the folder goes first.

    Raises:
        OSError: a file cannot be written.
    """
    from pathway_modeller.report.export import export_chart, export_table
    from pathway_modeller.report.result_folder import clear_earlier, list_files

    clear_earlier(folder)
    written: list[Path] = []
    for place, (name, make) in enumerate(charts, start=1):
        chart = make()
        if chart.table.empty:
            continue
        stem = _stem(place, name)
        files = [folder / f"{stem}{ending}" for ending in ENDINGS]
        for file, write in zip(files, (export_chart, export_chart, export_table), strict=True):
            write(chart, file)
        written += files
    list_files(folder, written)
    return len(written)


def _stem(place: int, name: str) -> str:
    """Returns the name of a chart's files, without suffix."""
    return f"{place:02d} {file_name(name)}"


def _suffix(file_filter: str) -> str:
    """Returns the suffix that a filter of the file dialog stands for."""
    return file_filter[file_filter.rindex("*") + 1 : file_filter.rindex(")")]
