"""Spending per head outside the pathway, by need tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.kinds import FieldSpec, Json, Kind, fields_of
from pathway_modeller.gui.inspector.mistakes import Mistaken, built
from pathway_modeller.gui.inspector.references import groups_of
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.cells import MISSING, fits_cell, plain, read, shown, understood
from pathway_modeller.gui.tables.cross import CrossSheet
from pathway_modeller.gui.tables.prices import only, reading_of, usual_year
from pathway_modeller.gui.tables.records import choice_texts, document_of
from pathway_modeller.gui.tables.sheet import NAMES, NEW, TOTAL, Cell, Empty, Line, Write, at_source
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.every_edit import fresh_id
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.scenario.typed.money import pounds_words
from pathway_modeller.scenario.typed.notation import Unreadable

_NEW_COST = "Add spending…"
_SHEET_ONLY = ("name", "amount")

Costs = dict[str, dict[str, dict[str, Json]]]
"""By need tier and id of the spending, as the file holds it."""


class SpendingSheet(CrossSheet):
    """Rows are who pays and where, then the need tiers; columns are what is spent on."""

    name, title = "spending", "Spending per head"
    row_word, column_word = "need tier", "kind of spending"
    adds_columns = "kind of spending"

    def __init__(self, document: Document) -> None:
        """Reads the spending of the variant shown."""
        self._pathway = document.pathway
        self._tiers = groups_of(self._pathway, "need_tier")
        self._costs = [cost for tier in self._pathway.need_tiers.values() for cost in tier.spending.items()]
        self._keys = list(dict.fromkeys(key for key, _ in self._costs))
        self._reading = reading_of(
            document, (cost.amount.price_year for _, cost in self._costs), usual_year(document)
        )
        self._fields = {spec.key: spec for spec in fields_of(HeadCost)}
        self._shared = [
            spec for spec in fields_of(HeadCost) if spec.key not in _SHEET_ONLY and fits_cell(spec.kind)
        ]
        self.hint = self._hint()
        self.rows = (
            Line(NAMES, ""),
            *(Line(f"\x00{spec.key}", spec.title, spec.help) for spec in self._shared),
            *(Line(key, name, opens=Subject("pathway", ("need_tiers", key))) for key, name in self._tiers),
        )
        self.columns = (
            Line(NAMES, "Spent on"),
            *(Line(key, self._name_of(key)) for key in self._keys),
            Line(NEW, _NEW_COST),
            Line(TOTAL, "All of it"),
        )

    def _hint(self) -> str:
        """Says what the figures are, and in which prices."""
        year = self._reading.price_year
        told = "typed with their year of prices, such as £120 (2024/25)"
        prices = f"taken as {year} prices, or {told}" if year else told
        return f"Pounds a year for each person of a need tier, spent outside the pathway drawn; {prices}."

    @property
    def empty(self) -> Empty | None:
        """What to say while there are no tiers, or no spending."""
        if not self._tiers:
            return Empty(
                "No need tiers yet: spending is entered for each need tier.",
                (("people", "Go to People"),),
                hides=True,
            )
        if not self._keys:
            return Empty(
                "No spending yet: paste a table with the names of what is spent on in its first row, or type "
                "such a name and then the pounds below it.",
                (("paste", "Paste a table"),),
            )
        return None

    def _name_of(self, key: str) -> str:
        """Returns what people call a kind of spending."""
        return next(cost.name for other, cost in self._costs if other == key)

    # What is shown -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """Returns a name, who pays, or pounds."""
        line, cost = self.rows[row], self.columns[column].key
        if column == 0:
            look_up = Cell(line.title, line.title, editable=False, look="name", tip=line.tip, is_figure=False)
            return look_up if row else Cell("Spent on", editable=False, look="name", is_figure=False)
        if row == 0:
            title = self.columns[column].title
            if cost == TOTAL:
                return Cell(title, editable=False, look="total")
            return Cell(title, "" if cost == NEW else title, look="new" if cost == NEW else "name")
        if line.key.startswith("\x00"):
            return self._shared_cell(self._fields[line.key[1:]], cost)
        return self._amount_cell(line.key, cost)

    def _shared_cell(self, spec: FieldSpec, cost: str) -> Cell:
        """Returns what all tiers have in common of a kind of spending."""
        choices = choice_texts(spec.kind, self._reading)
        if cost == TOTAL:
            return Cell(editable=False, look="total")
        values = [document_of(each).get(spec.key) for key, each in self._costs if key == cost]
        if any(value != values[0] for value in values):
            first = next(tier for tier, _ in self._tiers if cost in self._pathway.need_tiers[tier].spending)
            opens = Subject("pathway", ("need_tiers", first))
            return Cell("differs ▸", look="marked", tip="Differs by need tier.", opens=opens, choices=choices)
        value = values[0] if values else None
        text = shown(spec.kind, value, self._reading) if values else ""
        look = plain(spec.kind, value, self._reading)
        return Cell(text, look, tip=spec.help, choices=choices, is_figure=False)

    def _amount_cell(self, tier: str, cost: str) -> Cell:
        """Returns pounds a head, or their sum."""
        spending = self._pathway.need_tiers[tier].spending
        if cost == TOTAL:
            return self._total_cell(spending)
        if cost == NEW:
            return Cell(look="new", tip="Pounds of a new kind of spending; its name is needed too.")
        kind = self._fields["amount"].kind
        value = document_of(spending[cost])["amount"] if cost in spending else None
        return Cell(shown(kind, value, self._reading), plain(kind, value, self._reading))

    def _total_cell(self, spending: Mapping[str, HeadCost]) -> Cell:
        """Returns the sum of what is spent on each person; nothing where the prices are of several years."""
        years = {cost.amount.price_year for cost in spending.values()}
        if len(years) != 1:
            tip = "Not added up: prices of several years." if years else "Nothing is spent."
            return Cell(MISSING, editable=False, look="total", tip=tip)
        pounds = sum(cost.amount.value for cost in spending.values())
        text = pounds_words(pounds)
        year = only(years)
        return Cell(
            text if year == self._reading.price_year else f"{text} ({year})", editable=False, look="total"
        )

    # What is written ---------------------------------------------------------------------------------

    def understood(self, row: int, column: int, text: str) -> str:
        """Returns how pounds a head are read; names and payers say themselves."""
        is_amount = column and row > len(self._shared)
        return understood(self._fields["amount"].kind, text, self._reading) if is_amount else ""

    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes names, payers and pounds."""
        pathway = self.written(writes)
        document.edit(label, lambda _present: pathway)
        return ""

    def written(self, writes: Sequence[Write]) -> Pathway:
        """Returns the pathway with spending written into it.

        Raises:
            Refused: something does not fit.
        """
        keys = dict(enumerate(self._keys, 1))
        tiers = self._pathway.need_tiers
        costs: Costs = {
            tier: {key: document_of(cost) for key, cost in tiers[tier].spending.items()} for tier in tiers
        }
        names = self._named(writes, keys)
        self._write_amounts(costs, writes, keys, names)
        for key, name in names.items():
            _put_all(costs, key, "name", name)
        for write in writes:
            if 0 < write.row <= len(self._shared) and write.column:
                self._write_shared(costs, write, keys)
        self._check_new(costs, writes, keys)
        return _with_costs(self._pathway, costs)

    def _named(self, writes: Sequence[Write], keys: dict[int, str]) -> dict[str, str]:
        """Returns the names written, by id; new columns get an id among the keys."""
        names: dict[str, str] = {}
        for write in writes:
            text = " ".join(write.text.split())
            if write.column == 0:
                self._check_name(write)
            elif write.row == 0 and text:
                key = keys.setdefault(write.column, fresh_id(text, [*keys.values()]))
                names[key] = text
            elif write.row == 0 and write.column in keys:
                raise at_source(write, "a name cannot be empty; clear the pounds below it to take it away")
        return names

    def _check_name(self, write: Write) -> None:
        """Refuses to rename a tier here."""
        title = self.rows[write.row].title
        if write.row and write.text and write.text.casefold() != title.casefold():
            raise at_source(write, f"there is no “{write.text}” here; tiers are named on the page People")

    def _write_amounts(
        self, costs: Costs, writes: Sequence[Write], keys: Mapping[int, str], names: Mapping[str, str]
    ) -> None:
        """Writes the pounds of each tier."""
        for write in writes:
            if write.row <= len(self._shared) or write.column == 0:
                continue
            amount = self._read(self._fields["amount"].kind, write)
            if write.column not in keys:
                if amount is None:
                    continue
                raise at_source(write, "give the new kind of spending a name too", unfinished=True)
            key, tier = keys[write.column], self.rows[write.row].key
            if amount is None:
                costs[tier].pop(key, None)
                continue
            if key not in costs[tier]:
                others = next((each[key] for each in costs.values() if key in each), {})
                costs[tier][key] = {"name": names.get(key, ""), **others}
            costs[tier][key]["amount"] = amount

    def _write_shared(self, costs: Costs, write: Write, keys: Mapping[int, str]) -> None:
        """Writes who pays, or where, for every tier."""
        spec = self._shared[write.row - 1]
        value = self._read(spec.kind, write)
        if write.column in keys:
            _put_all(costs, keys[write.column], spec.key, value)
        elif value is not None:
            raise at_source(write, "give the new kind of spending a name and pounds too", unfinished=True)

    def _check_new(self, costs: Costs, writes: Sequence[Write], keys: Mapping[int, str]) -> None:
        """Refuses a new kind of spending on which nothing is spent, and records that do not fit."""
        spent = {key for each in costs.values() for key in each}
        for write in writes:
            if write.row == 0 and keys.get(write.column) not in {*spent, *self._keys, None}:
                raise at_source(
                    write, f"type the pounds below “{write.text}” too; it is kept then", unfinished=True
                )
        for each in costs.values():
            for document in each.values():
                try:
                    built(HeadCost, document)
                except Mistaken as mistake:
                    raise at_source(writes[0], str(mistake)) from None

    def _read(self, kind: Kind, write: Write) -> Json:
        """Returns what a text says."""
        try:
            return read(kind, write.text, self._reading)
        except Unreadable as error:
            raise at_source(write, str(error)) from None


def _put_all(costs: Costs, key: str, field: str, value: Json) -> None:
    """Sets one field of a kind of spending in every tier."""
    for each in costs.values():
        if key in each:
            each[key].pop(field, None)
            if value is not None:
                each[key][field] = value


def _with_costs(pathway: Pathway, costs: Costs) -> Pathway:
    """Returns a pathway with other spending; the same object if none differs."""
    changed: dict[str, NeedTier] = {}
    for key, tier in pathway.need_tiers.items():
        spending = {each: built(HeadCost, document) for each, document in costs[key].items()}
        if spending != dict(tier.spending):
            changed[key] = tier.model_copy(update={"spending": spending})
    if not changed:
        return pathway
    return pathway.model_copy(update={"need_tiers": {**pathway.need_tiers, **changed}})
