"""A tag that is not declared where others are is warned of; plain words and tags without carrier are not."""

from __future__ import annotations

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from tests.scenario.living_scenario import living, living_document


def test_a_misspelt_tag_is_named_with_the_nearest_and_stops_nothing() -> None:
    document = living_document()
    document["baseline"]["activities"]["follow_up"]["tags"] = ["naer"]
    document["options"]["nearer"]["tags"] = ["something else"]
    found = {each.place: each for each in check(Scenario.model_validate(document))}
    activity = found["/baseline/activities/follow_up/tags/0"]
    assert (activity.severity, activity.mend) == ("warning", 'Did you mean "near"?')
    option = found["/options/nearer/tags/0"]
    assert option.where == 'Option "Nearer home" › tags › number 1'
    assert option.what == 'the tag "something else" is not declared'
    assert option.mend == "Declare it beside the others, or take it out"
    assert len(found) == 2


def test_where_none_are_declared_any_word_will_do() -> None:
    document = living_document()
    del document["baseline"]["tags"]
    assert check(Scenario.model_validate(document)) == check(living()) == ()
