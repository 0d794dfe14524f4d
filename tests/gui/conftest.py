"""What all tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from pathway_modeller.gui.document import Document


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps what the window remembers away from the person who runs the tests."""
    folder = str(tmp_path_factory.mktemp("settings"))
    monkeypatch.setattr("pathway_modeller.gui.shell.files.data_folder", lambda: Path(folder) / "kept")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture
def empty_document(qapp: QGuiApplication) -> Iterator[Document]:
    """A new document with nothing drawn."""
    document = Document()
    yield document
    document.deleteLater()


@pytest.fixture(autouse=True)
def nothing_drawn_ahead(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has only charts drawn that are looked at, but for tests marked so: to draw all takes seconds a run."""
    if request.node.get_closest_marker("draws_ahead") is None:
        monkeypatch.setattr("pathway_modeller.gui.results.reader.Reader._go_on", lambda _reader: None)
