"""Which engine simulates, and making it ready before a run."""

from __future__ import annotations

from dataclasses import replace

import click

from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.experiment.runs.run_target import RunPlace


def with_engine_ready(wishes: Wishes) -> Wishes:
    """Returns wishes with the engine that is used; says on the error output what a person should know.

    Where nobody asked for an engine and the compiled one cannot be used, it is SimPy. Where the compiled
    engine must be compiled first, that happens here, so that Ctrl-C ends it at once. (Workers of a cluster
    elsewhere compile their own.)

    Raises:
        Mistake: the engine that was asked for cannot be used on this computer.
    """
    from pathway_modeller.experiment.runs.engines import chosen_engine
    from pathway_modeller.experiment.runs.preparation import prepare
    from pathway_modeller.simulation.model.errors import ModelError

    try:
        chosen = chosen_engine(wishes.engine)
    except ModelError as unusable:
        raise Mistake(str(unusable)) from None
    if chosen.sentence:
        _say(chosen.sentence)
    if chosen.engine == "compiled" and not RunPlace(cluster=wishes.cluster).is_away:
        prepare(_say)
    return replace(wishes, engine=chosen.engine)


def _say(sentence: str) -> None:
    """Tells a person, apart from the figures."""
    click.echo(sentence, err=True)
