"""No two sentences of one result contradict each other, whatever the option does."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from tests.claims.told import activity, clinic, found, pool, told

SEEDS = (*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 40)))
"""Options that are made up; the first few run every time."""


def made_up(seed: int) -> dict[str, Any]:
    """Returns an option: contacts move, are put off, dropped or spared, rooms close, visits take longer."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    share = chance.choice([0.1, 0.4, 0.7])
    what = chance.choice(["moved", "moved and said", "spared", "dropped", "put off", "nothing"])
    patch: dict[str, Any] = {"pools": {"rooms": {"units": chance.choice([2, 3, 4, 5])}}}
    if chance.random() < 0.4:
        patch["activities"] = {"clinic": {"service_time": {"mean": chance.choice([0.1, 0.1212, 0.13])}}}
    option: dict[str, Any] = {"name": f"Option {seed}", "patch": patch}
    if what == "nothing":
        return {**option, "patch": {}}
    aside = {"spared": "out", "dropped": "out", "put off": "later"}.get(what, "near")
    patch |= {
        "decisions": {"where": {"name": "Where?"}},
        "transitions": {
            "a": {"to": "where"},
            "h": {"from": "where", "to": "clinic", "share": 1 - share},
            "n": {"from": "where", "to": aside, "share": share},
        },
    }
    to = {"near": {"share": 1}}
    if aside == "near":
        missed = {"share": chance.choice([0.05, 0.3]), "rebook": 0, "others_go_to": "out"}
        near = activity("nurses", 0.12, price=60, setting="community")
        patch["activities"] = {"near": near | ({"did_not_attend": missed} if chance.random() < 0.5 else {})}
        patch["pools"]["nurses"] = pool(chance.choice([2, 3]), 300, setting="community")
        patch["transitions"]["o"] = {"from": "near", "to": "out"}
    if aside == "later":
        patch["waits"] = {"later": {"name": "Later", "time": {"kind": "fixed", "value": 300, "unit": "days"}}}
        patch["transitions"]["o"] = {"from": "later", "to": "clinic"}
    declared = {"name": "Taken", "activity": "clinic"}
    if what == "moved and said":
        option["displacements"] = {"x": declared | {"to": to}}
    if what == "spared":
        option["displacements"] = {"x": declared | {"avoided": 1}}
    return option


@pytest.fixture(scope="module", params=SEEDS)
def findings(request: pytest.FixtureRequest) -> Findings:
    """What one of the options does."""
    return found(clinic({"one": made_up(request.param)}, run={"replications": 6}))


def test_a_saving_is_claimed_everywhere_or_nowhere(findings: Findings) -> None:
    claimed, said = findings.answers.of("one").claim.claimed, told(findings)
    assert ("Saves £" in said["terminal"]) == claimed
    for where in ("differences", "system-cost-by-setting", "bridge"):
        headline = said[where].split("\n")[0]
        assert headline.startswith("Saves cash") == claimed, headline
        assert claimed or headline.startswith(("No saving", "Growth is avoided, no cash leaves")), headline
    page = first_page(findings)
    cell = page.rows[1].cells["cash"]
    assert cell.words.startswith("yes") == (cell.tone == "good") == claimed
    assert (" saves cash" in page.headline) == claimed
    assert page.rows[1].cells["back"].words.startswith("from") <= claimed or "may" in cell.words


def test_the_first_page_names_who_loses_and_who_waits_as_the_claims_do(findings: Findings) -> None:
    option, page = findings.answers.of("one"), first_page(findings)
    cells = page.rows[1].cells
    loses = bool(option.equity.losers) or option.care.verdict == "worse"
    assert (cells["losers"].tone == "bad") == loses
    assert ("longer)" in cells["wait"].words) == (option.wait.verdict == "worse")
    assert ("shorter)" in cells["wait"].words) == (option.wait.verdict == "better")
    assert ("lengthens waits" in page.headline) <= (option.wait.verdict == "worse")
    assert ("shortens waits" in page.headline) <= (option.wait.verdict == "better")
    worse = {claim.of for claim in option.claims if claim.family == "footprints" and claim.verdict == "worse"}
    assert worse == {account.footprint for account in option.equity.losers}


def test_a_footprint_is_worse_off_everywhere_or_nowhere(findings: Findings) -> None:
    losers, said = findings.answers.of("one").equity.losers, told(findings)
    headline = said["equity"].split("\n")[0]
    assert ("is worse off: its people" in said["terminal"]) == bool(losers)
    assert headline.startswith("No footprint") != bool(losers), headline
    likely = findings.answers.of("one").probabilities.no_footprint_worse
    assert likely is not None
    assert not losers or likely.share < 0.5


def test_nobody_goes_without_in_one_sentence_and_not_in_another(findings: Findings) -> None:
    option = findings.answers.of("one")
    without = option.served.words
    for clause in without:
        assert any(clause in text for text in told(findings).values()), clause
    if not without:
        assert all("go without" not in text for text in told(findings).values())


def test_deferring_and_dropping_patients_is_no_saving(findings: Findings) -> None:
    option = findings.scenario.options["one"]
    drops = "h" in option.patch.get("transitions", {}) and "near" not in option.patch.get("activities", {})
    if drops and not option.displacements:
        assert not findings.answers.of("one").claim.claimed


def test_an_option_without_change_says_nothing(findings: Findings) -> None:
    if not findings.scenario.options["one"].patch:
        changes = findings.results.differences("one")
        known = changes[changes["replications"] > 0]
        assert (known[["mean", "low", "high"]] == 0).all(axis=None)
        for text in told(findings).values():
            # "No footprint is shown to wait longer" says nothing of a difference.
            headline = re.sub(r"\b(No|no) \w+ (is|can be)\b[^.;]*", "", text.split("\n")[0])
            assert not re.search(
                r"\b([Ll]ower|[Hh]igher|longer|shorter|worse off|[Ww]orse off:)\b", headline
            ), headline
            assert not re.search(r"[−+]£?\d", headline), headline
        assert {claim.verdict for claim in findings.answers.of("one").claims} == {"same"}
