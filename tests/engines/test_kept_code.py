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

from pathway_modeller import simulation
from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.compiled.numba_inside import cache_folder
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED

DAY = 86_400.0


def test_only_code_that_nobody_used_for_sixty_days_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    now = time.time()
    ages = {"0123456789abcdef": 61, "fedcba9876543210": 59, "somebody's": 400}
    for name, days in ages.items():
        (cache_folder.folder() / name).mkdir(parents=True)
        (cache_folder.folder() / name / "code.nbc").write_bytes(b"code")
        os.utime(cache_folder.folder() / name, (now - days * DAY,) * 2)
    cache_folder.remove_unused(now)
    assert {each.name for each in cache_folder.folder().iterdir()} == {"fedcba9876543210", "somebody's"}


def test_what_somebody_left_unfinished_is_removed_once_nobody_can_be_writing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    now, place = time.time(), cache_folder.folder() / "0123456789abcdef"
    place.mkdir(parents=True)
    for name, days in {"old.unfinished": 2, "new.unfinished": 0, "old.code": 2}.items():
        (place / name).touch()
        os.utime(place / name, (now - days * DAY,) * 2)
    cache_folder.remove_unused(now)
    assert {each.name for each in place.iterdir()} == {"new.unfinished", "old.code"}


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "none"))
    cache_folder.remove_unused(time.time())
    assert not cache_folder.folder().exists()


def test_code_is_kept_in_another_folder_by_processes_that_are_started_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", "")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    cache_folder.keep_in(tmp_path)
    assert cache_folder.folder() == tmp_path / "engine"
    module = "pathway_modeller.simulation.compiled.numba_inside.cache_folder"
    command = f"from {module} import folder; print(folder())"
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


def test_all_source_that_machine_code_is_made_of_is_in_its_stamp() -> None:
    # A pattern that finds nothing would leave old machine code in use.
    storey = Path(simulation.__file__).parent
    assert [pattern for pattern in cache_folder.SOURCES if not list(storey.glob(pattern))] == []
