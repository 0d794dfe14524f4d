"""Which tests stand near a file: those that name its module, and its mirrored folder."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PACKAGE = "pathway_modeller"
_COMPILED = ("compiled/", "tally/", "chance/", "ranks.py", "record.py", "trace.py")
"""Compiled functions and what they are made of: changed, they are played as plain Python."""


def is_compiled(path: str) -> bool:
    """Tells whether a change of a file would have the engine compiled anew, which takes a minute."""
    return path.startswith(tuple(f"{PACKAGE}/simulation/{each}" for each in _COMPILED))


def asked_for(root: Path, path: str) -> list[str]:
    """Returns the tests that match a file, the nearest first: files that import it, then its mirrored folder.

    Args:
        root: of the project.
        path: of the file, from the root.
    """
    module = path.removesuffix(".py").replace("/", ".")
    naming = [name for name, text in _texts(root) if re.search(rf"\b{re.escape(module)}\b", text)]
    folder = Path(path).relative_to(PACKAGE).parent
    while folder != Path() and not _has_tests(root / "tests" / folder):
        folder = folder.parent
    mirrored = [] if folder == Path() else [f"tests/{folder.as_posix()}"]
    wing = Path(path).relative_to(PACKAGE).parts[0]
    if wing == "cli":
        mirrored = sorted(str(each.relative_to(root)) for each in (root / "tests").glob("test_cli*.py"))
    if wing == "gui":
        # All of the window's tests take an hour: those of the page, by the names of modules they know.
        mirrored = _of_page(root, folder.parts[1] if len(folder.parts) > 1 else Path(path).stem)
    return list(dict.fromkeys((*naming, *mirrored)))


def _of_page(root: Path, page: str) -> list[str]:
    """Returns the tests of one page of the window."""
    words = (f"{PACKAGE}.gui.{page}", f"test_{page}", f"test_{page.rstrip('s')}")
    found = [
        name for name, text in _texts(root) if words[0] in text or any(each in name for each in words[1:])
    ]
    folder = root / "tests" / "gui" / page
    return [*found, *([f"tests/gui/{page}"] if _has_tests(folder) else [])]


def _has_tests(folder: Path) -> bool:
    """Tells whether a folder holds tests."""
    return folder.is_dir() and any(folder.rglob("test_*.py"))


@cache
def _texts(root: Path) -> tuple[tuple[str, str], ...]:
    """Returns the tests of the project with their texts."""
    files = sorted((root / "tests").rglob("test_*.py"))
    return tuple((str(file.relative_to(root)), file.read_text(encoding="utf-8")) for file in files)
