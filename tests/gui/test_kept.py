"""Unsaved changes are kept while one edits, and offered after the program was killed."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import fingerprint
from pathway_modeller.gui.keeping.keeper import DELAY
from pathway_modeller.gui.keeping.session import GENERATIONS, generations
from tests.gui.kept_person import Person, soon
from tests.gui.window_person import click, find, when_asked


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr("pathway_modeller.gui.shell.files.data_folder", lambda: tmp_path / "data")
    return Person(qtbot, tmp_path)


def test_an_edit_is_kept_in_a_moment_and_the_file_stays_as_it_is(person: Person) -> None:
    assert DELAY <= 1000
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])
    assert person.mean_in_file() == 20
    assert [each.name for each in person.folder.glob(".*")] == [], "nothing beside the file"


def test_edits_without_a_pause_are_kept_too(person: Person) -> None:
    means = iter(range(30, 1000))

    def edit_again() -> bool:
        person.edit(str(next(means)))
        return bool(person.kept())

    soon(person.qtbot, edit_again)


def test_a_few_generations_are_kept_the_latest_last(person: Person) -> None:
    for mean in (30, 31, 32, 33, 34):
        person.edit(str(mean))
        soon(person.qtbot, lambda mean=mean: person.kept()[-1:] == [mean])  # type: ignore[misc]
    assert GENERATIONS == 3
    soon(person.qtbot, lambda: person.kept() == [32, 33, 34])


def test_what_is_saved_is_not_kept_aside_any_more(person: Person) -> None:
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])
    person.press_save()
    assert person.kept() == []
    assert person.mean_in_file() == 45


def test_what_is_undone_is_not_kept_aside_any_more(person: Person) -> None:
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])
    person.press_undo()
    assert person.kept() == []


def test_closing_leaves_nothing_whether_one_saves_or_discards(person: Person) -> None:
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])

    def discard(dialog: QDialog) -> None:
        button = next(each for each in dialog.findChildren(QPushButton) if "iscard" in each.text())
        click(person.qtbot, button)

    when_asked(discard)
    assert person.window.close()
    assert person.sessions() == []
    assert person.mean_in_file() == 20


def test_what_a_killed_program_left_is_offered_and_recovered_by_enter(person: Person) -> None:
    held = fingerprint(person.path.read_bytes())
    person.window.document.new()
    person.left_by_a_killed_program(44, 45, file=person.path, based_on=held)
    shown: list[str] = []

    def accept(dialog: QDialog) -> None:
        table = find(dialog, QTableWidget, "recovery-list")
        shown.extend(table.item(0, place).text() for place in (0, 2))
        shown.append(table.item(0, 3).toolTip())
        person.qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(accept)
    person.window.files.past.offer_recovery()
    assert shown == ["Small", "as it was", str(person.path)]
    assert person.mean() == 45
    assert person.window.isWindowModified()
    assert person.window.document.path == person.path
    assert person.mean_in_file() == 20, "nothing is written to the file until one saves"
    assert person.kept() == [45], "this window keeps it now"
    person.press_save()
    assert person.mean_in_file() == 45
    assert person.kept() == []


def test_what_was_left_as_its_file_holds_it_is_not_offered(person: Person) -> None:
    person.window.document.new()
    person.left_by_a_killed_program(44, 20, file=person.path, based_on="of another state")
    person.window.files.past.offer_recovery()
    assert person.window.document.path is None
    assert len(person.sessions()) == 1, "this window's own"


def test_a_scenario_that_never_had_a_file_is_offered(person: Person) -> None:
    person.window.document.new()
    person.left_by_a_killed_program(45)
    said = person.answering("recovery", "recover")
    person.window.files.past.offer_recovery()
    assert "ended before these changes were saved" in said[0]
    assert person.mean() == 45
    assert person.window.document.path is None
    assert person.window.isWindowModified()


def test_the_last_whole_generation_is_offered_if_the_latest_is_spoilt(person: Person) -> None:
    person.window.document.new()
    person.left_by_a_killed_program(44, 45, file=person.path)
    (left,) = (each for each in person.sessions() if generations(each))
    generations(left)[-1].write_bytes(b"")
    person.answering("recovery", "recover")
    person.window.files.past.offer_recovery()
    assert person.mean() == 44


def test_a_file_that_was_saved_since_is_said_and_is_not_replaced_unasked(person: Person) -> None:
    held = fingerprint(person.path.read_bytes())
    person.window.document.new()
    person.left_by_a_killed_program(45, file=person.path, based_on=held)
    person.somebody_else_writes(60)
    shown: list[str] = []

    def accept(dialog: QDialog) -> None:
        shown.append(find(dialog, QTableWidget, "recovery-list").item(0, 2).text())
        person.qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(accept)
    person.window.files.past.offer_recovery()
    assert shown == ["saved by somebody since"]
    assert person.mean() == 45
    assert person.mean_in_file() == 60


@pytest.mark.parametrize(("button", "again"), [("discard", False), ("later", True)])
def test_what_was_left_can_be_thrown_away_or_put_off(person: Person, button: str, again: bool) -> None:
    person.window.document.new()
    person.left_by_a_killed_program(45, file=person.path)
    person.answering("recovery", button)
    person.window.files.past.offer_recovery()
    assert person.window.document.path is None
    if again:
        person.answering("recovery", "recover")
    person.window.files.past.offer_recovery()
    assert person.window.isWindowModified() is again


def test_what_another_window_is_editing_is_not_offered(person: Person) -> None:
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])
    person.new_window().files.past.offer_recovery()
    assert person.kept() == [45]


def test_recovery_asks_before_it_replaces_unsaved_changes(person: Person) -> None:
    person.left_by_a_killed_program(45)
    person.edit("30")
    answers = iter([("recovery", "recover"), ("unsaved", None)])

    def answer(dialog: QDialog) -> None:
        name, button = next(answers)
        assert dialog.objectName() == name
        if button is not None:
            when_asked(answer)
            click(person.qtbot, find(dialog, QPushButton, button))
        else:
            person.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(answer)
    person.window.files.past.offer_recovery()
    assert person.mean() == 30
    assert len([each for each in person.sessions() if generations(each)]) >= 1


def test_a_disk_that_is_full_is_said_once_and_editing_goes_on(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    person.window.files.keeper.failed.connect(said.append)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for mean in ("45", "46"):
            person.edit(mean)
            person.qtbot.wait(1200)
    assert len(said) == 1
    assert "Changes cannot be kept aside for now, so save often" in said[0]
    assert "the disk is full" in said[0]
    soon(person.qtbot, lambda: person.kept() == [46])


def test_a_file_named_from_where_one_is_is_known_from_everywhere(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(person.folder)
    person.window.files.read(Path("small.json"))
    monkeypatch.chdir(person.folder.parent)
    assert person.new_window().files.keeper.also_open(person.path)


def test_a_folder_of_kept_work_that_somebody_removes_is_made_again(person: Person) -> None:
    person.edit("45")
    soon(person.qtbot, lambda: person.kept() == [45])
    shutil.rmtree(person.data)
    person.edit("46")
    soon(person.qtbot, lambda: person.kept() == [46])
    found = person.new_window()
    assert found.files.keeper.also_open(person.path), "it still says which file is open"


def test_a_user_s_folder_that_may_not_be_written_to_keeps_nobody_from_working(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    monkeypatch.setattr("pathway_modeller.gui.shell.files.data_folder", lambda: tmp_path / "data")
    person = Person(qtbot, tmp_path)
    soon(qtbot, lambda: "cannot be kept aside" in person.window.statusBar().currentMessage())
    person.edit("45")
    person.press_save()
    assert person.mean_in_file() == 45
    assert person.window.statusBar().currentMessage().endswith("no version of it could be kept")
    assert {each.name for each in tmp_path.iterdir()} <= {"data", "settings.ini", "small.json"}
    assert person.window.close()
