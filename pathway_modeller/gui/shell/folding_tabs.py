"""Lists below the drawing, of which only the tabs stay where there is no room for them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QTabWidget

_NO_LIMIT = 16_777_215
"""Qt's largest height."""
_OPEN = 150
"""Points across which the lists open by a click on a tab."""


class FoldingTabs(QTabWidget):
    """Tabs whose pages can be put away; a click on a tab opens them.

    Signals:
        folded_changed: the pages were put away, or opened.
    """

    folded_changed = Signal()

    def __init__(self) -> None:
        """Begins open."""
        super().__init__()
        self._folded = False
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName("Lists below the drawing")
        self.tabBarClicked.connect(self._clicked)
        self._may_close = False

    @property
    def is_folded(self) -> bool:
        """Whether only the tabs are shown."""
        return self._folded

    def fold(self, folded: bool) -> None:
        """Shows only the tabs, or the pages too."""
        self._may_close = self._may_close or folded
        if folded == self._folded:
            return
        self._folded = folded
        page = self.currentWidget()
        if page is not None:
            page.setVisible(not folded)
        if folded:
            height = self.tabBar().sizeHint().height()
            self.setFixedHeight(height)
            self._take_room(height)
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_NO_LIMIT)
            self._take_room(_OPEN)
        self.folded_changed.emit()

    def _take_room(self, height: int) -> None:
        """Takes so much of the room of the splitter; the rest is for what stands above."""
        splitter = self.parentWidget()
        if isinstance(splitter, QSplitter):
            whole = sum(splitter.sizes())
            splitter.setSizes([max(whole - height, 0), height])

    def _clicked(self, place: int) -> None:
        """Opens the pages; a click on the tab of the page that is open closes them again."""
        if self._folded:
            self.fold(False)
        elif self._may_close and place == self.currentIndex():
            self.fold(True)
