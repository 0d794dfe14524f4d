"""What the menu Edit acts on: whatever is shown in the middle of the window."""

from __future__ import annotations

from typing import Protocol


class Hands(Protocol):
    """What cut, copy, paste, delete and select all of the menu act on."""

    def cut(self) -> object:
        """Cuts what is selected."""

    def copy(self) -> object:
        """Copies what is selected."""

    def paste(self) -> object:
        """Pastes."""

    def delete(self) -> object:
        """Deletes what is selected."""

    def select_all(self) -> object:
        """Selects everything."""
