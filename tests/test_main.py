"""The way in: a window where there can be one, else a sentence and the comparison in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathway_modeller import display, main
from pathway_modeller.paths import shipped
from tests.small_scenario import write_small


def test_other_systems_always_have_a_display() -> None:
    assert display.why_no_window({}, "win32") is None
    assert display.why_no_window({}, "darwin") is None


def test_without_a_display_it_says_so() -> None:
    assert display.why_no_window({}, "linux") == "There is no display here, so no window can be shown."


def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_loads", lambda library: "cursor" not in library and "EGL" not in library)
    reason = display.why_no_window({"DISPLAY": ":0", "HOME": "/"}, "linux")
    assert reason is not None
    assert reason.endswith("sudo apt-get install libegl1 libxcb-cursor0")
    assert display.missing_packages({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ("libegl1",)


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_loads", lambda _: True)
    monkeypatch.setattr(display, "_has_fonts", lambda _: False)
    assert display.missing_packages({}, "linux") == ("fonts-dejavu-core",)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_a_display_that_does_not_answer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    if display.missing_packages({"DISPLAY": ":987", "HOME": "/"}):
        pytest.skip("this system lacks what Qt needs for X11")
    reason = display.why_no_window({"DISPLAY": ":987", "HOME": "/"})
    assert reason == "The display ':987' does not answer, so no window can be shown."


def test_without_a_display_the_comparison_runs_in_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(display, "why_no_window", lambda: "There is no display here.")
    monkeypatch.chdir(tmp_path)
    file = write_small(tmp_path)
    assert main.start([str(file)]) == 0
    text = capsys.readouterr().out
    first = text.splitlines()[0]
    assert first == "There is no display here."
    assert "Mean waiting time" in text
    out = tmp_path / "results" / "small"
    assert (out / "results.json").is_file()
    assert any(str(path) in text for path in out.glob("*.png"))


def test_a_file_that_is_not_there_is_told_before_any_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.start(["nowhere.json"]) == 2
    assert capsys.readouterr().err == "There is no file 'nowhere.json'.\n"


def test_a_file_or_nothing_opens_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathway_modeller.gui import app

    opened: list[Path | None] = []
    monkeypatch.setattr(app, "run_app", lambda path: opened.append(path) or 0)
    monkeypatch.setattr(display, "why_no_window", lambda: None)
    file = write_small(tmp_path)
    assert main.start([]) == 0
    assert main.start([str(file)]) == 0
    assert opened == [None, file]


def test_the_worked_example_is_shipped() -> None:
    assert (shipped("scenarios") / main.EXAMPLE).is_file()


@pytest.mark.parametrize(
    "command", [["-m", "pathway_modeller"], ["-c", "import pathway_modeller.main as m; m.main()"]]
)
def test_the_version_is_told(command: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, *command, "--version"], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "pathway-modeller, version 0.1.0\n"


@pytest.mark.parametrize(("given", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_linear_algebra_has_one_thread_unless_a_person_wants_more(
    given: dict[str, str], threads: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Set first, so that what the program sets is taken back when the test ends.
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["pathway-modeller", "--version"])
    with pytest.raises(SystemExit):
        main.main()
    assert os.environ["OPENBLAS_NUM_THREADS"] == threads
    assert "version" in capsys.readouterr().out
