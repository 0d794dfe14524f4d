"""What every bundled scenario says, kept beside this file: a change of the model is a readable difference.

Accept new figures with ``pytest tests/test_snapshots.py --regen-all``, read ``git diff``, and say in the
commit why they changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from pathway_modeller.cli.document import results_text
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.paths import shipped
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE

REPLICATIONS = 3
DIVIDED_BY = {"element": "", "pool": "pool ", "need_tier": "tier "}
"""A figure is kept if it divides by nothing, or by one of these; what divides by place alone is left out."""
NOTHING = 5e-10
"""What is smaller than this is written as 0: the order of an addition may leave it behind."""


def _together(path: Path) -> pytest.MarkDecorator:
    """Has tests of one scenario passed by one process, which runs it once."""
    return pytest.mark.xdist_group(f"snapshot of {path.stem}")


PATHS = sorted(shipped("scenarios").glob("*.json"))


@pytest.fixture(
    scope="module", params=[pytest.param(path, id=path.stem, marks=_together(path)) for path in PATHS]
)
def findings(request: pytest.FixtureRequest) -> Findings:
    """What a bundled scenario answers."""
    scenario = load(request.param)
    settings = scenario.run.model_copy(update={"replications": REPLICATIONS})
    return Findings(run_experiment(scenario, [BASELINE, *sorted(scenario.options)], settings), scenario)


def test_a_bundled_scenario_says_what_it_said(
    findings: Findings, file_regression: FileRegressionFixture, request: pytest.FixtureRequest
) -> None:
    results = findings.results
    rows = json.loads(results_text(findings))["measures"]
    text = "\n".join([*lines(rows, results.variants), ""])
    name = request.node.callspec.id
    file_regression.check(text, basename=name, extension=".txt", encoding="utf-8", newline="\n")


def test_no_headline_of_a_bundled_scenario_is_longer_than_it_may_be_or_counts_options(
    findings: Findings,
) -> None:
    charts = [kind.build(findings) for kind in CHARTS]
    # What cannot be drawn says at length what is missing, and is not exported.
    said = [chart.headline for chart in charts if not chart.table.empty]
    if findings.options:
        said.append(first_page(findings).headline)
    assert said
    for headline in said:
        assert len(headline) <= LONGEST, headline
        assert not re.search(r"\d options", headline), headline


def lines(rows: list[dict[str, Any]], variants: Sequence[str]) -> Iterator[str]:
    """Returns a line for each figure, with every variant's mean, in the order of the results."""
    wide = max(16, *(len(each) + 2 for each in variants))
    yield f"Means of {REPLICATIONS} replications".ljust(82) + "".join(f"{each:>{wide}}" for each in variants)
    means: dict[str, dict[str, dict[str, str]]] = {}
    for row in filter(one_way, rows):
        measure = means.setdefault(f"{row['measure']} ({row['unit']})", {})
        measure.setdefault(whose(row), {})[row["variant"]] = figure(row["mean"])
    for measure, figures in means.items():
        yield ""
        for name, of in figures.items():
            yield f"{measure:48}{name:34}" + "".join(f"{of.get(each, ''):>{wide}}" for each in variants)


def one_way(row: dict[str, Any]) -> bool:
    """Whether a figure divides by nothing, or by one of :data:`DIVIDED_BY`."""
    return not row["footprint"] and not row["setting"] and sum(bool(row[each]) for each in DIVIDED_BY) <= 1


def whose(row: dict[str, Any]) -> str:
    """Returns whose figure it is: everybody's, an element's, a pool's, a tier's."""
    return next((f"{said}{row[each]}" for each, said in DIVIDED_BY.items() if row[each]), "all")


def figure(mean: float | None) -> str:
    """Returns a figure to nine significant digits; a dash where there is none."""
    if mean is None:
        return "–"
    return "0" if abs(mean) < NOTHING else f"{mean:.9g}"
