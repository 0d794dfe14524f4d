"""Which pools and queues charts are of, as chosen on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from pathway_modeller.cli.mistakes import Mistake, suggestion

if TYPE_CHECKING:
    from pathway_modeller.report.chart_files import Chosen
    from pathway_modeller.scenario.document import Pathway, Scenario

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class Drawn:
    """What was asked for.

    Attributes:
        pools: each an id, or an id and a footprint with a stroke between them.
        queues: ids of activities.
    """

    pools: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()


def drawn_options(command: F) -> F:
    """Adds the options that choose what the charts of ``--out`` are of."""
    queues = click.option(
        "--queue",
        "queues",
        metavar="ID",
        multiple=True,
        help="With --out, draw the queue of this activity, and its waits by footprint, instead of the "
        "longest queue of the baseline; may be repeated. Tables and JSON hold every queue.",
    )
    pools = click.option(
        "--pool",
        "pools",
        metavar="ID[/FOOTPRINT]",
        multiple=True,
        help="With --out, draw the occupancy of this pool instead of the busiest of the baseline; may be "
        "repeated. Tables and JSON hold every pool.",
    )
    return pools(queues(command))


def chosen_charts(scenario: Scenario, variants: Sequence[str], drawn: Drawn, *, written: bool) -> Chosen:
    """Returns of what charts are drawn.

    Args:
        scenario: the scenario.
        variants: those that are run.
        drawn: what was asked for.
        written: whether charts are written at all.

    Raises:
        Mistake: nothing that is run has such a pool or activity, or no charts are written.
    """
    from pathway_modeller.report.chart_files import Chosen
    from pathway_modeller.scenario.shifts.shifts import played

    if not written and (drawn.pools or drawn.queues):
        raise Mistake("--pool and --queue choose what charts are of; name a folder for these with --out.")
    if not (drawn.pools or drawn.queues):
        return Chosen()
    ways = [played(scenario, variant) for variant in variants]
    activities = {key for way in ways for key in way.activities}
    for queue in drawn.queues:
        if queue not in activities:
            raise Mistake(
                f"There is no activity {queue!r} to wait for; {suggestion(queue, sorted(activities))}"
            )
    return Chosen(tuple(_pool(ways, each) for each in drawn.pools), drawn.queues)


def _pool(ways: Sequence[Pathway], asked: str) -> Mapping[str, str]:
    """Returns which pool, and which footprint of it, was asked for."""
    pool, _, footprint = asked.partition("/")
    pools = {key for way in ways for key in way.pools}
    if pool not in pools:
        raise Mistake(f"There is no pool {pool!r}; {suggestion(pool, sorted(pools))}")
    held = {
        key for way in ways if pool in way.pools and way.pools[pool].per_footprint for key in way.footprints
    }
    if footprint and not held:
        raise Mistake(f"All footprints share the pool {pool!r}; leave {'/' + footprint!r} out.")
    if footprint and footprint not in held:
        raise Mistake(f"There is no footprint {footprint!r}; {suggestion(footprint, sorted(held))}")
    return {"pool": pool, "footprint": footprint} if footprint else {"pool": pool}
