"""An experiment gives the same results wherever and in whatever order its replications run."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pathway_modeller.analysis.statistics.means import means
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.experiment.runs.run import ExperimentStopped, run_experiment
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.values import Duration
from tests.experiment import stand_in
from tests.small_scenario import write_small

BOTH = ("baseline", "more")


def same(one: Results, other: Results) -> bool:
    """Whether two results are equal to the last bit."""
    assert one.provenance == other.provenance
    assert one.missing == other.missing
    for name in ("values", "series", "distributions", "cash", "ledger", "population", "account"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    return one.differences("more").to_csv() == other.differences("more").to_csv()


def here(replications: int = 6, **more: object) -> Results:
    return run_experiment(
        stand_in.scenario(replications), BOTH, workers=1, replication=stand_in.quick, **more
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_any_number_of_workers_and_any_order_of_finishing_give_equal_results(engine: str) -> None:
    alone = here(engine=engine)
    for workers in (2, 4):
        others = run_experiment(
            stand_in.scenario(), BOTH, engine=engine, workers=workers, replication=stand_in.uneven
        )
        assert same(alone, others)


def test_the_compiled_engine_runs_in_threads_of_this_process_and_simpy_in_others() -> None:
    """Threads of Python would take turns at SimPy; the compiled engine lets go of the interpreter's lock."""
    where = {}
    for engine in ENGINES:
        results = run_experiment(
            stand_in.scenario(), ["baseline"], engine=engine, workers=2, replication=stand_in.told_where
        )
        values = results.values
        where[engine] = set(values[values["measure"] == "process"]["value"])
    assert where["compiled"] == {float(os.getpid())}
    assert float(os.getpid()) not in where["simpy"]


def test_both_engines_give_the_same_figures_on_any_number_of_workers(tmp_path: Path) -> None:
    scenario = load(write_small(tmp_path))
    given = {
        (engine, workers): run_experiment(scenario, ("baseline", "second"), engine=engine, workers=workers)
        for engine, workers in (("compiled", 1), ("compiled", 3), ("simpy", 1), ("simpy", 2))
    }
    first = given["compiled", 1]
    assert first.provenance.engine == "compiled"
    assert given["simpy", 1].provenance.engine == "simpy"
    for (engine, _), results in given.items():
        for name in ("values", "series", "distributions", "cash", "ledger", "population", "account"):
            # The engines' histories are the same; sums over them are rounded in another order.
            rounding = {"rtol": 1e-9, "atol": 1e-9} if engine == "simpy" else {"check_exact": True}
            pd.testing.assert_frame_equal(getattr(first, name), getattr(results, name), **rounding)


def test_another_executor_takes_the_place_of_processes() -> None:
    with ThreadPoolExecutor(3) as threads:
        results = run_experiment(stand_in.scenario(), BOTH, executor=threads, replication=stand_in.uneven)
    assert same(here(), results)


def test_summary_and_paired_differences() -> None:
    results = here()
    values = results.values
    wait = {
        variant: values[(values["variant"] == variant) & (values["measure"] == "wait")]["value"].to_numpy()
        for variant in BOTH
    }
    summary = results.summary("baseline").set_index("measure").loc["wait"]
    assert summary["mean"] == pytest.approx(wait["baseline"].mean())
    expected = means(wait["baseline"].reshape(1, -1), 0.0)
    assert (summary["low"], summary["high"]) == pytest.approx((expected.low[0], expected.high[0]))
    difference = results.differences("more").set_index("measure").loc["wait"]
    gaps = wait["more"] - wait["baseline"]
    assert difference["mean"] == pytest.approx(gaps.mean())
    expected = means(gaps.reshape(1, -1))
    assert (difference["low"], difference["high"]) == pytest.approx((expected.low[0], expected.high[0]))
    assert difference["variance_reduction"] == pytest.approx(
        1 - gaps.var(ddof=1) / (wait["more"].var(ddof=1) + wait["baseline"].var(ddof=1))
    )
    assert 0.5 < difference["variance_reduction"] < 1


def test_missing_figures_are_left_out_and_never_zero() -> None:
    results = here()
    rare = results.summary("baseline").set_index("measure").loc["rare"]
    assert rare["replications"] == 3
    assert rare["mean"] > 0
    added = results.differences("more").set_index("measure").loc["added"]
    assert added["replications"] == 0
    assert np.isnan(added["mean"])


def test_one_replication_has_no_interval() -> None:
    row = here(1).summary("baseline").set_index("measure").loc["wait"]
    assert row["mean"] > 0
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_time_at_a_level_that_a_replication_lacks_is_zero() -> None:
    table = here().distributions
    for variant in BOTH:
        shares = table[table["variant"] == variant]
        assert shares["mean"].sum() == pytest.approx(1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("workers", [1, 2])
def test_cancelling_gives_what_a_shorter_run_would_have_given(workers: int, engine: str) -> None:
    counted: list[int] = []
    threads = threading.enumerate()
    results = run_experiment(
        stand_in.scenario(50),
        BOTH,
        engine=engine,
        workers=workers,
        replication=stand_in.endless,
        progress=lambda finished, _all: counted.append(finished),
        cancelled=lambda: counted[-1] >= 4,
    )
    assert threading.enumerate() == threads
    assert not results.complete
    assert results.provenance.replications == 2
    assert results.provenance.asked == 50
    shorter = here(2, engine=engine)
    pd.testing.assert_frame_equal(results.values, shorter.values)
    pd.testing.assert_frame_equal(results.differences("more"), shorter.differences("more"))


def test_processes_that_cannot_hear_are_ended() -> None:
    asked = itertools.count()
    results = run_experiment(
        stand_in.scenario(replications=40),
        ["baseline", "more"],
        engine="simpy",
        workers=2,
        replication=stand_in.deaf,
        cancelled=lambda: next(asked) > 0,
    )
    assert not results.provenance.replications


def test_cancelling_before_anything_finished_gives_empty_results() -> None:
    results = here(cancelled=lambda: True)
    assert results.provenance.replications == 0
    assert results.variants == ()
    with pytest.raises(KeyError):
        results.summary("baseline")


def test_progress_counts_up_in_the_calling_thread() -> None:
    seen: list[tuple[int, int]] = []
    threads = set()

    def progress(finished: int, everything: int) -> None:
        seen.append((finished, everything))
        threads.add(threading.get_ident())

    run_experiment(stand_in.scenario(3), BOTH, workers=2, replication=stand_in.quick, progress=progress)
    assert seen == [(count, 6) for count in range(7)]
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize(("engine", "workers"), [("compiled", 1), ("compiled", 3), ("simpy", 3)])
def test_a_replication_that_cannot_go_on_is_named_in_one_sentence(engine: str, workers: int) -> None:
    threads = threading.enumerate()
    with pytest.raises(ExperimentStopped) as stopped:
        run_experiment(stand_in.scenario(), BOTH, engine=engine, workers=workers, replication=stand_in.stuck)
    assert threading.enumerate() == threads
    assert str(stopped.value) == "Replication 3 of the baseline stopped: Nobody can move in 2."


def test_a_worker_that_dies_is_told_in_one_sentence() -> None:
    with pytest.raises(ExperimentStopped, match="run again with fewer workers"):
        run_experiment(stand_in.scenario(), BOTH, engine="simpy", workers=2, replication=stand_in.killed)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_programmers_mistake_is_raised_as_it_is(workers: int, engine: str) -> None:
    with pytest.raises(ZeroDivisionError):
        run_experiment(stand_in.scenario(), BOTH, engine=engine, workers=workers, replication=stand_in.faulty)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_compiled_engine_hears_in_the_midst_of_a_replication(tmp_path: Path, workers: int) -> None:
    """A replication of a thousand years is under way when the run is cancelled, and does not go on."""
    scenario = load(write_small(tmp_path))
    years = Duration(value=1_000, unit="years")
    asked = itertools.count()
    results = run_experiment(
        scenario,
        ["baseline"],
        scenario.run.model_copy(update={"duration": years}),
        workers=workers,
        cancelled=lambda: next(asked) > 5,
    )
    assert results.provenance.replications == 0


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="each named once"):
        run_experiment(stand_in.scenario(), ["baseline", "baseline"])
    with pytest.raises(ValueError, match="no engine"):
        run_experiment(stand_in.scenario(), BOTH, engine="steam")
    with pytest.raises(ValueError, match="-1 workers"):
        run_experiment(stand_in.scenario(), BOTH, workers=-1)
    with pytest.raises(KeyError):
        run_experiment(stand_in.scenario(), ["nonsense"], workers=1, replication=stand_in.quick)


def test_results_can_be_sent_between_processes() -> None:
    results = here(2)
    results.rows("cash", "baseline")
    results.summary("baseline")
    again = pickle.loads(pickle.dumps(results))  # noqa: S301
    assert set(vars(again)) == {each.name for each in fields(results)}, "what was looked up does not travel"
    assert same(results, again)


def test_values_do_not_repeat_their_labels_in_memory() -> None:
    values = here(6).values
    assert values["measure"].dtype == "category"
    assert list(values.columns[:2]) == ["variant", "replication"]


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system about processes in the way of Unix")
def test_workers_end_when_the_program_is_killed() -> None:
    code = (
        "from concurrent.futures import wait\n"
        "from pathway_modeller.experiment.runs.workers import process_pool\n"
        "import os, time\n"
        "if __name__ == '__main__':\n"
        "    with process_pool(1) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        program.kill()
        # The worker holds the other end of the pipe: it ends when the worker does.
        assert program.stdout.read() == ""
    for _ in range(1000):
        if not _is_running(worker):
            break
        time.sleep(0.01)
    assert not _is_running(worker)


def _is_running(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
