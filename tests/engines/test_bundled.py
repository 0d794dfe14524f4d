"""What must hold on every bundled scenario: the start of each variant's first replication, and its whole."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate
from tests.engines.additions import with_unconnected_elements, without_added_rows
from tests.engines.bundled import FILES, VARIANTS, each_baseline, each_variant
from tests.engines.replay import Replay, littles_law, rows_of


def _shortened(path: Path, variant: str, days: float) -> tuple[Pathway, RunSettings]:
    """Returns a variant, to be run for its first days only."""
    scenario = load(path)
    short = {"warm_up": Duration(value=0, unit="days"), "duration": Duration(value=days, unit="days")}
    return apply_option(scenario, variant), scenario.run.model_copy(update=short)


def _must_hold(pathway: Pathway, run: RunSettings) -> None:
    """Replays the first replication."""
    trace = simulate(compile_pathway(pathway, run), run.seed, 0)
    assert len(trace) > 200
    assert Replay(trace, pathway).wrong == []
    for queue, (number, time) in littles_law(trace).items():
        assert math.isclose(number, time, rel_tol=1e-9), queue


@each_variant
def test_every_rule_holds_in_the_first_weeks(path: Path, variant: str) -> None:
    # Options of the large scenario say little that its baseline does not.
    large = path.stem == "wigan-outpatient-follow-up"
    _must_hold(*_shortened(path, variant, 10.0 if large and variant != BASELINE else 30.0))


@pytest.mark.minutes
@each_variant
def test_every_rule_holds_over_the_whole_run(path: Path, variant: str) -> None:
    scenario = load(path)
    _must_hold(apply_option(scenario, variant), scenario.run)


@each_baseline
def test_adding_unconnected_elements_changes_no_other_row(path: Path, variant: str) -> None:
    pathway, run = _shortened(path, variant, 20.0)
    before = simulate(compile_pathway(pathway, run), run.seed, 0)
    after = simulate(compile_pathway(with_unconnected_elements(pathway, "aa"), run), run.seed, 0)
    assert len(after) > len(before)
    assert without_added_rows(after, "aa") == list(rows_of(before))


@each_baseline
def test_seed_and_replication_decide_the_bytes(path: Path, variant: str) -> None:
    pathway, run = _shortened(path, variant, 10.0)
    model = compile_pathway(pathway, run)
    first = simulate(model, run.seed, 0).tobytes()
    assert simulate(compile_pathway(pathway, run), run.seed, 0).tobytes() == first
    assert simulate(model, run.seed, 1).tobytes() != first
    assert simulate(model, run.seed + 1, 0).tobytes() != first


def test_there_are_bundled_scenarios() -> None:
    assert len(VARIANTS) > len(FILES) >= 2
