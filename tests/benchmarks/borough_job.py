"""The borough's whole experiment in a process of its own, so that its time and peak memory are its own.

``python -m tests.benchmarks.borough_job YEARS PEOPLE REPLICATIONS WORKERS [threads|dask]`` prints one line of
JSON: seconds, peak memory in MB (its own, and the largest of its children's), and a digest of the results.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.run import run_experiment
from tests.benchmarks.borough import borough


def digest(results: Results) -> str:
    """Returns a digest of every figure of the results, to the last bit."""
    found = hashlib.sha256()
    for field in dataclasses.fields(results):
        value = getattr(results, field.name)
        found.update(field.name.encode())
        if isinstance(value, pd.DataFrame):
            for name in value.columns:
                found.update(_bytes(value[name]))
        else:
            found.update(repr(value).encode())
    return found.hexdigest()


def _bytes(column: pd.Series[Any]) -> bytes:
    """Returns a column as bytes."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy().tobytes()
    return "\0".join(map(str, column)).encode()


def peak_memory() -> dict[str, float]:
    """Returns the peak memory of this process and of the largest of its children, MB; empty on Windows."""
    try:
        import resource
    except ImportError:
        return {}
    whom = {"own": resource.RUSAGE_SELF, "child": resource.RUSAGE_CHILDREN}
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    found = {name: resource.getrusage(each).ru_maxrss / unit for name, each in whom.items()}
    # On Linux a process takes over the peak of the one that started it; its own stands here.
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return found | ({"own": int(own[1]) / 1024} if own else {})


def main(arguments: list[str]) -> None:
    """Runs the experiment and prints what it took."""
    years, people = float(arguments[0]), float(arguments[1])
    replications, workers = int(arguments[2]), int(arguments[3])
    scenario = borough(years, replications=replications, people=people)
    variants = ["baseline", *scenario.options]
    run_experiment(borough(0.5, replications=1, people=0.02), variants[:1], workers=1)
    before = time.perf_counter()
    if arguments[4:] == ["dask"]:
        from pathway_modeller.experiment.cluster.cluster import cluster_executor
        from pathway_modeller.experiment.runs.run_target import ON_THIS_COMPUTER

        with cluster_executor(ON_THIS_COMPUTER, workers) as executor:
            results = run_experiment(scenario, variants, workers=workers, executor=executor)
            took = time.perf_counter() - before
    else:
        results = run_experiment(scenario, variants, workers=workers)
        took = time.perf_counter() - before
    found = {"seconds": took, "memory": peak_memory(), "digest": digest(results)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
