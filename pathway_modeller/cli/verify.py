"""Checking the two engines against each other from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller import __version__
from pathway_modeller.cli.json_text import json_text
from pathway_modeller.cli.kinds import AUTO
from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.opening import known_option, opened, runnable
from pathway_modeller.cli.pilot import with_warm_up_found
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.cli.weighing import require_light
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.verify.verify import Verification

IDENTICAL = 0
"""Exit code where both engines tell the same history."""
DIFFERENT = 1
"""Exit code where they do not."""

FORMAT = 1
"""The version of what ``--json`` prints, which ``resources/schema/verification-1.schema.json`` describes."""


def verify_one(file: Path, option: str | None, wishes: Wishes) -> int:
    """Plays the first replication of a variant on both engines, and says what came of it.

    Returns:
        The exit code: ``IDENTICAL`` or ``DIFFERENT``.

    Raises:
        Mistake: something must be mended first.
        KeyboardInterrupt: Ctrl-C was pressed; half a check says nothing.
    """
    from pathway_modeller.experiment.verify.words import as_object, lines

    _refuse_what_has_no_part(wishes)
    found = _found(file, option, wishes)
    if wishes.as_json:
        document = {"format": FORMAT, "version": __version__, **as_object(found)}
        click.echo(json_text(document))
    else:
        click.echo("\n".join(lines(found)))
    return IDENTICAL if found.identical else DIFFERENT


def _refuse_what_has_no_part(wishes: Wishes) -> None:
    """Requires that nothing is to be written or sent away: a check finds no figures, and is made here.

    Raises:
        Mistake: something is.
    """
    for name, given in (("--out", wishes.out), ("--trace", wishes.trace)):
        if given is not None:
            raise Mistake(f"--verify compares two histories and writes no files; leave {name} out.")
    if wishes.cluster is not None:
        raise Mistake("--verify plays on both engines of this computer; leave --cluster out.")
    if wishes.engine is not None:
        raise Mistake("--verify plays on both engines; leave --engine out.")


def _found(file: Path, option: str | None, wishes: Wishes) -> Verification:
    """Returns what came of the check."""
    from pathway_modeller.experiment.runs.preparation import prepare
    from pathway_modeller.experiment.runs.work import ExperimentStopped
    from pathway_modeller.experiment.verify.verify import both_engines, verify
    from pathway_modeller.simulation.model.errors import ModelError

    scenario = opened(file)
    variant = BASELINE if option in (None, BASELINE) else known_option(scenario, option or "")
    settings = wishes.settings(scenario.run)
    runnable(scenario.model_copy(update={"run": settings}))
    one = settings.model_copy(update={"replications": 1})
    require_light(scenario, [variant], one, replace(wishes, engine="simpy", workers=1))
    try:
        engines = both_engines()
        prepare(lambda sentence: click.echo(sentence, err=True))
        if wishes.warm_up == AUTO:
            settings = with_warm_up_found(scenario, settings, wishes)
        with _stages() as tell:
            return verify(scenario, variant, settings, progress=tell, engines=engines)
    except MemoryError:
        raise Mistake(
            "Memory ran out: a check holds every event of a replication; close other programs, or check a "
            "shorter data collection period with --until."
        ) from None
    except (ExperimentStopped, ModelError) as stopped:
        raise Mistake(str(stopped)) from None


@contextmanager
def _stages() -> Iterator[Callable[[str], None]]:
    """Gives what says on a terminal what is being done, each time in the place of what was said before."""
    if not sys.stderr.isatty():
        yield _silent
        return
    longest = 0

    def tell(words: str) -> None:
        nonlocal longest
        longest = max(longest, len(words) + 1)
        click.echo(f"\r{words + '…':<{longest}}", nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo(f"\r{'':<{longest}}\r", nl=False, err=True)


def _silent(_words: str) -> None:
    """Tells nobody."""
