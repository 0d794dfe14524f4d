"""A table with names on top and names at the left, as it stands in a spreadsheet: placing what is pasted."""

from __future__ import annotations

from collections.abc import Sequence

from pathway_modeller.gui.tables.blocks import Block, assigned
from pathway_modeller.gui.tables.sheet import (
    NAMES,
    NEW,
    TOTAL,
    Refused,
    Sheet,
    Write,
    cells_of,
    totals_refused,
)


class CrossSheet(Sheet):
    """Row 0 holds the names of the columns, column 0 those of the rows; what is pasted may include them."""

    column_word: str
    """What a column is called."""

    names_on_top = True

    @property
    def row_names(self) -> list[str]:
        """The names of the rows there are."""
        return [line.title for line in self.rows if line.key not in {NAMES, NEW, TOTAL}]

    @property
    def column_names(self) -> list[str]:
        """The names of the columns there are."""
        return [line.title for line in self.columns if line.key not in {NAMES, NEW, TOTAL}]

    def placed(self, row: int, column: int, block: Block) -> list[Write]:
        """Places names by name and figures by their names, or by their position where none were pasted."""
        if self.rows[row].key == TOTAL or self.columns[column].key == TOTAL:
            raise Refused("totals are worked out and cannot be pasted over; choose another cell")
        down = [0, *self._rows_for(1, block[1:], column)] if row == 0 else self._rows_for(row, block, column)
        body = tuple(texts[1:] for texts in block) if column == 0 else block
        across = self._columns_for(max(column, 1), body, row)
        return cells_of(block, down, [0, *across] if column == 0 else across)

    def _rows_for(self, row: int, block: Block, column: int) -> list[int]:
        """Returns the sheet's row for each row of figures in a block."""
        there = self.row_names
        if column == 0:
            names = [texts[0] for texts in block]
            totals_refused(names, "row")
            places = [1 + place for place in assigned(names, there, row - 1)]
        else:
            places = list(range(row, row + len(block)))
        if places and max(places) > len(there):
            self._refuse_rows(block, column, places)
        return places

    def _refuse_rows(self, block: Block, column: int, places: Sequence[int]) -> None:
        """Refuses rows that are too many, unless they bring names for new ones."""
        first = next(down for down, place in enumerate(places) if place > len(self.row_names))
        if not self.adds_rows:
            name = f"“{block[first][0]}”" if column == 0 else f"row {first + 1} of what was pasted"
            raise Refused(f"there is no {self.row_word} for {name}; add it on the page People first")
        if column != 0 and len(block) > 1:
            raise Refused(
                f"what was pasted has more rows than there are {self.row_word}s; begin in the column of "
                f"names, and copy it too, to add {self.row_word}s"
            )

    def _columns_for(self, column: int, block: Block, row: int) -> list[int]:
        """Returns the sheet's column for each column of figures in a block."""
        there = self.column_names
        width = len(block[0]) if block else 0
        if row == 0:
            names = list(block[0]) if block else []
            totals_refused(names, "column")
            places = [1 + place for place in assigned(names, there, column - 1)]
        else:
            places = list(range(column, column + width))
        if places and max(places) > len(there):
            self._refuse_columns(row, width, column)
        return places

    def _refuse_columns(self, row: int, width: int, column: int) -> None:
        """Refuses columns that are too many, unless they bring names for new ones."""
        if self.adds_columns and (row == 0 or width == 1):
            return
        room = max(len(self.column_names) - column + 1, 0)
        how = (
            f"; begin in the row of names, and copy it too, to add {self.column_word}s"
            if self.adds_columns
            else ""
        )
        plural = self.column_word if room == 1 else f"{self.column_word}s"
        raise Refused(
            f"what was pasted has {width} columns of figures, and there are {room} {plural} from here on{how}"
        )
