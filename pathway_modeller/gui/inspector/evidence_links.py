"""The figures that an assumption speaks of, in words; each leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.jump import target_of
from pathway_modeller.gui.inspector.kinds import fields_of
from pathway_modeller.gui.inspector.overview import ElidedButton
from pathway_modeller.gui.inspector.subjects import name_of, record_of
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.problems import steps_of


def place_words(document: Document, place: str) -> str:
    """Returns a place of the file in words: "Option A: Consultant clinics › Units"."""
    target = target_of(place)
    option = document.scenario.options.get(target.variant or "")
    record = record_of(document, target.subject)
    if record is None:
        name, title = steps_of(place)[-1], ""
    else:
        name = name_of(document, target.subject)
        titles = {spec.key: spec.title for spec in fields_of(type(record))}
        title = titles.get(target.field or "", "")
    words = f"{name} › {title}" if title else name
    return f"{option.name}: {words}" if option is not None else words


class PlaceLinks(QWidget):
    """A row for each different place of an assumption."""

    wanted = Signal(str)
    """The place that somebody wants to see."""

    _MOST = 12

    def __init__(self, document: Document, assumption: Assumption) -> None:
        """Lists the places of an assumption; many figures of one field count as one place."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = Label("It stands behind")
        title.setStyleSheet("font-weight: 600;")
        column.addWidget(title)
        words: dict[str, str] = {}
        for place in assumption.places:
            words.setdefault(place_words(document, place), place)
        for text, place in list(words.items())[: self._MOST]:
            button = ElidedButton(text)
            button.clicked.connect(lambda _=False, chosen=place: self.wanted.emit(chosen))
            column.addWidget(button)
        if len(words) > self._MOST:
            column.addWidget(Label(f"and {len(words) - self._MOST} more"))
