"""The layout of elements that nobody has placed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from pathway_modeller.gui.canvas.lanes import lanes_of
from pathway_modeller.gui.canvas.layout import columns_of, positions_of
from pathway_modeller.gui.canvas.shapes import LOOKS
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.values import SETTINGS
from tests.gui.window_scenarios import small_pathway


def test_what_was_placed_stays_where_it_is() -> None:
    pathway = small_pathway()
    assert positions_of(pathway) == {key: element.position for key, element in pathway.drawn().items()}


def test_a_new_element_stands_after_the_one_that_leads_to_it() -> None:
    pathway, key = edits.add_element(small_pathway(), "waits", setting="hospital")
    pathway, _ = edits.connect(pathway, "review", key)
    assert positions_of(pathway)[key].x > pathway.activities["review"].position.x


def test_a_loop_back_does_not_push_its_target_to_the_end() -> None:
    pathway, _ = edits.connect(small_pathway(), "review", "clinic")
    columns = columns_of(pathway)
    assert [columns[key] for key in ("referral", "clinic", "review", "home")] == [0, 1, 2, 3]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(DRAWN), st.sampled_from(SETTINGS)), min_size=1, max_size=14),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=25),
)
def test_no_two_elements_cover_each_other_and_all_are_in_their_lane(
    elements: list[tuple[str, str]], arrows: list[tuple[int, int]]
) -> None:
    pathway, keys = Pathway(), []
    for kind, setting in elements:
        pathway, key = edits.add_element(pathway, kind, setting=setting)  # type: ignore[arg-type]
        keys.append(key)
    for a, b in arrows:
        if a < len(keys) and b < len(keys) and edits.refusal(pathway, keys[a], keys[b]) is None:
            pathway, _ = edits.connect(pathway, keys[a], keys[b])
    positions = positions_of(pathway)
    lanes = lanes_of(pathway, positions)
    rects = {}
    for key, element in pathway.drawn().items():
        point = lanes.to_scene(element.setting, positions[key])
        assert lanes.at(point.y()) == element.setting
        width, height = LOOKS[pathway.map_of(key)].size
        rects[key] = (
            point.x() - width / 2,
            point.y() - height / 2,
            point.x() + width / 2,
            point.y() + height / 2,
        )
    for key, one in rects.items():
        for other, two in rects.items():
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert key == other or apart


def test_a_drop_anywhere_in_a_lane_stays_in_that_lane() -> None:
    pathway = small_pathway()
    lanes = lanes_of(pathway, positions_of(pathway))
    for setting in SETTINGS:
        for part in (0.02, 0.5, 0.98):
            point = lanes.snapped(QPointF(303, lanes.tops[setting] + part * lanes.heights[setting]))
            assert point.x() == 300
            assert lanes.from_scene(point)[0] == setting
