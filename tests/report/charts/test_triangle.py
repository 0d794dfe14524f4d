"""The twin triangle: people, money in total and money per head, always together, told as the figures are."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.text import Text

from pathway_modeller.analysis.planning.planning import plan
from pathway_modeller.experiment.results.results import LINE
from pathway_modeller.paths import shipped
from pathway_modeller.report.charts.triangle import (
    planned_picture,
    triangle_figure,
    triangle_years,
    twin_triangle,
)
from pathway_modeller.report.drawing.style import PAGE, PROJECTOR
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from tests.report.results_by_hand import make_results, make_scenario, whole

PEOPLE = {"low": 900.0, "high": 100.0}
TIERS = {
    "low": {"name": "Base: mostly well", "level": 1, "age_band": "adults"},
    "high": {"name": "Tip: highest need", "level": 2, "age_band": "adults"},
    "child": {"name": "Children", "level": 1, "age_band": "children"},
}


def lines(variant, view="cost", **pounds):
    """Ledger lines of every month of the year; "undivided" is money of no tier."""
    labels = dict.fromkeys(LINE, "") | {"view": view, "kind": "other"}
    months = [f"{2025 + (3 + number) // 12}-{(3 + number) % 12 + 1:02d}" for number in range(12)]
    return pd.DataFrame(
        [
            {
                "variant": variant,
                **labels,
                "month": month,
                "need_tier": "" if tier == "undivided" else tier,
                "pence": 100 * amount / 12,
            }
            for tier, amount in pounds.items()
            for month in months
        ]
    )


def people(variant, **numbers):
    rows = [
        {"variant": variant, "year": year, "need_tier": tier, "footprint": "leigh", "mean": number}
        for year in (0.0, 1.0)
        for tier, number in numbers.items()
    ]
    return pd.DataFrame(rows).assign(low=0.0, high=0.0)


def findings(ledger, population, *, missing=None, tiers=("low", "high"), options=("near",)):
    """Findings of a year from 1 April 2025 with this money and these people."""
    names = {option: f"Option {option}" for option in options}
    scenario = make_scenario(names)
    needs = Pathway.model_validate({"need_tiers": {tier: TIERS[tier] for tier in tiers}}).need_tiers
    bands = {"adults": {"name": "Adults", "from_age": 18}, "children": {"name": "Children", "from_age": 0}}
    pathway = Pathway.model_validate({"age_bands": bands})
    baseline = scenario.baseline.model_copy(update={"need_tiers": needs, "age_bands": pathway.age_bands})
    made = make_results({variant: whole(80, 140_000) for variant in (BASELINE, *options)})
    provenance = replace(
        made.provenance, warm_up_days=0.0, collection_days=365.0, start_date=dt.date(2025, 4, 1)
    )
    results = replace(
        made, provenance=provenance, ledger=ledger, population=population, missing=missing or {}
    )
    return Findings(results, scenario.model_copy(update={"baseline": baseline}))


@pytest.fixture(scope="module")
def both():
    """Of £100,000 the tip, a tenth of people, has half: 9 times the base per head."""
    return findings(
        pd.concat([lines(BASELINE, low=50_000, high=50_000), lines("near", low=60_000, high=40_000)]),
        pd.concat([people(BASELINE, **PEOPLE), people("near", low=920, high=80)]),
    )


def values(chart):
    return {
        (row.variant, row.of, row.measure): row.mean for row in chart.table.itertuples() if row.of != "All"
    }


def test_headline_tells_people_money_and_heads_of_every_variant(both) -> None:
    """Option: 80 of 1,000 people, £40,000 of £100,000, £500 a head against £65.2."""
    headline = twin_triangle(both).headline
    assert headline == (
        "The tip: 10% of people, 50% of money, 9.0 times the base per head; "
        "“Option near” 8.0%, 40%, 7.7 times"
    )


def test_people_and_money_in_total_and_per_head_are_drawn_together(both) -> None:
    chart = twin_triangle(both)
    drawn = [text.get_text() for text in chart.figure.findobj(Text)]
    for title in ("People", "System cost in total", "System cost per head and\nyear"):
        assert title in drawn
    for number in ("100 (10%)", "900 (90%)", "£50,000 (50%)", "£500", "£100,000"):
        assert any(number in text for text in drawn), number
    assert "year 1, 1 April 2025 to 31 March 2026" in chart.subtitle
    assert "no interval by tier" in chart.subtitle


def test_years_that_can_be_drawn(both) -> None:
    assert triangle_years(both) == (0,)
    assert twin_triangle(both, year=0).headline == twin_triangle(both).headline


def test_table_holds_what_is_drawn(both) -> None:
    found = values(twin_triangle(both))
    assert found["Baseline", "Tip: highest need", "people"] == pytest.approx(100)
    assert found["Baseline", "Tip: highest need", "System cost"] == pytest.approx(50_000)
    year = found["Option near", "Tip: highest need", "System cost a head and year"]
    assert year == pytest.approx(500)


def test_alternative_tells_every_tier(both) -> None:
    words = twin_triangle(both).alternative
    assert "Tip: highest need: Baseline 100 people, £50,000 in total and £500 a head and year" in words
    assert "Option near 80 people, £40,000 in total" in words


def test_money_of_no_tier_has_its_own_row_and_is_in_the_total() -> None:
    chart = twin_triangle(
        findings(
            lines(BASELINE, low=30_000, high=10_000, undivided=60_000), people(BASELINE, **PEOPLE), options=()
        )
    )
    assert values(chart)["Baseline", "Not divided by tier", "System cost"] == pytest.approx(60_000)
    assert "25% of money that is divided by tier" in chart.headline
    assert "All: Baseline 1,000 people, £100,000 in total and £100 a head and year" in chart.alternative


def test_bill_is_drawn_where_only_it_belongs_to_tiers() -> None:
    ledger = pd.concat(
        [lines(BASELINE, view="bill", low=10_000, high=30_000), lines(BASELINE, undivided=9_000)]
    )
    chart = twin_triangle(findings(ledger, people(BASELINE, **PEOPLE), options=()))
    assert chart.subtitle.startswith("People and commissioner's bill in")
    asked = twin_triangle(findings(ledger, people(BASELINE, **PEOPLE), options=()), view="cost")
    assert asked.subtitle.startswith("People and system cost")


def test_money_that_no_tier_has_is_said_not_drawn_as_nothing() -> None:
    empty = lines(BASELINE, low=1.0).iloc[:0]
    chart = twin_triangle(findings(empty, people(BASELINE, **PEOPLE), options=()))
    assert chart.headline == (
        "The tip: 10% of people; "
        "no money is divided by need tier: enter spending per head or prices and costs"
    )
    assert chart.table[chart.table["measure"] == "System cost"]["mean"].isna().all()
    assert "£" not in "".join(text.get_text() for axes in chart.figure.axes for text in axes.texts)


def test_money_with_a_missing_price_has_no_figure() -> None:
    missing = {BASELINE: {"cost": ("Clinic: price",), "bill": ("Clinic: price",)}}
    chart = twin_triangle(
        findings(lines(BASELINE, low=5.0), people(BASELINE, **PEOPLE), missing=missing, options=())
    )
    assert chart.table[chart.table["measure"] == "System cost"]["mean"].isna().all()
    assert "no money is divided by need tier" in chart.headline
    assert "nan" not in chart.alternative


def test_nobody_counted_is_told_with_what_would_mend_it() -> None:
    nobody = people(BASELINE, low=1.0).iloc[:0]
    chart = twin_triangle(findings(lines(BASELINE, undivided=5.0), nobody, tiers=(), options=()))
    assert chart.headline.startswith("The triangle of need cannot be drawn: enter need tiers")


def test_one_age_band_may_be_asked_for() -> None:
    given = findings(
        lines(BASELINE, low=10_000, high=10_000, child=80_000),
        people(BASELINE, child=500, **PEOPLE),
        tiers=("low", "high", "child"),
        options=(),
    )
    everyone = values(twin_triangle(given))
    assert ("Baseline", "Children", "people") in everyone
    adults = twin_triangle(given, age_band="adults")
    assert ("Baseline", "Children", "people") not in values(adults)
    assert adults.headline.startswith("The tip: 10% of people, 50% of money")


@pytest.fixture(scope="module")
def planned():
    scenario = load(shipped("scenarios") / "five-tier-population.json")
    pathways = {variant: apply_option(scenario, variant) for variant in (BASELINE, "prevention")}
    return scenario, pathways, {key: plan(pathway, scenario.run, 20) for key, pathway in pathways.items()}


def test_triangle_planned_for_a_year(planned) -> None:
    start, later = (triangle_figure(planned_picture(*planned, year)) for year in (0, 20))
    assert start.headline == (
        "The tip: 2.8% of people, 19% of money, 20 times the base per head; "
        "the option changes nothing of this"
    )
    assert later.headline.startswith(
        "The tip: 4.2% of people, 23% of money, 20 times the base per head; “Prevention"
    )
    assert "1 July 2042" in later.subtitle
    assert "without patients or queues" in later.subtitle
    assert "nothing was simulated" in later.source
    total = later.table[(later.table["measure"] == "Spending") & (later.table["variant"] == "Baseline")]
    assert total["mean"].sum() == pytest.approx(1080.15e6, rel=1e-5)


@pytest.mark.parametrize("style", [PAGE, PROJECTOR], ids=["page", "projector"])
@pytest.mark.parametrize("which", ["both", "planned", "long"])
def test_nothing_is_clipped_and_no_words_overlap(both, planned, which, style) -> None:
    if which == "both":
        chart = twin_triangle(both, style)
    elif which == "planned":
        chart = triangle_figure(planned_picture(*planned, 20), style)
    else:
        chart = twin_triangle(
            findings(
                lines(BASELINE, low=3e9, high=5e10, undivided=4e8),
                people(BASELINE, low=51_234_567, high=6_789_012),
                options=(),
            ),
            style,
        )
    figure = chart.figure
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    boxes = [
        (text.get_text(), text.get_window_extent())
        for axes in (figure, *figure.axes)
        for text in axes.texts
        if text.get_text().strip()
    ]
    assert len(boxes) > 10
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.y0 >= 0, words
        assert box.x1 <= width, words
        assert box.y1 <= height, words
    for (one, first), (two, second) in itertools.combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        upwards = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across <= 1 or upwards <= 0.3 * min(first.height, second.height), f"{one!r} on {two!r}"
