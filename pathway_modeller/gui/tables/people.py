"""People by need tier and footprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.mistakes import Mistaken, refuse_misfit
from pathway_modeller.gui.inspector.references import groups_of
from pathway_modeller.gui.inspector.subjects import Subject, delete_listed
from pathway_modeller.gui.tables.cells import MISSING, exact_words, figure_words
from pathway_modeller.gui.tables.cross import CrossSheet
from pathway_modeller.gui.tables.sheet import (
    NAMES,
    NEW,
    TOTAL,
    Cell,
    Empty,
    Line,
    Write,
    at_source,
)
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.every_edit import ListedMap, add_record, rename_record
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty, quoted
from pathway_modeller.scenario.typed.numbers import WHOLE, read_whole

_NEW_TIER, _NEW_FOOTPRINT = "Add a need tier…", "Add a footprint…"


class PeopleSheet(CrossSheet):
    """Rows are need tiers, the base of the triangle first; columns are footprints; both have totals."""

    name, title = "people", "People"
    hint = (
        "People living in each footprint on the start date. The first row is the base of the triangle "
        "(level 1), the last the tip."
    )
    row_word, column_word = "need tier", "footprint"
    adds_rows, adds_columns = True, "footprint"

    def __init__(self, document: Document) -> None:
        """Reads tiers and footprints of the variant shown."""
        self._pathway = document.pathway
        self._baseline = document.baseline if document.variant != BASELINE else None
        self._tiers = [key for key, _ in groups_of(self._pathway, "need_tier")]
        self._footprints = list(self._pathway.footprints)
        self.rows = (
            Line(NAMES, ""),
            *(self._tier_line(key) for key in self._tiers),
            Line(NEW, _NEW_TIER),
            Line(TOTAL, "All need tiers"),
        )
        self.columns = (
            Line(NAMES, "Need tier"),
            *(
                Line(key, self._pathway.footprints[key].name, opens=Subject("pathway", ("footprints", key)))
                for key in self._footprints
            ),
            Line(NEW, _NEW_FOOTPRINT),
            Line(TOTAL, "All footprints"),
        )

    def _tier_line(self, key: str) -> Line:
        """Returns the row of a need tier."""
        tier = self._pathway.need_tiers[key]
        band = self._pathway.age_bands.get(tier.age_band or "")
        words = f"Level {tier.level}" + (f", {band.name}" if band else "")
        return Line(key, tier.name, words, Subject("pathway", ("need_tiers", key)))

    @property
    def empty(self) -> Empty | None:
        """What to say while there are no tiers."""
        if self._tiers:
            return None
        return Empty(
            "No need tiers yet: paste a table from a spreadsheet (names of footprints in its first row, "
            "names of need tiers in its first column), or add the first tier.",
            (("paste", "Paste a table"), ("add", "Add the first tier")),
        )

    # What is shown -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """Returns a name, a number of people, or a total."""
        tier, footprint = self.rows[row].key, self.columns[column].key
        if row == 0 or column == 0:
            return self._name_cell(row, column)
        if TOTAL in (tier, footprint):
            return self._total_cell(tier, footprint)
        if NEW in (tier, footprint):
            return Cell(look="new", tip="Figures of a new row or column; its name is needed too.")
        people = self._pathway.footprints[footprint].people.get(tier)
        tip = self._baseline_tip(tier, footprint, people)
        if people is None:
            return Cell(MISSING, tip=tip or "No people of this need tier live here.")
        if tip:
            return Cell(f"{figure_words(people)} *", exact_words(people), look="marked", tip=tip)
        return Cell(figure_words(people), exact_words(people))

    def _baseline_tip(self, tier: str, footprint: str, people: float | None) -> str:
        """Says what the baseline has, where the option differs from it."""
        if self._baseline is None:
            return ""
        place = self._baseline.footprints.get(footprint)
        before = place.people.get(tier) if place is not None else None
        if before == people:
            return ""
        return f"Changed by this option. Baseline: {MISSING if before is None else figure_words(before)}."

    def _name_cell(self, row: int, column: int) -> Cell:
        """Returns the name of a row or column."""
        line = self.rows[row] if column == 0 else self.columns[column]
        if row == 0 and column == 0:
            return Cell("Need tier", editable=False, look="name", is_figure=False)
        if line.key == TOTAL:
            return Cell(line.title, editable=False, look="total", is_figure=column != 0)
        if line.key == NEW:
            return Cell(line.title, look="new", tip="Type a name.", is_figure=column != 0)
        return Cell(line.title, line.title, look="name", tip=line.tip, is_figure=column != 0)

    def _total_cell(self, tier: str, footprint: str) -> Cell:
        """Returns a sum of people; a dash while nothing is known."""
        places = self._footprints if footprint == TOTAL else [footprint]
        tiers = self._tiers if tier == TOTAL else [tier]
        found = [
            people
            for place in places
            if place in self._pathway.footprints
            for each in tiers
            if (people := self._pathway.footprints[place].people.get(each)) is not None
        ]
        text = figure_words(sum(found)) if found else ("" if NEW in (tier, footprint) else MISSING)
        plain = exact_words(sum(found)) if found else ""
        return Cell(text, plain, editable=False, look="total", tip="Worked out from the figures.")

    # What is written ---------------------------------------------------------------------------------

    def understood(self, row: int, column: int, text: str) -> str:
        """Returns how a number of people is read; names say themselves."""
        return WHOLE.understood(text) if row and column else ""

    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes names and numbers of people."""
        pathway = self.written(writes)
        document.edit(label, lambda _present: pathway)
        return ""

    def written(self, writes: Sequence[Write]) -> Pathway:
        """Returns the pathway with names and numbers of people written into it.

        Raises:
            Refused: one does not fit.
        """
        pathway, tiers = _named(
            self._pathway, "need_tiers", dict(enumerate(self._tiers, 1)), _names(writes, down=True)
        )
        pathway, footprints = _named(
            pathway, "footprints", dict(enumerate(self._footprints, 1)), _names(writes, down=False)
        )
        people: dict[str, dict[str, float]] = {}
        for write in writes:
            if write.row == 0 or write.column == 0 or not self._counts(write, tiers, footprints):
                continue
            if write.row not in tiers:
                raise at_source(write, "give the new need tier a name too", unfinished=True)
            if write.column not in footprints:
                raise at_source(write, "give the new footprint a name too", unfinished=True)
            place = footprints[write.column]
            counts = people.setdefault(place, dict(pathway.footprints[place].people))
            _put(counts, tiers[write.row], read_people(write))
        return _with_people(pathway, people)

    @staticmethod
    def _counts(write: Write, tiers: Mapping[int, str], footprints: Mapping[int, str]) -> bool:
        """Tells whether a text says something; a blank cell where there is no row or column does not."""
        return bool(write.text.strip()) or (write.row in tiers and write.column in footprints)

    def remove(self, document: Document, rows: Sequence[int]) -> str:
        """Deletes need tiers with every reference to them."""
        keys = [self.rows[row].key for row in rows]
        names = ", ".join(self.rows[row].title for row in rows)
        return delete_listed(document, "need_tiers", keys, names)


def read_people(write: Write) -> float | None:
    """Returns the number of people that a text says.

    Raises:
        Refused: it says none.
    """
    if is_empty(write.text):
        return None
    try:
        people = read_whole(write.text)
    except Unreadable as why:
        raise at_source(write, str(why)) from None
    if people < 0:
        raise at_source(write, f"{quoted(write.text)} is not a number of people: write one such as 1,250")
    try:
        refuse_misfit(Footprint.model_construct(name="-", people={"people": float(people)}))
    except Mistaken as mistaken:
        raise at_source(write, str(mistaken)) from None
    return float(people)


def _put(counts: dict[str, float], tier: str, people: float | None) -> None:
    """Sets or takes away a number of people."""
    if people is None:
        counts.pop(tier, None)
    else:
        counts[tier] = people


def _with_people(pathway: Pathway, people: Mapping[str, Mapping[str, float]]) -> Pathway:
    """Returns a pathway with other numbers of people in some footprints; the same object if none differ."""
    changed = {
        key: pathway.footprints[key].model_copy(update={"people": counts})
        for key, counts in people.items()
        if counts != pathway.footprints[key].people
    }
    if not changed:
        return pathway
    return pathway.model_copy(update={"footprints": {**pathway.footprints, **changed}})


def _names(writes: Sequence[Write], *, down: bool) -> dict[int, Write]:
    """Returns the names written, by row or by column, in their order."""
    found = {}
    for write in writes:
        line, across = (write.row, write.column) if down else (write.column, write.row)
        if across == 0 and line > 0:
            found[line] = write
    return dict(sorted(found.items()))


def _named(
    pathway: Pathway, kind: ListedMap, keys: dict[int, str], names: Mapping[int, Write]
) -> tuple[Pathway, dict[int, str]]:
    """Returns a pathway with tiers or footprints renamed and added, and the ids by row or column.

    Raises:
        Refused: a name is empty, or there are too many levels.
    """
    for line, write in names.items():
        if not write.text.strip():
            if line in keys:
                raise at_source(write, "a name cannot be empty")
            continue
        try:
            if line in keys:
                pathway = rename_record(pathway, kind, keys[line], write.text)
            else:
                pathway, keys[line] = add_record(pathway, kind, write.text)
        except ValueError as error:
            raise at_source(write, str(error)) from None
    return pathway, keys
