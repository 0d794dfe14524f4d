"""What the baseline has is said beside a field that an option changes, for every kind of field."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.baseline_note import baseline_words
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.kinds import Json, fields_of
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.edits.every_edit import add_option, set_value
from pathway_modeller.scenario.elements import Activity, DidNotAttend, EntryPoint, Transition
from pathway_modeller.scenario.people import Payer, Standard
from pathway_modeller.scenario.values import Record
from tests.gui.window_person import type_over
from tests.gui.window_scenarios import small_scenario

FOUR_HOURS = {"value": 4, "unit": "hours"}
ONE_DAY = {"value": 1, "unit": "days"}


@pytest.mark.parametrize(
    ("record", "field", "base", "shown", "words"),
    [
        (Pool, "units", 6, 5, "Baseline: 6"),
        (Pool, "units", None, 5, "Baseline: not set"),
        (Pool, "closed_on_bank_holidays", True, False, "Baseline: yes"),
        (Pool, "closed_on_bank_holidays", False, True, "Baseline: no"),
        (Pool, "setting", "primary care", "home", "Baseline: Primary care"),
        (Pool, "notice", FOUR_HOURS, ONE_DAY, "Baseline: 4 hours"),
        (Pool, "notice", None, ONE_DAY, "Baseline: not set"),
        (Standard, "limit", {"value": 18, "unit": "weeks"}, ONE_DAY, "Baseline: 18 weeks"),
        (Standard, "target", 0.92, 0.95, "Baseline: 92%"),
        (RunSettings, "warm_up", FOUR_HOURS, ONE_DAY, "Baseline: 4 hours"),
        (Activity, "priority", 3, 5, "Baseline: 3"),
        (Activity, "minimum_volume", 12.5, 5, "Baseline: 12.5"),
        (DidNotAttend, "share", 0.053, 0.1, "Baseline: 5.3%"),
        (Transition, "share", 0.5, 0.6, "Baseline: 50%"),
        (Payer, "risk_share", 0.25, 0.5, "Baseline: 25%"),
        (Activity, "name", "Clinic", "Ward", "Differs from the baseline"),
        (Activity, "needs", {"nurse": 1}, {"nurse": 2}, "Differs from the baseline"),
        (EntryPoint, "arrivals", None, {"kind": "booked"}, "Baseline: not set"),
        (Pool, "units", 6, 6, ""),
        (Pool, "notice", FOUR_HOURS, dict(FOUR_HOURS), ""),
    ],
)
def test_what_the_baseline_has_is_said_in_a_few_words(
    record: type[Record], field: str, base: Json, shown: Json, words: str
) -> None:
    (spec,) = (each for each in fields_of(record) if each.name == field)
    assert baseline_words(spec, base, shown) == words


def test_a_time_that_an_option_changes_shows_the_baseline_s(qtbot: QtBot) -> None:
    document = Document()
    document.new(small_scenario())
    document.edit("give notice", lambda each: set_value(each, "/pools/nurse/notice", FOUR_HOURS))
    document.edit_scenario("add", lambda each: add_option(each, "Sooner")[0])
    document.set_variant("sooner")
    inspector = Inspector(document)
    qtbot.addWidget(inspector)
    inspector.resize(380, 900)
    inspector.show()
    qtbot.waitExposed(inspector)
    inspector.open(Subject("pathway", ("pools", "nurse")))
    row = inspector.row("notice")
    assert isinstance(row.baseline, QLabel)
    assert not row.baseline.isVisible()
    type_over(qtbot, row.findChild(Line), "2")
    assert row.baseline.isVisible()
    assert row.baseline.text() == "Baseline: 4 hours"
