"""The stations in salabim: a resource each, a component per patient, monitors off but for our own lists."""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

from tests.benchmarks.outcome import Outcome, outcome_of
from tests.benchmarks.peer import Peer, missing
from tests.benchmarks.plain_ciw import INSTALL
from tests.benchmarks.stations import ROUTES, SERVERS, Stations

NAME, NOTE = "salabim", "keeps every wait; its own monitors off"


def plain_salabim(work: Stations) -> Peer:
    """Returns the implementation, with processes as generators, salabim's faster way."""
    try:
        import salabim
    except ImportError:
        return missing(NAME, NOTE, INSTALL)

    def run(number: int) -> tuple[list[list[float]], list[list[float]]]:
        return _run(salabim, work, number)

    def read(found: tuple[list[list[float]], list[list[float]]]) -> Outcome:
        return outcome_of(work.days, [f"s{place}" for place in range(6)], *found)

    return Peer(f"{NAME} {salabim.__version__}", NOTE, run, read)


def _run(salabim: Any, work: Stations, seed: int) -> tuple[list[list[float]], list[list[float]]]:
    """Plays the stations and returns starts and waits by station."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    env = salabim.Environment(trace=False, yieldless=False, random_seed=None)
    resources = [env.Resource(f"s{place}", servers, monitor=False) for place, servers in enumerate(SERVERS)]
    starts: list[list[float]] = [[] for _ in SERVERS]
    waits: list[list[float]] = [[] for _ in SERVERS]
    rates, logs = [1.0 / mean for mean in work.means], work.log_parameters
    routes = [list(targets.items()) for targets in ROUTES]
    exponential = work.kind == "exponential"

    class Patient(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            here = 0
            while here >= 0:
                joined, resource = env.now(), resources[here]
                yield self.request(resource)
                now = env.now()
                starts[here].append(now)
                waits[here].append(now - joined)
                yield self.hold(
                    rng.expovariate(rates[here]) if exponential else rng.lognormvariate(*logs[here])
                )
                self.release(resource)
                u, onward = rng.random(), -1
                for target, share in routes[here]:
                    if u < share:
                        onward = target
                        break
                    u -= share
                here = onward

    class Arrivals(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            while True:
                yield self.hold(rng.expovariate(work.per_day))
                Patient(name="")

    Arrivals(name="")
    env.run(till=work.days)
    return starts, waits
