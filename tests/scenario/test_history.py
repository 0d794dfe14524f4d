"""History: undo, redo, what is saved, and steps that count as one."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import new_scenario
from pathway_modeller.scenario.history import History, Step


def named(name: str) -> Scenario:
    """A scenario that is told from others by its name."""
    return new_scenario(dt.date(2025, 1, 1)).model_copy(update={"name": name})


def test_undo_gives_back_the_identical_object() -> None:
    opened = named("opened")
    history = History.opened(opened)
    for number in range(5):
        history = history.with_step(Step(f"step {number}", named(str(number))))
    assert history.is_dirty
    assert history.undo_label == "step 4"
    while history.can_undo:
        history, _ = history.undone()
    assert history.scenario is opened
    assert not history.is_dirty
    assert history.redo_label == "step 0"


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History.opened(named("a")).with_step(Step("b", named("b")))
    history, _ = history.undone()
    history = history.with_step(Step("c", named("c")))
    assert not history.can_redo
    assert history.scenario.name == "c"


def test_steps_with_one_merge_key_are_undone_together() -> None:
    history = History.opened(named("a"))
    for name in "bcd":
        history = history.with_step(Step("nudge", named(name), merge="nudge x"))
    history, _ = history.undone()
    assert history.scenario.name == "a"


def test_a_saved_value_is_never_merged_away() -> None:
    history = History.opened(named("a")).with_step(Step("nudge", named("b"), merge="m")).marked_saved()
    history = history.with_step(Step("nudge", named("c"), merge="m"))
    history, _ = history.undone()
    assert history.scenario.name == "b"
    assert not history.is_dirty


def test_nothing_to_undo_is_a_programmers_mistake() -> None:
    with pytest.raises(IndexError):
        History.opened(named("a")).undone()
    with pytest.raises(IndexError):
        History.opened(named("a")).redone()
