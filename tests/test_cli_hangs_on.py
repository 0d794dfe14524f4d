"""What an answer hangs on, from the command line: printed, as JSON, and as a chart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.cli.commands import run_command_line
from pathway_modeller.paths import shipped
from tests.small_scenario import write_small

_FIELDS = {"source": "Clinics", "quality": "judgement"}
ASSUMPTIONS = {
    "cost": {
        "name": "Cost of a clinician: £300 a day",
        "places": ["/baseline/pools/clinicians/cost/amount/value"],
        "low": 0,
        "high": 500,
        "unit": "£ a day",
        "reach": {"kind": "replaces"},
        **_FIELDS,
    },
    "law": {
        "name": "Opening hours",
        "places": ["/baseline/pools/clinicians/name"],
        "low": 1,
        "high": 2,
        "reach": {"kind": "not varied", "because": "the law fixes them"},
        **_FIELDS,
    },
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path, assumptions=ASSUMPTIONS)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Returns what a comparison prints."""
    given = ["compare", *map(str, arguments), "--workers", "1", "--hangs-on"]
    assert run_command_line(given) == 0
    return capsys.readouterr().out


def test_it_prints_what_turns_and_what_was_not_varied(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, file)
    assert "What the answers hang on. Each end was played in the first" in out
    assert "Cost of a clinician, £300 a day (£0 a day to £500 a day): is no longer shown to cost more" in out
    assert "System cash saved over the 20 days, against the baseline" in out
    assert "Not varied: Opening hours, because the law fixes them." in out
    assert "Nothing changes:\n    no range that was tried turns what is said." in out


def test_its_object_is_as_the_schema_says(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[str, Any] = json.loads(printed(capsys, file, "--json"))
    schema = json.loads((shipped("resources") / "schema" / "results-1.schema.json").read_text("utf-8"))
    told = found["hangs_on"]
    of_it = {**schema["properties"]["hangs_on"], "$defs": schema["$defs"]}
    Draft202012Validator(of_it).validate(told)
    assert [each["assumption"] for each in told["ranges"]] == ["cost"]
    assert told["ranges"][0]["recounted"]
    assert [each["assumption"] for each in told["not_varied"]] == ["law"]
    second = next(each for each in told["options"] if each["option"] == "second")
    assert second["words"].startswith("cost of a clinician: no longer shown to cost more")
    (swing,) = second["swings"]["cash"]
    assert swing["low"] > 0 > swing["central"] > swing["high"]
    page = next(row for row in found["first_page"]["rows"] if row["variant"] == "second")
    assert page["cells"]["hangs on"]["words"] == second["words"]


def test_its_chart_is_written_with_its_table(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, file, "--out", tmp_path / "charts")
    assert "tornado.png" in out
    table = (tmp_path / "charts" / "tornado.csv").read_text("utf-8")
    assert "Cost of a clinician" in table
    drawn = (tmp_path / "charts" / "tornado.svg").read_text("utf-8")
    assert "no longer shown to cost more" in drawn


def test_nothing_of_it_is_there_unless_asked_for(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["compare", str(file), "--workers", "1", "--out", str(tmp_path / "charts")]) == 0
    assert "What the answers hang on" not in capsys.readouterr().out
    assert not (tmp_path / "charts" / "tornado.csv").exists()
    assert "hangs_on" not in json.loads((tmp_path / "charts" / "results.json").read_text("utf-8"))
