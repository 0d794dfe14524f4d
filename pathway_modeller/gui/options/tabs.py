"""The tabs above the drawing: the baseline, each option, and a way to a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionTab,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from pathway_modeller.gui import theme
from pathway_modeller.gui.actions import ActionSpec, fill, is_escape_asked, make_actions
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.plain import as_typed, literal, plain_tip
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import add_option, remove_option, rename_option
from pathway_modeller.scenario.options import BASELINE

_HEAD = 3
"""Fewer letters than that of the words with which several names begin say nothing."""


class NameLine(QLineEdit):
    """A line in place of a tab, for its name; Escape leaves everything as it was.

    While it is open it has the keyboard, and gives it back to what had it before.
    """

    def __init__(self, parent: QWidget) -> None:
        """Begins closed."""
        super().__init__(parent)
        self._before: QWidget | None = None
        self.hide()

    def open(self, name: str) -> None:
        """Shows itself with a first proposal."""
        self._before = self.window().focusWidget()
        self.setText(name)
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_line(self) -> None:
        """Hides itself."""
        before, self._before = self._before, None
        # Before it hides: else Qt takes the next widget, and Delete would reach something else.
        if self.hasFocus() and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Takes Escape before the window does, which has another use for it while a run is under way."""
        if is_escape_asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Gives up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.close_line()
            return
        super().keyPressEvent(event)


class VariantBar(QTabBar):
    """Tabs that shorten long names where there is no room, but never the baseline's or the present one's."""

    _NARROWEST = 130

    def minimumTabSizeHint(self, index: int) -> QSize:
        """The baseline and the present tab keep their width; the others give way."""
        size = self.tabSizeHint(index)
        if index in (0, self.currentIndex()):
            return size
        return QSize(min(size.width(), self._NARROWEST), size.height())

    def initStyleOption(self, option: QStyleOptionTab, index: int) -> None:
        """Draws a name for which there is no room by what tells it from the others."""
        super().initStyleOption(option, index)
        if option.text != self.tabText(index):
            room = self.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, self).width()
            names = [as_typed(self.tabText(place)) for place in range(self.count())]
            metrics = self.fontMetrics()
            option.text = literal(
                shortened(
                    names[index],
                    names[:index] + names[index + 1 :],
                    lambda words: metrics.horizontalAdvance(words) <= room,
                    metrics.elidedText(names[index], self.elideMode(), room),
                )
            )


class OptionTabs(QWidget):
    """Shows and chooses the variant; makes, names, copies and deletes options, each one step to undo.

    Signals:
        shifts_wanted: somebody wants to draw investment shifts of the option shown.
        activity_shift_wanted: somebody wants to move contacts from one activity to another.
    """

    shifts_wanted = Signal()
    activity_shift_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self._document = document
        self._naming: str | None = None
        self._tabs: list[tuple[str, str, str]] = []
        self._bar = VariantBar()
        self._bar.setObjectName("variants")
        only_with_keyboard(self._bar)
        self._bar.setAccessibleName("Baseline and options")
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        # Names of options often begin alike and differ at their end.
        self._bar.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._bar.setUsesScrollButtons(True)
        self._bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._bar.customContextMenuRequested.connect(self._show_menu_at)
        self._bar.currentChanged.connect(self._chosen)
        self._bar.tabBarDoubleClicked.connect(self.start_rename)
        self._new = self._button("new-option", "+ Option", "New option: begins as the baseline is")
        self._new.clicked.connect(self.start_new)
        self._more = self._button(
            "option-menu", "⋯", "Rename, copy or delete this option; move activity and money"
        )
        self._more.clicked.connect(lambda: self._show_menu(self._more.mapToGlobal(QPoint(0, 24))))
        self._line = NameLine(self)
        self._line.setObjectName("option-name")
        self._line.setPlaceholderText("Name of the option")
        self._line.setAccessibleName("Name of the option")
        self._line.setFixedWidth(220)
        self._line.editingFinished.connect(self._named)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 0)
        row.setSpacing(2)
        row.addWidget(self._bar)
        row.addWidget(self._line)
        row.addWidget(self._more)
        row.addWidget(self._new)
        row.addStretch(1)
        document.scenario_changed.connect(self.refresh)
        document.variant_changed.connect(lambda _variant: self.refresh())
        document.opened.connect(self._begin_anew)
        document.typed.register(self, self)
        self.refresh()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        """Returns a small flat button."""
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        return button

    # What is shown -----------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        """Shows another scenario; a name that was being typed was of an option of the one before."""
        self._line.clear()
        self._named()
        self.refresh()

    def refresh(self) -> None:
        """Shows a tab for each variant, the present one pressed: its short name, if it has one."""
        options = self._document.scenario.options
        wanted = [
            (BASELINE, "Baseline", "Baseline"),
            *((key, option.short_name or option.name, option.name) for key, option in options.items()),
        ]
        with QSignalBlocker(self._bar):
            if self._tabs != wanted:
                self._tabs = wanted
                while self._bar.count():
                    self._bar.removeTab(0)
                for index, (key, short, name) in enumerate(wanted):
                    self._bar.addTab(swatch(index), literal(short))
                    self._bar.setTabData(index, key)
                    self._bar.setTabToolTip(index, plain_tip(name))
            variant = self._document.variant
            self._bar.setCurrentIndex([key for key, _, _ in wanted].index(variant))
        self._more.setVisible(self._document.variant != BASELINE)

    def _chosen(self, index: int) -> None:
        """Shows the variant of a tab."""
        key = self._bar.tabData(index)
        if isinstance(key, str):
            self._document.set_variant(key)

    def _show_menu_at(self, position: QPoint) -> None:
        """Shows the menu of the tab that was pointed at."""
        index = self._bar.tabAt(position)
        if index > 0:
            self._bar.setCurrentIndex(index)
            self._show_menu(self._bar.mapToGlobal(position))

    def _show_menu(self, position: QPoint) -> None:
        """Shows what can be done with the present option."""
        menu = QMenu(self)
        menu.setObjectName("option-actions")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        order = ("rename", "duplicate", "delete", "-", "move_activity", "shifts")
        fill(menu, order, make_actions(menu, ACTIONS, to=self))
        menu.popup(position)

    # Naming in place ---------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Asks for the name of a new option, in place."""
        self._ask(None, f"Option {len(self._document.scenario.options) + 1}")

    def rename_present(self) -> None:
        """Asks for another name of the present option, in place."""
        self.start_rename(self._bar.currentIndex())

    def start_rename(self, index: int) -> None:
        """Asks for another name, in place; the baseline keeps its own."""
        key = self._bar.tabData(index)
        if isinstance(key, str) and key != BASELINE:
            self._ask(key, self._document.scenario.options[key].name)

    def _ask(self, key: str | None, name: str) -> None:
        """Shows the line with a first proposal."""
        self._document.typed.leave()
        self._naming = key
        self._line.open(name)

    def half_typed(self) -> Iterator[Typed]:
        """Returns the name being typed, if one is."""
        if not self._line.isHidden():
            yield Typed("Name of the option", self._take_name)

    def _take_name(self) -> str:
        """Takes in the name being typed; one without a letter leaves everything as it was."""
        self._named()
        return ""

    def _named(self) -> None:
        """Takes the name that was typed."""
        if self._line.isHidden():
            return
        name, key = self._line.text().strip(), self._naming
        self._naming = None
        with QSignalBlocker(self._line):
            self._line.close_line()
        if not name:
            return
        if key is None:
            self._add(name, BASELINE)
        elif key in self._document.scenario.options:
            self._document.edit_scenario(
                f"rename option to {name}", lambda scenario: rename_option(scenario, key, name)
            )

    # Options -----------------------------------------------------------------------------------------

    def duplicate(self) -> None:
        """Makes a copy of the present option."""
        self._document.typed.leave()
        variant = self._document.variant
        if variant != BASELINE:
            self._add(f"{self._document.scenario.options[variant].name} (copy)", variant)

    def delete(self) -> None:
        """Deletes the present option."""
        self._document.typed.leave("selection", "variant")
        variant = self._document.variant
        if variant != BASELINE:
            name = self._document.scenario.options[variant].name
            self._document.edit_scenario(
                f"delete option {name}", lambda scenario: remove_option(scenario, variant)
            )

    def _add(self, name: str, copy_of: str) -> None:
        """Adds an option and shows it."""
        made: list[str] = []

        def change(scenario: Scenario) -> Scenario:
            changed, key = add_option(scenario, name, copy_of)
            made.append(key)
            return changed

        self._document.edit_scenario(f"add option {name}", change)
        self._document.set_variant(made[-1])


def shortened(name: str, others: Sequence[str], fits: Callable[[str], bool], otherwise: str) -> str:
    """Returns a name with its end, and as much of the beginning that another shares as there is room for.

    Args:
        name: whole.
        others: names beside which it stands.
        fits: whether there is room for some words.
        otherwise: what is shown where nothing is left that tells the names apart, or not even that fits.
    """
    words = name.split()
    rivals = [other.split() for other in others]
    alike = max((_alike(words, rival) for rival in rivals), default=0)
    if not 0 < alike < len(words):
        return otherwise
    head = " ".join(words[:alike])
    for first in range(alike, len(words)):
        tail = words[first:]
        if any(rival[-len(tail) :] == tail for rival in rivals):
            continue
        heads = (head[:kept].rstrip(" ,") for kept in (*range(len(head), _HEAD - 1, -1), 0))
        tries = (f"{each}…{' '.join(tail)}" for each in heads)
        found = next((each for each in tries if fits(each)), None)
        if found is not None:
            return found
    return otherwise


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    """Returns with how many of the same words two names begin."""
    pairs = zip(words, others, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(words), len(others))
    )


def swatch(index: int) -> QIcon:
    """Returns a small square in a variant's colour; its name always stands beside it."""
    pixmap = QPixmap(12, 12)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(1, 1, 10, 10, theme.variant_colour(index))
    painter.end()
    return QIcon(pixmap)


ACTIONS: tuple[ActionSpec[OptionTabs], ...] = (
    ActionSpec("rename", "Rename", lambda tabs: tabs.rename_present()),
    ActionSpec("duplicate", "Duplicate", lambda tabs: tabs.duplicate()),
    ActionSpec("delete", "Delete", lambda tabs: tabs.delete()),
    ActionSpec("move_activity", "Move activity…", lambda tabs: tabs.activity_shift_wanted.emit()),
    ActionSpec("shifts", "Draw investment shifts", lambda tabs: tabs.shifts_wanted.emit()),
)
"""What can be done with the present option."""
