"""Gestures end when what they hold, the keyboard or the document goes; what is dropped stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.canvas.clipboard import ELEMENT_TYPE
from pathway_modeller.scenario.document import DrawnMap
from pathway_modeller.scenario.edits.every_edit import add_option, remove_elements
from pathway_modeller.scenario.values import SETTINGS, Setting
from tests.gui.canvas.conftest import Drawer
from tests.gui.window_scenarios import small_scenario

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Interrupt = Callable[[Drawer], None]


@pytest.fixture
def small(drawer: Drawer) -> Drawer:
    """Referral, clinic, review and home, with an option."""
    scenario, _ = add_option(small_scenario(), "Nearer home")
    drawer.document.new(scenario)
    drawer.view.setFocus()
    return drawer


def drag_box(drawer: Drawer) -> None:
    """Begins to drag the clinic."""
    here = drawer.view.screen_point("clinic")
    drawer.drag(here, here + QPoint(60, 20), release=False)


def draw_arrow(drawer: Drawer) -> None:
    """Begins to draw an arrow from the clinic, over the exit."""
    drawer.click("clinic")
    handle = drawer.view.mapFromScene(drawer.view.pathway_scene.boxes["clinic"].handles()["right"])
    drawer.qtbot.mouseMove(drawer.paper, drawer.view.screen_point("clinic"))
    drawer.drag(handle, drawer.view.screen_point("home"), release=False)


def rubber_band(drawer: Drawer) -> None:
    """Begins to draw a rectangle round what is on the drawing, the clinic selected."""
    drawer.click("clinic")
    drawer.drag(drawer.spot("social care", 30), drawer.spot("hospital", 900), release=False)


def carry(drawer: Drawer) -> None:
    """Takes an activity from the palette, the clinic selected."""
    drawer.click("clinic")
    drawer.take("activities")
    drawer.qtbot.mouseMove(drawer.paper, drawer.spot("community", 300))


GESTURES = (drag_box, draw_arrow, rubber_band, carry)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Interrupt:
    """Presses a key where the keyboard is."""
    return lambda drawer: drawer.qtbot.keyClick(QApplication.focusWidget(), key, held)


def switch(drawer: Drawer) -> None:
    """Shows the option."""
    drawer.document.set_variant(next(iter(drawer.document.scenario.options)))


def begin_anew(drawer: Drawer) -> None:
    """Opens an empty document."""
    drawer.document.new()


def take_the_clinic_away(drawer: Drawer) -> None:
    """Deletes the clinic from elsewhere, such as a table."""
    drawer.document.edit("delete Clinic", lambda pathway: remove_elements(pathway, ["clinic"]))


def leave_the_window(drawer: Drawer) -> None:
    """Makes another window the active one."""
    other = QWidget()
    drawer.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    drawer.qtbot.waitUntil(other.isActiveWindow)


def hide(drawer: Drawer) -> None:
    """Shows another page."""
    drawer.view.hide()


ENDING: dict[str, Interrupt] = {
    "Escape": press(Qt.Key.Key_Escape),
    "option": switch,
    "document": begin_anew,
    "window": leave_the_window,
    "page": hide,
}
"""What ends every gesture."""

TAKING: dict[str, Interrupt] = {
    "Delete": press(Qt.Key.Key_Delete),
    "Backspace": press(Qt.Key.Key_Backspace),
    "cut": press(Qt.Key.Key_X, CTRL),
    "elsewhere": take_the_clinic_away,
    "undo": press(Qt.Key.Key_Z, CTRL),
}
"""What may take away what a gesture holds."""


@pytest.mark.parametrize("begin", GESTURES)
@pytest.mark.parametrize("what", ENDING)
def test_a_gesture_ends_with_focus_document_option_and_page(
    small: Drawer, begin: Interrupt, what: str
) -> None:
    small.window.activateWindow()
    small.qtbot.waitUntil(small.window.isActiveWindow)
    begin(small)
    assert small.view.gesture is not None
    items = len(small.view.pathway_scene.items())
    ENDING[what](small)
    assert small.view.gesture is None
    scenario, left = small.document.scenario, len(small.view.pathway_scene.items())
    small.view.show()
    small.qtbot.mouseMove(small.paper, small.spot("community", 500))
    small.qtbot.mouseRelease(small.paper, LEFT, pos=small.spot("community", 500))
    assert small.document.scenario is scenario, "nothing is moved, drawn or placed"
    if what == "Escape":
        assert left == items - (begin is not drag_box), "what was shown meanwhile is gone"
        assert_drawn_where_it_stands(small)


@pytest.mark.parametrize("begin", GESTURES)
@pytest.mark.parametrize("what", TAKING)
def test_a_gesture_ends_when_what_it_holds_is_taken_away(small: Drawer, begin: Interrupt, what: str) -> None:
    place = small.view.screen_point("clinic")
    small.drag(place, place + QPoint(0, 40))
    begin(small)
    TAKING[what](small)
    small.qtbot.mouseMove(small.paper, small.spot("community", 500))
    small.qtbot.mouseMove(small.paper, small.spot("community", 520))
    if begin in (drag_box, draw_arrow):
        assert small.view.gesture is None
    small.qtbot.mouseRelease(small.paper, LEFT, pos=small.spot("community", 520))
    assert ("clinic" in small.document.pathway.activities) == (what == "undo")
    small.key(Qt.Key.Key_Escape)
    assert_drawn_where_it_stands(small)


def assert_drawn_where_it_stands(drawer: Drawer) -> None:
    """Checks that every box is drawn where the document has it."""
    scene = drawer.view.pathway_scene
    drawn = drawer.document.pathway.drawn()
    assert set(scene.boxes) == set(drawn)
    for key, box in scene.boxes.items():
        assert box.pos() == scene.lanes.to_scene(drawn[key].setting, scene.positions[key])


def test_a_name_being_typed_goes_with_its_element(small: Drawer) -> None:
    small.click("clinic")
    small.key(Qt.Key.Key_F2)
    assert small.view.name_editor is not None
    take_the_clinic_away(small)
    assert small.view.name_editor is None
    assert "clinic" not in small.document.pathway.activities


def test_the_space_bar_is_let_go_with_the_window(small: Drawer) -> None:
    small.window.activateWindow()
    small.qtbot.waitUntil(small.window.isActiveWindow)
    small.view.setFocus()
    small.qtbot.keyPress(small.view, Qt.Key.Key_Space)
    leave_the_window(small)
    small.click("review")
    assert small.document.selection == ("review",)


def drop(drawer: Drawer, kind: DrawnMap, at: QPoint) -> str:
    """Drops an element from the palette; returns its id, with the name that it gets."""
    data = QMimeData()
    data.setData(ELEMENT_TYPE, QByteArray(kind.encode()))
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    before = set(drawer.document.pathway.drawn())
    QApplication.sendEvent(drawer.paper, QDragEnterEvent(at, copy, data, LEFT, none))
    QApplication.sendEvent(drawer.paper, QDragMoveEvent(at, copy, data, LEFT, none))
    QApplication.sendEvent(drawer.paper, QDropEvent(QPointF(at), copy, data, LEFT, none))
    (key,) = set(drawer.document.pathway.drawn()) - before
    return key


@pytest.mark.parametrize("zoom", [0.3, 1.0, 2.0])
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_an_element_lands_where_it_is_dropped(
    qtbot: QtBot, drawer: Drawer, zoom: float, setting: Setting, is_empty: bool, part: float
) -> None:
    if not is_empty:
        for number, lane in enumerate(SETTINGS):
            drawer.place("activities", lane, 100, f"Activity {number}")
    drawer.view.fit()
    drawer.view.zoom(zoom / drawer.view.transform().m11())
    lanes = drawer.view.lanes
    place = QPointF(420, lanes.tops[setting] + lanes.heights[setting] * part)
    drawer.view.centerOn(place)
    qtbot.wait(1)
    at = drawer.view.mapFromScene(place)
    key = drop(drawer, "decisions", at)
    near = max(2.0, 10 * zoom)

    def off() -> float:
        qtbot.wait(1)
        away = drawer.view.screen_point(key) - at
        return max(abs(away.x()), abs(away.y()))

    assert off() <= near
    assert drawer.document.pathway.drawn()[key].setting == setting
    drawer.key(Qt.Key.Key_Escape)
    drawer.document.undo()
    drawer.document.redo()
    assert off() <= near


def test_an_element_dragged_into_an_empty_lane_stays_under_the_mouse(drawer: Drawer) -> None:
    drawer.place("activities", "home", 100, "Visit")
    drawer.place("activities", "hospital", 300, "Clinic")
    start, end = drawer.view.screen_point("visit"), drawer.spot("social care", 420)
    drawer.drag(start, end)
    drawer.qtbot.wait(1)
    away = drawer.view.screen_point("visit") - end
    assert drawer.document.pathway.activities["visit"].setting == "social care"
    assert max(abs(away.x()), abs(away.y())) <= 10
