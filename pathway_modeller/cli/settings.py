"""Options that change how a scenario is run, and what they make of its run settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pathway_modeller.cli.kinds import Days, Place, Whole
from pathway_modeller.experiment.runs.engines import ENGINES

if TYPE_CHECKING:
    from pathway_modeller.scenario.document import RunSettings

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line; None where the scenario's own setting stands.

    Attributes:
        replications, seed: as in the run settings.
        warm_up: days, or ``AUTO`` to find them by a pilot (the scenario's own then stand until it is done).
        until: days after the warm-up period.
        workers: threads or processes, 0 for as many as there are processors.
        engine: name of the engine; None for the compiled one, or SimPy where that cannot be used.
        out: folder for charts and tables.
        trace: file for the trace.
        as_json: whether to print one JSON object instead of tables.
        cluster: ``"local"``, or the address of a Dask scheduler; None for no cluster.
        explain: whether to say of each measure what it counts, and whom.
        yes: whether to run what takes long or much memory without being asked.
    """

    replications: int | None
    seed: int | None
    warm_up: float | str | None
    until: float | None
    workers: int
    engine: str | None
    out: Path | None
    trace: Path | None
    as_json: bool
    cluster: str | None = None
    explain: bool = False
    yes: bool = False

    def settings(self, run: RunSettings) -> RunSettings:
        """Returns the scenario's run settings with what was asked for in their place."""
        from pathway_modeller.scenario.values import Duration

        changes: dict[str, object] = {}
        if self.replications is not None:
            changes["replications"] = self.replications
        if self.seed is not None:
            changes["seed"] = self.seed
        if isinstance(self.warm_up, float):
            changes["warm_up"] = Duration(value=self.warm_up, unit="days")
        if self.until is not None:
            changes["duration"] = Duration(value=self.until, unit="days")
        return run.model_copy(update=changes)


def run_options(command: F) -> F:
    """Adds the options that run and compare share."""
    return simulation_options(
        click.option(
            "--trace",
            type=Place(),
            metavar="FILE",
            help="Write what happened in the first replication (CSV); in a comparison, of the baseline.",
        )(command)
    )


def simulation_options(command: F) -> F:
    """Adds the options of every command that simulates."""
    for option in reversed(
        (
            click.option("--replications", type=Whole(1, 100_000), help="Independent runs of each variant."),
            click.option(
                "--seed",
                type=Whole(0, 2**32 - 1),
                help="Names the random numbers; same seed, same results.",
            ),
            click.option(
                "--warm-up",
                type=Days(auto=True),
                metavar="DAYS|auto",
                help="Run before anything is counted. With auto, 5 replications of the baseline, from empty "
                "and as long as a run, are made first, and the days are found from the number of patients "
                "inside (MSER-5, White 1997); they hold for all variants.",
            ),
            click.option(
                "--until",
                type=Days(above_nothing=True),
                metavar="DAYS",
                help="Stop so long after the warm-up period: the length of the data collection period.",
            ),
            click.option(
                "--workers",
                type=Whole(0),
                default=0,
                help="Threads (compiled engine) or processes (SimPy); 0 (the default) for one a processor. "
                "Results do not depend on it.",
            ),
            click.option(
                "--cluster",
                metavar="ADDRESS|local",
                help="Send replications to a Dask cluster: the address of its scheduler, such as "
                "tcp://10.0.0.5:8786, or local for worker processes of this computer. Results do not depend "
                "on it.",
            ),
            click.option(
                "--engine",
                type=click.Choice(ENGINES),
                help="What simulates: compiled (the default), or simpy, the reference, much slower. Both "
                "give the same figures; where the compiled engine cannot be used and nobody asked for it, "
                "SimPy takes its place.",
            ),
            click.option(
                "--out",
                type=Place(),
                metavar="DIR",
                help="Write charts (PNG, SVG), tables (CSV) and the JSON object.",
            ),
            click.option(
                "--explain",
                is_flag=True,
                help="Say of each measure what it counts, and whom: under the tables, or in the JSON object.",
            ),
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."),
            click.option(
                "--yes",
                is_flag=True,
                help="Run even what takes more than 10 minutes or half of the free memory, unasked.",
            ),
        )
    ):
        command = option(command)
    return command
