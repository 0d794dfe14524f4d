"""A canvas to draw on, as a person does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.palette import ElementPalette
from pathway_modeller.scenario.document import DRAWN, DrawnMap
from pathway_modeller.scenario.values import Setting


class Drawer:
    """A person with a mouse and a keyboard before a palette and a canvas."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.qtbot = qtbot
        self.document = document
        self.window = QWidget()
        row = QHBoxLayout(self.window)
        self.view = PathwayView(document)
        self.palette = ElementPalette(self.view)
        self.palette.setFixedWidth(170)
        row.addWidget(self.palette)
        row.addWidget(self.view, 1)
        self.said: list[str] = []
        self.view.message.connect(self.said.append)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def paper(self) -> QWidget:
        """The widget that gets the mouse."""
        return self.view.viewport()

    def key(self, *keys: Qt.Key, ctrl: bool = False, shift: bool = False) -> None:
        """Presses keys, on the name being typed if there is one."""
        held = Qt.KeyboardModifier.NoModifier
        if ctrl:
            held |= Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            self.qtbot.keyClick(self.view.name_editor or self.view, key, held)

    def type(self, text: str) -> None:
        """Types a name and presses Enter."""
        editor = self.view.name_editor
        assert editor is not None, "no name is being typed"
        self.qtbot.keyClicks(editor, text)
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)

    def spot(self, setting: Setting, x: float) -> QPoint:
        """Returns where on the screen a lane's ordinary row is, at so many points from the left."""
        lanes = self.view.lanes
        down = min(85.0, lanes.heights[setting] - 6)
        return self.view.mapFromScene(QPointF(x, lanes.tops[setting] + down))

    def take(self, kind: DrawnMap) -> None:
        """Clicks a kind of element in the palette."""
        item = self.palette.item(DRAWN.index(kind))
        middle = self.palette.visualItemRect(item).center()
        self.qtbot.mouseClick(self.palette.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    def place(self, kind: DrawnMap, setting: Setting, x: float, name: str) -> str:
        """Takes an element from the palette, clicks on a lane, types its name; returns its id."""
        before = set(self.document.pathway.drawn())
        self.take(kind)
        self.qtbot.mouseClick(self.paper, Qt.MouseButton.LeftButton, pos=self.spot(setting, x))
        self.type(name)
        (key,) = set(self.document.pathway.drawn()) - before
        return key

    def drag(self, start: QPoint, end: QPoint, *, release: bool = True) -> None:
        """Presses, moves in steps, and lets go."""
        self.qtbot.mouseMove(self.paper, start)
        self.qtbot.mousePress(self.paper, Qt.MouseButton.LeftButton, pos=start)
        for part in (0.3, 0.7, 1.0):
            self.qtbot.mouseMove(self.paper, start + (end - start) * part)
        if release:
            self.qtbot.mouseRelease(self.paper, Qt.MouseButton.LeftButton, pos=end)

    def connect(self, origin: str, target: str) -> None:
        """Drags an arrow from an element's right-hand handle to another element."""
        box = self.view.pathway_scene.boxes[origin]
        handle = self.view.mapFromScene(box.handles()["right"])
        self.qtbot.mouseMove(self.paper, self.view.screen_point(origin))
        self.drag(handle, self.view.screen_point(target))

    def click(self, key: str, *, ctrl: bool = False) -> None:
        """Clicks an element."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        self.qtbot.mouseClick(self.paper, Qt.MouseButton.LeftButton, held, self.view.screen_point(key))


@pytest.fixture
def drawer(qtbot: QtBot, empty_document: Document) -> Drawer:
    """A person before an empty canvas."""
    return Drawer(qtbot, empty_document)
