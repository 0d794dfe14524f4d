"""Cases without a limit of capacity: the number in progress, steady, over the day, and from today."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pathway_modeller.scenario.elements import InProgressToday, Today
from tests.engines.drawing import OUT, coming, does, draw, exponential, lognormal
from tests.verification.comparison import Experiment
from tests.verification.window import Ratio, Window

Case = Mapping[str, Any]

HOUR = 1 / 24
PARTS = 96
"""Equal parts of the day by which a sine is approximated."""


def steady(case: Case) -> list[Experiment]:
    """M/G/infinity: a Poisson number of beds in use."""
    given = case["parameters"]
    pathway = draw(
        {"in": coming(given["lam"]), "ward": does({"beds": 1}, _stay(given["los"])), "out": OUT},
        ["in > ward > out"],
        {"beds": None},
    )
    mean = case["expected"]["mean"]
    exact = {"mean": mean, "variance": case["expected"]["variance"]}
    for name in ("p95", "p99"):
        top = case["expected"][name]
        exact[f"{name} P(beds <= {top})"] = _poisson(mean, top)
        exact[f"{name} P(beds <= {top - 1})"] = _poisson(mean, top - 1)
    for beds, share in case["expected"]["p_delay_erlangB"].items():
        exact[f"p_delay_erlangB pmf/cdf at {beds}"] = share

    def measure(window: Window) -> dict[str, Ratio]:
        level = window.occupied("beds")
        values, lengths = level.spells(window.begin, window.end)
        found = {
            "mean": window.average(level),
            "variance": (float((values - mean) ** 2 @ lengths), window.length),
        }
        for name in exact:
            if "P(beds" in name:
                found[name] = window.share(level, 0, int(name.split("<= ")[1].rstrip(")")))
            elif "pmf" in name:
                beds = int(name.split("at ")[1])
                found[name] = window.share(level, beds, beds)[0], window.share(level, 0, beds)[0]
        return found

    return [Experiment("", pathway, (300.0, 900.0), 900.0, 40, measure, exact)]


def _stay(given: Case) -> Any:
    """Returns a lognormal length of stay, in the days or hours of the case."""
    unit = HOUR if given.get("unit") == "hour" else 1.0
    return lognormal(given["mean"] * unit, given["sd"] * unit)


def _poisson(mean: float, top: int) -> float:
    """Returns the probability that a Poisson number is at most ``top``."""
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(top + 1))


def sine_parts(parts: int = PARTS) -> list[float]:
    """Returns the mean of 10 + 6 sin(2 pi t / 24) over equal parts of the day."""
    edges = [2 * math.pi * number / parts for number in range(parts + 1)]
    return [
        10 + 6 * (math.cos(low) - math.cos(high)) * parts / (2 * math.pi)
        for low, high in itertools.pairwise(edges)
    ]


def mean_with_parts(hours: Sequence[float], mean_service: float, parts: int = PARTS) -> list[float]:
    """Returns the exact mean occupancy at hours of the day when the rate is constant in each part.

    The mean m obeys m' = rate - m / mean service, solved exactly part by part, from its periodic value.
    """
    width = 24 / parts
    fade = math.exp(-width / mean_service)
    goals = [rate * mean_service for rate in sine_parts(parts)]
    day = 0.0
    for goal in goals:
        day = goal + (day - goal) * fade
    level = day / (1 - fade**parts)
    found = []
    for hour in hours:
        now, whole = level, int(hour / width + 1e-9)
        for goal in goals[:whole]:
            now = goal + (now - goal) * fade
        rest = hour - whole * width
        goal = goals[whole % parts]
        found.append(goal + (now - goal) * math.exp(-rest / mean_service))
    return found


def sine(case: Case) -> list[Experiment]:
    """Mt/M/infinity with a sinusoidal rate, here the mean rate of each of 96 parts of the day."""
    mean_service = case["parameters"]["mean_service_h"]
    stay = exponential(mean_service * HOUR)
    entry = coming(240.0, day=sine_parts())
    pathway = draw(
        {"in": entry, "ward": does({"beds": 1}, stay), "out": OUT}, ["in > ward > out"], {"beds": None}
    )
    answers = case["expected"]
    hours = {f"mean at hour {hour}": float(hour) for hour in answers["mean_by_hour"]}
    hours |= {"peak": answers["peak_hour"], "trough": answers["peak_hour"] + 12}
    exact = {f"mean at hour {hour}": value for hour, value in answers["mean_by_hour"].items()}
    exact |= {"peak": answers["peak"], "trough": answers["trough"], "phase at peak_hour": 0.0}

    def measure(window: Window) -> dict[str, Ratio]:
        level = window.occupied("beds")
        days = np.arange(window.begin, window.end)
        found = {name: (float(level.at(days + hour * HOUR).sum()), len(days)) for name, hour in hours.items()}
        found["phase at peak_hour"] = _out_of_phase(window, answers["peak_hour"])
        return found

    return [Experiment("", pathway, (4.0, 18.0), 19.0, 40, measure, exact)]


def _out_of_phase(window: Window, peak_hour: float) -> Ratio:
    """Returns the occupancy's first harmonic a quarter turn after the peak hour; 0 if that is the peak."""
    level = window.occupied("beds")
    values, lengths = level.spells(window.begin, window.end)
    edges = 2 * math.pi * (window.begin + np.concatenate([[0.0], np.cumsum(lengths)]) - peak_hour * HOUR)
    return float(values @ -np.diff(np.cos(edges))) / math.pi, window.length


def piecewise(case: Case) -> list[Experiment]:
    """Mt/G/infinity with hourly rates on one day from 06:00, from empty."""
    given = case["parameters"]
    opening = given["start_hour"]
    day = [0.0] * opening + given["rates_per_hour"]
    entry = coming(sum(day), day=day, ends_after={"value": 1.0, "unit": "days"})
    pathway = draw(
        {"in": entry, "ward": does({"beds": 1}, _stay(given["los"])), "out": OUT},
        ["in > ward > out"],
        {"beds": None},
    )
    answers = case["expected"]["mean_occupancy_at_hours_after_opening"]
    exact = {f"mean {hours} h after opening": value for hours, value in answers.items()}
    exact["total_arrivals"] = case["expected"]["total_arrivals"]

    def measure(window: Window) -> dict[str, Ratio]:
        level = window.occupied("beds")
        found = {}
        for hours in answers:
            time = np.array([(opening + float(hours)) * HOUR])
            found[f"mean {hours} h after opening"] = float(level.at(time)[0]), 1.0
        found["total_arrivals"] = float(len(np.unique(window.trace.patient[window.trace.patient >= 0]))), 1.0
        return found

    return [Experiment("", pathway, (0.0, 1.0), 1.6, 400, measure, exact)]


def beds_today(case: Case) -> list[Experiment]:
    """M/G/infinity started with the beds in use at their mean and stays long under way: it stays there."""
    given = case["parameters"]
    today = Today(in_progress=(InProgressToday(patients=given["beds_today"]),))
    pathway = draw(
        {"in": coming(given["lam"]), "ward": does({"beds": 1}, _stay(given["los"])), "out": OUT},
        ["in > ward > out"],
        {"beds": None},
        today={"ward": today},
    )
    answers = case["expected"]["mean_occupancy_at_day"]
    exact = {f"mean on day {day}": value for day, value in answers.items()}

    def measure(window: Window) -> dict[str, Ratio]:
        level = window.occupied("beds")
        return {f"mean on day {day}": (float(level.at(np.array([float(day)]))[0]), 1.0) for day in answers}

    return [Experiment("", pathway, (0.0, 30.0), 61.0, 300, measure, exact, start="today")]
