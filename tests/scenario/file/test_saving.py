"""Saving: at any instant the file holds the old bytes or the new ones, and a failure is one sentence."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import dump, load, save, write_atomically
from pathway_modeller.scenario.problems import SaveError

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


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "chmod", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
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
