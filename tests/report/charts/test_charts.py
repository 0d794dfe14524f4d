"""Every chart says what its figures say, in full, and nothing is clipped or overlaps."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text
from words_on_charts import assert_words_stand_apart

from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.charts.activity import activity_by_setting
from pathway_modeller.report.charts.costs import bill_by_setting, pool_cost_by_setting, system_cost_by_setting
from pathway_modeller.report.charts.differences import differences
from pathway_modeller.report.charts.footprints import waits_by_footprint
from pathway_modeller.report.charts.occupancy_distribution import occupancy_distribution
from pathway_modeller.report.charts.over_time import occupancy_over_time, queue_over_time
from pathway_modeller.report.charts.standards import standards
from pathway_modeller.report.charts.waits import mean_waits
from pathway_modeller.report.drawing.bounds import within_bounds
from pathway_modeller.report.drawing.style import PAGE, PROJECTOR
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.report.words.opening_hours_use import units_there, while_open
from pathway_modeller.scenario.people import OwnSetting
from pathway_modeller.scenario.values import Money
from tests.report.results_by_hand import LONG, OPTION, figure, make_results, make_scenario, whole
from tests.vectors_by_hand import measured_of

NAMES = {"near": OPTION, "other": "Patient-initiated follow-up, as evidenced", "third": "Third"}


@pytest.fixture(scope="module")
def several():
    figures = {
        "baseline": whole(80, 140_000),
        "near": whole(70, 139_000, hospital=600),
        "other": whole(80, 140_100),
        "third": whole(60, 120_000),
    }
    return Findings(make_results(figures), make_scenario(NAMES))


def compared(option, name="Near home", baseline=None):
    figures = {"baseline": baseline or whole(80, 140_000), "near": option}
    return Findings(make_results(figures), make_scenario({"near": name}))


@pytest.fixture(scope="module")
def alone():
    return Findings(make_results({"baseline": whole(80, 140_000)}), make_scenario({}))


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
@pytest.mark.parametrize(
    "style", [PAGE, pytest.param(PROJECTOR, marks=pytest.mark.long)], ids=["page", "projector"]
)
def test_nothing_is_clipped_and_no_words_overlap(several, kind, style):
    assert_words_stand_apart(kind.build(several, style).figure)


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_every_chart_has_its_message_measure_source_and_words(several, kind):
    chart = kind.build(several, PAGE)
    drawn = " ".join(" ".join(text.get_text().split()) for text in chart.figure.texts)
    for part in (chart.headline, chart.subtitle, chart.source):
        assert part
        assert " ".join(part.split())[:40] in drawn
    assert chart.headline in chart.alternative
    assert chart.alternative.endswith(".")
    assert "Outpatient follow-up in Wigan" in chart.source
    for part in ("01234567", "seed 7", "simpy", "0.1.0", "28 days", "10 replications"):
        assert part in chart.source
    assert "01234567" + "89" not in chart.source


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_no_headline_is_longer_than_it_may_be_or_counts_options(several, alone, kind):
    near = compared(whole(70, 139_000), name=OPTION)
    for findings in (several, alone, near):
        chart = kind.build(findings, PAGE)
        assert "of 3 options" not in chart.headline
        if not chart.table.empty:  # what cannot be drawn says at length what is missing, and is not exported
            assert len(chart.headline) <= LONGEST, chart.headline


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_every_chart_can_be_made_of_a_baseline_alone(alone, kind):
    chart = kind.build(alone, PAGE)
    assert chart.headline
    assert "nan" not in chart.alternative


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_every_chart_can_be_made_of_one_replication(kind):
    results = make_results({"baseline": whole(80, 140_000), "near": whole(70, 139_000)})
    one = results.values[results.values["replication"] == 0]
    provenance = type(results.provenance)(
        **{**vars(results.provenance), "replications": 1, "finished": False, "asked": 30}
    )
    single = type(results)(provenance, measured_of(one), results.series, results.distributions)
    chart = kind.build(Findings(single, make_scenario({"near": "Near home"})), PAGE)
    assert "nan" not in chart.alternative
    assert "stopped early; 30 were asked for" in chart.source


def test_a_shown_difference_is_told_with_its_size_and_interval():
    """Replications of both stray alike, so that the difference is 10 days in each: of weeks."""
    chart = mean_waits(compared(whole(70, 140_000)))
    assert chart.headline == (
        "Mean waiting time for Clinic: −1.4 weeks under “Near home” (the same in every replication)"
    )


def test_a_difference_that_may_be_zero_is_told_as_such():
    """The option strays by 60 days round the baseline's mean: its interval holds zero."""
    chart = mean_waits(compared(whole(80, 140_000, spread=60.0)))
    assert chart.headline == (
        "Mean waiting time for Clinic: 0.0 weeks under “Near home” (95% interval −4.1 to +4.1 weeks)"
    )


def test_a_bill_is_told_as_a_figure_over_the_period():
    chart = bill_by_setting(compared(whole(80, 141_000)))
    assert chart.headline == (
        "Commissioner's bill: +£1,000 over the 364 days under “Near home” (the same in every replication)"
    )


def test_a_bill_that_is_lower_is_not_called_a_saving():
    chart = bill_by_setting(compared(whole(80, 139_000)))
    assert chart.headline.startswith("Commissioner's bill: −£1,000 over the 364 days under “Near home” (")
    assert "sav" not in f"{chart.headline} {chart.subtitle}".lower()


def test_a_bill_that_is_the_same_does_not_change():
    chart = bill_by_setting(compared(whole(80, 140_000)))
    assert chart.headline == "Commissioner's bill: no change under “Near home”"


def nobody_waits():
    """The figures of a variant under which every patient starts at once."""
    found = whole(0, 140_000, spread=0.0)
    none = {"wait.mean", "wait.median", "wait.p92", "queue.mean"}
    return [{**each, "values": 0.0 * each["values"]} if each["measure"] in none else each for each in found]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, marks=pytest.mark.long),
        pytest.param({"near": "Near home"}, marks=pytest.mark.long),
        {"near": "Near home", "other": "Other"},
    ],
)
@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_no_axis_of_waits_begins_below_nothing_where_nobody_waits(kind, options):
    figures = {variant: nobody_waits() for variant in ("baseline", *options)}
    found = make_results(figures)
    still = found.series["kind"] == "queue"
    series = found.series.assign(**{x: found.series[x].mask(still, 0.0) for x in ("mean", "low", "high")})
    chart = kind.build(Findings(replace(found, series=series), make_scenario(options)))
    for axes in chart.figure.axes:
        if axes.axison and kind.id not in ("differences", "break-even") and axes.get_xlim() != (-1, 1):
            shown = [tick for tick in axes.get_xticks() if axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
            assert min(shown, default=0.0) >= 0, kind.id
            assert axes.get_xlim()[1] >= 1
    where = {0: "", 1: ", in the baseline or “Near home”", 2: ", in the baseline or any option"}
    said = {
        "mean-waits": "Nobody waits for any activity",
        "median-waits": "At every activity at least half of the patients started have not waited",
        "long-waits": "At every activity at least 92 of 100 patients started have not waited",
    }
    if kind.id in said:
        assert chart.headline == f"{said[kind.id]}{where[len(options)]}"
        assert chart.figure.axes[0].get_xlim() == (0.0, 1.0)
    if kind.id == "queue-over-time" and not options:
        assert chart.headline == "Nobody waits for Clinic over the 364 days"


def test_a_number_without_a_mark_says_whose_it_is():
    """Nobody gave up in the baseline, so that there is no percentage, and no mark, for the one who did."""
    figures = {variant: whole(80, 140_000) for variant in ("baseline", "near", "other")}
    for variant, number in (("baseline", 0.0), ("near", 0.0), ("other", 88.0)):
        figures[variant].append(figure("gave_up", "patients", number, 0.0))
    chart = differences(Findings(make_results(figures), make_scenario({"near": "Near", "other": "Other"})))
    told = [text.get_text() for text in chart.figure.findobj(Text) if "+88" in text.get_text()]
    assert [words[:2] for words in told] == ["◆ "], "the mark of the second option"


def test_waits_are_seen_from_none_so_that_a_short_one_does_not_look_like_none():
    found = [
        {**each, "values": each["values"] + 60.0} if each["element"] == "follow_up" else each
        for each in whole(80, 140_000)
    ]
    (axes,) = mean_waits(Findings(make_results({"baseline": found}), make_scenario({}))).figure.axes
    assert axes.get_xlim()[0] == 0


def test_a_figure_that_is_the_same_everywhere_has_an_axis_from_nothing():
    """All are within the standard, everywhere: the axis of a share is 0 to 100%, not to 105%."""
    found = whole(80, 140_000)
    every = [
        {**each, "values": 1.0 + 0.0 * each["values"]} if each["measure"].startswith("standard") else each
        for each in found
    ]
    scenario = make_scenario({})
    target = scenario.baseline.standards["rtt"].model_copy(update={"target": 1.0})
    baseline = scenario.baseline.model_copy(update={"standards": {"rtt": target}})
    met = Findings(make_results({"baseline": every}), scenario.model_copy(update={"baseline": baseline}))
    assert standards(met).figure.axes[0].get_xlim() == (0, 100)


def test_a_missing_cost_is_told_and_nothing_is_drawn_as_zero():
    chart = pool_cost_by_setting(compared(whole(80, 140_000)))
    assert "cannot be shown" in chart.headline
    assert "1 pool without a cost" in chart.headline
    assert "enter every price and cost" in chart.subtitle


def test_prices_of_several_years_are_told():
    unknown = whole(80, math.nan)
    findings = compared(unknown, baseline=unknown)
    baseline = findings.scenario.baseline
    old = {"price": Money(value=1, price_year="2019/20")}
    activities = {**baseline.activities, "clinic": baseline.activities["clinic"].model_copy(update=old)}
    scenario = findings.scenario.model_copy(
        update={"baseline": baseline.model_copy(update={"activities": activities})}
    )
    chart = bill_by_setting(Findings(findings.results, scenario))
    assert "prices are of 2019/20 and 2024/25, and no price base is chosen" in chart.headline


def test_bars_carry_their_figures(several):
    chart = activity_by_setting(several)
    shown = chart.table[(chart.table["of"] == "Hospital") & (chart.table["variant"] == "Baseline")]
    assert shown["mean"].tolist() == pytest.approx([900])
    assert "600" in chart.alternative
    assert "Home and self-care" not in chart.alternative


def test_the_key_names_every_variant_with_its_own_mark(several):
    chart = mean_waits(several)
    words = " ".join(text.get_text() for text in chart.figure.texts)
    for name in ("Baseline", "Third"):
        assert name in words
    samples = {each.get_marker() for each in chart.figure.get_children() if isinstance(each, Line2D)}
    assert len(samples - {"None", None, ""}) == 4


def test_long_names_stand_whole_on_the_chart(several):
    chart = mean_waits(several)
    words = " ".join(" ".join(text.get_text().split()) for text in chart.figure.axes[0].texts)
    assert LONG in words


def test_waits_are_told_in_a_unit_that_fits():
    long = mean_waits(compared(whole(70, 1)))
    assert "weeks" in long.subtitle
    assert "11.4 weeks" in long.alternative
    assert "0.07 weeks" in long.alternative


def test_the_footprint_that_waits_longest_stands_first_and_the_headline_tells_the_ends():
    """Leigh waits 77 days in the baseline and 90 under the option; the others gain."""
    option = whole(70, 140_000)
    for each in option:
        if each["footprint"] == "leigh":
            each["values"] = each["values"] + 23
    chart = waits_by_footprint(compared(option))
    assert chart.headline == "Mean wait for Clinic, by footprint: −1.43 to +1.86 weeks under “Near home”"
    assert "Leigh: Near home +1.86 weeks" in chart.alternative
    assert "a longer wait is worse" in chart.subtitle
    assert chart.alternative.index("Leigh: Near home") < chart.alternative.index("Hindley: Near home")


@pytest.mark.parametrize(("wait", "said"), [(70, "−1.43 weeks"), (80, "no change")])
def test_footprints_that_differ_alike_are_told_in_one_figure(wait, said):
    chart = waits_by_footprint(compared(whole(wait, 140_000)))
    assert chart.headline == f"Mean wait for Clinic, by footprint: {said} under “Near home”"


def test_a_pathway_without_footprints_says_so():
    figures = {"baseline": whole(80, 1), "near": whole(70, 1)}
    findings = Findings(make_results(figures), make_scenario({"near": "Near home"}, footprints=False))
    assert "Nothing can be shown by footprint" in waits_by_footprint(findings).headline


def test_the_standard_shows_its_target(several, alone):
    axes = standards(several).figure.axes[0]
    assert "target 92%" in [text.get_text() for text in axes.texts]
    assert standards(alone).headline == ("“Referral to treatment” is not met: 80.0% are within 18 weeks")


def test_differences_are_drawn_against_zero_and_missing_ones_left_out(several):
    chart = differences(several)
    assert "System cost:" not in chart.alternative
    missing = chart.table[chart.table["measure"] == "system_cost"]
    assert len(missing) == 3
    assert missing["mean"].isna().all()
    waits = chart.table[(chart.table["measure"] == "wait.mean") & (chart.table["variant"] == "Third")]
    assert waits["of"].tolist() == ["Clinic", LONG]
    assert waits["mean"].tolist() == pytest.approx([-20, 0])
    assert waits["baseline"].tolist() == pytest.approx([80, 0.5])
    assert waits["option"].tolist() == pytest.approx([60, 0.5])
    assert "variance_reduction" in chart.table


def test_differences_need_an_option(alone):
    assert differences(alone).headline.startswith("There is nothing to compare yet")


def test_bands_are_drawn_over_time_and_the_warm_up_is_shaded(several):
    axes = queue_over_time(several).figure.axes[0]
    assert len(axes.collections) == 4
    assert "warm-up, not counted" in [text.get_text() for text in axes.texts]
    assert [label.get_text() for label in axes.get_xticklabels()][:2] == ["May 2025", "Jul 2025"]


def test_use_of_a_pool_that_closes_is_told_on_the_scale_of_its_units(alone):
    """Open on one day of two: of 1.5 units open on average, 1 in use is 2 of the 3 there are, never more."""
    used = pd.DataFrame({"mean": [1.0, 0.2], "low": [0.5, 0.0], "high": [3.0, 0.4]})
    shown = while_open(used, np.array([1.5, 0.0]), np.array([3.0, 3.0]))
    cut = within_bounds(shown, False, np.array([3.0]))
    assert cut[["mean", "low", "high"]].to_numpy().tolist() == [[2.0, 1.0, 3.0]]
    axes = occupancy_over_time(alone).figure.axes[0]
    assert max(path.vertices[:, 1].max() for path in axes.collections[0].get_paths()) <= 3
    assert units_there(alone, "baseline", "consultant", np.array([0.0]), 7.0).tolist() == [3.0]


def test_of_few_replications_no_band_is_drawn_and_the_chart_says_so(alone):
    provenance = replace(alone.results.provenance, replications=4)
    few = Findings(replace(alone.results, provenance=provenance), alone.scenario)
    chart = occupancy_over_time(few)
    assert "mean of 4 replications, without a band, which takes 5 or more" in chart.subtitle
    drawn = [path for each in chart.figure.axes[0].collections for path in each.get_paths()]
    assert not any(np.isfinite(path.vertices).all() and len(path.vertices) > 5 for path in drawn)


def test_the_distribution_tells_what_covers_most_of_the_time(alone):
    chart = occupancy_distribution(alone)
    assert chart.headline == "All 3 units of Consultant are in use 45% of the time"
    assert "at most 2 units in use half of the time" in chart.alternative
    assert math.isclose(chart.table["mean"].sum(), 1)


def test_the_distribution_tells_of_the_option_that_differs_most():
    """3 units cover 95% of the baseline's time, 1 that of the option, whose interval goes beyond 100%."""
    findings = compared(whole(70, 1))
    results = findings.results
    one = pd.DataFrame({"variant": "near", "level": [0, 1], "mean": 0.5, "low": 0.4, "high": 1.2})
    one = one.assign(kind="occupancy", element="", pool="consultant", footprint="")
    base = results.distributions[results.distributions["variant"] == "baseline"]
    both = pd.concat([base, one], ignore_index=True)
    results = type(results)(results.provenance, results.measures, results.series, both)
    chart = occupancy_distribution(Findings(results, findings.scenario))
    assert chart.headline == (
        "All 3 units of Consultant are in use 45% of the time in the baseline, and 0% under “Near home”"
    )
    assert "Near home: at most 0 units in use half of the time, at most 1 for 95%" in chart.alternative
    assert chart.table["high"].max() <= 1


def test_intervals_of_levels_are_cut_at_natural_bounds_and_those_of_differences_are_not():
    """Two replications: 1 and 9 patients, and 90% and 100%; Student's t goes far beyond both bounds."""
    rows = pd.DataFrame(
        {
            "mean": [5.0, 0.95, math.nan, -2.0],
            "low": [-45.8, 0.3, math.nan, -3.0],
            "high": [55.8, 1.6, math.nan, 1.0],
        }
    )
    cut = within_bounds(rows, pd.Series([False, True, False, False]))
    assert cut["low"].tolist() == pytest.approx([0.0, 0.3, math.nan, -2.0], nan_ok=True)
    assert cut["high"].tolist() == pytest.approx([55.8, 1.0, math.nan, 1.0], nan_ok=True)


def test_a_week_that_the_run_cuts_short_is_not_drawn():
    """Counting ends on day 392; steps of seven days from day 385 on would end there, from 386 on beyond."""
    findings = compared(whole(70, 1))
    series = findings.results.series
    late = series[series["time"] == 385].assign(time=392.0, mean=1e6, low=1e6, high=1e6)
    longer = pd.concat([series, late], ignore_index=True)
    results = findings.results
    results = type(results)(results.provenance, results.measures, longer, results.distributions)
    chart = queue_over_time(Findings(results, findings.scenario))
    assert chart.table["day"].max() == 385


def test_steps_too_many_to_be_seen_apart_are_joined():
    findings = compared(whole(70, 1))
    hours = np.arange(0, 392, 1 / 24)
    parts = [
        pd.DataFrame(
            {"variant": variant, "time": hours, "mean": 4.0 + (hours % 1 < 0.5), "low": 3.0, "high": 6.0}
        )
        for variant in ("baseline", "near")
    ]
    series = pd.concat(parts, ignore_index=True).assign(kind="queue", element="clinic", pool="", footprint="")
    results = findings.results
    results = type(results)(results.provenance, results.measures, series, results.distributions)
    chart = queue_over_time(Findings(results, findings.scenario))
    assert "over each week" in chart.subtitle
    assert chart.table["mean"].to_numpy() == pytest.approx(4.5)
    assert len(chart.table) == 2 * 56


def test_the_system_cost_says_what_care_it_leaves_out():
    other = figure("other_spending", "GBP 2024/25", 272_000_000, 0)
    findings = compared([*whole(70, 1), other], baseline=[*whole(80, 140_000), other])
    assert "; without £272.00m of other care" in system_cost_by_setting(findings).subtitle
    assert "other care" not in bill_by_setting(findings).subtitle


def in_minutes(findings):
    """The same findings, with as many minutes for each time as there were days."""
    values = findings.results.values
    short = values["value"].where(values["unit"] != "days", values["value"] / 1440)
    measures = measured_of(values.assign(value=short))
    return Findings(replace(findings.results, measures=measures), findings.scenario)


def of_clinic(table):
    return table[(table["of"] == "Clinic") & (table["variant"] != "Third")]


def test_under_a_chart_of_short_waits_the_table_is_in_the_unit_of_its_axis(alone):
    chart = mean_waits(in_minutes(alone))
    assert "by activity, minutes;" in chart.subtitle
    assert of_clinic(chart.read)[["unit", "mean"]].to_numpy().tolist() == [["minutes", pytest.approx(80)]]
    assert of_clinic(chart.table)[["unit", "mean"]].to_numpy().tolist() == [
        ["days", pytest.approx(80 / 1440)]
    ]


def test_under_the_differences_a_time_is_in_the_unit_in_which_the_chart_tells_it():
    chart = differences(in_minutes(compared(whole(70, 139_000))))
    waits = of_clinic(chart.read)
    assert "Clinic: Near home −10.0 minutes" in chart.alternative
    assert waits[["unit", "baseline", "option", "mean"]].to_numpy().tolist() == [
        ["minutes", pytest.approx(80), pytest.approx(70), pytest.approx(-10)]
    ]
    others = chart.table["unit"] != "days"
    pd.testing.assert_frame_equal(chart.read[others], chart.table[others], check_dtype=False)


def test_standards_stand_in_the_table_by_their_names(several):
    assert set(standards(several).table["of"]) == {"Referral to treatment"}


def test_what_may_be_below_nothing_is_not_cut_there() -> None:
    rows = pd.DataFrame({"mean": [1.0, 1.0], "low": [-1.0, -1.0], "high": [3.0, 3.0]})
    assert list(within_bounds(rows, False, signed=pd.Series([True, False]))["low"]) == [-1, 0]


def test_hospital_contacts_are_those_of_all_settings_that_are_hospital_care() -> None:
    def seen(hospital, day_unit):
        there = [figure("contacts", "contacts", day_unit, 0.0, setting="day")]
        return [*whole(80, 140_000, hospital=hospital), *there]

    scenario = make_scenario({"near": "Near home"})
    day = {"day": OwnSetting(name="Day unit", kind="in hospital", order=6)}
    baseline = scenario.baseline.model_copy(update={"settings": day})
    results = make_results({"baseline": seen(900, 100), "near": seen(700, 250)})
    findings = Findings(results, scenario.model_copy(update={"baseline": baseline}))
    chart = activity_by_setting(findings)
    assert "Contacts in hospital" in chart.headline
    assert "50" in chart.headline, chart.headline
    assert findings.key_name("setting", "day") == "Day unit"
    assert findings.settings[-1] == "day"
