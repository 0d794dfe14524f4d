"""The project's own hygiene: what lies at its top, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {"pathway_modeller", "scenarios", "resources", "tests", "pyproject.toml", "README.md"}
TEST_COMMAND = "python3 resources/start.py --test"

# Written in halves, so that this file does not say them.
FORBIDDEN = ("pypi" + ".org", "files.python" + "hosted.org", "/wo" + "rk/", "uv" + ".lock")
"""Addresses of registries, and folders of the machine on which something was written."""


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Returns the files that are, or would be, in the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_level_holds_what_it_should_and_nothing_else(files: list[Path]) -> None:
    top = {path.relative_to(ROOT).parts[0] for path in files}
    assert {name for name in top if not name.startswith(".")} == TOP


def test_no_file_names_a_registry_or_a_folder_of_one_machine(files: list[Path]) -> None:
    said = []
    for path in files:
        if path.name == ".gitignore":
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore").lower()
        said += [f"{path.relative_to(ROOT)}: {word}" for word in FORBIDDEN if word in text]
    assert said == []


def test_no_file_is_larger_than_a_reader_would_wait_for(files: list[Path]) -> None:
    assert [path.name for path in files if path.stat().st_size > 3_000_000] == []


def test_the_ci_calls_the_test_command_of_the_readme_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', TEST_COMMAND]
    assert TEST_COMMAND in (ROOT / "README.md").read_text(encoding="utf-8")


def test_files_are_read_and_written_as_utf_8_whatever_the_computer_speaks() -> None:
    unnamed = []
    for path in [*(ROOT / "pathway_modeller").rglob("*.py"), *(ROOT / "resources").glob("*.py")]:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            named = [keyword.arg for keyword in call.keywords]
            if _opens_text(call) and "encoding" not in named:
                unnamed.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert unnamed == []


def _opens_text(call: ast.Call) -> bool:
    """Whether a call opens a file as text, and has room for its encoding to be named."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    values = [value.value for value in call.args if isinstance(value, ast.Constant)]
    if called in ("read_text", "write_text"):
        return "utf-8" not in values
    if called in ("open", "fdopen") and not (isinstance(call.func, ast.Attribute) and called == "open"):
        return not any(isinstance(value, str) and "b" in value for value in values)
    return False


BY_LANGUAGE = re.compile(r"%-?[aAbBhpcxX](?![a-z])")
"""What ``strftime`` writes in the language of the computer: names of days and months, and whole dates."""

CALENDAR = {"month_name", "month_abbr", "day_name", "day_abbr", "strptime", "setlocale"}
"""What the standard library and pandas name by the language of the computer, too."""


def test_months_and_days_are_named_in_english_whatever_the_computer_speaks() -> None:
    said = []
    for path in (ROOT / "pathway_modeller").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else getattr(node, "attr", "")
            if isinstance(text, str) and (BY_LANGUAGE.search(text) or text in CALENDAR):
                said.append(f"{path.relative_to(ROOT)}:{node.lineno}: {text}")
    assert said == []


def test_python_files_say_what_they_are_for(files: list[Path]) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix == ".py"
        and path.stat().st_size
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_names_of_months_and_weekdays_do_not_follow_the_language_of_the_computer(files: list[Path]) -> None:
    package = [path for path in files if path.suffix == ".py" and ROOT / "pathway_modeller" in path.parents]
    named = re.compile(r"%[aAbBhcxXp]\b")
    assert [path.name for path in package if named.search(path.read_text(encoding="utf-8"))] == []
