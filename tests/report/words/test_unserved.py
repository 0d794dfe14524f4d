"""No headline praises an option that serves fewer people without saying so."""

from __future__ import annotations

import json

import pytest

from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.charts.activity import activity_by_setting
from pathway_modeller.report.charts.costs import bill_by_setting
from pathway_modeller.report.charts.differences import differences
from pathway_modeller.report.charts.footprints import waits_by_footprint
from pathway_modeller.report.charts.occupancy_distribution import occupancy_distribution
from pathway_modeller.report.charts.over_time import occupancy_over_time, queue_over_time
from pathway_modeller.report.charts.standards import standards
from pathway_modeller.report.charts.waits import mean_waits
from pathway_modeller.report.drawing.style import PAGE
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Scenario
from tests.report.results_by_hand import figure, make_results, make_scenario, money, whole


def counted(spread: float = 5.0, **numbers: float):
    """Counts of patients for the whole pathway; replications stray alike in all variants."""
    names = {name.replace("__", "."): number for name, number in numbers.items()}
    return [figure(name, "patients", number, spread) for name, number in names.items()]


def compared(before, after, options=("near",), patience=None):
    """A baseline and options whose bill is £20,000 lower and whose wait is 10 days shorter."""
    figures = {"baseline": whole(80, 140_000) + before}
    figures |= {option: whole(70, 120_000) + after for option in options}
    scenario = make_scenario({option: f"Option {option}" for option in options})
    if patience:
        plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        plain["baseline"]["activities"]["clinic"] |= patience
        scenario = Scenario.model_validate_json(json.dumps(plain))
    return Findings(make_results(figures), scenario)


def without(findings, option="near"):
    """Who goes without under an option, in words."""
    return findings.answers.of(option).served.words


CASES = [
    ({"still_waiting__patients": 100, "inside__end": 150}, "still_waiting__patients", 1431, "left waiting"),
    ({"left__gave_up": 10, "left__turned_away": 5, "left__not_attended": 0}, "left__gave_up", 220, "unseen"),
    ({"gave_up": 10, "turned_away": 0}, "turned_away", 33, "find a queue full"),
    (
        {"standard__removed__rtt": 40},
        "standard__removed__rtt",
        120,
        "leave before the waiting-time standard counts them as seen",
    ),
]


@pytest.mark.parametrize(("before", "what", "more", "words"), CASES)
@pytest.mark.parametrize("build", [bill_by_setting, mean_waits, standards, differences])
def test_a_better_figure_is_told_with_those_who_go_without(build, before, what, more, words):
    """What is counted differs by ``more`` in every replication, so that the difference is shown."""
    after = before | {what: before[what] + more}
    chart = build(compared(counted(**before), counted(**after)))
    assert chart.subtitle.startswith(f"{more:,} more patients ")
    assert words in chart.subtitle
    assert chart.subtitle in chart.alternative


@pytest.mark.parametrize("build", [bill_by_setting, mean_waits, standards, differences])
def test_nothing_is_added_where_no_more_go_without(build):
    """Fewer wait at the end; those who leave unseen differ by 1 but stray by 60: not shown."""
    after = [figure("left.gave_up", "patients", 11, -60.0), *counted(inside__end=90, exits=900)]
    before = [figure("left.gave_up", "patients", 10, 60.0), *counted(inside__end=150, exits=900)]
    chart = build(compared(before, after))
    assert "more patients" not in chart.headline + chart.subtitle


def test_several_ways_of_leaving_are_added_up():
    """100 more give up, 50 more are turned away, 30 fewer do not attend: 120 more leave."""
    before = counted(left__gave_up=100, left__turned_away=50, left__not_attended=90)
    after = counted(left__gave_up=200, left__turned_away=100, left__not_attended=60)
    assert without(compared(before, after)) == ("120 more patients leave unseen",)


def test_fewer_than_matter_are_no_reason_to_say_that_people_go_without():
    """Of 1,400 contacts 14 matter: 12 more leave unseen."""
    findings = compared(counted(left__gave_up=10), counted(left__gave_up=22))
    assert without(findings) == ()


def test_every_death_is_told_however_few_they_are():
    """Of 1,400 contacts 14 matter to those who leave unseen; one more death is told."""
    findings = compared(counted(deteriorated__death=10), counted(deteriorated__death=11))
    assert without(findings) == ("1.0 more patients die while waiting",)
    assert "1.0 more patients die while waiting" in bill_by_setting(findings).subtitle


def test_whoever_is_cared_for_at_the_end_does_not_go_without():
    """Patients in a virtual bed at the end of the run, and so fewer exits, are not left unseen."""
    before, after = counted(inside__end=150, exits=900), counted(inside__end=650, exits=400)
    assert without(compared(before, after)) == ()


def test_of_several_options_each_is_named_under_which_people_go_without():
    figures = {"baseline": counted(left__gave_up=10), "near": counted(left__gave_up=230)}
    figures |= {"far": counted(left__gave_up=10), "last": counted(left__gave_up=110)}
    every = {key: [*whole(80 if key == "baseline" else 70, 1), *mine] for key, mine in figures.items()}
    names = {"near": "Near home", "far": "Far", "last": "Last"}
    chart = mean_waits(Findings(make_results(every), make_scenario(names)))
    words = "more patients give up and leave unseen"
    assert chart.subtitle.startswith(f"“Near home”: 220 {words}. “Last”: 100 {words}. Mean waiting time")


@pytest.mark.parametrize(
    "build",
    [queue_over_time, occupancy_over_time, occupancy_distribution, activity_by_setting, waits_by_footprint],
)
def test_a_chart_of_neither_waits_nor_money_speaks_of_its_own_figures(build):
    before, after = counted(left__gave_up=10), counted(left__gave_up=230)
    findings = compared(before, after)
    assert without(findings) == ("220 more patients give up and leave unseen",)
    chart = build(findings)
    assert "unseen" not in chart.headline + chart.subtitle


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_every_chart_can_be_made_where_people_go_without(kind):
    before, after = counted(left__gave_up=10, inside__end=5), counted(left__gave_up=90, inside__end=50)
    assert kind.build(compared(before, after, ("near", "far")), PAGE).headline


def test_the_standards_table_holds_those_removed():
    before, after = counted(standard__removed__rtt=40), counted(standard__removed__rtt=52)
    table = standards(compared(before, after)).table
    assert table[table["measure"] == "standard.removed"]["mean"].tolist() == pytest.approx([40, 52])


def test_the_cause_entered_for_giving_up_stands_with_the_figure():
    patience = {
        "patience": {"kind": "fixed", "unit": "days", "value": 9},
        "give_up_cause": "Went to a private clinic",
    }
    findings = compared(counted(gave_up=10), counted(gave_up=20), patience=patience)
    title = "Gave up waiting (cause: went to a private clinic)"
    assert f"{title}: Option near +10" in differences(findings).alternative


def test_a_new_activity_that_makes_patients_wait_is_shown_without_a_difference():
    """The clinic's wait falls from 80 to 20 days; before it patients now wait 70 days for triage."""
    triage = figure("wait.mean", "days", 70, 1.0, element="triage")
    figures = {"baseline": whole(80, 140_000), "near": [*whole(20, 140_000), triage]}
    scenario = make_scenario({"near": "Near home"})
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    patch = {"activities": {"triage": {"name": "Triage", "price": money(1)}}}
    plain["options"]["near"]["patch"] = patch
    findings = Findings(make_results(figures), Scenario.model_validate_json(json.dumps(plain)))
    assert mean_waits(findings).subtitle.startswith("Triage, only in “Near home”: 10.0 weeks. Mean waiting")
    chart = differences(findings)
    assert "Mean waiting time: Triage: Near home – (only in the option: 10.0 weeks)" in chart.alternative
    row = chart.table[chart.table["of"] == "Triage"]
    assert row["option"].tolist() == pytest.approx([70])
    assert row[["baseline", "mean"]].isna().all(axis=None)


def test_waits_of_unlike_activities_have_no_common_mean_in_charts_and_tables():
    findings = compared([], [])
    chart = differences(findings)
    waits = set(chart.table[chart.table["measure"] == "wait.mean"]["of"])
    assert "Whole pathway" not in waits
    assert "Clinic" in waits
