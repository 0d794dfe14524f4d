"""The document: what it tells its views, and that undo leads back to the opened file's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.file.open_save import save
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import FileProblems, Problem
from tests.gui.window_scenarios import small_scenario

Heard = list[tuple[frozenset[str], frozenset[str], frozenset[str]]]


@pytest.fixture
def document(empty_document: Document) -> Iterator[Document]:
    """A document with the small scenario and one option."""
    scenario, _ = edits.add_option(small_scenario(), "Faster")
    empty_document.new(scenario)
    return empty_document


@pytest.fixture
def heard(document: Document) -> Heard:
    """What the document says of drawn elements from now on."""
    said: Heard = []
    document.elements_changed.connect(lambda *ids: said.append(ids))
    return said


def rename(document: Document, key: str, name: str) -> None:
    """Renames an element as the canvas does."""
    document.edit(f"rename {key}", lambda pathway: edits.rename_element(pathway, key, name))


def test_an_edit_says_only_what_it_touched(document: Document, heard: Heard) -> None:
    rename(document, "clinic", "Surgery")
    assert heard == [(frozenset(), frozenset(), frozenset({"clinic"}))]


def test_an_edit_that_changes_nothing_is_no_step(document: Document, heard: Heard) -> None:
    rename(document, "clinic", "Clinic")
    assert not document.can_undo
    assert not document.is_dirty
    assert heard == []


def test_a_refused_edit_changes_nothing(document: Document) -> None:
    before = document.scenario
    with pytest.raises(edits.ConnectionRefused):
        document.edit("connect", lambda pathway: edits.connect(pathway, "home", "clinic")[0])
    assert document.scenario is before


def test_undoing_everything_gives_the_opened_object_and_its_bytes(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "opened.json"
    save(small_scenario(), path)
    # A file that people have edited by hand is not in the program's own form; it must come back all the same.
    path.write_bytes(path.read_bytes().replace(b'"name": "Small"', b'"name":   "Small"'))
    written = path.read_bytes()
    document.open(path)
    opened = document.scenario
    rename(document, "clinic", "Surgery")
    document.edit("delete", lambda pathway: edits.remove_elements(pathway, ["review"]))
    document.save()
    assert path.read_bytes() != written
    while document.can_undo:
        document.undo()
    assert document.scenario is opened
    assert document.is_dirty, "the file now holds the edited scenario"
    document.save()
    assert path.read_bytes() == written
    assert not document.is_dirty


def test_redo_does_again_what_was_undone(document: Document, heard: Heard) -> None:
    rename(document, "clinic", "Surgery")
    edited = document.scenario
    document.undo()
    assert (document.redo_label, document.undo_label) == ("rename clinic", "")
    document.redo()
    assert document.scenario is edited
    assert [sorted(changed) for _, _, changed in heard] == [["clinic"]] * 3


def test_an_edit_of_an_option_leaves_the_baseline_alone(document: Document) -> None:
    baseline = document.baseline
    document.set_variant("faster")
    document.edit("units", lambda pathway: edits.set_value(pathway, "/pools/nurse/units", 9))
    assert document.pathway.pools["nurse"].units == 9
    assert document.baseline is baseline
    assert document.scenario.options["faster"].patch == {"pools": {"nurse": {"units": 9}}}


def test_showing_another_variant_says_what_differs_in_the_drawing(document: Document, heard: Heard) -> None:
    document.set_variant("faster")
    document.edit("delete", lambda pathway: edits.remove_elements(pathway, ["review"]))
    heard.clear()
    document.set_variant(BASELINE)
    assert heard == [(frozenset({"review", "b", "c"}), frozenset(), frozenset())]
    assert document.scenario.options["faster"].patch["activities"] == {"review": None}


def test_undo_shows_the_variant_in_which_it_happened(document: Document) -> None:
    document.set_variant("faster")
    rename(document, "clinic", "Surgery")
    document.set_variant(BASELINE)
    document.undo()
    assert document.variant == "faster"
    assert document.pathway.activities["clinic"].name == "Clinic"


def test_removing_the_option_shown_shows_the_baseline_and_undo_brings_it_back(document: Document) -> None:
    document.set_variant("faster")
    document.edit_scenario("remove option", lambda scenario: edits.remove_option(scenario, "faster"))
    assert document.variant == BASELINE
    document.undo()
    assert document.variant == "faster"


def test_what_is_removed_is_no_longer_selected(document: Document) -> None:
    said: list[tuple[str, ...]] = []
    document.select(["clinic", "nobody", "a"])
    document.selection_changed.connect(said.append)
    document.edit("delete", lambda pathway: edits.remove_elements(pathway, ["clinic"]))
    assert said == [()]


def test_problems_are_worked_out_once_after_several_edits(document: Document, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not document._checks.isActive())
    said: list[int] = []
    document.problems_changed.connect(lambda: said.append(len(document.problems)))
    for name in ("A", "B", "C"):
        document.edit("add", lambda pathway, name=name: edits.add_element(pathway, "waits", name=name)[0])
    with qtbot.waitSignal(document.problems_changed, timeout=3000):
        pass
    assert len(said) == 1
    assert document.problems


def test_problems_that_are_known_are_not_worked_out_again_until_something_changes(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Scenario] = []

    def counted(scenario: Scenario) -> list[Problem]:
        checked.append(scenario)
        return []

    monkeypatch.setattr("pathway_modeller.scenario.checking.check.check", counted)
    document.check_now()
    document.check_now()
    assert checked == [document.scenario]
    rename(document, "review", "Another name")
    document.check_now()
    document.undo()
    document.check_now()
    assert len(checked) == 3


def test_a_file_that_cannot_be_opened_leaves_what_is_open(document: Document, tmp_path: Path) -> None:
    before = document.scenario
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(FileProblems):
        document.open(path)
    assert document.scenario is before
    assert document.path is None


def test_saving_needs_a_file(document: Document) -> None:
    with pytest.raises(ValueError, match="path"):
        document.save()


def test_one_edit_among_many_elements_is_quick_to_tell(document: Document, heard: Heard) -> None:
    def grow(pathway: Pathway) -> Pathway:
        for number in range(300):
            pathway, _ = edits.add_element(pathway, "waits", name=f"Wait {number}")
        return pathway

    document.edit("add many", grow)
    heard.clear()
    rename(document, "wait-7", "Long wait")
    assert heard == [(frozenset(), frozenset(), frozenset({"wait-7"}))]
