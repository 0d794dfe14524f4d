"""The stations in Ciw, which keeps a record of every service by itself."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.outcome import Outcome, outcome_of
from tests.benchmarks.peer import Peer, missing
from tests.benchmarks.stations import ROUTES, SERVERS, Stations

NAME, NOTE = "Ciw", "keeps a record of every service"
INSTALL = "not installed: pip install pathway-modeller[benchmark]"


def plain_ciw(work: Stations) -> Peer:
    """Returns the implementation."""
    try:
        import ciw
    except ImportError:
        return missing(NAME, NOTE, INSTALL)

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=work.per_day), *([None] * 5)],
        service_distributions=[_service(ciw, work, place) for place in range(6)],
        number_of_servers=list(SERVERS),
        routing=[[targets.get(to, 0.0) for to in range(6)] for targets in ROUTES],
    )

    def run(number: int) -> list[Any]:
        ciw.seed(number)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(work.days)
        return list(simulation.get_all_records())

    return Peer(f"{NAME} {ciw.__version__}", NOTE, run, lambda records: _read(records, work.days))


def _service(ciw: Any, work: Stations, place: int) -> Any:
    """Returns the service time of a station."""
    if work.kind == "exponential":
        return ciw.dists.Exponential(rate=1.0 / work.means[place])
    return ciw.dists.Lognormal(*work.log_parameters[place])


def _read(records: list[Any], days: float) -> Outcome:
    """Returns the waits of the services that were completed, in which alone Ciw's records end."""
    starts: list[list[float]] = [[] for _ in SERVERS]
    waits: list[list[float]] = [[] for _ in SERVERS]
    for each in records:
        starts[each.node - 1].append(each.service_start_date)
        waits[each.node - 1].append(each.waiting_time)
    return outcome_of(days, [f"s{place}" for place in range(6)], starts, waits)
