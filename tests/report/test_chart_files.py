"""Charts as files, drawn in several processes."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool

import pytest
from results_by_hand import make_results, make_scenario, whole

from pathway_modeller.experiment.runs.workers import end_processes
from pathway_modeller.report.catalogue import CHARTS, FRONT, offered
from pathway_modeller.report.chart_files import ChartFiles, drawing_beside
from pathway_modeller.report.findings import Findings


@pytest.fixture
def findings() -> Findings:
    figures = {"baseline": whole(80, 1), "near": whole(70, 1)}
    return Findings(make_results(figures), make_scenario({"near": "Clinics near home"}))


def test_charts_drawn_beside_one_another_are_the_same_files(findings, tmp_path):
    alone, beside = tmp_path / "alone", tmp_path / "beside"
    for folder, workers in ((alone, 1), (beside, 2)):
        folder.mkdir()
        with drawing_beside(workers) as others:
            assert (others is None) == (workers == 1)
            files = ChartFiles(findings, folder, others).finish()
        # The page comes first; charts that have nothing to show are not written.
        shown = [FRONT.id, *(kind.id for kind in offered(findings))]
        assert 0 < len(shown) < len(CHARTS)
        names = [f"{kind}{ending}" for kind in shown for ending in (".png", ".svg", ".csv")]
        assert [file.name for file in files] == names
        assert sorted(file.name for file in folder.iterdir()) == sorted(names)
    for file in alone.iterdir():
        assert file.read_bytes() == (beside / file.name).read_bytes(), file.name


def test_a_process_that_is_ended_from_outside_is_noticed(findings, tmp_path):
    with drawing_beside(2) as others:
        assert others is not None
        charts = ChartFiles(findings, tmp_path, others)
        end_processes(others.executor)
        with pytest.raises(BrokenProcessPool):
            charts.finish()
