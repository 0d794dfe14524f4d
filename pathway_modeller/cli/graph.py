"""The graph command: a pathway as a GraphML file, for programs that draw or reckon with graphs."""

from __future__ import annotations

from pathlib import Path

import click

from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.opening import known_option, opened
from pathway_modeller.cli.outputs import require_place
from pathway_modeller.scenario.network.graph import all_connected, graphml
from pathway_modeller.scenario.options import BASELINE, apply_option


def write_graph(file: Path, option: str | None, out: Path | None) -> None:
    """Writes the graph of a file's baseline, or of one of its options, or prints it.

    A pathway that cannot be run yet has a graph, too, if only each of its ways leads somewhere.

    Raises:
        Mistake: something must be mended first.
    """
    scenario = opened(file)
    variant = BASELINE if option is None else known_option(scenario, option)
    if out is not None:
        require_place(out, file)
    pathway = apply_option(scenario, variant)
    if not all_connected(pathway):
        raise Mistake(f"Some way leads from or to an element that there is not; ask 'check {file}'.")
    found = graphml(pathway)
    if out is None:
        click.echo(found, nl=False)
        return
    try:
        out.write_bytes(found)
    except OSError as error:
        raise Mistake(f"{str(out)!r} cannot be written to ({error.strerror or error}).") from None
    click.echo(f"Written:\n  {out}")
