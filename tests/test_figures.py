"""The reference figures: every row has a source and terms, and the scenarios' figures follow from them."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from pathway_modeller.paths import shipped

FOLDER = shipped("resources") / "figures"
TERMS = {"OGL-3.0", "MIT", "single figure cited", "CC-BY-NC-SA-4.0, single figure cited"}
SPECIALTIES = 1 / 15
ADULTS = 0.8
INTERVAL_WEEKS = (4 + 12 + 26) / 3
TIERS = ("tier1", "tier2", "tier3", "tier4", "tier5")


def rows(name: str) -> list[dict[str, str]]:
    """Returns the rows of a file of figures."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def figure() -> dict[str, float]:
    return {row["id"]: float(row["value"]) for row in rows("figures.csv") if row["value"] != "unknown"}


@pytest.fixture(scope="module")
def tiers() -> dict[str, dict[str, str]]:
    return {row["need_tier"]: row for row in rows("bnssg-need-tiers.csv")}


@pytest.fixture(scope="module")
def wigan() -> dict[str, Any]:
    return read("wigan-outpatient-follow-up.json")


def read(name: str) -> dict[str, Any]:
    """Returns a bundled scenario as JSON."""
    document: dict[str, Any] = json.loads((shipped("scenarios") / name).read_text(encoding="utf-8"))
    return document


def share(document: dict[str, Any], option: str, transition: str) -> float:
    """Returns the share of a transition that an option adds."""
    return document["options"][option]["patch"]["transitions"][transition]["share"]


@pytest.mark.parametrize("name", ["figures.csv", "bnssg-need-tiers.csv", "bnssg-population.csv"])
def test_every_row_says_who_says_so_and_on_what_terms(name: str) -> None:
    for row in rows(name):
        assert row["source"], row
        assert row["address"].startswith("http"), row
        assert row["year"], row
        assert row["licence"] in TERMS, row


def test_ids_are_not_used_twice() -> None:
    ids = [row["id"] for row in rows("figures.csv")]
    assert len(set(ids)) == len(ids)


def test_every_row_names_a_bundled_scenario() -> None:
    bundled = {path.stem for path in Path(shipped("scenarios")).glob("*.json")}
    assert {row["scenario"] for row in rows("figures.csv")} <= bundled


def test_notices_cover_every_licence_that_asks_for_one() -> None:
    notices = (shipped("resources") / "docs" / "NOTICES.md").read_text(encoding="utf-8")
    assert "Contains public sector information licensed under the Open Government Licence v3.0" in notices
    assert "Dynamic Population Model" in notices
    assert "Permission is hereby granted, free of charge" in notices


def test_people_follow_from_residents_and_tier_shares(
    wigan: dict[str, Any], figure: dict[str, float], tiers: dict[str, dict[str, str]]
) -> None:
    each = round(figure["wigan.residents"] / figure["wigan.footprints"])
    adults = {tier: float(row["adults"]) for tier, row in tiers.items()}
    wanted = {tier: round(each * ADULTS * count / sum(adults.values())) for tier, count in adults.items()}
    footprints = wigan["baseline"]["footprints"]
    assert len(footprints) == figure["wigan.footprints"]
    assert all(footprint["people"] == wanted for footprint in footprints.values())


@pytest.mark.parametrize("tier", TIERS)
def test_rates_follow_from_contacts(
    wigan: dict[str, Any], figure: dict[str, float], tiers: dict[str, dict[str, str]], tier: str
) -> None:
    ratio = figure["outpatients.follow_ups_per_first"]
    referrals = (
        float(tiers[tier]["outpatient_attendances_per_person_year"]) * 1000 * SPECIALTIES / (1 + ratio)
    )
    entries = wigan["baseline"]["entry_points"]
    rate = entries["gp_referral"]["arrivals"]["rate_per_1000"]["values"][tier]["value"]
    assert rate == pytest.approx(referrals, abs=0.06)
    under = entries["under_follow_up"]["arrivals"]["rate_per_1000"]["values"][tier]["value"]
    assert under == pytest.approx(referrals * ratio * INTERVAL_WEEKS * 7 / 365.25, abs=0.1)


def test_shares_after_the_first_attendance_are_as_published(
    wigan: dict[str, Any], figure: dict[str, float]
) -> None:
    transitions = wigan["baseline"]["transitions"]
    followed_up = figure["outpatients.first_booked"] + figure["outpatients.first_to_be_booked"]
    assert transitions["first_followed_up"]["share"] == pytest.approx(followed_up / 100)
    assert transitions["first_discharged"]["share"] == pytest.approx(
        figure["outpatients.first_discharged"] / 100
    )
    assert transitions["first_other"]["share"] == pytest.approx(0.012)


def test_pathway_gives_the_published_follow_ups_per_first(
    wigan: dict[str, Any], figure: dict[str, float]
) -> None:
    """Follow-ups due per first: x = 0.668 + again * seen * x, with seen = (1 - d) / (1 - d * offered)."""
    transitions = wigan["baseline"]["transitions"]
    missed = wigan["baseline"]["activities"]["follow_up_clinic"]["did_not_attend"]["share"]
    seen = (1 - missed) / (1 - missed * transitions["missed_follow_up_new_date"]["share"])
    again = transitions["follow_up_again"]["share"]
    due = transitions["first_followed_up"]["share"] / (1 - again * seen)
    assert due * seen == pytest.approx(figure["outpatients.follow_ups_per_first"], abs=0.005)


def test_missed_slots_leave_out_cancelled_appointments(
    wigan: dict[str, Any], figure: dict[str, float]
) -> None:
    missed, attended = figure["outpatients.not_attended"], figure["outpatients.attended"]
    for activity in wigan["baseline"]["activities"].values():
        assert activity["did_not_attend"]["share"] == pytest.approx(missed / (missed + attended), abs=0.0005)


def test_price_is_uprated_by_the_published_index(wigan: dict[str, Any], figure: dict[str, float]) -> None:
    index = math.prod(1 + value / 100 for name, value in figure.items() if name.startswith("nhscii."))
    assert index == pytest.approx(1.236, abs=0.001)
    price = wigan["baseline"]["activities"]["first_clinic"]["price"]["value"]
    assert price == round(figure["outpatients.price_2016_17"] * index)


def test_costs_are_as_published(wigan: dict[str, Any], figure: dict[str, float]) -> None:
    assert wigan["baseline"]["pools"]["clinics"]["cost"]["amount"]["value"] == figure["cost.consultant_hour"]
    for option in ("near_home", "near_home_closing"):
        patch = wigan["options"][option]["patch"]
        nurse = patch["pools"]["near_home_nurses"]["cost"]["amount"]["value"]
        assert nurse == figure["cost.nurse_band_7_hour"]
        price = patch["activities"]["near_home_clinic"]["price"]["value"]
        assert price == figure["cost.respiratory_nurse_contact"]


def test_patient_initiated_follow_up_is_as_published(wigan: dict[str, Any], figure: dict[str, float]) -> None:
    effect = -figure["pifu.effect"] / 5
    assert share(wigan, "pifu_evidenced", "patient_asks_no") == pytest.approx(effect)
    assert share(wigan, "pifu_evidenced", "due_patient_initiated") == pytest.approx(0.05)
    planned = share(wigan, "pifu_planned", "due_patient_initiated")
    assert planned * effect == pytest.approx(-figure["pifu.goal"] / 100)


def test_standard_is_as_published(wigan: dict[str, Any], figure: dict[str, float]) -> None:
    standard = wigan["baseline"]["standards"]["rtt"]
    assert standard["limit"] == {"unit": "weeks", "value": figure["standard.rtt_days"] / 7}
    assert standard["target"] == figure["standard.rtt_target"] / 100
    assert standard["counts"] == "stock"


def test_first_steps_costs_are_as_published(figure: dict[str, float]) -> None:
    document = read("first-steps.json")
    gp = document["baseline"]["pools"]["gps"]["cost"]["amount"]["value"]
    assert gp == round(figure["cost.gp_minute"] * 60)
    nurse = document["options"]["nurse"]["patch"]["pools"]["nurses"]["cost"]["amount"]["value"]
    assert nurse == figure["cost.practice_nurse_hour"]
