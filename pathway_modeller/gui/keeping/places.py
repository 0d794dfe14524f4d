"""Where work is kept: in this user's own folder, never beside a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def data_folder() -> Path:
    """Returns the folder in which the program keeps what belongs to this user; it may not be there yet."""
    own = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(own) / "PathwayModeller"
