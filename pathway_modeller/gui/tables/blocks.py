"""Rectangles of text as spreadsheets put them on the clipboard, and which row a pasted name belongs to."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from pathway_modeller.report.spreadsheet import cell_text, cell_words
from pathway_modeller.scenario.typed.notation import Unreadable, quoted
from pathway_modeller.scenario.words.same_names import seen_as

Block = tuple[tuple[str, ...], ...]
"""Rows of cells, all of the same length."""


def read_block(text: str) -> Block:
    """Returns the cells of a text divided by tabs and lines, as a spreadsheet copies it.

    Cells that hold line breaks or quotes are quoted there. Blank rows at the end are left out; short rows are
    filled up with blank cells.

    Raises:
        Unreadable: it is no table that anybody means to paste.
    """
    if not text.strip():
        return ()
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        read = csv.reader(io.StringIO(clean), dialect="excel-tab")
        rows = [[cell_words(cell.strip()) for cell in row] for row in read]
    except csv.Error:  # a cell of more letters than a spreadsheet holds
        raise Unreadable(f"{quoted(text)} is too long for a cell: copy a smaller part of it") from None
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Returns cells as a spreadsheet takes them."""
    out = io.StringIO()
    texts = ([cell_text(cell) for cell in row] for row in rows)
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(texts)
    return out.getvalue()


def same_name(one: str, other: str) -> bool:
    """Tells whether two names are the same but for capitals and blanks."""
    return seen_as(one) == seen_as(other)


def assigned(pasted: Sequence[str], present: Sequence[str], start: int) -> list[int]:
    """Returns where pasted names belong among those present.

    A name that is there goes to its own place, wherever that is, so that a table in another order is not
    mixed up. Another name goes to the place it was pasted on, if no other pasted name belongs there, and is
    its new name; the rest are new, after the last.

    Args:
        pasted: the names pasted, one below another.
        present: the names there are.
        start: the place of the first pasted name.
    """
    known = [next((at for at, name in enumerate(present) if same_name(name, each)), None) for each in pasted]
    known = [at if at not in known[:place] else None for place, at in enumerate(known)]
    claimed = {at for at in known if at is not None}
    places: list[int] = []
    new = len(present)
    for offset, at in enumerate(known):
        here = start + offset
        if at is None and here < len(present) and here not in claimed:
            at = here
        if at is None:
            at, new = new, new + 1
        places.append(at)
    return places
