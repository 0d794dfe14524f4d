"""The charts of money say what the ledger says, to the pound, and call nothing a saving that is none."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.patches import StepPatch
from matplotlib.text import Annotation, Text
from words_on_charts import labels_out_of_view

from pathway_modeller.report.charts.break_even import break_even
from pathway_modeller.report.charts.bridge import bridge
from pathway_modeller.report.charts.equity import equity
from pathway_modeller.report.charts.payers import payers
from pathway_modeller.report.charts.shifts import shift
from pathway_modeller.report.drawing.style import PAGE, PROJECTOR, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.report.words.pool_months import while_open_by_month
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.shifts.timeline import shift_account
from tests.report.money_by_hand import MONTHS, SAME, cheaper, dearer, money_findings, rows
from tests.report.results_by_hand import WOBBLE
from tests.vectors_by_hand import measured_of

BUILDS = [bridge, break_even, payers, shift, equity]
NAMES = {
    "near": "Follow-ups near home in all seven service delivery footprints, as planned",
    "other": "Patient-initiated follow-up at a practice in Tyldesley, Atherton, Boothstown and Astley",
    "third": "Third",
}
WINDOW = Style(width=7.2, height=4.1)
NARROW = Style(width=5.0, height=2.6)
WIDE = Style(width=16.5, height=6.5)


@pytest.fixture(scope="module")
def several():
    """One option costs more, one strays so far that some replications never pay back, one changes nothing."""
    return money_findings(
        {"near": dearer(), "other": cheaper(stray=700_000), "third": rows("nhs", "step", [4_000_000] * 13)},
        NAMES,
        waits={"other": {"east": 25.0, "west": 18.0}},
    )


def means(chart, measure, variant=None):
    table = chart.table[chart.table["measure"] == measure]
    if variant is not None:
        table = table[table["variant"] == variant]
    return dict(zip(table["of"], table["mean"], strict=True))


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
@pytest.mark.parametrize(
    "style",
    [PAGE, *(pytest.param(each, marks=pytest.mark.long) for each in (PROJECTOR, WINDOW)), NARROW],
    ids=["page", "projector", "window", "narrow"],
)
def test_nothing_is_clipped_and_no_words_overlap(several, build, style):
    figure = build(several, style).figure
    width, height = figure.canvas.get_width_height()
    figure.canvas.draw()
    hidden = {label for axes in figure.axes for label in labels_out_of_view(axes)}
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden
    ]
    for words, box in boxes:
        assert box.x0 >= -0.5, words
        assert box.x1 <= width + 0.5, words
        assert box.y0 >= 0, words
        assert box.y1 <= height, words
    for (one, first), (two, second) in itertools.combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        upwards = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across <= 1 or upwards <= 0.3 * min(first.height, second.height), f"{one!r} on {two!r}"


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_every_chart_says_where_its_figures_come_from_and_in_which_prices(several, build):
    chart = build(several, PAGE)
    assert "seed 7" in chart.source
    assert "29 April 2025 to 27 April 2026" in chart.subtitle
    assert "10 replications" in chart.subtitle
    assert chart.headline in chart.alternative
    assert "nan" not in chart.alternative
    assert "nan" not in " ".join(text.get_text() for text in chart.figure.findobj(Text))
    assert "GBP 2024/25" in " ".join(chart.table["unit"])


def test_a_bridge_leads_from_one_total_to_the_other(several):
    """13 months of £40,000; £3,000 less open, £3,000 stranded, £1,000 double, £4,000 new, £20,000 once."""
    found = means(bridge(several), "system_cost.change", NAMES["near"])
    assert found == pytest.approx(
        {
            "Do nothing": 520_000,
            "Capacity that is open": 13_000,
            "Stranded: closed, still paid": 39_000,
            "Double running": 13_000,
            "Set-up": 20_000,
            "Net change": 85_000,
            "With the option": 605_000,
        }
    )


def test_no_line_goes_through_the_titles_of_a_bridge(several):
    axes = bridge(several).figure.axes[0]
    titles = [text.xy[1] for text in axes.texts if isinstance(text, Annotation)]
    upright = [line.get_ydata() for line in axes.lines if set(line.get_xdata()) == {0}]
    assert titles
    assert upright
    assert not [place for place in titles for ends in upright if min(ends) < place < max(ends)]


def test_the_bridge_gives_the_paired_interval_of_the_net_change(several):
    """The option strays by £7,000 x 13, the baseline by nothing: its interval is that of the difference."""
    table = bridge(several).table
    net = table[(table["variant"] == NAMES["other"]) & (table["of"] == "Net change")].iloc[0]
    totals = np.linspace(-1, 1, 10) * 7_000 * 13
    half = 2.262157 * totals.std(ddof=1) / math.sqrt(10)
    assert (net["low"], net["high"]) == pytest.approx((net["mean"] - half, net["mean"] + half), rel=1e-5)


def test_only_cash_that_leaves_is_called_a_saving():
    """£30,000 less over 364 days; in a year nothing has grown yet, whatever the length of its months."""
    chart = bridge(money_findings({"near": cheaper()}, {"near": "Near home"}))
    assert chart.headline == (
        "Saves cash: system cash −£30,000 over the 364 days under “Near home” (the same in every replication)"
    )
    dear = bridge(money_findings({"near": dearer()}, {"near": "Near home"}))
    assert dear.headline.startswith("No saving: system cash +£85,000 over the 364 days under “Near home”")
    assert "Saves" not in dear.alternative


def test_options_are_told_apart_in_the_headline(several):
    assert bridge(several).headline == (
        "No option is shown to save cash over the 364 days: +£85,000 “Follow-ups near home…”"
    )
    short = Findings(several.results, several.scenario.model_copy(update={"options": _short(several)}))
    assert bridge(short).headline == (
        "No option is shown to save cash over the 364 days: +£85,000 “N”, −£30,000 “O”, no change “T”"
    )


def _short(findings):
    """The options of findings by the first letters of their ids."""
    options = findings.scenario.options
    return {key: each.model_copy(update={"short_name": key[0].upper()}) for key, each in options.items()}


def test_without_a_price_money_is_not_known_and_nothing_is_drawn_as_zero():
    missing = {"near": {"cost": ('the cost of pool "Community team"',)}}
    found = money_findings({"near": dearer()}, {"near": "Near home"}, missing=missing)
    for build in (bridge, break_even, payers, shift):
        chart = build(found)
        assert 'System cost is not known: the cost of pool "Community team"' in chart.headline
        assert "enter" in chart.headline
        assert chart.table.empty


def test_one_option_without_a_price_is_told_beside_another():
    missing = {"near": {"cost": ("the cost of a pool",)}}
    found = money_findings({"near": dearer(), "far": cheaper()}, missing=missing, shift=False)
    chart = bridge(found)
    assert chart.headline == ("Cash saved over the 364 days: “Far” −£30,000; none claimed: “Near” not known")
    assert "Near: System cost is not known: the cost of a pool" in chart.alternative
    table = chart.table[chart.table["variant"] == "Near"]
    assert table["mean"].isna().all()
    assert break_even(found).headline == (
        "Not known, as prices are missing: “Near”; Pays back from December 2025: “Far”"
    )


def test_break_even_keeps_those_that_never_do():
    """£30,000 saved over 13 months; those that cost £2,308 a month more than the mean never pay back."""
    chart = break_even(money_findings({"near": cheaper(stray=700_000)}, {"near": "Near home"}))
    counts = means(chart, "break_even")
    assert sum(counts.values()) == 10
    assert counts["not within the horizon"] == 4
    words = {text.get_text().replace("\n", " ") for text in chart.figure.findobj(Text)}
    assert {"Not within the horizon", "4 of 10"} <= words
    assert chart.headline == "“Near home”: may pay back from December 2025 (September 2025 to never)"
    assert "not within the horizon in 4 of 10 replications" in chart.alternative


def test_an_option_that_pays_back_says_when_and_how_deep_it_goes():
    chart = break_even(money_findings({"near": cheaper()}, {"near": "Near home"}))
    assert chart.headline == (
        "“Near home”: pays back from December 2025; the funding gap reaches £30,000 in June 2025"
    )
    cash = means(chart, "cumulative_net_cash")
    assert [cash[month] for month in (MONTHS[0], MONTHS[2], MONTHS[7], MONTHS[12])] == pytest.approx(
        [-10_000, -30_000, 0, 30_000]
    )


def test_an_option_that_never_pays_back_says_so():
    chart = break_even(money_findings({"near": dearer()}, {"near": "Near home"}))
    assert chart.headline == (
        "“Near home”: does not pay back within the 364 days; "
        "the funding gap still grows: £85,000 by April 2026"
    )


def test_an_option_that_changes_nothing_does_not_break_even():
    same = rows("nhs", "step", [4_000_000] * 13)
    chart = break_even(money_findings({"near": same}, {"near": "Near home"}, shift=False))
    assert chart.headline == "“Near home”: what the system pays does not change"


@pytest.mark.parametrize(
    ("spread", "chance"), [(0.0, "+£1,000 to +£1,000"), (30_000.0, "+£15,439, which may be chance")]
)
def test_where_only_the_bill_changes_break_even_says_by_how_much(spread, chance):
    """Prices of contacts rise by £1,000 in all; what the system pays stays £40,000 a month."""
    found = money_findings({"near": rows("nhs", "step", [4_000_000] * 13)}, {"near": "Near"}, shift=False)
    values = found.results.values
    bill = (values["variant"] == "near") & (values["measure"] == "bill") & (values["setting"] == "")
    more = 1_000 + spread * WOBBLE
    changed = values.assign(value=values["value"].mask(bill, values["value"] + more[values["replication"]]))
    chart = break_even(Findings(replace(found.results, measures=measured_of(changed)), found.scenario))
    assert chart.headline == "“Near”: what the system pays does not change"
    said = "The commissioner's bill changes by +£1,000 over the 364 days (95% interval "
    assert chart.subtitle.startswith(said)
    assert chance in chart.subtitle


def test_payers_sum_to_the_total_to_the_penny(several):
    table = payers(several).table
    for option in NAMES.values():
        mine = table[table["variant"] == option]
        now, after = (mine[mine["measure"] == f"payer.{side}"]["mean"].sum() for side in ("now", "after"))
        assert now == pytest.approx(520_000, abs=0.005)
        change = mine[mine["measure"] == "payer.change"]["mean"].sum()
        assert after - now == pytest.approx(change, abs=0.005)


def test_payers_fill_a_wide_sheet(several):
    figure = payers(several, WIDE).figure
    figure.canvas.draw()
    right = max(
        text.get_window_extent().x1
        for axes in figure.axes
        for text in axes.texts
        if text.get_ha() == "right" and text.get_text()
    )
    assert right > 0.95 * figure.bbox.width


def test_side_payments_are_told_where_gains_suffice():
    """The council pays £40,000 more, the health service £70,000 less: £30,000 are left to it."""
    chart = payers(money_findings({"near": cheaper()}, {"near": "Near home"}))
    assert chart.headline == (
        "Who pays over the 364 days: Health service −£70,000 under “Near home”, "
        "Council +£40,000 under “Near home”"
    )
    assert chart.subtitle.startswith("Side payments of £40,000 would leave no partner worse off. ")
    settled = means(chart, "payer.change_after_side_payments")
    assert settled["Council"] == 0
    assert settled["Health service"] == pytest.approx(-30_000, abs=1)


def test_no_side_payment_helps_where_the_whole_costs_more():
    chart = payers(money_findings({"near": dearer()}, {"near": "Near home"}))
    assert "No side payment can leave every partner as well off" in chart.subtitle


def test_without_payers_the_next_step_is_told():
    found = money_findings({"near": cheaper()}, payers=False)
    chart = payers(Findings(_nobody(found.results), found.scenario))
    assert "no payer is named; add payers" in chart.headline


def _nobody(results):
    return replace(results, cash=results.cash.assign(payer=""), ledger=results.ledger.assign(payer=""))


def test_a_shift_is_shown_as_it_was_planned_and_simulated(several):
    chart = shift(several)
    scenario = several.scenario
    plan = shift_account(
        scenario.options["near"].shifts["near"],
        apply_option(scenario, "near"),
        scenario.run.model_copy(update={"warm_up": type(scenario.run.duration)(value=28, unit="days")}),
        scenario.money,
    )
    assert list(means(chart, "shift.opened")) == MONTHS
    assert list(means(chart, "shift.opened").values()) == pytest.approx([month.opened for month in plan])
    assert means(chart, "shift.units_closed")[MONTHS[-1]] == 1
    assert means(chart, "shift.units_opened")[MONTHS[-1]] == 2
    assert set(means(chart, "shift.stranded").values()) == {3_000.0}
    assert means(chart, "shift.set_up")[MONTHS[0]] == 20_000
    assert chart.headline.startswith(
        "“Clinics to community” opens 2 units of “Community team” and closes 1 unit of “Hospital clinics”"
    )
    words = {text.get_text().replace("\n", " ") for text in chart.figure.findobj(Text)}
    assert "£120,000 a year" in words
    assert any("recruitment lag 2 months" in each and "notice 2 months" in each for each in words)


def test_without_a_shift_the_chart_says_how_to_make_one():
    chart = shift(money_findings({"near": cheaper()}, shift=False))
    assert "No option moves money between pools" in chart.headline
    assert "add an investment shift" in chart.headline


def test_a_footprint_that_loses_comes_first_and_is_marked():
    waits = {"near": {"east": 20.0, "west": 26.0}}
    contacts = {"near": {"east": 950.0, "west": 1000.0}}
    found = money_findings({"near": cheaper()}, {"near": "Near home"}, waits=waits, contacts=contacts)
    chart = equity(found)
    assert chart.headline == "Worse off: “West” under “Near home”"
    assert "wait 6 days longer on average" in chart.alternative
    assert "have 91 contacts a year fewer for each 1,000 need-weighted heads" in chart.alternative
    drawn = [text.get_text() for text in chart.figure.findobj(Text)]
    assert drawn.index("West") < drawn.index("East")
    marked = [text for text in drawn if text.endswith(" *")]
    assert len(marked) == 2


def test_equity_gives_cost_contacts_and_waits_for_each_head():
    """£520,000 over 364 days by 2,000 people of one weight; West has 1,100 contacts of 1,100 heads."""
    found = money_findings({"near": cheaper()}, {"near": "Near home"})
    table = equity(found).table
    mine = table[(table["of"] == "West") & (table["variant"] == "Baseline")].set_index("measure")["mean"]
    a_year = 365 / 364
    assert mine["equity.heads"] == pytest.approx(1_100)
    assert mine["equity.cost"] == pytest.approx(260 * a_year)
    assert mine["equity.contacts"] == pytest.approx(1_000 * a_year)
    assert mine["equity.wait"] == pytest.approx(SAME["west"])


def test_where_nobody_loses_the_headline_says_only_that():
    chart = equity(money_findings({"near": cheaper()}, {"near": "Near home"}))
    assert (
        chart.headline == "No footprint is shown to wait longer or to have fewer contacts under “Near home”"
    )


def test_findings_hold_the_pathways_that_were_run(several):
    assert several.pathways["near"] == played(several.scenario, "near")
    assert several.pathways["near"].pools["community"].steps


@pytest.mark.parametrize(
    ("side", "words"),
    [("from", "Money found elsewhere"), ("to", "Money taken out")],
)
def test_a_shift_of_one_pool_alone_says_where_the_money_comes_from_or_goes(side, words):
    found = money_findings({"near": dearer()}, {"near": "Near home"})
    plain = found.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    del plain["options"]["near"]["shifts"]["near"][side]
    chart = shift(Findings(found.results, type(found.scenario).model_validate(plain)))
    assert words in {text.get_text() for text in chart.figure.findobj(Text)}
    assert ("no capacity is closed for it" in chart.headline) == (side == "from")


def test_with_one_payer_nothing_is_said_of_side_payments():
    """The only payer pays £65,000 more in the period, in one option and in one of two."""
    dear = [*rows("nhs", "step", [4_500_000] * 13)]
    for options in ({"near": dear}, {"near": dear, "far": rows("nhs", "step", [4_000_000] * 13)}):
        found = money_findings(options, shift=False)
        plain = found.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        del plain["baseline"]["payers"]["council"]
        plain["baseline"]["pools"]["community"]["payer"] = "nhs"
        chart = payers(Findings(found.results, type(found.scenario).model_validate(plain)))
        assert "ide payment" not in chart.headline + chart.subtitle.partition("What each payer pays")[0]
        assert "Health service +£65,000 under “Near”" in chart.headline
    both = money_findings({"near": dear, "far": dear}, shift=False)
    plain["options"] = both.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)["options"]
    chart = payers(Findings(both.results, type(both.scenario).model_validate(plain)))
    assert chart.headline.count("Health service +£65,000 under") == 2


def test_cost_by_footprint_is_drawn_from_zero():
    axes = equity(money_findings({"near": cheaper()}, {"near": "Near home"})).figure.axes
    plots = [
        each.get_xlim() for each in axes if any(text.get_text() == "0" for text in each.get_xticklabels())
    ]
    assert len(plots) == 4, "the page and three measures"
    assert all(low <= 0 < high for low, high in plots)


def test_one_replication_says_nothing_of_money():
    found = money_findings({"near": cheaper(), "far": cheaper()}, shift=False)
    cash, values = (each[each["replication"] == 0] for each in (found.results.cash, found.results.values))
    first = {"cash": cash, "measures": measured_of(values)}
    alone = replace(found.results.provenance, replications=1)
    chart = bridge(Findings(replace(found.results, provenance=alone, **first), found.scenario))
    assert chart.headline.startswith("No option is shown to save cash over the 364 days")
    assert "one replication, so no interval can be given" in chart.subtitle
    assert "aves" not in chart.headline


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_no_headline_is_longer_than_it_may_be_or_counts_options(several, build):
    for options in ({"near": cheaper()}, {"near": dearer()}, {"near": dearer(), "other": cheaper()}):
        for findings in (several, money_findings(options, {key: NAMES[key] for key in options})):
            chart = build(findings)
            assert len(chart.headline) <= LONGEST, chart.headline
            assert "options" not in chart.headline


def test_what_a_shift_uses_is_on_the_scale_of_its_capacity(several):
    units = while_open_by_month(several, "near", "clinics")
    assert units is not None
    there, used = units
    assert there.mean[0] == 4
    assert used.mean[0] == pytest.approx(3.0)


def test_the_chart_of_a_shift_draws_units_open_as_steps_and_units_in_use_as_lines(several):
    moved = several.scenario.options["near"].shifts["near"]
    plots = [
        axes for axes in shift(several).figure.axes if any(isinstance(p, StepPatch) for p in axes.patches)
    ]
    pools = [each for each in (moved.origin, moved.target) if while_open_by_month(several, "near", each)]
    assert len(plots) == len(pools) > 0
    for axes, pool in zip(plots, pools, strict=True):
        opened, used = while_open_by_month(several, "near", pool)
        _, before = while_open_by_month(several, "baseline", pool)
        steps = [patch.get_data().values for patch in axes.patches if isinstance(patch, StepPatch)]
        for drawn in steps:
            np.testing.assert_allclose(drawn, opened.mean)
        lines = [line.get_ydata() for line in axes.lines if len(line.get_ydata()) == len(opened.mean)]
        np.testing.assert_allclose(lines[:2], [before.mean, used.mean])
        assert not np.allclose(opened.mean, used.mean), "else the one could stand for the other"


def test_the_matrix_of_payers_is_as_high_as_its_rows_need(several):
    figure = payers(several).figure
    assert figure.get_size_inches()[1] <= 2 * PAGE.height, "three options of three rows each"
    figure.canvas.draw()
    inked = (np.asarray(figure.canvas.buffer_rgba())[..., :3] < 250).any(axis=(1, 2))
    assert inked.mean() > 0.35, "no page that is nearly empty"
    rows = np.flatnonzero(inked)
    assert np.diff(rows).max() < 0.2 * len(inked), "no large hole between the rows"
