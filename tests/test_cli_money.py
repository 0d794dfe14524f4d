"""Money and people on the command line: the same pounds in every member, and no saving without cause."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.cli import run_command_line
from pathway_modeller.cli.money_document import whole_pence
from pathway_modeller.paths import shipped
from tests.small_scenario import SMALL, write_small

MEMBERS = (
    "prices_missing",
    "ledger",
    "break_even",
    "probabilities",
    "payers",
    "savings",
    "providers",
    "equity",
    "outcomes",
    "budgets",
    "displacement",
    "triangle",
)


def base() -> dict[str, Any]:
    """The baseline of the small scenario with need tiers and footprints: 8 patients a day, as before."""
    baseline = copy.deepcopy(SMALL["baseline"])
    baseline["need_tiers"] = {
        "low": {"name": "Low", "level": 1, "need_weight": 1},
        "tip": {"name": "Tip", "level": 2, "need_weight": 9},
    }
    baseline["footprints"] = {
        "east": {"name": "East", "people": {"low": 900, "tip": 100}},
        "west": {"name": "West", "people": {"low": 461}},
    }
    yearly = {"value": 2000, "unit": "per year"}
    baseline["entry_points"]["referral"]["arrivals"] = {"kind": "random", "rate_per_1000": yearly}
    return baseline


def with_shift(tmp_path: Path) -> Path:
    """Two clinicians, and an option that closes one on the first counted day, with five days' notice."""
    baseline = base()
    baseline["pools"]["clinicians"]["units"] = 2
    # A clinician costs £300 a day: £109,575 in a year of 365.25 days.
    amount = {"value": 109_575, "price_year": "2024/25"}
    shift = {
        "name": "Close one",
        "from": "clinicians",
        "amount": amount,
        "starts": "2025-04-11",
        "notice": {"value": 5, "unit": "days"},
    }
    options = {"close": {"name": "One clinician less", "shifts": {"close": shift}}}
    return write_small(tmp_path, baseline=baseline, options=options)


def document(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """What a command prints with --json, as its schema says."""
    assert run_command_line([*map(str, arguments), "--workers", "1", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    schema = json.loads((shipped("resources") / "schema" / "results-1.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    return found


def measure(found: dict[str, Any], variant: str, name: str) -> float:
    """A measure of the whole pathway."""
    labels = ("element", "pool", "need_tier", "footprint", "setting")
    rows = [row for row in found["measures"] if row["variant"] == variant and row["measure"] == name]
    return next(float(row["mean"]) for row in rows if not any(row[label] for label in labels))


def spent(found: dict[str, Any], variant: str, **where: str) -> float:
    """The pounds of the ledger's lines of a variant."""
    lines = [line for line in found["ledger"] if line["variant"] == variant]
    return sum(line["pounds"] for line in lines if all(line[key] == each for key, each in where.items()))


def test_tags_stand_under_each_option_with_what_it_touches_them_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = copy.deepcopy(SMALL["baseline"])
    baseline["tags"] = {"near": {"name": "Near home"}, "early": {"name": "Found early"}}
    baseline["pools"]["clinicians"]["tags"] = ["near"]
    file = write_small(tmp_path, baseline=baseline)
    rows = {(row["option"], row["tag"]): row for row in document(capsys, "compare", file)["tags"]}
    assert list(rows) == [(option, tag) for option in ("same", "second") for tag in ("near", "early")]
    by = [{"carrier": "pool", "id": "clinicians", "name": "Clinicians", "how": "changed"}]
    assert rows["second", "near"] == {"option": "second", "tag": "near", "name": "Near home", "by": by}
    assert [rows[key]["by"] for key in rows if key != ("second", "near")] == [[], [], []]
    assert run_command_line(["compare", str(file), "--workers", "1"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "Near home" in line)
    assert line.split() == ["Near", "home", "–", '"Clinicians"']


def test_contacts_and_pounds_of_an_own_setting_stand_under_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = copy.deepcopy(SMALL["baseline"])
    baseline["activities"]["clinic"]["setting"] = baseline["pools"]["clinicians"]["setting"] = "school"
    own = {"school": {"name": "Schools", "order": 3.5}}
    plain = document(capsys, "compare", write_small(tmp_path))
    lane = {"settings": own}
    moved = {"name": "Moved", "patch": {"pools": {"clinicians": {"units": 2}}}}
    file = write_small(tmp_path, baseline={**baseline, **lane}, options={"second": moved})
    found = document(capsys, "compare", file)
    for name in ("contacts", "bill", "pool_cost"):
        figures = {
            setting: [
                row["mean"]
                for row in given["measures"]
                if (row["measure"], row["setting"], row["variant"]) == (name, setting, "baseline")
                and not (row["element"] or row["pool"])
            ]
            for given, setting in ((found, "school"), (plain, "hospital"))
        }
        assert figures["school"] == figures["hospital"] != [], name
    assert spent(found, "second", setting="school") == spent(plain, "second", setting="hospital") > 0
    settings = [
        row["setting"] for row in found["measures"] if row["measure"] == "contacts" and row["setting"]
    ]
    assert settings[:6] == ["home", "primary care", "community", "school", "social care", "hospital"]


def test_ledger_payers_totals_and_triangle_hold_the_same_pounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, "compare", write_small(tmp_path, baseline=base()))
    for variant in ("baseline", "second"):
        assert spent(found, variant, view="bill") == pytest.approx(measure(found, variant, "bill"))
        assert spent(found, variant, view="cost") == pytest.approx(measure(found, variant, "system_cost"))
        for view in ("bill", "cost"):
            rows = [row for row in found["triangle"] if (row["variant"], row["view"]) == (variant, view)]
            assert sum(row["pounds"] for row in rows) == pytest.approx(spent(found, variant, view=view))
    total = next(row for row in found["break_even"] if (row["option"], row["view"]) == ("second", "cost"))
    assert total["totals"]["baseline"]["real"]["mean"] == pytest.approx(spent(found, "baseline", view="cost"))
    payers = next(row for row in found["payers"] if row["option"] == "second")
    pays = sum(each["pays_after"] for each in payers["positions"])
    assert round(pays * 100) == round(spent(found, "second", view="cost") * 100)
    people = {
        row["need_tier"]: row["people"]
        for row in found["triangle"]
        if (row["variant"], row["view"], row["year"]) == ("baseline", "bill", 0)
    }
    assert people == {"low": 1361, "tip": 100}


def test_contracts_and_budgets_are_told_by_variant_and_financial_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A block of £365,000, of which the option pays £730,000; £500,000 budgeted for 365 days."""
    baseline = base()
    first = next(iter(baseline["activities"]))
    money = {"price_year": "2024/25"}
    block = {"name": "Block", "kind": "block", "payer": "nhs", "amount": {"value": 365_000, **money}}
    baseline["activities"][first] |= {"payer": "nhs", "provider": "trust"}
    baseline["providers"] = {"trust": {"name": "Trust", "contracts": {"block": block}}}
    baseline["payers"] = {"nhs": {"name": "NHS", "budget": {"2025/26": {"value": 500_000, **money}}}}
    contracts = {"block": {"amount": {"value": 730_000}}}
    dearer = {"name": "Dearer", "patch": {"providers": {"trust": {"contracts": contracts}}}}
    path = write_small(tmp_path, baseline=baseline, options={"dearer": dearer})
    found = document(capsys, "compare", path)
    rows = {row["variant"]: row for row in found["budgets"]}
    days = rows["baseline"]["counted_days"]
    assert 0 < days < rows["baseline"]["days"] == 365
    for variant, a_day in (("baseline", 1_000), ("dearer", 2_000)):
        row = rows[variant]
        assert row["bill"]["mean"] == spent(found, variant, view="bill", kind="contract") == days * a_day
        assert row["budget"] == pytest.approx(500_000 * days / 365)
        assert row["runs_above"] == (row["runs"] if variant == "dearer" else 0)
    cost = [spent(found, variant, view="cost") for variant in ("baseline", "dearer")]
    assert cost[0] == cost[1]
    assert run_command_line(["compare", str(path), "--workers", "1"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Bill beside budget" in printed
    assert f"NHS, 2025/26 ({days:.0f} of 365 days)" in printed


def test_means_in_the_ledger_are_whole_pence_that_add_up() -> None:
    """April 0.4 + 0.4 + 0.4 = 1.2 and May 0.4: 1.6 in all, 2 pence, one in either month."""
    months = ["2025-04"] * 3 + ["2025-05", "2025-04"]
    views = ["cost"] * 4 + ["bill"]
    sums = pd.DataFrame({"month": months, "view": views, "pence": [0.4, 0.4, 0.4, 0.4, 7.5]})
    found = whole_pence(sums)
    assert sum(found[:3]) == 1
    assert found[3:] == [1, 8]


def test_an_option_that_changes_nothing_changes_no_penny(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, "compare", write_small(tmp_path, baseline=base()), "--option", "same")
    for row in found["break_even"]:
        assert not row["changes"]
        assert {row["totals"]["saved"][how]["mean"] for how in ("real", "discounted")} == {0}
        assert row["saves"]["count"] == 0
        assert set(row["pays_back"].values()) == {"not within the horizon"}
    lines = {
        variant: [{**line, "variant": ""} for line in found["ledger"] if line["variant"] == variant]
        for variant in ("baseline", "same")
    }
    assert lines["baseline"] == lines["same"]
    assert found["displacement"] == [{"option": "same", "closes": True, "accounts": [], "unaccounted": []}]
    chances = found["probabilities"][0]
    # The scenario has no waiting-time standard, so that nothing can be said of one.
    assert chances["no_standard_worse"] is None
    assert chances["no_footprint_worse"]["share"] == 1
    assert found["savings"][0]["sentence"] == "No saving: the system pays as much as under the baseline."


def test_a_shift_strands_what_it_closes_until_the_notice_is_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = with_shift(tmp_path)
    found = document(capsys, "compare", file)
    # Twenty days are counted: one clinician stays, one is paid for five days more.
    assert spent(found, "close", kind="step") == 20 * 300
    assert spent(found, "close", kind="stranded") == 5 * 300
    back = next(row for row in found["break_even"] if row["view"] == "cost")
    assert set(back["pays_back"].values()) == set(back["pays_back_discounted"].values()) == {"2025-04"}
    saved = found["savings"][0]
    assert saved["yearly"] is None
    assert saved["run_rate"]["whole"]["capacity_releasing"]["mean"] == pytest.approx(5 * 300)
    assert run_command_line(["compare", str(file), "--workers", "1"]) == 0
    text = capsys.readouterr().out
    assert "Stranded: £1,500 over the 20 days (the same in every replication) is paid for capacity" in text
    assert "Break-even of the system cost (2024/25 prices, real, not discounted): from the start" in text
    # System cost holds what is stranded: of £6,000 for a clinician £1,500 are still paid (and £0.62 of care).
    assert "Saves £4,501 over the 20 days in cash" in text
    assert "System cost: −£4,501 over the 20 days under “One clinician less” (95% interval" in text
    for variant in ("baseline", "close"):
        assert measure(found, variant, "system_cost") == pytest.approx(spent(found, variant, view="cost"))


def test_the_month_of_paying_back_of_one_replication_has_no_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, "compare", with_shift(tmp_path), "--replications", "1")
    back = next(row for row in found["break_even"] if row["view"] == "cost")
    assert back["pays_back"] == {"month": "2025-04", "earliest": None, "latest": None}


def test_other_spending_stands_beside_the_system_cost_and_in_cash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = base()
    care = {"name": "Care", "amount": {"value": 365.25, "price_year": "2024/25"}, "setting": "home"}
    baseline["need_tiers"]["tip"]["spending"] = {"care": care}
    file = write_small(tmp_path, baseline=baseline)
    found = document(capsys, "compare", file)
    # 100 people at £1 a day for twenty days.
    assert measure(found, "baseline", "other_spending") == pytest.approx(2000)
    both = measure(found, "baseline", "system_cost") + 2000
    assert spent(found, "baseline", view="cost") == pytest.approx(both)
    assert run_command_line(["compare", str(file), "--workers", "1"]) == 0
    text = capsys.readouterr().out
    assert "Other spending" in text
    assert "system cost is" not in text.lower()


def test_what_is_not_known_is_never_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    baseline = base()
    del baseline["pools"]["clinicians"]["cost"]
    file = write_small(tmp_path, baseline=baseline)
    found = document(capsys, "compare", file, "--option", "second")
    assert {(row["variant"], row["view"]) for row in found["prices_missing"]} == {
        ("baseline", "cost"),
        ("second", "cost"),
    }
    assert {line["view"] for line in found["ledger"]} == {"bill"}
    assert all(row["pounds"] is None for row in found["triangle"] if row["view"] == "cost")
    cost = next(row for row in found["break_even"] if row["view"] == "cost")
    assert (cost["totals"], cost["median"], cost["within"]) == (None, None, None)
    assert found["probabilities"][0]["saves_cash"] is None
    assert not found["savings"][0]["claimed"]
    assert found["payers"][0]["positions"] == []
    assert run_command_line(["compare", str(file), "--option", "second", "--workers", "1"]) == 0
    assert "System cash is not known, so no saving can be claimed: Clinicians" in capsys.readouterr().out


def test_run_has_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "run", write_small(tmp_path))
    assert not set(MEMBERS) & set(found)
    compared = document(capsys, "compare", write_small(tmp_path))
    assert set(MEMBERS) <= set(compared)


def test_a_shift_gives_the_same_bytes_for_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = with_shift(tmp_path)
    printed = []
    for workers in ("1", "2"):
        assert run_command_line(["compare", str(file), "--workers", workers, "--json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert '"stranded"' in printed[0]
