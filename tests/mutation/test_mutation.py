"""The command that changes the program at random: what it changes, whom it asks, and what it makes of it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation.matching import asked_for
from tests.mutation.sample import GROUPS, drawn, wilson
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
        ("pathway_modeller/scenario/network/links.py", "tests/claims"),
        ("pathway_modeller/cli/weighing.py", "tests/test_cli_readiness.py"),
        ("pathway_modeller/gui/readiness/panel.py", "tests/gui/test_readiness.py"),
        ("pathway_modeller/gui/canvas/routing.py", "tests/gui/canvas/test_routing.py"),
        ("pathway_modeller/report/charts/waits.py", "tests/report"),
    ],
)
def test_the_tests_of_the_folder_and_those_that_name_the_module_are_asked(path: str, asked: str) -> None:
    assert any(
        each == asked or asked.startswith(f"{each}/") or each.startswith(f"{asked}/")
        for each in asked_for(ROOT, path)
    )


def test_the_interval_is_wilson_s() -> None:
    low, high = wilson(138, 150)
    assert low == pytest.approx(0.8653, abs=5e-4)
    assert high == pytest.approx(0.9538, abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 5)[0] == pytest.approx(0.5655, abs=5e-4)
