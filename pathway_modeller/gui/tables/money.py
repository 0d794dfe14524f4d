"""Payers, providers, and the investment shifts of an option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.subjects import Subject, delete_listed
from pathway_modeller.gui.tables.records import RecordSheet
from pathway_modeller.gui.tables.sheet import Empty, Refused, Write
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import with_decided
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.people import Payer, Provider
from pathway_modeller.scenario.values import Record


class PathwayRecords(RecordSheet):
    """Records of a map of the pathway shown."""

    kind: Literal["payers", "providers"]

    def __init__(self, document: Document) -> None:
        """Reads the map of the variant shown."""
        super().__init__(document, getattr(document.pathway, self.kind))

    def subject(self, key: str) -> Subject | None:
        """Returns the record in the pathway."""
        return Subject("pathway", (self.kind, key))

    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes fields."""
        members = self.written(writes)
        if members != self._members:
            document.edit(label, lambda pathway: pathway.model_copy(update={self.kind: members}))
        return ""

    def remove(self, document: Document, rows: Sequence[int]) -> str:
        """Deletes records with every reference to them."""
        keys = [self.rows[row].key for row in rows]
        names = ", ".join(self.rows[row].title for row in rows)
        return delete_listed(document, self.kind, keys, names)


class PayersSheet(PathwayRecords):
    """Who pays, and how their budgets stand to one another."""

    name, title, row_word, kind, record = "payers", "Payers", "payer", "payers", Payer
    hint = "Who pays. Contributions are pounds a year into the pooled budget; risk shares are in per cent."

    @property
    def empty(self) -> Empty | None:
        """What to say while there are no payers."""
        if self._members:
            return None
        return Empty("No payers yet: type the name of the first, or paste a table from a spreadsheet.", ())


class ProvidersSheet(PathwayRecords):
    """Who provides, and what their doors cost to keep open."""

    name, title, row_word, kind, record = "providers", "Providers", "provider", "providers", Provider
    hint = "Who provides. Fixed cost is pounds a year that no option takes away: estate and overheads."

    @property
    def empty(self) -> Empty | None:
        """What to say while there are no providers."""
        if self._members:
            return None
        return Empty("No providers yet: type the name of the first, or paste a table from a spreadsheet.", ())


class ShiftsSheet(RecordSheet):
    """The investment shifts of the option shown."""

    name, title, row_word, record = "shifts", "Investment shifts", "shift", Shift
    hint = (
        "Pounds a year that move from one capacity pool to another in this option. Times are typed with "
        "their unit, such as 6 months; either pool may be left empty."
    )

    def __init__(self, document: Document) -> None:
        """Reads the shifts of the option shown; none on the baseline."""
        self._variant = document.variant
        option = document.scenario.options.get(self._variant)
        self._options = [each.name for each in document.scenario.options.values()]
        super().__init__(document, option.shifts if option is not None else {})

    def subject(self, key: str) -> Subject | None:
        """Returns the shift in its option."""
        return Subject("scenario", ("options", self._variant, "shifts", key))

    @property
    def empty(self) -> Empty | None:
        """What to say on the baseline, and in an option without shifts."""
        if self._variant == BASELINE:
            instead = "choose one of them above, or make another" if self._options else "make the first"
            return Empty(
                "Investment shifts belong to options, and this is the baseline, the pathway as it is: "
                f"{instead}.",
                (("option", "Make an option"),),
                hides=True,
            )
        if self._members:
            return None
        return Empty(
            "No shift in this option yet: type a name, pounds a year and the day it starts, or paste one.",
            (),
        )

    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes fields of shifts."""
        if self._variant == BASELINE:
            raise Refused("investment shifts belong to options; choose or make one first")
        self._become(document, label, self.written(writes))
        return ""

    def remove(self, document: Document, rows: Sequence[int]) -> str:
        """Deletes shifts."""
        gone = {self.rows[row].key for row in rows}
        names = ", ".join(self.rows[row].title for row in rows)
        left = {key: member for key, member in self._members.items() if key not in gone}
        self._become(document, f"delete {names}", left)
        return f"{names} deleted. Ctrl+Z takes it back."

    def _become(self, document: Document, label: str, shifts: Mapping[str, Record]) -> None:
        """Gives the option other shifts, as one step to undo."""
        if shifts == self._members:
            return

        def change(scenario: Scenario) -> Scenario:
            return with_decided(scenario, "shifts", shifts, self._variant)

        document.edit_scenario(label, change)
