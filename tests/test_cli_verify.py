"""``run --verify`` on the command line: what it prints, what it refuses, its exit codes."""

from __future__ import annotations

import copy
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.cli import run_command_line
from pathway_modeller.experiment.verify import verify as checking
from pathway_modeller.paths import shipped
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from tests.small_scenario import SMALL, write_small
from tests.terminal import interrupted


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def tampered(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the two engines gives everybody a need tier that there is none of, from the tenth event on."""

    def other(*given: Any) -> Any:
        trace = simulate(*given)
        units = trace.units.copy()
        units[9:] += 1
        return replace(trace, units=units)

    monkeypatch.setattr(checking, "both_engines", lambda: {"compiled": other, "simpy": simulate})


def said(capsys: pytest.CaptureFixture[str], code: int, *arguments: object) -> str:
    assert run_command_line(["run", *map(str, arguments), "--verify"]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out if code < 2 else err


def checked(printed: str) -> dict[str, Any]:
    """Returns the object that was printed, which is as its schema says."""
    schema = json.loads((shipped("resources") / "schema" / "verification-1.schema.json").read_text("utf-8"))
    document: dict[str, Any] = json.loads(printed)
    Draft202012Validator(schema).validate(document)
    return document


def test_identical_histories_end_with_0_and_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("numba")
    out = said(capsys, 0, file, "--option", "second", "--seed", 5, "--warm-up", 2, "--until", 8)
    assert out.startswith("Identical: both engines give the same ")
    assert " events in replication 1 of option “A second clinician” (SHA-256 " in out
    assert "seed 5, replication 1, warm-up period 2 days, data collection period 8 days" in out


def test_json_prints_one_object(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("numba")
    document = checked(said(capsys, 0, file, "--json"))
    assert document["identical"] is True
    assert document["difference"] is None
    assert [each["engine"] for each in document["engines"]] == ["compiled", "simpy"]
    assert len({each["sha256"] for each in document["engines"]}) == 1
    assert document["variant"] == {"variant": "baseline", "name": "Baseline"}
    assert document["seed"] == 3


@pytest.mark.usefixtures("tampered")
def test_histories_that_differ_end_with_1_and_the_first_event_in_words(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, 1, file)
    assert out.startswith(
        "Different: in replication 1 of the baseline the engines agree on the first 9 events"
    )
    assert "\nFirst event that differs: number 10, Tuesday 1 April 2025 at " in out
    assert "\nThe compiled engine says: " in out
    assert "\nSimPy says: " in out
    document = checked(said(capsys, 1, file, "--json"))
    assert document["identical"] is False
    assert document["difference"]["event"] == 10
    assert set(document["difference"]["says"]) == {"compiled", "simpy"}


def locking(tmp_path: Path) -> Path:
    """Returns the file of a scenario whose patients lock each other out for ever."""
    baseline: dict[str, Any] = copy.deepcopy(SMALL["baseline"])  # type: ignore[arg-type]
    quick = {"kind": "fixed", "value": 0.1, "unit": "days"}
    keep = {"release": "when next can take", "service_time": quick}
    for name, other in (("clinic", "ward"), ("ward", "clinic")):
        pool = f"{name}_beds"
        baseline["pools"][pool] = {"name": pool, "units": 1}
        baseline["activities"][name] = {"name": name.capitalize(), "needs": {pool: 1}, **keep}
        baseline["transitions"][f"{name}_{other}"] = {"from": name, "to": other}
    baseline["transitions"]["referral_ward"] = {"from": "referral", "to": "ward", "share": 0.5}
    baseline["transitions"]["referral_clinic"]["share"] = 0.5
    baseline["transitions"]["clinic_home"]["share"] = 0.01
    baseline["transitions"]["clinic_ward"]["share"] = 0.99
    return write_small(tmp_path, baseline=baseline, options={})


def test_both_engines_stop_with_the_same_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("numba")
    file = locking(tmp_path)
    out = said(capsys, 0, file)
    assert (
        "Identical: both engines stop in replication 1 of the baseline with the same sentence: On day" in out
    )
    assert "the pathway locks for ever" in out
    document = checked(said(capsys, 0, file, "--json"))
    assert {each["sha256"] for each in document["engines"]} == {None}
    assert "the pathway locks for ever" in document["engines"][0]["stopped"]


def test_one_engine_alone_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: Any) -> Any:
        raise SimulationStopped("On day 3 the pathway locks for ever.")

    monkeypatch.setattr(checking, "both_engines", lambda: {"compiled": stops, "simpy": simulate})
    document = checked(said(capsys, 1, write_small(tmp_path), "--json"))
    assert document["difference"]["event"] is None
    assert document["difference"]["says"]["compiled"] == "stops: On day 3 the pathway locks for ever."
    assert document["difference"]["says"]["simpy"].startswith("goes on to the end, with ")


@pytest.mark.parametrize("extra", [("--out", "results"), ("--trace", "trace.csv")])
def test_nothing_is_written(file: Path, capsys: pytest.CaptureFixture[str], extra: tuple[str, str]) -> None:
    sentence = said(capsys, 2, file, *extra)
    assert sentence == f"--verify compares two histories and writes no files; leave {extra[0]} out.\n"


def test_nothing_is_sent_away(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = said(capsys, 2, file, "--cluster", "local")
    assert sentence == "--verify plays on both engines of this computer; leave --cluster out.\n"


def test_no_engine_is_chosen(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = said(capsys, 2, file, "--engine", "simpy")
    assert sentence == "--verify plays on both engines; leave --engine out.\n"


def test_a_warm_up_period_can_be_found_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("numba")
    out = said(capsys, 0, file, "--warm-up", "auto", "--workers", 1, "--until", 250)
    assert out.startswith("Warm-up period found: ")
    assert "\nIdentical: " in out


def test_an_option_that_there_is_none_of_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean 'second'" in said(capsys, 2, file, "--option", "secnd")


def test_without_numba_a_sentence_says_so(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pathway_modeller.simulation.compiled.simulate", None)
    assert "needs Numba, which cannot be imported on this computer" in said(capsys, 2, file)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals to open")
def test_ctrl_c_ends_a_check(file: Path) -> None:
    pytest.importorskip("numba")
    ended = interrupted(["run", str(file), "--verify", "--until", "20000"], once="engine 1 of 2")
    assert ended.code == 130
    assert ended.out == ""
    assert ended.shown.endswith("Stopped.\r\n")
