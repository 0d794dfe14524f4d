"""Asking before a run that takes long or much memory."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.settings import Wishes

if TYPE_CHECKING:
    from pathway_modeller.scenario.document import RunSettings, Scenario


def require_light(
    scenario: Scenario, variants: Sequence[str], settings: RunSettings, wishes: Wishes, *, times: float = 1.0
) -> None:
    """Asks at a terminal before a heavy run; a cluster elsewhere has time and memory of its own.

    Args:
        scenario: the scenario, runnable.
        variants: what is run.
        settings: the run settings in force.
        wishes: what was asked for.
        times: how often all of it is played.

    Raises:
        Mistake: the run is heavy, and nobody is there to be asked, or the answer is no.
    """
    from pathway_modeller.experiment.runs.engines import ENGINES
    from pathway_modeller.experiment.runs.run_target import RunPlace
    from pathway_modeller.experiment.runs.weight import weigh

    if wishes.yes or RunPlace(cluster=wishes.cluster).is_away:
        return
    engine = wishes.engine or ENGINES[0]
    weight = weigh(scenario, variants, settings, engine=engine, workers=wishes.workers, times=times)
    if not weight.is_heavy:
        return
    if not is_asked():
        raise Mistake(f"{weight.warning} Give --yes to run it all the same.")
    if not click.confirm(f"{weight.warning}\nRun it all the same?", err=True):
        raise Mistake("Not run.")


def is_asked() -> bool:
    """Returns whether somebody sits at a terminal and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
