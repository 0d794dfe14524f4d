"""The command line with a cluster: the same output, Ctrl-C, refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pathway_modeller.cli import run_command_line
from tests.small_scenario import write_small
from tests.terminal import interrupted


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Returns the sentence about a mistake; nothing else may be printed."""
    assert run_command_line([str(argument) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.strip()


def test_a_cluster_prints_the_same_as_this_computer(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["run", str(file), "--engine", "simpy", "--replications", "6", "--json"]
    command += ["--warm-up", "auto", "--until", "100"]
    assert run_command_line([*command, "--workers", "1"]) == 0
    here = capsys.readouterr().out
    program = [sys.executable, "-W", "error", "-m", "pathway_modeller", *command]
    away = subprocess.run([*program, "--cluster", "local", "--workers", "2"], capture_output=True, text=True)
    assert (away.returncode, away.stdout) == (0, here)
    assert away.stderr.count("\n") == 1  # the warm-up period


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_ctrl_c_stops_a_run_on_a_cluster_with_what_is_finished(file: Path) -> None:
    command = ["run", str(file), "--engine", "simpy", "--json", "--replications", "5000"]
    ended = interrupted([*command, "--cluster", "local", "--workers", "2"], once=r"[1-9]\d/5000")
    assert ended.code == 130
    assert "Traceback" not in ended.shown
    assert "distributed" not in ended.shown
    assert 3 <= json.loads(ended.out)["provenance"]["replications"] < 5000


def test_an_address_that_cannot_be_used_is_refused_in_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "run", file, "--engine", "simpy", "--cluster", "127.0.0.1:9")
    assert said.startswith("No Dask scheduler answered at 127.0.0.1:9 within 5 seconds")
    assert "is not the address" in refused(capsys, "run", file, "--engine", "simpy", "--cluster", "home")


def test_the_number_of_workers_of_a_cluster_elsewhere_is_its_own(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(
        capsys, "run", file, "--engine", "simpy", "--cluster", "tcp://10.0.0.5:8786", "--workers", 3
    )
    assert said.endswith("a cluster has its own number of workers; leave --workers out.")


def test_without_dask_it_is_said_how_to_get_it(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = refused(capsys, "run", file, "--engine", "simpy", "--cluster", "local")
    assert "needs Dask, which is not installed; install it with" in said
