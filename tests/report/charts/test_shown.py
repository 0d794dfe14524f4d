"""What is worked out has its chart: delays, harm, caseloads, advice, outcomes, providers, volumes."""

from __future__ import annotations

import json
import re

import pytest
from cared_for import ACTIVITIES, found, scenario
from matplotlib.patches import Rectangle
from words_on_charts import assert_words_stand_apart

from pathway_modeller.analysis.measures.catalogue import MEASURES, find
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.sections import compared, displaced_lines
from pathway_modeller.experiment.results.tables import plain
from pathway_modeller.report.catalogue import CHARTS, offered
from pathway_modeller.report.drawing.style import PAGE
from pathway_modeller.report.words.definitions import DEFINITIONS, definition, definitions_page
from pathway_modeller.report.words.measure_titles import TITLES
from pathway_modeller.scenario.shifts.unit_costs import unit_day_cost
from tests.claims.told import clinic

NEW = (
    "outcome-changes",
    "harm-while-waiting",
    "delayed-days",
    "delayed-pounds",
    "caseloads",
    "minimum-volume",
    "advice-only",
    "displaced",
    "providers",
)
VERDICTS = ("better than", "worse", "saves", "saving", "cheaper", "dearer", "sooner", "later than")


@pytest.fixture(scope="module")
def ward():
    given = json.loads(scenario().model_dump_json(by_alias=True, exclude_unset=True))
    given["options"]["wider"]["displacements"] = {
        "calls": {"name": "Calls", "activity": "call", "avoided": 1.0}
    }
    given["options"]["fewer"] = {
        "name": "Half of the referrals",
        "patch": {"entry_points": {"in": {"arrivals": {"rate": {"value": 2.5}}}}},
        "displacements": {"calls": {"name": "Calls", "activity": "call", "avoided": 1.0}},
    }
    return found(type(scenario()).model_validate_json(json.dumps(given)))


def chart(findings, name):
    return next(kind for kind in CHARTS if kind.id == name).build(findings, PAGE)


def rows(findings, name, measure, variant="Baseline"):
    table = chart(findings, name).table
    mine = table[(table["measure"] == measure) & (table["variant"] == variant)]
    return dict(zip(mine["of"], mine["mean"], strict=True))


def test_all_are_offered_where_the_scenario_has_them(ward):
    names = {kind.id for kind in offered(ward)}
    assert set(NEW) - names == {"providers"}
    assert "payer-provider" in names, "it has all of providers, and what changes"
    for name in NEW:
        assert not chart(ward, name).table.empty, name


def test_none_is_offered_where_it_has_not():
    plain = found(clinic({"more": {"name": "More", "patch": {"pools": {"rooms": {"units": 5}}}}}))
    assert not set(NEW) & {kind.id for kind in offered(plain)}
    for name in NEW:
        assert chart(plain, name).table.empty, name


@pytest.mark.parametrize("name", [*NEW, "all-figures"])
def test_nothing_is_clipped_and_no_words_overlap(ward, name):
    assert_words_stand_apart(chart(ward, name).figure)


@pytest.mark.parametrize("name", NEW)
def test_a_headline_is_short_names_the_option_and_judges_nothing(ward, name):
    said = chart(ward, name).headline
    assert len(said) <= 110
    assert "“More places”" in said or "“Half of the referrals”" in said
    assert any(letter.isdigit() for letter in said)
    assert not any(word in said.lower() for word in VERDICTS)


@pytest.mark.parametrize("name", NEW)
def test_a_chart_has_one_unit_and_its_figures_are_those_of_the_measures(ward, name):
    table = chart(ward, name).table
    for measure, mine in table.groupby("measure"):
        assert mine["unit"].nunique() == 1, measure


def test_days_and_pounds_of_delay_are_those_of_the_beds_kept(ward):
    days = rows(ward, "delayed-days", "delay.unit_days")["Beds"]
    assert days > 0
    assert rows(ward, "delayed-days", "delay.patient_days")["Community team"] == pytest.approx(days)
    assert rows(ward, "delayed-pounds", "delay.pounds")["Beds"] == pytest.approx(300 * days)


def test_a_unit_costs_a_day_what_it_costs_over_the_year(ward):
    pool = ward.pathways["baseline"].pools["beds"]
    assert unit_day_cost(pool, ward.scenario.run, ward.prices) == pytest.approx(300)
    weekly = pool.cost.model_copy(update={"per": "week"})
    assert unit_day_cost(
        pool.model_copy(update={"cost": weekly}), ward.scenario.run, ward.prices
    ) == pytest.approx(300 / 7)
    assert unit_day_cost(pool.model_copy(update={"cost": None}), ward.scenario.run, ward.prices) is None


def test_an_outcome_has_the_interval_of_its_measure(ward):
    table = chart(ward, "outcome-changes").table
    mine = table[table["variant"] == "More places"].iloc[0]
    changes = ward.changes("deteriorated")
    same = changes[changes["variant"] == "wider"].iloc[0]
    assert mine[["mean", "low", "high"]].tolist() == same[["mean", "low", "high"]].tolist()
    levels = ward.figures("deteriorated").set_index("variant")["mean"]
    assert (mine["baseline"], mine["option"]) == (levels["baseline"], levels["wider"])


def test_a_caseload_stands_beside_its_places(ward):
    words = chart(ward, "caseloads").alternative
    assert " of 42 places" in words
    assert " of 60 places" in words


def test_a_provider_is_billed_for_what_the_bill_holds(ward):
    income = rows(ward, "providers", "provider.income")
    assert set(income) == {"Trust", "Community services"}
    bill = ward.figures("bill")
    whole = float(bill[bill["variant"] == "baseline"]["mean"].iloc[0])
    assert sum(income.values()) * ward.years == pytest.approx(whole)
    cost = rows(ward, "providers", "provider.cost")
    system = ward.figures("system_cost")
    whole = float(system[system["variant"] == "baseline"]["mean"].iloc[0])
    named = rows(ward, "providers", "provider.cost").keys()
    assert sum(cost.values()) * ward.years == pytest.approx(whole)
    assert "no provider named" in named


def test_contacts_a_year_stand_beside_the_minimum(ward):
    made = chart(ward, "minimum-volume")
    contacts = ward.figures("contacts", element="ward")
    mean = float(contacts[contacts["variant"] == "baseline"]["mean"].iloc[0])
    assert rows(ward, "minimum-volume", "contacts.a_year")["Ward"] == pytest.approx(mean / ward.years)
    assert made.headline.endswith("minimum 2,000")
    assert set(made.table["minimum"]) == {ACTIVITIES["ward"]["minimum_volume"]}


def test_contacts_taken_are_told_with_those_declared_not_needed(ward):
    of = "Half of the referrals"
    taken = rows(ward, "displaced", "displacement.taken", of)["Taken from Call"]
    assert rows(ward, "displaced", "displacement.avoided", of)[
        "Call: no longer needed, as declared"
    ] == pytest.approx(taken)
    said = chart(ward, "displaced").headline
    assert re.fullmatch(r"“.+” takes [\d.,]+ contacts \(.+\) from Call, [\d.,]+ declared not needed", said)


def test_where_contacts_go_is_worked_out_in_every_replication(ward):
    one = compared(ward.results, ward.scenario, "fewer")
    found = displaced_lines(one, ward.answers.of("fewer").displaced)
    table = plain(ward.results.account_totals)
    joined = table[table["element"] == "call"].assign(new=lambda of: of["joins"] - of["rejoined"])
    sums = joined.groupby(["variant", "replication"])["new"].sum()
    taken = interval((sums["baseline"] - sums["fewer"]).to_numpy())
    mine = found["calls", "taken", ""]
    assert (mine.mean, mine.low, mine.high) == pytest.approx((taken.mean, taken.low, taken.high))
    assert mine.n == 6
    whole = chart(ward, "displaced").table
    assert whole[whole["measure"] == "displacement.taken"]["low"].notna().all()


def test_bars_are_as_long_as_their_figures(ward):
    made = chart(ward, "delayed-pounds")
    drawn = sorted(each.get_width() for each in made.figure.axes[0].patches if isinstance(each, Rectangle))
    assert drawn == pytest.approx(sorted(made.table[made.table["mean"] > 0]["mean"]), rel=1e-6)


def test_every_measure_of_a_chart_says_what_it_counts(ward):
    for kind in CHARTS:
        table = kind.build(ward, PAGE).table
        for measure in {str(each) for each in table.get("measure", ())}:
            assert definition(measure).endswith("."), (kind.id, measure)


def test_what_charts_make_of_measures_has_a_title_and_a_definition():
    series = {"queue", "occupancy", "capacity", "chance_of_delay"}
    assert DEFINITIONS.keys() - series == TITLES.keys()
    assert not DEFINITIONS.keys() & MEASURES.keys()


def test_a_chart_without_measures_says_where_to_look():
    assert "The line below the chart's headline" in definitions_page("Tornado", ["The system cost"])
    assert "Flow: " in definitions_page("Waits", ["wait.mean"])


def test_every_figure_that_is_not_divided_by_people_is_in_the_last_table(ward):
    table = chart(ward, "all-figures").table
    told = {find(each).measure.id for each in table["measure"]}
    counted = {find(each).measure.id for each in ward.results.summary("baseline")["measure"].unique()}
    assert told == counted
