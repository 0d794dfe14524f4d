"""A folder that holds one result: what an earlier one left there goes before another is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

LIST = "files-of-this-result.txt"
"""Names the files of the result in a folder, one a line; what it does not name is somebody's own."""
MAIN = ("results.json", "chance-of-delay.json")
"""Files that every result of the command line has, one or the other."""


def holds_unlisted_result(folder: Path) -> bool:
    """Whether a folder holds a result whose files cannot be told from other people's: its list is gone."""
    return not (folder / LIST).is_file() and any((folder / name).is_file() for name in MAIN)


def clear_earlier(folder: Path) -> int:
    """Removes the files of an earlier result, and returns how many there were; other files stay.

    Raises:
        OSError: one of them cannot be removed.
    """
    listed = folder / LIST
    if not listed.is_file():
        return 0
    names = listed.read_text(encoding="utf-8", errors="replace").splitlines()
    # A list that somebody changed shall not lead out of the folder.
    found = [folder / name for name in names if name and Path(name).name == name]
    removed = [each for each in found if each.is_file()]
    for each in (*removed, listed):
        each.unlink()
    return len(removed)


def list_files(folder: Path, files: Iterable[Path]) -> Path:
    """Notes which files are of the result just written, and returns the file that says so.

    Raises:
        OSError: it cannot be written.
    """
    names = "".join(f"{each.name}\n" for each in files if each.parent == folder)
    listed = folder / LIST
    listed.write_text(names, encoding="utf-8", newline="\n")
    return listed
