"""Every case with a known answer, within 4 standard errors; one test for each case."""

from __future__ import annotations

import pytest

from tests.verification.closed_form import (
    HEADER,
    LONG,
    MAKERS,
    NOT_EXPRESSIBLE,
    NOT_SIMULATED,
    cases,
    line,
    run_case,
)
from tests.verification.comparison import compare


def _failures(identifier: str, times: int) -> str:
    failed = [line(row) for row in run_case(identifier, times) if row.result == "FAIL"]
    return "\n".join([HEADER, *failed]) if failed else ""


@pytest.mark.parametrize("identifier", MAKERS)
def test_simulation_agrees_with_the_exact_answer(identifier: str) -> None:
    failed = _failures(identifier, 1)
    assert not failed, failed


@pytest.mark.minutes
@pytest.mark.parametrize("identifier", MAKERS)
def test_simulation_agrees_with_the_exact_answer_at_ten_times_the_length(identifier: str) -> None:
    failed = _failures(identifier, LONG)
    assert not failed, failed


def test_every_case_of_the_file_is_run_or_named_with_a_reason() -> None:
    assert set(MAKERS) | set(NOT_EXPRESSIBLE) == set(cases())
    for identifier, figures in NOT_SIMULATED.items():
        assert set(figures) <= set(cases()[identifier]["expected"])


def test_every_figure_of_a_case_is_compared() -> None:
    figures = {
        identifier: {quantity for made in MAKERS[identifier](case) for quantity in made.exact}
        for identifier, case in cases().items()
        if identifier in MAKERS
    }
    for identifier, compared in figures.items():
        words = " ".join(sorted(compared))
        for name in cases()[identifier]["expected"]:
            stem = name.split("_by_hour")[0].split("_occupancy_at")[0]
            assert stem in words or name in NOT_SIMULATED.get(identifier, {}), f"{identifier}: {name}"


def test_comparison_tells_a_wrong_figure_from_a_right_one() -> None:
    found = [(10.0 + noise, 10.0) for noise in (-0.1, 0.2, 0.0, -0.2, 0.1) * 8]
    assert compare("case", "Wq", 1.0, found).result == "pass"
    assert compare("case", "Wq", 1.02, found).result == "FAIL"
    assert compare("case", "Wq", 1.0, [(1.0, 1.0)]).result == "pass"
    assert compare("case", "Wq", 1.0, [(1.001, 1.0)]).result == "FAIL"
