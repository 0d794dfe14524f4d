"""Shares of the fifths of deprivation: what is read, and what is wrong with them in words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import parse
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.scenario.problems import FileProblems
from tests.scenario.living_scenario import living_document


def scenario(north: Any, south: Any = 5) -> Scenario:
    document = living_document()
    for key, given in (("north", north), ("south", south)):
        document["baseline"]["footprints"][key]["imd"] = given
    return Scenario.model_validate_json(json.dumps(document))


def test_one_number_stands_for_all_of_a_fifth() -> None:
    read = Footprint.model_validate_json('{"name": "Leigh", "imd": 1}', strict=True)
    assert read.imd == (1, 0, 0, 0, 0)
    assert Footprint.model_validate_json(read.model_dump_json(), strict=True) == read
    assert check(scenario(1)) == ()


@pytest.mark.parametrize("given", [0, 6])
def test_a_number_that_is_no_fifth_is_refused_in_words(given: int) -> None:
    document = living_document()
    document["baseline"]["footprints"]["north"]["imd"] = given
    with pytest.raises(FileProblems) as refused:
        parse(json.dumps(document))
    (problem,) = refused.value.problems
    assert problem.place == "/baseline/footprints/north/imd"
    assert problem.what == f"{given} is no fifth of deprivation"
    assert problem.mend == "Give 1 (the most deprived) to 5, or five shares"


@pytest.mark.parametrize(
    ("north", "south", "severity", "place", "what"),
    [
        ([0.5, 0.5], 5, "error", "/north/imd", "it has 2 shares, and there are five fifths of deprivation"),
        ([0.5, 0, 0, 0, 0.4], 1, "error", "/north/imd", "the shares sum to 0.9, not 1"),
        (1, 2, "warning", "/north/imd", "nobody lives in the least deprived fifth"),
        ([0, 0.5, 0.5, 0, 0], 5, "warning", "/north/imd", "nobody lives in the most deprived fifth"),
        ([0.5, 0, 0, 0, 0.5], None, "warning", "/south", 'people of "South" are left out of the gap'),
    ],
)
def test_what_is_wrong_is_said_once(north: Any, south: Any, severity: str, place: str, what: str) -> None:
    (problem,) = check(scenario(north, south))
    assert problem.severity == severity
    assert problem.place == f"/baseline/footprints{place}"
    assert what in problem.what
