"""Running a scenario from the command line, and handing over what was found."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.drawn import Drawn, chosen_charts
from pathway_modeller.cli.elsewhere import wished_executor
from pathway_modeller.cli.engine import with_engine_ready
from pathway_modeller.cli.kinds import AUTO
from pathway_modeller.cli.mistakes import INTERRUPTED, Mistake
from pathway_modeller.cli.opening import known_option, opened, runnable
from pathway_modeller.cli.pilot import with_warm_up_found
from pathway_modeller.cli.progress import interruptible, progress_bar
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.cli.weighing import require_light
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.hangs_on.value import HangsOn
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.scenario.document import RunSettings, Scenario


_NEW_OBJECTS = 50_000
"""After so many new objects a run looks for rubbish; after four times as many it takes 60 MB more."""

_HANGS_ON_TIMES = 3.5
"""How many times as long a comparison takes that says what it hangs on, too, at most."""


def run_one(file: Path, option: str | None, drawn: Drawn, wishes: Wishes) -> None:
    """Runs the baseline of a file, or one option.

    Raises:
        Mistake: something must be mended first.
    """
    scenario = opened(file)
    variant = BASELINE if option in (None, BASELINE) else known_option(scenario, option or "")
    _run(file, scenario, [variant], drawn, wishes)


def run_comparison(
    file: Path, options: Sequence[str], drawn: Drawn, wishes: Wishes, *, hangs_on: bool = False
) -> None:
    """Runs the baseline of a file and some of its options, or all of them.

    Args:
        file: the scenario.
        options: ids; none for all.
        drawn: of which pools and queues charts are.
        wishes: what was asked for.
        hangs_on: whether to work out what the answers hang on, too.

    Raises:
        Mistake: something must be mended first.
    """
    scenario = opened(file)
    chosen = [known_option(scenario, option) for option in dict.fromkeys(options)] or sorted(scenario.options)
    if not chosen:
        raise Mistake(f"{str(file)!r} has no option to compare with its baseline; use run, or add an option.")
    _run(file, scenario, [BASELINE, *chosen], drawn, wishes, hangs_on=hangs_on)


def _run(
    file: Path,
    scenario: Scenario,
    variants: Sequence[str],
    drawn: Drawn,
    wishes: Wishes,
    *,
    hangs_on: bool = False,
) -> None:
    """Runs variants, and prints and writes what was found."""
    from pathway_modeller.cli.outputs import require_folder, require_place, write_outputs, write_trace
    from pathway_modeller.experiment.runs.run import ExperimentStopped, run_experiment

    gc.set_threshold(_NEW_OBJECTS)
    settings = wishes.settings(scenario.run)
    runnable(scenario.model_copy(update={"run": settings}))
    of = chosen_charts(scenario, variants, drawn, written=wishes.out is not None)
    if wishes.out is not None:
        require_folder(wishes.out)
    if wishes.trace is not None:
        require_place(wishes.trace, file)
    wishes = with_engine_ready(wishes)
    require_light(scenario, variants, settings, wishes, times=_HANGS_ON_TIMES if hangs_on else 1.0)
    engine = wishes.engine or ENGINES[0]
    try:
        with wished_executor(wishes) as (executor, workers):
            if wishes.warm_up == AUTO:
                settings = with_warm_up_found(scenario, settings, wishes, executor)
            with interruptible() as cancelled, progress_bar() as progress:
                results = run_experiment(
                    scenario,
                    variants,
                    settings,
                    engine=engine,
                    workers=workers,
                    progress=progress,
                    cancelled=cancelled,
                    executor=executor,
                    meanwhile=_load_what_tells,
                )
    except ExperimentStopped as stopped:
        raise Mistake(str(stopped)) from None
    if not results.complete:
        _tell_stopped(results, wishes)
    from pathway_modeller.report.findings import Findings

    known = _hanging(results, scenario, settings, engine, wishes) if hangs_on and results.complete else None
    findings = Findings(results, scenario, hangs_on=known)
    document = cache(partial(_document, findings, explain=wishes.explain))
    written = [] if wishes.out is None else write_outputs(findings, document, wishes.out, wishes.workers, of)
    if wishes.trace is not None and results.complete:
        written.append(write_trace(scenario, variants[0], settings, engine, wishes.trace))
    if wishes.as_json:
        click.echo(document(), nl=False)
    else:
        _show(findings, written, explain=wishes.explain)
    if not results.complete:
        raise click.exceptions.Exit(INTERRUPTED)


def _hanging(
    results: Results, scenario: Scenario, run: RunSettings, engine: str, wishes: Wishes
) -> HangsOn | None:
    """Returns what the answers hang on; None, once that is told, if it is stopped or cannot be played."""
    from pathway_modeller.experiment.hangs_on.hangs_on import hangs_on
    from pathway_modeller.simulation.model.errors import Cancelled, ModelError, SimulationStopped

    try:
        with interruptible() as cancelled, progress_bar("What it hangs on") as progress:
            return hangs_on(
                results,
                scenario,
                run,
                engine=engine,
                workers=wishes.workers,
                progress=progress,
                cancelled=cancelled,
            )
    except Cancelled:
        click.echo("Stopped: what the answers hang on is not told; the comparison follows.", err=True)
    except (ModelError, SimulationStopped) as stopped:
        click.echo(f"What the answers hang on cannot be told: {stopped}", err=True)
    return None


def _tell_stopped(results: Results, wishes: Wishes) -> None:
    """Says at once what Ctrl-C has left, since working that out takes a moment; ends if it is nothing."""
    finished, asked = results.provenance.replications, results.provenance.asked
    if not finished:
        click.echo("Stopped before the first replication was finished; there is nothing to show.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)
    trace = " No trace is written." if wishes.trace is not None else ""
    click.echo(
        f"Stopped: {finished} of {asked} replications are finished, and their figures follow.{trace} "
        "Ctrl-C once more ends without them.",
        err=True,
    )


def _load_what_tells() -> None:
    """Loads what answers are worked out and written with."""
    import pathway_modeller.cli.document
    import pathway_modeller.experiment.answers.answers  # noqa: F401


def _document(findings: Findings, *, explain: bool) -> str:
    """Returns the JSON object as text."""
    from pathway_modeller.cli.document import results_text

    return results_text(findings, explain=explain)


def _show(findings: Findings, written: Sequence[Path], *, explain: bool) -> None:
    """Prints what was found as tables for people, and names the files."""
    from pathway_modeller.cli.tables import show_results

    show_results(findings, explain=explain)
    if written:
        click.echo("Written:")
        for line in _listed(written):
            click.echo(f"  {line}")


def _listed(written: Sequence[Path]) -> list[str]:
    """Returns files one a line, those that differ only in their ending together."""
    together: dict[Path, list[Path]] = {}
    for path in written:
        together.setdefault(path.with_suffix(""), []).append(path)
    return [
        f"{paths[0]} ({', '.join(path.suffix for path in paths[1:])})" if paths[1:] else str(paths[0])
        for paths in together.values()
    ]
