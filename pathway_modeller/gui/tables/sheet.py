"""A table as rows and columns of cells, apart from how it is shown. Knows no Qt.

A sheet is worked out anew whenever the scenario changes. It says what stands in each cell, and turns texts
written into cells into one edit of the document, or refuses all of them with a sentence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.blocks import Block, same_name

NAMES = "\x00names"
NEW = "\x00new"
TOTAL = "\x00total"

Look = Literal["plain", "name", "total", "blocked", "new", "marked"]
Step = Literal["paste", "add", "people", "option"]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: as it is read.
        plain: as it is edited and copied.
        editable: whether something may be written there.
        look: how it is set off; each look differs by more than its colour.
        tip: what to know of it.
        choices: the words to choose from, if it is a choice.
        opens: the record that shows it whole, if the cell cannot.
        is_figure: whether it stands at the right.
    """

    text: str = ""
    plain: str = ""
    editable: bool = True
    look: Look = "plain"
    tip: str = ""
    choices: tuple[str, ...] = ()
    opens: Subject | None = None
    is_figure: bool = True


@dataclass(frozen=True)
class Line:
    """A row or a column: its key, its title, and what to know of it."""

    key: str
    title: str
    tip: str = ""
    opens: Subject | None = None


@dataclass(frozen=True)
class Write:
    """A text for a cell.

    Attributes:
        row: of the sheet; rows from the one for new entries on are new, totals are never counted.
        column: likewise.
        text: as typed or pasted.
        source: row and column within what was pasted, from 1.
    """

    row: int
    column: int
    text: str
    source: tuple[int, int] | None = None


class Refused(ValueError):  # noqa: N818 - nothing went wrong in the program
    """What was written does not fit, and nothing has been changed; the message is a sentence.

    Attributes:
        write: the text that does not fit, if it is one.
        unfinished: whether nothing is wrong but that more has to be typed.
    """

    def __init__(self, sentence: str, write: Write | None = None, *, unfinished: bool = False) -> None:
        text = sentence[:1].upper() + sentence[1:]
        super().__init__(text if text.endswith(".") else f"{text}.")
        self.write = write
        self.unfinished = unfinished


@dataclass(frozen=True)
class Empty:
    """What to say and to offer while a table is empty.

    Attributes:
        sentence: what there is not, and the next step.
        steps: the buttons: what they do, and their words.
        hides: whether the table is of no use yet.
    """

    sentence: str
    steps: tuple[tuple[Step, str], ...]
    hides: bool = False


class Sheet(ABC):
    """Rows, columns and cells of one table, at one moment."""

    name: str
    """By which the window and the tests know it."""

    title: str
    hint: str
    """What the figures are, and their unit."""

    row_word: str
    """What a row is called."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    adds_rows: bool = False
    adds_columns: str = ""
    """What a new column is called; empty, where none can be added."""

    names_on_top: bool = False
    """Whether the first row holds the names of the columns, so that they can be edited and pasted."""

    @property
    def empty(self) -> Empty | None:
        """What to say while there is nothing; ``None`` once there is something."""
        return None

    @abstractmethod
    def cell(self, row: int, column: int) -> Cell:
        """Returns what stands in a cell."""

    @abstractmethod
    def understood(self, row: int, column: int, text: str) -> str:
        """Returns how a text is understood that is being typed into a cell; nothing if it says itself."""

    @abstractmethod
    def commit(self, document: Document, label: str, writes: Sequence[Write]) -> str:
        """Writes texts into cells, as one step to undo.

        Returns:
            A sentence that people should read; empty if there is nothing to say.

        Raises:
            Refused: something does not fit; nothing has changed.
        """

    @abstractmethod
    def placed(self, row: int, column: int, block: Block) -> list[Write]:
        """Returns what a block pasted on a cell writes where.

        Raises:
            Refused: it does not fit.
        """

    def can_remove(self, row: int) -> bool:
        """Tells whether a row can be deleted."""
        return self.adds_rows and not self.rows[row].key.startswith("\x00")

    def remove(self, document: Document, rows: Sequence[int]) -> str:
        """Deletes rows, as one step to undo; returns a sentence that says what was deleted."""
        raise NotImplementedError

    def where(self, write: Write) -> str:
        """Returns the place of a cell in words: "High need, South"."""
        spoken = ", ".join(
            each for each in (_title(self.rows, write.row), _title(self.columns, write.column)) if each
        )
        if write.source is None:
            return spoken
        at = f"row {write.source[0]}, column {write.source[1]} of what was pasted"
        return f"{spoken} ({at})" if spoken else at[:1].upper() + at[1:]


def _title(lines: Sequence[Line], at: int) -> str:
    """Returns the title of a row or column; that of a new one is not known yet."""
    return lines[at].title if at < len(lines) and lines[at].key != NEW else ""


def cells_of(block: Block, places: Sequence[int], columns: Sequence[int], passed: int = 0) -> list[Write]:
    """Returns what the cells of a block write.

    Args:
        block: the cells.
        places: the sheet's row for each row of the block.
        columns: the sheet's column for each column of the block.
        passed: how many rows that were pasted stand above the block.
    """
    return [
        Write(row, column, text, (passed + down + 1, across + 1))
        for down, (row, texts) in enumerate(zip(places, block, strict=True))
        for across, (column, text) in enumerate(zip(columns, texts, strict=True))
    ]


def totals_refused(names: Sequence[str], what: str) -> None:
    """Refuses names that stand for a sum.

    Raises:
        Refused: one does.
    """
    for name in names:
        if any(same_name(name, word) for word in ("total", "totals", "sum", "all", "grand total")):
            raise Refused(
                f"a {what} is called “{name}”: copy the table without its totals, which are worked out here"
            )


def at_source(write: Write, sentence: str, *, unfinished: bool = False) -> Refused:
    """Returns the refusal of one text."""
    return Refused(sentence, write, unfinished=unfinished)
