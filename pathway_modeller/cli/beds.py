"""The beds command: the chance of delay by number of beds, from runs in which their pool has no limit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table

from pathway_modeller.cli.console import plain_console
from pathway_modeller.cli.document import provenance, rows
from pathway_modeller.cli.elsewhere import wished_executor
from pathway_modeller.cli.engine import with_engine_ready
from pathway_modeller.cli.json_text import json_text
from pathway_modeller.cli.kinds import AUTO
from pathway_modeller.cli.mistakes import INTERRUPTED, Mistake, suggestion
from pathway_modeller.cli.opening import known_option, opened, runnable
from pathway_modeller.cli.pilot import with_warm_up_found
from pathway_modeller.cli.progress import interruptible, progress_bar
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.cli.weighing import require_light
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.runs.without_limit import Occupancy, WithoutLimit
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.scenario.document import RunSettings, Scenario

FORMAT = 1
"""The version of what ``--json`` prints, which ``resources/schema/beds-1.schema.json`` describes."""

METHOD = (
    "P(N = b) / P(N <= b), N the units in use, by time, in a run in which this pool alone has no limit; of "
    "patients who take k units at once P(b - k < N <= b) / P(N <= b)"
)
"""How the chance is worked out, and of what."""


def show_beds(
    file: Path, pools: Sequence[str], options: Sequence[str], at_most: float, wishes: Wishes
) -> None:
    """Prints the chance of delay by number of units of pools of a file, and writes it where asked.

    Args:
        file: holds the scenario.
        pools: ids; by default every pool of beds.
        options: ids of options to be played beside the baseline.
        at_most: chance of delay that is asked for, a share.
        wishes: how it is run.

    Raises:
        Mistake: something must be mended first.
    """
    from pathway_modeller.cli.outputs import require_folder
    from pathway_modeller.experiment.runs.run import ExperimentStopped
    from pathway_modeller.experiment.runs.without_limit import NoChanceOfDelay, require_always_open
    from pathway_modeller.scenario.shifts.shifts import played

    scenario = opened(file)
    variants = [BASELINE, *(known_option(scenario, each) for each in dict.fromkeys(options))]
    settings = wishes.settings(scenario.run)
    runnable(scenario.model_copy(update={"run": settings}))
    pathways = {variant: played(scenario, variant, settings) for variant in variants}
    known = {key: pool.kind for pathway in pathways.values() for key, pool in pathway.pools.items()}
    chosen = list(dict.fromkeys(pools)) or [key for key, kind in known.items() if kind == "beds"]
    if not chosen:
        raise Mistake(
            f"The scenario has no pool of beds; choose with --pool: {suggestion('', sorted(known))}"
        )
    for pool in chosen:
        if pool not in known:
            raise Mistake(f"The scenario has no pool {pool!r}; {suggestion(pool, sorted(known))}")
    if wishes.out is not None:
        require_folder(wishes.out)
    try:
        for pool in chosen:
            require_always_open(pathways, pool)
        found = _run(scenario, chosen, variants, settings, wishes)
    except (NoChanceOfDelay, ExperimentStopped) as refused:
        raise Mistake(str(refused)) from None
    text = json_text(_document(scenario, found)) + "\n"
    written = [] if wishes.out is None else _write(scenario, found, at_most, text, wishes.out)
    if wishes.as_json:
        click.echo(text, nl=False)
    else:
        for each in found:
            _show(scenario, each, at_most)
        if written:
            click.echo("Written:")
            for path in written:
                click.echo(f"  {path}")
    if not all(each.results.complete for each in found):
        raise click.exceptions.Exit(INTERRUPTED)


def _run(
    scenario: Scenario, pools: Sequence[str], variants: Sequence[str], settings: RunSettings, wishes: Wishes
) -> list[WithoutLimit]:
    """Plays the variants once for each pool; what Ctrl-C cut off before its first replication is left out."""
    from pathway_modeller.experiment.runs.without_limit import run_without_limit

    wishes = with_engine_ready(wishes)
    require_light(scenario, variants, settings, wishes, times=len(pools))
    with wished_executor(wishes) as (executor, workers):
        if wishes.warm_up == AUTO:
            settings = with_warm_up_found(scenario, settings, wishes, executor)
        with interruptible() as cancelled, progress_bar() as progress:
            found = [
                run_without_limit(
                    scenario,
                    pool,
                    variants,
                    settings,
                    engine=wishes.engine or ENGINES[0],
                    workers=workers,
                    progress=progress,
                    cancelled=cancelled,
                    executor=executor,
                )
                for pool in pools
            ]
    some = [each for each in found if each.occupancies]
    if not some:
        click.echo("Stopped before the first replication was finished; there is nothing to show.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)
    return some


def _document(scenario: Scenario, found: Sequence[WithoutLimit]) -> dict[str, object]:
    """Returns everything as one JSON object; missing figures are null."""
    from pathway_modeller.report.charts.chance_of_delay import chances_table

    names = ("variant", "footprint", "taken", "limit")
    chances: list[dict[str, object]] = []
    for each in found:
        for one in each.occupancies:
            of = {name: getattr(one, name) for name in names}
            table = chances_table(replace(each, occupancies=(one,)), scenario)
            figures = table[["units", "mean", "low", "high", "in_use", "at_most", "replications"]]
            chances += rows(figures, pool=each.pool, **of)
    return {
        "format": FORMAT,
        "provenance": provenance(found[0].results, scenario),
        "method": METHOD,
        "unit": "share",
        "chance_of_delay": chances,
    }


def _write(
    scenario: Scenario, found: Sequence[WithoutLimit], at_most: float, text: str, folder: Path
) -> list[Path]:
    """Writes the JSON object, charts (PNG, SVG) and tables (CSV), and returns the files.

    Raises:
        Mistake: a file cannot be written.
    """
    from pathway_modeller.cli.outputs import make_way, unwritable
    from pathway_modeller.report.charts.chance_of_delay import chance_of_delay
    from pathway_modeller.report.export import export_chart, export_table
    from pathway_modeller.report.result_folder import list_files

    written = [folder / "chance-of-delay.json"]
    try:
        make_way(folder)
        written[0].write_text(text, encoding="utf-8", newline="\n")
        for each in found:
            for footprint in dict.fromkeys(one.footprint for one in each.occupancies):
                chart = chance_of_delay(each, scenario, footprint=footprint, at_most=at_most)
                stem = "-".join(part for part in ("chance-of-delay", each.pool, footprint) if part)
                for ending in (".png", ".svg"):
                    export_chart(chart, folder / f"{stem}{ending}")
                    written.append(folder / f"{stem}{ending}")
            export_table(chart, folder / f"chance-of-delay-{each.pool}.csv")
            written.append(folder / f"chance-of-delay-{each.pool}.csv")
        written.append(list_files(folder, written))
    except OSError as error:
        raise Mistake(unwritable(folder, error)) from None
    return written


def _show(scenario: Scenario, found: WithoutLimit, at_most: float) -> None:
    """Prints the chance of delay of one pool, each variant and footprint in a table of its own."""
    from pathway_modeller.report.charts.chance_of_delay import named, said
    from pathway_modeller.report.findings import Findings

    findings = Findings(found.results, scenario)
    console = plain_console()
    for each in found.occupancies:
        name = named(findings, found.pool, each.footprint)
        console.print(_table(findings, each, name))
        for sentence in said(findings, [each], at_most):
            click.echo(f"  {sentence}.")
    click.echo(f"{name} alone had no limit: {METHOD}.")
    click.echo(f"Counted: {findings.period}; {findings.basis}.")
    click.echo(findings.source)


def _table(findings: Findings, occupancy: Occupancy, name: str) -> Table:
    """Returns the chance of delay by number of units; JSON and CSV hold more of them."""
    from pathway_modeller.report.charts.chance_of_delay import worth_showing

    variant = findings.variant_name(occupancy.variant)
    table = Table(
        title=f"{variant}: chance of delay; {name}, alone without a limit",
        box=SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
    )
    for column in ("Units", "Chance of delay", "95% interval", "Time with so many in use"):
        table.add_column(column, justify="right")
    found = occupancy.chance
    if not len(found.units):
        return table
    kept = worth_showing(occupancy)
    columns = (found.units, found.chance.mean, found.chance.low, found.chance.high, found.in_use)
    for units, mean, low, high, in_use in zip(*(each[kept].tolist() for each in columns), strict=True):
        ends = "–" if math.isnan(low) else f"{100 * low:.2f} to {100 * high:.2f}"
        there = " (there are)" if units == occupancy.limit else ""
        table.add_row(f"{units:,}{there}", f"{100 * mean:.2f}%", ends, f"{100 * in_use:.2f}%")
    return table
