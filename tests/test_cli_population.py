"""The population command: what it prints, what it refuses, what it writes."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pathway_modeller.cli import run_command_line
from pathway_modeller.paths import shipped
from tests.small_scenario import write_small

FIVE_TIERS = shipped("scenarios") / "five-tier-population.json"


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run_command_line(["population", *map(str, arguments)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["population", str(FIVE_TIERS), "--years", "90"],
        ["population", str(FIVE_TIERS), "--years", "90", "--json"],
    ],
    ids=["table", "json"],
)
@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_who_has_seen_enough_is_no_mistake(arguments: list[str], lines: int) -> None:
    command = [sys.executable, "-m", "pathway_modeller", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run_command_line(["population", *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.strip()


def test_tables_tell_totals_and_heads_of_every_variant(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, FIVE_TIERS, "--years", 20)
    for variant in ("Baseline", "Prevention at the base, at its best"):
        assert f"{variant}: people" in text
        assert f"{variant}: £ million a year (2021/22 prices)" in text
        assert f"{variant}: £ a head and year (2021/22 prices)" in text
    assert "“Tip: highest need”: 2.8% of people on the start date, 4.2% in year 20." in text
    assert "23% of this spending in year 20, 20.4 times as much a head as “Base: mostly well”" in text
    assert "1,080.15" in text
    assert "−£28.56m a year (−2.6%)" in text
    assert "what the option itself costs is in it only as far as it is entered" in text
    assert "without patients or queues" in text
    assert max(map(len, text.splitlines()[:40])) <= 120


def test_one_option_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, FIVE_TIERS, "--years", 1, "--option", "prevention", "--json"))
    assert [each["variant"] for each in document["variants"]] == ["baseline", "prevention"]


def test_object_holds_people_and_spending_with_dates(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, FIVE_TIERS, "--years", 2, "--json"))
    assert document["mode"] == "planning"
    assert document["years"] == 2
    baseline = document["variants"][0]
    first = baseline["people"][0]
    assert first == {
        "date": "2022-07-01",
        "year": 0,
        "need_tier": "tier1",
        "footprint": "bnssg",
        "people": 441456,
    }
    assert {row["date"] for row in baseline["people"]} == {"2022-07-01", "2023-07-01", "2024-07-01"}
    spent = sum(row["pounds"] for row in baseline["spending"] if row["year"] == 1)
    assert spent == pytest.approx(771.2e6, rel=1e-4)
    assert {row["price_year"] for row in baseline["spending"]} == {"2021/22"}
    assert {row["setting"] for row in baseline["spending"]} == {"primary care", "community", "hospital"}


def test_table_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    assert str(file) in printed(capsys, FIVE_TIERS, "--years", 1, "--csv", file)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 2 * 2 * 5
    assert rows[0]["date"] == "2022-07-01"
    assert float(rows[0]["pounds"]) == pytest.approx(441456 * 306.1605)


def with_people(tmp_path: Path, **more: object) -> Path:
    """The small scenario with some people, and spending in prices of two years."""
    small = write_small(tmp_path)
    document = json.loads(small.read_text(encoding="utf-8"))
    pounds = [{"value": 100, "price_year": year} for year in ("2023/24", "2024/25")]
    document["baseline"]["need_tiers"] = {
        "low": {"name": "Low", "level": 1, "spending": {"gp": {"name": "GP", "amount": pounds[0]}}},
        "high": {"name": "High", "level": 2, "spending": {"gp": {"name": "GP", "amount": pounds[1]}}},
    }
    document["baseline"]["footprints"] = {"east": {"name": "East", "people": {"low": 90, "high": 10}}}
    document |= more
    document["options"] = {}
    small.write_text(json.dumps(document), encoding="utf-8")
    return small


def test_prices_of_several_years_are_not_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = with_people(tmp_path)
    assert "Spending cannot be added up: prices are of 2023/24 and 2024/25" in printed(capsys, file)
    document = json.loads(printed(capsys, file, "--years", 1, "--json"))
    (baseline,) = document["variants"]
    assert {row["pounds"] for row in baseline["spending"]} == {None}
    assert any("no price base is chosen" in note for note in baseline["notes"])
    assert any("No moves are entered" in note for note in baseline["notes"])


def test_prices_are_brought_to_the_price_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = with_people(tmp_path, money={"price_year": "2024/25", "index": {"2024/25": 0.05}})
    (baseline,) = json.loads(printed(capsys, file, "--years", 1, "--json"))["variants"]
    now = {row["need_tier"]: row["pounds"] for row in baseline["spending"] if row["year"] == 0}
    assert now == pytest.approx({"low": 90 * 105, "high": 10 * 100})


def test_nobody_to_count_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, write_small(tmp_path)) == (
        "“Baseline” has no need tiers, so there is nobody to count; enter them."
    )


def test_mistakes_are_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean 'prevention'?" in refused(capsys, FIVE_TIERS, "--option", "prevent")
    assert "'0' is not a whole number, 1 to 100." in refused(capsys, FIVE_TIERS, "--years", 0)
    assert "There is no folder" in refused(capsys, FIVE_TIERS, "--csv", tmp_path / "no" / "people.csv")
    assert "There is no file" in refused(capsys, tmp_path / "none.json")
