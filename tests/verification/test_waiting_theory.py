"""Deterioration and caseloads against exact answers of queueing theory, within 4 standard errors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import Caseload, Deterioration
from pathway_modeller.scenario.values import Rate
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, coming, does, draw, exponential, fixed, lognormal
from tests.verification.closed_form import HEADER, line
from tests.verification.comparison import Experiment, carry_out
from tests.verification.queue_cases import single
from tests.verification.window import Ratio, Window


def erlang_a(arrivals: float, service: float, leaving: float, servers: int) -> dict[str, float]:
    """Returns the figures of M/M/c+M, from the equilibrium of its birth-death process.

    With n patients present the rate down is min(n, c) mu + max(n - c, 0) theta. Who leaves the queue is
    theta Lq / lambda of those who come (Palm; Mandelbaum and Zeltyn, "Service engineering in action", 2007).

    Args:
        arrivals: lambda, a day.
        service: mu, a day.
        leaving: theta, a day, of each who waits.
        servers: c.
    """
    weights, weight = [1.0], 1.0
    for present in range(1, 4000):
        weight *= arrivals / (min(present, servers) * service + max(present - servers, 0) * leaving)
        weights.append(weight)
        if weight < 1e-18 * max(weights):
            break
    total = math.fsum(weights)
    queue = math.fsum(max(n - servers, 0) * each for n, each in enumerate(weights)) / total
    busy = math.fsum(min(n, servers) * each for n, each in enumerate(weights)) / total
    return {"p_worse": leaving * queue / arrivals, "Lq": queue, "busy": busy, "Wq": queue / arrivals}


def _failures(case: str, experiment: Experiment) -> str:
    """Returns the lines of the table that fail, nothing if none do."""
    failed = [line(row) for row in carry_out(case, experiment) if row.result == "FAIL"]
    return "\n".join([HEADER, *failed]) if failed else ""


def _waiting_figures(window: Window) -> dict[str, Ratio]:
    """Returns the figures of one queue."""
    visits = window.visits("clinic")
    wait, everyone = visits.left - visits.joined, len(visits.joined)
    return {
        "p_worse": (float((visits.outcome == Event.DETERIORATED).sum()), everyone),
        "Lq": window.average(window.waiting("clinic")),
        "busy": window.average(window.occupied("staff")),
        "Wq": (float(wait.sum()), everyone),
    }


@pytest.mark.parametrize(
    ("arrivals", "servers", "hazards"),
    [(9.0, 10, {"emergency": 0.5}), (4.0, 3, {"emergency": 0.2}), (4.0, 3, {"emergency": 0.1, "death": 0.1})],
)
def test_deterioration_at_a_constant_hazard_is_abandonment(
    arrivals: float, servers: int, hazards: Mapping[str, float]
) -> None:
    what = {
        kind: Deterioration.model_validate(
            {"name": kind, "kind": kind, "rate_per_1000": Rate(value=1000 * hazard, unit="per day")}
        )
        for kind, hazard in hazards.items()
    }
    pathway = single(arrivals, exponential(1.0), servers, deterioration=what)
    exact = erlang_a(arrivals, 1.0, sum(hazards.values()), servers)
    window = (60.0, 60.0 + 2000 / arrivals)
    failed = _failures(
        "erlang_a", Experiment("", pathway, window, window[1] + 60, 20, _waiting_figures, exact)
    )
    assert not failed, failed


def test_a_given_exponential_time_is_the_same_process_as_its_hazard() -> None:
    exact = erlang_a(4.0, 1.0, 0.2, 3)
    what = Deterioration(name="Falls", kind="emergency", time=exponential(5.0))
    pathway = single(4.0, exponential(1.0), 3, deterioration={"falls": what})
    failed = _failures("erlang_a", Experiment("", pathway, (60.0, 560.0), 620.0, 20, _waiting_figures, exact))
    assert not failed, failed


def _caseload(length: Distribution, places: int | None, arrivals: float, interval: float) -> Any:
    """Returns a pathway of one caseload whose contacts take no time and need nobody."""
    nurse = does({}, 0.0, caseload=Caseload(pool="list", interval=fixed(interval), length=length))
    return draw({"in": coming(arrivals), "nurse": nurse, "out": OUT}, ["in > nurse > out"], {"list": places})


def _moments(window: Window) -> dict[str, Ratio]:
    """Returns mean and mean square of the number on the caseload, and the contacts of each patient."""
    level = window.occupied("list")
    values, lengths = level.spells(window.begin, window.end)
    contacts = window.count(Event.START, "nurse")
    return {
        "mean": (float(values @ lengths), window.length),
        "mean square": (float((values**2) @ lengths), window.length),
        "contacts a day": (float(contacts), window.length),
    }


@pytest.mark.parametrize(
    "length",
    [fixed(20.0), exponential(20.0), lognormal(20.0, 30.0)],
    ids=["fixed", "exponential", "lognormal"],
)
def test_an_unlimited_caseload_is_an_infinite_server_whatever_the_lengths(length: Distribution) -> None:
    """The number on it is Poisson with mean m = lambda E(length): mean m, mean square m + m * m."""
    arrivals, interval = 2.5, 7.0
    mean = arrivals * 20.0
    exact = {"mean": mean, "mean square": mean + mean * mean}
    if length.kind != "lognormal":
        exact["contacts a day"] = arrivals * _contacts(length, interval)
    pathway = _caseload(length, None, arrivals, interval)
    window = (400.0, 900.0)
    failed = _failures("mg_infinity", Experiment("", pathway, window, window[1], 20, _moments, exact))
    assert not failed, failed


def _contacts(length: Distribution, interval: float) -> float:
    """Returns the mean number of contacts: 1 + E floor(length / interval), for fixed or exponential lengths.

    For an exponential length of mean L it is the sum of P(length > k h) over k from 0: 1 / (1 - exp(-h/L)).
    """
    if length.kind == "fixed":
        return 1.0 + math.floor((length.value or 0.0) / interval)
    return 1.0 / -math.expm1(-interval / (length.mean or 0.0))


def test_a_limited_caseload_is_a_queue_for_places() -> None:
    """Places are servers of M/M/c, held for the whole time on the caseload, whatever happens meanwhile."""
    arrivals, places, mean = 0.4, 10, 20.0
    waiting = erlang_a(arrivals, 1 / mean, 0.0, places)
    exact = {"Wq": waiting["Wq"], "busy": waiting["busy"]}

    def measure(window: Window) -> dict[str, Ratio]:
        """The time to the first contact: queueing in all over arrivals, and the places taken."""
        first = window.average(window.waiting("nurse"))
        return {"Wq": (first[0], first[1] * arrivals), "busy": window.average(window.occupied("list"))}

    pathway = _caseload(exponential(mean), places, arrivals, 3.0)
    window = (600.0, 5000.0)
    failed = _failures("places", Experiment("", pathway, window, window[1], 20, measure, exact))
    assert not failed, failed
