"""Small scenarios for the tests of the window: an entry point, two activities, an exit."""

from __future__ import annotations

import datetime as dt

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.elements import Activity, EntryPoint, ExitPoint, RandomArrivals, Transition
from pathway_modeller.scenario.people import Assumption, Footprint, NeedTier
from pathway_modeller.scenario.values import Duration, Position, Rate


def small_pathway() -> Pathway:
    """Referrals to a clinic, then a review, then discharge; two tiers, two footprints, one pool."""
    return Pathway(
        entry_points={
            "referral": EntryPoint(
                name="Referral",
                setting="primary care",
                position=Position(x=40, y=120),
                arrivals=RandomArrivals(kind="random", rate=Rate(value=6, unit="per day")),
            )
        },
        activities={
            "clinic": Activity(
                name="Clinic",
                position=Position(x=300, y=420),
                needs={"nurse": 1},
                service_time=Distribution(kind="lognormal", unit="minutes", mean=20, sd=8),
            ),
            "review": Activity(
                name="Review",
                position=Position(x=560, y=420),
                needs={"nurse": 1},
                service_time=Distribution(kind="fixed", unit="minutes", value=10),
            ),
        },
        exit_points={"home": ExitPoint(name="Home", setting="home", position=Position(x=820, y=20))},
        transitions={
            "a": Transition(origin="referral", target="clinic"),
            "b": Transition(origin="clinic", target="review"),
            "c": Transition(origin="review", target="home"),
        },
        pools={"nurse": Pool(name="Nurse", units=3)},
        need_tiers={"low": NeedTier(name="Low need", level=1), "high": NeedTier(name="High need", level=2)},
        footprints={
            "north": Footprint(name="North", people={"low": 1000, "high": 100}),
            "south": Footprint(name="South", people={"low": 900, "high": 90}),
        },
    )


def small_scenario() -> Scenario:
    """A scenario that can be run, with one illustrative assumption."""
    return Scenario(
        format=1,
        name="Small",
        baseline=small_pathway(),
        assumptions={
            "nurses": Assumption(
                name="Three nurses",
                places=("/baseline/pools/nurse/units",),
                source="A guess",
                quality="illustrative",
            )
        },
        run=RunSettings(start_date=dt.date(2025, 4, 1), duration=Duration(value=30, unit="days")),
    )
