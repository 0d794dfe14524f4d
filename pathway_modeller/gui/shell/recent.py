"""The files opened or saved last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

MOST = 8
_KEY = "recent_files"


class RecentFiles:
    """A list of paths, latest first, kept in the settings."""

    def __init__(self, settings: QSettings) -> None:
        """Keeps the list in these settings."""
        self._settings = settings

    def paths(self) -> list[Path]:
        """Returns the files, latest first; a file whose drive is away stays among them."""
        kept = self._settings.value(_KEY, [])
        texts = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and text]

    def add(self, path: Path) -> None:
        """Puts a file first."""
        first = path.resolve()
        paths = [first, *(other for other in self.paths() if other != first)][:MOST]
        self._settings.setValue(_KEY, [str(each) for each in paths])

    def forget(self, path: Path) -> None:
        """Takes a file from the list."""
        self._settings.setValue(_KEY, [str(each) for each in self.paths() if each != path.resolve()])

    def clear(self) -> None:
        """Forgets all of them."""
        self._settings.remove(_KEY)
