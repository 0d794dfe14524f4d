"""The check on the command line: what a scenario is ready for; and heavy runs, which are asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.cli import run_command_line, weighing
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.edits.every_edit import set_value, with_pathway
from pathway_modeller.scenario.file.open_save import save
from pathway_modeller.scenario.options import BASELINE
from tests.scenario.readiness.moved_scenario import moved
from tests.small_scenario import write_small

pytestmark = pytest.mark.usefixtures("prepared_engine")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save(moved(), tmp_path / "moved.json")
    return tmp_path / "moved.json"


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A rate by the minute that was meant by the month."""
    rate = {"value": 400, "unit": "per minute"}
    pathway = set_value(moved().baseline, "/entry_points/referral/arrivals/rate", rate)
    save(with_pathway(moved(), BASELINE, pathway), tmp_path / "slip.json")
    return tmp_path / "slip.json"


def checked(file: Path, capsys: pytest.CaptureFixture[str], *more: str, code: int = 0) -> str:
    assert run_command_line(["check", str(file), *more]) == code
    return capsys.readouterr().out


def test_check_says_what_it_is_ready_for_and_what_is_missing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = checked(file, capsys).splitlines()
    assert lines[0] == "No problems."
    assert lines[1].startswith("Not yet ready for waits (1), money (1), payers (5)")
    (said,) = (each for each in lines if "variable cost" in each)
    assert said.startswith('  Money: "Clinic" and "Team" have no variable cost: ')
    assert said.endswith("To mend: Give one for all. [/baseline/activities/clinic/variable_cost]")
    assert any('To mend: Take "ICB" from the capacity pool.' in each for each in lines)
    assert lines[-1].startswith("This run plays about 27,000 events: ")


def test_check_as_json_is_as_its_schema_says(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((shipped("resources") / "schema" / "check-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    document = json.loads(checked(file, capsys, "--json"))
    Draft202012Validator(schema).validate(document)
    assert document["can_be_run"]
    by_part = {each["for"]: each for each in document["ready"]}
    (contacts,) = by_part["contacts"]["missing"]
    assert contacts["variant"] == "nearer"
    assert contacts["mends"][0] == {"label": 'They go on: 100% at "Team"', "asks": "nothing"}
    assert document["weight"]["events"] == pytest.approx(2 * 3 * 560 * 8, rel=0.01)


def test_a_file_with_errors_is_ready_for_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((shipped("resources") / "schema" / "check-1.schema.json").read_text("utf-8"))
    broken = write_small(tmp_path, name="")
    assert "eady for" not in checked(broken, capsys, code=2)
    document = json.loads(checked(broken, capsys, "--json", code=2))
    Draft202012Validator(schema).validate(document)
    assert not document["can_be_run"]
    assert document["ready"] is document["weight"] is None


@pytest.mark.parametrize("command", [["run"], ["run", "--verify"], ["compare"], ["compare", "--hangs-on"]])
def test_a_heavy_run_is_refused_where_nobody_can_be_asked(
    slip: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line([*command, str(slip)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    last = said.err.splitlines()[-1]
    assert last.startswith("This run plays about ")
    assert '"Referral" brings about 32 million patients a replication (400 per minute)' in last
    assert last.endswith("Give --yes to run it all the same.")


def test_check_warns_of_the_heavy_run(slip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(slip, capsys).splitlines()[-1].startswith("Heavy: This run plays about ")


def test_yes_and_lighter_settings_run_without_a_question(
    slip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = ["--until", "0.01", "--replications", "1"]
    assert run_command_line(["run", str(slip), *short]) == 0
    assert "Give --yes" not in capsys.readouterr().err


class Terminal:
    """Stands in for a terminal at which somebody types."""

    def __init__(self, answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def confirm(self, question: str, *, err: bool) -> bool:
        self.asked.append(question)
        assert err
        return self.answers == "y"


@pytest.mark.parametrize(("answer", "code"), [("n", 2), ("y", 0)])
def test_at_a_terminal_a_heavy_run_is_asked_about(
    file: Path, answer: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pathway_modeller.experiment.runs import weight

    terminal = Terminal(answer)
    monkeypatch.setattr(weighing, "is_asked", lambda: True)
    monkeypatch.setattr(weighing.click, "confirm", terminal.confirm)
    monkeypatch.setattr(weight, "LONG", 0.0)
    assert run_command_line(["run", str(file), "--json"]) == code
    (question,) = terminal.asked
    assert question.startswith("This run plays about ")
    assert question.endswith("\nRun it all the same?")
    out, err = capsys.readouterr()
    assert (out == "") is (answer == "n")
    assert "Give --yes" not in err
    assert run_command_line(["run", str(file), "--json", "--yes"]) == 0
    assert len(terminal.asked) == 1
