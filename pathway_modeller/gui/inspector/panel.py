"""The inspector: shows and edits whatever is selected, or the scenario when nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.inspector import evidence
from pathway_modeller.gui.inspector.editors.base import Scope
from pathway_modeller.gui.inspector.editors.optional import MaybeEditor
from pathway_modeller.gui.inspector.editors.registry import make_editor
from pathway_modeller.gui.inspector.evidence_links import PlaceLinks
from pathway_modeller.gui.inspector.form import FieldRow, RecordForm
from pathway_modeller.gui.inspector.kinds import FieldSpec, Json
from pathway_modeller.gui.inspector.making import can_delete, delete, make, make_listed
from pathway_modeller.gui.inspector.outgoing import Outgoing
from pathway_modeller.gui.inspector.overview import Lists
from pathway_modeller.gui.inspector.price_year import usual_price_year
from pathway_modeller.gui.inspector.references import ListMap
from pathway_modeller.gui.inspector.source_dialog import SourceDialog
from pathway_modeller.gui.inspector.subjects import (
    MATTERS,
    MONEY,
    RUN,
    SCENARIO,
    Subject,
    baseline_of,
    commit,
    name_of,
    of_drawn,
    places_of,
    record_of,
)
from pathway_modeller.gui.plain import Label, literal, plain_tip
from pathway_modeller.scenario.edits.every_edit import DECIDED_TYPES
from pathway_modeller.scenario.people import Assumption

_SETTLE_MS = 40
"""Milliseconds after which a new line of a form has its place."""

_LEFT_OUT = frozenset(
    {"format", "baseline", "options", "assumptions", "run", "money", "matters", "patch", *DECIDED_TYPES}
)
"""Fields that have their own place: lists, tabs, or the drawing itself."""


class Inspector(QWidget):
    """Forms for the selection; a back button leads from a list's record to where one came from."""

    action_wanted = Signal(str)
    """A common action on several selected elements: ``delete``, ``copy``, ``cut``."""

    message = Signal(str)
    """A sentence that says what has just been done, and how to take it back."""

    place_wanted = Signal(str)
    """A place of the file, as a JSON pointer, that somebody wants to see."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._trail: list[Subject] = []
        self._making = ""
        self._forms: list[tuple[Subject, RecordForm]] = []
        self._lists: Lists | None = None
        self._outgoing: Outgoing | None = None
        self._scope = Scope(
            lambda: document.pathway,
            make_editor,
            self._create_within,
            self._open_listed,
            price_year=lambda: usual_price_year(document.scenario, document.pathway),
        )
        self._word = Label()
        self._word.setObjectName("word")
        self._word.setWordWrap(True)
        self._name = Label()
        self._name.setObjectName("name")
        self._name.setWordWrap(True)
        self._name.setStyleSheet("font-weight: 600; font-size: 12pt;")
        self._back = QToolButton()
        self._back.setObjectName("back")
        self._back.clicked.connect(self._go_back)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        document.selection_changed.connect(lambda _ids: self.show_selection())
        document.scenario_changed.connect(self.refresh)
        document.variant_changed.connect(lambda _variant: self._show_variant())
        document.opened.connect(self.show_selection)
        document.typed.register(self, self)
        self.show_selection()

    def _lay_out(self) -> None:
        """Puts the trail and the name above what scrolls."""
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addWidget(self._word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 4, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._name)
        column.addWidget(self._scroll, 1)

    # What is shown -----------------------------------------------------------------------------------

    @property
    def subject(self) -> Subject:
        """What is shown: the record last opened."""
        return self._trail[-1] if self._trail else SCENARIO

    def show_selection(self) -> None:
        """Shows what is selected in the drawing."""
        # While the variant changes, what is selected may not be in the pathway any more.
        ids = [key for key in self._document.selection if self._document.has(key)]
        if len(ids) > 1:
            self._show_several(len(ids))
            return
        self._trail = [SCENARIO, of_drawn(self._document, ids[0])] if ids else [SCENARIO]
        self._build()

    def show_drawn(self, key: str) -> None:
        """Shows something drawn, unless it is what is shown already."""
        if self.subject != of_drawn(self._document, key):
            self.show_selection()

    def _show_variant(self) -> None:
        """Shows the same record in the variant now shown, if it has it."""
        self._trail = [
            each
            for each in self._trail
            if each.option in (None, self._document.variant) and record_of(self._document, each) is not None
        ]
        if len(self._trail) > 1:
            self._build()
        else:
            self.show_selection()

    def open(self, subject: Subject) -> None:
        """Shows a record, with the way back to the present one."""
        if record_of(self._document, subject) is None or subject == self.subject:
            return
        self._document.typed.leave("selection")
        if subject.option is not None:
            # What its fields may name is what that option has.
            self._document.set_variant(subject.option)
        self._trail = [each for each in self._trail if each != subject] + [subject]
        self._build()

    def row(self, key: str) -> FieldRow:
        """Returns the row of a field that is shown.

        Raises:
            KeyError: no such field is shown.
        """
        for _, form in self._forms:
            if key in form.rows:
                return form.rows[key]
        raise KeyError(key)

    def reveal(self, key: str, *, begin: bool = False) -> None:
        """Brings a field into view and gives it the keyboard; a field that is not shown is passed over.

        Args:
            key: of the field.
            begin: whether a value that was left out is opened, to be typed at once.
        """
        for _, form in self._forms:
            if key in form.rows:
                row = form.rows[key]
                form.bring_out(row)
                if begin and isinstance(row.editor, MaybeEditor):
                    row.editor.begin()
                row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self._bring_into_view(row)
                return

    def reveal_list(self, kind: str) -> None:
        """Brings a list of the scenario into view, with the keyboard at the button that makes another."""
        listed = self.findChild(QWidget, f"list-{kind}")
        button = listed.findChild(QToolButton, "new") if listed is not None else None
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_into_view(button)

    def _bring_into_view(self, sentence: QWidget) -> None:
        """Scrolls to a sentence, once it has its place."""

        def scroll() -> None:
            if isValid(sentence) and isValid(self._scroll):
                self._scroll.ensureWidgetVisible(sentence, 0, 60)

        QTimer.singleShot(_SETTLE_MS, self, scroll)

    def half_typed(self) -> Iterator[Typed]:
        """Returns every field in which something stands that is not in the scenario."""
        for subject, form in tuple(self._forms):
            for row in form.rows.values():
                if isValid(row) and row.is_typed:
                    where = f"{name_of(self._document, subject)}, {row.spec.title}"
                    yield Typed(where, row.take_in)

    def _go_back(self) -> None:
        """Returns to the record before, or to the scenario."""
        self._document.typed.leave("selection")
        if len(self._document.selection) > 0 and len(self._trail) <= 2:
            self._document.select(())
            return
        self._trail = self._trail[:-1]
        self._build()

    # Building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Makes the forms of the present subject."""
        self._retire()
        subject = self.subject
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(10)
        self._forms, self._lists, self._outgoing = [], None, None
        self._add_form(column, subject)
        if subject.steps[:1] == ("decisions",):
            self._outgoing = Outgoing(subject.steps[1])
            self._outgoing.opened.connect(self.open)
            column.insertWidget(0, self._outgoing)
        if subject == SCENARIO:
            self._add_scenario_parts(column)
        if subject.steps[:1] == ("activities",):
            self._add_titled(column, Subject("pathway", ("today", subject.steps[1])))
        record = record_of(self._document, subject)
        if isinstance(record, Assumption):
            links = PlaceLinks(self._document, record)
            links.wanted.connect(self.place_wanted)
            column.addWidget(links)
        if can_delete(subject):
            column.addWidget(self._delete_button(subject), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._hold_keyboard()
        self._back.setVisible(len(self._trail) > 1)
        self.refresh()
        self._replace_page(page)

    def _retire(self) -> None:
        """Takes nothing more from the forms shown, whose fields are left while they go."""
        for _, form in self._forms:
            for row in form.rows.values():
                if isValid(row):
                    row.retire()

    def _replace_page(self, page: QWidget) -> None:
        """Shows another page; the old one goes once its events are over."""
        old = self._scroll.takeWidget()
        if old is not None:
            self._hold_keyboard()
            old.hide()
            old.deleteLater()
        self._scroll.setWidget(page)

    def _hold_keyboard(self) -> None:
        """Keeps the keyboard in the inspector while what had it goes away."""
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_form(self, column: QVBoxLayout, subject: Subject) -> None:
        """Adds the form of a record."""
        record = record_of(self._document, subject)
        if record is None:
            return
        sourced = subject.root == "pathway" or subject == MONEY or subject.option is not None
        form = RecordForm(
            type(record),
            self._scope,
            lambda spec, value: self._commit(subject, spec, value),
            sourced=sourced,
            leave_out=_LEFT_OUT,
        )
        form.mistaken.connect(self._bring_into_view)
        form.source_wanted.connect(lambda spec: self._ask_source(subject, spec))
        self._forms.append((subject, form))
        column.addWidget(form)

    def _add_titled(self, column: QVBoxLayout, subject: Subject) -> None:
        """Adds a form under a title of its own."""
        title = Label(subject.word)
        title.setStyleSheet("font-weight: 600; font-size: 11pt; margin-top: 6px;")
        column.addWidget(title)
        self._add_form(column, subject)

    def _add_scenario_parts(self, column: QVBoxLayout) -> None:
        """Adds run settings and lists below the scenario's own fields."""
        self._add_titled(column, RUN)
        self._add_titled(column, MONEY)
        self._add_titled(column, MATTERS)
        tables = QPushButton("Population and money in tables")
        tables.setObjectName("show-tables")
        tables.setToolTip("Type or paste people, moves, payers, spending and shifts (Ctrl+3)")
        tables.clicked.connect(lambda: self.action_wanted.emit("show_tables"))
        column.addWidget(tables, 0, Qt.AlignmentFlag.AlignLeft)
        self._lists = Lists()
        self._lists.opened.connect(self.open)
        self._lists.wanted.connect(self.new_listed)
        column.addWidget(self._lists)

    def _show_several(self, number: int) -> None:
        """Shows how many are selected, and what can be done with all of them."""
        self._retire()
        self._trail, self._forms, self._lists, self._outgoing = [SCENARIO], [], None, None
        page = QWidget()
        column = QVBoxLayout(page)
        for action, words in (("copy", "Copy"), ("cut", "Cut"), ("delete", "Delete")):
            button = QPushButton(words)
            button.setObjectName(action)
            button.clicked.connect(lambda _=False, wanted=action: self.action_wanted.emit(wanted))
            column.addWidget(button)
        column.addStretch(1)
        self._replace_page(page)
        self._back.hide()
        self._word.setText("Selection")
        self._name.setText(f"{number} elements selected")

    def refresh(self) -> None:
        """Shows the present values of what is shown."""
        if not self._forms:
            return
        if record_of(self._document, self.subject) is None:
            self._trail = [each for each in self._trail if record_of(self._document, each) is not None]
            self._build()
            return
        self._show_trail()
        for subject, form in self._forms:
            record = record_of(self._document, subject)
            if record is not None:
                form.show_record(record)
                form.show_baseline(baseline_of(self._document, subject))
                self._show_sources(subject, form)
        if self._lists is not None:
            self._lists.refresh(self._document)
        if self._outgoing is not None:
            self._outgoing.refresh(self._document.pathway)

    def _show_trail(self) -> None:
        """Shows what is open and where back leads."""
        option = self._document.scenario.options.get(self._document.variant)
        inside = self.subject.root == "pathway" or self.subject.option is not None
        within = f", in option “{option.name}”" if option and inside else ""
        self._word.setText(self.subject.word + within)
        self._name.setText(name_of(self._document, self.subject))
        if len(self._trail) > 1:
            before = self._trail[-2]
            name = "Scenario" if before == SCENARIO else name_of(self._document, before)
            self._back.setText(literal(f"‹ {name if len(name) < 25 else before.word}"))
            self._back.setToolTip(plain_tip(f"Back to {name}"))

    # Editing -----------------------------------------------------------------------------------------

    def _commit(self, subject: Subject, spec: FieldSpec, value: Json) -> None:
        """Sets one field."""
        merge, self._making = self._making, ""
        commit(self._document, subject, spec, value, merge)

    def _create_within(self, kind: ListMap) -> str | None:
        """Makes a new thing that a field asks for; both are one step to undo."""
        merge = f"new in {kind}"
        asker = record_of(self._document, self.subject)
        key = make_listed(self._document, self, kind, asker, merge)
        self._making = merge if key is not None else ""
        return key

    def new_listed(self, kind: str) -> None:
        """Makes a new record of a list, and opens it."""
        made = make(self._document, self, kind)
        if made is not None:
            self.open(made)

    def _open_listed(self, kind: ListMap, key: str) -> None:
        """Opens a record that a field names."""
        self.open(Subject("pathway", (kind, key)))

    def _delete_button(self, subject: Subject) -> QPushButton:
        """Returns the button that deletes a listed record with every reference to it."""
        button = QPushButton(f"Delete this {subject.word.lower()}")
        button.setObjectName("delete")
        button.clicked.connect(lambda: self._delete(subject))
        return button

    def _delete(self, subject: Subject) -> None:
        """Deletes a listed record, as one step to undo."""
        self._trail = self._trail[:-1]
        said = delete(self._document, subject)
        if said:
            self.message.emit(said)
        self._build()

    # Sources -----------------------------------------------------------------------------------------

    def _show_sources(self, subject: Subject, form: RecordForm) -> None:
        """Shows beside each figure what is known of its source."""
        scenario = self._document.scenario
        for key, row in form.rows.items():
            known = evidence.assumption_at(scenario, places_of(self._document, subject, key))
            row.show_assumption(scenario.assumptions[known] if known is not None else None)

    def _ask_source(self, subject: Subject, spec: FieldSpec) -> None:
        """Lets someone say, or change, where a figure comes from."""
        places = places_of(self._document, subject, spec.key)
        known = evidence.assumption_at(self._document.scenario, places)
        title = f"{name_of(self._document, subject)}: {spec.title.lower()}"
        place = evidence.place_for(self._document, places)
        old = self._document.scenario.assumptions[known] if known is not None else None
        dialog = SourceDialog(title, place, self._scope, old, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.assumption is not None:
            evidence.keep_assumption(self._document, known, dialog.assumption)
        dialog.deleteLater()
