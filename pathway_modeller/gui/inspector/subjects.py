"""What the inspector can show: any record of the scenario, by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.kinds import FieldSpec, Json
from pathway_modeller.gui.inspector.mistakes import Mistaken, with_field
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import (
    ListedMap,
    remove_record,
    set_scenario_value,
)
from pathway_modeller.scenario.elements import Activity, Stay, Today
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS, listed

Root = Literal["pathway", "scenario"]

WORDS: Mapping[str, str] = {
    **MAP_WORDS,
    "transitions": "Arrow (transition)",
    "today": "Under way today",
    "run": "Run settings",
    "money": "Money",
    "matters": "Smallest differences that matter",
}
"""What people call a member of each map."""


@dataclass(frozen=True)
class Subject:
    """A record: in the pathway of the variant shown, or in the scenario around it.

    Attributes:
        root: where the steps begin.
        steps: the map and the id; nothing for the scenario itself, ``("run",)`` for its run settings, and
            ``("options", id, "shifts", id)`` for a record of an option.
    """

    root: Root
    steps: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What such a thing is called."""
        return WORDS[self.steps[-2 if len(self.steps) > 1 else 0]] if self.steps else "Scenario"

    @property
    def option(self) -> str | None:
        """The option to which a shift or displacement belongs; ``None`` for anything else."""
        return self.steps[1] if len(self.steps) > 2 and self.steps[0] == "options" else None


SCENARIO = Subject("scenario")
RUN = Subject("scenario", ("run",))
MONEY = Subject("scenario", ("money",))
MATTERS = Subject("scenario", ("matters",))


def of_drawn(document: Document, key: str) -> Subject:
    """Returns the subject of a drawn element or a transition.

    Raises:
        KeyError: nothing drawn has this id.
    """
    if key in document.pathway.transitions:
        return Subject("pathway", ("transitions", key))
    return Subject("pathway", (document.pathway.map_of(key), key))


def record_of(document: Document, subject: Subject) -> Record | None:
    """Returns the record that a subject stands for; ``None`` if it is gone."""
    found: object = document.pathway if subject.root == "pathway" else document.scenario
    for step in subject.steps:
        if found is None:
            return None
        found = found.get(step) if isinstance(found, Mapping) else getattr(found, step)
    if found is None and subject.steps[0] == "today":
        return Today()
    return found if isinstance(found, Record) else None


def baseline_of(document: Document, subject: Subject) -> Record | None:
    """Returns the baseline's record where an option is shown; ``None`` if there is nothing to compare."""
    if document.variant == BASELINE or subject.root != "pathway" or len(subject.steps) != 2:
        return None
    kind, key = subject.steps
    found = getattr(document.baseline, kind).get(key)
    return found if isinstance(found, Record) else None


def name_of(document: Document, subject: Subject) -> str:
    """Returns the name of a subject: its own, or for an arrow those of its ends."""
    record = record_of(document, subject)
    if subject.steps[:1] == ("transitions",):
        drawn = document.pathway.drawn()
        ends = [getattr(record, "origin", ""), getattr(record, "target", "")]
        return " → ".join(drawn[end].name if end in drawn else end for end in ends)
    return str(getattr(record, "name", subject.word))


def delete_listed(document: Document, kind: ListedMap, keys: Sequence[str], names: str) -> str:
    """Deletes listed records with every reference to them, in one step to undo; returns what was deleted.

    Args:
        document: the open scenario; of the variant shown.
        kind: the map that holds them.
        keys: their ids.
        names: what people call them.
    """
    before = document.pathway

    def change(pathway: Pathway) -> Pathway:
        for key in keys:
            pathway = remove_record(pathway, kind, key)
        return pathway

    document.edit(f"delete {names}", change)
    return deleted_words(names, before, document.pathway)


def deleted_words(name: str, before: Pathway, after: Pathway) -> str:
    """Says what was deleted, what went with it, and which activities and stays need it no longer."""
    along = [
        was.name
        for kind in ("moves", "preventions", "stays", "demand_changes", "standards")
        for key, was in getattr(before, kind).items()
        if key not in getattr(after, kind) and was.name != name
    ]
    if along:
        return f"{name} deleted, and with it {listed(along)}. Ctrl+Z takes it back."
    losers = [
        was.name
        for kind in ("activities", "stays")
        for key, was in getattr(before, kind).items()
        if key not in getattr(after, kind) or _needs_less(was, getattr(after, kind)[key])
    ]
    if not losers:
        return f"{name} deleted. Ctrl+Z takes it back."
    verb = "need" if len(losers) > 1 else "needs"
    return f"{name} deleted; {listed(losers)} no longer {verb} it. Ctrl+Z takes it back."


def _needs_less(was: Activity | Stay, now: Activity | Stay) -> bool:
    """Tells whether an activity or stay needs other capacity than before."""
    places = (getattr(was, "caseload", None), getattr(now, "caseload", None))
    return was.needs != now.needs or places[0] != places[1]


def places_of(document: Document, subject: Subject, key: str = "") -> tuple[str, ...]:
    """Returns the JSON pointers under which the file may hold a field, the nearest first.

    A figure that an option leaves as it is stands in the baseline.
    """
    tail = "".join(f"/{step}" for step in (*subject.steps, key) if step)
    if subject.root == "scenario":
        return (tail,)
    if document.variant == BASELINE:
        return (f"/baseline{tail}",)
    return (f"/options/{document.variant}/patch{tail}", f"/baseline{tail}")


def commit(document: Document, subject: Subject, spec: FieldSpec, value: Json, merge: str = "") -> bool:
    """Sets one field of a subject, as one step to undo; returns whether anything differs.

    Args:
        document: the open scenario.
        subject: the record.
        spec: the field.
        value: its new value.
        merge: the key of the step before, if both are to be one step to undo.

    Raises:
        Mistaken: the value does not fit; nothing has changed.
    """
    record = record_of(document, subject)
    if record is None:
        return False
    label = f"change {spec.title.lower()} of {name_of(document, subject)}"
    if isinstance(record, Scenario):
        return document.edit_scenario(label, lambda scenario: _with_own_field(scenario, spec.name, value))
    changed = with_field(record, spec, value)
    if changed == record:
        return False
    if subject.root == "pathway":
        return document.edit(label, lambda pathway: _with_member(pathway, subject.steps, changed), merge)
    return document.edit_scenario(label, lambda scenario: _with_record(scenario, subject.steps, changed))


def _with_own_field(scenario: Scenario, name: str, value: Json) -> Scenario:
    """Returns a scenario with another name, question or note."""
    try:
        return set_scenario_value(scenario, name, value)
    except ValueError as error:
        raise Mistaken(str(error)) from None


def _with_member(pathway: Pathway, steps: tuple[str, ...], record: Record) -> Pathway:
    """Returns a pathway with another record under a map's id; an empty list of today is left out."""
    kind, key = steps
    members = {**getattr(pathway, kind), key: record}
    if record == Today():
        del members[key]
    return pathway.model_copy(update={kind: members})


def _with_record(scenario: Scenario, steps: tuple[str, ...], record: Record) -> Scenario:
    """Returns a scenario with other settings, or with another record of its own or of an option."""
    if len(steps) == 1:
        return scenario.model_copy(update={steps[0]: record})
    kind, key, *inner = steps
    members = getattr(scenario, kind)
    if inner:
        within, name = inner
        record = members[key].model_copy(update={within: {**getattr(members[key], within), name: record}})
    return scenario.model_copy(update={kind: {**members, key: record}})
