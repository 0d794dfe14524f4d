"""What happens during care against exact answers of competing exponential times, within 4 standard errors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest

from pathway_modeller.scenario.capacity import Pool, Quality
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import Caseload, Deterioration
from pathway_modeller.scenario.values import Rate
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, coming, does, draw, exponential, fixed
from tests.verification.closed_form import HEADER, line
from tests.verification.comparison import Experiment, carry_out
from tests.verification.test_waiting_theory import erlang_a
from tests.verification.window import Ratio, Window

ARRIVALS, HAZARD = 4.0, 0.3
ERLANG = Distribution(kind="erlang", unit="days", mean=2.0, shape=2)


def _emergency(hazard: float, **more: Any) -> Deterioration:
    rate = Rate(value=1000 * hazard, unit="per day")
    given = {"name": "Emergency", "kind": "emergency", "rate_per_1000": rate, "during": "service"}
    return Deterioration.model_validate({**given, **more})


def _home(time: Distribution, pool: Pool | int, **harms: Deterioration) -> Any:
    """Returns a pathway of one stay."""
    home = does({"places": 1}, time, deterioration=harms)
    return draw({"in": coming(ARRIVALS), "home": home, "out": OUT}, ["in > home > out"], {"places": pool})


def _figures(window: Window) -> dict[str, Ratio]:
    """Returns the share who come to harm, the mean stay by Little's law, and moments of who is there."""
    starts, level = float(window.count(Event.START, "home")), window.occupied("places")
    values, lengths = level.spells(window.begin, window.end)
    return {
        "harmed": (float(window.count(Event.HARMED, "home")), starts),
        "stay": (float(values @ lengths), starts),
        "mean": (float(values @ lengths), window.length),
        "mean square": (float((values**2) @ lengths), window.length),
    }


def _failures(pathway: Any, exact: Mapping[str, float], measure: Any = _figures) -> str:
    """Returns the lines of the table that fail, nothing if none do."""
    experiment = Experiment("", pathway, (100.0, 1100.0), 1150.0, 20, measure, exact)
    failed = [line(row) for row in carry_out("harm in care", experiment) if row.result == "FAIL"]
    return "\n".join([HEADER, *failed]) if failed else ""


def _exact(lasts: float, hazard: float = HAZARD) -> dict[str, float]:
    """Returns the figures where a share lasts to the end: the mean stay is (1 - share) / hazard."""
    stay = (1.0 - lasts) / hazard
    mean = ARRIVALS * stay
    return {"harmed": 1.0 - lasts, "stay": stay, "mean": mean, "mean square": mean + mean * mean}


@pytest.mark.parametrize(
    ("time", "lasts"),
    [
        (exponential(2.0), 0.5 / (0.5 + HAZARD)),
        (fixed(2.0), math.exp(-2.0 * HAZARD)),
        (ERLANG, (1.0 / (1.0 + HAZARD)) ** 2),
    ],
    ids=["exponential", "fixed", "erlang"],
)
def test_a_stay_ends_by_the_first_of_two_times(time: Distribution, lasts: float) -> None:
    """P(harm first) is 1 less the Laplace transform of the stay at the hazard."""
    failed = _failures(_home(time, 500, worse=_emergency(HAZARD)), _exact(lasts))
    assert not failed, failed


def test_several_hazards_add_up() -> None:
    harms = {"a": _emergency(0.1), "b": _emergency(0.2, kind="death")}
    failed = _failures(_home(exponential(2.0), 500, **harms), _exact(0.5 / (0.5 + HAZARD)))
    assert not failed, failed


def test_limited_places_are_a_queue_whose_service_ends_by_either() -> None:
    """M/M/c with rate mu + hazard."""
    exact = erlang_a(ARRIVALS, 0.5 + HAZARD, 0.0, 7)

    def measure(window: Window) -> dict[str, Ratio]:
        queue = window.average(window.waiting("home"))
        return {"Lq": queue, "busy": window.average(window.occupied("places"))}

    pathway = _home(exponential(2.0), 7, worse=_emergency(HAZARD))
    failed = _failures(pathway, {"Lq": exact["Lq"], "busy": exact["busy"]}, measure)
    assert not failed, failed


@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_quality_is_a_mixture_of_two_hazards(factor: float) -> None:
    """Three in four are good: the shares who last, and the mean stays, are weighed so."""
    parts = [(0.75, HAZARD * factor), (0.25, HAZARD)]
    lasts = math.fsum(share * 0.5 / (0.5 + hazard) for share, hazard in parts)
    stay = math.fsum(share / (0.5 + hazard) for share, hazard in parts)
    mean = ARRIVALS * stay
    exact = {"harmed": 1.0 - lasts, "stay": stay, "mean": mean, "mean square": mean + mean * mean}
    places = Pool(name="Places", units=500, quality=Quality(good=0.75))
    failed = _failures(_home(exponential(2.0), places, worse=_emergency(HAZARD, if_good=factor)), exact)
    assert not failed, failed


def test_on_a_caseload_it_may_happen_during_and_between_contacts() -> None:
    """Nobody waits for a contact: the place is held for the first of the length and an exponential time."""
    on_it = Caseload(pool="places", interval=fixed(0.7), length=fixed(5.0))
    nurse = does({}, 0.1, deterioration={"worse": _emergency(HAZARD)}, caseload=on_it)
    pathway = draw({"in": coming(ARRIVALS), "home": nurse, "out": OUT}, ["in > home > out"], {"places": None})
    lasts = math.exp(-5.0 * HAZARD)

    def measure(window: Window) -> dict[str, Ratio]:
        came = float(window.count(Event.ON_CASELOAD, "home"))
        area, _ = window.average(window.occupied("places"))
        return {"harmed": (float(window.count(Event.HARMED, "home")), came), "days": (area, came)}

    failed = _failures(pathway, {"harmed": 1.0 - lasts, "days": (1.0 - lasts) / HAZARD}, measure)
    assert not failed, failed
