"""The bundled scenarios: they open, name the source of every figure, and behave as the real service does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pathway_modeller.analysis.measures import measure_frame
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file import dump, load
from pathway_modeller.scenario.options import BASELINE, apply_option, patch_between
from pathway_modeller.scenario.values import SETTINGS
from pathway_modeller.simulation.model import compile_pathway
from pathway_modeller.simulation.simpy_engine import simulate

PATHS = sorted(shipped("scenarios").glob("*.json"))
WIGAN = shipped("scenarios") / "wigan-outpatient-follow-up.json"
FIGURES = ("price", "cost", "variable_cost", "share", "service_time", "time", "units", "arrivals", "target")
"""Keys under which a scenario holds figures that decide its results."""

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


def test_money_is_in_one_price_year(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    years = {line.split('"')[3] for line in text.splitlines() if '"price_year"' in line}
    assert years == {"2024/25"}


def test_no_two_boxes_overlap_and_each_is_in_its_lane(path: Path) -> None:
    scenario = load(path)
    for variant in (BASELINE, *scenario.options):
        drawn = apply_option(scenario, variant).drawn()
        spots = [(element.position.x, element.position.y) for element in drawn.values()]
        assert len(set(spots)) == len(spots)
        for element in drawn.values():
            assert element.position.y - SETTINGS.index(element.setting) * 170 in (85, 215)


class TestWigan:
    """What the Wigan scenario must say about Wigan, and how it must behave."""

    @pytest.fixture(scope="class")
    def scenario(self) -> Scenario:
        return load(WIGAN)

    @pytest.fixture(scope="class")
    def measured(self, scenario: Scenario) -> dict[str, pd.DataFrame]:
        found = {}
        for variant in (BASELINE, *scenario.options):
            pathway = apply_option(scenario, variant)
            trace = simulate(compile_pathway(pathway, scenario.run), seed=7, replication=0)
            found[variant] = measure_frame(trace, pathway)
        return found

    @staticmethod
    def figure(frame: pd.DataFrame, measure: str, element: str = "", pool: str = "") -> float:
        """Returns one figure over all tiers, footprints and settings."""
        wanted = {"measure": measure, "element": element, "pool": pool}
        wanted |= {"need_tier": "", "footprint": "", "setting": ""}
        rows = frame[(frame[list(wanted)] == pd.Series(wanted)).all(axis=1)]
        if element or pool:
            rows = frame[(frame[["measure", "element", "pool"]] == pd.Series(wanted)[:3]).all(axis=1)]
            rows = rows[(rows["need_tier"] == "") & (rows["footprint"] == "")]
        assert len(rows) == 1, (measure, element, pool)
        return float(rows["value"].iloc[0])

    def attended(self, frame: pd.DataFrame, activity: str, price: float = 148) -> float:
        """Returns how often an activity was attended, from its bill."""
        return self.figure(frame, "bill", activity) / price

    def test_has_the_seven_footprints_of_equal_size(self, scenario: Scenario) -> None:
        footprints = scenario.baseline.footprints
        assert {each.name for each in footprints.values()} == {
            "Wigan North", "Central Wigan", "Hindley", "SWAN", "LIGA", "Leigh", "TABA+",
        }  # fmt: skip
        assert len({tuple(sorted(each.people.items())) for each in footprints.values()}) == 1
        assert "equal" in scenario.assumptions["footprint_sizes"].name.lower()
        assert scenario.assumptions["footprint_sizes"].quality == "illustrative"

    def test_tiers_are_labelled_as_borrowed(self, scenario: Scenario) -> None:
        assert all(
            "BNSSG rates applied to Wigan" in tier.description
            for tier in scenario.baseline.need_tiers.values()
        )

    def test_patient_initiated_follow_up_is_offered_as_planned_and_as_evidenced(
        self, scenario: Scenario
    ) -> None:
        names = [option.name for option in scenario.options.values()]
        assert "Patient-initiated follow-up, as planned" in names
        assert "Patient-initiated follow-up, as evidenced" in names

    def test_follow_ups_per_first_are_as_published(self, measured: dict[str, pd.DataFrame]) -> None:
        base = measured[BASELINE]
        ratio = self.attended(base, "follow_up_clinic") / self.attended(base, "first_clinic")
        assert ratio == pytest.approx(1.61, abs=0.08)

    def test_slots_nobody_comes_to_are_as_published(self, measured: dict[str, pd.DataFrame]) -> None:
        base = measured[BASELINE]
        missed = self.figure(base, "missed")
        seen = self.attended(base, "follow_up_clinic") + self.attended(base, "first_clinic")
        assert missed / (missed + seen) == pytest.approx(6.2 / (6.2 + 77.2), abs=0.006)

    def test_baseline_is_near_the_standard_but_does_not_meet_it_by_much(
        self, measured: dict[str, pd.DataFrame]
    ) -> None:
        base = measured[BASELINE]
        assert 0.85 < self.figure(base, "standard.within.rtt") < 0.96
        assert 14 < self.figure(base, "wait.mean", "first_clinic") / 7 < 22
        assert self.figure(base, "utilisation", pool="clinics") > 0.95

    def test_plan_gives_a_quarter_fewer_follow_ups_where_no_more_patients_are_seen(
        self, scenario: Scenario
    ) -> None:
        transitions = apply_option(scenario, "pifu_planned").transitions
        asked = transitions["due_patient_initiated"].share * transitions["patient_asks_no"].share
        assert asked == pytest.approx(0.25)
        evidence = apply_option(scenario, "pifu_evidenced").transitions
        assert evidence["due_patient_initiated"].share * 0.4 == pytest.approx(0.02)

    def test_evidence_does_much_less_than_the_plan(self, measured: dict[str, pd.DataFrame]) -> None:
        waits = {
            variant: self.figure(measured[variant], "wait.mean", "first_clinic")
            for variant in (BASELINE, "pifu_planned", "pifu_evidenced")
        }
        planned = waits[BASELINE] - waits["pifu_planned"]
        evidenced = waits[BASELINE] - waits["pifu_evidenced"]
        assert 0 < evidenced < planned / 5

    def test_no_cost_leaves_the_system_until_a_clinic_is_closed(
        self, measured: dict[str, pd.DataFrame]
    ) -> None:
        cost = {variant: self.figure(frame, "system_cost") for variant, frame in measured.items()}
        assert cost["pifu_planned"] == pytest.approx(cost[BASELINE])
        assert cost["pifu_evidenced"] == pytest.approx(cost[BASELINE])
        assert cost["near_home"] > cost["near_home_closing"]

    def test_follow_ups_move_to_every_footprint(self, measured: dict[str, pd.DataFrame]) -> None:
        frame = measured["near_home"]
        rows = frame[(frame["measure"] == "wait.patients") & (frame["element"] == "near_home_clinic")]
        by_footprint = rows[rows["footprint"] != ""]
        assert (by_footprint.groupby("footprint")["value"].sum() > 500).sum() == 7
