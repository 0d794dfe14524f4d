"""Earlier versions of a file: what the last few saves wrote, and what they replaced."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pathway_modeller.scenario.file.writing import remove_leftovers, write_atomically

MOST = 20
"""How many versions of one file are kept."""

LARGEST = 200 * 1024 * 1024
"""Bytes that the versions of all files take at most; the oldest go first."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.\d{6}) ([0-9a-f]{16})\.json")
_TIME = "%Y-%m-%d %H-%M-%S.%f"


@dataclass(frozen=True)
class Version:
    """One state of a file.

    Attributes:
        path: where it is kept.
        saved: when it was saved, in this computer's time.
        size: bytes.
        mark: the beginning of its fingerprint.
    """

    path: Path
    saved: dt.datetime
    size: int
    mark: str


class Versions:
    """The versions of every file that this user saves."""

    def __init__(self, root: Path) -> None:
        """Keeps them in a folder."""
        self._root = root

    def of(self, file: Path) -> list[Version]:
        """Returns the versions of a file, latest first."""
        return sorted(_versions(self._folder(file)), key=lambda each: each.path.name, reverse=True)

    def keep_replaced(self, file: Path, data: bytes) -> None:
        """Keeps what a file held before it is saved, unless that is among its versions.

        Raises:
            SaveError: it cannot be kept.
        """
        if _mark(data) not in {each.mark for each in self.of(file)}:
            self._keep(file, data, dt.datetime.fromtimestamp(file.stat().st_mtime))

    def keep(self, file: Path, data: bytes) -> None:
        """Keeps what is saved in a file, unless its latest version is that already.

        Raises:
            SaveError: it cannot be kept.
        """
        if _mark(data) not in {each.mark for each in self.of(file)[:1]}:
            self._keep(file, data, dt.datetime.now())

    def clear_up(self) -> None:
        """Removes the unfinished copies that killed processes have left."""
        with contextlib.suppress(OSError):
            for folder in self._root.iterdir():
                remove_leftovers(folder)

    def _keep(self, file: Path, data: bytes, saved: dt.datetime) -> None:
        """Writes a version, and makes room for it."""
        folder = self._folder(file)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / f"{saved.strftime(_TIME)} {_mark(data)}.json", data)
        for old in self.of(file)[MOST:]:
            _remove(old)
        self._make_room()

    def _folder(self, file: Path) -> Path:
        """Returns the folder of a file's versions."""
        whole = os.path.normcase(os.path.realpath(file))
        return self._root / hashlib.sha256(os.fsencode(whole)).hexdigest()[:24]

    def _make_room(self) -> None:
        """Removes the oldest versions of all files if they take too much room."""
        found: list[Version] = []
        with contextlib.suppress(OSError):
            for folder in self._root.iterdir():
                found.extend(_versions(folder))
        taken = sum(each.size for each in found)
        for oldest in sorted(found, key=lambda each: each.saved):
            if taken <= LARGEST:
                return
            taken -= oldest.size
            _remove(oldest)


def _mark(data: bytes) -> str:
    """Returns the beginning of the fingerprint of a file's content."""
    return hashlib.sha256(data).hexdigest()[:16]


def _versions(folder: Path) -> list[Version]:
    """Returns the versions in a folder."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            name = _NAME.fullmatch(path.name)
            if name is not None:
                day, time = name[1].split()
                saved = dt.datetime.fromisoformat(f"{day} {time.replace('-', ':')}")
                found.append(Version(path, saved, path.stat().st_size, name[2]))
    return found


def _remove(version: Version) -> None:
    """Removes a version that may be gone already."""
    with contextlib.suppress(OSError):
        version.path.unlink()
