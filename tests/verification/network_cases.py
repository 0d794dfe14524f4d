"""Cases of several activities: Jackson networks, and blocking between two stations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Element
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, coming, does, draw, exponential
from tests.verification.comparison import Experiment
from tests.verification.window import Ratio, Window

Case = Mapping[str, Any]

REPLICATIONS = 40


def _network(given: Case) -> Pathway:
    """Returns an open network: what a row of the routing matrix leaves over leaves the pathway."""
    elements: dict[str, Element] = {"out": OUT}
    arrows, pools = [], {}
    for number, (arrivals, mu) in enumerate(zip(given["arrivals"], given["mu"], strict=True), 1):
        here = f"station-{number}"
        elements[here] = does({f"staff-{number}": 1}, exponential(1 / mu))
        pools[f"staff-{number}"] = given["c"][number - 1]
        if arrivals:
            elements[f"in-{number}"] = coming(arrivals)
            arrows.append(f"in-{number} > {here}")
        shares = {f"station-{to}": share for to, share in enumerate(given["routing"][number - 1], 1)}
        shares["out"] = 1.0 - sum(shares.values())
        arrows += [f"{here} > {to} {share}" for to, share in shares.items() if share > 1e-12]
    return draw(elements, arrows, pools)


def jackson(case: Case) -> list[Experiment]:
    """An open Jackson network, with or without loops."""
    exact: dict[str, float] = {}
    for name, value in case["expected"].items():
        if isinstance(value, list):
            exact.update({f"{name} station {number}": each for number, each in enumerate(value, 1)})
        else:
            exact[name] = value
    stations = len(case["parameters"]["mu"])

    def measure(window: Window) -> dict[str, Ratio]:
        found = {"L_total": window.average(window.inside), "mean_time_in_system": window.time_on_pathway()}
        for number in range(1, stations + 1):
            found.update(_station(window, number))
        return {name: pair for name, pair in found.items() if name in exact}

    end = 300.0 + 1500.0 / sum(case["parameters"]["arrivals"])
    return [
        Experiment("", _network(case["parameters"]), (300.0, end), end + 400.0, REPLICATIONS, measure, exact)
    ]


def _station(window: Window, number: int) -> dict[str, Ratio]:
    """Returns the figures of one station."""
    here = f"station-{number}"
    visits = window.visits(here)
    return {
        f"total_rates station {number}": (len(visits.joined), window.length),
        f"Wq station {number}": (float((visits.left - visits.joined).sum()), len(visits.joined)),
        f"Lq station {number}": window.average(window.waiting(here)),
        f"L station {number}": window.average(window.present(here)),
    }


def blocking(case: Case) -> list[Experiment]:
    """Two stations without places between them, the first never idle, blocking after service."""
    given = case["parameters"]
    elements = {
        "in": coming(given["lam"]),
        "first": does({"doctor": 1}, exponential(1 / given["mu"]), release="when next can take"),
        "second": does({"nurse": 1}, exponential(1 / given["mu"])),
        "out": OUT,
    }
    pathway = draw(elements, ["in > first > second > out"], {"doctor": 1, "nurse": 1})

    def measure(window: Window) -> dict[str, Ratio]:
        blocked = window.level("second", (Event.JOIN,), (Event.START,))
        return {
            "throughput": (window.count(Event.EXIT), window.length),
            "first_blocked": window.average(blocked),
            "second_busy": window.average(window.occupied("nurse")),
            "first_held": window.average(window.occupied("doctor")),
        }

    return [Experiment("", pathway, (300.0, 2300.0), 2300.0, 30, measure, case["expected"])]
