"""Making and deleting what is listed rather than drawn, each as one step to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget

from pathway_modeller.gui.dialogs import tell
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector import evidence
from pathway_modeller.gui.inspector.new_records import first_decided, first_fields
from pathway_modeller.gui.inspector.references import LIST_MAPS, ListMap
from pathway_modeller.gui.inspector.subjects import Subject, delete_listed, name_of
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import (
    DECIDED_TYPES,
    DecidedMap,
    add_decided,
    add_record,
    remove_decided,
)
from pathway_modeller.scenario.values import Record


def make(document: Document, parent: QWidget, kind: str) -> Subject | None:
    """Asks for a name and makes a new record of a list; returns its subject.

    Args:
        document: the open scenario; shifts and displacements are made in the option shown.
        parent: the window for the question.
        kind: one of the lists of a pathway, an option or the scenario.
    """
    decided = decided_map(kind)
    if decided is not None:
        return _make_decided(document, parent, decided)
    wanted = next(each for each in LIST_MAPS if each == kind)
    key = make_listed(document, parent, wanted)
    return None if key is None else Subject("pathway", (kind, key))


def make_listed(
    document: Document, parent: QWidget, kind: ListMap, asker: Record | None = None, merge: str = ""
) -> str | None:
    """Asks for a name and makes a new pool, tier, footprint and so on; returns its id.

    Args:
        document: the open scenario.
        parent: the window for the question.
        kind: the list.
        asker: the record in whose form it was asked for.
        merge: consecutive edits with the same key are one step to undo.
    """

    def add(name: str) -> str:
        made: list[str] = []

        def change(pathway: Pathway) -> Pathway:
            changed, key = add_record(pathway, kind, name, first_fields(pathway, kind, asker))
            made.append(key)
            return changed

        document.edit(f"add {name}", change, merge)
        return made[0]

    return _named(parent, (Pathway.model_fields[kind].title or kind).lower(), add)


def _make_decided(document: Document, parent: QWidget, kind: DecidedMap) -> Subject | None:
    """Makes a new shift or displacement of the option shown, or an outcome."""
    option = document.variant

    def add(name: str) -> str:
        made: list[str] = []

        def change(scenario: Scenario) -> Scenario:
            fields = first_decided(scenario, document.pathway, kind)
            changed, key = add_decided(scenario, kind, name, fields, option)
            made.append(key)
            return changed

        document.edit_scenario(f"add {name}", change)
        return made[0]

    fields = (Scenario if kind == "outcomes" else Option).model_fields
    key = _named(parent, (fields[kind].title or kind).lower(), add)
    if key is None:
        return None
    return Subject("scenario", (kind, key) if kind == "outcomes" else ("options", option, kind, key))


def _named(parent: QWidget, words: str, add: Callable[[str], str]) -> str | None:
    """Asks for a name, and returns what adding under it gives; says so if something is lacking."""
    name, given = QInputDialog.getText(parent, "New", f"Name of the new entry in {words}:")
    if not given or not name.strip():
        return None
    try:
        return add(name.strip())
    except ValueError as error:
        tell(parent, "Not yet", str(error))
        return None


def can_delete(subject: Subject) -> bool:
    """Tells whether a record is one that a list holds."""
    return subject.option is not None or subject.steps[:1] in {
        (kind,) for kind in ("assumptions", "outcomes", *LIST_MAPS)
    }


def delete(document: Document, subject: Subject) -> str:
    """Deletes a listed record with every reference to it; returns a sentence that says so, or ``""``."""
    kind, key = subject.steps[-2:]
    name = name_of(document, subject)
    decided = decided_map(kind)
    if kind == "assumptions":
        evidence.forget_assumption(document, key)
        return ""
    if decided is not None:
        option = subject.option or ""
        document.edit_scenario(
            f"delete {name}", lambda scenario: remove_decided(scenario, decided, key, option)
        )
        return f"{name} deleted. Ctrl+Z takes it back."
    listed = next(each for each in LIST_MAPS if each == kind)
    return delete_listed(document, listed, [key], name)


def decided_map(kind: str) -> DecidedMap | None:
    """Returns the list of an option or the scenario that goes by a name; ``None`` for any other."""
    return next((each for each in DECIDED_TYPES if each == kind), None)
