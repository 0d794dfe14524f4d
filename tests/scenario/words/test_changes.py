"""What an option changes, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import apply_option, from_document, to_document
from pathway_modeller.scenario.words.changes import changes


def fixed(value: float, unit: str = "minutes") -> dict[str, Any]:
    return {"kind": "fixed", "unit": unit, "value": value}


BASE: dict[str, Any] = {
    "entry_points": {
        "in": {"name": "Referrals", "arrivals": {"kind": "random", "rate": {"value": 60, "unit": "per week"}}}
    },
    "activities": {
        "clinic": {
            "name": "Hospital clinic",
            "needs": {"consultant": 2},
            "service_time": fixed(20),
            "did_not_attend": {"share": {"by": "need_tier", "values": {"high": 0.1}, "otherwise": 0.05}},
            "provider": "trust",
        }
    },
    "waits": {"interval": {"name": "Interval", "time": fixed(12, "weeks")}},
    "exit_points": {"out": {"name": "Home", "setting": "home"}},
    "transitions": {
        "t1": {"from": "in", "to": "clinic"},
        "t2": {"from": "clinic", "to": "out", "share": 0.8},
        "t3": {"from": "clinic", "to": "interval", "share": 0.2},
    },
    "pools": {
        "consultant": {
            "name": "Consultant",
            "units": 3,
            "timetable": {"monday": [{"opens": "09:00", "closes": "17:00"}]},
        }
    },
    "need_tiers": {"high": {"name": "High need", "level": 2}, "low": {"name": "Low need", "level": 1}},
    "providers": {"trust": {"name": "Hospital trust"}, "gp": {"name": "GP federation"}},
}


def merged(base: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    made = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        made[key] = merged(made.get(key), value)
    return {key: value for key, value in made.items() if value is not None}


def texts(patch: dict[str, Any]) -> list[str]:
    """Returns the sentences for what a patch changes."""
    return [each.text for each in changes(from_document(BASE), from_document(merged(BASE, patch)))]


CLINIC = 'Activity "Hospital clinic"'
CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"activities": {"clinic": {"needs": {"consultant": 1}}}},
        f'{CLINIC}: needs of pool "Consultant" changed from 2 to 1',
    ),
    (
        {"activities": {"clinic": {"service_time": fixed(1, "hours")}}},
        f"{CLINIC}: service time changed from always 20 minutes to always 1 hour",
    ),
    ({"activities": {"clinic": {"room": 5}}}, f"{CLINIC}: room in the queue added: 5"),
    (
        {"activities": {"clinic": {"name": "Clinic"}}},
        f'{CLINIC}: name changed from "Hospital clinic" to "Clinic"',
    ),
    (
        {"activities": {"clinic": {"provider": "gp"}}},
        f'{CLINIC}: provider changed from "Hospital trust" to "GP federation"',
    ),
    (
        {"activities": {"clinic": {"setting": "community"}}},
        f"{CLINIC}: setting changed from hospital to community",
    ),
    (
        {"activities": {"clinic": {"did_not_attend": {"share": {"values": {"high": 0.2}}}}}},
        f'{CLINIC}: did not attend, share for need tier "High need" changed from 10% to 20%',
    ),
    ({"activities": {"clinic": {"did_not_attend": None}}}, f"{CLINIC}: did not attend taken out (it was by"),
    (
        {"transitions": {"t2": {"share": 0.9}}},
        'Arrow "Hospital clinic" → "Home": share changed from 80% to 90%',
    ),
    (
        {"transitions": {"t3": {"to": "out"}}},
        'Arrow "Hospital clinic" → "Interval": now leads to "Home" instead of "Interval"',
    ),
    (
        {"entry_points": {"in": {"arrivals": {"rate": {"value": 50}}}}},
        'Entry point "Referrals": arrivals, rate changed from 60 per week to 50 per week',
    ),
    (
        {"pools": {"consultant": {"timetable": {"tuesday": [{"opens": "09:00", "closes": "17:00"}]}}}},
        (
            'Capacity pool "Consultant": timetable changed from Monday 09:00 to 17:00 to '
            "Monday and Tuesday 09:00 to 17:00"
        ),
    ),
    ({"waits": {"interval": None}}, 'Wait "Interval" is removed'),
    (
        {"pools": {"nurse": {"name": "Nurse", "units": 4}}},
        'Capacity pool "Nurse" is added: units 4',
    ),
    (
        {"transitions": {"t4": {"from": "interval", "to": "clinic"}}},
        'Arrow "Interval" → "Hospital clinic" is added',
    ),
]


@pytest.mark.parametrize(("patch", "sentence"), CASES, ids=[each[1][:60] for each in CASES])
def test_each_change_is_a_sentence(patch: dict[str, Any], sentence: str) -> None:
    (text,) = texts(patch)
    assert text.startswith(sentence) if sentence.endswith("by") else text == sentence


def test_moving_a_box_is_no_change() -> None:
    assert texts({"activities": {"clinic": {"position": {"x": 5, "y": 6}}}}) == []


def test_changes_say_what_they_belong_to() -> None:
    patch = {
        "activities": {"clinic": {"room": 5}},
        "pools": {"consultant": {"units": 2}},
        "transitions": {"t2": {"share": 0.9}},
        "waits": {"interval": None},
    }
    found = changes(from_document(BASE), from_document(merged(BASE, patch)))
    assert [(each.element, each.pool, each.kind, each.map) for each in found] == [
        ("clinic", None, "changed", "activities"),
        ("interval", None, "removed", "waits"),
        ("t2", None, "changed", "transitions"),
        (None, "consultant", "changed", "pools"),
    ]


def test_nothing_changed_is_no_change() -> None:
    pathway = from_document(BASE)
    assert changes(pathway, pathway) == ()
    assert changes(pathway, from_document(to_document(pathway))) == ()


@pytest.mark.parametrize("file", sorted(shipped("scenarios").glob("*.json")), ids=lambda file: file.name)
def test_shipped_options_are_said_without_ids_or_braces(file: Path) -> None:
    scenario = load(file)
    for option in scenario.options:
        found = changes(scenario.baseline, apply_option(scenario, option))
        assert found
        for each in found:
            assert not set("{}[]=_") & set(each.text), each.text


def test_there_and_back_names_the_same_things() -> None:
    before, after = (
        from_document(BASE),
        from_document(merged(BASE, {"pools": {"consultant": {"units": None}}})),
    )
    assert [each.text for each in changes(before, after)] == [
        'Capacity pool "Consultant": units taken out (it was 3)'
    ]
    assert [each.text for each in changes(after, before)] == ['Capacity pool "Consultant": units added: 3']
    assert changes(Pathway(), before)[0].kind == "added"
