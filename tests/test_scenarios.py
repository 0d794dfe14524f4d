"""The bundled scenarios: they open, name the source of every figure, and behave as the real service does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.file.open_save import dump, load
from pathway_modeller.scenario.options import BASELINE, apply_option, patch_between
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import SETTINGS, Money

PATHS = sorted(shipped("scenarios").glob("*.json"))
FIGURES = ("price", "cost", "variable_cost", "share", "service_time", "time", "units", "arrivals", "target")
"""Keys under which a scenario holds figures that decide its results."""
PRICE_YEARS = {
    "five-tier-population": {"2021/22"},
    "wigan-virtual-ward": {"2022/23"},
    "wigan-outpatient-follow-up": {"2021/22", "2024/25"},
}
"""Scenarios in prices of other years than 2024/25 alone: those of their sources."""

Place = tuple[str, ...]


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def follow(document: Any, pointer: str) -> Any:
    """Returns what a JSON pointer points to."""
    for token in pointer.removeprefix("/").split("/"):
        document = document[int(token) if isinstance(document, list) else token]
    return document


def figures(document: Any, place: Place = ()) -> Iterator[Place]:
    """Yields the place of every figure that decides results, at its topmost key."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in FIGURES:
                yield (*place, key)
            else:
                yield from figures(value, (*place, key))


def covers(given: Place, place: Place) -> bool:
    """Whether one of two places holds the other."""
    short = min(len(given), len(place))
    return given[:short] == place[:short]


def variants(document: Mapping[str, Any]) -> Iterator[tuple[Any, Place]]:
    """Yields the baseline and every option's patch, each with its place."""
    yield document["baseline"], ("baseline",)
    for name, option in document.get("options", {}).items():
        yield option["patch"], ("options", name, "patch")


def test_opens_without_errors_in_any_variant(path: Path) -> None:
    errors = [str(problem) for problem in check(load(path)) if problem.severity == "error"]
    assert errors == []


def test_opening_view_is_not_crowded_with_warnings(path: Path) -> None:
    warnings = [problem for problem in check(load(path)) if problem.variant == BASELINE]
    assert [str(problem) for problem in warnings] == []


def test_bytes_are_what_saving_would_write(path: Path) -> None:
    assert path.read_bytes() == dump(load(path)).encode()


def test_options_hold_only_what_differs(path: Path) -> None:
    scenario = load(path)
    for name, option in scenario.options.items():
        assert patch_between(scenario.baseline, apply_option(scenario, name)) == option.patch
        assert option.patch


def test_every_place_of_an_assumption_is_there(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    for assumption in document["assumptions"].values():
        for place in assumption["places"]:
            assert follow(document, place) is not None


def test_every_figure_that_matters_has_an_assumption(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    given = [tuple(p[1:].split("/")) for a in document["assumptions"].values() for p in a["places"]]
    found = [place for part, start in variants(document) for place in figures(part, start)]
    bare = [
        place for place in found if not any(p[: len(place)] == place or place[: len(p)] == p for p in given)
    ]
    assert found
    assert bare == []


def test_every_assumption_says_who_says_so(path: Path) -> None:
    for name, assumption in load(path).assumptions.items():
        if assumption.quality == "evidenced":
            assert assumption.address.startswith("http"), name
            assert assumption.year, name
        if assumption.quality == "illustrative":
            assert assumption.source.startswith(("Assumed", "No ", "Practices ")), name


def test_illustrative_figures_are_declared_in_the_note(path: Path) -> None:
    scenario = load(path)
    assert any(assumption.quality == "illustrative" for assumption in scenario.assumptions.values())
    assert "illustrative" in scenario.description


def test_money_can_be_brought_to_one_price_year(path: Path) -> None:
    scenario = load(path)
    text = path.read_text(encoding="utf-8")
    years = {line.split('"')[3] for line in text.splitlines() if '"price_year"' in line}
    assert years == PRICE_YEARS.get(path.stem, {"2024/25"})
    base = PriceBase(scenario.money, tuple(sorted(years)))
    assert all(base.pounds(Money(value=1, price_year=year)) is not None for year in years)


def test_no_two_boxes_overlap_and_each_is_in_its_lane(path: Path) -> None:
    scenario = load(path)
    for variant in (BASELINE, *scenario.options):
        drawn = apply_option(scenario, variant).drawn()
        spots = [(element.position.x, element.position.y) for element in drawn.values()]
        assert len(set(spots)) == len(spots)
        for element in drawn.values():
            assert element.position.y - SETTINGS.index(element.setting) * 170 in (85, 215)
