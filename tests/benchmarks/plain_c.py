"""The stations in C, compiled here where there is a compiler: the practical limit of the algorithm."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from pathway_modeller.simulation.chance.random_numbers import element_key, stream_key
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.benchmarks.ours import SEED
from tests.benchmarks.outcome import Outcome, outcome_of
from tests.benchmarks.peer import Peer, missing
from tests.benchmarks.stations import SERVERS, Stations

NAME, NOTE = "C program (cc -O2)", "same random numbers; keeps every wait"
SOURCE = Path(__file__).with_name("stations.c")


def plain_c(work: Stations) -> Peer:
    """Returns the implementation; without a C compiler it says so."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        return missing(NAME, NOTE, "no C compiler (cc, gcc or clang) on this computer")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = Path(folder) / "stations.so"
        flags = ["-O2", "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        built = subprocess.run(
            [compiler, *flags, str(SOURCE), "-o", str(library), "-lm"],
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            return missing(NAME, NOTE, f"the C compiler failed: {built.stderr.strip().splitlines()[0]}")
        play = ctypes.CDLL(str(library)).play
    play.restype = ctypes.c_long
    return Peer(NAME, NOTE, _runner(play, work), lambda found: _read(found, work.days))


def _runner(play: Callable[..., int], work: Stations) -> Callable[[int], tuple[Any, Any, Any]]:
    """Returns what plays a replication: starts, waits and stations of every service."""
    names = [f"s{place}" for place in range(6)]
    model = compile_pathway(work.pathway(), work.run_settings())
    begins, targets, shares = [0], [], []
    for name in names:
        for arrow in model.routes[model.legend.elements.index(name)].shared:
            reached = model.legend.elements[arrow.target]
            targets.append(names.index(reached) if reached in names else -1)
            shares.append(float(arrow.share.otherwise))
        begins.append(len(targets))
    first = work.means if work.kind == "exponential" else [mean for mean, _ in work.log_parameters]
    constants = [
        np.array(SERVERS, dtype=np.int32),
        np.array([element_key(name) for name in names], dtype=np.uint32),
        np.array(begins, dtype=np.int32),
        np.array(targets, dtype=np.int32),
        np.array(shares),
        np.array(first),
        np.array([spread for _, spread in work.log_parameters]),
    ]
    servers, keys, begin, to, share, a, b = (each.ctypes.data_as(ctypes.c_void_p) for each in constants)
    room = int(float(work.flows.sum()) * work.days * 1.2) + 10_000
    word, number = ctypes.c_uint32, ctypes.c_double

    def run(replication: int, _kept: object = constants) -> tuple[Any, Any, Any]:
        start, wait, where = np.empty(room), np.empty(room), np.empty(room, dtype=np.int8)
        found = play(
            ctypes.c_int32(6),
            servers,
            keys,
            word(element_key("in")),
            word(stream_key("in", "", "")),
            word(SEED),
            word(replication),
            number(work.per_day),
            number(work.days),
            begin,
            to,
            share,
            ctypes.c_int32(work.kind == "lognormal"),
            a,
            b,
            *(each.ctypes.data_as(ctypes.c_void_p) for each in (start, wait, where)),
            ctypes.c_long(room),
        )
        if found < 0:
            raise RuntimeError("more services than there is room for")
        return start[:found], wait[:found], where[:found]

    return run


def _read(found: tuple[Any, Any, Any], days: float) -> Outcome:
    """Returns starts and waits by station."""
    start, wait, where = found
    places = range(6)
    return outcome_of(
        days,
        [f"s{place}" for place in places],
        [start[where == place] for place in places],
        [wait[where == place] for place in places],
    )
