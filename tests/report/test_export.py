"""Charts and tables as files."""

from __future__ import annotations

import csv

import matplotlib as mpl
import pytest

from pathway_modeller.report.charts.waits import mean_waits
from pathway_modeller.report.export import export_chart, export_table
from pathway_modeller.report.findings import Findings
from tests.report.results_by_hand import make_results, make_scenario, whole


def make_chart():
    figures = {"baseline": whole(80, 1), "near": whole(70, 1)}
    return mean_waits(Findings(make_results(figures), make_scenario({"near": "Spend $5 & <near> home"})))


BEGINNINGS = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", sorted(BEGINNINGS))
def test_the_same_chart_gives_the_same_bytes(tmp_path, suffix):
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    export_chart(make_chart(), first)
    export_chart(make_chart(), second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(BEGINNINGS[suffix])


def test_the_svg_holds_the_words_for_those_who_cannot_see_it(tmp_path):
    chart = make_chart()
    path = tmp_path / "chart.svg"
    export_chart(chart, path)
    assert "−1.4 weeks under “Spend $5 &amp; &lt;near&gt; home”" in path.read_text(encoding="utf-8")


def test_another_ending_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="saved as PNG, SVG or PDF"):
        export_chart(make_chart(), tmp_path / "chart.bmp")


def test_the_table_holds_the_figures_with_unit_and_interval(tmp_path):
    path = tmp_path / "chart.csv"
    export_table(make_chart(), path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["measure"] == "wait.mean"
    assert rows[0]["of"] == "Clinic"
    assert rows[0]["unit"] == "days"
    low, mean, high = (float(rows[0][name]) for name in ("low", "mean", "high"))
    assert mean == pytest.approx(80)
    assert low < mean < high
    assert b"\r\n" not in path.read_bytes()


def test_drawing_leaves_the_settings_of_others_alone(tmp_path):
    with mpl.rc_context({"font.size": 31, "svg.hashsalt": "mine"}):
        export_chart(make_chart(), tmp_path / "chart.svg")
        assert mpl.rcParams["font.size"] == 31
        assert mpl.rcParams["svg.hashsalt"] == "mine"
