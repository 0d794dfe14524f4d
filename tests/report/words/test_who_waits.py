"""Which wait the first page tells: of whom it is the mean, and what the share beside it counts."""

from __future__ import annotations

import dataclasses

import pytest

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.who_waits import which_wait
from tests.report.money_by_hand import cheaper, money_findings
from tests.report.results_by_hand import figure, make_results, make_scenario, whole


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            "flow",
            (
                "Who waits: the mean time on “Referral to treatment” of those seen; "
                "the share counts those over the limit who still wait, too."
            ),
        ),
        (
            "stock",
            (
                "Who waits: the mean time so far on “Referral to treatment” of those waiting at the last "
                "month end; the share is a mean over month ends."
            ),
        ),
    ],
)
def test_of_a_standard_it_is_said_whose_time_on_the_clock_it_is(counts, words):
    figures = {
        variant: [*whole(days, 1), figure("standard.mean.rtt", "days", days, 1.0)]
        for variant, days in (("baseline", 80), ("near", 70))
    }
    scenario = make_scenario({"near": "Near home"})
    standard = scenario.baseline.standards["rtt"].model_copy(update={"counts": counts})
    way = scenario.baseline.model_copy(update={"standards": {"rtt": standard}})
    page = first_page(Findings(make_results(figures), scenario.model_copy(update={"baseline": way})))
    assert page.beside[0] == words


@pytest.mark.parametrize(
    ("before", "change", "is_told"), [(3.0, 0.0, True), (0.0, 2.0, True), (0.0, 0.0, False)]
)
def test_without_a_standard_it_is_the_wait_for_a_contact_if_anybody_waits(before, change, is_told):
    found = money_findings({"near": cheaper()}, {"near": "Near home"}, shift=False)
    (one,) = found.answers.options
    wait = dataclasses.replace(one.wait, baseline=before, change=Interval(change, change, change, 10))
    answers = dataclasses.replace(found.answers, options=(dataclasses.replace(one, wait=wait),))
    said = which_wait(Findings(found.results, found.scenario, answers))
    assert said.startswith("Who waits: the mean wait for a contact, of activities") == is_told
    assert bool(said) == is_told
