"""Where replications go that were asked for on the command line: this computer, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.settings import Wishes
from pathway_modeller.experiment.runs.run_target import RunPlace


@contextmanager
def wished_executor(wishes: Wishes) -> Iterator[tuple[Executor | None, int]]:
    """Gives what replications are handed to, and how many it does at a time.

    Without a cluster that is None, and the number that was asked for.

    Raises:
        Mistake: the number of workers was given for a cluster that has its own.
        ClusterError: the cluster cannot be used.
    """
    if wishes.cluster is None:
        yield None, wishes.workers
        return
    if wishes.workers and RunPlace(cluster=wishes.cluster).is_away:
        raise Mistake(
            "--workers is for this computer, and a cluster has its own number of workers; leave --workers "
            "out."
        )
    from pathway_modeller.experiment.cluster.cluster import cluster_executor

    with cluster_executor(wishes.cluster, wishes.workers) as executor:
        yield executor, executor.workers
