"""The command that changes the program at random: what it changes, whom it asks, and what it makes of it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.matching import asked_for
from tests.mutation.reached import Reached
from tests.mutation.sample import GROUPS, drawn, outcomes, wilson
from tests.mutation.sites import changed, sites_of

ROOT = Path(__file__).resolve().parents[2]

SOURCE = '''"""A module that is described."""

LIMIT = 3


def seen(waits: list[float], most: float = 4.0) -> str:
    """Says how many were seen."""
    few = [each for each in waits if each <= most and not each < 0]
    if len(few) + 1 > LIMIT:
        return f"{len(few)} were seen"
    return "nobody"
'''

CHANGES = {
    "another number": ["LIMIT = (4)", "most: float = (5.0)", "each < (1)", "len(few) + (2)"],
    "another comparison": ["(each < most)", "(each <= 0)", "(len(few) + 1 >= LIMIT)"],
    "another operation": ["(len(few) - 1)"],
    "and for or": ["(each <= most or not each < 0)"],
    "a condition less": ["if (each <= most)]"],
    "no not": ["and (each < 0)]"],
    "another text": ["return (f'X{len(few)} were seen')", "return ('Xnobody')"],
    "nothing returned": ["return None", "return None"],
}


@pytest.fixture
def module(tmp_path: Path) -> Path:
    file = tmp_path / "seen.py"
    file.write_text(SOURCE, encoding="utf-8")
    return file


def test_every_small_change_is_made_where_it_can_be_and_nowhere_else(module: Path) -> None:
    sites = sites_of(module.parent, module)
    found: dict[str, list[str]] = {}
    for site in sites:
        after = changed(SOURCE, site)
        ast.parse(after)
        (line,) = set(after.splitlines()) - set(SOURCE.splitlines())
        found.setdefault(site.what, []).append(line)
    assert found.keys() == CHANGES.keys()
    for what, parts in CHANGES.items():
        assert len(found[what]) == len(parts), what
        for line, part in zip(found[what], parts, strict=True):
            assert part in line


def test_what_describes_is_left_alone(module: Path) -> None:
    for site in sites_of(module.parent, module):
        assert '"""Says how many were seen."""' in changed(SOURCE, site)


@pytest.mark.long
def test_the_sample_follows_from_its_seed_and_a_longer_one_begins_with_the_shorter() -> None:
    few, more = (drawn(ROOT, "shown", "abc", count) for count in (5, 20))
    assert more[:5] == few
    assert drawn(ROOT, "shown", "another", 5) != few
    assert len({site.path for site in more}) > 10
    for group, wings in GROUPS.items():
        folders = {site.path.split("/")[1] for site in drawn(ROOT, group, "abc", 100)}
        assert folders <= set(wings)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("pathway_modeller/scenario/network/links.py", "tests/scenario/network/test_links.py"),
        ("pathway_modeller/scenario/network/links.py", "tests/scenario/network"),
        ("pathway_modeller/cli/weighing.py", "tests/test_cli_readiness.py"),
        ("pathway_modeller/gui/readiness/panel.py", "tests/gui/test_readiness.py"),
        ("pathway_modeller/gui/canvas/routing.py", "tests/gui/canvas/test_routing.py"),
        ("pathway_modeller/report/charts/waits.py", "tests/report"),
    ],
)
def test_the_tests_of_the_folder_and_those_that_name_the_module_are_near(path: str, asked: str) -> None:
    assert any(
        each == asked or asked.startswith(f"{each}/") or each.startswith(f"{asked}/")
        for each in asked_for(ROOT, path)
    )


PROJECT = {
    "pathway_modeller/__init__.py": '"""A package."""',
    "pathway_modeller/scenario/__init__.py": '"""A wing."""',
    "pathway_modeller/scenario/seen.py": SOURCE,
    "tests/__init__.py": '"""Tests."""',
    "tests/scenario/test_seen.py": """
from pathway_modeller.scenario.seen import seen


def test_one_is_nobody():
    assert seen([1.0]) == "nobody"


def test_many_are_counted():
    assert seen([4.0, 4.5, 3.0, 2.0]) == "3 were seen"
""",
    "tests/test_other.py": """
from pathway_modeller.scenario import seen as module


def test_fails_without_any_change():
    assert module.seen([1.0]) == "many"


def test_what_is_less_than_nothing():
    assert module.seen([-1.0, 0.0, 0.0, 0.0]) == "3 were seen"
""",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three tests that pass and one that does not, and which of them come to which line."""
    root = tmp_path_factory.mktemp("project")
    for name, text in PROJECT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    for name, tests in (("near", "tests/scenario"), ("far", "tests/test_other.py")):
        command = [sys.executable, str(ROOT / "tests/mutation/noting.py"), str(root / name), tests]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        subprocess.run(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, check=True)
    return root


def test_tests_that_come_to_a_line_are_asked_the_near_ones_first(project: Path) -> None:
    reached = Reached(project, project, ())
    sites = sites_of(project, project / "pathway_modeller/scenario/seen.py")
    nobody = next(site for site in sites if "Xnobody" in changed(SOURCE, site))
    near, *_ = reached.rounds(nobody, 60)
    assert near[0] == "tests/scenario/test_seen.py::test_one_is_nobody"
    limit = next(site for site in sites if "LIMIT = (4)" in changed(SOURCE, site))
    near, far = reached.rounds(limit, 60)
    assert len(near) == 2
    assert far == ["tests/test_other.py::test_what_is_less_than_nothing"]


def test_a_file_of_tests_that_is_new_is_asked_whole(project: Path) -> None:
    sites = sites_of(project, project / "pathway_modeller/scenario/seen.py")
    reached = Reached(project, project, ("tests/scenario/test_seen.py",))
    assert ["tests/scenario/test_seen.py"] in reached.rounds(sites[0], 60)


@pytest.mark.long
def test_changes_are_noticed_by_the_tests_that_they_break(project: Path) -> None:
    sites = sites_of(project, project / "pathway_modeller/scenario/seen.py")
    made = {
        part: next(site for site in sites if part in changed(SOURCE, site))
        for part in ("not (each <= 0)", "Xnobody", "most: float = (5.0)", "each < (1)")
    }
    found = outcomes(project, list(made.values()), Reached(project, project, ()), 60)
    assert [each.noticed_by for each in found] == [
        "tests/test_other.py::test_what_is_less_than_nothing",
        "tests/scenario/test_seen.py::test_one_is_nobody",
        "tests/scenario/test_seen.py::test_many_are_counted",
        "tests/test_other.py::test_what_is_less_than_nothing",
    ]
    assert (project / "pathway_modeller/scenario/seen.py").read_text(encoding="utf-8") == SOURCE


def test_the_interval_is_wilson_s() -> None:
    low, high = wilson(138, 150)
    assert low == pytest.approx(0.8653, abs=5e-4)
    assert high == pytest.approx(0.9538, abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 5)[0] == pytest.approx(0.5655, abs=5e-4)
