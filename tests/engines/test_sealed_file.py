"""Whatever has happened to a sealed file is noticed when it is read."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

import pytest

pytest.importorskip("numba")

from pathway_modeller.simulation.compiled.numba_inside import sealed_file
from tests.engines.damage import DAMAGES, Damage

CONTENT = b"machine code, or so"
LARGE = 200_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for name, content in {"other.code": b"other code", "this.code": CONTENT}.items():
        (tmp_path / "state").mkdir(exist_ok=True)
        sealed_file.write(tmp_path / "state" / name, content)
    return tmp_path / "state" / "this.code"


def test_what_was_written_is_read(file: Path) -> None:
    assert sealed_file.read(file) == CONTENT
    sealed_file.write(file, b"")
    assert sealed_file.read(file) == b""
    assert {each.name for each in file.parent.iterdir()} == {"this.code", "other.code"}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed_and_the_file_can_be_thrown_away_and_written_anew(
    file: Path, damage: Damage
) -> None:
    damage(file, random.Random(1))  # noqa: S311 - not for secrets
    with pytest.raises(sealed_file.Damaged):
        sealed_file.read(file)
    sealed_file.throw_away(file)
    with pytest.raises(FileNotFoundError):
        sealed_file.read(file)
    sealed_file.write(file, CONTENT)
    assert sealed_file.read(file) == CONTENT


def test_every_changed_bit_and_every_cut_is_noticed(file: Path) -> None:
    whole = file.read_bytes()
    places = range(len(whole))
    changed = [
        whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for at in places for bit in range(8)
    ]
    for content in (*changed, *(whole[:end] for end in places), whole + b"\0"):
        file.write_bytes(content)
        with pytest.raises(sealed_file.Damaged):
            sealed_file.read(file)


def test_a_file_of_another_state_of_the_source_is_noticed(file: Path) -> None:
    other = file.parent.with_name("other") / file.name
    other.parent.mkdir()
    other.write_bytes(file.read_bytes())
    with pytest.raises(sealed_file.Damaged):
        sealed_file.read(other)


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_unfinished(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(sealed_file.os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        sealed_file.write(file, b"new")
    assert sealed_file.read(file) == CONTENT
    assert {each.name for each in file.parent.iterdir()} == {"this.code", "other.code"}


def write_again_and_again(path: Path, byte: int) -> None:
    """Writes a file many times."""
    for _ in range(30):
        sealed_file.write(path, bytes([byte]) * LARGE)


def test_who_reads_while_two_programs_write_finds_one_or_the_other(file: Path) -> None:
    sealed_file.write(file, b"\0" * LARGE)
    start = multiprocessing.get_context("spawn")
    writers = [start.Process(target=write_again_and_again, args=(file, byte)) for byte in (1, 2)]
    for each in writers:
        each.start()
    found = set()
    while any(each.is_alive() for each in writers):
        content = sealed_file.read(file)
        assert content == content[:1] * LARGE
        found.add(content[0])
    assert [each.exitcode for each in writers] == [0, 0]
    assert found <= {0, 1, 2}
