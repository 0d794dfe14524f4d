"""Replications on a Dask cluster: equal results, dead workers, memory, cancelling, refusals."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dask
import psutil
import pytest
from distributed import Client, LocalCluster

from pathway_modeller.experiment.cluster import cluster
from pathway_modeller.experiment.cluster import executor as cluster_executor
from pathway_modeller.experiment.cluster import program as cluster_program
from pathway_modeller.experiment.cluster.cluster import ClusterError, ClusterExecutor, check_cluster
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.replicate import Cancelled, Task
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.scenario.document import Scenario
from tests.experiment import stand_in
from tests.small_scenario import small

BOTH = ("baseline", "more")


@pytest.fixture(scope="module")
def there() -> Iterator[ClusterExecutor]:
    """Gives two workers on this computer, for tests after which they can be used again."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):  # noqa: SIM117
        with cluster.cluster_executor("local", 2) as executor:
            yield executor


@pytest.fixture
def address(there: ClusterExecutor) -> str:
    return str(there._client.scheduler.address)


def as_text(results: Results) -> str:
    """Returns all figures, to the last digit."""
    names = ("values", "series", "distributions", "cash", "ledger", "population", "account_totals", "account")
    return "\n".join([repr(results.provenance), *(getattr(results, name).to_csv() for name in names)])


def run_of(scenario: Scenario, executor: ClusterExecutor | None = None, **more: object) -> Results:
    """Runs on a cluster, or in this process."""
    workers = 1 if executor is None else executor.workers
    return run_experiment(scenario, (BOTH), workers=workers, executor=executor, **more)  # type: ignore[arg-type]


def soon(true: Callable[[], bool]) -> bool:
    """Whether something becomes true; nobody waits for more than half a minute."""
    return any(true() or time.sleep(0.02) for _ in range(1500))


# --- Results ----------------------------------------------------------------------------------------------


def test_a_real_scenario_gives_the_same_bytes_on_a_cluster_as_here(there: ClusterExecutor) -> None:
    variants, engine = ("baseline", "second"), "simpy"
    here = run_experiment(small(), variants, workers=1, engine=engine)
    away = run_experiment(small(), variants, workers=there.workers, engine=engine, executor=there)
    assert as_text(away) == as_text(here)


def test_results_do_not_depend_on_the_order_of_finishing(there: ClusterExecutor) -> None:
    here = run_of(stand_in.scenario(12), replication=stand_in.quick)
    assert as_text(run_of(stand_in.scenario(12), there, replication=stand_in.uneven)) == as_text(here)


def fatal_once(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Kills its worker in the third replication, unless a file says that it has done so before."""
    mark = Path(task.scenario.name)
    if task.replication == 2 and task.variant == "more" and not mark.exists():
        mark.touch()
        os._exit(1)
    return stand_in.uneven(task, cancelled)


def test_a_worker_that_dies_is_replaced_and_its_replications_are_run_again(
    there: ClusterExecutor, tmp_path: Path
) -> None:
    named = stand_in.scenario(8).model_copy(update={"name": str(tmp_path / "died")})
    away = run_of(named, there, replication=fatal_once)
    assert (tmp_path / "died").exists()
    assert as_text(away) == as_text(run_of(named, replication=stand_in.quick))
    assert soon(lambda: len(there._client.nthreads()) == 2)


def test_a_replication_that_kills_every_worker_ends_in_one_sentence(there: ClusterExecutor) -> None:
    with pytest.raises(ClusterError, match=r"^The same replication ended 2 workers of the cluster, .*\.$"):
        run_of(stand_in.scenario(2), there, replication=stand_in.killed)
    assert soon(lambda: len(there._client.nthreads()) == 2)


def test_mistakes_and_stops_come_back_as_they_are(there: ClusterExecutor) -> None:
    with pytest.raises(cluster_executor.ExperimentStopped) as stopped:
        run_of(stand_in.scenario(), there, replication=stand_in.stuck)
    assert str(stopped.value) == "Replication 3 of the baseline stopped: Nobody can move in 2."
    with pytest.raises(ZeroDivisionError) as mistake:
        run_of(stand_in.scenario(), there, replication=stand_in.faulty)
    assert "stand_in.py" in mistake.value.__notes__[0]


# --- Memory -----------------------------------------------------------------------------------------------


def kept(there: ClusterExecutor) -> int:
    """Returns how many tasks and results the cluster knows of."""
    gc.collect()  # errors hold on to what they came from
    return int(there._client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


def held_here() -> int:
    """Returns how many results of replications there are in this process."""
    return sum(issubclass(type(each), Vectors) for each in gc.get_objects())


def test_what_is_held_does_not_grow_with_the_number_of_replications(there: ClusterExecutor) -> None:
    tasks_before, futures_before, held_before = kept(there), len(there._client.futures), held_here()
    held, under_way = [], []

    def progress(finished: int, _all: int) -> None:
        if finished % 10 == 5:
            held.append(held_here() - held_before)
            under_way.append(len(there._client.futures) - futures_before)

    run_of(stand_in.scenario(60), there, replication=stand_in.quick, progress=progress)
    assert len(held) == 12
    in_flight = 2 * there.workers
    assert max(under_way) <= in_flight + 2
    assert max(held) <= len(BOTH) + 5 * in_flight
    assert soon(lambda: kept(there) <= tasks_before)


def one_late(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Takes its time for the very first replication."""
    if task.replication == 0 and task.variant == "baseline":
        time.sleep(1)
    return stand_in.quick(task, cancelled)


def test_what_is_held_does_not_grow_while_a_single_replication_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = []
    add = Collector.add

    def counted(collector: Collector, variant: str, replication: int, reduced: Vectors) -> None:
        add(collector, variant, replication, reduced)
        waiting.append(collector.waiting)

    monkeypatch.setattr(Collector, "add", counted)
    with ThreadPoolExecutor(2) as threads:
        run_experiment(stand_in.scenario(60), BOTH, workers=2, executor=threads, replication=one_late)
    assert len(waiting) == 120
    assert 4 < max(waiting) <= len(BOTH) + 16


# --- Stopping ---------------------------------------------------------------------------------------------


def busy(there: ClusterExecutor) -> int:
    """Returns how many workers are in the midst of something, whether anybody waits for it or not."""
    return sum(there._client.run(lambda dask_worker: len(dask_worker.active_threads)).values())


def test_cancelling_stops_workers_in_the_midst_and_leaves_the_cluster_usable(there: ClusterExecutor) -> None:
    counted: list[int] = []
    tasks_before = kept(there)
    results = run_of(
        stand_in.scenario(50),
        there,
        replication=stand_in.endless,
        progress=lambda finished, _all: counted.append(finished),
        cancelled=lambda: counted[-1] >= 4,
    )
    assert results.provenance.replications == 2
    assert soon(lambda: busy(there) == 0)
    assert soon(lambda: kept(there) <= tasks_before)
    here = run_of(stand_in.scenario(2), replication=stand_in.quick)
    assert as_text(run_of(stand_in.scenario(2), there, replication=stand_in.quick)) == as_text(here)


def test_a_cluster_that_lost_all_its_workers_is_given_up(
    there: ClusterExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_executor, "WITHOUT_WORKERS", -1.0)
    monkeypatch.setattr(there, "_client", _NoWorkers())
    waiting = there.submit(time.sleep, 0.5)
    there._look()
    with pytest.raises(ClusterError, match=r"^The cluster has had no worker for 60 seconds; start workers"):
        waiting.result()


class _NoWorkers:
    """Stands in for a client whose cluster has no worker left."""

    nthreads = None

    def sync(self, *_question: object, **_more: object) -> dict[str, int]:
        return {}


def test_what_was_under_way_fails_in_one_sentence_when_the_scheduler_ends() -> None:
    own = LocalCluster(n_workers=1, processes=False, protocol="tcp://", dashboard_address="127.0.0.1:0")
    with own, cluster.cluster_executor(own.scheduler_address) as executor:
        waiting = executor.submit(time.sleep, 0.5)
        own.close()
        with pytest.raises(ClusterError, match=r"^The connection to the cluster was lost"):
            waiting.result(30)


# --- Where ------------------------------------------------------------------------------------------------


def test_a_cluster_at_an_address_does_the_same(there: ClusterExecutor, address: str) -> None:
    assert check_cluster(address) == cluster.ClusterFound(workers=2, at_once=2)
    with cluster.cluster_executor(address) as executor:
        assert executor.workers == 2
        away = run_of(stand_in.scenario(), executor, replication=stand_in.uneven)
    assert as_text(away) == as_text(run_of(stand_in.scenario(), replication=stand_in.quick))
    assert len(there._client.nthreads()) == 2


def test_a_cluster_on_this_computer_can_be_reached_from_it_only(there: ClusterExecutor) -> None:
    program = psutil.Process()
    workers = set(there._client.run(os.getpid).values())
    assert workers <= {each.pid for each in program.children(recursive=True)}
    for process in (program, *map(psutil.Process, workers)):
        listening = [each for each in process.net_connections() if each.status == psutil.CONN_LISTEN]
        assert listening
        assert {each.laddr.ip for each in listening} == {"127.0.0.1"}


def test_workers_do_not_mind_ctrl_c(there: ClusterExecutor) -> None:
    handlers = there._client.run(signal.getsignal, signal.SIGINT)
    assert set(handlers.values()) == {signal.SIG_IGN}


def test_nobody_at_an_address_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=rf"^No Dask scheduler answered at {where} within 0.5 seconds"):
            check_cluster(where)
    with pytest.raises(ClusterError, match=rf"^No Dask scheduler answered at {where}"):
        check_cluster(where)


def test_an_address_that_is_none_and_lacking_certificates_are_told() -> None:
    with pytest.raises(ClusterError, match="is not the address of a Dask scheduler"):
        check_cluster("the big computer")
    with pytest.raises(ClusterError, match="there are no certificates for it"):
        check_cluster("tls://127.0.0.1:8786")


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"which is not installed; install it with: .* -m pip install"):
        check_cluster("local")


# --- The same program everywhere --------------------------------------------------------------------------


def test_a_worker_with_another_program_is_refused_by_name(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {**cluster_program.this_program(), "numpy": "1.0"}
    monkeypatch.setattr(cluster, "on_computers_like", lambda _kind: wanted)
    said = (
        r"^Worker tcp://127.0.0.1:\d+ has numpy [\d.]+ instead of 1.0 and might find other figures; install"
    )
    with pytest.raises(ClusterError, match=said):
        check_cluster(address)


def test_a_worker_that_joins_later_with_another_program_is_refused_too(there: ClusterExecutor) -> None:
    with Client(there._client.scheduler.address, set_as_default=False) as client:
        strict = ClusterExecutor(client, 2, {**cluster_program.this_program(), "Python": "2.7"})
        with pytest.raises(ClusterError, match=r"has Python 3\.\d+ instead of 2\.7"):
            run_of(stand_in.scenario(2), strict, replication=stand_in.quick)
        strict.shutdown()


def test_computers_of_a_cluster_may_differ_from_this_one_but_not_among_themselves() -> None:
    here = cluster_program.this_program()
    elsewhere = {**here, "kind of computer": "Plan9 mips"}
    expected = cluster_program.on_computers_like(elsewhere)
    assert cluster_program.difference(expected, elsewhere) == ""
    assert cluster_program.difference(expected, here).startswith("kind of computer")
