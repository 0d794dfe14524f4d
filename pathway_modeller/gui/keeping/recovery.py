"""What a program that was killed has left unsaved: offered if it differs from what its file holds."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from pathway_modeller.gui.document import fingerprint
from pathway_modeller.gui.keeping.session import Abandoned, abandoned
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import parse, read
from pathway_modeller.scenario.file.writing import remove_leftovers
from pathway_modeller.scenario.problems import FileProblems


@dataclass(frozen=True, eq=False)
class Recoverable:
    """Unsaved changes that were left.

    Attributes:
        session: which left them; held by this process.
        scenario: what was not saved.
        kept: when it was kept, in seconds since 1970.
        holds: fingerprint of what its file holds now; empty if it cannot be read.
    """

    session: Abandoned
    scenario: Scenario
    kept: float
    holds: str

    @property
    def file(self) -> Path | None:
        """The file that the scenario belongs in, if it has one."""
        return self.session.about.file

    @property
    def is_of_another_state(self) -> bool:
        """Whether its file holds something else than when the changes were begun, or is gone."""
        return self.holds != self.session.about.based_on


def recoverable(root: Path) -> list[Recoverable]:
    """Returns what was left unsaved, latest first; clears away sessions that have left nothing.

    Unfinished copies that killed saves have left beside their files are removed.
    """
    found = []
    for session in abandoned(root):
        file = session.about.file
        if file is not None:
            remove_leftovers(file.parent, file.name)
        if session.is_empty:
            session.remove()
            continue
        latest = session.latest()
        if latest is None:
            session.let_go()  # another version of the program may read it
            continue
        scenario, kept = latest
        data = None
        if file is not None:
            with contextlib.suppress(FileProblems):
                data = read(file)
        if data is not None and _holds(data, scenario):
            session.remove()
            continue
        holds = "" if data is None else fingerprint(data)
        found.append(Recoverable(session, scenario, kept, holds))
    return sorted(found, key=lambda each: each.kept, reverse=True)


def _holds(data: bytes, scenario: Scenario) -> bool:
    """Tells whether bytes are a file of a scenario, however they are written."""
    try:
        return parse(data) == scenario
    except FileProblems:
        return False
