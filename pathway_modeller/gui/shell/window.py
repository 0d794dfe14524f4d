"""The window: drawing or tables in the middle, inspector at the right, problems and changes below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, assert_never, get_args

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.actions import make_actions
from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.dialogs import TextDialog
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.edit_target import Hands
from pathway_modeller.gui.inspector.jump import Target, target_of
from pathway_modeller.gui.inspector.making import make
from pathway_modeller.gui.inspector.overview import OPTION_MAPS
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.subjects import SCENARIO, Subject
from pathway_modeller.gui.options.changes_panel import ChangesPanel
from pathway_modeller.gui.options.tabs import OptionTabs
from pathway_modeller.gui.plain import literal, literal_title, plain_tip, short
from pathway_modeller.gui.shell import menus
from pathway_modeller.gui.shell.dialogs import about_text, guide_text, rules_text
from pathway_modeller.gui.shell.files import FileCommands
from pathway_modeller.gui.shell.folding_tabs import FoldingTabs
from pathway_modeller.gui.shell.keys import keys_text
from pathway_modeller.gui.shell.menus import Page, Panel
from pathway_modeller.gui.shell.pages import Pages
from pathway_modeller.gui.shell.palette import ElementPalette
from pathway_modeller.gui.shell.problems_panel import ProblemsPanel, count_words
from pathway_modeller.gui.shell.recent import RecentFiles
from pathway_modeller.gui.shell.room import room_in
from pathway_modeller.gui.shell.top_bar import TopBar
from pathway_modeller.gui.shell.view_buttons import ViewButtons
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import Problem
from pathway_modeller.scenario.words.changes import Change
from pathway_modeller.scenario.words.sentences import typeset

if TYPE_CHECKING:
    from pathway_modeller.gui.results.controller import RunController
    from pathway_modeller.gui.shifts.page import ShiftPage
    from pathway_modeller.gui.tables.workspace import Workspace
    from pathway_modeller.gui.triangle.page import TrianglePage

WHOLE: tuple[Page, ...] = ("shifts", "triangle")
"""Pages that have the room of the panels too, until somebody asks for a panel."""

SAID_MS, LETTER_MS = 8000, 150
"""How long a sentence stands in the status bar: at least, and for each letter."""

SMALLEST = (640, 420)
"""Points of the smallest window."""
INSPECTOR_WIDTH = 350
BOTTOM_HEIGHT = 130


class MainWindow(QMainWindow):
    """Everything around one document.

    Tables, shifts and triangle are made when somebody first looks at them: the drawing is painted sooner.
    """

    closing = Signal()
    """The window closes; what is under way should end."""

    document: Document
    files: FileCommands
    view: PathwayView

    def __init__(self, document: Document, settings: QSettings) -> None:
        """Makes the window.

        Args:
            document: what is shown and edited.
            settings: where geometry and recent files are kept.
        """
        super().__init__()
        self._settings = settings
        self.document = document
        self.files = FileCommands(self, document, RecentFiles(settings), self.say)
        self.view = PathwayView(document)
        self._shown: Page = "pathway"
        self._runs: RunController | None = None
        self._put_away: tuple[QWidget, ...] = ()
        self._room = room_in(10_000, 10_000)
        self._no_room_for_inspector = False
        self._fold_run_bar: Callable[[bool], object] = lambda _folded: None
        self.inspector = Inspector(document)
        self.problems = ProblemsPanel(document)
        self.changes = ChangesPanel(document)
        self.pages = Pages()
        self.setObjectName("window")
        # Half a laptop's screen; what has no room there gives way as soon as the window is so small.
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._actions = make_actions(self, menus.ACTIONS, to=self)
        self._lay_out()
        self._make_bars()
        self._observe()
        self._restore()

    # Building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Puts the panels round the drawing."""
        self._bottom = FoldingTabs()
        self._bottom.setObjectName("bottom")
        only_with_keyboard(self._bottom.tabBar())
        self._bottom.addTab(self.problems, "Problems")
        self._bottom.addTab(self.changes, "What changes")
        drawing = QWidget()
        column = QVBoxLayout(drawing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._options = OptionTabs(self.document)
        column.addLayout(self._head_row())
        self._work = Pages()
        self._work.addWidget(self.view)
        column.addWidget(self._work, 1)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.addWidget(drawing)
        self._middle.addWidget(self._bottom)
        self._middle.setStretchFactor(0, 1)
        self._middle.setCollapsible(0, False)
        self._middle.setSizes([600, BOTTOM_HEIGHT])
        self._bottom.folded_changed.connect(self._show_panels)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._across.addWidget(self._middle)
        self._across.addWidget(self.inspector)
        self._across.setStretchFactor(0, 1)
        self._across.setCollapsible(0, False)
        self._across.setSizes([1000, INSPECTOR_WIDTH])
        self.inspector.setMinimumWidth(INSPECTOR_WIDTH - 30)
        pathway = QWidget()
        row = QHBoxLayout(pathway)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.palette_list = ElementPalette(self.view)
        row.addWidget(self.palette_list)
        row.addWidget(self._across, 1)
        self.pages.addWidget(pathway)
        self.setCentralWidget(self.pages)

    def _head_row(self) -> QHBoxLayout:
        """Returns the row above the drawing: the variants, and at the right other views of the one shown."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(4)
        row.addWidget(self._options, 1)
        self._views = ViewButtons(self._actions, menus.VIEWS)
        row.addWidget(self._views)
        return row

    def _make_bars(self) -> None:
        """Makes menus, toolbar and status bar from the table of actions."""
        later: dict[str, QMenu] = {}
        for key in ("file", "edit", "view", "help"):
            later |= menus.add_menu(self.menuBar(), key, self._actions)
        later["examples"].aboutToShow.connect(lambda: self.files.fill_examples(later["examples"]))
        later["recent"].aboutToShow.connect(lambda: self.files.fill_recent(later["recent"]))
        self._top = TopBar(self._actions)
        self.addToolBar(self._top)
        for spec in menus.ACTIONS:
            if spec.reach == menus.IN_DRAWING:
                self.view.addAction(self._actions[spec.key])
        self._count = QPushButton()
        self._count.setObjectName("problem-count")
        self._count.setFlat(True)
        self._count.setToolTip("Show the list of problems")
        self._count.clicked.connect(self.show_problems)
        self.statusBar().addPermanentWidget(self.files.also_open)
        self.statusBar().addPermanentWidget(self._count)
        # Where there is no room for a whole sentence, it is still to be had.
        self.statusBar().messageChanged.connect(lambda words: self.statusBar().setToolTip(plain_tip(words)))

    def _observe(self) -> None:
        """Follows the document and the panels."""
        document = self.document
        document.history_changed.connect(self._show_history)
        document.scenario_changed.connect(self._show_title)
        document.path_changed.connect(self._show_title)
        document.problems_changed.connect(self._show_count)
        document.checking_changed.connect(self._show_count)
        document.opened.connect(lambda: self.show_page("pathway"))
        document.typed.lost.connect(lambda sentences: self.say(f"Not taken in: {' '.join(sentences)}"))
        self.problems.wanted.connect(self.show_problem)
        self.changes.wanted.connect(self.show_change)
        self.changes.found.connect(self._show_changes)
        self.view.message.connect(self.say)
        self.view.placing_ended.connect(self.statusBar().clearMessage)
        self.view.activated.connect(self._select)
        self._options.shifts_wanted.connect(lambda: self.show_page("shifts"))
        self._options.activity_shift_wanted.connect(lambda: self.inspector.new_listed("activity_shifts"))
        self.inspector.action_wanted.connect(lambda key: self._actions[key].trigger())
        self.inspector.place_wanted.connect(self.show_place)
        self.inspector.message.connect(self.say)
        self.changes.refresh()
        self._show_history()
        self._show_title()
        self._show_count()
        self.show_page("pathway")

    @property
    def settings(self) -> QSettings:
        """What is kept on this computer: geometry, recent files, where runs go."""
        return self._settings

    def add_results_page(self, page: QWidget) -> None:
        """Adds the page that "Results" switches to."""
        self.pages.addWidget(page)
        self._actions["show_results"].setEnabled(True)

    def add_run_menu(self, commands: menus.RunCommands) -> dict[str, QAction]:
        """Adds the menu Run before Help; returns its actions by their keys."""
        made = make_actions(self, menus.RUN_ACTIONS, to=commands)
        menus.add_menu(self.menuBar(), "run", made)
        return made

    def add_run_tools(self, tools: QWidget) -> None:
        """Puts Run, progress and Cancel at the right of the toolbar."""
        self._top.add_run_tools(tools)

    def add_line(self, line: QWidget) -> None:
        """Puts a line under the tools and Run."""
        bar = QToolBar("What it is ready for")
        bar.setObjectName("line")
        bar.setMovable(False)
        bar.setStyleSheet("QToolBar { padding: 0 4px; } QToolButton { padding: 1px 6px; }")
        bar.addWidget(line)
        self.addToolBarBreak()
        self.addToolBar(bar)

    def add_bottom(self, panel: QWidget, name: str) -> None:
        """Adds a list to those below the drawing."""
        self._bottom.addTab(panel, name)

    def name_bottom(self, panel: QWidget, name: str) -> None:
        """Names a list below the drawing."""
        self._bottom.setTabText(self._bottom.indexOf(panel), name)

    @property
    def page(self) -> Page:
        """Which page is shown."""
        return "results" if self.pages.currentIndex() == 1 else self._shown

    def follow_runs(self, controller: RunController) -> None:
        """Lets pages show what the runs of a controller find."""
        self._runs = controller

    # Pages made when they are first wanted -----------------------------------------------------------

    @cached_property
    def tables(self) -> Workspace:
        """Population and money."""
        from pathway_modeller.gui.tables.workspace import Workspace

        page = Workspace(self.document)
        page.open_wanted.connect(self._open)
        page.option_wanted.connect(self._options.start_new)
        self._work.addWidget(page)
        return page

    @cached_property
    def shifts(self) -> ShiftPage:
        """Capacity and money moved from one pool to another."""
        from pathway_modeller.gui.shifts.page import ShiftPage

        page = ShiftPage(self.document)
        page.open_wanted.connect(self._open)
        page.cost_wanted.connect(self._ask_cost)
        page.pool_wanted.connect(self._make_pool)
        page.option_wanted.connect(self._options.start_new)
        page.pathway_wanted.connect(lambda: self.show_page("pathway"))
        page.message.connect(self.say)
        if self._runs is not None:
            page.follow_runs(self._runs)
        self._work.addWidget(page)
        return page

    @cached_property
    def triangle(self) -> TrianglePage:
        """People and money by need."""
        from pathway_modeller.gui.triangle.page import TrianglePage

        page = TrianglePage(self.document)
        page.tables_wanted.connect(lambda: self.show_page("tables"))
        self.closing.connect(page.close_desk)
        if self._runs is not None:
            page.follow_runs(self._runs)
        self._work.addWidget(page)
        return page

    # What is shown -----------------------------------------------------------------------------------

    def _show_title(self) -> None:
        """Shows name, file and unsaved mark."""
        path = self.document.path
        place = f" ({path.name})" if path is not None else ""
        self.setWindowTitle(
            f"{literal_title(short(self.document.scenario.name) + place)}[*] – Pathway Modeller"
        )
        self.setWindowModified(self.document.is_dirty)

    def _show_history(self) -> None:
        """Shows what undo and redo would do, and whether anything is unsaved."""
        document = self.document
        for key, word, can, label in (
            ("undo", "&Undo", document.can_undo, document.undo_label),
            ("redo", "&Redo", document.can_redo, document.redo_label),
        ):
            self._actions[key].setEnabled(can)
            self._actions[key].setText(f"{word} {literal(short(label))}".strip())
            self._actions[key].setToolTip(plain_tip(f"{word.replace('&', '')} {label}".strip()))
        self.setWindowModified(document.is_dirty)

    def _show_count(self) -> None:
        """Shows how many problems there are, on the tab and in the status bar."""
        problems, document = self.document.problems, self.document
        number = str(len(problems)) if document.is_checked else "…"
        words = count_words(problems) if document.is_checked else ""
        if document.is_checking:
            number, words = "checking…", f"{words}, checking…" if words else "Checking…"
        self._bottom.setTabText(0, f"Problems ({number})")
        self._count.setText(words)
        self._count.setVisible(bool(words))
        self._count.setMinimumWidth(self._count.sizeHint().width())

    def _show_changes(self, changes: tuple[Change, ...]) -> None:
        """Shows how many changes the option makes, and marks them on the drawing."""
        self._bottom.setTabText(1, f"What changes ({len(changes)})")
        marks = {change.element: change.kind for change in changes if change.element}
        pools = {change.pool for change in changes if change.pool and not change.element}
        for key in self.document.pathway.activities if pools else ():
            if pools & needs_to_start(self.document.pathway, key).keys():
                marks.setdefault(key, "changed")
        self.view.set_marks(marks)

    def show_page(self, page: Page) -> None:
        """Shows the pathway, the tables, the shifts, the triangle or the results."""
        self.document.typed.leave()
        shown = "pathway" if page == "results" and self.pages.count() == 1 else page
        self.pages.setCurrentIndex(1 if shown == "results" else 0)
        if shown != "results":
            self._shown = shown
            self._work.setCurrentWidget(self._work_page(shown))
            self._make_room(shown in WHOLE)
            self.palette_list.setVisible(shown == "pathway")
        self._check_pages(shown)
        self._actions["show_results"].setEnabled(self.pages.count() > 1)
        if shown == "tables":
            self.tables.take_keyboard()
        elif shown == "shifts":
            self.shifts.take_keyboard()
        elif shown == "triangle":
            self.triangle.take_keyboard()

    def _work_page(self, page: Page) -> QWidget:
        """Returns what is in the middle, beside the inspector, on a page other than the results."""
        match page:
            case "pathway":
                return self.view
            case "tables":
                return self.tables
            case "shifts":
                return self.shifts
            case "triangle":
                return self.triangle
            case "results":
                raise ValueError("the results have the whole window")
            case _:
                assert_never(page)

    def _check_pages(self, shown: Page) -> None:
        """Shows in the menu which page is shown."""
        for each in get_args(Page):
            self._actions[f"show_{each}"].setChecked(each == shown)

    def _make_room(self, whole: bool) -> None:
        """Puts the panels away while a page needs the room, and brings them back after it."""
        self._label_views()
        if whole and not self._put_away:
            panels: tuple[QWidget, ...] = (self.inspector, self._bottom)
            self._put_away = tuple(panel for panel in panels if not panel.isHidden())
            for panel in self._put_away:
                panel.hide()
        elif not whole:
            for panel in self._put_away:
                panel.show()
            self._put_away = ()
        self._show_panels()

    def _label_views(self) -> None:
        """Shows words beside the icons of the other views where there is room."""
        self._views.fit(self.width(), whole=self._shown in WHOLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lets give way what has no room."""
        super().resizeEvent(event)
        self._label_views()
        self._fit_room()

    def fold_run_bar(self, fold: Callable[[bool], object]) -> None:
        """Takes what puts the run settings beside Run away where there is no room for them."""
        self._fold_run_bar = fold
        fold(not self._room.run_fields)

    def _fit_room(self) -> None:
        """Puts away what has no room, and brings it back where there is room again."""
        before, room = self._room, room_in(self.width(), self.height())
        self._room = room
        self.palette_list.show_words(room.palette_words)
        self._fold_run_bar(not room.run_fields)
        if room.lists != before.lists:
            self._bottom.fold(not room.lists)
        if before.inspector and not room.inspector:
            self._no_room_for_inspector = self._wants_inspector()
            self._put_away = tuple(panel for panel in self._put_away if panel is not self.inspector)
            self.inspector.hide()
        elif room.inspector and not before.inspector and self._no_room_for_inspector:
            self._no_room_for_inspector = False
            if self._shown in WHOLE:
                self._put_away = (*self._put_away, self.inspector)
            else:
                self.inspector.show()
        self._show_panels()

    def _wants_inspector(self) -> bool:
        """Whether the inspector is shown, or will be again after a page that needs its room."""
        return not self.inspector.isHidden() or self.inspector in self._put_away

    @property
    def hands(self) -> Hands:
        """What cut, copy, paste and delete of the menu act on: what is shown in the middle."""
        match self._shown:
            case "tables":
                return self.tables.table
            case "shifts":
                return self.shifts.hands
            case "triangle":
                return self.triangle.hands
            case "pathway" | "results":
                return self.view.commands
            case _:
                assert_never(self._shown)

    def _leave_results(self) -> None:
        """Goes back to what was shown in the middle before."""
        if self.pages.currentIndex() == 1:
            self.pages.setCurrentIndex(0)
            self._check_pages(self._shown)

    def toggle_panel(self, panel: Panel) -> None:
        """Shows or hides a panel."""
        match panel:
            case "inspector":
                self._no_room_for_inspector = False
                self.inspector.setVisible(self.inspector.isHidden())
            case "bottom":
                is_open = not self._bottom.isHidden() and not self._bottom.is_folded
                self._bottom.fold(False)
                self._bottom.setVisible(not is_open)
            case _:
                assert_never(panel)
        self._show_panels()

    def _show_panels(self) -> None:
        """Shows in the menu which panels are there."""
        self._actions["panel_inspector"].setChecked(not self.inspector.isHidden())
        self._actions["panel_bottom"].setChecked(not self._bottom.isHidden() and not self._bottom.is_folded)

    def show_problems(self) -> None:
        """Brings the list of problems forward."""
        self.show_bottom(self.problems)

    def show_bottom(self, panel: QWidget) -> None:
        """Brings a list below the drawing forward."""
        self._leave_results()
        self._bottom.show()
        self._bottom.fold(False)
        self._bottom.setCurrentWidget(panel)
        self._show_panels()

    def say(self, sentence: str) -> None:
        """Shows a sentence in the status bar, for as long as it takes to read."""
        self.statusBar().showMessage(typeset(sentence), max(SAID_MS, LETTER_MS * len(sentence)))

    # Jumping -----------------------------------------------------------------------------------------

    def show_problem(self, problem: Problem) -> None:
        """Shows the place of a problem: its variant, its element and its field."""
        target = target_of(problem.place)
        variant = problem.variant if problem.variant in self.document.scenario.options else target.variant
        self._go(target, variant, problem.element)

    def show_list(self, kind: str) -> None:
        """Brings a list of records that are not drawn into view, with the button that makes another."""
        self._open(SCENARIO)
        self.inspector.reveal_list(kind)

    def show_place(self, place: str) -> None:
        """Shows a place of the file: its variant, its record and its field."""
        target = target_of(place)
        self._go(target, target.variant, None)

    def show_change(self, change: Change) -> None:
        """Shows the element, pool or other record that a change is about."""
        if change.map in OPTION_MAPS:
            steps = ("options", self.document.variant, change.map, change.key)
            self._open(Subject("scenario", steps))
        elif change.map == "options":
            self._open(Subject("scenario", ("options", change.key)))
        elif change.element is not None and self.document.has(change.element):
            self._select(change.element)
        elif change.pool is not None:
            self._open(Subject("pathway", ("pools", change.pool)))
        else:
            self._open(Subject("pathway", (change.map, change.key)))

    def _go(self, target: Target, variant: str | None, element: str | None) -> None:
        """Shows a target."""
        if variant == BASELINE or variant in self.document.scenario.options:
            self.document.set_variant(str(variant))
        drawn = next((key for key in (target.drawn, element) if key and self.document.has(key)), None)
        if drawn is not None:
            self._select(drawn)
        else:
            self._open(target.subject)
        if target.field is not None:
            self.inspector.reveal(target.field)

    def _select(self, key: str) -> None:
        """Selects something drawn and brings it into view."""
        self.show_page("pathway")
        self.inspector.show()
        self.document.select((key,))
        self.inspector.show_drawn(key)
        self.view.reveal(key)
        self._show_panels()

    def _open(self, subject: Subject) -> None:
        """Opens a record that is not drawn."""
        self._leave_results()
        self.inspector.show()
        self.document.select(())
        self.inspector.show_selection()
        self.inspector.open(subject)
        self._show_panels()

    def _ask_cost(self, pool: str) -> None:
        """Opens the cost of a pool to be typed; in the baseline, if the pool is the baseline's."""
        if pool in self.document.baseline.pools:
            self.document.set_variant(BASELINE)
        self._open(Subject("pathway", ("pools", pool)))
        self.inspector.reveal("cost", begin=True)

    def _make_pool(self) -> None:
        """Asks for the name of another pool, and opens it to be described."""
        made = make(self.document, self, "pools")
        if made is not None:
            self._open(made)

    # Doing -------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes back the last change."""
        self.statusBar().clearMessage()
        self.document.undo()

    def redo(self) -> None:
        """Does again what was taken back."""
        self.document.redo()

    def quit(self) -> None:
        """Closes the window, with its question."""
        self.close()

    def show_guide(self) -> None:
        """Shows the guide for new users."""
        self._show_text("Guide and keys", f"{guide_text()}\n\n{keys_text()}")

    def show_keys(self) -> None:
        """Shows what every key does."""
        self._show_text("Keys", keys_text())

    def show_rules(self) -> None:
        """Shows the rules of the simulation."""
        self._show_text("Rules of the simulation", rules_text())

    def show_about(self) -> None:
        """Shows version and licences."""
        self._show_text("About Pathway Modeller", about_text())

    def _show_text(self, title: str, markdown: str) -> None:
        """Shows a text until it is closed."""
        dialog = TextDialog(self, title, markdown)
        dialog.exec()
        dialog.deleteLater()

    # Opening and closing -----------------------------------------------------------------------------

    def _panels(self) -> Mapping[Panel, tuple[QWidget, QSplitter, int]]:
        """Returns each panel with the splitter it stands in, and its size until somebody changes that."""
        return {
            "inspector": (self.inspector, self._across, INSPECTOR_WIDTH),
            "bottom": (self._bottom, self._middle, BOTTOM_HEIGHT),
        }

    def _remember(self) -> None:
        """Keeps size, place and panels for the next time; a panel that only gave way is still wanted."""
        self._settings.setValue("geometry", self.saveGeometry())
        gave_way = {*self._put_away, *((self.inspector,) if self._no_room_for_inspector else ())}
        for panel, (widget, splitter, _) in self._panels().items():
            self._settings.setValue(f"panel_{panel}", not widget.isHidden() or widget in gave_way)
            if not widget.isHidden() and not (widget is self._bottom and self._bottom.is_folded):
                self._settings.setValue(f"size_{panel}", splitter.sizes()[1])

    def _restore(self) -> None:
        """Takes up size, place and panels of the last time."""
        geometry = self._settings.value("geometry")
        self._is_first_time = geometry is None or not self.restoreGeometry(geometry)
        if self._is_first_time:
            self.resize(1280, 700)
        for panel, (widget, splitter, size) in self._panels().items():
            if not self._settings.value(f"panel_{panel}", True, type=bool):
                widget.hide()
            kept = int(str(self._settings.value(f"size_{panel}", size)))
            whole = self.width() if splitter.orientation() == Qt.Orientation.Horizontal else self.height()
            splitter.setSizes([max(whole - kept, kept), kept])
        self._show_panels()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def appear(self) -> None:
        """Shows the window as it was left; the first time it has the whole screen."""
        if self._is_first_time:
            self.showMaximized()
        else:
            self.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a single scenario file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().endswith(".json"):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the file that was dropped."""
        from pathlib import Path

        event.acceptProposedAction()
        self.files.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def changeEvent(self, event: QEvent) -> None:
        """Looks whether somebody else has written to the file, whenever the window comes to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self, self.files.look_underneath)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes once nothing unsaved can be lost."""
        if not self.files.may_leave():
            event.ignore()
            return
        self._remember()
        self.files.keeper.end()
        self.closing.emit()
        event.accept()
