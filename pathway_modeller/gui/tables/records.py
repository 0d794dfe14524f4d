"""A table of like records: a row each, a column for each field that fits a cell, from their descriptions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import Choice, FieldSpec, Json, Kind, Maybe, Reference, fields_of
from pathway_modeller.gui.inspector.mistakes import Mistaken, built
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.blocks import Block, assigned, same_name
from pathway_modeller.gui.tables.cells import (
    MISSING,
    Reading,
    fits_cell,
    is_money,
    is_number,
    plain,
    read,
    shown,
    understood,
)
from pathway_modeller.gui.tables.prices import reading_of, usual_year
from pathway_modeller.gui.tables.sheet import NEW, Cell, Line, Refused, Sheet, Write, at_source, cells_of
from pathway_modeller.scenario.edits.every_edit import fresh_id
from pathway_modeller.scenario.typed.notation import Unreadable
from pathway_modeller.scenario.values import Record


def document_of(record: Record) -> dict[str, Json]:
    """Returns a record as the file holds it, with its defaults."""
    document: dict[str, Json] = json.loads(record.model_dump_json(by_alias=True))
    return document


def choice_texts(kind: Kind, reading: Reading) -> tuple[str, ...]:
    """Returns the words that a cell offers; none, where anything may be typed."""
    if isinstance(kind, Maybe):
        inner = choice_texts(kind.inner, reading)
        return (MISSING, *inner) if inner else ()
    if isinstance(kind, Choice):
        return tuple(choice_words(option) for option in kind.options)
    if isinstance(kind, Reference):
        return tuple(name for _, name in reading.choices(kind.source))
    return ()


class RecordSheet(Sheet):
    """Rows are the members of one map, in its order; a last row takes new ones."""

    record: type[Record]
    adds_rows = True

    def __init__(self, document: Document, members: Mapping[str, Record]) -> None:
        """Reads the members of a map.

        Args:
            document: the open scenario.
            members: what the rows show.
        """
        self._members = members
        self._keys = list(members)
        self._documents = {key: document_of(member) for key, member in members.items()}
        self._specs = [spec for spec in fields_of(self.record) if fits_cell(spec.kind)]
        usual = usual_year(document)
        self._readings = {spec.key: reading_of(document, self._years(spec), usual) for spec in self._specs}
        self.columns = tuple(Line(spec.key, self._title(spec), spec.help) for spec in self._specs)
        rows = (Line(key, str(self._documents[key]["name"]), opens=self.subject(key)) for key in self._keys)
        self.rows = (*rows, Line(NEW, f"Add a {self.row_word}…"))

    def subject(self, key: str) -> Subject | None:  # noqa: ARG002 - for those that have a form
        """Returns what the inspector opens for a row; ``None`` if it has no form of its own."""
        return None

    def _years(self, spec: FieldSpec) -> list[str]:
        """Returns the years of prices in a column."""
        values = [document.get(spec.key) for document in self._documents.values()]
        return [
            str(value["price_year"]) for value in values if isinstance(value, dict) and is_money(spec.kind)
        ]

    def _title(self, spec: FieldSpec) -> str:
        """Returns the title of a column; that of pounds with the year of their prices."""
        year = self._readings[spec.key].price_year
        return f"{spec.title} ({year})" if is_money(spec.kind) and year else spec.title

    # What is shown -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """Returns the value of a field."""
        spec = self._specs[column]
        reading = self._readings[spec.key]
        choices = choice_texts(spec.kind, reading)
        figure = is_number(spec.kind)
        if self.rows[row].key == NEW:
            text = self.rows[row].title if column == 0 else ""
            return Cell(text, look="new", tip=spec.help, choices=choices, is_figure=figure)
        value = self._documents[self.rows[row].key].get(spec.key)
        return Cell(
            shown(spec.kind, value, reading),
            plain(spec.kind, value, reading),
            look="name" if column == 0 else "plain",
            tip=spec.help,
            choices=choices,
            is_figure=figure,
        )

    # What is written ---------------------------------------------------------------------------------

    def understood(self, row: int, column: int, text: str) -> str:  # noqa: ARG002 - by the column alone
        """Returns how the field of the column reads a text."""
        spec = self._specs[column]
        return understood(spec.kind, text, self._readings[spec.key])

    def placed(self, row: int, column: int, block: Block) -> list[Write]:
        """Places rows by their names where names were pasted, else by position; a row of titles is passed."""
        if column + len(block[0]) > len(self._specs):
            room = len(self._specs) - column
            raise Refused(
                f"what was pasted has {len(block[0])} columns, and there are {room} from "
                f"“{self.columns[column].title}” on"
            )
        titles = [spec.title for spec in self._specs[column:]]
        skipped = all(same_name(text, title) for text, title in zip(block[0], titles, strict=False))
        body = block[1:] if skipped else block
        if column == 0:
            places = assigned([texts[0] for texts in body], [line.title for line in self.rows[:-1]], row)
        else:
            places = list(range(row, row + len(body)))
        if column and places and places[-1] >= len(self._keys) and len(body) > 1:
            raise Refused(
                f"what was pasted has more rows than there are {self.row_word}s; begin in the column "
                f"“{self.columns[0].title}”, and copy it too, to add {self.row_word}s"
            )
        return cells_of(body, places, range(column, column + len(block[0])), int(skipped))

    def written(self, writes: Sequence[Write]) -> dict[str, Record]:
        """Returns the members with texts written into their fields.

        Raises:
            Refused: one does not fit.
        """
        members = dict(self._members)
        for row in sorted({write.row for write in writes}):
            cells = [write for write in writes if write.row == row]
            if row < len(self._keys):
                key = self._keys[row]
                members[key] = self._built(_given(self._members[key]), cells)
            elif any(write.text.strip() for write in cells):
                document = self.first_fields()
                record = self._built(document, cells)
                members[fresh_id(str(getattr(record, "name", "")), members)] = record
        return members

    def first_fields(self) -> dict[str, Json]:
        """Returns what a new record begins with."""
        return {}

    def _built(self, document: dict[str, Json], cells: Sequence[Write]) -> Record:
        """Returns a record with texts written into its fields."""
        for write in cells:
            spec = self._specs[write.column]
            try:
                value = read(spec.kind, write.text, self._reading_for(spec, document))
            except Unreadable as error:
                raise at_source(write, str(error)) from None
            document.pop(spec.key, None)
            if value is not None:
                document[spec.key] = value
        try:
            return built(self.record, document)
        except Mistaken as mistake:
            raise self._refused(mistake, cells) from None

    def _reading_for(self, spec: FieldSpec, document: Mapping[str, Json]) -> Reading:
        """Returns how a cell is read: an amount keeps the year of prices that it has."""
        before = document.get(spec.key)
        reading = self._readings[spec.key]
        if is_money(spec.kind) and isinstance(before, dict):
            return Reading(reading.choices, str(before["price_year"]))
        return reading

    def _refused(self, mistake: Mistaken, cells: Sequence[Write]) -> Refused:
        """Returns the refusal of a record, at the cell that is wrong or else the first."""
        wrong = next(
            (each for each in cells if mistake.at and self._specs[each.column].key == mistake.at[0]), None
        )
        sentence = str(mistake)
        if mistake.unfinished and wrong is None:
            sentence = f"{sentence} The {self.row_word} is kept then."
        return at_source(wrong or cells[0], sentence, unfinished=mistake.unfinished and wrong is None)


def _given(record: Record) -> dict[str, Json]:
    """Returns a record as the file holds it, without what is at its default."""
    document: dict[str, Json] = json.loads(record.model_dump_json(by_alias=True, exclude_defaults=True))
    return document
