"""Every menu entry and toolbar button as data: one table, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from pathway_modeller.gui import theme

if TYPE_CHECKING:
    from pathway_modeller.gui.window import MainWindow

Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class ActionSpec:
    """One thing that the window can do.

    Attributes:
        key: by which menus, toolbar and tests name it.
        text: in the menu, with its mnemonic.
        handler: does it.
        shortcut: keys, a standard key or a text.
        icon: name of an icon of ``resources/icons``.
        tip: what it does, for tooltip and status bar.
        checkable: whether it stays pressed.
        in_drawing: whether its keys count only while the drawing has the keyboard.
        short: on the toolbar, where there is less room than in the menu.
    """

    key: str
    text: str
    handler: Callable[[MainWindow], object]
    shortcut: QKeySequence.StandardKey | str | None = None
    icon: str | None = None
    tip: str = ""
    checkable: bool = False
    in_drawing: bool = False
    short: str = ""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "&New", lambda w: w.files.new(), Keys.New, "new", "Begin an empty scenario"),
    ActionSpec("open", "&Open…", lambda w: w.files.ask_open(), Keys.Open, "open", "Open a scenario file"),
    ActionSpec("save", "&Save", lambda w: w.files.save(), Keys.Save, "save", "Save the scenario"),
    ActionSpec(
        "save_as", "Save &as…", lambda w: w.files.save_as(), "Ctrl+Shift+S", tip="Save it in another file"
    ),
    ActionSpec("quit", "&Quit", lambda w: w.quit(), "Ctrl+Q", tip="Leave Pathway Modeller"),
    ActionSpec("undo", "&Undo", lambda w: w.undo(), Keys.Undo, "undo", "Take back the last change"),
    ActionSpec("redo", "&Redo", lambda w: w.redo(), "Ctrl+Y", "redo", "Do it again"),
    ActionSpec(
        "cut",
        "Cu&t",
        lambda w: w.hands.cut(),
        Keys.Cut,
        "cut",
        "Cut what is selected",
        in_drawing=True,
    ),
    ActionSpec(
        "copy",
        "&Copy",
        lambda w: w.hands.copy(),
        Keys.Copy,
        "copy",
        "Copy what is selected",
        in_drawing=True,
    ),
    ActionSpec(
        "paste",
        "&Paste",
        lambda w: w.hands.paste(),
        Keys.Paste,
        "paste",
        "Paste elements",
        in_drawing=True,
    ),
    ActionSpec(
        "delete",
        "&Delete",
        lambda w: w.hands.delete(),
        Keys.Delete,
        "delete",
        "Delete what is selected",
        in_drawing=True,
    ),
    ActionSpec(
        "select_all",
        "Select &all",
        lambda w: w.hands.select_all(),
        Keys.SelectAll,
        tip="Select every element",
        in_drawing=True,
    ),
    ActionSpec("zoom_in", "Zoom &in", lambda w: w.view.zoom_in(), Keys.ZoomIn, "zoom-in", "Larger"),
    ActionSpec("zoom_out", "Zoom &out", lambda w: w.view.zoom_out(), Keys.ZoomOut, "zoom-out", "Smaller"),
    ActionSpec("fit", "&Fit the drawing", lambda w: w.view.fit(), "Ctrl+0", "fit", "Show the whole pathway"),
    ActionSpec(
        "show_pathway",
        "&Pathway",
        lambda w: w.show_page("pathway"),
        "Ctrl+1",
        "edit",
        "Draw and describe the pathway",
        checkable=True,
    ),
    ActionSpec(
        "show_results",
        "&Results",
        lambda w: w.show_page("results"),
        "Ctrl+2",
        "results",
        "Read what the runs say",
        checkable=True,
    ),
    ActionSpec(
        "show_tables",
        "Population and &money",
        lambda w: w.show_page("tables"),
        "Ctrl+3",
        "people",
        "Type or paste people, moves, payers, spending and shifts",
        checkable=True,
        short="Population",
    ),
    ActionSpec(
        "show_shifts",
        "Investment &shifts",
        lambda w: w.show_page("shifts"),
        "Ctrl+4",
        "shift",
        "Draw money moving from pool to pool, and see what follows month by month",
        checkable=True,
    ),
    ActionSpec(
        "show_triangle",
        "&Triangle of need",
        lambda w: w.show_page("triangle"),
        "Ctrl+5",
        "triangle",
        "People and money by need tier, year by year",
        checkable=True,
    ),
    ActionSpec(
        "panel_inspector",
        "&Inspector",
        lambda w: w.toggle_panel("inspector"),
        "F4",
        tip="Show or hide the inspector",
        checkable=True,
    ),
    ActionSpec(
        "panel_bottom",
        "Problems and &changes",
        lambda w: w.toggle_panel("bottom"),
        "F6",
        tip="Show or hide the lists below the drawing",
        checkable=True,
    ),
    ActionSpec("guide", "&Guide", lambda w: w.show_guide(), Keys.HelpContents, "help"),
    ActionSpec("rules", "&Rules of the simulation", lambda w: w.show_rules()),
    ActionSpec("about", "&About Pathway Modeller", lambda w: w.show_about()),
)
"""Everything the window can do."""

SEPARATOR = "-"

MENUS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("file", "&File", ("new", "open", "examples", "recent", "-", "save", "save_as", "-", "quit")),
    ("edit", "&Edit", ("undo", "redo", "-", "cut", "copy", "paste", "delete", "-", "select_all")),
    (
        "view",
        "&View",
        (
            "show_pathway",
            "show_tables",
            "show_shifts",
            "show_triangle",
            "show_results",
            "-",
            "zoom_in",
            "zoom_out",
            "fit",
            "-",
            "panel_inspector",
            "panel_bottom",
        ),
    ),
    ("help", "&Help", ("guide", "rules", "about")),
)
"""Menus in order: key, title, entries; ``examples`` and ``recent`` are menus of their own."""

TOOLBAR: tuple[str, ...] = ("open", "save", "-", "undo", "redo", "-", "zoom_out", "zoom_in", "fit", "-")
"""Buttons before the switch between pathway, tables and results."""

SWITCH: tuple[str, ...] = ("show_pathway", "show_tables", "show_results")

VIEWS: tuple[str, ...] = ("show_shifts", "show_triangle")
"""Other views of the variant shown, at the right of the variants: the toolbar has no room for them."""


def make_actions(window: MainWindow) -> dict[str, QAction]:
    """Makes every action of the window."""
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        action.setObjectName(spec.key)
        if spec.icon is not None:
            action.setIcon(theme.icon(spec.icon))
        if spec.shortcut is not None:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.in_drawing:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if spec.short:
            action.setIconText(spec.short)
        action.setCheckable(spec.checkable)
        action.setStatusTip(spec.tip)
        action.setToolTip(_tip(spec, action))
        action.triggered.connect(lambda _checked=False, do=spec.handler: do(window))
        made[spec.key] = action
    return made


def _tip(spec: ActionSpec, action: QAction) -> str:
    """Returns what a button says on pointing at it: what it does, and its keys."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words = spec.tip or spec.text.replace("&", "")
    return f"{words} ({keys})" if keys else words


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Makes the menus; returns those that are filled later, by key."""
    later: dict[str, QMenu] = {}
    for key, title, entries in MENUS:
        menu = bar.addMenu(title)
        menu.setObjectName(f"menu-{key}")
        for entry in entries:
            if entry == SEPARATOR:
                menu.addSeparator()
            elif entry in actions:
                menu.addAction(actions[entry])
            else:
                later[entry] = menu.addMenu({"examples": "Open &example", "recent": "Open &recent"}[entry])
    return later


def fill_toolbar(bar: QToolBar, actions: Mapping[str, QAction], keys: tuple[str, ...]) -> None:
    """Puts actions on a toolbar."""
    for key in keys:
        if key == SEPARATOR:
            bar.addSeparator()
        else:
            bar.addAction(actions[key])
