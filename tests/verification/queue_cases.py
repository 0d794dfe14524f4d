"""Cases of one queue: delay, loss, finite queues, patience, classes and priorities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import DidNotAttend, Transition
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, coming, does, draw, exponential, fixed, lognormal
from tests.verification.comparison import Experiment
from tests.verification.window import Ratio, Visits, Window

Case = Mapping[str, Any]

REPLICATIONS = 40
PATIENTS = 2200
"""Patients counted in each replication of a case of one queue."""


def single(arrivals: float, time: Distribution | ByGroup[Distribution], servers: int, **more: Any) -> Pathway:
    """Returns a pathway of one activity; one unit of time is a day."""
    entry = coming(arrivals, **more.pop("entry", {}))
    maps = more.pop("maps", {})
    elements = {"in": entry, "clinic": does({"staff": 1}, time, **more), "out": OUT}
    return draw(elements, ["in > clinic > out"], {"staff": servers}, **maps)


def experiment(
    label: str, pathway: Pathway, arrivals: float, warm_up: float, exact: Mapping[str, float], servers: int
) -> Experiment:
    """Returns an experiment with one queue that counts the usual number of patients."""
    end = warm_up + PATIENTS / arrivals

    def measure(window: Window) -> dict[str, Ratio]:
        return {name: pair for name, pair in figures(window, servers, exact).items() if name in exact}

    until = end + max(60.0, warm_up / 2)
    return Experiment(label, pathway, (warm_up, end), until, REPLICATIONS, measure, exact)


def figures(window: Window, servers: int, exact: Mapping[str, float]) -> dict[str, Ratio]:
    """Returns every figure of one queue that a case may give."""
    visits = window.visits("clinic")
    wait, spent = visits.left - visits.joined, visits.done - visits.joined
    everyone = len(wait)
    turned = visits.outcome == Event.TURNED_AWAY
    accepted = float((~turned).sum())
    busy = window.average(window.occupied("staff"))
    present = window.present("clinic")
    found = {
        "rho": (busy[0] / servers, busy[1]),
        "utilisation": (busy[0] / servers, busy[1]),
        "mean_occupancy": busy,
        "p_wait": (float((wait > 0).sum()), everyone),
        "Wq": (float(wait.sum()), everyone),
        "W": (float(spent.sum()), everyone),
        "mean_wait_all": (float(wait.sum()), everyone),
        "Lq": window.average(window.waiting("clinic")),
        "L": window.average(present),
        "p0": window.share(present, 0, 0),
        "p_block": (float(turned.sum()), everyone),
        "p_abandon": (float((visits.outcome == Event.GAVE_UP).sum()), everyone),
        "Wq_accepted": (float(wait[~turned].sum()), accepted),
        "W_accepted": (float(spent[~turned].sum()), accepted),
        "lambda_eff": (accepted, window.length),
    }
    return {**found, **_tails(wait, exact)}


def _tails(wait: np.ndarray, exact: Mapping[str, float]) -> dict[str, Ratio]:
    """Returns the shares who wait longer than the limits named in the figures."""
    limits = {name: float(name.split("> ")[1].rstrip(")")) for name in exact if "> " in name}
    return {name: (float((wait > limit).sum()), len(wait)) for name, limit in limits.items()}


def expected(case: Case) -> dict[str, float]:
    """Returns the figures of a case by name.

    A 95th percentile is checked as the share who wait longer, of which a simulation gives an unbiased
    estimate.
    """
    flat: dict[str, float] = {}
    for name, value in case["expected"].items():
        if name == "wait_tail":
            flat.update({f"wait_tail P(wait > {limit})": share for limit, share in value.items()})
        elif name == "wq_p95":
            flat[f"wq_p95 P(wait > {value})"] = 0.05
        else:
            flat[name] = value
    return flat


def markovian(case: Case) -> list[Experiment]:
    """M/M/c, M/M/c/K and M/M/c+M: exponential stays, room for K - c, exponential patience."""
    given = case["parameters"]
    more: dict[str, Any] = {}
    if "K" in given:
        more["room"] = given["K"] - given["c"]
    if "theta" in given:
        more["patience"] = exponential(1 / given["theta"])
    pathway = single(given["lam"], exponential(1 / given["mu"]), given["c"], **more)
    warm_up = (100.0 if "K" in given or "theta" in given else 250.0) / given["mu"]
    if given["lam"] > 5 and "theta" not in given:
        warm_up = 60.0 / given["mu"]
    return [experiment("", pathway, given["lam"], warm_up, expected(case), given["c"])]


def general(case: Case) -> list[Experiment]:
    """M/G/1 by Pollaczek and Khinchine, with a lognormal or a fixed service time."""
    given = case["parameters"]["service"]
    time = fixed(given["value"]) if given["dist"] == "fixed" else lognormal(given["mean"], given["sd"])
    arrivals = case["parameters"]["lam"]
    return [experiment("", single(arrivals, time, 1), arrivals, 400.0, expected(case), 1)]


def loss(case: Case) -> list[Experiment]:
    """Erlang's loss system: only the mean stay matters, so three shapes of it must agree."""
    given = case["parameters"]
    shapes = {"exponential": exponential(1.0), "lognormal": lognormal(1.0, 1.0), "fixed": fixed(1.0)}
    return [
        experiment(
            f"{name} stay: ",
            single(given["lam"], time, given["c"], room=0),
            given["lam"],
            30.0,
            expected(case),
            given["c"],
        )
        for name, time in shapes.items()
    ]


def _tiers(*names: str) -> dict[str, NeedTier]:
    """Returns need tiers, the first lowest."""
    return {name: NeedTier(name=name, level=level) for level, name in enumerate(names, 1)}


def two_classes(case: Case) -> list[Experiment]:
    """M/G/1 in which two need tiers have exponential times of different means; an hour is a day here."""
    given = case["parameters"]
    rates = {"baby": given["lam_baby"], "child": given["lam_child"]}
    total = sum(rates.values())
    time = ByGroup[Distribution](
        by="need_tier",
        values={"baby": exponential(given["mean_baby"])},
        otherwise=exponential(given["mean_child"]),
    )
    shares = {name: rate / total for name, rate in rates.items()}
    pathway = single(
        total, time, 1, entry={"need_tiers": shares}, maps={"need_tiers": _tiers("baby", "child")}
    )
    return [experiment("", pathway, total, 60.0, expected(case), 1)]


def priorities(case: Case) -> list[Experiment]:
    """Non-preemptive priorities, and the same patients first come, first served (conservation law)."""
    given = case["parameters"]
    names = [f"class-{number}" for number in range(1, len(given["lams"]) + 1)]
    total = sum(given["lams"])
    shares = {name: rate / total for name, rate in zip(names, given["lams"], strict=True)}
    ranks = ByGroup[int](
        by="need_tier", values={name: rank for rank, name in enumerate(names, 1)}, otherwise=9
    )
    options: dict[str, Any] = {"entry": {"need_tiers": shares}, "maps": {"need_tiers": _tiers(*names)}}
    answers = case["expected"]
    ordered: dict[str, float] = {}
    for name in ("Wq", "W"):
        for number, value in enumerate(answers.get(name, ()), 1):
            ordered[f"{name} class {number}"] = value
    if "Wq_overall" in answers:
        ordered["Wq_overall"] = answers["Wq_overall"]
    found = [_by_class("", dict(options, priority=ranks), given, ordered)]
    if "Wq_fifo" in answers:
        found.append(_by_class("first come: ", options, given, {"Wq_fifo": answers["Wq_fifo"]}))
    return found


def _by_class(label: str, options: dict[str, Any], given: Case, exact: Mapping[str, float]) -> Experiment:
    """Returns an experiment that measures waits by need tier."""
    total = sum(given["lams"])
    options = {name: dict(value) if isinstance(value, dict) else value for name, value in options.items()}
    pathway = single(total, exponential(1 / given["mu"]), given["c"], **options)
    end = 400.0 + 2 * PATIENTS / total

    def measure(window: Window) -> dict[str, Ratio]:
        visits = window.visits("clinic")
        wait = (float((visits.left - visits.joined).sum()), len(visits.joined))
        found: dict[str, Ratio] = {"Wq_overall": wait, "Wq_fifo": wait}
        for number in range(len(given["lams"])):
            found.update(_class_waits(visits, number))
        return {name: pair for name, pair in found.items() if name in exact}

    return Experiment(label, pathway, (400.0, end), end + 300.0, REPLICATIONS, measure, exact)


def _class_waits(visits: Visits, number: int) -> dict[str, Ratio]:
    """Returns the waiting time and the time spent of one class."""
    mine = visits.tier == number
    count = int(mine.sum())
    return {
        f"Wq class {number + 1}": (float((visits.left - visits.joined)[mine].sum()), count),
        f"W class {number + 1}": (float((visits.done - visits.joined)[mine].sum()), count),
    }


def rebooked(case: Case) -> list[Experiment]:
    """M/M/1 in which a share of slots is missed and booked again: a queue with Bernoulli feedback."""
    given = case["parameters"]
    missed = DidNotAttend(share=given["missed"], rebook=1.0)
    pathway = single(given["lam"], exponential(1 / given["mu"]), 1, did_not_attend=missed)
    exact = case["expected"]

    def measure(window: Window) -> dict[str, Ratio]:
        starts = window.count(Event.START, "clinic"), window.count(Event.START_MISSED, "clinic")
        return {
            "L": window.average(window.present("clinic")),
            "rho": window.average(window.occupied("staff")),
            "mean_time_on_pathway": window.time_on_pathway(),
            "share_missed": (starts[1], sum(starts)),
        }

    end = 300.0 + PATIENTS / given["lam"]
    return [Experiment("", pathway, (300.0, end), end + 300.0, REPLICATIONS, measure, exact)]


def beds_over_two_steps(case: Case) -> list[Experiment]:
    """Erlang's loss system in which a bed is held over two activities: as a stay, or during a move."""
    given = case["parameters"]
    first, second = exponential(given["first_mean"]), exponential(given["second_mean"])
    found = []
    stay = {"name": "Bed", "needs": {"staff": 1}, "begins_with": "clinic"}
    elements = {"in": coming(given["lam"]), "clinic": does({}, first, room=0), "out": OUT}
    held = draw(
        {**elements, "recovery": does({}, second)},
        ["in > clinic > recovery > out"],
        {"staff": given["c"]},
        stays={"bed": stay},
    )
    elements["clinic"] = does({"staff": 1}, first, room=0)
    move = Transition(origin="clinic", target="out", time=second, keeps_units=True)
    moved = draw(elements, ["in > clinic", move], {"staff": given["c"]})
    for label, pathway in (("stay: ", held), ("kept during a move: ", moved)):
        found.append(experiment(label, pathway, given["lam"], 30.0, expected(case), given["c"]))
    return found
