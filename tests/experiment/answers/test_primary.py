"""The primary outcomes: a wait is not called shorter because some are no longer among those who wait."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.experiment.answers.answers import Answers, OptionAnswers, answers
from pathway_modeller.scenario.document import Scenario
from tests.report.results_by_hand import DAYS, figure, line, make_results, make_scenario, whole, with_money

LEFT_BEHIND = "patients still wait at the end."


def made(
    options: dict[str, dict[str, float]], *, standards: bool = True, cash: dict[str, float] | None = None
) -> Answers:
    """The answers of options whose figures differ from the baseline's.

    Args:
        options: by id what differs: ``wait`` (mean days on the clock or for a contact; 80 in the baseline),
            ``running`` (clocks at the end; 100), ``unseen`` (patients who leave unseen; 100).
        standards: whether the scenario has a waiting-time standard.
        cash: pounds a day by variant; £10 by default.
    """
    figures = {"baseline": _figures({})} | {key: _figures(each) for key, each in options.items()}
    scenario = make_scenario({key: key.title() for key in options})
    if not standards:
        baseline = scenario.baseline.model_copy(update={"standards": {}})
        scenario = scenario.model_copy(update={"baseline": baseline})
    lines = {
        variant: [line([(cash or {}).get(variant, 10) * days for days in DAYS], spread=0.1)]
        for variant in figures
    }
    return answers(with_money(make_results(figures), lines), scenario)


def _figures(differs: dict[str, float]) -> list[dict[str, Any]]:
    """The figures of one variant; replications stray a little, and not alike."""
    apart = {"wait": 80.0, "running": 100.0, "unseen": 100.0} | differs
    stray = 1.0 if differs else -1.0
    return [
        *(each for each in whole(80, 1000) if each["measure"] != "queue.mean"),
        figure("standard.mean.rtt", "days", apart["wait"], stray),
        figure("standard.running.rtt", "patients", apart["running"], stray),
        figure("left.gave_up", "patients", apart["unseen"], stray),
        figure("wait.patients", "patients", 364, 0, element="clinic"),
        figure("queue.mean", "patients", apart["wait"], stray, element="clinic"),
    ]


def near(**differs: float) -> OptionAnswers:
    """The answers for the only option."""
    return made({"near": differs}).of("near")


def test_a_wait_is_the_mean_time_on_the_clock_of_the_first_standard() -> None:
    wait = near(wait=70).wait
    assert (wait.subject, wait.of, wait.unit) == ("wait", "rtt", "days")
    assert wait.name == "Referral to treatment, those seen"
    assert wait.baseline == pytest.approx(80)
    assert wait.change.mean == pytest.approx(-10)
    assert wait.verdict == "better"
    assert near(wait=90).wait.verdict == "worse"


@pytest.mark.parametrize(
    ("days", "verdict"), [(70, "better"), (78, "better"), (80.5, "unclear"), (82, "worse")]
)
def test_a_wait_is_judged_beyond_chance_and_beyond_a_day(days: float, verdict: str) -> None:
    """Replications stray by 2 days together, so that half a day is not shown."""
    assert near(wait=days).wait.verdict == verdict


def test_a_wait_that_is_shown_to_be_half_a_day_longer_is_small() -> None:
    """Replications of both stray alike, so that the difference is the same in all."""
    figures = {"baseline": _figures({"wait": 80}), "near": _figures({"wait": 80.5})}
    one = answers(make_results(figures), make_scenario({"near": "Near"})).of("near")
    assert (one.wait.verdict, one.care.verdict) == ("small", "same")


def test_a_shorter_wait_is_refused_where_more_still_wait_on_the_clock() -> None:
    wait = near(wait=70, running=200).wait
    assert wait.verdict == "refused"
    assert wait.reservations == (f"100 more {LEFT_BEHIND}",)
    assert not wait.claimed


def test_a_few_more_clocks_than_matter_do_not_refuse_it() -> None:
    """Of 1,400 contacts 14 matter."""
    assert near(wait=70, running=105).wait.verdict == "better"


def test_a_shorter_wait_is_refused_where_patients_go_without() -> None:
    one = near(wait=70, unseen=300)
    assert one.wait.verdict == "refused"
    assert one.wait.reservations == ("200 more patients give up and leave unseen.",)
    assert one.care.verdict == "worse"
    assert one.care.reservations == one.served.words


def test_a_longer_wait_needs_no_reservation() -> None:
    wait = near(wait=90, running=200, unseen=300).wait
    assert (wait.verdict, wait.reservations) == ("worse", ())


@pytest.mark.parametrize(
    ("unseen", "verdict"), [(300, "worse"), (0, "better"), (97, "small"), (103, "unclear")]
)
def test_care_is_judged_by_those_who_leave_unseen(unseen: float, verdict: str) -> None:
    """Fourteen matter; of fewer who leave unseen than that nothing is said, as of who goes without at all."""
    care = near(unseen=unseen).care
    assert care.verdict == verdict
    assert (care.baseline, care.change.mean) == pytest.approx((100, unseen - 100))


def test_without_a_standard_the_wait_is_for_a_contact_of_the_baseline() -> None:
    found = made({"near": {"wait": 70}}, standards=False).of("near").wait
    assert (found.of, found.name) == ("", "Wait for a contact")
    # 80 and 70 wait at any time, and 364 contacts in 364 days are a day each.
    assert found.baseline == pytest.approx(80)
    assert found.change.mean == pytest.approx(-10)
    assert found.verdict == "better"


def test_all_primary_outcomes_of_all_options_are_judged_together() -> None:
    """Three outcomes of each of two options: the clearest has to be clear for all six."""
    every = made({"near": {"wait": 70}, "far": {"unseen": 300}}, cash={"near": 8})
    claims = [claim for each in every.options for claim in each.claims if claim.family == "primary outcomes"]
    # The fourth clearest is not shown among three, and whatever follows is judged as it was.
    assert sorted(claim.among for claim in claims) == [3, 3, 3, 4, 5, 6]
    shown = {(claim.option, claim.subject): claim.among for claim in claims}
    assert {shown["near", "cash"], shown["near", "wait"], shown["far", "care"]} == {4, 5, 6}
    verdicts = {(claim.option, claim.subject): claim.verdict for claim in claims}
    assert verdicts["near", "cash"] == verdicts["near", "wait"] == "better"
    assert verdicts["far", "care"] == "worse"


def test_cash_that_is_not_known_is_not_judged() -> None:
    scenario: Scenario = make_scenario({"near": "Near"})
    figures = {"baseline": _figures({}), "near": _figures({"wait": 70})}
    one = answers(make_results(figures), scenario).of("near")
    assert one.claim.verdict == "unknown"
    assert sorted(each.among for each in (one.wait, one.care)) == [1, 2]
