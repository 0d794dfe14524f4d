"""The workspace "Population and money": its tables on tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.tables.money import PayersSheet, ProvidersSheet, ShiftsSheet
from pathway_modeller.gui.tables.moves import MovesSheet
from pathway_modeller.gui.tables.page import TablePage
from pathway_modeller.gui.tables.people import PeopleSheet
from pathway_modeller.gui.tables.spending import SpendingSheet
from pathway_modeller.gui.tables.view import SheetView
from pathway_modeller.gui.wheel import only_with_keyboard


class Workspace(QWidget):
    """People, moves, payers and providers, spending, shifts, all of the variant shown.

    Signals:
        open_wanted: a record that somebody wants to see in the inspector.
        option_wanted: somebody wants to make an option.
    """

    open_wanted = Signal(object)
    option_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Makes the tables of a document."""
        super().__init__(parent)
        self.setObjectName("tables")
        self.people = TablePage(document, PeopleSheet)
        self.moves = TablePage(document, MovesSheet)
        self.payers = TablePage(document, PayersSheet, titled=True)
        self.providers = TablePage(document, ProvidersSheet, titled=True)
        self.spending = TablePage(document, SpendingSheet)
        self.shifts = TablePage(document, ShiftsSheet)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.payers)
        both.addWidget(self.providers)
        both.setChildrenCollapsible(False)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("table-tabs")
        self._tabs.setDocumentMode(True)
        only_with_keyboard(self._tabs.tabBar())
        for page, title in (
            (self.people, "People"),
            (self.moves, "Moves"),
            (both, "Payers and providers"),
            (self.spending, "Spending per head"),
            (self.shifts, "Investment shifts"),
        ):
            self._tabs.addTab(page, title)
        self._tabs.currentChanged.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)
        for each in self._pages():
            each.open_wanted.connect(self.open_wanted)
            each.people_wanted.connect(self._show_people)
            each.option_wanted.connect(self.option_wanted)

    def _pages(self) -> tuple[TablePage, ...]:
        """Returns every table's page."""
        return (self.people, self.moves, self.payers, self.providers, self.spending, self.shifts)

    def _turned(self) -> None:
        """Gives the keyboard to the table of another tab, unless somebody goes through the tabs by keys."""
        if self.isVisible() and not self._tabs.tabBar().hasFocus():
            self.take_keyboard()

    def _show_people(self) -> None:
        """Goes to the table of people."""
        self._tabs.setCurrentWidget(self.people)
        self.people.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def table(self) -> SheetView:
        """The table that has the keyboard, or else the first of the tab shown."""
        shown = [page for page in self._pages() if page.isVisibleTo(self)]
        held = [page for page in shown if page.view.hasFocus()]
        return (held or shown or [self.people])[0].view

    def take_keyboard(self) -> None:
        """Gives the keyboard to the table shown."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
