"""What every editor can do, and the surroundings it works in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pathway_modeller.gui.inspector.kinds import Json, Kind
from pathway_modeller.gui.inspector.references import ListMap, Named, Source, Surroundings
from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.scenario.document import Pathway


class Editor(QWidget):
    """A widget that shows and takes one value, in the form the scenario file holds it."""

    committed = Signal()
    """A person has finished a change: Enter, leaving the field, or choosing."""

    def value(self) -> Json:
        """Returns what is shown; text that is no number stays text, so that the check can name it."""
        raise NotImplementedError

    def show_value(self, value: Json) -> None:
        """Shows a value; never emits ``committed``."""
        raise NotImplementedError

    def make_dense(self) -> bool:
        """Shrinks the editor to stand beside the name of its row; returns whether it can."""
        return False

    def renew(self) -> None:
        """Renews what may be chosen, where that hangs on other fields; most editors offer nothing."""

    def start_value(self) -> Json:
        """Returns the value with which a field that was left out begins; ``None`` if it must be given."""
        return None

    def set_title(self, title: str, description: str = "") -> None:
        """Gives the editor the words by which it is announced and explained."""
        self.setAccessibleName(title)
        self.setToolTip(plain_tip(description))
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(title)
            proxy.setAccessibleDescription(description)
            proxy.setToolTip(plain_tip(description))


@dataclass(frozen=True)
class Scope:
    """Where an editor stands: the pathway of the moment, and how to make editors and things."""

    pathway: Callable[[], Pathway]
    make: Callable[[Kind, Scope], Editor]
    create: Callable[[ListMap], str | None]
    open: Callable[[ListMap, str], None]
    key: str | None = None
    beside: Callable[[], Mapping[str, object]] | None = None
    price_year: Callable[[], str | None] = lambda: None
    """The year of prices that is proposed for pounds."""

    def under(self, key: str) -> Scope:
        """Returns the scope of a value that stands under a key."""
        return replace(self, key=key)

    def among(self, beside: Callable[[], Mapping[str, object]]) -> Scope:
        """Returns the scope of a field of a record whose other fields can be asked for."""
        return replace(self, beside=beside)

    def choices(self, source: Source) -> list[Named]:
        """Returns what a reference may name here and now."""
        beside = self.beside() if self.beside is not None else None
        return source.choices(Surroundings(self.pathway(), self.key, beside))

    def name_of(self, source: Source, key: str) -> str:
        """Returns the name of an id; an id that names nothing is shown as such."""
        return dict(self.choices(source)).get(key, f"{key} (missing)")
