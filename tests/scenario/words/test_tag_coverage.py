"""Which tags an option touches: by itself, by what it adds, changes, leads to, displaces or pays."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.words.changes import option_changes
from pathway_modeller.scenario.words.tag_coverage import How, coverage_words, tag_coverage
from tests.scenario.living_scenario import fixed, living, living_document


def only(**option: Any) -> Scenario:
    """The living scenario, in which matrons and follow-up have a tag, with an option that does one thing."""
    document = living_document()
    document["baseline"]["activities"]["matron"]["tags"] = ["early"]
    document["options"] = {"one": {"name": "One", **option}}
    return Scenario.model_validate(document)


def touched(scenario: Scenario) -> dict[str, list[tuple[str, How]]]:
    """What touches each tag, by id, and how."""
    return {each.tag: [(by.id, by.how) for by in each.by] for each in tag_coverage(scenario, "one")}


CASES: list[tuple[dict[str, Any], dict[str, list[tuple[str, str]]]]] = [
    ({}, {}),
    ({"tags": ["young"]}, {"young": [("one", "carried")]}),
    ({"patch": {"activities": {"follow_up": {"room": 5}}}}, {"near": [("follow_up", "changed")]}),
    ({"patch": {"activities": {"follow_up": {"tags": None}}}}, {"near": [("follow_up", "changed")]}),
    ({"patch": {"pools": {"matrons": None}}}, {"early": [("matrons", "removed")]}),
    ({"patch": {"transitions": {"out": {"to": "advised"}}}}, {"near": [("follow_up", "arrows")]}),
    ({"patch": {"transitions": {"off_caseload": None}}}, {"early": [("matron", "arrows")]}),
    (
        {"displacements": {"d": {"name": "D", "activity": "follow_up", "to": {"matron": {"share": 1}}}}},
        {"near": [("follow_up", "contacts")], "early": [("matron", "contacts")]},
    ),
]


@pytest.mark.parametrize(("option", "found"), CASES)
def test_an_option_touches_a_tag_by_what_it_does_with_its_carriers(
    option: dict[str, Any], found: dict[str, list[tuple[str, str]]]
) -> None:
    everything = touched(only(**option))
    assert list(everything) == ["early", "near", "young"]
    assert {tag: by for tag, by in everything.items() if by} == found


def test_what_is_added_with_a_tag_of_its_own_touches_it_and_a_plain_word_needs_no_declaration() -> None:
    document = living_document()
    del document["baseline"]["tags"]
    activity = {"name": "Review", "service_time": fixed(1, "hours"), "tags": ["own words"]}
    document["options"] = {"one": {"name": "One", "patch": {"activities": {"review": activity}}}}
    found = touched(Scenario.model_validate(document))
    assert found == {"early": [], "near": [], "own words": [("review", "added")]}


def test_money_shifted_touches_and_the_words_say_what_is_left_out() -> None:
    found = tag_coverage(living(), "nearer")
    assert {by.how for by in found[0].by} == {"money"}
    assert coverage_words(found) == (
        'Touches Found early (by "Matrons"); Near home (by the option itself and "Hospital follow-up"). '
        "Does not touch A good start."
    )


def test_a_scenario_without_tags_says_nothing() -> None:
    document = living_document()
    del document["baseline"]["tags"], document["options"]["nearer"]["tags"]
    del (
        document["baseline"]["activities"]["follow_up"]["tags"],
        document["baseline"]["pools"]["matrons"]["tags"],
    )
    assert tag_coverage(Scenario.model_validate(document), "nearer") == ()
    assert coverage_words(()) == ""


def test_a_tag_that_an_option_puts_on_is_said_by_its_name() -> None:
    scenario = only(patch={"pools": {"beds": {"tags": ["near", "young"]}}})
    assert [each.text for each in option_changes(scenario, "one")] == [
        'Capacity pool "Beds": tags added: "Near home" and "A good start"'
    ]
