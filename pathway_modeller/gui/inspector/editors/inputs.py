"""Line, prose and combo fields that behave well inside a form with one history of edits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QToolTip,
    QWidget,
)

from pathway_modeller.gui.actions import is_escape_asked
from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.scenario.typed.notation import is_empty, quoted
from pathway_modeller.scenario.typed.numbers import WHOLE, number_words, read_whole

_HISTORY_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


_WIDEST_LIST = 520

_MOST_LETTERS = 2**24

_TOLD_MS = 60_000
"""How long a field says what it understood while nothing more is typed."""

_TIP_DROP = 14
"""Points by which Qt puts a tip below the place that is asked for."""

_TOLD_LETTERS = 4_000
"""Letters up to which a text of several lines is read while it is typed."""

Understands = Callable[[str], str]
"""Says of a text how it is understood."""


def tell(field: QWidget, words: str) -> None:
    """Says something right below a field, where it moves nothing, until the field is left."""
    if not words:
        QToolTip.hideText()
        return
    below = field.mapToGlobal(QPoint(0, field.height() - _TIP_DROP))
    QToolTip.showText(below, plain_tip(words), field, QRect(), _TOLD_MS)


def _asks_for_history(event: QEvent) -> bool:
    """Whether a field is asked for undo or redo, which it would take from the window."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _HISTORY_KEYS)
    )


def _settled(event: QEvent, *, is_typed: bool) -> bool | None:
    """Settles whose a key is that both a field and the window want; ``None`` for any other event.

    Undo and redo are the window's while nothing is typed; Escape is the field's while something is, even
    where the window stops a run with it.
    """
    if not is_typed and _asks_for_history(event):
        event.ignore()
        return False
    if is_typed and is_escape_asked(event):
        event.accept()
        return True
    return None


class ReadLine(QLineEdit):
    """A line that says below itself, while something is typed, how that is understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.understands: Understands | None = None
        self.textEdited.connect(self._tell)
        self.editingFinished.connect(lambda: self._tell(""))

    def _tell(self, text: str) -> None:
        """Says how the text is understood so far."""
        if self.understands is not None:
            tell(self, self.understands(text) if text else "")


class Line(ReadLine):
    """A line that undoes its own typing only while there is any; afterwards the window undoes edits."""

    left = Signal()
    """The keyboard has gone elsewhere, whether or not anything was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = self._shown = ""
        # Qt cuts what is pasted at 32,767 letters, and says nothing.
        self.setMaxLength(_MOST_LETTERS)
        self.setMinimumWidth(36)

    @property
    def is_typed(self) -> bool:
        """Whether the text differs from what was last shown."""
        return self.text() != self._shown

    def words(self) -> str:
        """Returns what is typed; else what was given to be shown, which Qt may show otherwise."""
        return self.text() if self.is_typed else self._given

    def show_text(self, text: str) -> None:
        """Shows a text as the committed one; the cursor stays where it was if the text is the same."""
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)
                self.setCursorPosition(0)
        self._given, self._shown = text, self.text()

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window when nothing has been typed since the last commit."""
        settled = _settled(event, is_typed=self.is_typed)
        return super().event(event) if settled is None else settled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.is_typed:
            self.setText(self._shown)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the line was left."""
        super().focusOutEvent(event)
        self.left.emit()


class WholeNumber(QSpinBox):
    """A whole number with arrows, read as in every other field; what cannot be read stays, with its reason.

    It undoes its own typing only while there is any, as :class:`Line` does.
    """

    def __init__(self, parent: QWidget | None = None, *, grouped: bool = True) -> None:
        """Makes the field; groups of three digits are set apart, unless the number is a name."""
        super().__init__(parent)
        self._grouped = grouped
        self._refused = ""
        self.setKeyboardTracking(False)
        self.lineEdit().textEdited.connect(self._tell)
        self.editingFinished.connect(self._finished)
        self.valueChanged.connect(lambda _value: self.forget())

    @property
    def is_typed(self) -> bool:
        """Whether something is typed that is not taken in yet."""
        return bool(self._refused) or self.lineEdit().text() != self.textFromValue(self.value())

    @property
    def mistake(self) -> str:
        """Why what stands in the field is not taken in; empty if it is."""
        return self._mistake(self._refused) if self._refused else ""

    def show_value(self, value: int) -> None:
        """Shows a number as the committed one; what was typed and not taken in stays until it is another."""
        if value != self.value():
            self.forget()
            with QSignalBlocker(self):
                self.setValue(value)

    def _mistake(self, text: str) -> str:
        """Returns why a text is no number for this field; nothing if it is one."""
        why = WHOLE.mistake(text)
        if why:
            return f"{why}."
        if self.minimum() <= read_whole(text) <= self.maximum():
            return ""
        limits = f"{number_words(self.minimum())} to {number_words(self.maximum())}"
        return f"{quoted(text)} is out of reach: write a whole number from {limits}."

    def _tell(self, text: str) -> None:
        """Says how the text is understood so far."""
        if not is_empty(text) and text != self.specialValueText():
            tell(self, self._mistake(text) or WHOLE.understood(text))

    def _finished(self) -> None:
        """Says why what was typed is not taken in."""
        tell(self, self.mistake)

    def forget(self) -> None:
        """Shows the number again in the place of what could not be read."""
        if self._refused:
            self._refused = ""
            self.lineEdit().setText(self.textFromValue(self.value()))

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Lets everything be typed; what is no number is said, not swallowed."""
        return QValidator.State.Acceptable, text, place

    def valueFromText(self, text: str) -> int:
        """Returns the number that a text says; the present one, where it says none."""
        bare = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        self._refused = ""
        if bare and bare == self.specialValueText():
            return self.minimum()
        if is_empty(bare):
            return self.value()
        if self._mistake(bare):
            self._refused = bare
            return self.value()
        return read_whole(bare)

    def textFromValue(self, value: int) -> str:
        """Returns a number as it is shown, or what was typed in its place and cannot be read."""
        if self._refused and value == self.value():
            return self._refused
        return number_words(value) if self._grouped else str(value)

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window when nothing has been typed since the last commit."""
        settled = _settled(event, is_typed=self.is_typed)
        return super().event(event) if settled is None else settled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed, taken in or not."""
        if event.key() == Qt.Key.Key_Escape and self.is_typed:
            self.forget()
            self.lineEdit().setText(self.textFromValue(self.value()))
            self.selectAll()
            return
        super().keyPressEvent(event)


class Prose(QPlainTextEdit):
    """A few lines of text, committed on leaving the field."""

    left = Signal()

    _FEWEST, _MOST = 2, 10
    """Lines that are shown at least, and at most before it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = self._shown = ""
        self.understands: Understands | None = None
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def is_typed(self) -> bool:
        """Whether the text differs from what was last shown."""
        return self.toPlainText() != self._shown

    def words(self) -> str:
        """Returns what is typed; else what was given to be shown, some signs of which Qt shows otherwise."""
        return self.toPlainText() if self.is_typed else self._given

    def _fit(self) -> None:
        """Grows with its text."""
        needed = round(self.document().size().height())
        # Never "as needed": a bar that comes after the lines were broken would stand on their ends.
        bar = Qt.ScrollBarPolicy
        policy = bar.ScrollBarAlwaysOn if needed > self._MOST else bar.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
            QTimer.singleShot(0, self, self._break_lines)
        lines = min(max(needed, self._FEWEST), self._MOST)
        height = self.fontMetrics().lineSpacing() * lines + 14
        if height != self.height():
            self.setFixedHeight(height)

    def _break_lines(self) -> None:
        """Breaks the lines anew, at the width that the bar leaves."""
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the text to another width."""
        super().resizeEvent(event)
        self._fit()

    def show_text(self, text: str) -> None:
        """Shows a text as the committed one."""
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()
        self._given, self._shown = text, self.toPlainText()

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window when nothing has been typed since the last commit."""
        settled = _settled(event, is_typed=self.is_typed)
        return super().event(event) if settled is None else settled

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Says how the text is understood so far; a long one is read when the field is left."""
        super().keyReleaseEvent(event)
        text = self.toPlainText()
        if self.understands is not None and text != self._shown and len(text) < _TOLD_LETTERS:
            tell(self, self.understands(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.is_typed:
            self.setPlainText(self._shown)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class Combo(QComboBox):
    """A combo that a turn of the wheel over a form does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the form."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Shows the whole choice on pointing at it, where it is cut off."""
        cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self.width() - 30
        if cut and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.currentText()), self)
            return True
        return super().event(event)

    def showPopup(self) -> None:
        """Opens the list wide enough for its longest entry, within reason."""
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + 28, _WIDEST_LIST))
        super().showPopup()

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Replaces the choices (id, words); nothing is emitted."""
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] == choices:
            return
        with QSignalBlocker(self):
            self.clear()
            for key, words in choices:
                self.addItem(words, key)

    def choose(self, key: str) -> bool:
        """Shows a choice; returns whether it is on offer."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(key))
        return self.currentIndex() >= 0

    def chosen(self) -> str | None:
        """Returns the id of the choice that is shown."""
        key = self.currentData()
        return key if isinstance(key, str) else None


class Adder(Combo):
    """A combo that adds what is chosen: nothing is chosen but from its open list, so keys pass nothing by."""

    _OPENING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
    _LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the list; letters then look for an entry, and only Return takes it."""
        if event.key() in self._OPENING:
            self.showPopup()
        elif event.key() in self._LEAVING or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.text().isprintable() and event.text():
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            event.ignore()


def remove_button(what: str) -> QToolButton:
    """Makes the small button that removes a row."""
    button = QToolButton()
    button.setText("✕")
    button.setAutoRaise(True)
    button.setObjectName("remove")
    button.setToolTip(plain_tip(f"Remove {what}"))
    button.setAccessibleName(f"Remove {what}")
    return button
