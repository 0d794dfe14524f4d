"""Text that nobody can read: control characters and unseen marks, in files and as it is typed."""

from __future__ import annotations

import json

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.edits.every_edit import rename_element
from pathway_modeller.scenario.edits.ids import cleaned_name
from pathway_modeller.scenario.edits.values import set_value
from pathway_modeller.scenario.file.open_save import dump, parse
from pathway_modeller.scenario.problems import FileProblems
from pathway_modeller.scenario.values import make_readable, readable

FIRST_STEPS = shipped("scenarios") / "first-steps.json"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ward\x00 3", "Ward  3"),
        ("Ward\x1b[31m", "Ward [31m"),
        ("Ward\x0b\x1f\x7f\x85", "Ward    "),
        ("Wa\u200brd\ufeff", "Ward"),
        ("\u202eWard\u202c", "Ward"),
        ("\u2067Ward\u2069\ufffe\uffff", "Ward"),
        ("Ward \ud83d", "Ward "),
        ("Ward\r\n3\t4\u20285", "Ward 3 4 5"),
        ("क्षेत्र \u200d می\u200cخواهم", "क्षेत्र \u200d می\u200cخواهم"),
        ("A&E <b> £ 😀 −5", "A&E <b> £ 😀 −5"),
    ],
)
def test_what_nobody_can_read_is_left_out(text: str, kept: str) -> None:
    assert readable(text) == kept


def test_prose_keeps_its_line_breaks() -> None:
    document = {"name": "a\nb", "description": "a\r\nb\tc\x0c", "list": ["x\x01"], "n": 1}
    assert make_readable(document) == {"name": "a b", "description": "a\nb\tc ", "list": ["x "], "n": 1}


def with_name(name: str) -> str:
    """Returns the text of the first example, one of whose activities has another name."""
    document = json.loads(FIRST_STEPS.read_text(encoding="utf-8"))
    document["baseline"]["activities"]["gp_appointment"]["name"] = name
    return json.dumps(document)


def test_a_file_is_cleaned_when_it_is_read() -> None:
    scenario = parse(with_name("GP\x0b\x1b and\u202e nurse\ufffe"))
    assert scenario.baseline.activities["gp_appointment"].name == "GP   and nurse"
    assert "\\u" not in dump(scenario)


def test_a_name_of_which_nothing_is_seen_is_a_problem() -> None:
    with pytest.raises(FileProblems, match="name"):
        parse(with_name("\u200b\u202e"))


def test_what_is_typed_is_cleaned() -> None:
    pathway = parse(with_name("GP")).baseline
    renamed = rename_element(pathway, "gp_appointment", " GP\x07\u200b  and\nnurse ")
    assert renamed.activities["gp_appointment"].name == "GP and nurse"
    described = set_value(pathway, ("activities", "gp_appointment", "description"), "One\x00\ntwo\u202e")
    assert described.activities["gp_appointment"].description == "One \ntwo"
    for nothing in ("\u200b", "\x00\x01", "\u200d", "  "):
        with pytest.raises(ValueError, match="cannot be empty"):
            cleaned_name(nothing)
