"""For people who cannot see the screen well, cannot see colours, or have no mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas import arrows, boxes, shapes
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.runs import attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.paths import shipped
from pathway_modeller.report.drawing import style
from pathway_modeller.scenario.file.open_save import load

ENOUGH, ENOUGH_FOR_MARKS = 4.5, 3.0
"""Contrast of words, and of marks and frames (WCAG 2.2, criteria 1.4.3 and 1.4.11)."""
PAGES = ("pathway", "tables", "shifts", "triangle", "results")
USED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
"""Kinds of widget that somebody uses, and so has to be told what they are."""


def luminance(colour: QColor) -> float:
    """Returns the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | QColor, other: str | QColor) -> float:
    """Returns the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_worked_out_as_defined() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_words_of_every_widget_stand_out() -> None:
    palette, role = theme.light_palette(), QPalette.ColorRole
    for words, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.PlaceholderText, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
        (role.Link, role.Window),
    ):
        found = contrast(palette.color(words), palette.color(ground))
        assert found >= ENOUGH, (words, ground, found)


@pytest.mark.parametrize("ground", ["PALE", "PAPER", "PANEL", "TINT"])
@pytest.mark.parametrize("words", ["INK", "MUTED", "ERROR", "WARNING", "GOOD", "BLUE"])
def test_words_in_colour_stand_out_on_every_ground(words: str, ground: str) -> None:
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= ENOUGH


def test_the_style_sheet_puts_no_words_on_a_ground_like_them() -> None:
    for rule in re.findall(r"\{([^{}]*)\}", theme.stylesheet()):
        colours = dict(re.findall(r"(?<![-\w])(color|background): (#\w{6})", rule))
        if len(colours) == 2 and "#768692" not in colours.values():
            assert contrast(*colours.values()) >= ENOUGH, rule


def test_shapes_and_marks_of_the_drawing_stand_out() -> None:
    for look in shapes.LOOKS.values():
        assert contrast(look.colour, look.fill) >= ENOUGH_FOR_MARKS
        assert contrast(theme.INK, look.fill) >= ENOUGH
        assert contrast(theme.MUTED, look.fill) >= ENOUGH
    for colour in boxes.MARK_COLOURS.values():
        assert contrast(colour, theme.PAPER) >= ENOUGH, "the word on a mark is in the colour of the paper"


def test_no_meaning_by_colour_alone() -> None:
    assert set(arrows.SIGNS) == set(boxes.MARK_COLOURS), "each mark has its sign"
    assert len(set(arrows.SIGNS.values())) == len(arrows.SIGNS)
    marks = [style.mark(place) for place in range(12)]
    without_colour = [(each.marker, each.dash) for each in marks[:6]]
    assert len(set(without_colour)) == 6, "variants differ in marker and dash as well"
    outlines = {(look.size, look.is_pointed, look.is_double, look.outline, look.sign) for look in LOOKS()}
    assert len(outlines) == len(shapes.LOOKS), "kinds of element differ in shape as well"


def LOOKS() -> Iterator[shapes.Look]:
    """Yields how each kind of element looks."""
    yield from shapes.LOOKS.values()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with runs, in which the worked example is open."""
    made = MainWindow(Document(), QSettings())
    qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
    runs = attach_runs(made, workers=1)
    made.resize(1500, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.document.new(load(shipped("scenarios") / "wigan-outpatient-follow-up.json"))
    made.document.check_now()
    yield made
    runs.close()


def spoken(widget: QWidget) -> str:
    """Returns what a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None, widget
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> set[str]:
    """Returns the widgets that somebody uses and that a screen reader cannot name."""
    found = set[str]()
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, USED) or isinstance(widget, QScrollBar) or not widget.isVisible():
            continue
        inside = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        if inside or type(widget) is QScrollArea or widget.objectName().startswith("qt_"):
            continue
        if widget.metaObject().className() in ("QTableCornerButton", "QHeaderView", "CloseButton"):
            continue
        if not spoken(widget).strip():
            parents = (widget, widget.parentWidget(), widget.parentWidget().parentWidget())
            found.add(" < ".join(f"{type(each).__name__} {each.objectName()}" for each in parents if each))
    return found


def test_every_widget_has_a_name_for_those_who_hear_the_screen(window: MainWindow) -> None:
    found = set[str]()
    for variant in ("baseline", "near_home"):
        window.document.set_variant(variant)
        for page in PAGES:
            window.show_page(page)  # type: ignore[arg-type]
            QApplication.processEvents()
            found |= nameless(window)
    window.show_page("pathway")
    kinds = {window.document.pathway.map_of(key): key for key in window.document.pathway.drawn()}
    for key in (*kinds.values(), next(iter(window.document.pathway.transitions))):
        window.document.select((key,))
        QApplication.processEvents()
        found |= nameless(window)
    assert not found, "\n".join(sorted(found))


def test_tab_goes_through_the_window_from_top_to_bottom_and_back(qtbot: QtBot, window: MainWindow) -> None:
    window.document.select(())
    reached: list[QWidget] = []
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    window.view.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(400):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in reached and focus is not window.view:
            break
        if focus not in reached:
            reached.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert len(reached) > 20, "Tab leaves the drawing, and comes to whatever can be used"
    assert any(each is window.inspector or window.inspector.isAncestorOf(each) for each in reached)
    inside = [each for each in reached if window.inspector.isAncestorOf(each) and each.isVisible()]
    tops = [each.mapTo(window.inspector, QPoint(0, each.height() // 2)).y() for each in inside]
    backwards = sum(later < earlier - 12 for earlier, later in pairwise(tops))
    assert backwards <= 1, "the fields of the inspector follow each other downwards"
