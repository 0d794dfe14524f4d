"""One kill: when it comes, and what must be left."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pathway_modeller.gui.keeping.keeper import DELAY
from pathway_modeller.gui.keeping.recovery import recoverable
from pathway_modeller.gui.keeping.session import generations
from pathway_modeller.gui.keeping.versions import Versions
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load, save
from pathway_modeller.scenario.file.writing import remove_leftovers
from pathway_modeller.scenario.problems import FileProblems
from tests.gui.window_scenarios import small_scenario
from tests.kills.editing import FIRST, edit_until_killed, file_of, kept_in, kept_waiting, start_again

LOST = 2.0
"""Seconds of editing that a kill may cost; those in which the program got no processor do not count."""

LONGEST = 3.0
"""Seconds after which the program is killed at the latest."""

KINDS = ("at any time", "while saving", "while keeping aside")


@dataclass(frozen=True)
class Done:
    """Something that was done before the kill, or the kill.

    Attributes:
        word: what.
        number: the figure then.
        when: the moment.
        waited: how long the program had been kept waiting for a processor by then, in seconds.
    """

    word: str
    number: int
    when: float
    waited: float


@dataclass(frozen=True)
class Outcome:
    """What a kill left.

    Attributes:
        kind: when it came.
        last_edited: the last edit that was seen.
        last_saved: the last that "Saved" was said of.
        in_file: what the file holds; None if it cannot be opened.
        offered: what is offered at the next start; None if nothing is.
        faults: what must not be.
    """

    kind: str
    last_edited: int
    last_saved: int
    in_file: int | None
    offered: int | None
    faults: tuple[str, ...]

    @property
    def is_last_edit_lost(self) -> bool:
        """Whether the last edit is neither in the file nor offered."""
        return max(self.in_file or 0, self.offered or 0) < self.last_edited


def kill_at(folder: Path, seed: int, *, whole: bool) -> Outcome:
    """Lets somebody edit, kills the program at a random moment, and looks at what is left.

    Args:
        folder: an empty one, for this person.
        seed: of the moment and of what is done.
        whole: whether the program is really started again; otherwise what it would do then is done here.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    file_of(folder).parent.mkdir(parents=True)
    save(small_scenario(), file_of(folder))
    kind = KINDS[seed % len(KINDS)]
    done, killed = _killed(folder, seed, chance, kind)
    edited = [each for each in done if each.word == "edited"]
    last_saved = max([FIRST, *(each.number for each in done if each.word == "saved")])
    must_be = max([last_saved, *(each.number for each in edited if _lasted(each, killed) > LOST)])
    faults = []
    in_file = _figure_in(file_of(folder))
    kept = [_figure_in(path) for each in _sessions(folder) for path in generations(each)]
    offered = _started_again(folder) if whole else _what_is_offered(folder)
    if in_file is None:
        faults.append("the file cannot be opened")
    elif in_file < last_saved:
        faults.append(f"the file holds {in_file}, though {last_saved} was saved")
    if max(in_file or 0, offered or 0) < must_be:
        faults.append(f"{must_be} is lost: the file holds {in_file}, and {offered} is offered")
    if offered is not None and offered <= (in_file or 0):
        faults.append(f"{offered} is offered, though the file holds {in_file}")
    if offered is None and max([0, *(each or 0 for each in kept)]) > (in_file or 0):
        faults.append(f"{kept} were kept, and nothing is offered")
    left = [path.name for path in folder.rglob("*.tmp")]
    if left:
        faults.append(f"{left} are left")
    last_edited = max([FIRST, *(each.number for each in edited)])
    return Outcome(kind, last_edited, last_saved, in_file, offered, tuple(faults))


def _lasted(edit: Done, kill: Done) -> float:
    """Returns how long the program could have kept an edit, in seconds."""
    return (kill.when - edit.when) - (kill.waited - edit.waited)


def _killed(folder: Path, seed: int, chance: random.Random, kind: str) -> tuple[list[Done], Done]:
    """Lets somebody edit and kills the program; returns what was done before, and the kill."""
    process, pipe = _begun(lambda end: edit_until_killed(folder, seed, end))
    lines = _Lines(pipe)
    lines.wait_for("ready", 60.0)
    begun = time.monotonic()
    if kind == "while saving":
        for _ in range(chance.randint(1, 3)):
            lines.wait_for("saving", LONGEST)
        time.sleep(chance.uniform(0.0, 0.03))
    elif kind == "while keeping aside":
        time.sleep(chance.uniform(0.0, 1.0))
        lines.wait_for("edited", LONGEST)
        time.sleep(max(0.0, DELAY / 1000 + chance.uniform(-0.02, 0.08)))
    else:
        time.sleep(chance.uniform(0.0, LONGEST))
    killed = Done("killed", 0, time.monotonic(), kept_waiting(process))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    lines.read_rest()
    os.close(pipe)
    return [each for each in lines.done if each.when >= begun - 1.0], killed


def _begun(act: Callable[[int], None]) -> tuple[int, int]:
    """Does something in a process of its own; returns its number, and the pipe on which it speaks."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            act(writing)
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


class _Lines:
    """What comes through a pipe, a line each."""

    def __init__(self, pipe: int) -> None:
        """Reads from a pipe."""
        os.set_blocking(pipe, False)
        self._pipe = pipe
        self._rest = b""
        self.done: list[Done] = []

    def read_rest(self) -> None:
        """Reads what there is."""
        while True:
            try:
                read = os.read(self._pipe, 65536)
            except BlockingIOError:
                return
            if not read:
                return
            *whole, self._rest = (self._rest + read).split(b"\n")
            for line in whole:
                word, number, when, waited = line.decode().split()
                self.done.append(Done(word, int(number), float(when), float(waited)))

    def wait_for(self, word: str, longest: float) -> None:
        """Waits until something is done once more, or for so many seconds."""
        seen = len(self.done)
        until = time.monotonic() + longest
        while time.monotonic() < until:
            self.read_rest()
            if any(each.word == word for each in self.done[seen:]):
                return
            time.sleep(0.001)


def _started_again(folder: Path) -> int | None:
    """Starts the program again, and returns what was offered."""
    process, pipe = _begun(lambda end: start_again(folder, end))
    lines = _Lines(pipe)
    os.waitpid(process, 0)
    lines.read_rest()
    os.close(pipe)
    (said,) = lines.done
    return said.number if said.word == "offered" else None


def _what_is_offered(folder: Path) -> int | None:
    """Does what the next start does, and returns what is offered."""
    found = recoverable(kept_in(folder))
    remove_leftovers(file_of(folder).parent)
    Versions(kept_in(folder).parent / "versions").clear_up()
    numbers = [_figure(each.scenario) for each in found]
    for each in found:
        each.session.remove()
    return max(numbers, default=None)


def _sessions(folder: Path) -> list[Path]:
    """Returns the folders of what was kept."""
    root = kept_in(folder)
    return list(root.iterdir()) if root.is_dir() else []


def _figure_in(path: Path) -> int | None:
    """Returns the figure in a file; None if it cannot be opened."""
    try:
        return _figure(load(path))
    except FileProblems:
        return None


def _figure(scenario: Scenario) -> int:
    """Returns the figure of a scenario."""
    return int(scenario.baseline.activities["clinic"].service_time.mean)
