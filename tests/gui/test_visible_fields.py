"""What is rarely used does not lengthen the form that everybody meets: fields of new elements, as opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.form import FieldRow
from tests.gui.task_person import Commissioner

MOST = {"activities": 25, "entry_points": 6, "exit_points": 5, "pools": 15, "scenario": 18}
"""Fields seen when a new element is opened. A field more belongs under *More*."""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Commissioner:
    return Commissioner(qtbot, tmp_path)


def seen(person: Commissioner) -> list[str]:
    """The keys of the fields of the form on show that are not folded away."""
    rows = person.window.inspector.findChildren(FieldRow)
    return [row.spec.key for row in rows if row.isVisible()]


def test_a_new_element_shows_no_more_fields_than_it_needs(qtbot: QtBot, person: Commissioner) -> None:
    found = dict[str, list[str]]()
    for place, (kind, lane, name) in enumerate(
        (
            ("activities", "hospital", "Visit"),
            ("entry_points", "home", "Door"),
            ("exit_points", "home", "End"),
        )
    ):
        person.place(kind, lane, 150 + 200 * place, name)
        person.click(name.lower())
        found[kind] = seen(person)
    person.new_pool("Nurse", "1")
    found["pools"] = seen(person)
    person.show_scenario()
    found["scenario"] = seen(person)
    assert {kind: len(fields) for kind, fields in found.items() if len(fields) > MOST[kind]} == {}, found
