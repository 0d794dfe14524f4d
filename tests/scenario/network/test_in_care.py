"""What becomes of those in care on average, against what a run shows and what can be worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pathway_modeller.scenario.capacity import Pool, Quality
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import Caseload, Deterioration
from pathway_modeller.scenario.network.in_care import in_care
from pathway_modeller.scenario.network.offered_load import contacts_a_year, pool_loads
from pathway_modeller.scenario.values import DAYS_PER_YEAR, Rate
from tests.engines.drawing import OUT, coming, does, draw, exponential, fixed, settings

ERLANG = Distribution(kind="erlang", unit="days", mean=2.0, shape=2)


def emergency(hazard: float, **more: Any) -> Deterioration:
    rate = Rate(value=1000 * hazard, unit="per day")
    given = {"name": "Emergency", "kind": "emergency", "rate_per_1000": rate, "during": "service"}
    return Deterioration.model_validate({**given, **more})


def home(time: Distribution, harm: Deterioration, pool: Pool | int = 500, **more: Any) -> Any:
    """Returns the pathway in > home > out; those who come to harm may go to "ward", and on to the exit."""
    elements = {
        "in": coming(4.0),
        "home": does({"places": 1}, time, deterioration={"worse": harm}, **more),
        "ward": does({"beds": 1}, fixed(1.0)),
        "out": OUT,
    }
    return draw(elements, ["in > home > out", "ward > out"], {"places": pool, "beds": 100})


@pytest.mark.parametrize(
    ("time", "lasts"),
    [(exponential(2.0), 1 / 1.6), (fixed(2.0), math.exp(-0.6)), (ERLANG, 1 / 1.3**2)],
    ids=["exponential", "fixed", "erlang"],
)
def test_who_lasts_loads_less_and_who_does_not_is_met_where_they_go(time: Distribution, lasts: float) -> None:
    pathway = home(time, emergency(0.3, goes_to="ward"))
    loads = {load.pool: load.offered_units for load in pool_loads(pathway, settings(365))}
    assert loads["places"] == pytest.approx(4.0 * (1 - lasts) / 0.3)
    assert loads["beds"] == pytest.approx(4.0 * (1 - lasts))
    contacts = contacts_a_year(pathway, settings(365))
    assert contacts is not None
    assert contacts["home"] == pytest.approx(4.0 * DAYS_PER_YEAR)


def test_a_queue_that_harm_keeps_short_is_not_said_to_grow_for_ever() -> None:
    """Four a day for 2 days each are 8 places, and 5 with the hazard; there are 6."""
    often, seldom = (
        {
            load.pool: load.growth_per_week
            for load in pool_loads(home(exponential(2.0), each, 6), settings(365))
        }
        for each in (emergency(0.3), emergency(0.0001))
    )
    assert often["places"] == 0
    assert (seldom["places"] or 0) > 0


def test_quality_weighs_two_hazards() -> None:
    places = Pool(name="Places", units=500, quality=Quality(good=0.75))
    found = in_care(home(fixed(2.0), emergency(0.3, if_good=0.5), places), "home", {}, 2.0, 0.0)
    assert found is not None
    assert found.lasts == pytest.approx(0.75 * math.exp(-0.3) + 0.25 * math.exp(-0.6))
    good, other = -math.expm1(-0.3) / 0.15, -math.expm1(-0.6) / 0.3
    assert found.days == pytest.approx(0.75 * good + 0.25 * other)
    assert found.taken == {}, "who leaves the pathway goes nowhere"


def test_a_caseload_is_held_for_less_time() -> None:
    on_it = Caseload(pool="list", interval=fixed(1.0), length=fixed(10.0))
    nurse = does({}, 0.0, caseload=on_it, deterioration={"worse": emergency(0.1)})
    pathway = draw({"in": coming(2.0), "nurse": nurse, "out": OUT}, ["in > nurse > out"], {"list": 50})
    (load,) = pool_loads(pathway, settings(365))
    assert load.offered_units == pytest.approx(2.0 * -math.expm1(-1.0) / 0.1)


def test_nothing_happens_in_care_where_nothing_is_said() -> None:
    waits = emergency(0.3, during="queue")
    assert in_care(home(fixed(2.0), waits), "home", {}, 2.0, 0.0) is None
