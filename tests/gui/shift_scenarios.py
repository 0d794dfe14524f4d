"""A scenario for tests of shifts and triangles: wards, clinics, nurses and GPs; tiers that move."""

from __future__ import annotations

import datetime as dt

from pathway_modeller.scenario.capacity import Pool, PoolCost
from pathway_modeller.scenario.document import Option, RunSettings, Scenario
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.scenario.values import Duration, Money
from tests.gui.window_scenarios import small_scenario


def pounds(value: float) -> Money:
    return Money(value=value, price_year="2024/25")


def shift_scenario() -> Scenario:
    """Four pools with cost, one without; an option without shifts; two tiers with spending."""
    scenario = small_scenario()
    nurse = scenario.baseline.pools["nurse"]
    pools = {
        "ward": Pool(
            name="Ward beds",
            kind="beds",
            setting="hospital",
            units=20,
            block=10,
            notice=Duration(value=3, unit="months"),
            cost=PoolCost(amount=pounds(60_000), per="year"),
        ),
        "clinics": Pool(
            name="Consultant clinics",
            kind="slots",
            setting="hospital",
            units=6,
            cost=PoolCost(amount=pounds(150_000), per="year"),
        ),
        "specialists": Pool(
            name="Specialist nurses",
            setting="community",
            units=4,
            cost=PoolCost(amount=pounds(48_000), per="year"),
        ),
        "gps": Pool(
            name="GPs", setting="primary care", units=8, cost=PoolCost(amount=pounds(110_000), per="year")
        ),
        "nurse": nurse.model_copy(update={"setting": "home", "cost": None}),
    }
    tiers = {
        "low": NeedTier(
            name="Low need", level=1, spending={"all": HeadCost(name="All care", amount=pounds(400))}
        ),
        "high": NeedTier(
            name="High need", level=2, spending={"all": HeadCost(name="All care", amount=pounds(6_000))}
        ),
    }
    prints = {
        "north": Footprint(name="North", people={"low": 30_000, "high": 1_000}),
        "south": Footprint(name="South", people={"low": 20_000, "high": 900}),
    }
    baseline = scenario.baseline.model_copy(
        update={"pools": pools, "need_tiers": tiers, "footprints": prints}
    )
    run = RunSettings(
        start_date=dt.date(2025, 4, 1), duration=Duration(value=2, unit="years"), replications=4, seed=1
    )
    return scenario.model_copy(
        update={
            "baseline": baseline,
            "options": {"nearer": Option(name="Nearer home")},
            "money": MoneySettings(price_year="2024/25"),
            "run": run,
        }
    )
