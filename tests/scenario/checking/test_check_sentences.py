"""What the check says in full, kept beside this file: a sentence that changes is a readable difference.

Other tests ask for a phrase of what is wrong; people read the whole of it, and do what its end says. Accept
new sentences with ``pytest tests/scenario/checking/test_check_sentences.py --regen-all``, and
read ``git diff``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.file.open_save import load, parse
from pathway_modeller.scenario.problems import FileProblems, Problem
from tests.scenario.checking.test_check import WARNED, fixed, found
from tests.scenario.checking.test_check_asked import STANDARD
from tests.scenario.checking.test_check_idle import IDLE, KIND

LONG = {"kind": "lognormal", "mean": 1e-300, "unit": "days"}
TIERS = {
    "/baseline/need_tiers": {"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 1}},
    "/baseline/footprints": {"n": {"name": "North", "people": {"low": 1000, "high": 100}}},
}
MORE: list[tuple[str, Mapping[str, Any]]] = [
    (
        "overflow to where patients begin",
        {"/baseline/activities/a/room": 2, "/baseline/activities/a/overflow_to": "in"},
    ),
    ("units by footprint of a shared pool", {**TIERS, "/baseline/pools/p/units_by_footprint": {"n": 2}}),
    ("two tiers of one level", TIERS),
    (
        "a place kept that is not held",
        {
            "/baseline/activities/a/needs": {},
            "/baseline/transitions/t2/time": fixed(1),
            "/baseline/transitions/t2/keeps_units": True,
        },
    ),
    (
        "a need tier where there is none",
        {"/outcomes": {"o": {"name": "O", "measure": "wait.mean", "need_tier": "low", "better": "lower"}}},
    ),
    (
        "months and weekdays",
        {"/baseline/entry_points/in/arrivals/profile": {"months": [1], "weekdays": [1, 1]}},
    ),
    (
        "outcomes of which there is no figure",
        {
            **STANDARD,
            "/outcomes": {
                f"o{number}": {"name": f"O{number}", "better": "lower", **more}
                for number, more in enumerate(
                    (
                        {"measure": "standard.month.rtt.2026"},
                        {"measure": "wait.meen"},
                        {"measure": "nothing like it"},
                        {"measure": "pool.occupancy"},
                        {"measure": "pool.occupancy", "element": "a"},
                        {"measure": "system_cost", "element": "a"},
                        {"measure": "bill", "need_tier": "low"},
                    )
                )
            },
            "/baseline/need_tiers/low": {"name": "Low", "level": 1},
        },
    ),
    ("an attribute called as everybody's own", {"/baseline/attributes/footprint": KIND}),
    ("figures too far apart", {"/baseline/activities/a/service_time": {**LONG, "sd": 1e300}}),
    ("a gap of nothing", {"/baseline/entry_points/in/arrivals": {"kind": "random", "gap": fixed(0)}}),
    (
        "pounds beyond all",
        {"/baseline/pools/p/cost": {"amount": {"value": 1e15, "price_year": "2024/25"}, "per": "day"}},
    ),
    (
        "no number",
        {"/baseline/pools/p/units": None, "/baseline/pools/p/name": 3, "/baseline/activities/a/needs/p": 2.5},
    ),
    ("no kind of arrivals", {"/baseline/entry_points/in/arrivals": 5}),
]
"""What no table of the other tests has."""

UNREADABLE: list[tuple[str, bytes]] = [
    ("a key without quotation marks", b'{name: "A"}'),
    ("a comma that is missing", b'{"name": "A" "format": 1}'),
    ("a comma too many", b'{"name": "A",}'),
    ("a colon that is missing", b'{"name" "A"}'),
    ("a value that is missing", b'{"name": , "format": 1}'),
    ("a text without its end", b'{"name": "A\n, "format": 1}'),
    ("a text that ends with the file", b'{"name": "A'),
    ("more after the end", b'{"name": "A"} {}'),
    ("a line break in a text", b'{"name": "A\nB"}'),
    ("a backslash", b'{"name": "A\\B"}'),
    ("a backslash and u", b'{"name": "A\\u12"}'),
    ("another encoding", b'{\n"name": "Caf\xe9"}'),
    ("half a character", b'{"name": "\\ud83d", "\\ud83d": 1}'),
    ("no number", b'{"format": NaN}'),
    ("a list", b"[1]"),
    ("a text", b'"A"'),
    ("a word", b"name"),
    ("a picture", b"\x89PNG\r\n\x1a\n"),
]

BROKEN = Path(__file__).parents[2] / "broken"


def kept(name: str, problems: Iterable[Problem]) -> list[str]:
    """Returns the problems of a scenario as they are kept."""
    return [name, *(f"  {problem.severity} {problem}" for problem in problems), ""]


def of_file(path: Path) -> tuple[Problem, ...]:
    """Returns what opening and checking a file reports."""
    try:
        return check(load(path))
    except FileProblems as refused:
        return refused.problems


def of_changes(changes: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Returns what reading and checking a changed scenario reports."""
    try:
        return found(changes)
    except FileProblems as refused:
        return refused.problems


def of_text(text: bytes) -> tuple[Problem, ...]:
    """Returns what reading a text reports."""
    with pytest.raises(FileProblems) as refused:
        parse(text)
    return refused.value.problems


@pytest.mark.parametrize("table", ["warned", "idle", "more"])
def test_the_check_speaks_in_the_same_words(table: str, file_regression: FileRegressionFixture) -> None:
    tables: dict[str, Iterable[tuple[Any, ...]]] = {"warned": WARNED, "idle": IDLE, "more": MORE}
    lines = [line for name, changes, *_ in tables[table] for line in kept(name, of_changes(changes))]
    file_regression.check("\n".join(lines), basename=table, encoding="utf-8", newline="\n")


def test_broken_files_are_refused_in_the_same_words(file_regression: FileRegressionFixture) -> None:
    files = sorted(BROKEN.glob("*.json"))
    lines = [line for path in files if path.stem != "expected" for line in kept(path.name, of_file(path))]
    file_regression.check("\n".join(lines), basename="broken", encoding="utf-8", newline="\n")


def test_texts_that_cannot_be_read_are_refused_in_the_same_words(
    file_regression: FileRegressionFixture,
) -> None:
    lines = [line for name, text in UNREADABLE for line in kept(name, of_text(text))]
    file_regression.check("\n".join(lines), basename="unreadable", encoding="utf-8", newline="\n")
