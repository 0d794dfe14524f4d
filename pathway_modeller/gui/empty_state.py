"""Words and buttons in the middle of a page that has nothing else to show."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_WIDTH = 620
"""Points across that are easily read."""


def block_in_the_middle(page: QWidget) -> QVBoxLayout:
    """Returns the layout of a block that stands in the middle of a page, a little above its centre."""
    block = QWidget()
    block.setMaximumWidth(_WIDTH)
    inner = QVBoxLayout(block)
    inner.setSpacing(12)
    across = QHBoxLayout()
    across.addStretch(1)
    # In a narrow window it takes nearly all there is.
    across.addWidget(block, 20)
    across.addStretch(1)
    column = QVBoxLayout(page)
    column.addStretch(2)
    column.addLayout(across)
    column.addStretch(3)
    return inner
