"""What stands on the diagonal of a pasted matrix, and what it betrays of the other figures."""

from __future__ import annotations

from collections.abc import Sequence

from pathway_modeller.gui.tables.sheet import Refused, Write
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty, quoted
from pathway_modeller.scenario.typed.numbers import read_rate_or_share

_CLOSE = 1e-3


def without_diagonal(writes: Sequence[Write], tiers: int) -> tuple[list[Write], str]:
    """Returns what is written off the diagonal, and a sentence on what was left out.

    A diagonal that balances its rows to 0 belongs to a matrix of rates and says nothing new. One that fills
    its rows up to 1 belongs to shares of people after a year, which are no rates.

    Args:
        writes: what is written.
        tiers: how many need tiers there are.

    Raises:
        Refused: the figures are shares, or the diagonal is neither blank nor a balance.
    """
    figures = [write for write in writes if 0 < write.row == write.column <= tiers and _number(write.text)]
    if not figures or all(write.source is None for write in figures):
        return list(writes), ""
    sums = {write.row: _row_sum(writes, write.row, tiers) for write in figures}
    if all(abs(total - 1) < _CLOSE for total in sums.values()):
        raise Refused(
            "each row adds up to 1, so these are shares of people after a year and not yearly rates; "
            "paste yearly rates, with the diagonal left blank",
            figures[0],
        )
    for write in figures:
        if abs(sums[write.row]) > _CLOSE * max(1.0, abs(_number(write.text))):
            raise Refused(
                f"{quoted(write.text)} is on the diagonal, and nobody moves to the tier they are in; "
                "leave the diagonal blank",
                write,
            )
    left = [write for write in writes if write not in figures]
    return left, "The figures on the diagonal were left out: they only balance their rows."


def _row_sum(writes: Sequence[Write], row: int, tiers: int) -> float:
    """Returns the sum of what is written into the tiers of a row."""
    return sum(_number(each.text) for each in writes if each.row == row and 0 < each.column <= tiers)


def _number(text: str) -> float:
    """Returns the number of a text; 0 if it says none."""
    if is_empty(text):
        return 0.0
    try:
        return read_rate_or_share(text)
    except Unreadable:
        return 0.0
