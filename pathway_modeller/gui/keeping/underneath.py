"""Whether a file still holds what was opened or saved: somebody else may write to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pathway_modeller.gui.document import Document, fingerprint
from pathway_modeller.scenario.file.open_save import read
from pathway_modeller.scenario.file.reading import LARGEST_FILE
from pathway_modeller.scenario.problems import FileProblems

State = Literal["same", "changed", "gone", "unreadable"]


class Underneath:
    """Looks at the file of a document."""

    def __init__(self, document: Document) -> None:
        """Looks at nothing yet."""
        self._document = document
        self._seen: tuple[str, tuple[int, int, int]] | None = None

    def look(self, *, closely: bool = False) -> tuple[State, str]:
        """Returns what has become of the document's file, and the fingerprint of what it holds now.

        Args:
            closely: whether the file is read even if it has the size and time that it had at the last look.
        """
        path, expected = self._document.path, self._document.fingerprint
        if path is None:
            return "same", ""
        try:
            mark = _mark(path)
            if not closely and self._seen == (expected, mark):
                return "same", expected
            found = fingerprint(read(path))
        except (FileNotFoundError, NotADirectoryError):
            return ("gone", "") if expected else ("same", "")
        except OSError:
            return "unreadable", ""
        except FileProblems:
            return ("changed" if mark[1] > LARGEST_FILE else "unreadable"), ""
        if found != expected:
            return "changed", found
        self._seen = (expected, mark)
        return "same", expected


def _mark(path: Path) -> tuple[int, int, int]:
    """Returns what changes with a file's content, as a rule."""
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size, found.st_ino
