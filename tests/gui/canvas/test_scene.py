"""The scene follows the document: only what changed, with lanes, marks, ghosts and a run's figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QGraphicsItem
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.canvas.arrows import ArrowItem
from pathway_modeller.gui.canvas.boxes import BoxItem
from pathway_modeller.gui.canvas.lanes import lanes_of
from pathway_modeller.gui.canvas.overlay import Overlay
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.document import Document
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.values import SETTINGS, Position
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def view(qtbot: QtBot, empty_document: Document) -> Iterator[PathwayView]:
    """A canvas with the small scenario and one option."""
    scenario, _ = edits.add_option(small_scenario(), "Faster")
    empty_document.new(scenario)
    made = PathwayView(empty_document)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def scene(view: PathwayView) -> PathwayScene:
    """The canvas's scene."""
    return view.pathway_scene


def grow(document: Document, count: int) -> None:
    """Adds a row of so many waits, each connected to the next."""

    def change(pathway: Pathway) -> Pathway:
        before = "clinic"
        for number in range(count):
            place = Position(x=200.0 * (number % 25), y=90 + 130.0 * (number // 25))
            pathway, key = edits.add_element(
                pathway, "waits", name=f"Wait {number}", setting="home", position=place
            )
            pathway, _ = edits.connect(pathway, before, key)
            before = key
        return pathway

    document.edit("grow", change)


def test_a_view_that_comes_late_shows_what_is_there(view: PathwayView, scene: PathwayScene) -> None:
    assert set(scene.boxes) == {"referral", "clinic", "review", "home"}
    assert set(scene.arrows) == {"a", "b", "c"}


def test_elements_stand_in_the_lane_of_their_setting(view: PathwayView, scene: PathwayScene) -> None:
    for key, element in view.document.pathway.drawn().items():
        assert scene.lanes.at(scene.boxes[key].y()) == element.setting


def test_an_edit_of_one_of_500_elements_leaves_the_other_items_alone(
    view: PathwayView, scene: PathwayScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = view.document
    grow(document, 500)
    items = dict(scene.boxes)
    shown: list[str] = []
    ways: list[str] = []
    show_element, show_way = BoxItem.show_element, ArrowItem.show_way

    def count_element(self: BoxItem, name: str, detail: str) -> None:
        shown.append(self.key)
        show_element(self, name, detail)

    def count_way(self: ArrowItem, *way: object) -> None:
        ways.append(self.key)
        show_way(self, *way)  # type: ignore[arg-type]

    monkeypatch.setattr(BoxItem, "show_element", count_element)
    monkeypatch.setattr(ArrowItem, "show_way", count_way)
    document.edit("rename", lambda pathway: edits.rename_element(pathway, "wait-250", "Long wait"))
    assert shown == ["wait-250"]
    assert ways == []
    assert scene.boxes == items
    document.edit(
        "move",
        lambda pathway: edits.place_elements(
            pathway, {"wait-250": ("home", Position(x=10.0, y=90 + 130.0 * 10 + 10))}
        ),
    )
    assert scene.boxes == items
    assert 0 < len(ways) < 30


def test_a_lane_grows_with_what_stands_in_it_and_the_lanes_below_move(
    view: PathwayView, scene: PathwayScene
) -> None:
    before = scene.boxes["clinic"].y()
    view.document.edit(
        "move", lambda pathway: edits.place_elements(pathway, {"home": ("home", Position(x=820, y=400))})
    )
    assert scene.lanes.heights["home"] > 400
    assert scene.boxes["clinic"].y() > before
    assert scene.lanes.at(scene.boxes["clinic"].y()) == "hospital"
    assert view.document.pathway.activities["clinic"].position.y == 420, "its own position stays"


def test_changing_a_setting_by_form_moves_the_element_to_the_other_lane(
    view: PathwayView, scene: PathwayScene
) -> None:
    view.document.edit(
        "setting", lambda pathway: edits.set_value(pathway, "/activities/clinic/setting", "community")
    )
    assert scene.lanes.at(scene.boxes["clinic"].y()) == "community"


def test_a_run_is_shown_until_an_edit_that_may_change_it(view: PathwayView, scene: PathwayScene) -> None:
    document = view.document
    view.set_overlay({"clinic": Overlay("12 waiting", 0.93, "12 patients wait on average.")})
    document.edit(
        "move",
        lambda pathway: edits.place_elements(pathway, {"clinic": ("hospital", Position(x=310, y=765))}),
    )
    document.edit("rename", lambda pathway: edits.rename_element(pathway, "clinic", "Surgery"))
    assert scene.boxes["clinic"].overlay is not None
    assert "12 patients wait" in scene.describe("clinic")
    document.edit("units", lambda pathway: edits.set_value(pathway, "/pools/nurse/units", 4))
    assert scene.boxes["clinic"].overlay is None


def test_an_options_changes_are_marked_and_what_it_removes_is_a_ghost(
    view: PathwayView, scene: PathwayScene
) -> None:
    document = view.document
    document.set_variant("faster")
    document.edit("delete", lambda pathway: edits.remove_elements(pathway, ["review"]))
    view.set_marks({"review": "removed", "b": "removed", "clinic": "changed"})
    assert set(scene.ghosts) == {"review", "b"}
    assert scene.boxes["clinic"].mark == "changed"
    assert all(item.scene() is scene for item in scene.ghosts.values())
    document.set_variant("baseline")
    assert scene.ghosts == {}
    assert scene.boxes["clinic"].mark is None


def test_a_renamed_pool_is_renamed_on_the_activities(view: PathwayView, scene: PathwayScene) -> None:
    view.document.edit("rename", lambda pathway: edits.rename_record(pathway, "pools", "nurse", "Specialist"))
    assert "Specialist" in scene.describe("clinic")


def test_elements_that_nobody_placed_are_laid_out_and_keep_their_places_on_the_first_edit(
    view: PathwayView, scene: PathwayScene
) -> None:
    document = view.document
    still = Position(x=0, y=0)
    scenario = small_scenario()
    moved = edits.place_elements(
        scenario.baseline, {key: (e.setting, still) for key, e in scenario.baseline.drawn().items()}
    )
    document.new(scenario.model_copy(update={"baseline": moved}))
    columns = [scene.boxes[key].x() for key in ("referral", "clinic", "review", "home")]
    assert columns == sorted(set(columns)), "patients go from left to right"
    drawn = {key: box.pos() for key, box in scene.boxes.items()}
    assert not document.is_dirty
    document.select(["clinic"])
    view.commands.nudge(10.0, 0.0)
    assert document.pathway.activities["review"].position != still
    assert {key: box.pos() for key, box in scene.boxes.items() if key != "clinic"} == {
        key: place for key, place in drawn.items() if key != "clinic"
    }


@pytest.mark.parametrize("path", sorted(shipped("scenarios").glob("*.json")), ids=lambda path: path.stem)
def test_every_bundled_pathway_is_drawn_without_overlap(view: PathwayView, path: object) -> None:
    scenario = load(str(path))
    view.document.new(scenario)
    for variant in ("baseline", *scenario.options):
        view.document.set_variant(variant)
        assert overlaps(view.pathway_scene) == [], variant
        assert set(view.pathway_scene.arrows) == set(view.document.pathway.transitions)


def overlaps(scene: PathwayScene) -> list[str]:
    """Returns which boxes cover each other, which arrows run through a box, and which labels cover a box."""
    found: list[str] = []
    rects = {key: box.rect().translated(box.pos()) for key, box in scene.boxes.items()}
    for key, rect in rects.items():
        found += [f"{key} covers {other}" for other in rects if other > key and rect.intersects(rects[other])]
    for key, arrow in scene.arrows.items():
        ends = scene.document.pathway.transitions[key]
        for other, rect in rects.items():
            inner = rect.adjusted(4, 4, -4, -4)
            if other not in (ends.origin, ends.target) and line(arrow).intersects(inner):
                found.append(f"{key} runs through {other}")
            if not arrow.label_rect.isEmpty() and scene.boxes[other].covers(arrow.label_rect):
                found.append(f"the label of {key} covers {other}")
    return found


def line(arrow: ArrowItem) -> QPainterPath:
    """Returns an arrow's line as an area one point wide."""
    stroker = QPainterPathStroker()
    stroker.setWidth(1.0)
    return stroker.createStroke(arrow.way)


def test_lanes_go_from_home_to_hospital(scene: PathwayScene) -> None:
    tops = [scene.lanes.tops[setting] for setting in SETTINGS]
    assert tops == sorted(tops)


def test_a_lane_of_the_scenarios_own_comes_moves_and_goes_without_a_box_changing_its_lane(
    view: PathwayView, scene: PathwayScene
) -> None:
    document = view.document
    lanes = {key: scene.lanes.at(box.pos().y()) for key, box in scene.boxes.items()}
    document.edit("add", lambda p: edits.add_record(p, "settings", "Schools", {"order": 1.5})[0])
    assert scene.lanes.order[:3] == ("home", "schools", "primary care")
    assert scene.lanes.names["schools"] == "Schools"
    assert {key: scene.lanes.at(box.pos().y()) for key, box in scene.boxes.items()} == lanes
    place = QPointF(300, scene.lanes.tops["schools"] + 20)
    setting, position = scene.lanes.from_scene(place)
    document.edit("place", lambda p: edits.place_elements(p, {"clinic": (setting, position)}))
    assert document.pathway.activities["clinic"].setting == "schools"
    assert scene.lanes.at(scene.boxes["clinic"].pos().y()) == "schools"
    document.edit("order", lambda p: edits.set_value(p, "/settings/schools/order", 9))
    assert scene.lanes.order[-1] == "schools"
    assert scene.lanes.at(scene.boxes["clinic"].pos().y()) == "schools"
    document.edit("delete", lambda p: edits.remove_record(p, "settings", "schools"))
    assert scene.lanes.order == SETTINGS
    assert scene.lanes.at(scene.boxes["clinic"].pos().y()) == "community"


def test_an_element_in_a_setting_that_nobody_declared_has_a_lane_with_its_id(scene: PathwayScene) -> None:
    pathway = small_scenario().baseline
    clinic = pathway.activities["clinic"].model_copy(update={"setting": "moon"})
    lanes = lanes_of(Pathway(activities={"clinic": clinic}), {"clinic": clinic.position})
    assert (lanes.order[-1], lanes.names["moon"]) == ("moon", "moon")


def test_items_on_the_scene_are_those_of_the_document(view: PathwayView, scene: PathwayScene) -> None:
    view.document.edit("delete", lambda pathway: edits.remove_elements(pathway, ["clinic"]))
    kept: list[QGraphicsItem] = [*scene.boxes.values(), *scene.arrows.values()]
    assert sorted(map(id, scene.items())) == sorted(map(id, kept))
