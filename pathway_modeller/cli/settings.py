"""Options that change how a scenario is run, and what they make of its run settings."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pathway_modeller.experiment.engines import ENGINES

if TYPE_CHECKING:
    from pathway_modeller.scenario.document import RunSettings

F = TypeVar("F", bound=Callable[..., object])


def _days(_context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """Requires a number of days, 0 or more (above 0 for ``--until``)."""
    some = parameter.name == "until"
    if value is not None and (not math.isfinite(value) or value < 0 or (some and value == 0)):
        raise click.BadParameter(f"{value:g} is not a number of days, {'above 0' if some else '0 or more'}.")
    return value


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line; None where the scenario's own setting stands.

    Attributes:
        replications, seed: as in the run settings.
        warm_up: days.
        until: days after the warm-up period.
        workers: processes, 0 for as many as there are processors.
        engine: name of the engine.
        out: folder for charts and tables.
        trace: file for the trace.
        as_json: whether to print one JSON object instead of tables.
    """

    replications: int | None
    seed: int | None
    warm_up: float | None
    until: float | None
    workers: int
    engine: str
    out: Path | None
    trace: Path | None
    as_json: bool

    def settings(self, run: RunSettings) -> RunSettings:
        """Returns the scenario's run settings with what was asked for in their place."""
        from pathway_modeller.scenario.values import Duration

        changes: dict[str, object] = {}
        if self.replications is not None:
            changes["replications"] = self.replications
        if self.seed is not None:
            changes["seed"] = self.seed
        if self.warm_up is not None:
            changes["warm_up"] = Duration(value=self.warm_up, unit="days")
        if self.until is not None:
            changes["duration"] = Duration(value=self.until, unit="days")
        return run.model_copy(update=changes)


def run_options(command: F) -> F:
    """Adds the options that run and compare share."""
    path = click.Path(path_type=Path)
    for option in reversed(
        (
            click.option(
                "--replications", type=click.IntRange(1, 100_000), help="Independent runs of each variant."
            ),
            click.option(
                "--seed",
                type=click.IntRange(0, 2**32 - 1),
                help="Names the random numbers; same seed, same results.",
            ),
            click.option(
                "--warm-up",
                type=float,
                callback=_days,
                metavar="DAYS",
                help="Run before anything is counted.",
            ),
            click.option(
                "--until",
                type=float,
                callback=_days,
                metavar="DAYS",
                help="Stop so long after the warm-up period: the length of the data collection period.",
            ),
            click.option(
                "--workers",
                type=click.IntRange(min=0),
                default=0,
                help="Processes; 0 (the default) for one a processor. Results do not depend on it.",
            ),
            click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="What simulates."),
            click.option(
                "--out",
                type=path,
                metavar="DIR",
                help="Write charts (PNG, SVG), tables (CSV) and results.json.",
            ),
            click.option(
                "--trace",
                type=path,
                metavar="FILE",
                help="Write what happened in the first replication (CSV); in a comparison, of the baseline.",
            ),
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."),
        )
    ):
        command = option(command)
    return command
