"""Options as merge patches: only what a patch touches is read again."""

from __future__ import annotations

import json

import json_merge_patch
from hypothesis import given, settings

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.options import (
    apply_option,
    from_document,
    patch_between,
    patched,
    to_document,
)
from tests.scenario.generated import pathways
from tests.scenario.large_scenario import large_scenario


@settings(max_examples=60, deadline=None)
@given(pathways(), pathways())
def test_a_patch_is_that_of_the_whole_documents(before: Pathway, after: Pathway) -> None:
    whole = json_merge_patch.create_patch(to_document(before), to_document(after))
    patch = patch_between(before, after)
    assert patch == whole
    again = json.loads(json.dumps(patch))
    assert (
        patched(before, patch) == from_document(json_merge_patch.merge(to_document(before), again)) == after
    )


def test_records_that_an_option_leaves_alone_are_the_very_same() -> None:
    scenario = large_scenario(2, 6)
    baseline, option = scenario.baseline, apply_option(scenario, "nearer")
    touched = {key for key, each in option.activities.items() if each is not baseline.activities[key]}
    assert touched == {"act_0_1"}
    assert option.pools is baseline.pools
    assert list(option.activities) == list(baseline.activities)
