"""Arrows go around boxes, keep apart, and carry their labels where nothing else stands."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway_modeller.gui.canvas.routing import crosses, overlap, route, side_pairs
from pathway_modeller.gui.canvas.wiring import Box, Wiring
from pathway_modeller.scenario.document import DRAWN


def wired(*boxes: tuple[float, float]) -> Wiring:
    """Boxes named "0", "1", … at these points, as activities."""
    wiring = Wiring()
    for number, middle in enumerate(boxes):
        wiring.put_box(str(number), "activities", middle)
    return wiring


def test_an_arrow_along_a_row_is_straight() -> None:
    wiring = wired((0, 0), (250, 0))
    wiring.put_arrow("a", "0", "1", (0, 0))
    assert wiring.settle()["a"] == (((75, 0), (175, 0)), None)


def test_an_arrow_goes_around_a_box_in_between() -> None:
    wiring = wired((0, 0), (250, 0), (500, 0))
    wiring.put_arrow("a", "0", "2", (0, 0))
    points, _ = wiring.settle()["a"]
    assert not any(crosses(start, end, (175, -40, 325, 40)) for start, end in pairwise(points))


def test_a_loop_back_leaves_its_own_boxes_alone() -> None:
    wiring = wired((0, 0), (250, 0))
    wiring.put_arrow("there", "0", "1", (0, 0))
    wiring.put_arrow("back", "1", "0", (0, 0))
    settled = wiring.settle()
    points, _ = settled["back"]
    assert points[0][1] != settled["there"][0][0][1], "there and back are two arrows, not one with two heads"
    inside = [(-70.0, -35.0, 70.0, 35.0), (180.0, -35.0, 320.0, 35.0)]
    assert not any(crosses(start, end, box) for start, end in pairwise(points) for box in inside)


def test_labels_of_arrows_out_of_one_box_stand_apart() -> None:
    wiring = wired((0, 0), (300, -150), (300, 0), (300, 150))
    for target in "123":
        wiring.put_arrow(f"to {target}", "0", target, (40, 18))
    places = [label for _, label in wiring.settle().values() if label is not None]
    rects = [(x - 20, y - 9, x + 20, y + 9) for x, y in places]
    assert len(rects) == 3
    assert not any(overlap(one, other) for n, one in enumerate(rects) for other in rects[n + 1 :])


def test_settling_again_moves_no_arrow() -> None:
    places = [(x, y) for x in (0, 250, 500, 750) for y in (0, 130, 260)]
    wiring = wired(*places)
    pairs = [
        (one, other) for one in range(12) for other in range(12) if one != other and (one * other) % 5 == 1
    ]
    for one, other in pairs:
        wiring.put_arrow(f"{one}>{other}", str(one), str(other), (40, 18) if one % 2 else (0, 0))
    first = wiring.settle()
    assert len(first) == len(pairs)
    assert wiring.settle() == {}
    for number, place in enumerate(places):
        wiring.put_box(str(number), "activities", place)
    assert {key: first[key] for key in wiring.settle()} == first or wiring.settle() == {}
    again = wired(*places)
    for one, other in reversed(pairs):
        again.put_arrow(f"{one}>{other}", str(one), str(other), (40, 18) if one % 2 else (0, 0))
    assert again.settle() == first, "nor does the order in which they were drawn"


def test_moving_a_far_box_disturbs_no_arrow() -> None:
    wiring = wired((0, 0), (250, 0), (5000, 5000))
    wiring.put_arrow("a", "0", "1", (0, 0))
    wiring.settle()
    wiring.put_box("2", "activities", (5100, 5000))
    assert wiring.settle() == {}
    wiring.put_box("2", "activities", (125, 10))
    assert set(wiring.settle()) == {"a"}, "a box dropped upon an arrow makes it go around"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=9, unique=True),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=10, unique=True),
    st.integers(0, 4),
)
def test_every_arrow_begins_and_ends_at_its_boxes_with_right_angles(
    cells: list[tuple[int, int]], pairs: list[tuple[int, int]], shift: int
) -> None:
    wiring = Wiring()
    for number, (column, row) in enumerate(cells):
        wiring.put_box(str(number), DRAWN[(number + shift) % 5], (210.0 * column, 140.0 * row))
    arrows = [(a, b) for a, b in pairs if a != b and max(a, b) < len(cells)]
    for a, b in arrows:
        wiring.put_arrow(f"{a}>{b}", str(a), str(b), (30, 18))
    settled = wiring.settle()
    assert set(settled) == {f"{a}>{b}" for a, b in arrows}
    for points, label in settled.values():
        assert label is not None
        for start, end in pairwise(points):
            assert abs(start[0] - end[0]) < 0.51 or abs(start[1] - end[1]) < 0.51


def test_of_several_pairs_of_sides_the_cheapest_is_taken() -> None:
    numbers = random.Random(5)  # noqa: S311 - not for secrets
    for _ in range(60):
        boxes = [Box("activities", (numbers.uniform(0, 700), numbers.uniform(0, 500))) for _ in range(5)]
        origin, target, *others = boxes
        own = (origin.rect, target.rect)
        pairs = [
            (origin.end(leave), target.end(reach), 10.0 * rank)
            for rank, (leave, reach) in enumerate(side_pairs(*own))
        ]
        obstacles = [box.rect for box in others]
        alone = min(route([pair], own, obstacles).cost for pair in pairs)
        assert route(pairs, own, obstacles).cost == pytest.approx(alone)
