"""A clinic with opening hours, two classes of patients and staff shared by two activities.

Patients come at any time of any day; urgent ones go before the others. All are assessed, some are treated
after it, both by the same staff, who are there on weekdays from 09:00 to 17:00 and finish what they began.
No theory gives its waits: implementations are verified against one another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.values import ByGroup
from tests.benchmarks.clinic_peers import clinic_ciw, clinic_salabim, clinic_simpy
from tests.benchmarks.clinic_work import CLASSES, CLOSES, OPENS, STAFF, Clinic
from tests.benchmarks.ours import engines
from tests.benchmarks.outcome import Outcome, against_another, against_theory
from tests.benchmarks.peer import Peer, measure
from tests.benchmarks.six import table
from tests.benchmarks.tables import Table
from tests.engines.drawing import OUT, coming, does, draw, exponential, settings

VERIFIED = (
    "Verified: throughputs within 4 standard errors of the flows, mean waits of both classes at both "
    "activities within 4 standard errors of ours."
)
ONE_NODE = "In Ciw a pool belongs to one node: both activities are visits to one node, in changing classes."
ALL_DAYS = 3 * 7 * 42.0
QUICK_DAYS = 7 * 42.0


def pathway(work: Clinic) -> Pathway:
    """Returns the clinic as it would be drawn."""
    priority = ByGroup[int](by="need_tier", values={"urgent": 1}, otherwise=5)
    hours = (OpenHours(opens=f"{OPENS:02}:00", closes=f"{CLOSES:02}:00"),)
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return draw(
        {
            "in": coming(work.per_day, need_tiers=CLASSES),
            "assess": does({"staff": 1}, exponential(work.assess), priority=priority),
            "treat": does({"staff": 1}, exponential(work.treat), priority=priority),
            "out": OUT,
        },
        [
            "in > assess",
            f"assess > treat {work.treated}",
            f"assess > out {1 - work.treated}",
            "treat > out",
        ],
        {"staff": Pool(name="Staff", units=STAFF, timetable=dict.fromkeys(weekdays, hours))},
        need_tiers={name: NeedTier(name=name, level=level) for level, name in enumerate(CLASSES, start=1)},
    )


def run_settings(work: Clinic) -> RunSettings:
    """Returns the run settings, from a Monday."""
    return settings(work.days)


def implementations(work: Clinic) -> list[Peer]:
    """Returns every implementation, the project's own first."""
    tiers = tuple(CLASSES)
    own = engines(pathway(work), run_settings(work), {"assess": tiers, "treat": tiers})
    return [*own, *clinic_simpy(work), clinic_ciw(work), clinic_salabim(work)]


@dataclass
class Judge:
    """Verifies throughputs against the flows, and waits against the first that was verified."""

    work: Clinic
    first: Outcome | None = None

    def __call__(self, found: Outcome) -> str:
        """Says how far an outcome lies from what it should be.

        Raises:
            Wrong: it is too far away.
        """
        far = against_theory(found, self.work.throughputs)
        if self.first is None:
            self.first = found
            return f"throughput {far:.1f} s.e."
        return f"{max(far, against_another(found, self.first)):.1f} s.e."


def clinic(quick: bool, say: Callable[[str], None]) -> Table:
    """Measures the clinic."""
    work = Clinic(QUICK_DAYS if quick else ALL_DAYS)
    timings = measure(implementations(work), Judge(work), 3 if quick else 5, say)
    patients, services = work.days * work.per_day, work.days * sum(work.throughputs.values())
    amount = f"{patients:,.0f} patients, {services:,.0f} services, exponential; two priority classes"
    hours = f"{STAFF} staff for two activities, on weekdays {OPENS:02}:00 to {CLOSES:02}:00"
    notes = (f"{amount}; {hours}.", VERIFIED, ONE_NODE)
    return table("clinic", "A timetabled, prioritised clinic", notes, timings, patients + services)
