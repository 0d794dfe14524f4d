"""What the program prints is UTF-8 wherever it goes to a file; nothing stops where there is no console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_scenario import SMALL, write_small

NAME = "Clinic −54 “élan” – £3"
"""A minus, a dash, a pound and quotation marks, which code pages lack or have in other places."""

LANGUAGES = {
    "a Windows code page": {"PYTHONIOENCODING": "cp1252"},
    "an older code page": {"PYTHONIOENCODING": "cp437:strict"},
    "plain ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_redirected_output_is_utf_8_whatever_the_computer_speaks(language: str, tmp_path: Path) -> None:
    activity = {**SMALL["baseline"]["activities"]["clinic"], "name": NAME, "needs": {"nobody": 1}}
    file = write_small(tmp_path, baseline={**SMALL["baseline"], "activities": {"clinic": activity}})
    for command, stream in (("check", "stdout"), ("run", "stderr")):
        ended = subprocess.run(
            [sys.executable, "-m", "pathway_modeller", command, file],
            env=os.environ | LANGUAGES[language],
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 2
        assert NAME in getattr(ended, stream).decode("utf-8")


WITHOUT_CONSOLE = """
import sys
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
from pathlib import Path
from pathway_modeller import display, main
from pathway_modeller.gui import app

def opened(path):
    print("said to nobody")
    sys.stderr.write("a fault is told, too")
    return 5 if path == Path(sys.argv[1]) else 6

app.run_app = opened
display.why_no_window = lambda: None
main.{start}()
"""


@pytest.mark.parametrize("start", ["window", "main"])
def test_a_start_without_a_console_opens_the_window(start: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_CONSOLE.format(start=start), write_small(tmp_path)]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (5, b"", b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_a_start_without_a_console_on_no_display_fails(tmp_path: Path) -> None:
    code = "from pathway_modeller import main; main.window()"
    environment = {
        k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "There is no display here, so no window can be shown.\n"
