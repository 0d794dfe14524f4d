"""Names that stand twice: warned of, and told apart where they stand beside each other."""

from __future__ import annotations

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.edits.every_edit import rename_element
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.words.same_names import alike, seen_as, told_apart
from tests.gui.window_scenarios import small_scenario


def twice() -> Scenario:
    """Two activities and two options of one name, and a third activity of that name in an option."""
    scenario = small_scenario()
    baseline = rename_element(scenario.baseline, "review", "clinic ")
    patch = {"exit_points": {"home": {"name": "Clinic"}}}
    options = {"one": Option(name="More", short_name="M", patch=patch), "two": Option(name="More")}
    return scenario.model_copy(update={"baseline": baseline, "options": options})


def test_what_looks_the_same_is_the_same() -> None:
    assert seen_as(" A&E\u200d  Ward") == seen_as("a&e ward")
    assert seen_as("Ｗard ﬁve") == seen_as("ward five")
    assert alike({"a": "X", "b": "x ", "c": "Y"}) == {"a": ("a", "b"), "b": ("a", "b")}


def test_the_check_warns_once_of_each_name_that_stands_twice() -> None:
    said = [each for each in check(twice()) if "same name" in each.what]
    assert [(each.severity, each.place) for each in said] == [
        ("warning", "/baseline/activities/clinic/name"),
        ("warning", "/options/one/patch/activities/clinic/name"),
        ("warning", "/options/one/name"),
    ]
    assert 'id "review"' in said[0].what
    assert said[0].where.startswith('Activity "Clinic"')


def test_they_are_told_apart_by_their_ids() -> None:
    apart = told_apart(twice())
    assert [each.name for each in apart.baseline.activities.values()] == [
        "Clinic (clinic)",
        "clinic (review)",
    ]
    assert [each.name for each in apart.options.values()] == ["More (one)", "More (two)"]
    assert apart.options["one"].short_name == "", "two short names may be alike, too"
    assert apply_option(apart, "one").exit_points["home"].name == "Clinic (home)"
    assert apply_option(apart, "two").exit_points["home"].name == "Home"


def test_a_scenario_without_such_names_is_the_same_one() -> None:
    scenario = small_scenario()
    assert told_apart(scenario) is scenario
    apart = told_apart(twice())
    assert told_apart(apart) is apart
