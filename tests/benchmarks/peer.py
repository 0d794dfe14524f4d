"""An implementation of a piece of work, and how long it takes: medians of several runs, taken in turns."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.outcome import Outcome, Wrong

Verify = Callable[[Outcome], str]

SLOW = 8.0
"""Seconds from which fewer runs are made."""
FEWER = 3
"""Runs of a slow one."""


@dataclass(frozen=True)
class Peer:
    """An implementation.

    Attributes:
        name: what it is called in the table.
        note: what it does and keeps, in a few words.
        run: does the work of a replication; this is what is timed.
        read: tells what was found.
        missing: why it cannot be run here, or ``""``.
        judge: verifies what came of a run in its own way; None to judge by what :attr:`read` tells.
    """

    name: str
    note: str
    run: Callable[[int], Any]
    read: Callable[[Any], Outcome]
    missing: str = ""
    judge: Callable[[Any], tuple[int, str]] | None = None


@dataclass
class Timing:
    """How long an implementation took.

    Attributes:
        peer: which one.
        seconds: of each run that counts.
        first: seconds of the run that was verified, which also loads and compiles what is needed.
        services: begun in the run that was verified.
        verified: how far it lies from what it should be, in words, or what is wrong.
        right: whether it does the work.
    """

    peer: Peer
    seconds: list[float] = field(default_factory=list)
    first: float = 0.0
    services: int = 0
    verified: str = ""
    right: bool = False

    @property
    def median(self) -> float | None:
        """The median, seconds; None if it was not run."""
        return statistics.median(self.seconds) if self.seconds else None


def missing(name: str, note: str, why: str) -> Peer:
    """Returns an implementation that cannot be run here."""

    def nothing(_: Any) -> Any:
        raise Wrong(why)

    return Peer(name, note, nothing, nothing, why)


def measure(peers: Sequence[Peer], verify: Verify, runs: int, say: Callable[[str], None]) -> list[Timing]:
    """Verifies every implementation, then times them in turns; one that is wrong is not timed.

    Args:
        peers: the implementations.
        verify: says how far an outcome lies from what it should be, or raises :class:`Wrong`.
        runs: how often each is timed; slow ones fewer times.
        say: told how it goes.
    """
    timings = [_verified(peer, verify, say) for peer in peers]
    for turn in range(runs):
        for each in timings:
            if each.right and (turn < FEWER or each.seconds[0] < SLOW):
                each.seconds.append(_timed(each.peer, turn + 1)[0])
        say(f"turn {turn + 1} of {runs}")
    return timings


def _verified(peer: Peer, verify: Verify, say: Callable[[str], None]) -> Timing:
    """Returns an implementation after its first run, which does not count."""
    timing = Timing(peer, verified=peer.missing)
    if not peer.missing:
        timing.first, raw = _timed(peer, 0)
        try:
            if peer.judge is not None:
                timing.services, timing.verified = peer.judge(raw)
            else:
                found = peer.read(raw)
                timing.services, timing.verified = found.services, verify(found)
            timing.right = True
        except Wrong as error:
            timing.verified = f"WRONG: {error}"
    say(f"{peer.name}: {timing.verified}")
    return timing


def _timed(peer: Peer, replication: int) -> tuple[float, Any]:
    """Returns how long a replication takes in seconds, and what came of it."""
    gc.collect()
    before = time.perf_counter()
    raw = peer.run(replication)
    return time.perf_counter() - before, raw
