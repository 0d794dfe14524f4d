"""Pages one behind the other, which need no more room than the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """A stack that is as narrow as its present page may be; Qt's own is as wide as the widest."""

    def __init__(self) -> None:
        """Begins without any."""
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Needs the room of the page shown."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()
