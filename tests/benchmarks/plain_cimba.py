"""The stations in Cimba, which compiles Python processes for an engine in C."""

from __future__ import annotations

from tests.benchmarks.outcome import MOST_ERRORS, Outcome, Wrong
from tests.benchmarks.peer import Peer, missing
from tests.benchmarks.plain_ciw import INSTALL
from tests.benchmarks.stations import Stations

NAME, NOTE = "Cimba", "keeps every wait"


def plain_cimba(work: Stations, ours: Peer) -> Peer:
    """Returns the implementation; its standard errors are taken from ours, of the same length.

    Args:
        work: the stations.
        ours: tells how far figures of this length may lie from theory.
    """
    if work.kind != "exponential":
        return missing(NAME, NOTE, "written for exponential service only")
    try:
        import cimba

        from tests.benchmarks.cimba_model import network, play
    except ImportError:
        return missing(NAME, NOTE, INSTALL)
    model = network(work)

    def judge(found: dict[str, tuple[float, int]]) -> tuple[int, str]:
        errors = ours.read(ours.run(0)).estimates()
        far = 0.0
        for place, wait in enumerate(work.mean_waits or ()):
            name = f"s{place}"
            mean, starts = found[name]
            flow = float(work.flows[place])
            far = max(
                far,
                abs(mean - wait) / errors[f"wait {name}"][1],
                abs(starts / work.days - flow) / errors[f"throughput {name}"][1],
            )
        if far > MOST_ERRORS:
            raise Wrong(f"a mean wait or a throughput lies {far:.1f} standard errors from theory")
        return sum(starts for _, starts in found.values()), f"{far:.1f} s.e."

    return Peer(
        f"{NAME} {cimba.__version__}",
        NOTE,
        lambda number: play(model, work.days, number + 1),
        lambda _: Outcome(0.0, {}, {}),
        judge=judge,
    )
