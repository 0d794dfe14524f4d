"""Tables for spreadsheets: UTF-8 with its mark, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ENCODING = "utf-8-sig"
"""Excel takes a CSV file without the mark for one in the computer's own code page, and £ for Â£."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def cell_text(text: str) -> str:
    """Returns a text as a cell that is shown as text: with an apostrophe before what begins a formula.

    Numbers, such as -5 or +0.3, stay numbers.
    """
    # One more before one that was there already, so that each cell is read back as it was.
    begins = text.lstrip("'")
    return f"'{text}" if begins.startswith(_FORMULAS) and not _is_number(begins) else text


def cell_words(cell: str) -> str:
    """Returns the text of which :func:`cell_text` made a cell."""
    words = cell.removeprefix("'")
    return words if cell_text(words) == cell else cell


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Writes a table, the same bytes on every system, and returns its file; missing figures are empty.

    Raises:
        OSError: the file cannot be written.
    """
    from pandas.api.types import is_numeric_dtype

    changed = table.rename(columns=lambda title: cell_text(str(title)))
    # By place: two columns may have one title.
    for place in range(changed.shape[1]):
        column = changed.iloc[:, place]
        if is_numeric_dtype(column):
            continue
        texts = {each: cell_text(each) for each in column.unique() if isinstance(each, str)}
        if any(kept != text for text, kept in texts.items()):
            changed.isetitem(place, [texts.get(each, each) for each in column.tolist()])
    changed.to_csv(path, index=False, lineterminator="\n", encoding=ENCODING)
    return path


def _is_number(text: str) -> bool:
    """Whether a spreadsheet reads a text as a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True
