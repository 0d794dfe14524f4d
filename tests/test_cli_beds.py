"""The beds command: what it prints, what it refuses, what it writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.cli import run_command_line
from tests.small_scenario import write_small
from tests.ward import erlang_b, ward


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ward.json"
    text = ward(14, replications=8, days=200).model_dump_json(by_alias=True, exclude_defaults=True)
    path.write_text(text, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run_command_line(["beds", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def printed_schema(capsys: pytest.CaptureFixture[str]) -> str:
    assert run_command_line(["schema", "--beds"]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run_command_line(["beds", *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.strip()


def test_it_tells_the_chance_of_delay_and_from_what_run(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, file)
    assert "Baseline: chance of delay; Stroke beds, alone without a limit" in text
    assert "14 (there are)" in text
    assert "Baseline: 17 units for a chance of 5% or less" in text
    assert "P(N = b) / P(N <= b)" in text
    assert "mean of 8 replications with its 95% interval" in text
    assert "Baseline: 15 units for a chance of 10% or less" in printed(capsys, file, "--at-most", "10")


def test_json_holds_every_number_with_its_interval(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, file, "--pool", "beds", "--option", "more", "--json"))
    Draft202012Validator(json.loads(printed_schema(capsys))).validate(found)
    assert [each["variant"] for each in found["provenance"]["variants"]] == ["baseline", "more"]
    rows = {(row["variant"], row["units"]): row for row in found["chance_of_delay"]}
    fourteen = rows["baseline", 14]
    assert fourteen["mean"] == pytest.approx(fourteen["in_use"] / fourteen["at_most"])
    assert fourteen["low"] < erlang_b(12, 14) < fourteen["high"]
    assert (fourteen["limit"], rows["more", 14]["limit"]) == (14, 16)
    assert rows["more", 14]["mean"] == fourteen["mean"]


def test_out_writes_charts_table_and_json(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, file, "--out", tmp_path / "out")
    names = [f"chance-of-delay-beds.{ending}" for ending in ("csv", "png", "svg")]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        *names,
        "chance-of-delay.json",
        "files-of-this-result.txt",
    ]
    assert all(name in text for name in names)
    with (tmp_path / "out" / "chance-of-delay-beds.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    whole = json.loads((tmp_path / "out" / "chance-of-delay.json").read_text(encoding="utf-8"))
    assert [float(row["mean"]) for row in rows] == [row["mean"] for row in whole["chance_of_delay"]]
    svg = (tmp_path / "out" / "chance-of-delay-beds.svg").read_text(encoding="utf-8")
    assert "Stroke beds, alone without a limit: 17 would keep the chance of delay to 5% or less" in svg


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--pool", "bed"], "The scenario has no pool 'bed'; did you mean 'beds'?"),
        (["--option", "mor"], "The scenario has no option 'mor'; did you mean 'more'?"),
        (["--at-most", "0"], "'0' is not a percentage above 0 and below 100"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_a_sentence(
    file: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sentence in refused(capsys, file, *arguments)


def test_without_a_pool_of_beds_one_must_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_small(tmp_path)
    assert "no pool of beds; choose with --pool: there is clinicians." in refused(capsys, file)
    assert "Clinicians, alone without a limit" in printed(capsys, file, "--pool", "clinicians")
