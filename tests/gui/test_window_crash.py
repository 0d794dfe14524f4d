"""A fault of the program: the work is saved first, then the person is told where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.crash import CrashGuard
from pathway_modeller.scenario.file.open_save import load
from tests.gui.window_person import read_message, when_asked
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    made.new(small_scenario())
    made.check_now()
    return made


def fault(guard: CrashGuard) -> None:
    """Lets something go wrong and hands it to the guard, as Python would."""
    try:
        raise ZeroDivisionError("a fault")
    except ZeroDivisionError as error:
        guard.handle(type(error), error, error.__traceback__)


def test_the_work_is_saved_and_its_place_is_told_in_one_sentence(
    qtbot: QtBot, document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[QMessageBox] = []
    sentences: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(dialog)
        sentences.append(dialog.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(read)
    fault(CrashGuard(document, lambda: tmp_path / "recovery"))
    (kept,) = (tmp_path / "recovery").glob("recovered *.json")
    assert load(kept) == document.scenario
    assert sentences == [f"Something went wrong in the program; your work has been saved in {kept}."]
    (report,) = (tmp_path / "recovery").glob("fault *.txt")
    assert "ZeroDivisionError: a fault" in report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_where_nothing_can_be_written_the_person_is_told_to_save(
    qtbot: QtBot, document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    sentences = read_message(qtbot)
    fault(CrashGuard(document, lambda: blocked / "recovery"))
    assert sentences[0].endswith("could not be saved aside; save it now.")
    assert "could not be saved" in capsys.readouterr().err


def test_a_fault_while_one_is_being_told_is_only_written_down(
    qtbot: QtBot, document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guard = CrashGuard(document, lambda: tmp_path)

    def again(dialog: QDialog) -> None:
        fault(guard)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(again)
    fault(guard)
    assert len(list(tmp_path.glob("recovered *.json"))) == 1
    assert capsys.readouterr().err.count("ZeroDivisionError: a fault") >= 2


def test_the_guard_takes_uncaught_exceptions(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    guard = CrashGuard(document)
    guard.install()
    assert sys.excepthook == guard.handle
