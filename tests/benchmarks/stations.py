"""The six stations: an open network of queues with branching and loops, whose answers are known.

Patients come at random to the first station, are served in order of joining, and go on by fixed shares; some
come round again. With exponential service every station is an M/M/c queue of its own (Jackson, Operations
Research 5, 1957), so that mean waits and throughputs are known exactly (Erlang, 1917).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.scenario.document import Pathway, RunSettings
from tests.engines.drawing import OUT, coming, does, draw, exponential, lognormal, settings

SERVERS = (3, 2, 2, 3, 2, 4)
BUSIEST = 0.85
OTHERS = 0.75
ROUTES: tuple[dict[int, float], ...] = (
    {1: 0.5, 2: 0.5},
    {0: 0.1, 3: 0.6, 4: 0.3},
    {3: 0.3, 4: 0.7},
    {5: 0.8},
    {2: 0.1, 5: 0.9},
    {1: 0.2},
)
"""The share of those served at a station who go to each other one; the rest leave."""

Kind = Literal["exponential", "lognormal"]


@dataclass(frozen=True)
class Stations:
    """The work.

    Attributes:
        days: length of the run.
        per_day: patients a day, all copies together.
        kind: family of the service times; lognormal ones have a standard deviation equal to their mean.
        copies: so many separate networks of six stations share the patients out between them.
    """

    days: float = 2000.0
    per_day: float = 100.0
    kind: Kind = "exponential"
    copies: int = 1

    @cached_property
    def flows(self) -> npt.NDArray[np.float64]:
        """Patients a day at each of the six stations of a copy: x = a + P' x."""
        shares = np.zeros((6, 6))
        for origin, targets in enumerate(ROUTES):
            for target, share in targets.items():
                shares[origin, target] = share
        outside = np.zeros(6)
        outside[0] = self.per_day / self.copies
        return np.asarray(np.linalg.solve(np.eye(6) - shares.T, outside), dtype=np.float64)

    @property
    def means(self) -> tuple[float, ...]:
        """Mean service time at each station, days."""
        used = [BUSIEST, *([OTHERS] * 5)]
        return tuple(
            servers * share / float(flow)
            for servers, share, flow in zip(SERVERS, used, self.flows, strict=True)
        )

    @property
    def log_parameters(self) -> tuple[tuple[float, float], ...]:
        """Mean and standard deviation of the logarithm of each lognormal service time."""
        sigma = math.sqrt(math.log(2.0))
        return tuple((math.log(mean) - sigma * sigma / 2, sigma) for mean in self.means)

    @property
    def mean_waits(self) -> tuple[float, ...] | None:
        """Mean wait at each station in the long run, days; None where no exact answer is known."""
        if self.kind != "exponential":
            return None
        return tuple(
            _mean_wait(float(flow), mean, servers)
            for flow, mean, servers in zip(self.flows, self.means, SERVERS, strict=True)
        )

    def pathway(self) -> Pathway:
        """Returns the pathway as it would be drawn."""
        elements, arrows, pools = {"out": OUT}, [], {}
        for copy in range(self.copies):
            end = f"_{copy}" if self.copies > 1 else ""
            elements[f"in{end}"] = coming(self.per_day / self.copies)
            arrows.append(f"in{end} > s0{end}")
            for place, targets in enumerate(ROUTES):
                mean = self.means[place]
                time = exponential(mean) if self.kind == "exponential" else lognormal(mean, mean)
                elements[f"s{place}{end}"] = does({f"p{place}{end}": 1}, time)
                pools[f"p{place}{end}"] = SERVERS[place]
                arrows += [f"s{place}{end} > s{to}{end} {share}" for to, share in targets.items()]
                rest = round(1.0 - sum(targets.values()), 9)
                arrows += [f"s{place}{end} > out {rest}"] if rest > 0 else []
        return draw(elements, arrows, pools)

    def run_settings(self) -> RunSettings:
        """Returns the run settings."""
        return settings(self.days)


def _mean_wait(flow: float, mean: float, servers: int) -> float:
    """Returns the mean wait of an M/M/c queue, by Erlang's formula for delay."""
    load = flow * mean
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    delayed = blocked / (1.0 - load / servers * (1.0 - blocked))
    return delayed * mean / (servers - load)
