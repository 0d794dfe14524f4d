"""The command line on broken files: all problems, exit code 2, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pathway_modeller.cli import run_command_line

BROKEN = Path(__file__).parent / "broken"
EXPECTED: dict[str, list[dict[str, str]]] = json.loads((BROKEN / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_check_names_every_problem_with_its_mend(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["check", str(BROKEN / name)]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    *lines, count = out.splitlines()
    assert len(lines) == len(EXPECTED[name])
    assert count.endswith(".")
    for wanted in EXPECTED[name]:
        assert any(
            wanted["says"] in line and wanted["mend"] in line and wanted["place"] in line for line in lines
        ), (wanted, lines)


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_broken_file_is_not_run(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in EXPECTED:
        assert run_command_line([command, str(BROKEN / name), "--json"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert err.strip()


@pytest.mark.parametrize("name", ["binary.json", "deep.json", "many.json"])
def test_the_program_as_a_person_starts_it(name: str) -> None:
    command = [sys.executable, "-m", "pathway_modeller", "check", str(BROKEN / name)]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert answer.returncode == 2
    assert answer.stderr == ""
    assert answer.stdout.count("Error: ") >= 1
