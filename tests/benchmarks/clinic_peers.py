"""The clinic in plain SimPy, Ciw and salabim."""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import simpy

from tests.benchmarks.clinic_work import CLASSES, CLOSES, GROUPS, OPENS, STAFF, Clinic
from tests.benchmarks.outcome import Outcome, outcome_of
from tests.benchmarks.peer import Peer, missing
from tests.benchmarks.plain_ciw import INSTALL
from tests.benchmarks.simpy_staff import Staff

Steps = Generator[Any, Any, None]
Lists = tuple[list[list[float]], list[list[float]]]


def closed_until(now: float) -> float:
    """Returns the next opening time after a closing time (or after the start of the run)."""
    day = int(now) if now - int(now) < OPENS / 24 else int(now) + 1
    while day % 7 > 4:
        day += 1
    return day + OPENS / 24


def clinic_simpy(work: Clinic) -> list[Peer]:
    """Returns plain SimPy, and SimPy with capacity of our own making on its bare events.

    The plain way to keep opening hours is to ask for every unit of staff out of hours before anybody else.
    """
    ways = {"plain SimPy": False, "SimPy, own queue": True}
    return [
        Peer(
            name,
            "keeps every wait",
            lambda number, own=own: ClinicInSimPy(work, number, own).play(),
            lambda found: _read(found, work),
        )
        for name, own in ways.items()
    ]


class ClinicInSimPy:
    """The clinic under way in SimPy."""

    def __init__(self, work: Clinic, seed: int, own_queue: bool) -> None:
        self.work = work
        self.random = random.Random(seed)  # noqa: S311 - a simulation
        self.env = simpy.Environment()
        self.own = Staff(self.env, STAFF) if own_queue else None
        self.staff = simpy.PriorityResource(self.env, STAFF)
        self.found: Lists = ([[] for _ in GROUPS], [[] for _ in GROUPS])

    def play(self) -> Lists:
        """Plays the clinic; returns starts and waits by group."""
        self.env.process(self._timetable())
        self.env.process(self._arrivals())
        self.env.run(until=self.work.days)
        return self.found

    def _served(self, place: int, priority: int, mean: float) -> Steps:
        env, (starts, waits) = self.env, self.found
        joined = env.now
        turn = self.own.request(priority) if self.own else self.staff.request(priority)
        yield turn
        starts[place].append(env.now)
        waits[place].append(env.now - joined)
        yield env.timeout(self.random.expovariate(1.0 / mean))
        if self.own:
            self.own.change(1)
        else:
            self.staff.release(turn)

    def _patient(self) -> Steps:
        priority = 0 if self.random.random() < CLASSES["urgent"] else 1
        yield from self._served(priority, priority, self.work.assess)
        if self.random.random() < self.work.treated:
            yield from self._served(2 + priority, priority, self.work.treat)

    def _away(self, opening: float) -> Steps:
        with self.staff.request(priority=-1) as turn:
            yield turn
            yield self.env.timeout(max(0.0, opening - self.env.now))

    def _timetable(self) -> Steps:
        while True:
            opening = closed_until(self.env.now)
            if self.own:
                self.own.change(-STAFF)
                yield self.env.timeout(opening - self.env.now)
                self.own.change(STAFF)
            else:
                for _ in range(STAFF):
                    self.env.process(self._away(opening))
            yield self.env.timeout(opening + (CLOSES - OPENS) / 24 - self.env.now)

    def _arrivals(self) -> Steps:
        while True:
            yield self.env.timeout(self.random.expovariate(self.work.per_day))
            self.env.process(self._patient())


def _read(found: Lists, work: Clinic) -> Outcome:
    """Returns the outcome."""
    return outcome_of(work.days, GROUPS, *found)


def clinic_ciw(work: Clinic) -> Peer:
    """Returns Ciw: one node, to which patients come again in another class of the same priority."""
    name, note = "Ciw", "keeps a record of every service"
    try:
        import ciw
    except ImportError:
        return missing(name, note, INSTALL)
    network = ciw.create_network(
        arrival_distributions={
            label: [ciw.dists.Exponential(rate=work.per_day * CLASSES[label]) if label in CLASSES else None]
            for label in _labels()
        },
        service_distributions={
            label: [ciw.dists.Exponential(rate=1.0 / (work.treat if "treat" in label else work.assess))]
            for label in _labels()
        },
        routing={label: [[1.0 if "treat" in label else 0.0]] for label in _labels()},
        class_change_matrices=[_changes(work)],
        priority_classes={label: list(CLASSES).index(label.split()[0]) for label in _labels()},
        number_of_servers=[_shifts(ciw)],
    )

    def run(number: int) -> list[Any]:
        ciw.seed(number)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(work.days)
        return list(simulation.get_all_records())

    def read(records: list[Any]) -> Outcome:
        places = {
            label: place for place, label in enumerate([*CLASSES, *(f"{each} treat" for each in CLASSES)])
        }
        found: Lists = ([[] for _ in GROUPS], [[] for _ in GROUPS])
        for each in records:
            place = places[each.customer_class]
            found[0][place].append(each.service_start_date)
            found[1][place].append(each.waiting_time)
        return _read(found, work)

    return Peer(f"{name} {ciw.__version__}", note, run, read)


def _labels() -> list[str]:
    """Returns the classes at the one node: those to be assessed, to be treated, and done."""
    return [f"{name}{end}" for end in ("", " treat", " done") for name in CLASSES]


def _changes(work: Clinic) -> dict[str, dict[str, float]]:
    """Returns how classes change at the end of a service."""
    found: dict[str, dict[str, float]] = {label: dict.fromkeys(_labels(), 0.0) for label in _labels()}
    for name in CLASSES:
        found[name] |= {f"{name} treat": work.treated, f"{name} done": 1.0 - work.treated}
        found[f"{name} treat"][f"{name} done"] = 1.0
        found[f"{name} done"][f"{name} done"] = 1.0
    return found


def _shifts(ciw: Any) -> Any:
    """Returns the week's timetable, over and over."""
    ends, staff = [], []
    for day in range(5):
        ends += [day + OPENS / 24, day + CLOSES / 24]
        staff += [0, STAFF]
    return ciw.Schedule(numbers_of_servers=[*staff, 0], shift_end_dates=[*ends, 7.0], preemption=False)


def clinic_salabim(work: Clinic) -> Peer:
    """Returns salabim: the capacity of the resource is set at opening and closing."""
    name, note = "salabim", "keeps every wait; its own monitors off"
    try:
        import salabim
    except ImportError:
        return missing(name, note, INSTALL)
    return Peer(
        f"{name} {salabim.__version__}",
        note,
        lambda number: _salabim(salabim, work, number),
        lambda found: _read(found, work),
    )


def _salabim(salabim: Any, work: Clinic, seed: int) -> Lists:
    """Plays the clinic in salabim."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    env = salabim.Environment(trace=False, yieldless=False, random_seed=None)
    staff = env.Resource("staff", 0, monitor=False)
    starts: list[list[float]] = [[] for _ in GROUPS]
    waits: list[list[float]] = [[] for _ in GROUPS]

    class Patient(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            priority = 0 if rng.random() < CLASSES["urgent"] else 1
            yield from self.served(priority, priority, work.assess)
            if rng.random() < work.treated:
                yield from self.served(2 + priority, priority, work.treat)

        def served(self, place: int, priority: int, mean: float) -> Generator[Any, Any, None]:
            joined = env.now()
            yield self.request((staff, 1, priority))
            now = env.now()
            starts[place].append(now)
            waits[place].append(now - joined)
            yield self.hold(rng.expovariate(1.0 / mean))
            self.release(staff)

    class Timetable(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            while True:
                yield self.hold(till=closed_until(env.now()))
                staff.set_capacity(STAFF)
                yield self.hold((CLOSES - OPENS) / 24)
                staff.set_capacity(0)

    class Arrivals(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            while True:
                yield self.hold(rng.expovariate(work.per_day))
                Patient(name="")

    Timetable(name="")
    Arrivals(name="")
    env.run(till=work.days)
    return starts, waits
