"""Numbers, headlines and tables as people read them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pathway_modeller.report.build import words_of
from pathway_modeller.report.drawing.layout import Ruler
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import COLOURS, mark
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import (
    LONGEST,
    Change,
    below,
    cash_headline,
    changes_of,
    headline,
    joined,
)
from pathway_modeller.report.words.money import money_sentences
from tests.report.money_by_hand import CLINIC, MONTHS, baseline, cheaper, dearer, money_findings, rows
from tests.report.results_by_hand import figure, make_results, make_scenario, whole

NAN = math.nan


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("days", 0.02, "28.8 minutes"),
        ("days", 0.5, "12.0 hours"),
        ("days", 3.25, "3.25 days"),
        ("days", 126, "18.0 weeks"),
        ("share", 0.9234, "92.3%"),
        ("GBP 2024/25", 1234.4, "£1,234"),
        ("GBP 2024/25", 4_290_000, "£4.29m"),
        ("GBP 2024/25", 0, "£0"),
        ("patients", 12345.6, "12,346 patients"),
        ("", NAN, "–"),
    ],
)
def test_figures_have_a_unit_that_fits(unit, value, text):
    assert scale_for(unit, [value]).text(value) == text


def test_nothing_is_told_as_nothing_even_beside_millions():
    assert scale_for("GBP 2024/25", [4e6]).text(0.0) == "£0"
    assert scale_for("GBP 2024/25", [4e6]).text(-4e6) == "−£4.00m"


def test_money_on_an_axis_names_its_price_year():
    assert scale_for("GBP 2024/25", [5]).unit == "£, 2024/25 prices"
    assert scale_for("GBP 2024/25", [5e6]).unit == "£ million, 2024/25 prices"


def test_figures_stand_with_their_interval():
    scale = scale_for("days", [3.0])
    assert words_of(scale, 3, 2, 4) == "3.00 days (2.00 to 4.00)"
    assert words_of(scale, 3, NAN, NAN) == "3.00 days (no interval)"
    assert words_of(scale, 3, 3, 3) == "3.00 days (same in every run)"
    assert words_of(scale, NAN, NAN, NAN) == "–"
    assert words_of(scale, -3, -4, 1, signed=True) == "−3.00 days (−4.00 to +1.00)"


def test_a_time_that_is_next_to_nothing_is_told_in_a_unit_in_which_it_reads():
    weeks = scale_for("days", [150.0])
    assert words_of(weeks, -0.084, -0.09, -0.078, signed=True) == "−2.02 hours (−2.16 to −1.87)"
    assert words_of(weeks, -0.003, -0.004, 0.001, signed=True) == "−4.32 minutes (−5.76 to +1.44)"
    assert words_of(weeks, 0.0, 0.0, 0.0).startswith("0.0 weeks")
    assert words_of(weeks, 0.001, -2.0, 2.0, signed=True) == "0.0 weeks (−0.3 to +0.3)", "its interval reads"
    assert weeks.legible((math.nan,)) is weeks
    people = scale_for("patients", [0.01])
    assert people.legible((0.01,)) is people
    change = Change("“Near home”", -0.084, -0.09, -0.078)
    assert headline("Mean wait", [change], weeks) == (
        "Mean wait: −2.02 hours under “Near home” (95% interval −2.16 to −1.87 hours)"
    )


def said(*changes, what="Commissioner's bill", unit="GBP 2024/25", over=""):
    return headline(what, changes, scale_for(unit, [1000]), over=over)


LOWER = Change("“A”", -1000, -1200, -800)
HIGHER = Change("“B”", 1500, 800, 2200)
UNSURE = Change("“C”", 10, -100, 120)
MISSING = Change("“D”", NAN, NAN, NAN)
NOTHING = Change("“E”", 0, 0, 0)
ALONE = Change("“F”", 1000, NAN, NAN)
FIXED = Change("“G”", 1000, 1000, 1000)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ([LOWER], "−£1,000 under “A” (95% interval −£1,200 to −£800)"),
        ([HIGHER], "+£1,500 under “B” (95% interval +£800 to +£2,200)"),
        ([UNSURE], "+£10 under “C” (95% interval −£100 to +£120)"),
        ([MISSING], "a figure is missing under “D”"),
        ([NOTHING], "no change under “E”"),
        ([ALONE], "+£1,000 under “F” (one replication has no interval)"),
        ([FIXED], "+£1,000 under “G” (the same in every replication)"),
        ([LOWER, HIGHER, UNSURE], "+£1,500 under “B”, −£1,000 under “A”, +£10 under “C”"),
        ([LOWER, NOTHING, MISSING], "−£1,000 under “A”, no change under “E”"),
        ([NOTHING, NOTHING], "no change under any option"),
        ([MISSING, MISSING], "a figure is missing under every option"),
    ],
)
def test_headlines_tell_figures_and_leave_judging_to_the_reader(changes, text):
    """The largest first; an interval that leaves out zero is one of dozens, so that no word is made of it."""
    assert said(*changes) == f"Commissioner's bill: {text}"


@pytest.mark.parametrize("changes", [[LOWER], [UNSURE], [LOWER, HIGHER]])
def test_headlines_of_money_say_over_how_long_it_is_counted(changes):
    assert "over the 8 weeks" in said(*changes, over="the 8 weeks")


def test_a_share_is_told_as_it_was_and_as_it_is():
    before = Change("“A”", -0.18, -0.2, -0.16, 0.6, 0.42)
    after = Change("“B”", 0.05, 0.01, 0.09, 0.6, 0.65)
    scale = scale_for("share", [0.18], difference=True)
    assert headline("Share within", [before, after], scale) == (
        "Share within: 60.0% → 42.0% under “A”, 60.0% → 65.0% under “B”"
    )
    alone = headline("Share within", [before], scale)
    assert alone == "Share within: 60.0% → 42.0% under “A” (95% interval −20.0 to −16.0 percentage points)"


LONG_NAME = "Mean waiting time for " + "a long activity " * 8


@pytest.mark.parametrize("changes", [[LOWER], [LOWER, HIGHER], [LOWER, HIGHER, UNSURE], [MISSING]])
def test_a_subject_too_long_is_cut_before_its_figures_are(changes):
    text = said(*changes, what=LONG_NAME)
    assert len(text) <= LONGEST
    assert text.startswith("Mean waiting time for")
    assert "…: " in text
    assert ("£" in text) == (MISSING not in changes)
    assert "“" in text


def test_with_many_options_the_largest_changes_are_told_beneath_a_whole_subject():
    names = [Change(f"“Option {n}”", -10 * n, -12 * n, -8 * n) for n in range(1, 9)]
    text = said(*names, over="the 8 weeks")
    assert len(text) <= LONGEST
    assert text.startswith("Commissioner's bill over the 8 weeks: −£80 under “Option 8”, −£70 under")
    assert "options" not in text


def test_as_many_parts_are_joined_as_there_is_room_for():
    assert joined(["one", "two", "three"]) == "one; two; three"
    assert joined(["one", "two"], ", ") == "one, two"
    assert joined(["a" * 60, "b" * 40, "c" * 40]) == f"{'a' * 60}; {'b' * 40}"
    assert len(joined(["word " * 40])) <= LONGEST


def test_the_headline_of_a_chart_says_the_difference_of_its_option(findings):
    (change,) = changes_of(findings, findings.changes("wait.mean", element="clinic"))
    assert (change.option, change.mean) == ("“Near home”", pytest.approx(-10))
    level = findings.figures("standard.within.rtt")
    (share,) = changes_of(findings, findings.changes("standard.within.rtt"), level)
    assert (share.before, share.after) == pytest.approx((0.8, 0.825))


def money_of(options, **others):
    return money_findings(options, {key: f"Option {key}" for key in options}, shift=False, **others)


CASH = {
    "better": (cheaper(), "Saves cash: system cash −£30,000 over the 364 days under “Option a”"),
    "worse": (dearer(), "No saving: system cash +£85,000 over the 364 days under “Option a”"),
    "unclear": (
        cheaper(stray=700_000),
        "No saving is shown: system cash −£30,000 over the 364 days under “Option",
    ),
    "same": (baseline(), "No saving under “Option a”: system cash is as under the baseline"),
}


@pytest.mark.parametrize("verdict", CASH)
def test_only_the_verdict_on_cash_begins_a_headline(verdict):
    lines, text = CASH[verdict]
    found = money_of({"a": lines})
    assert found.answers.of("a").claim.verdict == verdict
    assert cash_headline(found).startswith(text)
    assert len(cash_headline(found)) <= LONGEST


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"a": cheaper(), "b": dearer()},
            "Cash saved over the 364 days: “Option a” −£30,000; none claimed: “Option b” +£85,000",
        ),
        ({"a": dearer(), "b": baseline()}, "No option saves cash over the 364 days: +£85,000 “Option a”, no"),
        ({"a": baseline(), "b": baseline()}, "No option saves cash over the 364 days: it is the same under"),
        (
            {"a": cheaper(stray=700_000), "b": dearer()},
            "No option is shown to save cash over the 364 days: +£85,000 “Option b”, −£30,000 “Option a”",
        ),
    ],
)
def test_of_several_options_those_that_save_come_first_and_none_is_said_to_save_nothing_that_may(
    options, text
):
    assert cash_headline(money_of(options)).startswith(text)


def test_an_option_whose_prices_are_missing_is_named_and_not_said_to_save_nothing():
    missing = {"b": {"cost": ("the cost of a pool",)}}
    found = money_of({"a": dearer(), "b": cheaper()}, missing=missing)
    assert cash_headline(found) == (
        "No option is shown to save cash over the 364 days: +£85,000 “Option a”, not known “Option b”"
    )


def test_below_a_headline_stands_first_what_has_to_be_told_beside_it(findings):
    more = figure("left.gave_up", "patients", 100, 5)
    figures = {"baseline": [*whole(80, 1), figure("left.gave_up", "patients", 10, 5)]}
    figures |= {key: [*whole(70, 1), more] for key in ("near", "far")}
    found = Findings(make_results(figures), make_scenario({"near": "Near", "far": "Far"}))
    words = "90 more patients give up and leave unseen"
    assert below(found, "Days; 2025") == f"“Near”: {words}. “Far”: {words}. Days; 2025"
    assert below(found, "Days; 2025", care=False) == "Days; 2025"
    assert below(findings, "Days; 2025") == "Days; 2025"
    assert below(replace(found, so_far="Two of ten"), "Days; 2025") == "Days; 2025"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (7, "the week"),
        (56, "the 8 weeks"),
        (364, "the 364 days"),
        (365, "the year"),
        (1096, "the 3 years"),
        (45, "the 45 days"),
    ],
)
def test_a_period_is_told_as_people_say_it(findings, days, words):
    provenance = replace(findings.results.provenance, collection_days=days)
    assert Findings(replace(findings.results, provenance=provenance), findings.scenario).span == words


def test_words_are_cut_where_they_do_not_fit():
    ruler = Ruler()
    lines = ruler.wrap("a " * 30 + "w" * 200, 10, 2.0)
    assert all(ruler.width(line, 10) <= 2.0 for line in lines)
    assert "".join(lines).replace(" ", "") == "a" * 30 + "w" * 200


def test_variants_differ_by_more_than_colour():
    marks = [mark(place) for place in range(len(COLOURS))]
    for what in ("colour", "marker", "hatch", "dash"):
        assert len({getattr(each, what) for each in marks}) == len(COLOURS)
    assert mark(6) not in marks


@pytest.fixture
def findings():
    figures = {"baseline": whole(80, 140_000), "near": whole(70, 141_000)}
    return Findings(make_results(figures), make_scenario({"near": "Near home"}))


def test_of_a_saving_too_small_to_matter_no_sentence_says_that_cash_leaves():
    """£5 a month less in every replication: £65, of £520,000."""
    found = money_findings({"near": rows("nhs", "step", [CLINIC - 500] * len(MONTHS))}, shift=False)
    said = list(money_sentences(found.answers.options[0]))
    assert said[0] == (
        "No saving that matters: the system pays £65 less over the 364 days (the same in every replication)."
    )
    assert (
        "Costs less than doing nothing in 10 of 10 replications (95% interval 72% to 100%); "
        "no saving can be claimed."
    ) in said
    assert not any("cash leaves" in each for each in said)
