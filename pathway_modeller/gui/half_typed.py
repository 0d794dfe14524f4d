"""What is typed and not taken in yet. Whatever can hold such registers here, and nothing else asks for it.

Before the scenario is saved, closed, run, checked or shown otherwise, :meth:`HalfTyped.take_in` goes through
all of it. What can be read becomes part of the scenario; of the rest a sentence remains that says where it
stands and why. Nothing that goes wrong here keeps anybody from saving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

Until = Literal["selection", "variant", "file"]
"""What takes away a text that could not be taken in: another selection, another variant, another file."""

_FAILED = "the program failed to read it"


@dataclass(frozen=True)
class Typed:
    """One text that may not be taken in yet.

    Attributes:
        where: its place in words: "Clinic, Name".
        take_in: takes it in; returns why it cannot, in a sentence, or "" once it has.
        until: what takes it away.
    """

    where: str
    take_in: Callable[[], str]
    until: Until = "selection"


@dataclass(frozen=True)
class NotTaken:
    """A text that cannot be taken in.

    Attributes:
        sentence: where it stands, and why not.
        until: what takes it away.
    """

    sentence: str
    until: Until


class Holder(Protocol):
    """What people type into: a field, a form, a line, a table."""

    def half_typed(self) -> Iterable[Typed]:
        """Returns the texts that may not be taken in yet; may look at each only after the one before."""


class HalfTyped(QObject):
    """Every place of a window where something may be half-typed.

    Signals:
        lost: the sentences of texts that could not be taken in and are now going.
    """

    lost = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begins with none."""
        super().__init__(parent)
        self._holders: list[tuple[QObject, Holder]] = []
        self._failing: set[str] = set()
        self._busy = False

    def register(self, widget: QObject, holder: Holder) -> None:
        """Goes through a holder from now on, for as long as its widget lives."""
        self._holders.append((widget, holder))

    def covers(self, widget: QObject | None) -> bool:
        """Tells whether a widget is a registered one or stands within one."""
        registered = [each for each, _ in self._holders]
        while widget is not None:
            if widget in registered:
                return True
            widget = widget.parent()
        return False

    def take_in(self) -> tuple[NotTaken, ...]:
        """Takes in all that can be read, and returns the rest.

        What is asked for while it takes in is empty: an edit may select something, which asks again.
        """
        if self._busy:
            return ()
        self._busy = True
        left: list[NotTaken] = []
        try:
            self._holders = [each for each in self._holders if isValid(each[0])]
            for _, holder in self._holders:
                left.extend(self._taken(holder))
        finally:
            self._busy = False
        return tuple(left)

    def leave(self, *until: Until) -> None:
        """Takes in all that can be read before something is left, and says what goes with it.

        Args:
            until: what is about to become another.
        """
        gone = tuple(each.sentence for each in self.take_in() if each.until in until)
        if gone:
            self.lost.emit(gone)

    def _taken(self, holder: Holder) -> list[NotTaken]:
        """Takes in what one holder has; a fault of the program costs no more than the one text."""
        left = []
        try:
            for typed in holder.half_typed():
                why = self._attempt(typed)
                if why:
                    left.append(NotTaken(f"{typed.where}: {why}", typed.until))
        except Exception as fault:
            self._report(type(holder).__name__, fault)
            left.append(NotTaken(f"Something that is being typed was not taken in: {_FAILED}.", "file"))
        return left

    def _attempt(self, typed: Typed) -> str:
        """Takes in one text; returns why it cannot be taken in."""
        try:
            why = typed.take_in()
        except Exception as fault:
            self._report(typed.where, fault)
            return f"{_FAILED}."
        self._failing.discard(typed.where)
        return why

    def _report(self, where: str, fault: Exception) -> None:
        """Lets a fault come to whoever handles faults, once for each place, after what is under way now."""
        if where not in self._failing:
            self._failing.add(where)
            QTimer.singleShot(0, self, partial(_raise, fault))


def _raise(fault: Exception) -> None:
    """Raises a fault."""
    raise fault


def words(left: Iterable[NotTaken]) -> str:
    """Returns what was not taken in, to follow another sentence; empty if all was."""
    sentences = [each.sentence for each in left]
    return f" Not taken in: {' '.join(sentences)}" if sentences else ""
