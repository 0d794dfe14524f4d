"""Where a run goes: which engine plays it, on how many workers, of this computer or of a cluster."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.experiment.runs.engines import ENGINES

ON_THIS_COMPUTER = "local"
"""Names a cluster whose workers are all on this computer."""

MOST_WORKERS = 256
"""More workers than that are surely a slip of the hand."""

_ENGINE_WORDS: Mapping[str, str] = {"simpy": "SimPy", "compiled": "the compiled engine"}
"""What people call the engines."""

_ADDRESS = re.compile(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5})")
_SCHEMES = (None, "tcp", "tls", "ws", "wss", "ucx")


@dataclass(frozen=True)
class RunPlace:
    """What a person wants of the place where a scenario is run; figures do not depend on it.

    Attributes:
        engine: one of :data:`pathway_modeller.experiment.runs.engines.ENGINES`.
        workers: threads or processes of this computer; 0 for as many as suit it. A cluster at an address has
            its own number, whatever this says.
        cluster: None for this computer without a cluster, :data:`ON_THIS_COMPUTER` for a cluster on it, else
            the address of a cluster's scheduler.
    """

    engine: str = ENGINES[0]
    workers: int = 0
    cluster: str | None = None

    @property
    def is_default(self) -> bool:
        """Whether nobody has chosen anything."""
        return self == RunPlace()

    @property
    def is_away(self) -> bool:
        """Whether replications leave this computer."""
        return self.cluster not in (None, ON_THIS_COMPUTER)


def place_mistake(place: RunPlace) -> str:
    """Returns what is wrong with a place, in a sentence; "" if nothing is.

    Whether a cluster answers is not asked here.
    """
    if place.engine not in ENGINES:
        return f"There is no engine {place.engine!r}; choose {' or '.join(ENGINES)}."
    if not 0 <= place.workers <= MOST_WORKERS:
        return f"The number of workers must be 0 (as many as suit this computer) to {MOST_WORKERS}."
    return address_mistake(place.cluster or "") if place.is_away else ""


def address_mistake(address: str) -> str:
    """Returns what is wrong with the address of a cluster, in a sentence; "" if nothing is."""
    example = "such as tcp://10.0.0.5:8786, as the scheduler shows it when it starts"
    if not address.strip():
        return f"Give the address of the Dask scheduler, {example}."
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or found["scheme"] not in _SCHEMES or not 0 < int(found["port"]) < 65536:
        return f"“{address.strip()}” is not the address of a Dask scheduler; give one {example}."
    return ""


def place_words(place: RunPlace) -> str:
    """Returns what was chosen, to be shown beside Run: "SimPy, on cluster tcp://…"; "" for nothing."""
    words = []
    if place.engine != ENGINES[0]:
        words.append(engine_words(place.engine))
    if place.is_away:
        words.append(f"on cluster {place.cluster}")
    else:
        if place.cluster is not None:
            words.append("cluster on this computer")
        if place.workers:
            words.append("1 worker" if place.workers == 1 else f"{place.workers} workers")
    return ", ".join(words)


def engine_words(engine: str) -> str:
    """Returns what people call an engine: "SimPy", "the compiled engine"."""
    return _ENGINE_WORDS.get(engine, f"the engine {engine}")
