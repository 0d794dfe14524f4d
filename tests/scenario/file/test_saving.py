"""Saving: at any instant the file holds the old bytes or the new ones, and a failure is one sentence."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file import writing
from pathway_modeller.scenario.file.held import hold
from pathway_modeller.scenario.file.open_save import dump, load, save
from pathway_modeller.scenario.file.reading import LARGEST_FILE
from pathway_modeller.scenario.file.writing import remove_leftovers, write_atomically
from pathway_modeller.scenario.problems import FileProblems, SaveError

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")


@pytest.fixture
def scenario() -> Scenario:
    return load(shipped("scenarios") / "first-steps.json")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.json"
    file.write_bytes(b"the old bytes")
    return file


def test_what_is_saved_can_be_opened(scenario: Scenario, tmp_path: Path) -> None:
    save(scenario, tmp_path / "new.json")
    assert load(tmp_path / "new.json") == scenario
    assert (tmp_path / "new.json").read_bytes() == dump(scenario).encode()
    assert [each.name for each in tmp_path.iterdir()] == ["new.json"]


FAILURES = [
    *itertools.product(["open", "write", "close", "replace"], [errno.ENOSPC, errno.EIO, errno.EACCES]),
    ("fsync", errno.ENOSPC),
    ("fsync", errno.EIO),
    ("fsync", errno.EDQUOT),
]


@pytest.mark.parametrize(("call", "number"), FAILURES)
def test_a_call_that_fails_leaves_the_old_file_and_nothing_else(
    old: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    true_close = os.close

    def fail(*arguments: object, **_: object) -> None:
        if call == "close":
            true_close(arguments[0])  # type: ignore[arg-type]
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(SaveError) as caught:
            save(scenario, old)
    assert old.read_bytes() == b"the old bytes"
    assert [each.name for each in old.parent.iterdir()] == ["scenario.json"]
    assert str(caught.value).startswith('"scenario.json" was not saved')
    if number == errno.ENOSPC:
        assert "the disk is full; make room" in str(caught.value)


@pytest.mark.parametrize("call", ["fsync", "chmod", "chown", "setxattr", "listxattr"])
@pytest.mark.parametrize("number", [errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_share_that_refuses_to_force_a_file_or_to_change_its_rights_keeps_what_is_saved(
    old: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse, raising=False)
        save(scenario, old)
    assert load(old) == scenario
    assert [each.name for each in old.parent.iterdir()] == ["scenario.json"]


def test_a_disk_that_fills_up_halfway(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_write, written = os.write, []

    def some(descriptor: int, data: bytes) -> int:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(true_write(descriptor, data[:5]))
        return written[0]

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", some)
        with pytest.raises(SaveError, match="disk is full"):
            write_atomically(old, b"the new bytes")
    assert old.read_bytes() == b"the old bytes"
    assert [each.name for each in old.parent.iterdir()] == ["scenario.json"]


def test_a_disk_that_takes_a_few_bytes_at_a_time(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_write: Callable[[int, bytes], int] = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: true_write(descriptor, data[:3]))
    write_atomically(old, b"the new bytes")
    assert old.read_bytes() == b"the new bytes"


class Crash(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "chmod", "replace"])
def test_a_process_that_ends_within_a_call_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(os, call, crash)
        patch.setattr(os, "unlink", crash)
        with pytest.raises(Crash):
            write_atomically(old, b"the new bytes")
    assert old.read_bytes() == b"the old bytes"


def test_the_new_bytes_are_on_the_disk_before_they_take_the_old_ones_place(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    true = {name: getattr(os, name) for name in ("write", "fsync", "replace")}

    def noting(name: str) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            order.append(name)
            return true[name](*arguments)

        return call

    for name in true:
        monkeypatch.setattr(os, name, noting(name))
    write_atomically(old, b"the new bytes")
    wanted = ["write", "fsync", "replace"] + ([] if os.name == "nt" else ["fsync"])
    assert order == wanted


@posix
def test_a_folder_that_cannot_be_forced_to_the_disk_is_no_failure(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_fsync: Callable[[int], None] = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        true_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    write_atomically(old, b"the new bytes")
    assert old.read_bytes() == b"the new bytes"


@posix
def test_permissions_are_kept(old: Path) -> None:
    old.chmod(0o640)
    write_atomically(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix
def test_owner_and_group_are_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    kept = os.stat(old)
    old.chmod(0o660)
    true_stat: Callable[..., os.stat_result] = os.stat

    def of_a_colleague(path: object, **rest: object) -> os.stat_result:
        found = true_stat(path, **rest)
        if str(path) != str(old):
            return found
        return os.stat_result((*found[:4], kept.st_uid + 1, kept.st_gid + 1, *found[6:]))

    monkeypatch.setattr(os, "stat", of_a_colleague)
    monkeypatch.setattr(os, "chown", lambda _path, user, group: asked.append((user, group)))
    write_atomically(old, b"new")
    assert asked == [(-1, kept.st_gid + 1), (kept.st_uid + 1, -1)]
    assert old.read_bytes() == b"new"
    assert stat.S_IMODE(true_stat(old).st_mode) == 0o600, "another group has not the rights of the first"


@posix
def test_a_new_file_has_ordinary_permissions(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    write_atomically(tmp_path / "new.json", b"new")
    assert (tmp_path / "new.json").stat().st_mode == ordinary.stat().st_mode


@posix
def test_a_link_stays_a_link(old: Path) -> None:
    link = old.with_name("link.json")
    link.symlink_to(old)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


def test_a_read_only_file_is_not_replaced(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaveError, match="may not be written to"):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"the old bytes"


def unfinished(folder: Path, of: str) -> Path:
    """A copy as a process leaves it that is killed while it saves."""
    made = folder / f".{of}.0123456789ab.tmp"
    made.write_bytes(b"half a scen")
    return made


def test_what_a_killed_save_has_left_is_removed_and_nothing_else(old: Path) -> None:
    folder = old.parent
    unfinished(folder, "scenario.json")
    unfinished(folder, "another.json")
    others = [
        ".scenario.json.swp",
        ".scenario.json.0123456789ab.tmp.mine",
        "x.json.0123456789ab.tmp",
        ".mine.tmp",
    ]
    for name in others:
        (folder / name).write_bytes(b"somebody else's")
    (folder / ".folder.json.0123456789ab.tmp").mkdir()
    remove_leftovers(folder, "scenario.json")
    assert {each.name for each in folder.iterdir() if each.is_file()} == {
        "scenario.json",
        ".another.json.0123456789ab.tmp",
        *others,
    }
    remove_leftovers(folder)
    assert {each.name for each in folder.iterdir() if each.is_file()} == {"scenario.json", *others}
    remove_leftovers(folder / "none")


def test_what_is_being_saved_elsewhere_is_not_taken_for_left_over(old: Path) -> None:
    being_written = unfinished(old.parent, "scenario.json")
    with being_written.open("r+b") as file:
        assert hold(file.fileno())
        remove_leftovers(old.parent)
        assert being_written.exists()
    remove_leftovers(old.parent)
    assert not being_written.exists()


@posix
def test_where_files_cannot_be_held_only_an_old_copy_is_left_over(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(writing, "hold", refuse)
    left = unfinished(old.parent, "scenario.json")
    write_atomically(old, b"new")
    remove_leftovers(old.parent)
    assert left.exists()
    os.utime(left, (0, 0))
    remove_leftovers(old.parent)
    assert not left.exists()


def test_a_save_survives_somebody_who_clears_up_too_eagerly(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_replace: Callable[..., None] = os.replace
    tried: list[Path] = []

    def take_away_first(source: Path, target: Path) -> None:
        tried.append(source)
        if len(tried) == 1:
            source.unlink()
        true_replace(source, target)

    monkeypatch.setattr(os, "replace", take_away_first)
    write_atomically(old, b"new")
    assert old.read_bytes() == b"new"
    assert len(tried) == 2


@posix
def test_a_pipe_is_neither_replaced_nor_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    with pytest.raises(SaveError, match="pipe or device"):
        write_atomically(pipe, b"new")
    with pytest.raises(FileProblems, match="is a pipe or device and no file"):
        load(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_of_many_letters_that_take_three_bytes_each(tmp_path: Path) -> None:
    path = tmp_path / ("預" * 80 + ".json")
    write_atomically(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="no file can have this name"):
        write_atomically(tmp_path / "a\0b.json", b"new")


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("x" * (LARGEST_FILE + 1), "would be 21 MB long.*Shorten its notes"),
        ("half a character: \ud800", "no file can hold"),
    ],
    ids=["too-large", "half-a-character"],
)
def test_what_a_note_makes_impossible_to_open_again_is_not_saved(
    old: Path, scenario: Scenario, note: str, why: str
) -> None:
    with pytest.raises(SaveError, match=why):
        save(scenario.model_copy(update={"description": note}), old)
    assert old.read_bytes() == b"the old bytes"


def test_places_at_which_no_file_can_be(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="the folder does not exist"):
        write_atomically(tmp_path / "none" / "x.json", b"new")
    with pytest.raises(SaveError, match="name of a folder"):
        write_atomically(tmp_path, b"new")
    if sys.platform != "win32":
        with pytest.raises(SaveError, match="too long"):
            write_atomically(tmp_path / ("x" * 300), b"new")
    assert not list(tmp_path.iterdir())


def test_a_scenario_that_could_not_be_opened_again_is_not_saved(old: Path, scenario: Scenario) -> None:
    (option,) = scenario.options.values()
    patch = {"activities": {"gone": {"room": 3}}}
    broken = scenario.model_copy(update={"options": {"o": option.model_copy(update={"patch": patch})}})
    with pytest.raises(SaveError, match=r"no longer has\. Undo"):
        save(broken, old)
    assert old.read_bytes() == b"the old bytes"
