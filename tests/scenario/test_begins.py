"""The pathway of an option that begins at a date, put together by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathway_modeller.analysis.ledger.context import books
from pathway_modeller.scenario.begins import CannotBegin, begun, in_force
from pathway_modeller.scenario.capacity import CapacityStep, Pool
from pathway_modeller.scenario.dated import Change
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.elements import RandomArrivals, Transition
from pathway_modeller.scenario.options import patch_between
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.words.changes import option_changes
from tests.engines.drawing import MONDAY, OUT, booked, coming, does, draw, every, play, settings, story, waits

DAY = MONDAY + dt.timedelta(days=3)


def _pathway(**more: Any) -> Pathway:
    """Returns in > clinic > out with one nurse; ``more`` are further elements."""
    return draw(
        {"in": every(0.5), "clinic": does({"nurse": 1}, 0.25), "out": OUT, **more},
        ["in > clinic > out"],
        {"nurse": 1},
    )


def _with(pathway: Pathway, kind: str, **members: Any) -> Pathway:
    """Returns a pathway with other members of a map; None takes one out."""
    found = {**getattr(pathway, kind), **members}
    return pathway.model_copy(update={kind: {key: each for key, each in found.items() if each is not None}})


def _scenario(option: Pathway, **more: Any) -> Scenario:
    """Returns a scenario whose option begins on the fourth day."""
    patch = patch_between(_pathway(), option)
    made = Option(name="Later", patch=patch, begins=DAY, **more)
    return Scenario(format=1, name="S", baseline=_pathway(), options={"o": made}, run=settings(10))


def test_an_arrow_led_elsewhere_is_two_arrows_of_which_one_has_a_share_at_a_time() -> None:
    """Those who come from Thursday on go home; who came before is seen."""
    base = _pathway()
    option = _with(base, "waits", home=waits(0.5).model_copy(update={"name": "home"}))
    option = _with(
        option,
        "transitions",
        **{
            "in-clinic": Transition(origin="in", target="home"),
            "home-out": Transition(origin="home", target="out"),
        },
    )
    pathway, kept = begun(base, option, DAY, MONDAY)
    assert kept == ()
    shares = {key: arrow.share for key, arrow in pathway.transitions.items()}
    assert shares["in-clinic"] == Change[float](before=1.0, after=0.0, starts=DAY)
    assert shares[f"in-clinic-from-{DAY}"] == Change[float](before=0.0, after=1.0, starts=DAY)
    assert shares["home-out"] == 1.0
    told = [line for line in story(play(pathway, 4)) if "JOIN" in line or "WAIT_START" in line]
    assert [line.split()[-1] for line in told] == ["clinic"] * 5 + ["home"] * 2


def test_what_is_taken_away_stays_for_those_who_are_there() -> None:
    """A clinic of a day and a half is deleted on Thursday: who started on Wednesday finishes all the same."""
    base = draw({"in": every(1), "clinic": does({}, 1.5), "out": OUT}, ["in > clinic > out"])
    option = draw({"in": every(1), "out": OUT}, [Transition(origin="in", target="out")])
    pathway, kept = begun(base, option, DAY, MONDAY)
    assert kept == ()
    told = story(play(pathway, 6))
    assert "3.5 in/1 COMPLETE clinic" in told
    assert [line for line in told if "START" in line] == ["1 in/0 START clinic", "2 in/1 START clinic"]
    assert "3 in/2 EXIT out" in told


def test_a_pool_has_its_own_units_only_from_the_day_on_and_is_paid_for_only_then() -> None:
    base = _pathway()
    option = _with(base, "pools", room=Pool(name="Room", units=2), nurse=Pool(name="nurse", units=3))
    option = _with(
        option, "activities", clinic=does({"nurse": 1}, 0.25).model_copy(update={"name": "clinic"})
    )
    scenario = _scenario(option)
    pools = in_force(scenario, "o").pools
    assert (pools["room"].units, pools["room"].steps) == (0, (CapacityStep(date=DAY, units=2),))
    assert (pools["nurse"].units, pools["nurse"].steps) == (1, (CapacityStep(date=DAY, units=3),))
    assert books(scenario, "o").option.pools == pools == played(scenario, "o").pools


def test_arrivals_of_new_entry_points_begin_and_those_of_old_ones_end_on_the_day() -> None:
    base = _pathway()
    option = _with(base, "entry_points", **{"in": None, "more": coming(2.0)})
    option = _with(
        option,
        "transitions",
        **{"in-clinic": None, "more-clinic": Transition(origin="more", target="clinic")},
    )
    pathway, kept = begun(base, option, DAY, MONDAY)
    assert kept == ()
    old, new = (pathway.entry_points[key].arrivals for key in ("in", "more"))
    assert isinstance(old, RandomArrivals)
    assert isinstance(new, RandomArrivals)
    assert old.ends_after is not None
    assert new.starts_after is not None
    assert old.ends_after.days == new.starts_after.days == 3


@pytest.mark.parametrize(
    ("kind", "members", "place"),
    [
        ("pools", {"nurse": None}, ("pools", "nurse")),
        ("entry_points", {"in": booked("monday 09:00 1")}, ("entry_points", "in", "arrivals")),
        ("pools", {"nurse": Pool(name="nurse")}, ("pools", "nurse", "units")),
        (
            "pools",
            {"nurse": Pool(name="nurse", units=1, steps=(CapacityStep(date=MONDAY, units=2),))},
            ("pools", "nurse", "steps"),
        ),
        ("activities", {"clinic": does({"nurse": 2}, 0.25)}, ("activities", "clinic", "needs")),
    ],
)
def test_what_cannot_change_at_a_date_is_named(kind: str, members: Any, place: tuple[str, ...]) -> None:
    option = _with(_pathway(), kind, **members)
    _, kept = begun(_pathway(), option, DAY, MONDAY)
    assert [each.steps for each in kept] == [place]
    scenario = _scenario(option)
    with pytest.raises(CannotBegin, match='Option "Later" begins at a date'):
        in_force(scenario, "o")
    with pytest.raises(ShiftError):
        played(scenario, "o")


def test_an_option_that_begins_by_the_start_date_is_there_from_the_start() -> None:
    option = _with(_pathway(), "pools", nurse=Pool(name="nurse", units=3))
    assert begun(_pathway(), option, MONDAY, MONDAY) == (option, ())


def test_the_day_is_the_first_of_its_changes_in_words() -> None:
    option = _with(_pathway(), "pools", nurse=Pool(name="nurse", units=3))
    first, second = option_changes(_scenario(option), "o")
    assert first.text == "It begins on 8 January 2026; until then all is as in the baseline"
    assert "units" in second.text
