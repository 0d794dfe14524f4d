"""How the window looks: colours, sizes of text, the style sheet, and icons.

The colours are those of the government's Analysis Function, on the greys of the NHS identity. Colour never
carries a meaning alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from pathway_modeller.paths import shipped

BLUE: Final = "#12436D"
TEAL: Final = "#28A197"
PLUM: Final = "#801650"
ORANGE: Final = "#F46A25"
CHARCOAL: Final = "#3D3D3D"

INK: Final = "#212B32"
MUTED: Final = "#4C6272"
LINE: Final = "#AEB7BD"
PANEL: Final = "#E8EDEE"
PALE: Final = "#F5F7F8"
PAPER: Final = "#FFFFFF"
TINT: Final = "#E7EEF5"
ERROR: Final = "#A8170D"
WARNING: Final = "#8A4B00"
GOOD: Final = "#00664F"

VARIANT_COLOURS: Final = (BLUE, ORANGE, TEAL, PLUM, "#3D3D3D", "#A285D1")
"""The baseline's colour, then the options' in turn, as the charts have them."""

BASE_POINTS: Final = 10.0
"""The smallest size of text in panels, in points."""


def variant_colour(index: int) -> QColor:
    """Returns the colour of the baseline (0) or of an option (1, 2, …), which repeat after the third."""
    if index <= 0:
        return QColor(VARIANT_COLOURS[0])
    return QColor(VARIANT_COLOURS[1 + (index - 1) % (len(VARIANT_COLOURS) - 1)])


def scene_font(pixels: float, *, bold: bool = False) -> QFont:
    """Returns the system's font at a size in canvas points, which do not depend on the screen."""
    font = QFont()
    font.setPixelSize(round(pixels))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def icon(name: str) -> QIcon:
    """Returns an icon of ``resources/icons`` by its name without suffix.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    path = shipped("resources") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"no icon {name!r}")
    made = QIcon()
    for size in (16, 24, 32, 48):
        made.addFile(str(path), QSize(size, size))
    return made


def apply(app: QApplication) -> None:
    """Gives an application its colours, its size of text and its style sheet."""
    app.setStyle("Fusion")
    font = app.font()
    if font.pointSizeF() < BASE_POINTS:
        font.setPointSizeF(BASE_POINTS)
        app.setFont(font)
    app.setPalette(light_palette())
    app.setStyleSheet(stylesheet())


def light_palette() -> QPalette:
    """Returns the colours that Qt's own widgets use."""
    palette = QPalette()
    roles: Mapping[QPalette.ColorRole, str] = {
        QPalette.ColorRole.Window: PALE,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Base: PAPER,
        QPalette.ColorRole.AlternateBase: PALE,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.PlaceholderText: MUTED,
        QPalette.ColorRole.Button: PANEL,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: BLUE,
        QPalette.ColorRole.HighlightedText: PAPER,
        QPalette.ColorRole.ToolTipBase: INK,
        QPalette.ColorRole.ToolTipText: PAPER,
        QPalette.ColorRole.Link: BLUE,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#768692"))
    return palette


def stylesheet() -> str:
    """Returns the style sheet of the whole application."""
    return f"""
QToolTip {{ background: {INK}; color: {PAPER}; border: 1px solid {INK}; padding: 4px; }}
QToolBar {{ background: {PAPER}; border: 0; border-bottom: 1px solid {LINE}; spacing: 4px; padding: 4px; }}
QToolBar QToolButton {{ padding: 4px 6px; border: 1px solid transparent; border-radius: 4px; }}
QToolBar QToolButton:hover {{ background: {PANEL}; }}
QToolBar QToolButton:checked {{ background: {TINT}; border-color: {BLUE}; }}
QToolBar QToolButton:focus {{ border-color: {BLUE}; }}
QDockWidget::title {{ background: {PANEL}; padding: 6px 8px; text-align: left; }}
QPushButton {{ padding: 5px 12px; border: 1px solid {MUTED}; border-radius: 4px; background: {PAPER}; }}
QPushButton:hover {{ background: {PANEL}; }}
QPushButton:pressed {{ background: {LINE}; }}
QPushButton:focus {{ border: 2px solid {BLUE}; padding: 4px 11px; }}
QPushButton:disabled {{ color: #768692; border-color: {LINE}; background: {PALE}; }}
QPushButton[primary="true"] {{ background: {BLUE}; color: {PAPER}; border-color: {BLUE}; }}
QPushButton[primary="true"]:hover {{ background: #0D3050; }}
QPushButton[primary="true"]:disabled {{ background: {PANEL}; border-color: {LINE}; color: {MUTED}; }}
QStatusBar {{ background: {PANEL}; }}
QSplitter::handle {{ background: {PANEL}; }}
QLabel[hint="true"] {{ color: {MUTED}; }}
QLabel[fault="true"] {{ color: {ERROR}; }}
"""
