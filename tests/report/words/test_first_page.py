"""The first page: each cell words what was judged, and calls nothing good that may not be said."""

from __future__ import annotations

import dataclasses
import json
import math
import re

import pytest

from pathway_modeller.analysis.accounts.wording import short_pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.claim import Claim
from pathway_modeller.experiment.answers.unserved import Unserved
from pathway_modeller.experiment.hangs_on.value import HangsOn, OptionHangsOn, Range, Turn
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.report.words.questions import CHART, COLUMNS
from tests.report.money_by_hand import baseline, cheaper, dearer, money_findings, rows
from tests.report.results_by_hand import figure, make_results, make_scenario, whole, with_money

NAN = math.nan
LONG = {
    "near": "Follow-ups near home in all seven service delivery footprints, as planned",
    "other": "Patient-initiated follow-up at a practice in Tyldesley, Atherton, Boothstown and Astley",
    "third": "A third way of doing what nobody has done before, paid for by closing clinics",
    "fourth": "A fourth, as its authors say it has been done elsewhere and evaluated",
}


def findings(lines=None, **others):
    """Findings of one option called “Near home”."""
    options = {"near": cheaper() if lines is None else lines}
    return money_findings(options, {"near": "Near home"}, shift=False, **others)


def told(found, **changed):
    """The same findings with parts of the option's answers exchanged: of a claim, or whole."""
    (one,) = found.answers.options
    parts = {
        name: dataclasses.replace(getattr(one, name), **value) if isinstance(value, dict) else value
        for name, value in changed.items()
    }
    answers = dataclasses.replace(found.answers, options=(dataclasses.replace(one, **parts),))
    return Findings(found.results, found.scenario, answers)


def cell(found, column):
    """A cell of the only option."""
    return first_page(found).rows[1].cells[column]


WHY = "40 more patients die while waiting."


@pytest.mark.parametrize(
    ("claim", "words", "tone"),
    [
        ({"verdict": "better"}, "yes, £30k less over the 364 days", "good"),
        (
            {"verdict": "better", "conditions": ("A holds",)},
            "yes, £30k less over the 364 days, if A holds",
            "good",
        ),
        ({"verdict": "worse"}, "no, £30k less over the 364 days", "bad"),
        (
            {"verdict": "refused", "reservations": (WHY,)},
            "no: £30k less over the 364 days, but 40 more patients die while waiting",
            "plain",
        ),
        ({"verdict": "avoids"}, "no cash: growth of £0 over the 364 days is avoided", "plain"),
        ({"verdict": "small"}, "no, £30k less over the 364 days: less than matters", "plain"),
        ({"verdict": "unclear"}, "not shown: £30k less over the 364 days, may be none", "plain"),
        ({"verdict": "same"}, "no change", "plain"),
        ({"verdict": "unknown", "change": Interval(NAN, NAN, NAN, 0)}, "not known", "plain"),
    ],
)
def test_whether_it_saves_cash_is_worded_as_it_was_judged(claim, words, tone):
    found = told(findings(), claim=claim)
    mine = cell(found, "cash")
    assert (mine.words, mine.tone) == (words, tone)
    assert ("saves cash" in first_page(found).headline) == (tone == "good")


def test_the_answer_in_full_has_its_interval_and_all_reasons():
    found = told(findings(), claim={"verdict": "refused", "reservations": (WHY, "More cannot be met.")})
    assert cell(found, "cash").full == (
        "No saving can be claimed: 40 more patients die while waiting; More cannot be met; "
        "costs £30,000 less over the 364 days (the same in every replication)."
    )
    assert first_page(found).beside == (
        "“Near home”: 40 more patients die while waiting; More cannot be met.",
    )


def test_what_a_saving_rests_on_stands_beside_the_page():
    claim = {"conditions": ("A holds",), "reservations": ("5 wait longer.",)}
    found = told(findings(), claim=claim)
    assert first_page(found).beside == ("“Near home”: if A holds; 5 wait longer.",)
    assert cell(found, "back").full.endswith(", if A holds.")
    assert first_page(findings(dearer())).beside == ()


def test_what_a_shorter_wait_rests_on_stands_beside_the_page_once():
    shorter = {"verdict": "better", "conditions": ("A holds",)}
    saving = {"conditions": ("A holds",)}
    both = told(findings(), wait=shorter, claim=saving)
    assert first_page(both).beside == ("“Near home”: if A holds.",)
    dear = told(findings(dearer()), wait=shorter)
    assert first_page(dear).beside == ("“Near home”: waits are shorter if A holds.",)


def test_where_who_loses_hangs_on_an_assumption_that_stands_beside_the_page():
    needed = Range("needed", "Truly not needed", "share", 0.4, 1, 1, recounted=True)
    turn = Turn("needed", "loses", True, 0.7, 0.4, confirmed=True)
    mine = OptionHangsOn("near", {}, (turn,))
    found = HangsOn((mine,), {"needed": needed}, (), {}, 2, 10)
    page = first_page(dataclasses.replace(findings(dearer()), hangs_on=found))
    assert page.beside == ("“Near home”: truly not needed: a footprint loses from 70% down.",)


def wait_of(verdict, change=(-10, -12, -8), reservations=()):
    return Claim(
        option="near",
        subject="wait",
        of="",
        name="Wait for a contact",
        unit="days",
        baseline=80.0,
        change=Interval(*change, 10),
        least=1.0,
        verdict=verdict,
        family="primary outcomes",
        among=3,
        reservations=reservations,
    )


@pytest.mark.parametrize(
    ("claim", "words", "tone"),
    [
        (wait_of("better"), "70.0 days (−10.0; shorter)", "good"),
        (wait_of("worse", (10, 8, 12)), "90.0 days (+10.0; longer)", "bad"),
        (
            wait_of("refused", reservations=("9 more patients still wait at the end.",)),
            "70.0 days (−10.0; but 9 more patients still wait at the end)",
            "plain",
        ),
        (wait_of("small", (-0.6, -0.7, -0.5)), "79.4 days (−0.6; less than matters)", "plain"),
        (wait_of("small", (-0.02, -0.03, -0.01)), "80.0 days (−28.8 minutes; less than matters)", "plain"),
        (wait_of("unclear", (-1, -3, 1)), "79.0 days (−1.0; no difference shown)", "plain"),
        (wait_of("same", (0, 0, 0)), "no change", "plain"),
        (wait_of("unknown", (NAN, NAN, NAN)), "not known", "plain"),
    ],
)
def test_who_waits_is_worded_as_it_was_judged(claim, words, tone):
    found = told(findings(), wait=claim)
    mine = cell(found, "wait")
    assert (mine.words, mine.tone) == (words, tone)
    assert mine.full.startswith("Wait for a contact: ")
    headline = first_page(found).headline
    assert ("shortens waits" in headline) == (tone == "good")
    assert ("lengthens waits" in headline) == (tone == "bad")
    assert first_page(found).rows[0].cells["wait"].words == "80.0 days"


def test_a_difference_that_is_not_shown_among_others_says_so_though_its_interval_leaves_out_nothing():
    mine = cell(told(findings(), wait=wait_of("unclear")), "wait")
    assert mine.words.endswith("no difference shown)")
    assert mine.full.endswith("Where 3 outcomes are judged together, that is not shown.")
    may_be_none = cell(told(findings(), wait=wait_of("unclear", (-1, -3, 1))), "wait")
    assert "judged together" not in may_be_none.full


def test_options_that_shorten_waits_are_named_as_far_as_there_is_room():
    names = dict(list(LONG.items())[:4])
    found = money_findings(dict.fromkeys(names, dearer()), names, shift=False)
    options = tuple(
        dataclasses.replace(each, wait=wait_of("better" if place else "same", (-place, -place, -place)))
        for place, each in enumerate(found.answers.options)
    )
    answers = dataclasses.replace(found.answers, options=options)
    page = first_page(Findings(found.results, found.scenario, answers))
    assert page.headline == (
        "No option saves cash over the 364 days. "
        "“A fourth, as its…”, “A third way of doing…” and 1 more shorten waits"
    )


def test_a_wait_on_a_clock_is_told_with_the_share_seen_in_time():
    figures = {
        variant: [*whole(days, 1), figure("standard.mean.rtt", "days", days, 1.0)]
        for variant, days in (("baseline", 80), ("near", 70))
    }
    found = Findings(make_results(figures), make_scenario({"near": "Near home"}))
    page = first_page(found)
    assert page.rows[0].cells["wait"].words == "11.4 weeks, 80% within 18 weeks"
    mine = page.rows[1].cells["wait"]
    assert mine.words == "10.0 weeks, 82% within 18 weeks (−1.4; shorter)"
    assert (
        mine.full
        == "Referral to treatment, those seen: −1.4 weeks on average, the same in every replication."
    )
    assert page.rows[1].cells["payers"].words == "not known"


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100%"), (0.9997, "over 99%"), (0.88, "88%"), (0.001, "under 1%"), (0.0, "0%")]
)
def test_a_share_that_is_not_all_is_not_called_all(share, words):
    figures = {
        variant: [
            *(each for each in whole(20, 1) if each["measure"] != "standard.within.rtt"),
            figure("standard.mean.rtt", "days", 20, 1.0),
            figure("standard.within.rtt", "share", share, 0.0),
        ]
        for variant in ("baseline", "near")
    }
    page = first_page(Findings(make_results(figures), make_scenario({"near": "Near home"})))
    assert page.rows[0].cells["wait"].words == f"20.0 days, {words} within 18 weeks"


def test_a_wait_of_nothing_is_told_as_that():
    found = told(findings(), wait=dataclasses.replace(wait_of("same", (0, 0, 0)), baseline=0.0))
    assert first_page(found).rows[0].cells["wait"].words == "nobody waits"
    assert cell(found, "wait").full == "Wait for a contact: nobody waits."


def test_who_pays_is_told_by_the_pound():
    assert cell(findings(), "payers").words == "Council +£40k; Health service −£70k over the 364 days"
    assert cell(findings(), "payers").tone == "bad"
    dear = cell(findings(rows("nhs", "step", [4_500_000] * 13)), "payers")
    assert (dear.words, dear.tone) == ("Health service +£65k over the 364 days", "bad")
    less = cell(findings(rows("nhs", "step", [3_500_000] * 13)), "payers")
    assert (less.words, less.tone) == ("Health service −£65k over the 364 days", "good")
    same = cell(findings(baseline()), "payers")
    assert (same.words, same.tone) == ("nobody more or less", "plain")


def test_lines_that_nobody_is_named_to_pay_are_told_and_those_of_pence_are_not():
    more = [*baseline(), *rows("", "step", [100_000] * 13)]
    assert cell(findings(more), "payers").words == "no payer named +£13k over the 364 days"
    pence = rows("nhs", "step", [4_000_001] * 13)
    assert cell(findings(pence), "payers").words == "nobody more or less"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (cheaper(), "from December 2025"),
        (dearer(), "not within the 364 days"),
        (baseline(), "no change"),
        (cheaper(stray=700_000), "may pay back from December 2025 (September 2025 to never)"),
    ],
)
def test_when_it_pays_back_has_its_interval(lines, words):
    assert cell(findings(lines), "back").words == words


def test_what_is_refused_costs_no_more_which_is_no_saving():
    found = told(findings(), claim={"verdict": "refused", "reservations": (WHY,)})
    assert cell(found, "back").words == "costs less, which is no saving, from December 2025"


def test_who_loses_are_footprints_and_those_who_go_without():
    waits, contacts = {"near": {"east": 20.0, "west": 26.0}}, {"near": {"east": 900.0, "west": 1000.0}}
    found = findings(waits=waits, contacts=contacts)
    mine = cell(found, "losers")
    assert (mine.words, mine.tone) == ("West: fewer contacts and wait longer", "bad")
    assert "91 contacts a year fewer" in mine.full
    nobody = cell(findings(), "losers")
    assert (nobody.words, nobody.tone) == ("nobody is shown to lose", "plain")
    assert nobody.full == "Looked at: who goes without care; contacts and waits of 2 footprints."
    nowhere = told(findings(), equity=dataclasses.replace(found.answers.options[0].equity, footprints=()))
    assert "No footprint is entered" in cell(nowhere, "losers").full


def test_those_left_waiting_at_the_end_are_not_counted_over_the_period():
    care = {"verdict": "worse"}
    served = {"without": (Unserved("waiting", "9 more patients are left waiting at the end"),)}
    mine = cell(told(findings(), care=care, served=served), "losers")
    assert mine.words == "9 more patients are left waiting at the end"


def test_where_no_footprint_is_shown_to_lose_patients_who_wait_longer_do():
    worse = told(findings(dearer()), wait=wait_of("worse", (10, 8, 12)))
    assert (cell(worse, "losers").words, cell(worse, "losers").tone) == ("patients, who wait longer", "bad")


def test_those_who_go_without_lose_and_are_in_the_headline():
    figures = {
        variant: [*whole(80, 1), figure("left.gave_up", "patients", number, 3.0)]
        for variant, number in (("baseline", 100), ("near", 200))
    }
    found = Findings(make_results(figures), make_scenario({"near": "Near home"}))
    mine = cell(found, "losers")
    assert (mine.words, mine.tone) == (
        "100 more patients give up and leave unseen over the 364 days",
        "bad",
    )
    assert first_page(found).headline.endswith("More go without care under it")


def test_contacts_that_are_declared_not_to_be_needed_are_no_loss_if_that_is_true():
    scenario = make_scenario({"near": "Near home"})
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["options"]["near"]["displacements"] = {"x": {"name": "Less", "activity": "clinic", "avoided": 1}}
    figures = {"baseline": whole(80, 1), "near": whole(80, 1)}
    contacts = {"baseline": {"clinic": 100.0}, "near": {"clinic": 40.0}}
    results = with_money(make_results(figures), {"baseline": [], "near": []}, contacts=contacts)
    found = Findings(results, type(scenario).model_validate_json(json.dumps(plain, default=str)))
    mine = cell(found, "losers")
    assert mine.words == "nobody, if contacts are truly not needed"
    assert "no longer needed, as declared" in mine.full


def test_the_baseline_says_what_it_costs_and_who_pays():
    row = first_page(findings()).rows[0]
    assert (row.variant, row.name) == ("baseline", "Baseline")
    assert row.cells["cash"].words == "costs £520k over the 364 days"
    assert row.cells["payers"].words == "Health service"
    assert {row.cells[column].words for column in ("back", "losers", "hangs on")} == {"–"}


def test_spending_outside_the_pathway_is_no_cost_of_the_pathway():
    mine = first_page(told(findings(), recurrent={"outside": 500_000.0})).rows[0].cells["cash"]
    assert mine.words == "costs £20k over the 364 days in the pathway"
    assert mine.full == "Beside it £500k over the 364 days is spent outside the pathway, on the same people."
    nothing = first_page(told(findings(), recurrent={"outside": 520_000.0})).rows[0].cells["cash"]
    assert nothing.words == "£520k over the 364 days outside the pathway, which costs nothing"


def test_the_payers_of_the_baseline_begin_with_the_one_that_pays_most():
    found = findings()
    positions = [
        dataclasses.replace(each, now={"council": 117_000_000}.get(each.payer, each.now))
        for each in found.answers.options[0].payers.positions
    ]
    positions.sort(key=lambda each: each.now)
    page = first_page(told(found, payers={"positions": tuple(positions)}))
    assert page.rows[0].cells["payers"].words == "Council; Health service"
    assert page.rows[0].cells["payers"].full == "Over the 364 days: Council £1.17m; Health service £520k."


def test_growth_that_is_avoided_is_no_good_news_for_a_payer():
    less = told(findings(rows("nhs", "step", [3_500_000] * 13)), claim={"verdict": "avoids"})
    assert cell(less, "payers").tone == "plain"
    assert first_page(less).headline == "“Near home” avoids growth, and saves no cash over the 364 days"
    part = less.answers.options[0].recurrent.whole | {"avoided_growth": Interval(9_890_000, 9, 9, 10)}
    known = cell(told(less, recurrent={"whole": part}), "cash")
    assert known.words == "no cash: growth of £9.89m over the 364 days is avoided"


def test_where_a_price_is_missing_nothing_of_money_is_known():
    found = findings(missing={"near": {"cost": ("the cost of a pool",)}})
    page = first_page(found)
    assert re.fullmatch("Whether “.*” saves cash is not known", page.headline)
    cells = page.rows[1].cells
    assert [cells[column].words for column in ("cash", "back", "payers")] == [
        "not known",
        "not known, as prices are missing",
        "not known",
    ]
    assert "the cost of a pool" in cells["cash"].full


def test_what_it_hangs_on_is_said_only_of_what_was_tried():
    found = findings()
    for tried, words in (
        (None, "not tried"),
        ({}, "nothing that was varied"),
        ({"near": "notice"}, "notice"),
    ):
        assert first_page(found, tried).rows[1].cells["hangs on"].words == words


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_headline_is_never_too_long_and_names_options_or_all_of_them(number):
    for lines in (cheaper(), dearer()):
        names = dict(list(LONG.items())[:number])
        found = money_findings(dict.fromkeys(names, lines), names, shift=False)
        page = first_page(found)
        assert len(page.headline) <= LONGEST
        assert " options" not in page.headline
        assert [row.name for row in page.rows] == ["Baseline", *names.values()]
        assert all(
            len(mine.words) <= 80 for row in page.rows for mine in (row.cells["cash"], row.cells["back"])
        )


def test_no_option_is_said_to_save_nothing_that_may():
    unsure = first_page(findings(cheaper(stray=700_000))).headline
    assert unsure == "“Near home” is not shown to save cash over the 364 days"
    both = money_findings({"a": dearer(), "b": cheaper(stray=700_000)}, shift=False)
    assert first_page(both).headline == "No option is shown to save cash over the 364 days"
    dear = money_findings({"a": dearer(), "b": dearer()}, shift=False)
    assert first_page(dear).headline == "No option saves cash over the 364 days"
    assert first_page(findings(dearer())).headline == "“Near home” saves no cash over the 364 days"


def test_the_page_says_of_which_period_and_how_sure_its_inputs_are():
    page = first_page(findings())
    assert page.basis == "29 April 2025 to 27 April 2026 · 10 replications · No input has a source yet"
    assert page.source.startswith("Source: simulation of scenario")


def test_every_question_has_a_chart():
    assert set(CHART) == set(COLUMNS)


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (1_704_000, "£1.70m"),
        (999_600, "£1.00m"),
        (3_983_400_000, "£3.98bn"),
        (344_400, "£344k"),
        (9_999, "£9,999"),
        (9_999.6, "£10k"),
        (-2_277, "−£2,277"),
        (0, "£0"),
    ],
)
def test_pounds_in_few_characters(pounds, words):
    assert short_pounds(pounds) == words
    assert short_pounds(pounds, signed=True) == (f"+{words}" if pounds > 0 else words)
