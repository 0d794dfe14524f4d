"""What a run weighs before it begins, and when a person is asked."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from pathway_modeller.experiment.runs import free_memory as memory
from pathway_modeller.experiment.runs import weight as weighing
from pathway_modeller.experiment.runs.weight import Weight, about, memory_words, time_words, weigh
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import set_scenario_value, set_value, with_pathway
from pathway_modeller.scenario.options import BASELINE
from tests.scenario.readiness.moved_scenario import moved

GB = 1e9


@pytest.fixture(autouse=True)
def four_gigabytes_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "free_memory", lambda: 4 * GB)


def arriving(rate: float, unit: str) -> Scenario:
    value = {"value": rate, "unit": unit}
    return with_pathway(
        moved(), BASELINE, set_value(moved().baseline, "/entry_points/referral/arrivals/rate", value)
    )


def of(**changes: object) -> Weight:
    light = Weight(replications=1, events=10.0, seconds=1.0, memory=1e6, waiting=0.0, free=4 * GB, most="")
    return replace(light, **changes)  # type: ignore[arg-type]


def test_a_small_run_is_light_and_said_in_a_sentence() -> None:
    found = weigh(moved(), (BASELINE, "nearer"))
    assert not found.is_heavy
    assert found.sentence == "This run plays about 27,000 events: about 1 second and 300 MB of memory."


@pytest.mark.parametrize(
    ("changes", "is_heavy"),
    [
        ({"seconds": 599.0}, False),
        ({"seconds": 601.0}, True),
        ({"seconds": math.inf}, True),
        ({"seconds": math.nan}, True),
        ({"memory": 1.9 * GB}, False),
        ({"memory": 2.1 * GB}, True),
        ({"memory": 2.1 * GB, "free": None}, False),
        ({"waiting": 999_999.0}, False),
        ({"waiting": 1_000_000.0}, True),
    ],
)
def test_ten_minutes_half_of_the_memory_or_a_crowd_are_heavy(
    changes: dict[str, object], is_heavy: bool
) -> None:
    assert of(**changes).is_heavy is is_heavy


def test_a_rate_by_the_minute_that_was_meant_by_the_month_is_heavy() -> None:
    assert not weigh(arriving(400, "per month"), [BASELINE]).is_heavy
    found = weigh(arriving(400, "per minute"), [BASELINE])
    assert found.is_heavy
    assert '"Referral" brings about 32 million patients a replication (400 per minute)' in found.warning
    assert "check the number and its unit" in found.warning


def test_numbers_beyond_all_reason_are_weighed_and_heavy() -> None:
    many = set_scenario_value(
        arriving(1e9, "per day"), "run", {"replications": 100_000, "duration": {"value": 50, "unit": "years"}}
    )
    found = weigh(many, [BASELINE])
    assert found.is_heavy
    assert "more than a million billion events" in found.warning


def test_long_runs_are_heavy_by_time() -> None:
    many = set_scenario_value(
        moved(), "run", {"replications": 100_000, "duration": {"value": 100, "unit": "years"}}
    )
    found = weigh(many, [BASELINE], workers=1)
    assert found.seconds > 600
    assert "hours" in found.sentence


def test_the_reference_engine_is_slower_and_takes_more_memory() -> None:
    compiled, simpy = (weigh(moved(), [BASELINE], engine=each, workers=1) for each in ("compiled", "simpy"))
    assert simpy.seconds > 2 * compiled.seconds
    assert simpy.memory > compiled.memory
    assert simpy.events == compiled.events


def test_what_is_played_often_weighs_more() -> None:
    once, thrice = (weigh(moved(), [BASELINE], times=times) for times in (1.0, 3.0))
    assert thrice.seconds == pytest.approx(3 * once.seconds)
    assert thrice.events == pytest.approx(3 * once.events)


def test_numbers_times_and_memory_are_said_to_two_figures() -> None:
    assert [about(each) for each in (0, 1_234, 1_234_567, 98e9, 3.4e14, 1e15, math.inf, math.nan)] == [
        "about 0",
        "about 1,200",
        "about 1.2 million",
        "about 98 billion",
        "about 340 trillion",
        *["more than a million billion"] * 3,
    ]
    assert [time_words(each) for each in (0.1, 1.4, 89, 91, 6000, 3e5, 1e9, math.inf)] == [
        "about 1 second",
        "about 1 second",
        "about 89 seconds",
        "about 1.5 minutes",
        "about 1.7 hours",
        "about 3.5 days",
        "about 32 years",
        "more than a million billion years",
    ]
    assert [memory_words(each) for each in (3e8, 1.26e9, 2e12, math.inf)] == [
        "300 MB",
        "1.3 GB",
        "2,000 GB",
        "more than a million GB",
    ]


def test_linux_says_what_is_available() -> None:
    assert memory._available("MemTotal: 8 kB\nMemAvailable:   2048 kB\n") == 2048 * 1024
    assert memory._available("MemTotal: 8 kB\n") == math.inf


def test_a_container_may_have_less(tmp_path: Path) -> None:
    assert memory._left_in_group(tmp_path) == math.inf
    (tmp_path / "memory.current").write_text("400\n", encoding="ascii")
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    assert memory._left_in_group(tmp_path) == math.inf
    (tmp_path / "memory.max").write_text("1000\n", encoding="ascii")
    assert memory._left_in_group(tmp_path) == 600


def test_this_computer_says_how_much_memory_is_free() -> None:
    free = memory.free_memory()
    assert free is None or free > 1e6
