"""What the inspector shows when nothing is selected: the scenario and everything that is not drawn."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.references import LIST_MAPS, groups_of, named
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.plain import Label, elided_to, literal, plain_tip, short
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.values import Record

OPTION_MAPS = ("shifts", "activity_shifts", "displacements")
"""Maps of an option that are listed while it is shown."""

_MOST_ROWS = 8
"""Rows of a list that are shown at once; a longer one is folded."""

_OF_SCENARIO = ("outcomes", "options", "assumptions")
"""Maps of the scenario around its pathways."""


class ElidedButton(QPushButton):
    """A flat row of a list: a link, which shortens its words to the room there is."""

    def __init__(self, words: str) -> None:
        super().__init__(literal(short(words)))
        self._words = words
        self.setFlat(True)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self.setMinimumWidth(60)
        self.setStyleSheet(
            "QPushButton { text-align: left; padding: 3px 6px; border: none; background: transparent;"
            f" color: {theme.BLUE}; text-decoration: underline; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.BLUE}; padding: 2px 5px; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens the words."""
        room = self.width() - 16
        self.setText(elided_to(self._words, self.fontMetrics(), room))
        super().resizeEvent(event)


class RecordList(QWidget):
    """A titled list of records, each opened by a click, with a button that makes another."""

    opened = Signal(object)
    wanted = Signal(str)

    def __init__(self, title: str, kind: str, *, can_add: bool) -> None:
        super().__init__()
        self._title, self._kind = title, kind
        self.setObjectName(f"list-{kind}")
        self._heading = Label(title)
        self._heading.setStyleSheet("font-weight: 600;")
        self._add = QToolButton()
        self._add.setText("New…")
        self._add.setObjectName("new")
        self._add.setAccessibleName(f"New, {title.lower()}")
        self._add.clicked.connect(lambda: self.wanted.emit(kind))
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._add)
        self._items = QVBoxLayout()
        self._items.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self._items)
        self._rest = QToolButton()
        self._rest.setObjectName("rest")
        self._rest.setAutoRaise(True)
        self._rest.clicked.connect(self._unfold)
        self._rest.hide()
        self._whole = False
        column.addWidget(self._rest)
        self._add.setVisible(can_add)
        self._shown: list[tuple[str, str]] | None = None
        self._option: str | None = None

    def show_items(self, items: list[tuple[str, str]], option: str | None = None) -> None:
        """Shows ids with the words for them; of an option, if they are an option's."""
        if items == self._shown and option == self._option:
            return
        self._shown, self._option = items, option
        self._heading.setText(f"{self._title} ({len(items)})")
        while (item := self._items.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fold()

    def _unfold(self) -> None:
        """Shows the whole list, or only its beginning again."""
        self._whole = not self._whole
        self._fold()

    def _fold(self) -> None:
        """Shows the first rows of a long list, or all; rows are made when they are first shown."""
        items = self._shown or []
        folds = len(items) > _MOST_ROWS + 1
        shown = len(items) if self._whole or not folds else _MOST_ROWS
        for key, words in items[self._items.count() : shown]:
            self._items.addWidget(self._button(key, words))
        for place in range(self._items.count()):
            item = self._items.itemAt(place)
            row = item.widget() if item is not None else None
            if row is not None:
                row.setVisible(place < shown)
        self._rest.setVisible(folds)
        self._rest.setText("Show fewer" if self._whole else f"Show {len(items) - _MOST_ROWS} more…")
        self._rest.setAccessibleName(f"{self._rest.text().rstrip('…')}, {self._title.lower()}")

    def _button(self, key: str, words: str) -> QPushButton:
        """Returns the row that opens one record."""
        button = ElidedButton(words)
        button.setObjectName(key)
        button.clicked.connect(lambda: self.opened.emit(self._subject(key)))
        return button

    def _subject(self, key: str) -> Subject:
        """Returns the subject of one record."""
        if self._option is not None:
            return Subject("scenario", ("options", self._option, self._kind, key))
        return Subject("scenario" if self._kind in _OF_SCENARIO else "pathway", (self._kind, key))


class Lists(QWidget):
    """Every list of the scenario."""

    opened = Signal(object)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lists: dict[str, RecordList] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for listed in LIST_MAPS:
            title = Pathway.model_fields[listed].title or listed
            self._lists[listed] = RecordList(title, listed, can_add=True)
        for kind in OPTION_MAPS:
            self._lists[kind] = RecordList(Option.model_fields[kind].title or kind, kind, can_add=True)
        for kind in _OF_SCENARIO:
            title = Scenario.model_fields[kind].title or kind
            self._lists[kind] = RecordList(title, kind, can_add=kind == "outcomes")
        for each in self._lists.values():
            each.opened.connect(self.opened)
            each.wanted.connect(self.wanted)
            column.addWidget(each)

    def refresh(self, document: Document) -> None:
        """Shows what there is now."""
        option = document.scenario.options.get(document.variant)
        for kind, each in self._lists.items():
            if kind in OPTION_MAPS:
                each.setVisible(option is not None)
                if option is not None:
                    held: Mapping[str, Record] = getattr(option, kind)
                    named_records = [(key, name + _detail(held[key])) for key, name in named(held)]
                    each.show_items(named_records, document.variant)
                continue
            holder = document.scenario if kind in _OF_SCENARIO else document.pathway
            members: Mapping[str, Record] = getattr(holder, kind)
            order = groups_of(document.pathway, "need_tier") if kind == "need_tiers" else named(members)
            each.show_items([(key, name + _detail(members[key])) for key, name in order])


def _detail(record: Record) -> str:
    """Returns what a list says of a record beyond its name."""
    if isinstance(record, Pool):
        if record.units is None:
            return ": unlimited"
        words = "units" if record.kind == "staff" else record.kind
        counted = f"{record.units} {words[:-1] if record.units == 1 else words}"
        return f": {counted} in each footprint" if record.per_footprint else f": {counted}"
    if isinstance(record, Shift):
        return f": £{record.amount.value:,.0f} a year"
    if isinstance(record, Assumption):
        return f" ({record.quality})"
    return ""
