"""Yearly moves between need tiers, births, migration and deaths, as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.mistakes import Mistaken, refuse_misfit
from pathway_modeller.gui.inspector.references import groups_of
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.cells import MISSING, exact_words, figure_words
from pathway_modeller.gui.tables.cross import CrossSheet
from pathway_modeller.gui.tables.moves_block import without_diagonal
from pathway_modeller.gui.tables.sheet import NAMES, Cell, Empty, Line, Write, at_source
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.every_edit import fresh_id
from pathway_modeller.scenario.population import Move, MoveKind
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty, plain, quoted
from pathway_modeller.scenario.typed.numbers import number_words, read_rate_or_share, share_words
from pathway_modeller.scenario.values import ByGroup

Place = tuple[MoveKind, str | None, str | None]
"""What happens, the tier left, the tier reached."""

_IN: tuple[tuple[MoveKind, str], ...] = (("birth", "Births"), ("migration in", "Migration in"))
_OUT: tuple[tuple[MoveKind, str], ...] = (("migration out", "Migration out"), ("death", "Deaths"))
_PEOPLE = "people"
_LONGEST = 128
"""Characters of the longest flow that is read."""


class MovesSheet(CrossSheet):
    """Rows are the tiers that people leave, columns those they reach; births, migration and deaths around."""

    name, title = "moves", "Moves"
    hint = (
        "Yearly moves for each person, from the tier of the row to that of the column (0.02, or 2%); “120 "
        "people” is a fixed number a year. Births and migration in: people a year, or “0.01 per person”."
    )
    row_word = column_word = "need tier"

    def __init__(self, document: Document) -> None:
        """Reads the moves of the variant shown."""
        self._pathway = document.pathway
        self._tiers = groups_of(self._pathway, "need_tier")
        self.rows = self._lines(_IN, "From")
        self.columns = self._lines(_OUT, "From ↓  to →")
        self._moves = _by_place(self._pathway.moves)

    def _lines(self, outer: tuple[tuple[MoveKind, str], ...], corner: str) -> tuple[Line, ...]:
        """Returns the tiers, and what comes into or goes out of the population."""
        tiers = (Line(key, name) for key, name in self._tiers)
        return (Line(NAMES, corner), *tiers, *(Line(f"\x00{kind}", name) for kind, name in outer))

    @property
    def empty(self) -> Empty | None:
        """What to say while there are no tiers, or no moves."""
        if not self._tiers:
            return Empty(
                "No need tiers yet: people move between need tiers, which are entered on the page People.",
                (("people", "Go to People"),),
                hides=True,
            )
        if not self._pathway.moves:
            return Empty(
                "No moves yet, so that the population stays as it is: type or paste yearly rates.", ()
            )
        return None

    def place(self, row: int, column: int) -> Place | None:
        """Returns what a cell is about; ``None`` for the diagonal and for births that go out."""
        tier_row, tier_column = row <= len(self._tiers), column <= len(self._tiers)
        origin, target = self.rows[row].key, self.columns[column].key
        if tier_row and tier_column:
            return None if row == column else ("move", origin, target)
        if tier_column:
            return (_IN[row - len(self._tiers) - 1][0], None, target)
        if tier_row:
            return (_OUT[column - len(self._tiers) - 1][0], origin, None)
        return None

    # What is shown -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """Returns a name, a rate, or a blocked cell."""
        if row == 0 or column == 0:
            title = (self.rows[row] if column == 0 else self.columns[column]).title
            if row == 0 and column == 0:
                title = self.columns[0].title
            tip = "Tiers are named on the page People."
            return Cell(title, title, editable=False, look="name", tip=tip, is_figure=column != 0)
        place = self.place(row, column)
        if place is None:
            tip = "Nobody moves to the tier they are in." if row == column else ""
            return Cell(editable=False, look="blocked", tip=tip)
        found = self._moves.get(place, [])
        if not found:
            return Cell(MISSING, tip="No such move.")
        if len(found) > 1:
            return self._several(found)
        return self._one(place, *found[0])

    def _several(self, found: Sequence[tuple[str, Move]]) -> Cell:
        """Returns the cell of several moves between the same tiers."""
        names = ", ".join(move.name for _, move in found)
        opens = Subject("pathway", ("moves", found[0][0]))
        tip = f"Several moves: {names}. Enter opens the first in the inspector."
        return Cell(f"{len(found)} moves ▸", editable=False, look="marked", tip=tip, opens=opens)

    def _one(self, place: Place, key: str, move: Move) -> Cell:
        """Returns the cell of one move."""
        opens = Subject("pathway", ("moves", key))
        if isinstance(move.per_person, ByGroup):
            least, most = min(_rates(move.per_person)), max(_rates(move.per_person))
            tip = f"{move.name}: the rate differs by group. Enter opens it in the inspector."
            text = f"{figure_words(least)} to {figure_words(most)} ▸"
            return Cell(text, editable=False, look="marked", tip=tip, opens=opens)
        plain = plain_words(place[0], move)
        shown = _shown_words(place[0], move)
        extra = [word for word, has in (("trend", move.trend), ("by footprint", move.footprints)) if has]
        if not extra:
            return Cell(shown, plain, tip=self._tip(place, move))
        tip = f"{move.name}: with {' and '.join(extra)}; Enter opens it in the inspector."
        return Cell(f"{shown} ▸", plain, look="marked", tip=tip, opens=opens)

    def _tip(self, place: Place, move: Move) -> str:
        """Says how many people a rate moves in the first year."""
        if move.per_person is None or isinstance(move.per_person, ByGroup):
            return f"{move.name}: {figure_words(move.people or 0)} people a year, all footprints together."
        living = [
            people
            for footprint in self._pathway.footprints.values()
            for tier, people in footprint.people.items()
            if place[1] is None or tier == place[1]
        ]
        moved = f"{sum(living) * move.per_person:,.0f} people a year to begin with"
        return f"{move.name}: {exact_words(move.per_person)} a year for each person; {moved}."

    # What is written ---------------------------------------------------------------------------------

    def understood(self, row: int, column: int, text: str) -> str:
        """Returns how a yearly flow is read; names say themselves."""
        place = self.place(row, column) if row and column else None
        if place is None or is_empty(text):
            return ""
        found = self._moves.get(place, [])
        try:
            figure, people = read_rate(text, place[0], found[0][1] if found else None)
        except Unreadable as why:
            return f"{why}."
        return f"= {rate_words(place[0], figure, people)}"

    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes rates; figures on the diagonal that only balance a row are left out, and that is said."""
        kept, said = without_diagonal(writes, len(self._tiers))
        moves = dict(self._pathway.moves)
        for write in kept:
            self._write(moves, write)
        if moves != self._pathway.moves:
            document.edit(label, lambda pathway: _with_moves(pathway, moves))
        return said

    def _write(self, moves: dict[str, Move], write: Write) -> None:
        """Writes one rate among the moves.

        Raises:
            Refused: it does not fit.
        """
        if write.row == 0 or write.column == 0:
            self._check_name(write)
            return
        place = self.place(write.row, write.column)
        if place is None:
            if not is_empty(write.text) and write.text.strip() != "0":
                said = f"{quoted(write.text)} cannot go there: nobody moves so; leave the cell blank"
                raise at_source(write, said)
            return
        found = self._moves.get(place, [])
        if any(isinstance(move.per_person, ByGroup) for _, move in found) or len(found) > 1:
            raise at_source(write, "this is several rates in one; open it in the inspector")
        if is_empty(write.text):
            for key, _ in found:
                self._take_away(moves, key, write)
            return
        try:
            figure, people = read_rate(write.text, place[0], found[0][1] if found else None)
        except Unreadable as why:
            raise at_source(write, str(why)) from None
        rate = {"people": figure if people else None, "per_person": None if people else figure}
        key = found[0][0] if found else fresh_id(self._name_of(place), moves)
        before = found[0][1] if found else self._new(place)
        moves[key] = before.model_copy(update={"footprints": {}, **rate} if _turns(before, rate) else rate)
        try:
            refuse_misfit(moves[key])
        except Mistaken as mistaken:
            raise at_source(write, str(mistaken)) from None

    def _check_name(self, write: Write) -> None:
        """Refuses to rename a tier here.

        Raises:
            Refused: the text is not the tier's name.
        """
        line = self.rows[write.row] if write.column == 0 else self.columns[write.column]
        corner = write.row == 0 and write.column == 0
        if not corner and write.text and write.text.casefold() != line.title.casefold():
            raise at_source(write, f"there is no “{write.text}” here; tiers are named on the page People")

    def _take_away(self, moves: dict[str, Move], key: str, write: Write) -> None:
        """Takes a move away, unless something slows it.

        Raises:
            Refused: a prevention slows it.
        """
        slowing = [each.name for each in self._pathway.preventions.values() if key in each.slows]
        if slowing:
            raise at_source(write, f"“{slowing[0]}” slows this move; take it out there first")
        del moves[key]

    def _name_of(self, place: Place) -> str:
        """Returns the name of a new move."""
        names = dict(self._tiers)
        kind, origin, target = place
        match kind:
            case "birth":
                return f"Births: {names[target or '']}"
            case "death":
                return f"Deaths: {names[origin or '']}"
            case "move":
                return f"{names[origin or '']} to {names[target or '']}"
        return f"{kind.capitalize()}: {names[origin or target or '']}"

    def _new(self, place: Place) -> Move:
        """Returns a move without a rate yet."""
        kind, origin, target = place
        return Move(name=self._name_of(place), kind=kind, origin=origin, target=target)


def _turns(before: Move, rate: Mapping[str, float | None]) -> bool:
    """Tells whether a rate turns a number of people into a rate per person, which has no shares."""
    return before.people is not None and rate["people"] is None


def _by_place(moves: Mapping[str, Move]) -> dict[Place, list[tuple[str, Move]]]:
    """Returns the moves by what they do."""
    found: dict[Place, list[tuple[str, Move]]] = {}
    for key, move in moves.items():
        found.setdefault((move.kind, move.origin, move.target), []).append((key, move))
    return found


def _with_moves(pathway: Pathway, moves: Mapping[str, Move]) -> Pathway:
    """Returns a pathway with other moves."""
    return pathway.model_copy(update={"moves": moves})


def _rates(rate: ByGroup[float]) -> list[float]:
    """Returns every rate of a rate that differs by group."""
    return [*rate.values.values(), rate.otherwise]


def counts_people(kind: MoveKind) -> bool:
    """Tells whether a bare number of such a move is people a year rather than a rate."""
    return kind in {"birth", "migration in"}


def plain_words(kind: MoveKind, move: Move) -> str:
    """Returns a move's figure as it is edited; its unit where a bare number would mean another."""
    if move.people is not None:
        return exact_words(move.people) + ("" if counts_people(kind) else f" {_PEOPLE}")
    if isinstance(move.per_person, ByGroup) or move.per_person is None:
        return ""
    return exact_words(move.per_person) + (" per person" if counts_people(kind) else "")


def _shown_words(kind: MoveKind, move: Move) -> str:
    """Returns a move's figure as it is read."""
    if move.people is not None:
        return f"{figure_words(move.people)} {_PEOPLE}"
    if isinstance(move.per_person, ByGroup) or move.per_person is None:
        return MISSING
    return figure_words(move.per_person) + (" per person" if counts_people(kind) else "")


def read_rate(text: str, kind: MoveKind, before: Move | None) -> tuple[float, bool]:
    """Returns the figure that a text says, and whether it is people a year rather than a rate per person.

    A bare number keeps the unit that the cell has; in an empty cell it is a rate, but people a year for
    births and migration in.

    Raises:
        Unreadable: the text says neither.
    """
    low = plain(text[:_LONGEST]).casefold().removesuffix(" a year").removesuffix(" per year")
    people = counts_people(kind) if before is None else before.people is not None
    for ending, counted in ((" people", True), (" per person", False), ("%", False)):
        if low.endswith(ending):
            people = counted
            low = low if ending == "%" else low.removesuffix(ending)
    figure = read_rate_or_share(low if len(text) <= _LONGEST else text)
    if figure < 0:
        raise Unreadable(f"{quoted(text)} is less than nothing: a yearly flow is 0 or more")
    return float(figure), people


def rate_words(kind: MoveKind, figure: float, people: bool) -> str:
    """Returns a yearly flow with what it counts."""
    if people:
        return f"{number_words(figure)} {_PEOPLE} a year"
    per_cent = "" if counts_people(kind) else f", {share_words(figure)} of them"
    return f"{number_words(figure)} a year for each person{per_cent}"
