"""Kept machine code that is damaged is noticed before it is used, thrown away and made anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("numba")

from numba.core import config, event

from pathway_modeller.experiment.runs.preparation import MENDING, PREPARING
from pathway_modeller.simulation import from_disk
from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.compiled.numba_inside import code_cache
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from tests.engines.damage import DAMAGES, Damage, cut, emptied, one_byte_flipped
from tests.engines.damaged_runs import answer, copy_code, damaged_runs

pytestmark = pytest.mark.skipif(not COMPILED, reason="nothing is compiled")

CHANCE = random.Random(1)  # noqa: S311 - not for secrets


def doubling() -> Callable[[int], int]:
    """Returns a function as another session would have it: not loaded, nor compiled."""

    @jit
    def double(number: int) -> int:
        return 2 * number

    return double


def tripling() -> Callable[[int], int]:
    """Returns another function, whose code may come in the way of the first's."""

    @jit
    def triple(number: int) -> int:
        return 3 * number

    return triple


def files(place: Path) -> list[Path]:
    """Returns all files with machine code."""
    return sorted(place.glob("engine/*/*.code"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns an empty place in which code is kept."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def copied(prepared_engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns a place in which there is a copy of the engine's code."""
    copy_code(tmp_path)
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_code_is_made_anew_and_kept_again(place: Path, damage: Damage) -> None:
    assert doubling()(4) == 8
    assert tripling()(4) == 12
    path = next(each for each in files(place) if "double" in each.name)
    damage(path, CHANCE)
    with event.install_recorder("numba:compile") as compiled:
        again = doubling()
        assert again(4) == 8
        assert code_cache.cache_of(again).found_damaged
        assert len(compiled.buffer) == 2, "it began once to compile, and ended"
        assert doubling()(4) == 8
        assert len(compiled.buffer) == 2, "what was made anew is kept"
    assert len(files(place)) == 2


def test_good_code_that_cannot_be_loaded_here_is_made_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("LLVM cannot read this")

    assert doubling()(4) == 8
    monkeypatch.setattr(code_cache.CompileResult, "_rebuild", refuse)
    assert doubling()(4) == 8
    monkeypatch.undo()


def test_a_file_in_the_place_of_the_folder_is_no_obstacle(place: Path) -> None:
    here = code_cache.cache_of(doubling()).cache_path
    here.parent.mkdir()
    here.write_text("in the way")
    assert doubling()(4) == 8
    assert len(files(place)) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_any_file_of_the_engine_is_noticed_before_it_is_used(copied: Path, damage: Damage) -> None:
    assert len(files(copied)) == len(from_disk.kept_functions())
    for function in from_disk.kept_functions():
        kept = code_cache.cache_of(function)
        assert len(list(kept.types_kept())) == 1
        assert not kept.found_damaged
        (path,) = kept.cache_path.glob(f"*.{function.py_func.__qualname__}-*")
        good = path.read_bytes()
        damage(path, CHANCE)
        assert list(kept.types_kept()) == []
        assert kept.found_damaged
        assert not path.exists()
        kept.found_damaged = False
        path.write_bytes(good)


def test_a_command_says_that_it_mends_and_answers_as_ever(copied: Path) -> None:
    right, said = answer(copied)
    assert said == ""
    small = [each for each in files(copied) if each.name.startswith("growable_buffer.")]
    for path, damage in zip(small, (emptied, cut, one_byte_flipped), strict=True):
        damage(path, CHANCE)
    assert answer(copied) == (right, f"{MENDING}\n")
    assert answer(copied) == (right, "")


@pytest.mark.long
def test_two_programs_that_compile_at_once_both_answer_and_keep_good_code(copied: Path) -> None:
    right, _ = answer(copied)
    for path in files(copied):
        path.unlink()
    with ThreadPoolExecutor(2) as side_by_side:
        both = list(side_by_side.map(answer, (copied, copied)))
    assert both == [(right, f"{PREPARING}\n")] * 2
    assert answer(copied) == (right, "")


@pytest.mark.long
def test_a_hundred_damaged_runs_give_a_hundred_right_answers(copied: Path) -> None:
    assert damaged_runs(copied, 100, print) == 100
