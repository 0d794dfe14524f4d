"""What the drawing shows after a run, and the catalogue of measures."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pathway_modeller.analysis.measures.catalogue import MEASURES, find
from pathway_modeller.analysis.measures.overlay import overlay
from tests.analysis.hand_made import make_pathway

PATHWAY = make_pathway(
    activities={
        "ward": {"name": "Ward", "needs": {"nurse": 1, "doctor": 1}},
        "call": {"name": "Call"},
    },
    stays={"bed": {"name": "Bed", "needs": {"bed": 1}, "begins_with": "ward"}},
)


def row(measure, mean, element="", pool="", footprint=""):
    return {
        "measure": measure,
        "element": element,
        "pool": pool,
        "need_tier": "",
        "footprint": footprint,
        "setting": "",
        "unit": "",
        "mean": mean,
        "low": mean - 1,
        "high": mean + 1,
        "replications": 30,
    }


def test_each_activity_shows_queue_wait_and_its_busiest_pool():
    summary = pd.DataFrame(
        [
            row("queue.mean", 4.0, element="ward"),
            row("queue.mean", 9.0, element="ward", footprint="leigh"),
            row("wait.mean", 2.5, element="ward"),
            row("pool.utilisation", 0.5, pool="nurse"),
            row("pool.utilisation", float("nan"), pool="doctor"),
            row("pool.utilisation", 0.9, pool="bed"),
        ]
    )
    shown = overlay(summary, PATHWAY)
    assert shown["ward"].queue.mean == 4
    assert (shown["ward"].wait.low, shown["ward"].wait.high, shown["ward"].wait.n) == (1.5, 3.5, 30)
    assert (shown["ward"].pool, shown["ward"].utilisation.mean) == ("bed", 0.9)
    assert shown["call"].pool == ""
    assert math.isnan(shown["call"].queue.mean)


def test_every_measure_says_what_it_is_and_whom_it_counts():
    for identifier, measure in MEASURES.items():
        assert identifier == measure.id
        assert measure.title
        assert measure.unit
        assert measure.who_counts.endswith(".")
        assert measure.description.endswith(".")


def test_measures_of_something_are_found_with_what_they_are_of():
    named = find("standard.month.rtt-18_weeks.2025-04")
    assert named.measure.id == "standard.month"
    assert named.of == {"standard": "rtt-18_weeks", "month": "2025-04"}
    assert find("wait.p92").of == {}
    with pytest.raises(KeyError):
        find("wait.p93")
    with pytest.raises(KeyError):
        find("standard.within")
