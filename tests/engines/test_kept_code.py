"""Old machine code does not stay on the disk for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("numba")

from numba.core import config

from pathway_modeller.simulation.compiled import kept
from pathway_modeller.simulation.compiled.jit import COMPILED, jit

DAY = 86_400.0


def test_only_code_that_nobody_used_for_sixty_days_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    now = time.time()
    ages = {"0123456789abcdef": 61, "fedcba9876543210": 59, "somebody's": 400}
    for name, days in ages.items():
        (kept.folder() / name).mkdir(parents=True)
        (kept.folder() / name / "code.nbc").write_bytes(b"code")
        os.utime(kept.folder() / name, (now - days * DAY,) * 2)
    kept.remove_unused(now)
    assert {each.name for each in kept.folder().iterdir()} == {"fedcba9876543210", "somebody's"}


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "none"))
    kept.remove_unused(time.time())
    assert not kept.folder().exists()


def test_code_is_kept_in_another_folder_by_processes_that_are_started_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", "")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    kept.keep_in(tmp_path)
    assert kept.folder() == tmp_path / "engine"
    command = "from pathway_modeller.simulation.compiled.kept import folder; print(folder())"
    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == str(tmp_path / "engine")


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_what_python_calls_is_not_taken_in_by_another_of_these(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))

    @jit
    def one(number: int) -> int:
        return number + 1

    @jit
    def other(number: int) -> int:
        return one(number)

    assert one(1) == 2
    with pytest.raises(TypeError, match="make that one a part"):
        other(1)
