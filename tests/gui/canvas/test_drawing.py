"""Drawing a pathway by mouse and keys."""

from __future__ import annotations

import warnings

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from pathway_modeller.gui.canvas.clipboard import ELEMENT_TYPE
from tests.gui.canvas.conftest import Drawer

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drawn(drawer: Drawer) -> Drawer:
    """Triage, clinic and review, connected in a row."""
    drawer.place("activities", "primary care", 100, "Triage")
    drawer.place("activities", "hospital", 350, "Clinic")
    drawer.place("activities", "hospital", 600, "Review")
    drawer.connect("triage", "clinic")
    drawer.connect("clinic", "review")
    return drawer


def test_three_activities_are_placed_named_and_connected(drawn: Drawer) -> None:
    pathway = drawn.document.pathway
    assert {key: (a.name, a.setting) for key, a in pathway.activities.items()} == {
        "triage": ("Triage", "primary care"),
        "clinic": ("Clinic", "hospital"),
        "review": ("Review", "hospital"),
    }
    assert {(a.origin, a.target, a.share) for a in pathway.transitions.values()} == {
        ("triage", "clinic", 1.0),
        ("clinic", "review", 1.0),
    }
    assert set(drawn.view.pathway_scene.arrows) == set(pathway.transitions)


def test_undoing_everything_gives_the_identical_scenario_and_redo_the_drawing(drawer: Drawer) -> None:
    opened = drawer.document.scenario
    drawer.place("entry_points", "home", 100, "Referral")
    drawer.place("waits", "home", 350, "Interval")
    drawer.connect("referral", "interval")
    finished = drawer.document.scenario
    for _ in range(20):
        drawer.key(Qt.Key.Key_Z, ctrl=True)
    assert drawer.document.scenario is opened
    assert not drawer.view.pathway_scene.boxes
    assert not drawer.view.pathway_scene.arrows
    while drawer.document.can_redo:
        drawer.document.redo()
    assert drawer.document.scenario is finished
    assert len(drawer.view.pathway_scene.boxes) == 2
    assert set(drawer.view.pathway_scene.arrows) == set(drawer.document.pathway.transitions)


def test_dropping_an_element_in_another_lane_changes_its_setting(drawn: Drawer) -> None:
    steps = drawn.document.undo_label
    drawn.drag(drawn.view.screen_point("clinic"), drawn.spot("community", 350))
    assert drawn.document.pathway.activities["clinic"].setting == "community"
    assert drawn.document.undo_label == "move Clinic" != steps
    drawn.document.undo()
    assert drawn.document.pathway.activities["clinic"].setting == "hospital"


def test_several_selected_elements_move_together_along_the_grid(drawn: Drawer) -> None:
    before = {key: a.position for key, a in drawn.document.pathway.activities.items()}
    drawn.click("clinic")
    drawn.click("review", ctrl=True)
    start = drawn.view.screen_point("review")
    drawn.drag(start, start + QPoint(53, 0))
    after = {key: a.position for key, a in drawn.document.pathway.activities.items()}
    assert after["review"].x - before["review"].x == after["clinic"].x - before["clinic"].x
    assert after["review"].x % 10 == 0
    assert after["review"].x > before["review"].x
    assert after["triage"] == before["triage"]


def test_escape_cancels_a_drag(drawn: Drawer) -> None:
    scenario = drawn.document.scenario
    place = drawn.view.pathway_scene.boxes["clinic"].pos()
    drawn.drag(drawn.view.screen_point("clinic"), drawn.spot("home", 500), release=False)
    assert drawn.view.pathway_scene.boxes["clinic"].pos() != place
    drawn.key(Qt.Key.Key_Escape)
    assert drawn.view.pathway_scene.boxes["clinic"].pos() == place
    drawn.qtbot.mouseRelease(drawn.paper, LEFT, NONE, drawn.spot("home", 500))
    assert drawn.document.scenario is scenario


def test_escape_leaves_an_element_in_the_palette(drawer: Drawer) -> None:
    drawer.take("waits")
    drawer.qtbot.mouseMove(drawer.paper, drawer.spot("home", 100))
    drawer.key(Qt.Key.Key_Escape)
    drawer.qtbot.mouseClick(drawer.paper, LEFT, NONE, drawer.spot("home", 100))
    assert drawer.document.pathway.drawn() == {}
    assert drawer.palette.selectedItems() == []


def test_an_element_is_renamed_in_place_and_escape_keeps_the_old_name(drawn: Drawer) -> None:
    drawn.qtbot.mouseDClick(drawn.paper, LEFT, NONE, drawn.view.screen_point("clinic"))
    drawn.type("Eye clinic")
    assert drawn.document.pathway.activities["clinic"].name == "Eye clinic"
    drawn.key(Qt.Key.Key_F2)
    editor = drawn.view.name_editor
    assert editor is not None
    drawn.qtbot.keyClicks(editor, "Something else")
    drawn.key(Qt.Key.Key_Escape)
    assert drawn.document.pathway.activities["clinic"].name == "Eye clinic"
    assert drawn.document.undo_label == "rename Clinic"


def test_an_empty_name_is_refused_in_a_sentence(drawn: Drawer) -> None:
    drawn.click("clinic")
    drawn.key(Qt.Key.Key_F2)
    drawn.key(Qt.Key.Key_Backspace)
    drawn.key(Qt.Key.Key_Return)
    assert drawn.document.pathway.activities["clinic"].name == "Clinic"
    assert "cannot be empty" in drawn.said[-1]


def test_delete_removes_an_element_with_its_arrows(drawn: Drawer) -> None:
    drawn.click("clinic")
    drawn.key(Qt.Key.Key_Delete)
    assert set(drawn.document.pathway.activities) == {"triage", "review"}
    assert drawn.document.pathway.transitions == {}
    assert drawn.view.pathway_scene.arrows == {}


def test_an_arrow_is_clicked_and_deleted(drawn: Drawer) -> None:
    boxes = drawn.view.pathway_scene.boxes
    between = (boxes["clinic"].handles()["right"] + boxes["review"].handles()["left"]) / 2
    drawn.qtbot.mouseClick(drawn.paper, LEFT, NONE, drawn.view.mapFromScene(between))
    assert drawn.document.selection == ("clinic-to-review",)
    drawn.key(Qt.Key.Key_Delete)
    assert set(drawn.document.pathway.transitions) == {"triage-to-clinic"}


def test_copy_and_paste_keep_inner_arrows_and_stand_beside(drawn: Drawer) -> None:
    drawn.click("clinic")
    drawn.click("review", ctrl=True)
    drawn.key(Qt.Key.Key_C, ctrl=True)
    drawn.key(Qt.Key.Key_V, ctrl=True)
    pathway = drawn.document.pathway
    assert set(drawn.document.selection) == {"clinic-2", "review-2"}
    assert pathway.activities["clinic-2"].position != pathway.activities["clinic"].position
    assert ("clinic-2", "review-2") in {(a.origin, a.target) for a in pathway.transitions.values()}
    drawn.key(Qt.Key.Key_D, ctrl=True)
    assert len(drawn.document.pathway.activities) == 7
    drawn.key(Qt.Key.Key_Z, Qt.Key.Key_Z, ctrl=True)
    assert len(drawn.document.pathway.activities) == 3


def test_cut_and_paste_bring_elements_back_where_they_were(drawn: Drawer) -> None:
    place = drawn.document.pathway.activities["review"].position
    drawn.click("review")
    drawn.key(Qt.Key.Key_X, ctrl=True)
    assert "review" not in drawn.document.pathway.activities
    drawn.key(Qt.Key.Key_V, ctrl=True)
    assert drawn.document.pathway.activities["review"].position == place


def test_pasting_other_text_says_so(drawn: Drawer) -> None:
    QApplication.clipboard().setText("a shopping list")
    drawn.click("review")
    drawn.key(Qt.Key.Key_V, ctrl=True)
    assert "copy elements" in drawn.said[-1]
    assert len(drawn.document.pathway.activities) == 3


def test_a_senseless_arrow_is_refused_in_a_sentence(drawn: Drawer) -> None:
    drawn.place("entry_points", "home", 350, "Referral")
    scenario = drawn.document.scenario
    drawn.connect("clinic", "referral")
    assert "entry point" in drawn.said[-1]
    drawn.connect("clinic", "review")
    assert "already leads" in drawn.said[-1]
    assert drawn.document.scenario is scenario


def test_a_second_arrow_shares_the_patients(drawn: Drawer) -> None:
    drawn.place("exit_points", "home", 600, "Home")
    drawn.connect("clinic", "home")
    shares = {a.target: a.share for a in drawn.document.pathway.transitions.values() if a.origin == "clinic"}
    assert shares == {"review": 0.5, "home": 0.5}
    assert drawn.view.pathway_scene.arrows["clinic-to-review"].words == "50%"
    drawn.key(Qt.Key.Key_Delete)
    assert drawn.document.pathway.transitions["clinic-to-review"].share == 1.0
    assert drawn.view.pathway_scene.arrows["clinic-to-review"].words == ""


def test_a_rubber_band_selects_what_lies_within(drawn: Drawer) -> None:
    rect = drawn.view.pathway_scene.boxes["clinic"].sceneBoundingRect()
    rect = rect.united(drawn.view.pathway_scene.boxes["review"].sceneBoundingRect()).adjusted(-5, -5, 5, 5)
    drawn.drag(drawn.view.mapFromScene(rect.topLeft()), drawn.view.mapFromScene(rect.bottomRight()))
    assert drawn.document.selection[:2] == ("clinic", "review")
    assert "triage" not in drawn.document.selection
    drawn.drag(drawn.spot("community", 900), drawn.spot("community", 910))
    assert drawn.document.selection == ()


def test_arrow_keys_nudge_and_a_row_of_nudges_is_one_step(drawn: Drawer) -> None:
    before = drawn.document.pathway.activities["review"].position
    drawn.click("review")
    drawn.key(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert drawn.document.pathway.activities["review"].position.x == before.x + 30
    drawn.key(Qt.Key.Key_Left, shift=True)
    assert drawn.document.pathway.activities["review"].position.x == before.x - 20
    drawn.document.undo()
    assert drawn.document.pathway.activities["review"].position == before


def test_tab_walks_through_the_elements_and_says_what_they_are(drawn: Drawer) -> None:
    drawn.view.setFocus()
    drawn.document.select(())
    drawn.key(Qt.Key.Key_Tab)
    assert drawn.document.selection == ("triage",)
    assert "Activity “Triage”, Primary care" in drawn.view.accessibleDescription()
    drawn.key(Qt.Key.Key_Tab)
    assert drawn.document.selection == ("clinic",)
    drawn.key(Qt.Key.Key_Tab, shift=True)
    assert drawn.document.selection == ("triage",)


def test_the_keyboard_alone_places_and_connects(drawer: Drawer) -> None:
    drawer.palette.setFocus()
    drawer.qtbot.keyClick(drawer.palette, Qt.Key.Key_Down)
    drawer.qtbot.keyClick(drawer.palette, Qt.Key.Key_Return)
    drawer.type("First")
    drawer.qtbot.keyClick(drawer.palette, Qt.Key.Key_Return)
    drawer.type("Second")
    boxes = drawer.view.pathway_scene.boxes
    first, second = (boxes[key].rect().translated(boxes[key].pos()) for key in ("first", "second"))
    assert not first.intersects(second), "a second element must not hide the first"
    drawer.key(Qt.Key.Key_A, ctrl=True)
    drawer.key(Qt.Key.Key_C)
    (arrow,) = drawer.document.pathway.transitions.values()
    assert (arrow.origin, arrow.target) == ("first", "second")


def test_an_element_is_dragged_from_the_palette(drawer: Drawer) -> None:
    item = drawer.palette.item(2)
    data: QMimeData = drawer.palette.mimeData([item])
    assert data.hasFormat(ELEMENT_TYPE)
    spot = QPointF(drawer.spot("community", 200))
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # The constructors with a whole point are deprecated from Qt 6.12, and the only ones before it.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(spot.toPoint(), copy, data, LEFT, none)
        move = QDragMoveEvent(spot.toPoint(), copy, data, LEFT, none)
    QApplication.sendEvent(drawer.paper, enter)
    QApplication.sendEvent(drawer.paper, move)
    QApplication.sendEvent(drawer.paper, QDropEvent(spot, copy, data, LEFT, none))
    drawer.type("Interval")
    assert drawer.document.pathway.waits["interval"].setting == "community"


def test_zoom_and_fit_by_keys_keep_the_drawing_in_sight(drawn: Drawer) -> None:
    scale = drawn.view.transform().m11()
    drawn.key(Qt.Key.Key_Plus, ctrl=True)
    assert drawn.view.transform().m11() > scale
    for _ in range(40):
        drawn.key(Qt.Key.Key_Minus, ctrl=True)
    assert drawn.view.transform().m11() == pytest.approx(0.15)
    drawn.key(Qt.Key.Key_0, ctrl=True)
    seen = drawn.view.mapToScene(drawn.paper.rect()).boundingRect()
    boxes = drawn.view.pathway_scene.boxes.values()
    assert all(seen.contains(box.sceneBoundingRect()) for box in boxes)
    assert drawn.view.transform().m11() <= 1.0


def test_enter_asks_for_the_details(drawn: Drawer) -> None:
    drawn.click("clinic")
    with drawn.qtbot.waitSignal(drawn.view.activated) as asked:
        drawn.key(Qt.Key.Key_Return)
    assert asked.args == ["clinic"]


def test_the_space_bar_pushes_the_paper(drawn: Drawer) -> None:
    for _ in range(6):
        drawn.view.zoom_in()
    bar = drawn.view.horizontalScrollBar()
    bar.setValue((bar.minimum() + bar.maximum()) // 2)
    before = bar.value()
    drawn.qtbot.keyPress(drawn.view, Qt.Key.Key_Space)
    drawn.drag(drawn.paper.rect().center(), drawn.paper.rect().center() - QPoint(60, 0))
    drawn.qtbot.keyRelease(drawn.view, Qt.Key.Key_Space)
    assert bar.value() == before + 60
