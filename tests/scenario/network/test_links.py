"""Flows, against the same equations as full matrices."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.scenario.network.links import Links

BLOCKS = 3


def some_links(size: int, ways: int, seed: int, on: float = 0.95) -> Links:
    """Returns links drawn at random, some of them from a state to itself; a share ``on`` goes on."""
    drawn = np.random.default_rng(seed)
    shares: dict[tuple[int, int], np.ndarray] = {}
    for here in range(size):
        there = drawn.choice(size, size=ways, replace=False)
        weights = drawn.random((BLOCKS, ways))
        weights *= on / weights.sum(axis=1, keepdims=True)
        shares |= {(here, int(each)): weights[:, place] for place, each in enumerate(there)}
    return Links(size, BLOCKS, shares)


@pytest.mark.parametrize(("size", "ways"), [(1, 1), (40, 2), (100, 3), (100, 40)], ids=str)
def test_flows_are_those_of_the_full_matrix(size: int, ways: int) -> None:
    links, outside = some_links(size, ways, seed=size + ways), np.random.default_rng(1).random((BLOCKS, size))
    full = np.eye(size) - links.full()
    for found, matrix in (
        (links.flows(outside), full.transpose(0, 2, 1)),
        (links.gathered(outside), full),
    ):
        wanted = np.linalg.solve(matrix, outside[:, :, None])[:, :, 0]
        assert found == pytest.approx(wanted, rel=1e-10)


@pytest.mark.parametrize("size", [30, 100])
@pytest.mark.parametrize("ways", [1, 2, 30])
def test_patients_who_never_leave_have_no_flow(size: int, ways: int) -> None:
    links = some_links(size, ways, seed=ways, on=1.0)
    with pytest.raises(np.linalg.LinAlgError):
        links.flows(np.ones((BLOCKS, size)))


def test_shares_of_the_same_way_are_added() -> None:
    half = np.full(1, 0.5)
    links = Links(2, 1, {(0, 1): half}).with_more([((0, 1), half), ((1, 0), half)])
    assert links.flows(np.array([[1.0, 0.0]])) == pytest.approx(np.array([[2.0, 2.0]]))


@pytest.mark.parametrize("size", [30, 100])
@pytest.mark.parametrize("closed", range(BLOCKS))
def test_a_loop_that_nobody_leaves_has_no_flow_in_whichever_block_it_is_closed(
    size: int, closed: int
) -> None:
    leaks = np.where(np.arange(BLOCKS) == closed, 1.0, 0.5)
    chain = {(each, each + 1): np.full(BLOCKS, 0.5) for each in range(size - 1)}
    links = Links(size, BLOCKS, chain | {(3, 4): leaks, (4, 3): leaks, (4, 5): np.zeros(BLOCKS)})
    for worked_out in (links.flows, links.gathered):
        with pytest.raises(np.linalg.LinAlgError):
            worked_out(np.ones((BLOCKS, size)))
    open_loop = Links(size, BLOCKS, {**links.shares, (4, 3): np.full(BLOCKS, 0.5)})
    assert np.all(np.isfinite(open_loop.flows(np.ones((BLOCKS, size)))))
