"""Properties of every scenario: written and read back it is the same, and an option is what was drawn."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.file.open_save import dump, parse
from pathway_modeller.scenario.options import apply_option, patch_between
from pathway_modeller.scenario.problems import FileProblems, steps_of
from pathway_modeller.scenario.words.changes import changes, option_changes
from tests.scenario.generated import decided, pathways, scenarios

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def with_option(scenario: Scenario, drawn: Pathway, held: dict[str, Any] | None = None) -> Scenario:
    option = Option(name="O", patch=patch_between(scenario.baseline, drawn), **(held or {}))
    return scenario.model_copy(update={"options": {"o": option}})


@SLOW
@given(scenario=scenarios(), drawn=pathways(), held=decided())
def test_what_is_written_is_read_back_and_written_the_same(
    scenario: Scenario, drawn: Pathway, held: dict[str, Any]
) -> None:
    whole = with_option(scenario, drawn, held)
    text = dump(whole)
    again = parse(text)
    assert again == whole
    assert dump(again) == text


@SLOW
@given(scenario=scenarios(), drawn=pathways())
def test_an_option_is_what_was_drawn(scenario: Scenario, drawn: Pathway) -> None:
    assert apply_option(with_option(scenario, drawn), "o") == drawn
    assert apply_option(parse(dump(with_option(scenario, drawn))), "o") == drawn


@settings(SLOW, max_examples=10)
@given(scenario=scenarios(), drawn=pathways(), held=decided())
def test_whatever_can_be_read_can_be_checked_and_compared(
    scenario: Scenario, drawn: Pathway, held: dict[str, Any]
) -> None:
    whole = with_option(scenario, drawn, held)
    said = option_changes(whole, "o")
    assert len(said) >= len(held["shifts"]) + len(held["displacements"])
    for problem in check(whole):
        assert problem.what
        assert problem.mend
        steps_of(problem.place)
    assert (changes(scenario.baseline, drawn) == ()) <= (
        _without_places(scenario.baseline) == _without_places(drawn)
    )


def _without_places(pathway: Pathway) -> str:
    """Returns a pathway as text, positions left out."""
    document = json.loads(pathway.model_dump_json())

    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {key: strip(each) for key, each in value.items() if key != "position"}
        return [strip(each) for each in value] if isinstance(value, list) else value

    return json.dumps(strip(document), sort_keys=True).replace("-0.0", "0.0")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
SPOILT = st.sampled_from(
    [
        "baseline",
        "run",
        "options",
        "name",
        "format",
        "baseline/activities",
        "baseline/pools",
        "options/o/patch",
    ]
)


@settings(SLOW, max_examples=40)
@given(place=SPOILT, value=JSON, scenario=scenarios())
def test_anything_in_place_of_anything_is_opened_or_refused_in_words(
    place: str, value: object, scenario: Scenario
) -> None:
    document = json.loads(dump(with_option(scenario, scenario.baseline)))
    here = document
    *steps, last = place.split("/")
    for step in steps:
        here = here.setdefault(step, {})
    here[last] = value
    try:
        check(parse(json.dumps(document)))
    except FileProblems as found:
        for problem in found.problems:
            assert "Input should" not in str(problem)
            assert problem.mend


@settings(SLOW, max_examples=200)
@given(data=st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes | str) -> None:
    with pytest.raises(FileProblems) as caught:
        parse(data)
    assert caught.value.problems
