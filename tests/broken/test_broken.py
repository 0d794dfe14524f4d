"""Each broken file names all its problems at once, with place and mend, quickly and without a traceback."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.problems import FileProblems, Problem, errors

HERE = Path(__file__).parent
EXPECTED: dict[str, list[dict[str, str]]] = json.loads((HERE / "expected.json").read_text("utf-8"))


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Returns what opening and checking a file reports."""
    try:
        return check(load(path))
    except FileProblems as found:
        return found.problems


def fits(problem: Problem, wanted: dict[str, str]) -> bool:
    return (
        problem.place == wanted["place"]
        and wanted["says"] in problem.what
        and wanted["mend"] in problem.mend
        and bool(wanted["says"] and wanted["mend"])
    )


def test_every_file_is_in_the_table() -> None:
    files = {each.name for each in HERE.iterdir() if each.suffix == ".json"} - {"expected.json"}
    assert files == EXPECTED.keys()
    assert len(files) >= 45


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_all_problems_are_named(name: str) -> None:
    before = time.process_time()
    found = list(problems_of(HERE / name))
    assert time.process_time() - before < 2
    assert errors(found)
    for wanted in EXPECTED[name]:
        match = next((each for each in found if fits(each, wanted)), None)
        assert match is not None, (wanted, [str(each) for each in found])
        found.remove(match)
    assert not found, [str(each) for each in found]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_problems_are_plain_sentences(name: str) -> None:
    for problem in problems_of(HERE / name):
        line = str(problem)
        assert "\n" not in line
        assert "Input should" not in line
        assert "Traceback" not in line
        assert "pydantic" not in line.lower()
        assert problem.where
        assert not problem.what.endswith(".")
        assert not problem.mend.endswith(".")
        assert problem.mend[0].isupper()


@pytest.mark.parametrize(
    ("opening", "closing", "size", "phrase"),
    [
        ("[", "]", 50_000_000, "MB long, and scenarios of more than 20 MB are not opened"),
        ('{"a":', "", 50_000_000, "MB long, and scenarios of more than 20 MB are not opened"),
        ("[", "]", 19_000_000, "nested more than 64 levels deep"),
        ('{"a":', "", 19_000_000, "nested more than 64 levels deep"),
    ],
)
def test_megabytes_of_nesting(tmp_path: Path, opening: str, closing: str, size: int, phrase: str) -> None:
    half = size // (len(opening) + len(closing))
    file = tmp_path / "nested.json"
    file.write_text(opening * half + closing * half, encoding="utf-8")
    before = time.process_time()
    (problem,) = problems_of(file)
    assert time.process_time() - before < 2
    assert phrase in problem.what
    assert problem.mend
