"""The menu of the right mouse button, on what the mouse points at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.canvas.conftest import Drawer


def menu_at(drawer: Drawer, place: QPoint) -> QMenu:
    """Presses the right button as the window system does; returns the menu that this opens."""
    handle = drawer.window.windowHandle()
    assert handle is not None
    where = drawer.paper.mapTo(drawer.window, place)
    QTest.mouseClick(handle, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, where)
    drawer.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(drawer: Drawer, menu: QMenu, words: str) -> None:
    """Clicks on an entry."""
    (entry,) = [each for each in menu.actions() if each.text() == words]
    drawer.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())


def test_the_right_button_renames_what_it_points_at(drawer: Drawer) -> None:
    clinic = drawer.place("activities", "hospital", 300, "Clinic")
    ward = drawer.place("activities", "hospital", 600, "Ward")
    menu = menu_at(drawer, drawer.view.screen_point(clinic))
    assert drawer.document.selection == (clinic,), "not what was selected before"
    assert [each.text() for each in menu.actions()][:2] == ["Rename", "Duplicate"]
    choose(drawer, menu, "Rename")
    drawer.type("A&E")
    assert drawer.document.pathway.activities[clinic].name == "A&E"
    assert drawer.document.pathway.activities[ward].name == "Ward"


def test_the_right_button_deletes_all_that_is_selected_if_it_points_at_a_part(drawer: Drawer) -> None:
    clinic = drawer.place("activities", "hospital", 300, "Clinic")
    ward = drawer.place("activities", "hospital", 600, "Ward")
    drawer.click(clinic)
    drawer.click(ward, ctrl=True)
    # Elsewhere than the test before, or Qt would take both presses for a double click.
    choose(drawer, menu_at(drawer, drawer.view.screen_point(ward)), "Delete")
    assert not drawer.document.pathway.activities


def test_on_bare_paper_it_offers_the_whole_drawing(drawer: Drawer) -> None:
    drawer.place("activities", "hospital", 300, "Clinic")
    drawer.view.zoom_in()
    drawer.view.zoom_in()
    assert drawer.view.transform().m11() > 1
    choose(drawer, menu_at(drawer, QPoint(drawer.paper.width() - 30, 30)), "Show whole drawing")
    assert drawer.view.transform().m11() <= 1
