"""Numbers, verdicts and tables as people read them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pathway_modeller.report.build import words_of
from pathway_modeller.report.drawing.layout import Ruler
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import COLOURS, mark
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.verdict import Difference, headline
from tests.report.results_by_hand import make_results, make_scenario, whole

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


def said(*differences, money=False):
    return headline("The bill", differences, scale_for("GBP 2024/25", [1000]), money=money)


LOWER = Difference("“A”", -1000, -1200, -800)
HIGHER = Difference("“B”", 1000, 800, 1200)
SAME = Difference("“C”", 10, -100, 120)
MISSING = Difference("“D”", NAN, NAN, NAN)
ALONE = Difference("“F”", 1000, NAN, NAN)


@pytest.mark.parametrize(
    ("differences", "text"),
    [
        ([LOWER], "The bill is £1,000 lower under “A” (95% interval −£1,200 to −£800)"),
        (
            [HIGHER],
            "No saving can be shown: the bill is £1,000 higher under “B” (95% interval +£800 to +£1,200)",
        ),
        (
            [SAME],
            "No saving can be shown under “C”: the bill may be the same (95% interval −£100 to +£120)",
        ),
        ([MISSING], "Nothing can be shown about the bill under “D”: a figure is missing"),
        ([Difference("“E”", 0, 0, 0)], "No saving: the bill is the same under “E”"),
        (
            [LOWER, HIGHER, SAME, MISSING],
            (
                "The bill is lower under “A” and higher under “B”; no difference can be shown for “C”; "
                "nothing can be said for “D”"
            ),
        ),
        (
            [HIGHER, SAME],
            "No saving can be shown: the bill is higher under “B”; no difference can be shown for “C”",
        ),
        ([SAME, SAME], "No saving can be shown: no difference in the bill can be shown for “C” and “C”"),
        (
            [ALONE],
            "Nothing can be shown about the bill under “F”: one replication has no interval; run more",
        ),
        (
            [ALONE, ALONE],
            ("Nothing can be said about the bill for “F” and “F”: one replication has no interval; run more"),
        ),
        ([MISSING, MISSING], "Nothing can be said about the bill for “D” and “D”"),
    ],
)
def test_headlines_say_what_is_shown_and_no_more(differences, text):
    assert said(*differences, money=True) == text


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (LOWER, "The bill is £1,000 lower over the 8 weeks under “A” (95% interval −£1,200 to −£800)"),
        (
            SAME,
            (
                "No saving can be shown under “C”: the bill may be the same over the 8 weeks (95% interval "
                "−£100 to +£120)"
            ),
        ),
    ],
)
def test_headlines_of_money_say_over_how_long_it_is_counted(difference, text):
    scale = scale_for("GBP 2024/25", [1000])
    assert headline("The bill", [difference], scale, money=True, over="the 8 weeks") == text


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


def test_a_headline_with_many_long_names_counts_them():
    names = [Difference(f"“{'long name ' * 8}{n}”", -10, -12, -8) for n in range(3)]
    assert said(*names) == "The bill is lower under all options"


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
