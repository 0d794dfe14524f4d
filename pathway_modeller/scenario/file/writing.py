"""Writing a file wholly or not at all, as safely as the place allows."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pathway_modeller.scenario.file.held import hold
from pathway_modeller.scenario.problems import SaveError

_LONGEST_NAME = 100
"""Bytes of a file's name that its unfinished copy repeats: most systems take 255 in all."""

_UNFINISHED = re.compile(r"\..*\.[0-9a-f]{12}\.tmp", re.DOTALL)

_OLD = 3600.0
"""Seconds after which an unfinished copy is left over where nobody can tell whether it is being written."""

_LOST = (errno.EIO, errno.ENOSPC, errno.EDQUOT)
"""Said when bytes did not reach the disk; anything else says only that they cannot be forced to it there."""


def write_atomically(path: Path | str, data: bytes) -> None:
    """Writes bytes to a file so that at any instant it holds the old bytes or the new ones, never a mixture.

    The bytes go to a new file beside it, are forced to the disk where that can be done, and take the old
    file's place in one step. A link is followed. The old file's permissions, owner, group and further
    attributes are kept as far as the system lets them be.

    Raises:
        SaveError: it could not be written; the old file is untouched.
    """
    target = Path(path)
    try:
        replace_file(target, data)
    except OSError as error:
        raise SaveError(_not_saved(target, error)) from error
    except ValueError:
        sentence = f'"{target.name}" was not saved: no file can have this name; choose another.'
        raise SaveError(sentence) from None


def replace_file(path: Path, data: bytes) -> None:
    """Does what :func:`write_atomically` does.

    Raises:
        OSError: it could not be written; the old file is untouched.
        ValueError: no file can have this name.
    """
    target = Path(os.path.realpath(path))
    _refuse_what_is_no_file(target)
    try:
        try:
            _write_and_replace(target, data)
        except FileNotFoundError:
            # Somebody who clears up may have taken the new file for one that is left over.
            _write_and_replace(target, data)
        _force_folder(target.parent)
    except OSError as error:
        # Nobody knows the unfinished copy by its name.
        error.filename = str(path)
        raise


def remove_leftovers(folder: Path, name: str | None = None) -> None:
    """Removes the unfinished copies that killed processes have left in a folder; what is being written stays.

    Args:
        folder: where to look; nothing happens if it cannot be looked into.
        name: of the file whose copies are meant; None for those of every scenario.
    """
    stem = None if name is None else f".{_cut(name)}."
    with contextlib.suppress(OSError):
        for each in _entries(folder):
            meant = ".json." in each.name if stem is None else each.name.startswith(stem)
            if meant and _UNFINISHED.fullmatch(each.name):
                with contextlib.suppress(OSError):
                    _remove_if_left(each)


def _entries(folder: Path) -> Iterator[Path]:
    """Yields the hidden files of a folder."""
    with os.scandir(folder) as found:
        yield from [Path(each.path) for each in found if each.name.startswith(".")]


def _remove_if_left(unfinished: Path) -> None:
    """Removes an unfinished copy, unless it is being written."""
    descriptor = os.open(unfinished, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return
        try:
            is_left = hold(descriptor)
        except OSError:
            is_left = time.time() - found.st_mtime > _OLD
        if is_left and sys.platform != "win32":
            os.unlink(unfinished)
    finally:
        os.close(descriptor)
    if is_left and sys.platform == "win32":
        os.unlink(unfinished)  # where an open file cannot be removed


def _write_and_replace(target: Path, data: bytes) -> None:
    """Writes a new file beside the old one and puts it in its place; one that fails is taken away."""
    temporary = target.with_name(f".{_cut(target.name)}.{secrets.token_hex(6)}.tmp")
    try:
        _write_new(temporary, data)
        _keep_attributes(temporary, target)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _cut(name: str) -> str:
    """Returns the beginning of a name, so short that there is room for more."""
    return os.fsencode(name)[:_LONGEST_NAME].decode("utf-8", "ignore")


def _write_new(temporary: Path, data: bytes) -> None:
    """Writes a new file, forces it to the disk, and makes sure that it holds what was written."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with contextlib.suppress(OSError):
            hold(descriptor)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        _force(descriptor)
        if os.fstat(descriptor).st_size != len(data):
            raise OSError(errno.EIO, "not all of it was written")
    finally:
        os.close(descriptor)


def _force(descriptor: int) -> None:
    """Forces a file to the disk; some network drives do not do that, and keep it all the same."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno in _LOST:
            raise


def _keep_attributes(temporary: Path, target: Path) -> None:
    """Gives a new file what the one that it will replace has, as far as the system lets it."""
    try:
        old, new = os.stat(target), os.stat(temporary)
    except OSError:
        return
    mode = stat.S_IMODE(old.st_mode)
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        _attempt(lambda: os.chown(temporary, -1, old.st_gid))
        _attempt(lambda: os.chown(temporary, old.st_uid, -1))
        if os.stat(temporary).st_gid != old.st_gid:
            # What the old group might do, another group may not: it gets the rights of everybody.
            mode = (mode & ~stat.S_IRWXG) | ((mode & stat.S_IRWXO) << 3)
    _attempt(lambda: os.chmod(temporary, mode))
    if sys.platform == "linux":
        _attempt(lambda: _copy_further(target, temporary))


def _copy_further(target: Path, temporary: Path) -> None:
    """Copies access lists and other attributes that a file system may add."""
    if sys.platform == "linux":
        for name in os.listxattr(target):
            _attempt(lambda: os.setxattr(temporary, name, os.getxattr(target, name)))  # noqa: B023 - done at once


def _attempt(act: Callable[[], object]) -> None:
    """Does something that may be refused."""
    with contextlib.suppress(OSError):
        act()


def _refuse_what_is_no_file(target: Path) -> None:
    """Refuses to replace what is no file, and one that may not be written to, which this would get round."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not target.is_file():
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def _force_folder(folder: Path) -> None:
    """Forces the new name to the disk where the system can do so; the file itself is whole either way."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_AWAY = "the drive or share is away; save it elsewhere"

_REASONS = {
    errno.ENOSPC: "the disk is full; make room or save it elsewhere",
    errno.EDQUOT: "your share of the disk is full; make room or save it elsewhere",
    errno.EFBIG: "the disk takes no file of this size; save it elsewhere",
    errno.EACCES: "it may not be written to, or another program has it open; save under another name",
    errno.EPERM: "it may not be written to; save under another name",
    errno.EBUSY: "another program has it open; close it there, or save under another name",
    errno.EROFS: "the disk may only be read; save it elsewhere",
    errno.EISDIR: "this is the name of a folder; choose another name",
    errno.ENXIO: "this is the name of a pipe or device and not of a file; choose another name",
    errno.ENOENT: "the folder does not exist; choose another",
    errno.ENOTDIR: "the folder does not exist; choose another",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EINVAL: "the disk takes no file of this name; choose another name",
    errno.ELOOP: "the name is a link that leads to itself; choose another name",
    errno.ENODEV: _AWAY,
    errno.ETIMEDOUT: _AWAY,
    errno.EHOSTDOWN: _AWAY,
    errno.EHOSTUNREACH: _AWAY,
    errno.ENETUNREACH: _AWAY,
    errno.ENOTCONN: _AWAY,
    errno.ESTALE: _AWAY,
}


def _not_saved(target: Path, error: OSError) -> str:
    """Returns why a file could not be saved, and what to do."""
    number = error.errno if error.errno is not None else 0
    reason = _REASONS.get(number, f"the system says: {error.strerror or error}; save it elsewhere")
    return f'"{target.name}" was not saved, and what was in the file is untouched: {reason}.'
