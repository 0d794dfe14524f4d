"""The stations in plain SimPy, as somebody competent would write them: resources, a process per patient.

Every wait is kept, so that means, percentiles and charts can be made of them.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import simpy

from tests.benchmarks.outcome import Outcome, outcome_of
from tests.benchmarks.peer import Peer
from tests.benchmarks.stations import ROUTES, SERVERS, Stations


class Clinic:
    """The network and what is known of its waits."""

    def __init__(self, work: Stations, seed: int) -> None:
        self.work = work
        self.random = random.Random(seed)  # noqa: S311 - a simulation
        self.env = simpy.Environment()
        self.stations = [simpy.Resource(self.env, servers) for servers in SERVERS]
        self.waits: list[list[float]] = [[] for _ in SERVERS]
        self.starts: list[list[float]] = [[] for _ in SERVERS]
        self.routes = [list(targets.items()) for targets in ROUTES]
        self.rates = [1.0 / mean for mean in work.means]
        self.logs = work.log_parameters

    def service(self, station: int) -> float:
        """Returns a service time."""
        if self.work.kind == "exponential":
            return self.random.expovariate(self.rates[station])
        return self.random.lognormvariate(*self.logs[station])

    def onward(self, station: int) -> int | None:
        """Returns the next station, or None for leaving."""
        u = self.random.random()
        for target, share in self.routes[station]:
            if u < share:
                return target
            u -= share
        return None

    def patient(self) -> Generator[Any, Any, None]:
        """Goes through the stations."""
        env, here = self.env, 0
        while here is not None:
            joined = env.now
            with self.stations[here].request() as turn:
                yield turn
                self.starts[here].append(env.now)
                self.waits[here].append(env.now - joined)
                yield env.timeout(self.service(here))
            here = self.onward(here)

    def arrivals(self) -> Generator[Any, Any, None]:
        """Lets patients come."""
        while True:
            yield self.env.timeout(self.random.expovariate(self.work.per_day))
            self.env.process(self.patient())


def plain_simpy(work: Stations) -> Peer:
    """Returns the implementation."""

    def run(number: int) -> Clinic:
        clinic = Clinic(work, number)
        clinic.env.process(clinic.arrivals())
        clinic.env.run(until=work.days)
        return clinic

    def read(clinic: Clinic) -> Outcome:
        names = [f"s{place}" for place in range(6)]
        return outcome_of(work.days, names, clinic.starts, clinic.waits)

    return Peer("plain SimPy", "keeps every wait", run, read)
