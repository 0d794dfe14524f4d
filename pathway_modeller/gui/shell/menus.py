"""Every entry of the window's menus and toolbar as data: tables, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from pathway_modeller.gui.actions import ActionSpec, fill
from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.edit_target import Hands
from pathway_modeller.gui.shell.files import FileCommands

Page = Literal["pathway", "tables", "shifts", "triangle", "results"]
Panel = Literal["inspector", "bottom"]
Keys = QKeySequence.StandardKey
IN_DRAWING = Qt.ShortcutContext.WidgetWithChildrenShortcut
"""The keys of these count only while the drawing has the keyboard."""


class Commands(Protocol):
    """What the menus ask of the window."""

    files: FileCommands
    view: PathwayView

    @property
    def hands(self) -> Hands:
        """What cut, copy, paste and delete act on."""

    def undo(self) -> None:
        """Takes back the last change."""

    def redo(self) -> None:
        """Does again what was taken back."""

    def quit(self) -> None:
        """Closes the window."""

    def show_page(self, page: Page) -> None:
        """Shows a page."""

    def toggle_panel(self, panel: Panel) -> None:
        """Shows or hides a panel."""

    def show_guide(self) -> None:
        """Shows the guide for new users."""

    def show_keys(self) -> None:
        """Shows what every key does."""

    def show_rules(self) -> None:
        """Shows the rules of the simulation."""

    def show_about(self) -> None:
        """Shows version and licences."""


@dataclass(frozen=True)
class RunCommands:
    """What the menu Run asks for: each does it at once, or asks first."""

    run: Callable[[], object]
    run_shown: Callable[[], object]
    cancel: Callable[[], object]
    settings: Callable[[], object]
    check: Callable[[], object]
    export: Callable[[], object]


ACTIONS: tuple[ActionSpec[Commands], ...] = (
    ActionSpec("new", "&New", lambda w: w.files.new(), Keys.New, "new", "Begin an empty scenario"),
    ActionSpec("open", "&Open…", lambda w: w.files.ask_open(), Keys.Open, "open", "Open a scenario file"),
    ActionSpec("save", "&Save", lambda w: w.files.save(), Keys.Save, "save", "Save the scenario"),
    ActionSpec(
        "save_as", "Save &as…", lambda w: w.files.save_as(), "Ctrl+Shift+S", tip="Save it in another file"
    ),
    ActionSpec(
        "versions",
        "&Versions…",
        lambda w: w.files.past.show_versions(),
        tip="Look back at what the last saves of this file wrote",
    ),
    ActionSpec("quit", "&Quit", lambda w: w.quit(), "Ctrl+Q", tip="Leave Pathway Modeller"),
    ActionSpec("undo", "&Undo", lambda w: w.undo(), Keys.Undo, "undo", "Take back the last change"),
    ActionSpec("redo", "&Redo", lambda w: w.redo(), "Ctrl+Y", "redo", "Do it again", also=("Ctrl+Shift+Z",)),
    ActionSpec(
        "cut",
        "Cu&t",
        lambda w: w.hands.cut(),
        Keys.Cut,
        "cut",
        "Cut what is selected",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "copy",
        "&Copy",
        lambda w: w.hands.copy(),
        Keys.Copy,
        "copy",
        "Copy what is selected",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "paste",
        "&Paste",
        lambda w: w.hands.paste(),
        Keys.Paste,
        "paste",
        "Paste elements",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "delete",
        "&Delete",
        lambda w: w.hands.delete(),
        Keys.Delete,
        "delete",
        "Delete what is selected",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "select_all",
        "Select &all",
        lambda w: w.hands.select_all(),
        Keys.SelectAll,
        tip="Select every element",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "rename_element",
        "Rena&me",
        lambda w: w.view.rename(),
        "F2",
        tip="Rename the element selected",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "duplicate_elements",
        "Dup&licate",
        lambda w: w.view.commands.duplicate(),
        "Ctrl+D",
        tip="Duplicate what is selected",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "connect_elements",
        "C&onnect",
        lambda w: w.view.connect_selected(),
        "C",
        tip="Connect the first of two elements selected to the second",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "zoom_in", "&Zoom in", lambda w: w.view.zoom_in(), Keys.ZoomIn, "zoom-in", "Larger", reach=IN_DRAWING
    ),
    ActionSpec(
        "zoom_out",
        "Zoom &out",
        lambda w: w.view.zoom_out(),
        Keys.ZoomOut,
        "zoom-out",
        "Smaller",
        reach=IN_DRAWING,
    ),
    ActionSpec(
        "fit",
        "&Fit the drawing",
        lambda w: w.view.fit(),
        "Ctrl+0",
        "fit",
        "Show the whole pathway",
        reach=IN_DRAWING,
    ),
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
    ActionSpec("guide", "&Guide and keys", lambda w: w.show_guide(), Keys.HelpContents, "help"),
    ActionSpec("keys", "&Keys", lambda w: w.show_keys()),
    ActionSpec("rules", "&Rules of the simulation", lambda w: w.show_rules()),
    ActionSpec("about", "&About Pathway Modeller", lambda w: w.show_about()),
)
"""Everything the window can do by itself."""

RUN_ACTIONS: tuple[ActionSpec[RunCommands], ...] = (
    ActionSpec("run_all", "&Run", lambda r: r.run(), "F5"),
    ActionSpec("run_shown", "Run only what is &shown", lambda r: r.run_shown(), "Shift+F5"),
    ActionSpec("run_cancel", "&Cancel the run", lambda r: r.cancel(), "Esc"),
    ActionSpec(
        "run_settings",
        "Run se&ttings…",
        lambda r: r.settings(),
        "Ctrl+R",
        tip="Which engine simulates, and where",
    ),
    ActionSpec(
        "check_engines",
        "Chec&k the two engines against each other…",
        lambda r: r.check(),
        "Ctrl+F5",
        tip="Play the variant shown on both engines, and compare them event by event",
    ),
    ActionSpec("export_all", "&Export all charts…", lambda r: r.export()),
)
"""What it can do once there is what runs."""

MENUS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("file", "&File", ("new", "open", "examples", "recent", "-", "save", "save_as", "versions", "-", "quit")),
    (
        "edit",
        "&Edit",
        (
            "undo",
            "redo",
            "-",
            "cut",
            "copy",
            "paste",
            "duplicate_elements",
            "delete",
            "-",
            "rename_element",
            "connect_elements",
            "select_all",
        ),
    ),
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
    (
        "run",
        "&Run",
        ("run_all", "run_shown", "run_cancel", "-", "run_settings", "check_engines", "export_all"),
    ),
    ("help", "&Help", ("guide", "keys", "rules", "about")),
)
"""Menus in order: key, title, entries; those of ``SUBMENUS`` are menus of their own."""

SUBMENUS: Mapping[str, str] = {"examples": "Open &example", "recent": "Open &recent"}
"""Menus within menus, which are filled when they are opened."""

TOOLBAR: tuple[str, ...] = ("open", "save", "-", "undo", "redo", "-", "zoom_out", "zoom_in", "fit", "-")
"""Buttons before the switch between pathway, tables and results."""

SWITCH: tuple[str, ...] = ("show_pathway", "show_tables", "show_results")

VIEWS: tuple[str, ...] = ("show_shifts", "show_triangle")
"""Other views of the variant shown, at the right of the variants: the toolbar has no room for them."""


def add_menu(bar: QMenuBar, key: str, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Adds one of the menus, before those that come after it; returns its submenus, by key."""
    place = [each for each, _, _ in MENUS].index(key)
    _, title, entries = MENUS[place]
    menu = QMenu(title, bar)
    menu.setObjectName(f"menu-{key}")
    submenus = {entry: QMenu(SUBMENUS[entry], menu) for entry in entries if entry in SUBMENUS}
    fill(menu, entries, {**actions, **{entry: each.menuAction() for entry, each in submenus.items()}})
    later = {f"menu-{each}" for each, _, _ in MENUS[place + 1 :]}
    following = [each for each in bar.actions() if _name_of(each) in later]
    bar.insertMenu(following[0], menu) if following else bar.addMenu(menu)
    return submenus


def _name_of(entry: QAction) -> str:
    """Returns the name of the menu that an entry of the menu bar opens."""
    menu = entry.menu()
    return menu.objectName() if isinstance(menu, QMenu) else ""
