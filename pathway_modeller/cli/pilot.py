"""Finding the warm-up period from a few replications run beforehand."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.mistakes import INTERRUPTED, Mistake
from pathway_modeller.cli.progress import interruptible, progress_bar
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.scenario.document import RunSettings, Scenario

REPLICATIONS = 5
"""Replications of the pilot."""

_HOW = f"MSER-5, White 1997; mean number of patients inside over {REPLICATIONS} baseline replications"


def with_warm_up_found(
    scenario: Scenario, settings: RunSettings, wishes: Wishes, executor: Executor | None = None
) -> RunSettings:
    """Returns run settings with the warm-up period that a pilot of the baseline suggests, and says it.

    The pilot starts empty and counts from the first moment, over the whole length of a run. What it finds
    holds for every variant, so that all are counted over the same time.

    Args:
        scenario: the scenario, runnable.
        settings: the run settings in force.
        wishes: what was asked for.
        executor: what replications are handed to; None for threads or processes of this computer.

    Raises:
        Mistake: no warm-up period can be found, with what would mend it.
        ExperimentStopped: a replication of the pilot could not be finished.
    """
    from pathway_modeller.analysis.statistics.warm_up import suggest_warm_up
    from pathway_modeller.scenario.values import Duration

    if settings.start == "today":
        raise Mistake(
            "--warm-up auto finds how long an empty pathway takes to settle, but this scenario starts from "
            "today's lists; leave --warm-up out, or let the scenario start empty."
        )
    days = settings.warm_up.days + settings.duration.days
    wanted = _pilot_settings(settings, days)
    inside = _pilot(scenario, wanted, wishes, executor).series.query("kind == 'inside'")
    found = suggest_warm_up(inside["time"].to_numpy(), inside["mean"].to_numpy())
    if not found.settled:
        raise Mistake(
            f"No warm-up period was found: the pathway did not settle within {_days(days)} ({_HOW}). "
            "Give a longer --until, or --warm-up in days; a queue that grows for ever never settles."
        )
    click.echo(f"Warm-up period found: {_days(found.days)} ({_HOW}).", err=wishes.as_json)
    return settings.model_copy(update={"warm_up": Duration(value=found.days, unit="days")})


def _pilot_settings(settings: RunSettings, days: float) -> RunSettings:
    """Returns the run settings of the pilot, which counts from the first moment."""
    from pathway_modeller.scenario.values import Duration

    changes = {
        "warm_up": Duration(value=0, unit="days"),
        "duration": Duration(value=days, unit="days"),
        "replications": REPLICATIONS,
    }
    return settings.model_copy(update=changes)


def _pilot(scenario: Scenario, settings: RunSettings, wishes: Wishes, executor: Executor | None) -> Results:
    """Returns the results of the pilot; Ctrl-C ends the program, since half a pilot says nothing."""
    from pathway_modeller.experiment.runs.run import run_experiment

    with interruptible() as cancelled, progress_bar() as progress:
        results = run_experiment(
            scenario,
            [BASELINE],
            settings,
            engine=wishes.engine or ENGINES[0],
            workers=wishes.workers if executor is None else REPLICATIONS,
            progress=progress,
            cancelled=cancelled,
            executor=executor,
        )
    if not results.complete:
        click.echo("Stopped before the warm-up period was found; there is nothing to show.", err=True)
        raise click.exceptions.Exit(INTERRUPTED)
    return results


def _days(days: float) -> str:
    """Returns a number of days in words."""
    return f"{days:.6g} day" if days == 1 else f"{days:.6g} days"
