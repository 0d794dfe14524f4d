"""A file that somebody else writes to, two windows on one file, names that get an ending, versions."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.file.reading import LARGEST_FILE
from tests.gui.kept_person import Person, choose_file, mean_of
from tests.gui.window_person import click, find, read_message, when_asked


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr("pathway_modeller.gui.shell.files.data_folder", lambda: tmp_path / "data")
    return Person(qtbot, tmp_path)


def come_back_to(person: Person, button: str) -> str:
    """Comes back to the window, which must ask, and answers; returns what was said."""
    person.go_away()
    said = person.answering("changed-underneath", button)
    person.window.activateWindow()
    person.qtbot.waitUntil(lambda: bool(said))
    person.come_back()
    return said[0]


def versions(person: Person) -> list[float]:
    """The versions that File > Versions… shows, latest first, as their mean service times."""
    found = person.window.files.past.versions.of(person.path)
    return [mean_of(load(each.path)) for each in found]


def test_coming_back_to_a_file_that_nobody_has_touched_asks_nothing(person: Person) -> None:
    os.utime(person.path, (1, 1))
    person.go_away()
    person.come_back()
    person.qtbot.wait(50)
    assert not person.window.isWindowModified()


def test_a_colleague_s_save_is_seen_on_coming_back_and_can_be_reloaded(person: Person) -> None:
    person.somebody_else_writes(60)
    said = come_back_to(person, "reload")
    assert "“small.json” has been changed by somebody else" in said
    assert "You have changes" not in said
    assert person.mean() == 60
    assert not person.window.isWindowModified()


def test_reloading_keeps_one_s_own_unsaved_changes_among_the_versions(person: Person) -> None:
    person.edit("45")
    person.somebody_else_writes(60)
    assert "You have changes, too, that are not saved." in come_back_to(person, "reload")
    assert person.mean() == 60
    assert 45 in versions(person)


def test_nothing_is_reloaded_where_mine_could_not_be_kept(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.edit("45")
    person.somebody_else_writes(60)
    said: list[str] = []

    def read_it(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        person.qtbot.keyClick(dialog, Qt.Key.Key_Return)

    def reload(dialog: QDialog) -> None:
        when_asked(read_it)
        click(person.qtbot, find(dialog, QPushButton, "reload"))

    when_asked(reload)
    with monkeypatch.context() as patch:
        failing("write", errno.ENOSPC, patch)
        person.press_save()
    assert "Yours could not be kept among the versions" in said[0]
    assert person.mean() == 45
    assert person.mean_in_file() == 60


def test_keeping_mine_is_unsaved_and_asks_no_second_time(person: Person) -> None:
    person.somebody_else_writes(60)
    come_back_to(person, "mine")
    assert person.mean() == 20
    assert person.window.isWindowModified(), "the file no longer holds what is shown"
    person.go_away()
    person.come_back()
    person.press_save()
    assert person.mean_in_file() == 20
    assert versions(person) == [20, 60], "theirs stays among the versions"


def test_mine_can_be_saved_in_another_file(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.edit("45")
    person.somebody_else_writes(60)
    other = person.folder / "mine.json"
    choose_file(monkeypatch, other)
    come_back_to(person, "save_as")
    assert person.mean_in_file(other) == 45
    assert person.mean_in_file() == 60
    assert person.window.document.path == other


@pytest.mark.parametrize(
    ("button", "in_file", "shown", "unsaved"),
    [("mine", 45, 45, False), ("reload", 60, 60, False), ("later", 60, 45, True)],
)
def test_a_save_asks_before_it_overwrites_somebody_else_s(
    person: Person, button: str, in_file: float, shown: float, unsaved: bool
) -> None:
    person.edit("45")
    person.somebody_else_writes(60)
    person.answering("changed-before-save", button)
    person.press_save()
    assert person.mean_in_file() == in_file
    assert person.mean() == shown
    assert person.window.isWindowModified() is unsaved


def test_a_change_of_the_same_length_at_the_same_time_is_seen_before_a_save(person: Person) -> None:
    before = person.path.stat()
    person.edit("45")
    person.somebody_else_writes(60)
    os.utime(person.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert person.path.stat().st_size == before.st_size
    person.answering("changed-before-save", "later")
    person.press_save()
    assert person.mean_in_file() == 60


def test_a_file_that_another_program_has_locked_is_one_sentence(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.edit("45")
    shown: list[str] = []

    def read_it(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        shown.append(dialog.text())
        person.qtbot.keyClick(dialog, Qt.Key.Key_Return)

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "the process cannot access the file")

    when_asked(read_it)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        failing("replace", errno.EACCES, patch)
        person.press_save()
    assert len(shown) == 1
    assert "another program has it open" in shown[0]
    assert person.mean_in_file() == 20
    assert person.mean() == 45


def test_a_file_that_was_replaced_by_one_too_large_to_open_is_not_overwritten_unasked(person: Person) -> None:
    person.edit("45")
    person.path.write_bytes(b"x" * (LARGEST_FILE + 1))
    person.answering("changed-before-save", "later")
    person.press_save()
    assert person.path.stat().st_size == LARGEST_FILE + 1


def test_a_file_that_is_gone_is_said_and_written_again(person: Person) -> None:
    person.path.unlink()
    person.go_away()
    person.come_back()
    person.qtbot.waitUntil(person.window.isWindowModified)
    assert "is no longer in its folder" in person.window.statusBar().currentMessage()
    person.press_save()
    assert person.mean_in_file() == 20


def test_a_folder_that_has_vanished_is_one_sentence_and_the_scenario_is_still_there(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = person.folder / "share"
    folder.mkdir()
    choose_file(monkeypatch, folder / "small.json")
    assert person.window.files.save_as()
    person.edit("45")
    (folder / "small.json").unlink()
    folder.rmdir()
    shown = read_message(person.qtbot)
    person.press_save()
    assert "the folder does not exist; choose another" in shown[0]
    assert person.mean() == 45
    assert person.window.isWindowModified()


def failing(call: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the system refuse something from now on."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize(
    ("call", "number", "words"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("write", errno.EDQUOT, "your share of the disk is full"),
        ("fsync", errno.EIO, "the system says"),
        ("open", errno.EROFS, "the disk may only be read"),
        ("open", errno.EACCES, "it may not be written to"),
        ("replace", errno.EACCES, "another program has it open"),
        ("replace", errno.EBUSY, "another program has it open"),
        ("open", errno.ESTALE, "the drive or share is away"),
    ],
)
def test_a_save_that_the_system_refuses_is_one_sentence_and_nothing_is_lost(
    person: Person, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    before = person.path.read_bytes()
    person.edit("45")
    shown = read_message(person.qtbot)
    with monkeypatch.context() as patch:
        failing(call, number, patch)
        person.press_save()
    assert len(shown) == 1
    assert words in shown[0]
    assert "what was in the file is untouched" in shown[0]
    assert person.path.read_bytes() == before
    assert person.mean() == 45
    assert person.window.isWindowModified()
    assert [each.name for each in person.folder.glob(".*")] == []
    person.press_save()
    assert person.mean_in_file() == 45, "once the system lets it be"


@pytest.mark.parametrize(("call", "number"), [("chmod", errno.EPERM), ("fsync", errno.EINVAL)])
def test_a_share_that_refuses_rights_or_forcing_saves_all_the_same(
    person: Person, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    person.edit("45")
    with monkeypatch.context() as patch:
        failing(call, number, patch)
        person.press_save()
    assert person.mean_in_file() == 45
    assert not person.window.isWindowModified()


def test_what_a_killed_save_left_beside_the_file_is_gone_after_the_next_start(person: Person) -> None:
    left = person.folder / ".small.json.0123456789ab.tmp"
    left.write_bytes(b"half a scen")
    other = person.folder / "elsewhere"
    other.mkdir()
    beside = other / ".budget.json.0123456789ab.tmp"
    beside.write_bytes(b"half a scen")
    person.left_by_a_killed_program(file=other / "budget.json")
    started = person.new_window()
    started.files.past.offer_recovery()
    person.qtbot.waitUntil(lambda: not left.exists())
    assert not beside.exists(), "where the killed program was going to save"


# Two windows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "path"), [("open", True), ("copy", False), ("cancel", None)])
def test_a_file_that_another_window_has_open_is_opened_after_a_question(
    person: Person, button: str, path: bool | None
) -> None:
    second = person.new_window()
    said = person.answering("open-twice", button)
    opened = second.files.read(person.path)
    assert said == ["“small.json” is open in another window."]
    assert opened is (path is not None)
    assert (second.document.path == person.path) is bool(path)
    assert second.document.scenario.name == ("Small" if opened else "New pathway") or not opened


def test_of_two_windows_the_second_to_save_is_asked(person: Person) -> None:
    second = person.new_window()
    person.answering("open-twice", "open")
    second.files.read(person.path)
    person.edit("45", second)
    person.press_save(second)
    come_back_to(person, "mine")
    assert person.mean_in_file() == 45
    assert person.window.isWindowModified()


def test_a_window_that_was_closed_has_its_file_no_longer(person: Person) -> None:
    assert person.window.close()
    second = person.new_window()
    assert second.files.read(person.path)
    assert second.document.path == person.path


def test_both_windows_say_that_the_file_is_open_twice(person: Person) -> None:
    second = person.new_window()
    person.answering("open-twice", "open")
    second.files.read(person.path)
    person.come_back(person.window)
    for window in (person.window, second):
        note = find(window, QPushButton, "also-open")
        person.qtbot.waitUntil(note.isVisible)
    second.files.new()
    person.go_away()
    person.come_back()
    person.qtbot.waitUntil(lambda: not find(person.window, QPushButton, "also-open").isVisible())


def test_saving_as_a_file_that_another_window_has_open_asks(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = person.new_window()
    second.files.new()
    choose_file(monkeypatch, person.path)
    person.answering("save-over-open", "no")
    assert not second.files.save_as()
    assert person.mean_in_file() == 20


# Names and versions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["no", "yes"])
@pytest.mark.parametrize("name", ["budget", "budget 1.2", "budget.v2"])
def test_saving_as_a_name_whose_ending_is_added_asks_before_it_replaces(
    person: Person, monkeypatch: pytest.MonkeyPatch, name: str, answer: str
) -> None:
    budget = person.folder / f"{name}.json"
    budget.write_text("somebody's budget", encoding="utf-8")
    choose_file(monkeypatch, person.folder / name)
    said = person.answering("replace", answer)
    assert person.window.files.save_as() is (answer == "yes")
    assert said == [f"“{budget.name}” is there already."]
    assert (budget.read_text("utf-8") == "somebody's budget") is (answer == "no")


def test_a_name_with_its_ending_was_asked_about_already(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = person.folder / "budget.json"
    budget.write_text("somebody's budget", encoding="utf-8")
    choose_file(monkeypatch, budget)
    assert person.window.files.save_as()
    assert person.mean_in_file(budget) == 20


def test_the_last_saves_can_be_looked_back_at_and_opened_as_a_copy(person: Person) -> None:
    for mean in ("45", "46"):
        person.edit(mean)
        person.press_save()
    shown: list[list[str]] = []

    def open_the_first(dialog: QDialog) -> None:
        table = find(dialog, QTableWidget, "versions-list")
        shown.extend([table.item(row, place).text() for place in range(2)] for row in range(table.rowCount()))
        person.qtbot.keyClick(table, Qt.Key.Key_Down)
        person.qtbot.keyClick(table, Qt.Key.Key_Down)
        click(person.qtbot, find(dialog, QPushButton, "open-version"))

    when_asked(open_the_first)
    menu = find(person.window, QMenu, "menu-file")
    next(each for each in menu.actions() if each.text() == "&Versions…").trigger()
    assert len(shown) == 3, "two saves, and what was there before"
    assert all(size.endswith((" KB", " bytes")) and ", " in moment for moment, size in shown)
    assert person.mean() == 20
    assert person.window.document.path is None
    assert person.mean_in_file() == 46


def test_a_scenario_without_a_file_has_no_versions_and_says_so(person: Person) -> None:
    person.window.files.new()
    shown = read_message(person.qtbot)
    person.window.files.past.show_versions()
    assert "has no file yet" in shown[0]


def test_a_recent_file_whose_drive_is_away_stays_in_the_list(person: Person) -> None:
    share = person.folder / "share"
    share.mkdir()
    moved = person.folder / "away"
    path = share / "small.json"
    path.write_bytes(person.path.read_bytes())
    person.window.files.read(path)
    share.rename(moved)
    person.window.files.read(person.path)
    menu = QMenu(person.window)
    person.window.files.fill_recent(menu)
    assert [each.toolTip() for each in menu.actions()[:2]] == [str(person.path), str(path)]
    moved.rename(share)
    menu.actions()[1].trigger()
    assert person.window.document.path == path
