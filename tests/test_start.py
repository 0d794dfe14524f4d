"""The set-up script: which Python it takes, when it installs, how it says what is missing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with its environment in a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("start_script", ROOT / "resources" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    return module


@pytest.mark.parametrize("version", [(3, 10, 12), (3, 14, 0)])
def test_an_unsuitable_python_is_told_which_to_install(
    version: tuple[int, ...],
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(start.sys, "version_info", version)
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    assert start.main([]) == 1
    assert "install Python 3.11, 3.12 or 3.13" in capsys.readouterr().out


def test_an_unsuitable_python_hands_over_to_a_suitable_one(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[list[str]] = []
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 6))
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(start, "works", lambda _: True)
    monkeypatch.setattr(start, "follow", lambda command: followed.append(command) or 0)
    assert start.main(["--test"]) == 0
    assert followed == [["/bin/python3.12", start.__file__, "--test"]]


class Installations:
    """Stands in for what installs, and notes what was asked of it."""

    def __init__(self, code: int = 0) -> None:
        self.asked: list[str] = []
        self.code = code
        self.followed: list[str] = []

    def __call__(self, command: list[object], **_: object) -> Installations:
        self.asked.append(str(command[-1]))
        self.returncode, self.stdout = self.code, "no room on the disk"
        return self


@pytest.fixture
def installed(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Installations:
    installations = Installations()
    monkeypatch.setattr(start, "works", lambda _: True)
    monkeypatch.setattr(start.subprocess, "run", installations)
    monkeypatch.setattr(start, "follow", lambda command: installations.followed.append(command[-1]) or 0)
    return installations


def test_it_installs_once_and_again_only_for_more(start: ModuleType, installed: Installations) -> None:
    for part in ("app", "app", "test", "test", "app"):
        start.set_up(part)
    assert installed.asked == [str(ROOT), f"{ROOT}[test]"]
    assert len(installed.followed) == 1, "the engine is compiled once"
    assert "prepare(" in installed.followed[0]


def test_it_installs_again_when_the_requirements_change(
    start: ModuleType, installed: Installations, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.set_up("test")
    monkeypatch.setattr(start, "fingerprint", lambda: "another")
    start.set_up("app")
    assert len(installed.asked) == 2
    assert start.parts_done("another") == {"app"}


@pytest.mark.parametrize("stamp", ["", "nonsense", "[]", "{}", '{"for": "x"}'])
def test_a_damaged_stamp_means_that_nothing_is_installed(stamp: str, start: ModuleType) -> None:
    start.STAMP.write_text(stamp, encoding="utf-8")
    assert start.parts_done("x") == set()


def test_a_failed_installation_is_told_and_not_remembered(
    start: ModuleType, installed: Installations, capsys: pytest.CaptureFixture[str]
) -> None:
    installed.code = 1
    assert start.main([]) == 1
    assert "no room on the disk\nThe installation failed" in capsys.readouterr().err
    assert not start.STAMP.exists()


def test_without_pip_inside_it_uses_the_pip_outside(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "works", lambda command: "--python" in command)
    assert "--python" in start.installer()


def test_without_any_installer_it_says_what_to_install(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "works", lambda _: False)
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    assert start.main([]) == 1
    assert "sudo apt-get install python3." in capsys.readouterr().err


@pytest.fixture
def run(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """The commands that the tests of a start run in sight, of which one that names a layout fails."""
    run: list[tuple[str, dict[str, str]]] = []

    def follow(command: list[object], environment: dict[str, str]) -> int:
        run.append((" ".join(map(str, command)), environment))
        assert environment["QT_QPA_PLATFORM"]
        return int("format" in run[-1][0])

    monkeypatch.setattr(start, "follow", follow)
    monkeypatch.setattr(start, "install_libraries", lambda _: None)
    monkeypatch.setattr(start, "TYPES", [sys.executable, "-c", "print('odd types'); raise SystemExit(1)"])
    return run


def test_a_failed_check_fails_the_whole_and_is_named(
    start: ModuleType, run: list[tuple[str, dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.run_tests(["-k", "nothing"]) == 1
    said = capsys.readouterr().out
    assert "Not passed: layout, types." in said
    assert "odd types" in said
    assert len(run) == 4
    assert run[-1][0].endswith("-k nothing")


def test_with_all_what_nobody_uses_is_named_and_compiled_code_is_counted_as_plain_python(
    start: ModuleType, run: list[tuple[str, dict[str, str]]]
) -> None:
    start.run_tests(["--all", "-x"])
    commands = [command for command, _ in run]
    assert any(command.endswith("vulture") for command in commands)
    assert any(command.endswith("not minutes -x") for command in commands)
    assert commands[-1].endswith("coverage report")
    assert [environment.get("NUMBA_DISABLE_JIT") for _, environment in run].count("1") == 1
