"""Holm's procedure: the chance to be wrong about any of several differences stays 5%."""

from __future__ import annotations

import random

import pytest

from pathway_modeller.experiment.answers.judging import Judged, Shows, holm


def of(p: float) -> Shows:
    """A difference with this p-value: it leaves out zero if as many are judged together."""
    return lambda among: p <= 0.05 / among


def test_four_hypotheses_worked_by_hand() -> None:
    """Of 0.005 <= 0.05/4 and 0.015 <= 0.05/3; then 0.03 > 0.05/2 ends it, for 0.04 < 0.05 as well."""
    found = holm({"first": of(0.015), "second": of(0.03), "third": of(0.04), "fourth": of(0.005)})
    assert found == {
        "fourth": Judged(True, 4),
        "first": Judged(True, 3),
        "second": Judged(False, 2),
        "third": Judged(False, 2),
    }


def test_what_follows_the_end_does_not_seem_shown() -> None:
    """0.04 would do by itself: whoever words it asks for as many as the one that ended it was judged with."""
    differences = {"first": of(0.03), "second": of(0.04)}
    for key, each in holm(differences).items():
        assert not each.shown
        assert not differences[key](each.among)


def test_the_first_that_is_not_shown_ends_it() -> None:
    """Each alone is below 0.05, and none is below 0.05/3."""
    assert not any(each.shown for each in holm({key: of(0.02) for key in "abc"}).values())
    # With one that is clear, two are left to be judged together.
    found = holm({"a": of(0.02), "b": of(0.02), "clear": of(1e-9)})
    assert [found[key].shown for key in ("clear", "a", "b")] == [True, True, True]
    assert [found[key].among for key in ("clear", "a", "b")] == [3, 2, 1]


@pytest.mark.parametrize(("p", "shown"), [(0.049, True), (0.051, False)])
def test_one_alone_is_judged_by_itself(p: float, shown: bool) -> None:
    assert holm({"only": of(p)}) == {"only": Judged(shown, 1)}


def test_nothing_is_judged_where_there_is_nothing() -> None:
    assert holm({}) == {}


def test_what_is_never_shown_takes_nothing_from_the_others() -> None:
    """A difference that is not known counts among those judged, and comes last."""
    found = holm({"missing": of(1.0), "clear": of(0.001)})
    assert found == {"clear": Judged(True, 2), "missing": Judged(False, 1)}


def test_many_are_judged_as_their_p_values_in_order_say() -> None:
    chance = random.Random(1)  # noqa: S311 - nothing is to be kept secret
    for _ in range(200):
        values = {place: chance.random() ** 4 for place in range(chance.randint(1, 12))}
        expected, going = {}, True
        for rank, place in enumerate(sorted(values, key=values.__getitem__)):
            going = going and values[place] <= 0.05 / (len(values) - rank)
            expected[place] = going
        found = holm({place: of(value) for place, value in values.items()})
        assert {place: each.shown for place, each in found.items()} == expected
