"""Pounds for each unit against the next best option, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.incremental import IncrementalTable, incremental_tables
from pathway_modeller.analysis.accounts.outcomes import Figures
from pathway_modeller.analysis.accounts.wording import rounded_pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.scenario.money import Outcome
from tests.vectors_by_hand import measured

SEEN = Outcome(name="People seen", measure="contacts", better="higher")
WAIT = Outcome(name="Waiting", measure="wait.mean", better="lower")


def side(measure: str, unit: str, values: list[float], pounds: list[float] | None) -> Figures:
    """One variant's figures."""
    cost = None if pounds is None else np.array(pounds) * 100
    return Figures(measured([({"measure": measure, "unit": unit}, values)]), cost)


def table(outcome: Outcome, sides: dict[str, Figures]) -> IncrementalTable:
    """The only table."""
    names = {each: each.title() for each in sides}
    (found,) = incremental_tables({"it": outcome}, sides, names, "the year")
    return found


def seen(**both: tuple[float, float]) -> IncrementalTable:
    """Pounds and people of each, the same in both replications."""
    return table(
        SEEN,
        {
            name: side("contacts", "contacts", [people] * 2, [cost] * 2)
            for name, (cost, people) in both.items()
        },
    )


def test_dominated_options_drop_out_and_others_are_compared_with_the_next_best() -> None:
    """The example at the head of the module."""
    found = seen(nothing=(100, 10), a=(120, 20), b=(150, 22), c=(160, 40), d=(170, 30))
    assert [(each.variant, each.place, each.against, each.by) for each in found.rows] == [
        ("nothing", "first", "", ()),
        ("a", "next", "nothing", ()),
        ("b", "extendedly dominated", "", ("a", "c")),
        ("c", "next", "a", ()),
        ("d", "dominated", "", ("c",)),
    ]
    assert [each.ratio.mean for each in found.rows if each.ratio] == [2, 2]
    assert found.rows[1].sentence == (
        '"People seen": "A" costs £2 for each contact gained over the year against "Nothing", the next best.'
    )
    assert "extendedly dominated" in found.rows[2].sentence
    assert found.rows[4].sentence == '"People seen": "D" is dominated by "C", as good at no more cost.'


def test_where_less_is_better_a_gain_is_a_fall() -> None:
    """£2,000 more for four days less: £500 for each day, not against the baseline's average."""
    found = table(
        WAIT,
        {
            "nothing": side("wait.mean", "days", [10, 10], [0, 0]),
            "cheap": side("wait.mean", "days", [6, 6], [2000, 2000]),
            "dear": side("wait.mean", "days", [5, 5], [5000, 5000]),
        },
    )
    assert [each.ratio.mean for each in found.rows if each.ratio] == [500, 3000]
    assert found.rows[2].against == "cheap"


def test_an_option_that_is_better_for_less_dominates_doing_nothing() -> None:
    found = seen(nothing=(100, 10), a=(90, 12))
    assert [(each.variant, each.place) for each in found.rows] == [("a", "first"), ("nothing", "dominated")]


def test_the_ratio_has_fiellers_interval() -> None:
    """Costs 10, 12 and 14 for gains of 1: 12, and 4.303 x 2 / sqrt(3) to either side (Student's t)."""
    found = table(
        SEEN,
        {
            "nothing": side("contacts", "contacts", [1, 2, 3], [0, 0, 0]),
            "a": side("contacts", "contacts", [2, 3, 4], [10, 12, 14]),
        },
    )
    ratio = found.rows[1].ratio
    assert ratio is not None
    assert (ratio.mean, ratio.low, ratio.high) == (
        12,
        pytest.approx(12 - 4.968, abs=1e-3),
        pytest.approx(16.968, abs=1e-3),
    )


def test_no_price_is_put_on_a_gain_that_may_be_nothing() -> None:
    found = table(
        SEEN,
        {
            "nothing": side("contacts", "contacts", [5, 5, 5], [0, 0, 0]),
            "a": side("contacts", "contacts", [3, 9, 5], [10, 10, 10]),
        },
    )
    assert not found.rows[1].is_told
    assert "cannot be told" in found.rows[1].sentence
    assert "£" not in found.rows[1].sentence


def test_without_a_price_an_option_is_not_compared() -> None:
    found = table(
        SEEN,
        {
            "nothing": side("contacts", "contacts", [5, 5], [0, 0]),
            "a": side("contacts", "contacts", [6, 6], None),
        },
    )
    assert [(each.variant, each.place) for each in found.rows] == [("nothing", "first"), ("a", "not known")]


def test_a_share_is_priced_by_the_percentage_point() -> None:
    """£1,000 for 10 percentage points: £100 for each."""
    within = Outcome(name="Within 18 weeks", measure="standard.within.rtt", better="higher")
    found = table(
        within,
        {
            "nothing": side("standard.within.rtt", "share", [0.8, 0.7], [0, 0]),
            "a": side("standard.within.rtt", "share", [0.9, 0.8], [1000, 1000]),
        },
    )
    assert "costs £100 for each percentage point gained" in found.rows[1].sentence


@pytest.mark.parametrize(
    ("mean", "half", "said"),
    [
        (33_550, 5_300, "£34,000 (95% interval £28,000 to £39,000)"),
        (4_673_246, 912_000, "£4,700,000 (95% interval £3,800,000 to £5,600,000)"),
        (12.345, 0.41, "£12.30 (95% interval £11.90 to £12.80)"),
        (646_564, 159_668, "£650,000 (95% interval £490,000 to £810,000)"),
        (500, 0, "£500"),
    ],
)
def test_pounds_are_rounded_to_what_their_interval_allows(mean: float, half: float, said: str) -> None:
    assert rounded_pounds(Interval(mean, mean - half, mean + half, 9)) == said
