"""The six stations, by every implementation there is, each verified on the same work before it is timed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tests.benchmarks.ours import engines
from tests.benchmarks.outcome import Outcome, against_another, against_theory, the_same
from tests.benchmarks.peer import Peer, Timing, measure
from tests.benchmarks.plain_c import plain_c
from tests.benchmarks.plain_cimba import plain_cimba
from tests.benchmarks.plain_ciw import plain_ciw
from tests.benchmarks.plain_salabim import plain_salabim
from tests.benchmarks.plain_simpy import plain_simpy
from tests.benchmarks.stations import Kind, Stations
from tests.benchmarks.tables import Bar, Table, seconds, times

LEGEND = (
    "s.e.: largest distance of any figure in standard errors. The C program does the same work for this "
    "one pathway alone, with the same random numbers. Ratios are of the medians of one run."
)
ALL_DAYS = 2000.0
QUICK_DAYS = 200.0


def implementations(work: Stations) -> list[Peer]:
    """Returns every implementation, the project's own first."""
    own = engines(work.pathway(), work.run_settings(), {f"s{place}": () for place in range(6)})
    others = [plain_cimba(work, own[0]), plain_simpy(work), plain_ciw(work), plain_salabim(work)]
    return [*own, plain_c(work), *others]


def exact(work: Stations) -> dict[str, float]:
    """Returns what theory says: throughput always, waits where the network is Jackson's."""
    found = {f"throughput s{place}": float(flow) for place, flow in enumerate(work.flows)}
    return found | {f"wait s{place}": wait for place, wait in enumerate(work.mean_waits or ())}


class Judge:
    """Verifies outcomes against theory, and against the first that was verified."""

    def __init__(self, work: Stations) -> None:
        self.exact = exact(work)
        self.first: Outcome | None = None

    def __call__(self, found: Outcome) -> str:
        """Says how far an outcome lies from what it should be.

        Raises:
            Wrong: it is too far away.
        """
        far = against_theory(found, self.exact)
        if self.first is None:
            self.first = found
            return f"{far:.1f} s.e."
        if the_same(found, self.first):
            return f"{far:.1f} s.e.; every wait as ours"
        return f"{max(far, against_another(found, self.first)):.1f} s.e."


def six(kind: Kind, name: str, quick: bool, say: Callable[[str], None]) -> Table:
    """Measures the six stations."""
    work = Stations(QUICK_DAYS if quick else ALL_DAYS, kind=kind)
    timings = measure(implementations(work), Judge(work), 3 if quick else 5, say)
    theory = (
        "Verified: mean wait and throughput of all six stations within 4 standard errors of theory (Jackson)."
        if kind == "exponential"
        else "Verified: throughputs within 4 standard errors of theory, mean waits of one another's."
    )
    patients, services = work.days * work.per_day, float(work.flows.sum()) * work.days
    amount = f"{patients:,.0f} patients, {services:,.0f} services, {patients + services:,.0f} events"
    notes = (
        f"{amount} (arrivals and ends of service); {kind} service; 0.85 in use at the busiest.",
        theory,
        LEGEND,
    )
    events = patients + services
    return table(name, f"Six stations, {kind} service", notes, timings, events)


def table(name: str, title: str, notes: Sequence[str], timings: Sequence[Timing], events: float) -> Table:
    """Returns the table of implementations, with ratios to plain SimPy and to C."""
    medians = {each.peer.name: each.median for each in timings}
    simpy = medians.get("plain SimPy")
    c = next((value for key, value in medians.items() if key.startswith("C program")), None)
    rows = [_row(each, events, simpy, c) for each in timings]
    bars = [Bar(each.peer.name, each.median, _is_ours(each)) for each in timings if each.median]
    columns = (
        "Implementation",
        "Median",
        "Runs",
        "Per event",
        "Plain SimPy ÷ it",
        "It ÷ C",
        "Keeps",
        "Verified",
    )
    return Table(name, title, tuple(notes), columns, tuple(rows), tuple(bars))


def _is_ours(timing: Timing) -> bool:
    """Tells whether an implementation is the project's own."""
    return timing.peer.name.startswith("Ours")


def _row(each: Timing, events: float, simpy: float | None, c: float | None) -> tuple[str, ...]:
    """Returns the row of an implementation."""
    took = each.median
    return (
        each.peer.name,
        seconds(took),
        str(len(each.seconds)) if took else "",
        f"{1e9 * took / events:,.0f} ns" if took else "",
        times(simpy / took) if took and simpy else "",
        times(took / c) if took and c else "",
        each.peer.note,
        each.verified,
    )


exponential = partial(six, "exponential", "six")
lognormal = partial(six, "lognormal", "six-lognormal")
