"""Where patients go from an element: its arrows with their shares and what these add up to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pathway_modeller.gui.inspector.overview import ElidedButton
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.dated import Change
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Transition
from pathway_modeller.scenario.network.graph import arrows_out
from pathway_modeller.scenario.typed.numbers import number_words
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.scenario.words.sentences import date_words


class Outgoing(QWidget):
    """A row for each arrow out of an element, which leads there, and the sum of plain shares."""

    opened = Signal(object)
    """The subject of an arrow that somebody wants to see."""

    def __init__(self, key: str) -> None:
        """Makes an empty list for the element with an id."""
        super().__init__()
        self.setObjectName("outgoing")
        self._key = key
        self._shown: list[tuple[str, str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._sum = Label()
        self._sum.setObjectName("outgoing_sum")
        self._sum.setWordWrap(True)
        title = Label("Where patients go")
        title.setStyleSheet("font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addLayout(self._rows)
        column.addWidget(self._sum)

    def refresh(self, pathway: Pathway) -> None:
        """Shows the arrows of the moment."""
        arrows = arrows_out(pathway).get(self._key, [])
        drawn = pathway.drawn()
        items = [
            (key, f"{drawn[arrow.target].name if arrow.target in drawn else arrow.target}: {_taken(arrow)}")
            for key, arrow in arrows
        ]
        if items != self._shown:
            self._show(items)
        self._sum.setText(_sum_words([arrow for _, arrow in arrows]))
        self._sum.setVisible(bool(self._sum.text()))

    def _show(self, items: list[tuple[str, str]]) -> None:
        """Makes the rows anew."""
        self._shown = items
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in items:
            button = ElidedButton(words)
            button.setObjectName(key)
            subject = Subject("pathway", ("transitions", key))
            button.clicked.connect(lambda _=False, wanted=subject: self.opened.emit(wanted))
            self._rows.addWidget(button)


def _taken(arrow: Transition) -> str:
    """Returns who takes an arrow, in a few words."""
    if arrow.when is not None:
        return "when its condition holds"
    if isinstance(arrow.share, ByGroup):
        return "differs by group"
    if isinstance(arrow.share, Change):
        return f"changes on {date_words(arrow.share.starts)}"
    return f"{number_words(arrow.share, share=True)}%"


def _sum_words(arrows: list[Transition]) -> str:
    """Returns what the shares add up to, where each is one number."""
    if not arrows:
        return "No arrow leads on yet; draw one from a handle of the element."
    shares = [arrow.share for arrow in arrows if arrow.when is None]
    plain = [share for share in shares if not isinstance(share, ByGroup | Change)]
    if not plain or len(plain) < len(shares):
        return ""
    total = f"Total {number_words(round(sum(plain), 6), share=True)}%"
    return total if abs(sum(plain) - 1) < 1e-9 else f"⚠ {total}: shares should add up to 100%"
