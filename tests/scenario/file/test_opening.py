"""Opening a file: all or nothing, in plain words, whatever stands in it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic_core import core_schema

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.file.field_problems import Fault, sentence
from pathway_modeller.scenario.file.migrations import migrate
from pathway_modeller.scenario.file.open_save import dump, load, parse
from pathway_modeller.scenario.file.reading import MOST_NAMED
from pathway_modeller.scenario.problems import FileProblems, Problem, pointer, steps_of
from pathway_modeller.scenario.words.structure import true_steps

SMALL: dict[str, Any] = {
    "format": 1,
    "name": "Small",
    "baseline": {
        "entry_points": {"in": {"name": "In"}},
        "activities": {"clinic": {"name": "Clinic", "needs": {"plain": 1}}},
        "transitions": {
            "t": {"from": "in", "to": "clinic", "share": {"by": "need_tier", "values": {}, "otherwise": 1}}
        },
        "pools": {"plain": {"name": "Plain", "units": 2}},
    },
    "run": {"start_date": "2026-04-01", "duration": {"value": 1, "unit": "years"}},
}


def problems(document: object) -> tuple[Problem, ...]:
    with pytest.raises(FileProblems) as caught:
        parse(json.dumps(document))
    return caught.value.problems


def changed(place: str, value: object) -> dict[str, Any]:
    document = copy.deepcopy(SMALL)
    *steps, last = steps_of(place)
    here: Any = document
    for step in steps:
        here = here.setdefault(step, {})
    here[last] = value
    return document


def test_a_sound_file_opens() -> None:
    scenario = parse(json.dumps(SMALL))
    assert isinstance(scenario, Scenario)
    assert scenario.baseline.pools["plain"].units == 2


@pytest.mark.parametrize("file", sorted(shipped("scenarios").glob("*.json")), ids=lambda file: file.name)
def test_a_shipped_file_is_written_as_it_was_read(file: Path) -> None:
    assert dump(load(file)).encode() == file.read_bytes()


def test_a_byte_order_mark_is_no_problem() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps(SMALL).encode()) == parse(json.dumps(SMALL))


@pytest.mark.parametrize("value", ["5", True, None, [5], {"value": 5}])
def test_only_a_number_is_a_number(value: object) -> None:
    (problem,) = problems(changed("/run/duration/value", value))
    assert problem.place == "/run/duration/value"
    assert "a number was expected" in problem.what


@pytest.mark.parametrize(("key", "nearest"), [("origin", "from"), ("target", "to")])
def test_names_used_within_the_program_are_not_keys_of_the_file(key: str, nearest: str) -> None:
    document = changed(f"/baseline/transitions/t/{key}", "in")
    assert [each.place for each in problems(document)] == [f"/baseline/transitions/t/{key}"]
    document["baseline"]["transitions"]["t"].pop(nearest)
    assert {each.place for each in problems(document)} == {
        f"/baseline/transitions/t/{key}",
        f"/baseline/transitions/t/{nearest}",
    }


def test_places_hold_no_tags_of_unions_but_keys_that_look_like_them() -> None:
    document = changed(
        "/baseline/transitions/t/share", {"by": "x", "values": {"plain": 2, "by group": 3}, "otherwise": 4}
    )
    document["baseline"]["entry_points"]["in"]["arrivals"] = {
        "kind": "random",
        "rate": {"value": -1, "unit": "per day"},
        "need_tiers": {"random": 2},
    }
    assert {each.place for each in problems(document)} == {
        "/baseline/transitions/t/share/values/plain",
        "/baseline/transitions/t/share/values/by group",
        "/baseline/transitions/t/share/otherwise",
        "/baseline/entry_points/in/arrivals/rate/value",
        "/baseline/entry_points/in/arrivals/need_tiers/random",
    }


def test_true_steps_of_a_map_of_varied_maps() -> None:
    location = ("entry_points", "in", "attributes", "plain", "plain", "by group")
    assert true_steps(Pathway, location) == ("entry_points", "in", "attributes", "plain", "by group")


def test_slashes_and_tildes_are_written_as_json_pointers_want_them() -> None:
    (problem,) = problems(changed("/baseline/activities/clinic/needs", {"a/b~c": 0}))
    assert problem.place == "/baseline/activities/clinic/needs/a~1b~0c"
    assert steps_of(problem.place)[-1] == "a/b~c"
    assert pointer("a/b", "~", 0) == "/a~1b/~0/0"


def test_a_problem_knows_its_element_variant_and_names() -> None:
    document = changed(
        "/options", {"o": {"name": "Fewer", "patch": {"activities": {"clinic": {"room": -1}}}}}
    )
    document["baseline"]["pools"]["plain"]["units"] = -1
    first, second = problems(document)
    assert (first.element, first.variant, first.where) == (
        "plain",
        "baseline",
        'Capacity pool "Plain" › units',
    )
    assert (second.element, second.variant) == ("clinic", "o")
    assert second.where == 'Option "Fewer" › Activity "Clinic" › room in the queue'


def test_a_problem_of_the_baseline_is_not_repeated_for_each_option() -> None:
    document = changed(
        "/options", {each: {"name": each, "patch": {"pools": {"x": {"name": "X"}}}} for each in "abc"}
    )
    document["baseline"]["pools"]["plain"]["units"] = -1
    assert [each.place for each in problems(document)] == ["/baseline/pools/plain/units"]


def test_an_option_that_makes_the_same_mistake_itself_is_named() -> None:
    document = changed("/options", {"o": {"name": "O", "patch": {"pools": {"plain": {"units": -2}}}}})
    document["baseline"]["pools"]["plain"]["units"] = -1
    assert [each.place for each in problems(document)] == [
        "/baseline/pools/plain/units",
        "/options/o/patch/pools/plain/units",
    ]


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_kind_of_error_has_a_plain_sentence(kind: str) -> None:
    what, mend = sentence(Fault(kind, ("baseline", "pools", "x"), "value", {}, Pathway))
    assert what
    assert mend
    assert "Input should" not in what + mend
    assert "should be" not in what + mend


def test_a_file_with_thousands_of_problems_says_so() -> None:
    found = problems(changed("/baseline/activities", {f"a{each}": {} for each in range(2000)}))
    assert len(found) == MOST_NAMED + 1
    assert "more problems" in found[-1].what


def test_of_very_many_problems_the_first_are_the_same_as_of_fewer() -> None:
    """The file is looked at in part then: what is named keeps its place, also where few members are wrong."""
    few, many = (
        problems(changed("/baseline/activities", {f"a{each}": {} for each in range(number)}))
        for number in (600, 20_000)
    )
    assert few[:MOST_NAMED] == many[:MOST_NAMED]
    wrong = {
        f"p{each}": {"name": "P", "units": 1, **({"x": 1} if each > 900 else {})} for each in range(9000)
    }
    assert problems(changed("/baseline/pools", wrong))[0].place == "/baseline/pools/p901/x"


def with_rest(rest: str) -> str:
    """A file with more in it."""
    return json.dumps(SMALL)[:-1] + ", " + rest + "}"


@pytest.mark.parametrize(
    "text",
    [
        with_rest('"x": [' + ", ".join(["NaN"] * 100_000) + "]"),
        with_rest('"x": [' + ", ".join([r'"\ud800"'] * 100_000) + "]"),
        with_rest('"x": {' + ", ".join(f'"k{each // 2}": 1' for each in range(100_000)) + "}"),
        with_rest(", ".join(f'"k{each}' + "k" * 10_000 + '": 1' for each in range(100))),
        with_rest('"' + "k" * 4_000_000 + '": 1'),
        with_rest('"' + "k" * 4_000_000 + '": NaN'),
        json.dumps({**SMALL, "options": {f"o{each}": {"patch": {"pools": 5}} for each in range(40_000)}}),
        json.dumps({**SMALL, "baseline": {"pools": {f"p{each}": {} for each in range(100_000)}}}),
    ],
    ids=["NaN", "surrogates", "twice", "long-keys", "a-key-of-4-MB", "under-it", "options", "pools"],
)
def test_a_broken_file_of_megabytes_has_a_report_that_can_be_read(text: str) -> None:
    with pytest.raises(FileProblems) as caught:
        parse(text)
    report = str(caught.value)
    assert len(report) < 500_000
    assert max(map(len, report.splitlines())) < 2_000
    assert len(caught.value.problems) <= MOST_NAMED + 1


def test_the_first_of_many_faults_is_named_first() -> None:
    with pytest.raises(FileProblems) as caught:
        parse(with_rest('"x": [' + ", ".join(["NaN"] * 1000) + "]"))
    assert caught.value.problems[0].place == "/x/0"
    assert "more problems" in caught.value.problems[-1].what


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, phrase in ((tmp_path / "none.json", "there is no file"), (tmp_path, "is a folder")):
        with pytest.raises(FileProblems, match=phrase):
            load(path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileProblems, match="may not be read"):
        load(tmp_path / "secret.json")


def test_a_disk_that_fails_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(FileProblems, match="cannot be read"):
        load(tmp_path / "x.json")


def test_an_older_format_is_brought_to_the_present_one_step_by_step() -> None:
    def rename_nodes(document: dict[str, Any]) -> dict[str, Any]:
        baseline = document.pop("model")
        baseline["activities"] = baseline.pop("nodes")
        return {**document, "baseline": baseline}

    def add_run(document: dict[str, Any]) -> dict[str, Any]:
        days = document.pop("days")
        return {**document, "run": {"days": days}}

    old = {"format": 1, "model": {"nodes": {"a": 1}}, "days": 7}
    new = migrate(old, {1: rename_nodes, 2: add_run}, newest=3)
    assert new == {"format": 3, "baseline": {"activities": {"a": 1}}, "run": {"days": 7}}
    assert old == {"format": 1, "model": {"nodes": {"a": 1}}, "days": 7}


@pytest.mark.parametrize("number", [2, 10**30])
def test_a_newer_format_is_refused_alone(number: int) -> None:
    (problem,) = problems({**SMALL, "format": number, "surprise": True})
    assert "newer version" in problem.what


@pytest.mark.parametrize("number", [0, -1, 1.5, True, "1", None])
def test_what_is_no_format_number(number: object) -> None:
    (problem,) = problems({**SMALL, "format": number})
    assert "not a whole number" in problem.what
