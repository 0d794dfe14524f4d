"""Which engine the command line uses, and what it says about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pathway_modeller.cli import run_command_line
from pathway_modeller.experiment.runs import engines, preparation
from pathway_modeller.simulation import from_disk
from pathway_modeller.simulation.model.errors import ModelError
from tests.small_scenario import write_small

pytestmark = pytest.mark.usefixtures("prepared_engine")

WITHOUT = "The compiled engine needs Numba, which cannot be imported on this computer"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def unusable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the compiled engine be unusable on this computer."""

    def refuse() -> None:
        raise ModelError(f"{WITHOUT}; choose the engine simpy instead.")

    monkeypatch.setattr(engines, "_compiled", refuse)


def run(capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> tuple[dict[str, object], str]:
    """Returns where the figures come from, and what was said beside them."""
    assert run_command_line(["run", str(file), "--replications", "1", "--json", *more]) == 0
    out, err = capsys.readouterr()
    return json.loads(out)["provenance"], err


def test_the_compiled_engine_is_used_without_a_word(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    provenance, said = run(capsys, file)
    assert provenance["engine"] == "compiled"
    assert said == ""


def test_simpy_can_be_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    provenance, said = run(capsys, file, "--engine", "simpy", "--workers", "1")
    assert provenance["engine"] == "simpy"
    assert said == ""


@pytest.mark.usefixtures("unusable")
def test_where_the_compiled_engine_cannot_be_used_simpy_is_and_it_is_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provenance, said = run(capsys, file, "--workers", "1")
    assert provenance["engine"] == "simpy"
    assert said == f"{WITHOUT}; SimPy simulates instead: the same figures, later.\n"


@pytest.mark.usefixtures("unusable")
def test_an_engine_that_was_asked_for_and_cannot_be_used_is_an_error(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["run", str(file), "--engine", "compiled"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{WITHOUT}; choose the engine simpy instead.\n"


def test_that_the_engine_is_compiled_first_is_said(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[int] = []

    monkeypatch.setattr(from_disk, "load_all", lambda: False)
    monkeypatch.setattr(preparation, "_play", lambda: played.append(1))
    _, said = run(capsys, file)
    assert said == "Preparing the simulation engine (first time on this computer, about a minute) …\n"
    assert len(played) == 1
