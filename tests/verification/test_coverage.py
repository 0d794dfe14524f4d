"""Intervals hold the truth as often as they say; see ``coverage`` for the whole table."""

from __future__ import annotations

import pytest

from tests.verification.coverage import BEHIND, EXPERIMENTS, QUICK, measure
from tests.verification.coverage_cells import Cell, Tried
from tests.verification.coverage_draws import SOURCES
from tests.verification.coverage_labels import BELOW
from tests.verification.coverage_waits import queue


def faults(cells: list[Cell]) -> dict[tuple[str, str, int], str]:
    """Returns what is wrong, by cell."""
    return {cell.key: cell.fault() for cell in cells if cell.fault()}


def test_drawn_figures_are_covered():
    """200 experiments: four standard errors are 6 points, so only what is plainly wrong shows."""
    cells = list(measure(QUICK, 2000, 1, ("figures", "shares", "counts", "few patients, 5")))
    assert len(cells) > 90
    assert {key: fault for key, fault in faults(cells).items() if "covers" in fault} == {}


def test_waits_of_a_busy_queue_are_covered(monkeypatch):
    """At load 0.91 Student's t over 30 runs held the 92nd percentile of all patients in 17%."""
    monkeypatch.setitem(SOURCES, "short", queue(0.91, patients=60))
    cells = list(measure(QUICK, 2000, 1, ("short",)))
    kinds = {"mean", "mean difference", "percentile", "percentile difference"}
    shares = {cell.key: cell.chosen.share for cell in cells if cell.runs == 30 and cell.kind in kinds}
    assert len(shares) == 6
    assert min(shares.values()) > 0.87


def test_a_cell_fails_only_beyond_four_standard_errors():
    cell = Cell("mean", "made up", 30, 1.0, {"t": Tried(intervals=4000, above=320, widths=1.0, bounded=4000)})
    assert cell.fault() == ""
    cell.chosen.above = 400
    assert cell.fault() == "covers 90.0% only"
    cell.chosen.above = 20
    assert cell.fault() == "covers 99.5%"


@pytest.mark.minutes
def test_every_figure_is_covered_or_labelled():
    cells = list(measure(EXPERIMENTS, BEHIND, 2027))
    assert faults(cells) == {}
    large = [cell for cell in cells if cell.runs >= 10]
    below = {cell.key: round(100 * cell.chosen.share) for cell in cells if not cell.covers(cell.chosen)}
    assert below == pytest.approx({key: 100 * share for key, share in BELOW.items()}, abs=2)
    assert 5 * sum(not cell.covers(cell.chosen) for cell in large) <= len(large)
