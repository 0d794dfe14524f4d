"""Tags for the terminal and for ``compare --json``: which of them each option touches, and by what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.experiment.answers.as_json import as_json
from pathway_modeller.report.drawing.scale import MISSING
from pathway_modeller.scenario.words.sentences import listed
from pathway_modeller.scenario.words.tag_coverage import tag_coverage, touched_by_words

if TYPE_CHECKING:
    from pathway_modeller.report.findings import Findings


def tags_of(findings: Findings) -> Iterator[dict[str, object]]:
    """Yields each tag under each option as an object; nothing where nothing has a tag."""
    for option in findings.options:
        for found in tag_coverage(findings.scenario, option):
            by = [as_json(each) for each in found.by]
            yield {"option": option, "tag": found.tag, "name": found.name, "by": by}


def show_tags(console: Console, findings: Findings) -> None:
    """Prints the tags, a row each, and by what each option touches them; nothing where there are none."""
    columns = [tag_coverage(findings.scenario, option) for option in findings.options]
    if not any(columns):
        return
    table = Table(
        title="Tags touched by options",
        box=SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
    )
    for name in ("Tag", *(findings.variant_name(option) for option in findings.options)):
        table.add_column(name)
    for cells in zip(*columns, strict=True):
        table.add_row(cells[0].name, *(listed(touched_by_words(cell)) or MISSING for cell in cells))
    console.print(table)
