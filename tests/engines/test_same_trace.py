"""Two engines, one trace: the compiled engine gives the reference's bytes, or stops with its sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.elements import (
    EntryPoint,
    Profile,
    RandomArrivals,
    Transition,
    VisitsCondition,
)
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.chance import normal, random_numbers, samplers, ticks
from pathway_modeller.simulation.compiled import draws, philox
from pathway_modeller.simulation.compiled.allocation import make_world
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.layout import SHAPES, World
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.pointers import world_at
from pathway_modeller.simulation.compiled.numba_inside.table_types import listed
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.simpy.engine import simulate as reference
from pathway_modeller.simulation.trace import Event
from tests.engines.bundled import FILES, each_variant
from tests.engines.drawing import (
    DECISION,
    OUT,
    coming,
    does,
    draw,
    every,
    exponential,
    fixed,
    lognormal,
    waits,
)
from tests.engines.drawing import settings as run_settings
from tests.engines.pathways import Playable, playable
from tests.engines.populations import living
from tests.engines.uncompiled import run_uncompiled
from tests.simulation.people import born, dying, moving, seeking, with_patients

FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
MANY = settings(FEW, max_examples=500)
SEEDS = st.integers(0, 2**32 - 1)
EVERY = st.one_of(playable(), playable(blocking=True), living(), living(blocking=True))


def outcome(engine: object, model: Model, seed: int, replication: int = 0) -> bytes | str:
    """Returns the bytes of a trace, or the sentence with which the engine stopped."""
    try:
        return engine(model, seed, replication).tobytes()  # type: ignore[operator]
    except SimulationStopped as stopped:
        return str(stopped)


def must_agree(case: Playable, seed: int) -> None:
    """Plays a pathway on both engines."""
    model = compile_pathway(case.pathway, case.run)
    assert outcome(compiled, model, seed) == outcome(reference, model, seed)


@FEW
@given(EVERY, SEEDS)
def test_both_engines_agree_on_made_up_pathways(case: Playable, seed: int) -> None:
    must_agree(case, seed)


@pytest.mark.minutes
@MANY
@given(EVERY, SEEDS)
def test_both_engines_agree_on_hundreds_of_made_up_pathways(case: Playable, seed: int) -> None:
    must_agree(case, seed)


@each_variant
def test_both_engines_agree_on_the_first_weeks_of_bundled_scenarios(path: Path, variant: str) -> None:
    scenario = load(path)
    days = 20.0 if variant == BASELINE else 8.0
    short = {"warm_up": Duration(value=0, unit="days"), "duration": Duration(value=days, unit="days")}
    run = RunSettings.model_validate(scenario.run.model_copy(update=short))
    model = compile_pathway(played(scenario, variant), run)
    assert outcome(compiled, model, run.seed) == outcome(reference, model, run.seed)


@pytest.mark.minutes
@each_variant
def test_both_engines_agree_on_whole_runs_of_bundled_scenarios(path: Path, variant: str) -> None:
    scenario = load(path)
    model = compile_pathway(played(scenario, variant), scenario.run)
    for replication in (0, 1):
        expected = outcome(reference, model, scenario.run.seed, replication)
        assert outcome(compiled, model, scenario.run.seed, replication) == expected


@pytest.mark.parametrize(
    "figures",
    [
        {"kind": "normal", "mean": 0.3, "sd": 0.1},
        {"kind": "normal", "mean": 0.3, "sd": 0.29},
        {"kind": "empirical", "values": (0.5, 0.1, 0.2), "weights": (1, 6, 0)},
        {"kind": "lognormal", "mu": -1.5, "sigma": 0.8},
        {"kind": "lognormal", "median": 0.2, "mean": 0.3},
        {"kind": "gamma", "mean": 0.3, "p95": 1},
        {"kind": "weibull", "mean": 0.3, "p95": 1},
    ],
    ids=lambda figures: "-".join(map(str, figures.values())),
)
def test_both_engines_agree_on_times_however_they_are_entered(figures: dict[str, Any]) -> None:
    seen = does({"staff": 2}, Distribution(unit="days", **figures))
    pathway = draw({"in": coming(5.0), "seen": seen, "out": OUT}, ["in > seen > out"], {"staff": 4})
    must_agree(Playable(pathway, run_settings(60.0)), 1)


def test_both_engines_agree_on_a_rate_for_each_hour() -> None:
    arrivals = RandomArrivals(kind="random", hourly=(0.0,) * 8 + (0.5, 1.5, 2.0, 0.25) * 3 + (0.0,) * 4)
    seen = does({"staff": 1}, exponential(0.05))
    elements = {"in": EntryPoint(name="In", arrivals=arrivals), "seen": seen, "out": OUT}
    must_agree(Playable(draw(elements, ["in > seen > out"], {"staff": 1}), run_settings(60.0)), 1)


@pytest.mark.parametrize("priorities", [(1, 1_000_000), (-1_000_000, 1), (999_999, 1_000_000)])
def test_both_engines_agree_on_the_largest_priorities(priorities: tuple[int, int]) -> None:
    first, second = (does({"doctor": 1}, fixed(0.2), priority=priority) for priority in priorities)
    elements = {"in": coming(6.0), "first": first, "in-too": coming(6.0), "second": second, "out": OUT}
    pathway = draw(elements, ["in > first > out", "in-too > second > out"], {"doctor": 1})
    must_agree(Playable(pathway, run_settings(20.0)), 1)


def test_both_engines_agree_on_patients_who_come_to_an_element_hundreds_of_times() -> None:
    elements = {"in": every(7.0), "seen": does({"staff": 1}, exponential(0.01)), "out": OUT}
    arrows = ["in > seen", "seen > seen 0.995", "seen > out 0.005"]
    model = compile_pathway(draw(elements, arrows, {"staff": 4}), run_settings(60))
    trace = reference(model, 1, 0)
    visits = np.unique(trace.patient[trace.event == Event.START], return_counts=True)[1]
    assert visits.max() > 300
    assert outcome(compiled, model, 1) == trace.tobytes()


def test_both_engines_agree_where_a_day_is_many_events_apart() -> None:
    """Events minutes, days and years ahead of each other, in a run of 30 years."""
    elements = {"in": every(400.0), "rest": waits(lognormal(300, 900)), "out": OUT}
    elements |= {"seen": does({"staff": 1}, exponential(0.001))}
    arrows = ["in > seen", "seen > rest 0.9", "seen > out 0.1", "rest > seen"]
    model = compile_pathway(draw(elements, arrows, {"staff": 1}), run_settings(11_000))
    assert outcome(compiled, model, 3) == outcome(reference, model, 3)


def test_both_engines_agree_where_hundreds_of_events_fall_on_one_instant() -> None:
    """More than are put in order at once, and of the same rank: their identities say who comes first."""
    entries = [f"in-{number}" for number in range(100)]
    elements = dict.fromkeys(entries, every(1.0))
    elements |= {"rest": waits(fixed(1.0)), "seen": does({"staff": 1}, fixed(0.25)), "out": OUT}
    arrows = [*(f"{entry} > rest" for entry in entries), "rest > seen", "seen > rest 0.5", "seen > out 0.5"]
    model = compile_pathway(draw(elements, arrows, {"staff": 40}), run_settings(20))
    trace = reference(model, 1, 0)
    assert np.unique(trace.time[trace.event == Event.WAIT_END], return_counts=True)[1].max() >= 100
    assert outcome(compiled, model, 1) == trace.tobytes()


_OFFICE = Profile(weekdays=(1, 1, 1, 1, 1, 0, 0), day=(0,) * 9 + (1,) * 8 + (0,) * 7)
_SEVENTHS = Profile(months=tuple(range(1, 13)), day=(1, 4, 0, 9, 0, 0, 2))


@pytest.mark.parametrize("profile", [None, _OFFICE, _SEVENTHS])
@pytest.mark.parametrize("per_1000", [20.0, 2000.0])
def test_both_engines_agree_where_demand_follows_few_people_who_come_and_go(
    profile: Profile | None, per_1000: float
) -> None:
    """Each birth, move and death then moves who comes next by hours or days, sooner as often as later."""
    moves = {"born": born("low", 1500), "worse": moving("low", "high", 90.0), "died": dying("high", 120.0)}
    people = {"east": {"low": 20.0, "high": 3.0}, "west": {"low": 5.0}}
    model = compile_pathway(with_patients(people, moves, seeking(per_1000, profile)), run_settings(200.0))
    trace = reference(model, 4, 0)
    assert np.count_nonzero(trace.event == Event.ARRIVE) > 20
    assert outcome(compiled, model, 4) == trace.tobytes()


def test_rows_of_events_that_nobody_wants_are_left_out_and_no_others() -> None:
    scenario = load(FILES[0])
    run = scenario.run.model_copy(update={"duration": Duration(value=60, unit="days")})
    model = compile_pathway(scenario.baseline, run)
    everything, some = list[np.ndarray](), list[np.ndarray]()
    play(model, 1, 0, lambda rows, _: everything.append(rows.copy()))
    play(model, 1, 0, lambda rows, _: some.append(rows.copy()), told=(Event.JOIN, Event.CAPACITY))
    rows = np.concatenate(everything)
    wanted = rows[np.isin(rows["event"], (Event.JOIN, Event.CAPACITY))]
    assert 0 < len(wanted) < len(rows)
    assert np.concatenate(some).tobytes() == wanted.tobytes()


def as_python_calls(part: Callable[..., float]) -> Callable[..., float]:
    """Returns a part of the compiled engine as something that Python can call."""
    if not COMPILED:
        return part

    import numba

    @numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
    def call(*given_: float) -> float:
        return part(*given_)

    return call


def as_calls_on_a_world(part: Callable[..., float], world: World) -> Callable[..., float]:
    """Returns a part that reads a world as something that Python can call without one."""
    if not COMPILED:
        return partial(part, world)

    import numba

    tables = listed(world, SHAPES)

    @numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
    def call(address: int, *given_: int) -> float:
        return part(world_at(address), *given_)

    return lambda *given_: call(tables.ctypes.data, *given_)


def test_uniforms_are_the_same_bits() -> None:
    numbers = random.Random(1)  # noqa: S311 - not for secrets
    scenario = load(FILES[0])
    model = compile_pathway(scenario.baseline, scenario.run)
    world = make_world(flatten(model), model, 0, 0, ())
    uniform = as_calls_on_a_world(philox.uniform, world)
    two = as_calls_on_a_world(philox.two_uniforms, world)
    for _ in range(20_000):
        key, address = numbers.sample(range(2**32), 2), numbers.sample(range(2**32), 3)
        world.keys[:] = philox.keys_of(*key)
        purpose, other, visit = numbers.randrange(1, 22), numbers.randrange(1, 22), numbers.randrange(2**25)
        first = random_numbers.uniform(*key, *address, purpose, visit)
        second = random_numbers.uniform(*key, *address, other, visit)
        assert uniform(*address, purpose, visit) == first
        assert two(*address, purpose, other, visit) == (first, second)


def test_quantiles_and_ticks_are_the_same_bits() -> None:
    numbers = random.Random(1)  # noqa: S311 - not for secrets
    normal_quantile, on_tick = as_python_calls(draws.normal_quantile), as_python_calls(draws.on_tick)
    for _ in range(20_000):
        u = numbers.random()
        assert normal_quantile(u) == normal.normal_quantile(u)
        assert on_tick(u * 5000) == ticks.on_tick(u * 5000)


@pytest.mark.parametrize("family", list(samplers.Family))
def test_times_are_the_same_bits(family: samplers.Family) -> None:
    numbers = random.Random(2)  # noqa: S311 - not for secrets
    quantile = as_python_calls(draws.quantile)
    table = samplers.np.sort(samplers.np.array([numbers.random() for _ in range(16385)]))
    for _ in range(20_000):
        low, width = numbers.random() + 0.1, numbers.random() + 0.1
        last = low + width if family is not samplers.Family.NORMAL else numbers.random()  # a share
        given_ = (int(family), low, low + width * numbers.random(), last, table, numbers.random())
        assert quantile(*given_) == samplers.quantile(*given_)


def test_both_engines_agree_where_nothing_is_compiled() -> None:
    code = (
        "from tests.engines.test_same_trace import EVERY, FEW, SEEDS, must_agree\n"
        "from hypothesis import given, settings\n"
        "settings(FEW, max_examples=5)(given(EVERY, SEEDS)(must_agree))()\n"
    )
    run_uncompiled(code)


@pytest.mark.parametrize("place", ["decision", "activity", "wait", "entry"])
def test_both_engines_say_alike_that_no_condition_holds(place: str) -> None:
    """The check refuses such a pathway, so that it is played unchecked here."""
    never = VisitsCondition(kind="visits", element="clinic", at_least=9)
    origin = {"decision": "fork", "activity": "clinic", "wait": "pause", "entry": "in"}[place]
    chain = ["in", "clinic", "fork", "pause", "out"]
    arrows: list[str | Transition] = []
    for one, other in pairwise(chain):
        when = never if one == origin else None
        arrows.append(Transition(origin=one, target=other, when=when))
    pathway = draw(
        {
            "in": every(2.0),
            "clinic": does({"nurse": 1}, 0.5),
            "fork": DECISION,
            "pause": waits(1.0),
            "out": OUT,
        },
        arrows,
        {"nurse": 1},
    )
    model = compile_pathway(pathway, run_settings(30))
    said = outcome(compiled, model, seed=1)
    day = {"entry": "2.00", "activity": "2.50", "decision": "2.50", "wait": "3.50"}[place]
    assert said == (
        f'On day {day} a patient leaves "{origin}" and no condition of its arrows holds; '
        "add an arrow without a condition."
    )
    assert outcome(reference, model, seed=1) == said
