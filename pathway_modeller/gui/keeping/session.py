"""What one open scenario leaves on the disk: which file it is, and its unsaved changes, a few generations.

A session is a folder. It holds ``about.json``; a file ``held`` that the system lets go of when the process
ends, however it ends; and whole scenario files, numbered as they were written. A session that nobody holds is
one whose process was killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.held import hold
from pathway_modeller.scenario.file.open_save import dump, load
from pathway_modeller.scenario.file.writing import write_atomically
from pathway_modeller.scenario.problems import FileProblems, SaveError

GENERATIONS = 3
"""How many states of unsaved changes are kept, latest last, should the latest be spoilt."""

_BEGINNING = 60.0
"""Seconds in which a session may have said nothing of itself yet."""

_HELD, _ABOUT = "held", "about.json"
_GENERATION = re.compile(r"\d{8}\.json")


@dataclass(frozen=True)
class About:
    """What a session says of itself.

    Attributes:
        file: in which the scenario is kept, if it has one.
        based_on: fingerprint of what the file held when it was last opened or saved; empty without a file.
        process: number of the process, on its computer.
        computer: on which it runs.
    """

    file: Path | None
    based_on: str
    process: int
    computer: str

    def dump(self) -> bytes:
        """Returns it as it is written down."""
        words = {
            "file": None if self.file is None else str(self.file),
            "based_on": self.based_on,
            "process": self.process,
            "computer": self.computer,
        }
        return json.dumps(words).encode()


class Session:
    """The session of one window; every method does nothing once it has ended."""

    def __init__(self, root: Path) -> None:
        """Begins a session; nothing is on the disk before it says something.

        Args:
            root: the folder of all sessions.
        """
        self.folder = root / secrets.token_hex(8)
        self._held: int | None = None
        self._about = About(None, "", os.getpid(), socket.gethostname())
        self._busy = Lock()
        self._written = 0
        self._is_over = False

    def say(self, file: Path | None, based_on: str) -> None:
        """Says which file is open now, and what it holds.

        Raises:
            SaveError: it cannot be written down.
        """
        with self._busy:
            self._about = replace(self._about, file=file, based_on=based_on)
            if not self._is_over and not self._make():
                write_atomically(self.folder / _ABOUT, self._about.dump())

    def keep(self, scenario: Scenario) -> Path | None:
        """Writes unsaved changes, and makes sure that they are there; older generations go.

        Returns:
            The file, or None once the session has ended.

        Raises:
            SaveError: they cannot be written.
        """
        try:
            data = dump(scenario).encode("utf-8", "surrogatepass")
        except ValueError:
            raise SaveError("a figure is too large for a file; undo the last change.") from None
        with self._busy:
            if self._is_over:
                return None
            self._make()
            self._written += 1
            path = self.folder / f"{self._written:08}.json"
            write_atomically(path, data)
            if path.read_bytes() != data:
                raise SaveError("what was written could not be read back.")
            for old in generations(self.folder)[:-GENERATIONS]:
                _remove(old)
            return path

    def _make(self) -> bool:
        """Makes the folder, unless it is there: somebody may have removed it, or there was no room for it.

        Returns:
            Whether it was made, and says what it is about.

        Raises:
            SaveError: it cannot be made.
        """
        if self._held is not None and (self.folder / _HELD).exists():
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._held is not None:
                os.close(self._held)
            self._held = _opened(self.folder / _HELD, os.O_CREAT)
        except OSError as error:
            self._held = None
            raise SaveError(f"{self.folder.parent}: {error.strerror or error}.") from error
        with contextlib.suppress(OSError):
            hold(self._held)
        write_atomically(self.folder / _ABOUT, self._about.dump())
        return True

    def forget(self) -> None:
        """Removes what was kept: nothing is unsaved any more."""
        with self._busy:
            for each in generations(self.folder):
                _remove(each)

    def end(self) -> None:
        """Ends the session and removes its folder."""
        with self._busy:
            if not self._is_over:
                self._is_over = True
                if self._held is not None:
                    _let_go_and_remove(self.folder, self._held)


@dataclass(eq=False)
class Abandoned:
    """A session whose process ended without ending it; held by this process until it is let go.

    Attributes:
        folder: where it is.
        about: what it said of itself.
    """

    folder: Path
    about: About
    _held: int

    @property
    def is_empty(self) -> bool:
        """Whether it has left nothing."""
        return not generations(self.folder)

    def latest(self) -> tuple[Scenario, float] | None:
        """Returns the latest scenario that is whole, and when it was written (seconds since 1970)."""
        for path in reversed(generations(self.folder)):
            with contextlib.suppress(FileProblems, OSError):
                return load(path), path.stat().st_mtime
        return None

    def let_go(self) -> None:
        """Leaves it for another time."""
        os.close(self._held)

    def remove(self) -> None:
        """Removes it."""
        _let_go_and_remove(self.folder, self._held)


def generations(folder: Path) -> list[Path]:
    """Returns the files of unsaved changes in a session's folder, latest last."""
    try:
        return sorted(each for each in folder.iterdir() if _GENERATION.fullmatch(each.name))
    except OSError:
        return []


def abandoned(root: Path) -> Iterator[Abandoned]:
    """Yields the sessions that nobody holds any more, held by this process from now on."""
    for folder in _folders(root):
        with contextlib.suppress(OSError):
            descriptor = _opened(folder / _HELD)
            about = _about(folder)
            if _is_held(descriptor, about) or (about is None and _is_young(folder)):
                os.close(descriptor)
            else:
                yield Abandoned(folder, about or About(None, "", 0, ""), descriptor)


def holders(root: Path, file: Path, but: Collection[Path]) -> list[About]:
    """Returns what other sessions that are under way say of themselves which have a file open.

    Args:
        root: the folder of all sessions.
        file: the file asked about.
        but: folders of sessions that do not count, since they are this process's own.
    """
    found = []
    for folder in _folders(root):
        about = None if folder in but else _about(folder)
        if about is None or about.file is None or not _is_same(about.file, file):
            continue
        with contextlib.suppress(OSError):
            descriptor = _opened(folder / _HELD)
            try:
                if _is_held(descriptor, about):
                    found.append(about)
            finally:
                os.close(descriptor)
    return found


def _folders(root: Path) -> list[Path]:
    """Returns the folders of all sessions."""
    try:
        return sorted(each for each in root.iterdir() if each.is_dir())
    except OSError:
        return []


def _about(folder: Path) -> About | None:
    """Returns what a session says of itself, if it can be read."""
    try:
        words = json.loads((folder / _ABOUT).read_text("utf-8"))
        file = words["file"]
        return About(
            None if file is None else Path(file),
            str(words["based_on"]),
            int(words["process"]),
            str(words["computer"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_held(descriptor: int, about: About | None) -> bool:
    """Tells whether another session's process is under way; holds the session for this one otherwise."""
    try:
        return not hold(descriptor)
    except OSError:
        # Where files cannot be held, the number of the process has to tell.
        return about is not None and about.computer == socket.gethostname() and _runs(about.process)


def _is_young(folder: Path) -> bool:
    """Tells whether a folder may be of a session that is just being begun."""
    return time.time() - folder.stat().st_mtime < _BEGINNING


def _runs(process: int) -> bool:
    """Tells whether there is a process of a number, on systems that can be asked."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_same(one: Path, other: Path) -> bool:
    """Tells whether two paths lead to one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def _opened(path: Path, flags: int = 0) -> int:
    """Opens a file so that it can be held."""
    return os.open(path, os.O_RDWR | flags, 0o600)


def _let_go_and_remove(folder: Path, descriptor: int) -> None:
    """Removes a session's folder: first what it kept, so that nothing is left without its file's name."""
    for each in generations(folder):
        _remove(each)
    with contextlib.suppress(OSError):
        os.close(descriptor)
    shutil.rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    """Removes a file that may be gone already."""
    with contextlib.suppress(OSError):
        path.unlink()
