"""Making the compiled engine ready, and saying which engine is used where it cannot be."""

from __future__ import annotations

import builtins
import importlib
import multiprocessing
import os
import pkgutil
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pathway_modeller.experiment.runs import engines, preparation
from pathway_modeller.experiment.runs.engines import Chosen, chosen_engine
from pathway_modeller.experiment.runs.preparation import (
    PREPARING,
    compile_apart,
    load_kept,
    not_kept,
    prepare,
)
from pathway_modeller.simulation.model.errors import ModelError

RUN = """
from numba.core import event
from pathway_modeller.experiment.runs.preparation import load_kept, prepare
with event.install_recorder("numba:compile") as compiled:
    READY
    import pathlib, sys
    from pathway_modeller.experiment.runs.run import run_experiment
    from pathway_modeller.paths import shipped
    from pathway_modeller.scenario.file.open_save import load
    scenario = load(shipped("scenarios") / "first-steps.json")
    run = scenario.run.model_copy(update={"replications": 1})
    run_experiment(scenario, ["baseline"], run, workers=1)
from pathway_modeller.simulation.from_disk import kept_functions
print(len(compiled.buffer), {len(function.overloads) for function in kept_functions()})
"""


@pytest.fixture
def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has Numba fail to load, as where it is not installed or a library is missing."""
    loaded = ("pathway_modeller.simulation.compiled", "pathway_modeller.simulation.from_disk")
    for name in [name for name in sys.modules if name.startswith(loaded)]:
        monkeypatch.delitem(sys.modules, name)
    usual = builtins.__import__

    def refuse(name: str, *more: object) -> object:
        if name == "numba" or name.startswith("numba."):
            raise ImportError("DLL load failed")
        return usual(name, *more)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_the_compiled_engine_is_used_unless_another_is_asked_for() -> None:
    assert chosen_engine() == Chosen("compiled")
    assert chosen_engine("compiled") == Chosen("compiled")
    assert chosen_engine("simpy") == Chosen("simpy")
    with pytest.raises(ValueError, match="There is no engine 'steam'; there is compiled, simpy"):
        chosen_engine("steam")


@pytest.mark.usefixtures("without_numba")
def test_without_numba_simpy_is_used_and_it_is_said() -> None:
    assert chosen_engine() == Chosen(
        "simpy",
        "The compiled engine needs Numba, which cannot be imported on this computer; "
        "SimPy simulates instead: the same figures, later.",
    )


@pytest.mark.usefixtures("without_numba")
def test_without_numba_nobody_gets_another_engine_than_asked_for() -> None:
    with pytest.raises(ModelError, match="choose the engine simpy instead"):
        chosen_engine("compiled")


@pytest.mark.parametrize("ready", ["assert load_kept()", "prepare(print)"])
def test_once_prepared_a_run_in_another_process_compiles_nothing(prepared_engine: None, ready: str) -> None:
    program = RUN.replace("READY", ready)
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "0 {1}\n"


def test_every_function_that_is_kept_is_loaded_at_once() -> None:
    from pathway_modeller.simulation import compiled, from_disk, tally
    from pathway_modeller.simulation.compiled.numba_inside.code_cache import cache_of

    names = [
        f"{package.__name__}.{module.name}"
        for package in (compiled, tally)
        for module in pkgutil.iter_modules(package.__path__)
    ]
    things = [thing for name in names for thing in vars(importlib.import_module(name)).values()]
    kept = {id(thing) for thing in things if cache_of(thing)}
    assert {id(function) for function in from_disk.kept_functions()} == kept


def test_some_functions_that_are_not_on_the_disk_are_compiled_and_that_is_said(
    prepared_engine: None, tmp_path: Path
) -> None:
    from pathway_modeller.simulation.compiled.numba_inside.cache_folder import folder, stamp

    for package in ("compiled", "tally"):
        shutil.copytree(folder() / stamp(package), tmp_path / "engine" / stamp(package), dirs_exist_ok=True)
    for file in tmp_path.rglob("growable_buffer._*.code"):
        file.unlink()
    elsewhere = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}

    def prepared() -> str:
        program = "from pathway_modeller.experiment.runs.preparation import prepare; prepare(print)"
        command = [sys.executable, "-c", program]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=elsewhere).stdout

    assert prepared() == f"{PREPARING}\n"
    assert prepared() == ""


def test_what_is_kept_is_loaded_without_a_word(prepared_engine: None) -> None:
    said: list[str] = []
    prepare(said.append)
    assert said == []
    assert load_kept()


def test_what_is_not_kept_is_compiled_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathway_modeller.simulation import from_disk
    from pathway_modeller.simulation.compiled.numba_inside.from_disk_only import NotKept

    said: list[str] = []

    def play() -> None:
        if not said:
            raise NotKept("advance")

    monkeypatch.setattr(preparation, "_play", play)
    monkeypatch.setattr(from_disk, "load_all", lambda: False)
    assert not load_kept()
    prepare(said.append)
    assert said == [PREPARING]


def a_file_in_the_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Has the engine keep its code where a file stands in the way."""
    from numba.core import config

    (tmp_path / "file").touch()
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "file"))
    return tmp_path / "file" / "engine"


def test_a_folder_that_cannot_be_read_is_named_and_simpy_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = a_file_in_the_way(monkeypatch, tmp_path)
    with pytest.raises(ModelError, match="which cannot be read; choose the engine simpy instead"):
        chosen_engine("compiled")
    chosen = chosen_engine()
    assert chosen.engine == "simpy"
    assert str(folder) in chosen.sentence


def test_a_folder_that_cannot_be_written_is_named_once_all_is_compiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pathway_modeller.simulation import from_disk

    folder = a_file_in_the_way(monkeypatch, tmp_path)
    monkeypatch.setattr(engines, "_require_readable_folder", lambda: None)
    monkeypatch.setattr(from_disk, "load_all", lambda: False)
    monkeypatch.setattr(preparation, "_play", lambda: None)
    said: list[str] = []
    prepare(said.append)
    assert said[0] == PREPARING
    assert said[1].startswith(f"The engine is prepared anew each time, since {folder} cannot be written")


def test_whether_code_can_be_kept_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from numba.core import config

    place = a_file_in_the_way(monkeypatch, tmp_path)
    assert str(place) in not_kept()
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "writable"))
    assert not_kept() == ""


def test_a_function_that_is_not_kept_is_not_compiled_unasked() -> None:
    import numba

    from pathway_modeller.simulation.compiled.numba_inside.from_disk_only import NotKept, only_from_disk

    twice = numba.njit(lambda number: 2 * number)
    with pytest.raises(NotKept), only_from_disk():
        twice(4)
    assert twice(4) == 8


def test_nobody_waits_for_the_process_that_compiles_when_the_window_closes() -> None:
    threads = threading.enumerate()
    compile_apart(lambda: True)
    assert multiprocessing.active_children() == []
    assert threading.enumerate() == threads
