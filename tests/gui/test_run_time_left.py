"""The time left: from the pace of finished replications, in words that are coarse enough to be true."""

from __future__ import annotations

import math

import pytest

from pathway_modeller.gui.results.remaining import Stopwatch, time_left


def test_nothing_is_known_before_the_first_is_finished() -> None:
    assert math.isnan(Stopwatch(100.0).seconds_left(105.0, 0, 10))


def test_the_start_of_the_processes_is_left_out_once_the_pace_is_known() -> None:
    watch = Stopwatch(0.0)
    assert watch.seconds_left(13.0, 1, 11) == pytest.approx(130.0)
    for done in range(2, 5):
        watch.seconds_left(12.0 + done, done, 11)
    # Twelve seconds to start, then one a second.
    assert watch.seconds_left(17.0, 5, 11) == pytest.approx(6.0)
    assert watch.seconds_left(23.0, 11, 11) == 0.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (math.nan, "working out the time left"),
        (0.3, "nearly done"),
        (1.2, "about 1 second left"),
        (33.0, "about 35 seconds left"),
        (58.0, "about 1 minute left"),
        (61 * 60.0, "about 61 minutes left"),
        (3 * 3600.0, "about 3 hours left"),
        (80 * 3600.0, "more than two days left"),
    ],
)
def test_words(seconds: float, words: str) -> None:
    assert time_left(seconds) == words
