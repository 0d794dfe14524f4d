"""Names on the command line: printed as they are, told apart, and safe in what is exported."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pathway_modeller.cli import run_command_line
from pathway_modeller.paths import shipped

FULL = Path("/dev/full")
NAMES = ["[red]GP[/red] :bed: \x1b[31m", "[/x] =1+1", "–A&E <b>$x$</b>\x0b\ufffe", "_hidden", "諧 ไทย हिन्दी"]


def scenario_with(tmp_path: Path, names: list[str]) -> Path:
    """Returns a file of the first example with other names of its activities and its option."""
    document = json.loads((shipped("scenarios") / "first-steps.json").read_text(encoding="utf-8"))
    for place, activity in enumerate(document["baseline"]["activities"].values()):
        activity["name"] = names[place % len(names)]
    for place, pool in enumerate(document["baseline"]["pools"].values()):
        pool["name"] = names[-1 - place % len(names)]
    for option in document["options"].values():
        option["name"] = names[0]
        option.pop("short_name", None)
    document["run"]["replications"] = 2
    path = tmp_path / "names.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_markup_in_names_is_printed_and_every_svg_is_well_formed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    file = scenario_with(tmp_path, NAMES)
    assert run_command_line(["compare", str(file), "--workers", "1", "--out", str(out)]) == 0
    printed = capsys.readouterr()
    assert "[red]GP[/red] :bed:" in " ".join(printed.out.split())
    assert "\x1b" not in printed.out
    assert "Glyph" not in printed.err
    assert "arning:" not in printed.err.replace("Warning: ", ""), "no library may warn on the terminal"
    drawings = list(out.glob("*.svg"))
    assert drawings
    for drawing in drawings:
        ET.parse(drawing)  # noqa: S314 - our own file


@pytest.mark.long
def test_scripts_without_a_font_warn_nobody_on_the_terminal(tmp_path: Path) -> None:
    file = scenario_with(tmp_path, ["諧 東京", "ไทย", "हिन्दी", "😀"])
    command = [sys.executable, "-m", "pathway_modeller", "compare", str(file), "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 0
    assert "Glyph" not in ended.stderr
    assert "UserWarning" not in ended.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["schema"], ["check", "{file}"], ["graph", "{file}"], ["--help"]])
def test_a_full_disk_behind_the_output_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    file = scenario_with(tmp_path, ["Clinic", "Ward"])
    command = [sys.executable, "-m", "pathway_modeller", *(each.format(file=file) for each in arguments)]
    with FULL.open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert ended.returncode == 2
        assert ended.stderr == "The output cannot be written (No space left on device); send it elsewhere.\n"
        silent = subprocess.run(command, stdout=full, stderr=full, check=False)
        assert silent.returncode == 2


def test_a_folder_holds_one_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, file = tmp_path / "out", scenario_with(tmp_path, ["Clinic", "Ward"])
    base = ["--workers", "1", "--replications", "1", "--out", str(out)]
    assert run_command_line(["compare", str(file), *base]) == 0
    first = {each.name for each in out.iterdir()}
    (out / "mine.csv").write_text("notes", encoding="utf-8")
    capsys.readouterr()
    assert run_command_line(["run", str(file), *base]) == 0
    assert f"The earlier result in '{out}' is replaced: {len(first) - 1} files of it removed." in (
        capsys.readouterr().err
    )
    second = {each.name for each in out.iterdir()}
    assert "mine.csv" in second, "what is not of the result stays"
    assert any(name.startswith("differences-") for name in first)
    assert not any(name.startswith("differences-") for name in second)


def test_a_result_without_its_list_is_not_mixed_with_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, file = tmp_path / "out", scenario_with(tmp_path, ["Clinic", "Ward"])
    out.mkdir()
    (out / "results.json").write_text("{}", encoding="utf-8")
    assert run_command_line(["run", str(file), "--out", str(out)]) == 2
    assert "holds an earlier result" in capsys.readouterr().err
    assert [each.name for each in out.iterdir()] == ["results.json"]
