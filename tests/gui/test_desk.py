"""The desk does one thing after the other, and next what somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.results.chart_worker import Desk
from tests.gui.results_person import LONG


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_what_is_awaited_is_done_next_and_what_was_cancelled_never(qtbot: QtBot, desk: Desk) -> None:
    begun, free, done = Event(), Event(), list[str]()

    def slow() -> None:
        begun.set()
        free.wait()

    desk.ask(slow, lambda _: done.append("first"))
    assert begun.wait(LONG)
    desk.ask(str, lambda _: done.append("later"))
    desk.ask(str, lambda _: done.append("not wanted"), is_awaited=True).cancel()
    desk.ask(str, lambda _: done.append("awaited"), is_awaited=True)
    free.set()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=LONG)
    assert done == ["first", "awaited", "later"]
